"""Words and widths of the row above the registrations of an event."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QPushButton

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language

NARROW, WIDE = 900, 1240
"""Below: room for pictures only; from here on: room for the waiting list as a button of its own."""
_PICTURE, _NO_LIMIT = 44, 16_777_215


def show_pictures_only(buttons: Iterable[QPushButton], narrow: bool) -> None:
    """Where there is little room, these are known by their pictures and tool tips."""
    for made in buttons:
        made.setToolTip(made.toolTip() or made.accessibleName())
        made.setText("" if narrow else f"  {made.accessibleName()}")
        made.setFixedWidth(_PICTURE) if narrow else made.setMaximumWidth(_NO_LIMIT)


def to_delete(count: int) -> Text:
    """What deleting so many is called in the menu of a row."""
    if count < 2:
        return T("Delete the registration")
    return TN("Delete the {count} registration", "Delete the {count} registrations", count)


def rows_with_invited(words: str, rows: int, invited: int, speak: Language) -> str:
    """ "50 rows: 47 registrations, 3 only invited": the head counts who registered, the table shows all."""
    registered = TN("{count} registration", "{count} registrations", rows - invited)
    others = TN("{count} only invited", "{count} only invited", invited)
    return f"{words}: {speak.say(registered)}, {speak.say(others)}"
