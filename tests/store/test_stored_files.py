"""Bytes of files: once by content, the large beside the workspace, once in a folder of backups, back with a restore."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.papers import StoredFile
from mama_desktop.domain.text import T
from mama_desktop.store import backup, checking, places, stored_files
from mama_desktop.store.database import Database
from mama_desktop.store.restore import restore
from mama_desktop.store.workspace import open_workspace
from tests.conftest import ACTOR
from tests.store.test_backup import stands

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 1000
OTHER = SCAN + b"another page"
SMALL = b"a logo"
NAME = hashlib.sha256(SCAN).hexdigest()


def keep(db: Database, content: bytes) -> str:
    return db.write(stored_files.keep, content, label=T("Keep a file"))


def folder(db: Database) -> Path:
    return stored_files.folder_of(Path(db.location))


def files_in(place: Path) -> list[str]:
    return sorted(path.name for path in place.rglob("*") if path.is_file())


def test_every_content_comes_back(db: Database) -> None:
    for content in (b"", SMALL, SCAN):
        assert db.read(stored_files.content_of, keep(db, content)) == content
    assert db.read(stored_files.content_of, None) is None


def test_a_server_keeps_everything_within(db: Database) -> None:
    keep(db, SCAN)
    within = db.read(lambda s: s.scalar(select(func.count()).where(StoredFile.content.is_not(None))))
    assert within == (1 if db.dialect == "postgresql" else 0)


def test_the_large_lie_beside_once_and_the_small_within(sqlite_db: Database) -> None:
    keep(sqlite_db, SMALL)
    assert not folder(sqlite_db).exists()
    before = (folder(sqlite_db) / NAME[:2] / NAME, keep(sqlite_db, SCAN))[0].stat().st_mtime_ns
    keep(sqlite_db, SCAN)
    assert files_in(folder(sqlite_db)) == [NAME]
    assert (folder(sqlite_db) / NAME[:2] / NAME).stat().st_mtime_ns == before
    stored = sqlite_db.read(lambda s: s.get_one(StoredFile, NAME))
    assert (stored.content, stored.size) == (None, len(SCAN))


def test_what_was_not_stored_in_the_end_does_no_harm(sqlite_db: Database) -> None:
    def fails(session: object) -> None:
        stored_files.keep(session, SCAN)  # type: ignore[arg-type]  # the session of the write
        raise Cancelled

    with pytest.raises(Cancelled):
        sqlite_db.write(fails, label=T("Test"))
    assert sqlite_db.read(stored_files.lost) == []
    assert keep(sqlite_db, SCAN) == NAME


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"cut off")])
def test_a_lost_or_damaged_file_is_said_and_mended_by_adding_it_again(sqlite_db: Database, harm: object) -> None:
    keep(sqlite_db, SCAN)
    harm(folder(sqlite_db) / NAME[:2] / NAME)  # type: ignore[operator]  # one of the two above
    with pytest.raises(OfficeError, match="not where it should be"):
        sqlite_db.read(stored_files.content_of, NAME)
    keep(sqlite_db, SCAN)
    assert sqlite_db.read(stored_files.content_of, NAME) == SCAN


def test_backups_hold_each_file_once(sqlite_db: Database, tmp_path: Path) -> None:
    second = tmp_path / "media" / "stick"
    second.parent.mkdir()
    keep(sqlite_db, SCAN)
    first = backup.backup(sqlite_db, second)
    kept = second / f"{sqlite_db.name}-files"
    assert files_in(kept) == [NAME]
    written = (kept / NAME[:2] / NAME).stat().st_mtime_ns
    keep(sqlite_db, OTHER)
    stands(sqlite_db, dt.datetime(2020, 3, 3, 17))
    backup.backup(sqlite_db, second)
    assert len(files_in(kept)) == 2
    assert (kept / NAME[:2] / NAME).stat().st_mtime_ns == written
    held = backup.contents(first)
    assert (held.files, held.lost_files) == (1, 0)
    shutil.rmtree(kept)
    assert backup.contents(first).lost_files == 1
    # Its own copies are another place, and they hold the files as well.
    assert backup.contents(backup.backup(sqlite_db)).files == 2


def test_a_restored_workspace_has_its_files(sqlite_db: Database, tmp_path: Path) -> None:
    keep(sqlite_db, SCAN)
    made = backup.backup(sqlite_db, tmp_path / "stick")
    sqlite_db.close()
    elsewhere = tmp_path / "new computer" / "other name.mama"
    elsewhere.parent.mkdir()
    restore(made, elsewhere, actor=ACTOR)
    db = open_workspace(elsewhere, actor=ACTOR, window=False)
    assert db.read(stored_files.content_of, NAME) == SCAN
    db.close()


def test_a_missing_file_is_said_by_backup_and_check(sqlite_db: Database) -> None:
    keep(sqlite_db, SCAN)
    assert len(checking.check(sqlite_db)) == 2
    shutil.rmtree(folder(sqlite_db))
    outcome = places.back_up_everywhere(sqlite_db)
    assert len(outcome.made) == 1
    assert [str(problem.what) for problem in outcome.problems] == [
        "1 file is missing in the folder “office-files” beside the workspace."
    ]
    assert len(checking.check(sqlite_db)) == 3


def test_a_full_disk_is_said_and_leaves_nothing(sqlite_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OfficeError, match="no room"):
            keep(sqlite_db, SCAN)
    assert files_in(folder(sqlite_db)) == []
    assert sqlite_db.read(lambda s: s.get(StoredFile, NAME)) is None
    assert keep(sqlite_db, SCAN) == NAME


def test_the_same_content_from_many_at_once_is_whole(sqlite_db: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        laid = list(pool.map(lambda _n: sqlite_db.read(stored_files.lay, SCAN), range(24)))
    assert set(laid) == {NAME}
    assert files_in(folder(sqlite_db)) == [NAME]
    assert keep(sqlite_db, SCAN) == NAME
    assert sqlite_db.read(stored_files.content_of, NAME) == SCAN


def test_records_are_restored_also_when_files_cannot_be_brought(
    sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_db, SCAN)
    made = backup.backup(sqlite_db, tmp_path / "stick")
    sqlite_db.close()

    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(stored_files, "copy_new", full)
    with pytest.raises(OfficeError, match="is restored, but not all") as refused:
        restore(made, tmp_path / "other.mama", actor=ACTOR)
    assert "records" in str(refused.value.safe)
    db = open_workspace(tmp_path / "other.mama", actor=ACTOR, window=False)
    assert db.read(stored_files.lost) == [NAME]
    db.close()
