"""Whatever state the file, its place or the disk is in: one plain sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store import backup, drives, lock, search, troubles
from mama_desktop.store.database import Database
from mama_desktop.store.engine import connector
from mama_desktop.store.workspace import create_workspace, open_workspace
from tests.conftest import ACTOR
from tests.factories import make_person
from tests.store.processes import child, people, said


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="is not there"):
        open_workspace(tmp_path / "none.mama", actor=ACTOR, window=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"Dear all", b"PK\x03\x04" + b"x" * 5000, b"SQLite format 3\x00" + b"\x00" * 9]
)
def test_no_workspace(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.mama"
    path.write_bytes(content)
    with pytest.raises(troubles.NotAWorkspace, match=r"not a workspace .* passphrase"):
        open_workspace(path, actor=ACTOR, window=True)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["letter.mama"]


def test_a_database_of_somebody_else(tmp_path: Path) -> None:
    connection = connector(tmp_path / "other.db", create=True)()
    connection.execute("CREATE TABLE person (id)")
    connection.close()
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(troubles.NotAWorkspace):
        open_workspace(tmp_path / "other.db", actor=ACTOR, window=True)
    assert (tmp_path / "other.db").read_bytes() == before


def test_damaged_offers_the_last_good_backup(workspace_file: Path) -> None:
    db = open_workspace(workspace_file, actor=ACTOR, window=False)
    db.write(lambda s: [make_person(s) for _ in range(500)], label=T("Add"))
    good = backup.backup(db)
    db.close()
    content = bytearray(workspace_file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40960] = os.urandom(40960)
    workspace_file.write_bytes(content)
    with pytest.raises(troubles.Damaged) as caught:
        open_workspace(workspace_file, actor=ACTOR, window=True)
    assert caught.value.backup == good
    assert caught.value.backup_at is not None
    assert not isinstance(caught.value, troubles.NotAWorkspace)
    assert workspace_file.read_bytes() == content
    assert not lock.lock_path(workspace_file).exists()


def test_made_by_a_newer_version(workspace_file: Path) -> None:
    connection = connector(workspace_file)()
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(OfficeError, match="newer version"):
        open_workspace(workspace_file, actor=ACTOR, window=True)


def test_never_over_an_existing_file(workspace_file: Path) -> None:
    before = workspace_file.read_bytes()
    with pytest.raises(OfficeError, match="already exists"):
        create_workspace(workspace_file, actor=ACTOR)
    assert workspace_file.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OfficeError):
        create_workspace(tmp_path / "no" / "office.mama", actor=ACTOR)


# Root may write everywhere, so the child becomes nobody, after loading what it needs as itself.
READ_ONLY = """
    import os, pwd
    open_workspace(sys.argv[2], actor=actor, window=True).close()
    from mama_desktop.store.history import changes
    if os.geteuid() == 0:
        os.setuid(pwd.getpwnam("nobody").pw_uid)
    db = open_workspace(sys.argv[1], actor=actor, window=True)
    try:
        db.write(make_person, label=T("Add"))
    except OfficeError as error:
        print(error, len(db.read(changes, 5)), db.read_only.who)
    db.close()
