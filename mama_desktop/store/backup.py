"""Backups of a workspace file: made while it is open, opened and checked afterwards, rotated, looked into."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.store import journal, stored_files, troubles
from mama_desktop.store.database import Database
from mama_desktop.store.drives import on_same_disk
from mama_desktop.store.engine import APPLICATION_ID, connector
from mama_desktop.store.rotation import to_keep
from mama_desktop.store.schema import HEAD

Report = Callable[[int, int], None]
_STAMP = "%Y-%m-%d-%H.%M.%S"
_AT = r"(?P<at>\d{4}-\d\d-\d\d(?:-\d\d\.\d\d\.\d\d)?)"
# Copied in steps, so that progress can be said and the work cancelled.
_PAGES = 2000
_REMEMBERED = "second-place.json"
_COUNTED = ("event", "person", "registration")


@dataclass(frozen=True)
class BackupInfo:
    """A copy in a folder. kind: backup, before-upgrade, replaced. ok: None while nobody has looked again."""

    path: Path
    at: dt.datetime
    size: int
    kind: str = "backup"
    ok: bool | None = None


@dataclass(frozen=True)
class Remembered:
    """The last copy in the second place, known also while that place is not reachable."""

    folder: Path
    at: dt.datetime
    on_own_disk: bool


@dataclass(frozen=True)
class BackupContents:
    """What a copy holds, to be seen before it is restored. lost_files: large files that lie nowhere near it."""

    events: int
    people: int
    registrations: int
    last_label: Text | None = None
    last_at: dt.datetime | None = None
    last_who: str = ""
    revision: int = 0
    files: int = 0
    lost_files: int = 0


def backup(db: Database, folder: Path | None = None, *, report: Report | None = None) -> Path:
    """Copy the open workspace into `folder` (its own backups folder when not given), check the copy, rotate the old.

    report(done, total) in pages may raise Cancelled; nothing is left then. Raises OfficeError; the workspace is never
    touched.
    """
    if db.dialect != "sqlite":
        raise by_administrator()
    own = folder_of(Path(db.location))
    folder = folder or own
    if folder != own and not is_reachable(folder, Path(db.location)):
        raise no_backup_there(folder)
    at = db.clock.now()
    made = folder / f"{db.name}-{at.strftime(_STAMP)}.mama"
    copy_checked(Path(db.location), made, key=db.key, report=report)
    _copy_files(Path(db.location), made, db.key, report)
    _rotate(folder, db.name, at.date())
    if folder != own:
        _remember(own, Remembered(folder, at, on_same_disk(folder, own)))
    return made


def backups(folder: Path, name: str, *, look: bool = False, key: str | None = None) -> list[BackupInfo]:
    """The copies of workspace `name` in `folder`, the newest first; `look` opens and checks each."""
    pattern = re.compile(rf"{re.escape(name)}-(?:(?P<kind>before-upgrade|replaced)-)?{_AT}(?:-\d+)?\.mama")
    found = []
    try:
        paths = list(folder.iterdir())
    except OSError:
        return []
    for path in paths:
        match = pattern.fullmatch(path.name)
        if match is None:
            continue
        at = _time(match["at"], path)
        ok = is_good(path, key=key) if look else None
        found.append(BackupInfo(path, at, path.stat().st_size, match["kind"] or "backup", ok))
    return sorted(found, key=lambda info: info.at, reverse=True)


def contents(path: Path, *, key: str | None = None) -> BackupContents:
    """What lies in a copy; it is checked on the way. Raises OfficeError when it cannot be trusted."""
    with opened(path, key, frozen=True) as connection:
        counts, revision = _checked(connection, path.name)
        files = stored_files.beside(connection)
        row = connection.execute("SELECT label, at, who FROM change ORDER BY number DESC LIMIT 1").fetchone()
    last: dict[str, Any] = {}
    if row is not None:
        label = journal.label_from_json(json.loads(row[0]))
        last = {"last_label": label, "last_at": dt.datetime.fromisoformat(row[1]), "last_who": row[2]}
    lost = len(stored_files.missing_in(folders_of_files(path), files))
    return BackupContents(
        counts["event"], counts["person"], counts["registration"], revision=revision, files=len(files), lost_files=lost,
        **last,
    )  # fmt: skip


def folders_of_files(copy: Path) -> list[Path]:
    """Where the large files of a copy may lie: beside it, and, for a copy in the own folder, beside the workspace."""
    return [folder for place in (copy.parent, copy.parent.parent) for folder in sorted(place.glob("*-files"))]


def is_good(path: Path, *, key: str | None = None) -> bool:
    """Whether the copy opens and is whole."""
    try:
        contents(path, key=key)
    except OfficeError:
        return False
    return True


def last_good(workspace: Path, *, key: str | None = None) -> BackupInfo | None:
    """The newest copy beside a workspace that opens and is whole."""
    return next((i for i in backups(folder_of(workspace), workspace.stem) if is_good(i.path, key=key)), None)


def folder_of(workspace: Path) -> Path:
    """The workspace's own folder of backups, beside it."""
    return workspace.with_name(f"{workspace.stem}-backups")


def is_reachable(folder: Path, workspace: Path) -> bool:
    """Whether a copy can go into the second place.

    The folder itself may be new. Of a stick that is not there the parent is missing too, or an empty folder of that
    name lies on the own disk: nothing is written there, for a copy on the wrong disk would pass for a safe one.
    """
    if not (folder.is_dir() or folder.parent.is_dir()):
        return False
    known = remembered(workspace)
    was_elsewhere = known is not None and known.folder == folder and not known.on_own_disk
    return not (was_elsewhere and on_same_disk(folder, workspace))


