"""The changes of the workspace or of one record, with what each changed and a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.history import said_rows
from mama_desktop.ui.notices import with_notices
from mama_desktop.ui.page import Page
from mama_desktop.ui.widgets import EmptyPage, button, clear_layout, label

_STEP = 100


class HistoryList(QScrollArea):
    """`read(limit)` gives the changes, latest first; `page` writes and speaks."""

    def __init__(self, page: Page, read: Callable[[int], list[ChangeInfo]]) -> None:
        super().__init__()
        self._page, self._read = page, read
        self._limit = _STEP
        self._opened: set[int] = set()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("page")
        self._lay = QVBoxLayout(inside)
        self._lay.setContentsMargins(0, 0, 12, 12)
        self._lay.setSpacing(8)
        self.setWidget(inside)

    @property
    def speak(self) -> Language:
        return self._page.speak

    def refresh(self) -> None:
        clear_layout(self._lay)
        changes = self._read(self._limit)
        if not changes:
            empty = self._page.say(T("Every change will stand here: who, when and what."))
            self._lay.addWidget(EmptyPage("clock-rotate-left", empty), 1)
            return
        day = None
        for change in changes:
            if change.at.date() != day:
                day = change.at.date()
                self._lay.addWidget(label(self.speak.long_date(day, weekday=True), "cardTitle"))
            self._lay.addWidget(self._row(change))
        if len(changes) >= self._limit:
            self._lay.addWidget(button(self._page.say(T("Show older changes")), do=self._show_older, kind="plain"))
        self._lay.addStretch(1)

    def _show_older(self) -> None:
        self._limit += _STEP
        self.refresh()

    def _row(self, change: ChangeInfo) -> QWidget:
        frame = QFrame()
        frame.setObjectName("card")
        lay = QVBoxLayout(frame)
        lay.setContentsMargins(12, 8, 12, 8)
        lay.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        words = label(self.speak.say(change.label), "struck" if change.is_undone else "", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(label(self.speak.time(change.at.time()), "muted"))
        head.addWidget(words, 1)
        head.addWidget(label(" · ".join(p for p in (change.who, change.machine) if p), "muted"))
        opened = change.number in self._opened
        what = T("Hide details") if opened else T("Details")
        head.addWidget(button(self._page.say(what), do=partial(self._toggle, change.number), kind="plain"))
        if change.is_undone:
            head.addWidget(label(self._page.say(T("undone")), "muted"))
        elif change.can_be_undone and self._page.db.read_only is None:
            head.addWidget(button(self._page.say(T("Undo")), do=partial(self._undo, change.number), kind="plain"))
        lay.addLayout(head)
        if opened:
            for line in self._page.db.read(said_rows, change.number, words=self.speak):
                lay.addWidget(label(line, "muted", wrap=True))
        return frame

    def _toggle(self, number: int) -> None:
        self._opened ^= {number}
        self.refresh()

    def _undo(self, number: int) -> None:
        from mama_desktop.domain.errors import OfficeError

        try:
            done: Any = self._page.db.undo(number)
        except OfficeError as error:
            self._page.shell.show_error(error)
            return
        self._page.shell.notice(with_notices(T("Undone: {what}", what=done.label), done))
        # The button that had the keys is gone.
        self.setFocus()
