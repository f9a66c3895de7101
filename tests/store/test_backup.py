"""Backups: made while open, checked, looked into."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.errors import Cancelled, OfficeError
from mama_desktop.domain.office import Setting
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.store import backup, places
from mama_desktop.store.database import Database
from mama_desktop.store.restore import restore
from mama_desktop.store.workspace import open_workspace
from tests.conftest import ACTOR
from tests.factories import make_person, make_registration


def people(db: Database) -> int:
    return db.read(lambda s: s.scalar(select(func.count()).select_from(Person))) or 0


def stands(db: Database, day: dt.datetime) -> None:
    class Standing(Clock):
        def now(self) -> dt.datetime:
            return day

    db.clock = Standing()


def test_a_backup_of_an_open_workspace_holds_everything(sqlite_db: Database) -> None:
    sqlite_db.write(make_registration, label=T("Add a registration"))
    made = backup.backup(sqlite_db)
    assert made.parent.name == "office-backups"
    assert not list(made.parent.glob("*.new*"))
    held = backup.contents(made)
    assert (held.events, held.people, held.registrations) == (1, 1, 1)
    assert held.last_label == T("Add a registration")
    assert held.last_who == "Ana Kovač"
    (info,) = backup.backups(made.parent, "office", look=True)
    assert info.ok
    copy = open_workspace(made, actor=ACTOR, window=False)
    assert people(copy) == 1
    copy.close()


def test_backups_rotate(sqlite_db: Database) -> None:
    for day in range(1, 31):
        stands(sqlite_db, dt.datetime(2020, 3, day, 17))
        made = backup.backup(sqlite_db)
    assert [info.at.day for info in backup.backups(made.parent, "office")] == [30, 29, 28, 27, 26, 25, 24, 22, 15]


def test_a_cancelled_backup_leaves_nothing(sqlite_db: Database, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        backup.backup(sqlite_db, tmp_path / "copies", report=cancel)
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_broken_backup_is_found_out(sqlite_db: Database) -> None:
    good = backup.backup(sqlite_db)
    bad = good.with_name("office-2030-01-01-10.00.00.mama")
    content = bytearray(good.read_bytes())
    content[5000:40000] = b"\xff" * 35000
    bad.write_bytes(content)
    assert [info.ok for info in backup.backups(good.parent, "office", look=True)] == [False, True]
    found = backup.last_good(Path(sqlite_db.location))
    assert found is not None
    assert found.path == good


def test_nothing_can_be_written_into_a_file(sqlite_db: Database, tmp_path: Path) -> None:
    (tmp_path / "no-folder").write_text("a file")
    with pytest.raises(OfficeError, match="No backup could be written"):
        backup.backup(sqlite_db, tmp_path / "no-folder")


def test_restore_keeps_what_it_replaces(sqlite_db: Database) -> None:
    sqlite_db.write(make_person, label=T("Add"))
    made = backup.backup(sqlite_db)
    sqlite_db.write(make_person, label=T("Add another"))
    sqlite_db.close()
    replaced = restore(made, sqlite_db.location, actor=ACTOR)
    assert replaced is not None
    assert backup.contents(replaced).people == 2
    again = open_workspace(sqlite_db.location, actor=ACTOR, window=True)
    assert people(again) == 1
    again.write(make_person, label=T("It can be written"))
    again.close()
    kinds = {info.kind for info in backup.backups(made.parent, "office")}
    assert kinds == {"backup", "replaced"}


def test_restore_over_a_damaged_file(sqlite_db: Database) -> None:
    sqlite_db.write(make_person, label=T("Add"))
    made = backup.backup(sqlite_db)
    sqlite_db.close()
    Path(sqlite_db.location).write_bytes(b"rubbish" * 1000)
    replaced = restore(made, sqlite_db.location, actor=ACTOR)
    assert replaced is not None
    assert replaced.read_bytes().startswith(b"rubbish")
    again = open_workspace(sqlite_db.location, actor=ACTOR, window=False)
    assert people(again) == 1
    again.close()


def test_restore_refuses_what_is_open_or_no_backup(sqlite_db: Database, tmp_path: Path) -> None:
    made = backup.backup(sqlite_db)
    sqlite_db.close()
    window = open_workspace(sqlite_db.location, actor=ACTOR, window=True)
    with pytest.raises(OfficeError, match="open in another window"):
        restore(made, sqlite_db.location, actor=ACTOR)
    window.close()
    (tmp_path / "letter.mama").write_text("Dear all")
    with pytest.raises(OfficeError, match="not a workspace"):
        restore(tmp_path / "letter.mama", sqlite_db.location, actor=ACTOR)


def test_places(sqlite_db: Database, tmp_path: Path) -> None:
    assert places.is_due(sqlite_db)
    assert places.last_backup(sqlite_db) is None
    assert places.only_on_own_disk(sqlite_db)
    second = tmp_path / "stick" / "copies"
    setting = Setting(key=places.SECOND_PLACE, value=str(second))
    sqlite_db.write(lambda s: s.add(setting), label=T("Choose"))
    outcome = places.back_up_everywhere(sqlite_db)
    assert [p.parent.name for p in outcome.made] == ["office-backups"]
    assert "No backup could be written" in str(outcome.problems[0])
    (tmp_path / "stick").mkdir()
    outcome = places.back_up_everywhere(sqlite_db)
    assert [p.parent.name for p in outcome.made] == ["office-backups", "copies"]
    assert not places.is_due(sqlite_db)
    assert places.only_on_own_disk(sqlite_db)  # The folder of a test lies on one disk.
    own, other = places.places(sqlite_db)
    assert own.last is not None
    assert other.last is not None
    # Two copies of one moment, written one after the other: a second may begin between them.
    assert abs(own.last - other.last) <= dt.timedelta(seconds=10)
    assert other.is_reachable
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    assert not places.places(sqlite_db)[1].is_reachable
    assert places.places(sqlite_db)[1].last == other.last


def test_a_server_is_backed_up_by_its_administrator(db: Database) -> None:
    if db.dialect == "sqlite":
        assert backup.backup(db).exists()
        return
    assert places.places(db) == []
    assert not places.only_on_own_disk(db)
    with pytest.raises(OfficeError, match="on the office's server"):
        backup.backup(db)


def test_a_stick_that_is_not_plugged_in(sqlite_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its empty mount point must not take a copy that would lie on the own disk; its last copy still counts."""
    stick = tmp_path / "stick"
    stick.mkdir()
    sqlite_db.write(lambda s: s.add(Setting(key=places.SECOND_PLACE, value=str(stick))), label=T("Choose"))
    with monkeypatch.context() as plugged_in:
        plugged_in.setattr("mama_desktop.store.backup.on_same_disk", lambda _a, _b: False)
        assert not places.back_up_everywhere(sqlite_db).problems
    for copy in stick.iterdir():
        copy.unlink()
    outcome = places.back_up_everywhere(sqlite_db)
    assert len(outcome.made) == len(outcome.problems) == 1
    assert list(stick.iterdir()) == []
    assert not places.only_on_own_disk(sqlite_db)
    assert not places.places(sqlite_db)[1].is_reachable