"""


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o444, 0o555), (0o644, 0o555)])
def test_read_only_file_or_folder(file_mode: int, folder_mode: int, template_file: Path, tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as outside:  # pytest's own folder is closed to other users
        os.chmod(outside, 0o755)
        folder = Path(outside, "office")
        folder.mkdir()
        path = Path(shutil.copy(template_file, folder / "office.mama"))
        db = open_workspace(path, actor=ACTOR, window=False)
        db.write(make_person, label=T("Add"))
        db.close()
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        answer = said(child(READ_ONLY, path, shutil.copy(template_file, tmp_path)))
        folder.chmod(0o755)
        assert answer == "The file “office.mama” or its folder can only be read. 1"
        assert [p.name for p in folder.iterdir()] == ["office.mama"]


def test_the_disk_is_full_in_the_middle_of_a_write(sqlite_db: Database) -> None:
    sqlite_db.write(make_person, label=T("Before"))
    with sqlite_db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def many(session: Session) -> None:
        for _ in range(2000):
            make_person(session, remarks="x" * 500)

    with pytest.raises(OfficeError, match="no room left") as caught:
        sqlite_db.write(many, label=T("Many"))
    assert caught.value.safe is not None
    assert people(sqlite_db) == 1
    with sqlite_db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
    sqlite_db.write(many, label=T("Many"))
    assert people(sqlite_db) == 2001


def test_a_disk_that_is_really_full(template_file: Path, tmp_path: Path) -> None:
    """A disk of 3 MB: mounted where this is allowed, else the case above stands alone."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", small], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        path = Path(shutil.copy(template_file, small / "office.mama"))
        db = open_workspace(path, actor=ACTOR, window=True)
        db.write(make_person, label=T("Before"))

        def many(session: Session) -> None:
            for _ in range(5000):
                make_person(session, remarks="x" * 500)

        with pytest.raises(OfficeError, match="no room left"):
            db.write(many, label=T("Many"))
        assert people(db) == 1
        filler = small / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(small).free - 100_000))
        with pytest.raises(OfficeError, match=r"no room|No backup"):
            backup.backup(db)
        assert not list(backup.folder_of(path).glob("*"))
        filler.unlink()
        db.write(make_person, label=T("After"))
        assert people(db) == 2
        db.close()
    finally:
        subprocess.run(["umount", small], check=True)


def test_kinds_of_drives(tmp_path: Path) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//nas/office /mnt/na\\040s cifs rw 0 0\n/dev/sdb1 /mnt/na\\040s/stick vfat rw 0 0\n"
    )
    assert drives.is_network_drive(Path("/mnt/na s/office.mama"), mounts)
    assert not drives.is_network_drive(Path("/mnt/na s/stick/office.mama"), mounts)
    assert not drives.is_network_drive(Path("/home/office.mama"), mounts)
    assert not drives.is_network_drive(tmp_path / "office.mama")
    assert drives.cloud_service(Path("/home/ana/Documents/office.mama")) == ""
    assert drives.cloud_service(Path("/home/ana/Dropbox.mama")) == ""
    assert drives.on_same_disk(tmp_path, tmp_path / "not" / "yet" / "there")


def test_a_network_drive(workspace_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "is_network_drive", lambda _path: True)
    db = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert "network drive" in str(db.warnings[0])
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
    db.write(make_person, label=T("Add"))
    db.close()


def test_a_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "secret.mama"
    db = create_workspace(path, actor=ACTOR, key="ko'njički 7")
    db.write(make_person, "Ana", "Skrivnostna", label=T("Add"))
    copy = backup.backup(db)
    db.close()
    assert b"Skrivnostna" not in path.read_bytes() + copy.read_bytes()
    for wrong in (None, "", "konjički 7"):
        with pytest.raises(troubles.NotAWorkspace, match="passphrase"):
            open_workspace(path, actor=ACTOR, window=True, key=wrong)
    db = open_workspace(path, actor=ACTOR, window=True, key="ko'njički 7")
    assert people(db) == 1
    db.close()
    assert backup.contents(copy, key="ko'njički 7").people == 1
    assert not backup.is_good(copy)


def test_lost_triggers_are_put_back(workspace_file: Path) -> None:
    connection = connector(workspace_file)()
    connection.execute("DROP TRIGGER journal_person_insert")
    connection.execute("DROP TRIGGER search_person_insert")
    connection.close()
    db = open_workspace(workspace_file, actor=ACTOR, window=True)
    db.write(make_person, label=T("Add"))
    assert db.undo_label() == T("Add")
    db.close()


def test_no_half_made_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(search, "install", fails)
    with pytest.raises(RuntimeError):
        create_workspace(tmp_path / "office.mama", actor=ACTOR)
    assert list(tmp_path.iterdir()) == []


def test_opening_does_not_load_alembic(workspace_file: Path) -> None:
    code = """
        db = open_workspace(sys.argv[1], actor=actor, window=True)
        db.write(make_person, label=T("Add"))
        db.undo()
        db.close()
        print("alembic" in sys.modules, "psycopg" in sys.modules)
    """
    assert said(child(code, workspace_file)) == "False False"
