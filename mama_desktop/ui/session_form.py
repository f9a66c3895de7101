"""The form of one session: a day, a half-day or a part of the programme, with its hours and its name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from mama_desktop.domain.events import SESSION_KINDS
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.sessions import SessionRow
from mama_desktop.ui.labelled import group_heading, labelled
from mama_desktop.ui.widgets import button, label

_TIME = re.compile(r"^(\d{1,2})(?:\s*[.:h]\s*(\d{1,2}))?\s*h?$")


def time_of(words: str) -> dt.time | None:
    """9, 9.30, 9:30, 17h → a time; nothing → None. Raises ValueError for what is no time of day."""
    words = words.strip()
    if not words:
        return None
    match = _TIME.match(words)
    if match is None:
        raise ValueError(words)
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(words)
    return dt.time(hour, minute)


class SessionForm(QFrame):
    """`stored(values)` with kind, day, starts_at, ends_at, title_sl, title_en; `closed` when nothing is wanted."""

    stored = Signal(dict)
    closed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._speak, self._is_new = speak, True
        say = speak.say
        self._heading = group_heading("")
        self.kind, self.day = QComboBox(), QComboBox()
        for key, words in SESSION_KINDS.items():
            self.kind.addItem(say(words), key)
        self.kind.activated.connect(self._show_hint)
        self.starts_at, self.ends_at = QLineEdit(), QLineEdit()
        self.title_sl, self.title_en = QLineEdit(), QLineEdit()
        for field in (self.starts_at, self.ends_at):
            field.setPlaceholderText(say(T("e.g. 9.30")))
        for field in (self.title_sl, self.title_en):
            field.setPlaceholderText(say(T("named by itself when empty")))
        self._wrong = label("", "fieldError", wrap=True)
        self._wrong.hide()
        self._store = button("", "check", self._on_store)
        cancel = button(say(T("Leave it")), do=self.closed.emit, kind="plain")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        fields = (
            (say(T("Kind")), self.kind), (say(T("Day")), self.day),
            (say(T("From")), self.starts_at), (say(T("To")), self.ends_at),
        )  # fmt: skip
        for place, (name, widget) in enumerate(fields):
            grid.addWidget(labelled(name, widget), 0, place)
        grid.addWidget(labelled(say(T("Name (Slovene)")), self.title_sl), 1, 0, 1, 2)
        grid.addWidget(labelled(say(T("Name (English)")), self.title_en), 1, 2, 1, 2)
        for column, stretch in enumerate((3, 4, 2, 2)):
            grid.setColumnStretch(column, stretch)
        gives_way = T("A whole day for which nothing is printed or keyed in gives way to its parts.")
        self._hint = label(say(gives_way), "fieldHint", wrap=True)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self._wrong, 1)
        answers.addStretch(1)
        answers.addWidget(cancel)
        answers.addWidget(self._store)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(12)
        lay.addWidget(self._heading)
        lay.addLayout(grid)
        lay.addWidget(self._hint)
        lay.addLayout(answers)

    def show_new(self, days: Sequence[dt.date], day: dt.date | None = None) -> None:
        """An empty form for another session on one of these days."""
        self._is_new = True
        self._fill(days, SessionRow("", "session", day or days[0]))
        self._set_words(self._speak.say(T("Add a part of the programme")), self._speak.say(T("Add")))

    def show_row(self, days: Sequence[dt.date], row: SessionRow) -> None:
        """The session as it is; the day of one that is printed or keyed in stays."""
        self._is_new = False
        self._fill(days if row.day in days else [row.day, *days], row)
        self.day.setEnabled(not row.is_held)
        self._set_words(self._speak.say(T("Change the session")), self._speak.say(T("Change")))

    def _set_words(self, heading: str, store: str) -> None:
        self._heading.setText(heading)
        self._store.setText("  " + store)
        self._store.setAccessibleName(store)

    def _show_hint(self, _place: int = 0) -> None:
        self._hint.setVisible(self._is_new and self.kind.currentData() != "day")

    def _fill(self, days: Sequence[dt.date], row: SessionRow) -> None:
        self._wrong.hide()
        self.kind.setCurrentIndex(self.kind.findData(row.kind))
        self.day.clear()
        self.day.setEnabled(True)
        for day in days:
            self.day.addItem(self._speak.long_date(day, weekday=True), day)
        self.day.setCurrentIndex(list(days).index(row.day) if row.day in days else 0)
        for field, at in ((self.starts_at, row.starts_at), (self.ends_at, row.ends_at)):
            field.setText(self._speak.time(at) if at else "")
        self.title_sl.setText(row.title_sl)
        self.title_en.setText(row.title_en)
        self._show_hint()
        self.show()
        self.title_sl.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, Any]:
        """What is filled in. Raises ValueError for a time that is none."""
        return {
            "kind": self.kind.currentData(), "day": self.day.currentData(),
            "starts_at": time_of(self.starts_at.text()), "ends_at": time_of(self.ends_at.text()),
            "title_sl": self.title_sl.text(), "title_en": self.title_en.text(),
        }  # fmt: skip

    def _on_store(self) -> None:
        try:
            values = self.values()
        except ValueError as error:
            words = T("“{words}” is not a time of day; write for example 9.30.", words=str(error))
            self._wrong.setText(self._speak.say(words))
            self._wrong.show()
            return
        self._wrong.hide()
        self.stored.emit(values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_store()
        else:
            super().keyPressEvent(event)
