"""How many pairs waited for a decision when they were last looked for: said on the buttons that lead to them."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from mama_desktop.domain.text import T, Text
from mama_desktop.store.database import Database


def remember_count(habits: QSettings, db: Database, noun: str, count: int) -> None:
    """Keep it on this computer, for this workspace."""
    habits.setValue(_key(db, noun), count)


def known_count(habits: QSettings, db: Database, noun: str) -> int | None:
    """None when nobody has looked yet."""
    value = habits.value(_key(db, noun))
    return int(str(value)) if value is not None else None


def button_words(habits: QSettings, db: Database, noun: str) -> Text:
    """ "Duplicates", with the count when it is known."""
    count = known_count(habits, db, noun)
    return T("Duplicates ({count})", count=count) if count else T("Duplicates")


def _key(db: Database, noun: str) -> str:
    return f"duplicates/{db.name.replace('/', '-')}/{noun}"
