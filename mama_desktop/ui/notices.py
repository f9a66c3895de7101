"""What was done, said in the line at the bottom of the window for six seconds, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.ui.widgets import button, clear_layout, label

_SHOWN_MS = 6000


def with_notices(words: Text, change: ChangeInfo) -> Text:
    """What was undone, and what of it stays out because others hold it now."""
    if not change.notices:
        return words
    lost = reduce(lambda first, second: T("{first}; {second}", first=first, second=second), change.notices)
    return T("{what} Not given back, because others have it now: {lost}", what=words, lost=lost)


class Notices(QFrame):
    """One notice at a time, in the room of the status line, so that it never lies over anything.

    The mouse upon it or the keys in it keep it there; Escape closes it. Whatever had the keys before gets them back.
    `appeared(bool)`: whether it is shown, for whoever gives it the room.
    """

    appeared = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.hide()
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(4)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(12, 1, 4, 1)
        lay.setSpacing(12)
        lay.addWidget(self._words, 1)
        lay.addLayout(self._actions)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        self._do: list[Callable[[], Any]] = []
        self._before: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def show_words(self, words: str, actions: Sequence[tuple[str, Callable[[], Any]]] = ()) -> None:
        # In a notice that is on the screen already, new buttons would have no size until the next round of events.
        self.hide()
        self._words.setText(words)
        self.setAccessibleName(words)
        clear_layout(self._actions)
        self._do = [do for _, do in actions]
        for said, do in actions:
            made = button(said)
            # First away, so that a notice which the deed gives is not taken away with this one.
            made.clicked.connect(self.hide)
            made.clicked.connect(do)
            self._actions.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show()
        self._timer.start(_SHOWN_MS)

    def words(self) -> str:
        """What is said now, or "" """
        return self._words.text() if self.isVisible() else ""

    def _on_time(self) -> None:
        if self.underMouse() or self._has_keys():
            self._timer.start(_SHOWN_MS)
        else:
            self.hide()

    def _has_keys(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now) and (before is None or not self.isAncestorOf(before)):
            self._before = before

    def setVisible(self, visible: bool) -> None:
        # What is hidden hands the keys to whatever comes next, which is no place anybody was at.
        if not visible and self._has_keys():
            before = self._before
            if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        # Before it takes part in the layout, or the line would grow for a moment.
        self.appeared.emit(visible)
        super().setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: Any) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start(_SHOWN_MS)
        super().leaveEvent(event)
