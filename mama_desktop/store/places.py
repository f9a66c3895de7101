"""Where the copies of a workspace lie: its own folder, and a second place on another disk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.office import Setting
from mama_desktop.domain.text import T
from mama_desktop.store import backup, stored_files
from mama_desktop.store.backup import Report
from mama_desktop.store.database import Database
from mama_desktop.store.drives import on_same_disk
from mama_desktop.store.journal import Change

SECOND_PLACE = "backup.second_place"


@dataclass(frozen=True)
class Place:
    """A folder of copies. A stick that is not plugged in is not reachable, but its last copy counts."""

    folder: Path
    is_reachable: bool
    on_own_disk: bool
    last: dt.datetime | None


@dataclass(frozen=True)
class Outcome:
    """What a round of backups made, and what could not be made."""

    made: tuple[Path, ...]
    problems: tuple[OfficeError, ...] = ()


def places(db: Database) -> list[Place]:
    """The workspace's own folder first, then the second place if one was chosen; none on a server."""
    if db.dialect != "sqlite":
        return []
    workspace = Path(db.location)
    own = backup.folder_of(workspace)
    found = [Place(own, True, True, _last(own, db.name))]
    second = second_place(db)
    if second is not None:
        found.append(_look(second, workspace, db.name))
    return found


def second_place(db: Database) -> Path | None:
    """The folder chosen in Settings (`backup.second_place`), if any."""
    value = db.read(lambda session: session.scalar(select(Setting.value).where(Setting.key == SECOND_PLACE)))
    return Path(str(value)) if value else None


def last_backup(db: Database) -> dt.datetime | None:
    """When the newest copy was made, wherever it lies."""
    return max((place.last for place in places(db) if place.last), default=None)


def only_on_own_disk(db: Database) -> bool:
    """Whether one broken disk would take the workspace and every copy of it: Today says so."""
    return db.dialect == "sqlite" and not any(p.last and not p.on_own_disk for p in places(db))


def is_due(db: Database) -> bool:
    """Whether today's automatic backup is still to be made."""
    last = last_backup(db)
    return db.dialect == "sqlite" and (last is None or last.date() < db.clock.today())


def has_changed_since_backup(db: Database) -> bool:
    """Whether a backup on closing would hold anything new."""
    changed = db.read(_last_change)
    last = last_backup(db)
    return changed is not None and (last is None or changed >= last)


def back_up_everywhere(db: Database, *, report: Report | None = None) -> Outcome:
    """A backup in the own folder and in the second place; trouble with one does not keep the other from being made."""
    made, problems = [], []
    second = second_place(db)
    for folder in [None, second] if second else [None]:
        try:
            made.append(backup.backup(db, folder, report=report))
        except OfficeError as error:
            problems.append(error)
    if lost := db.read(stored_files.lost):
        folder = stored_files.folder_of(Path(db.location))
        problems.append(
            OfficeError(
                stored_files.lost_words(len(lost), folder),
                safe=T("The records themselves are in the backup."),
                todo=T("If the folder was moved, put it back beside the workspace, then make the backup again."),
            )
        )
    return Outcome(tuple(made), tuple(problems))


def _look(folder: Path, workspace: Path, name: str) -> Place:
    reachable = backup.is_reachable(folder, workspace)
    known = backup.remembered(workspace)
    if not reachable and known is not None and known.folder == folder:
        return Place(folder, False, known.on_own_disk, known.at)
    last = _last(folder, name)
    return Place(folder, reachable, last is None or on_same_disk(folder, workspace), last)


def _last(folder: Path, name: str) -> dt.datetime | None:
    return next((info.at for info in backup.backups(folder, name) if info.kind == "backup"), None)


def _last_change(session: Session) -> dt.datetime | None:
    return session.scalar(select(Change.at).order_by(Change.number.desc()).limit(1))
