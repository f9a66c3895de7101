"""The calendar of a date field, in the language of the window and in the colours of the look."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.theme import tokens

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)
_ARROWS = {"qt_calendar_prevmonth": "chevron-left", "qt_calendar_nextmonth": "chevron-right"}
"""Qt's own names of the two buttons: their arrows are black whatever the look is."""


def make_calendar(speak: Language) -> QCalendarWidget:
    """Weeks begin on Monday; Saturday and Sunday are muted, for Qt's red cannot be read on a dark ground."""
    made = QCalendarWidget()
    country = QLocale.Country.Slovenia if speak.code == "sl" else QLocale.Country.UnitedKingdom
    tongue = QLocale.Language.Slovenian if speak.code == "sl" else QLocale.Language.English
    made.setLocale(QLocale(tongue, country))
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    muted = QTextCharFormat()
    muted.setForeground(tokens().color("muted"))
    made.setHeaderTextFormat(muted)
    for day in _WEEKEND:
        made.setWeekdayTextFormat(day, muted)
    for name, picture in _ARROWS.items():
        arrow = made.findChild(QToolButton, name)
        if isinstance(arrow, QToolButton):
            arrow.setIcon(icon(picture))
    return made
