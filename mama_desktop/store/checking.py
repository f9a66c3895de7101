"""Looking whether a workspace is whole: its pages, its references, the journal's triggers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T, Text
from mama_desktop.store import stored_files, troubles
from mama_desktop.store.database import Database


def check(db: Database) -> list[Text]:
    """What was looked at and found good, a line each; raises OfficeError with what is wrong."""
    wrong = db.read(_wrong)
    if wrong:
        raise troubles.damaged(db.name, details=wrong)
    lost = db.read(stored_files.lost)
    said = [stored_files.lost_words(len(lost), stored_files.folder_of(Path(db.location)))] if lost else []
    return [
        *said,
        T("The file is whole and every reference leads somewhere."),
        T("Changes in the journal: {number}", number=db.read(_changes)),
    ]


def _wrong(session: Session) -> list[Text]:
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    found += [f"{row[0]}: {row[2]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
    return [Text("{line}", params={"line": line}) for line in found[:20]]


def _changes(session: Session) -> int:
    from mama_desktop.store.journal import last_number

    return last_number(session)