def remembered(workspace: Path) -> Remembered | None:
    """The last copy made outside of the own folder."""
    try:
        found = json.loads((folder_of(workspace) / _REMEMBERED).read_text("utf-8"))
        at = dt.datetime.fromisoformat(found["at"])
        return Remembered(Path(found["folder"]), at, bool(found["on_own_disk"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def copy_before_upgrade(path: Path, at: dt.datetime, *, key: str | None = None) -> Path:
    """The dated copy without which nothing is upgraded."""
    made = free_name(folder_of(path) / f"{path.stem}-before-upgrade-{at:%Y-%m-%d}.mama")
    copy_checked(path, made, key=key)
    return made


def copy_checked(source: Path, target: Path, *, key: str | None = None, report: Report | None = None) -> None:
    """Copy a workspace, open or not, by SQLite's own backup; the copy gets its name once it was opened and checked."""
    new = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        with opened(source, key) as original:
            # Counted in one transaction with the copying, so that the two must agree to the row.
            original.execute("BEGIN")
            expected = _counts(original)
            with opened(new, key, create=True) as copy:
                original.backup(copy, pages=_PAGES, progress=_progress(report), sleep=0)
                # A copy on a stick or a read-only disk must open without a second file.
                copy.execute("PRAGMA journal_mode = DELETE")
            original.execute("COMMIT")
        with opened(new, key, frozen=True) as copy:
            counts, _ = _checked(copy, target.name)
        if counts != expected:
            raise troubles.damaged(target.name)
        _to_disk(new)
        os.replace(new, target)
    except OSError as error:
        raise no_backup_there(target.parent, error) from error
    finally:
        for leftover in (new, *(new.with_name(new.name + end) for end in ("-journal", "-wal", "-shm"))):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def free_name(path: Path) -> Path:
    """The path, or the same with a number, where nothing lies yet."""
    number, free = 2, path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free


def by_administrator() -> OfficeError:
    return OfficeError(
        T("This workspace lies on the office's server, and its backups are made there."),
        safe=T("Nothing has been changed."),
        todo=T("Ask whoever looks after the server when the last backup was made and where it is kept."),
    )


def no_backup_there(folder: Path, error: Exception | None = None) -> OfficeError:
    if isinstance(error, OSError) and error.errno == 28:
        return OfficeError(
            T("There is no room for a backup in “{folder}”.", folder=str(folder)),
            safe=T("The workspace itself is safe; former backups are untouched."),
            todo=T("Free some room there, or choose another place for backups."),
        )
    return OfficeError(
        T("No backup could be written into “{folder}”.", folder=str(folder)),
        safe=T("The workspace itself is safe; former backups are untouched."),
        todo=T("Check whether the disk or the stick is connected and may be written, or choose another place."),
    )


def _copy_files(workspace: Path, made: Path, key: str | None, report: Report | None) -> None:
    """The large files, each once for all copies in this folder; those that were there before are not touched."""
    with opened(made, key, frozen=True) as copy:
        wanted = stored_files.beside(copy)
    own, target = folder_of(workspace), stored_files.folder_of(made.with_name(workspace.name))
    try:
        stored_files.copy_new(
            [stored_files.folder_of(workspace)], target, wanted, link=made.parent == own, report=report
        )
    except OSError as error:
        raise no_backup_there(target, error) from error


def _remember(own: Path, last: Remembered) -> None:
    # Kept beside the copies and not in the workspace: a backup is no step to be undone.
    values = {"folder": str(last.folder), "at": last.at.isoformat(), "on_own_disk": last.on_own_disk}
    with contextlib.suppress(OSError):
        (own / _REMEMBERED).write_text(json.dumps(values), "utf-8")


def _rotate(folder: Path, name: str, today: dt.date) -> None:
    mine = [info for info in backups(folder, name) if info.kind == "backup"]
    kept = to_keep((info.at for info in mine), today)
    for info in mine:
        if info.at not in kept:
            with contextlib.suppress(OSError):  # Open in another program: it goes the next time.
                info.path.unlink()


@contextlib.contextmanager
def opened(path: Path, key: str | None, *, frozen: bool = False, create: bool = False) -> Iterator[Any]:
    """A plain connection to a workspace file; its troubles come as OfficeError."""
    import sqlcipher3.dbapi2 as dbapi

    connection = None
    try:
        connection = connector(path, key=key, frozen=frozen, create=create)()
        yield connection
    except dbapi.Error as error:
        raise troubles.of_sqlite(error, path.name) or error from error
    finally:
        if connection is not None:
            connection.close()


def _checked(connection: Any, name: str) -> tuple[dict[str, int], int]:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise troubles.not_a_workspace(name)
    revision = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if revision > int(HEAD):
        raise troubles.newer(name)
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise troubles.damaged(name)
    return _counts(connection), revision


def _counts(connection: Any) -> dict[str, int]:
    return {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}


def _progress(report: Report | None) -> Callable[[int, int, int], None] | None:
    if report is None:
        return None
    return lambda _status, remaining, total: report(total - remaining, total)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _time(stamp: str, path: Path) -> dt.datetime:
    try:
        return dt.datetime.strptime(stamp, _STAMP)
    except ValueError:  # A day without a time, in the name of a copy before an upgrade.
        written = dt.datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006 - wall clock
        day = dt.date.fromisoformat(stamp)
        return written if written.date() == day else dt.datetime.combine(day, dt.time())


def plain_copy(source: Path, target: Path) -> None:
    """Copy a file that SQLite cannot read any more, with what lies beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for end in ("", "-wal", "-shm"):
        part = source.with_name(source.name + end)
        if part.exists():
            shutil.copy2(part, target.with_name(target.name + end))
