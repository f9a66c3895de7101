"""What was done, said at the bottom of the window for six seconds, with at most two things to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.ui.widgets import button, clear_layout, label

_SHOWN_MS = 6000
_ABOVE_BOTTOM = 44


def with_notices(words: Text, change: ChangeInfo) -> Text:
    """What was undone, and what of it stays out because others hold it now."""
    if not change.notices:
        return words
    lost = reduce(lambda first, second: T("{first}; {second}", first=first, second=second), change.notices)
    return T("{what} Not given back, because others have it now: {lost}", what=words, lost=lost)


class Notices(QFrame):
    """One notice at a time, over the window; the mouse upon it keeps it there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("notice")
        self.hide()
        self._words = label("", wrap=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(4)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 8, 8, 8)
        lay.setSpacing(12)
        lay.addWidget(self._words, 1)
        lay.addLayout(self._actions)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._do: list[Callable[[], Any]] = []
        window.installEventFilter(self)

    def show_words(self, words: str, actions: Sequence[tuple[str, Callable[[], Any]]] = ()) -> None:
        # In a notice that is on the screen already, new buttons would have no size until the next round of events.
        self.hide()
        self._words.setText(words)
        self.setAccessibleName(words)
        clear_layout(self._actions)
        self._do = [do for _, do in actions]
        for said, do in actions:
            made = button(said)
            made.clicked.connect(do)
            made.clicked.connect(self.hide)
            self._actions.addWidget(made)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def words(self) -> str:
        """What is said now, or "" """
        return self._words.text() if self.isVisible() else ""

    def _place(self) -> None:
        window = self._window
        room = window.width() - 48
        wanted = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 48
        self._words.setMinimumWidth(min(wanted, room // 2))
        self.adjustSize()
        width = min(self.sizeHint().width(), room)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((window.width() - width) // 2, self._bottom() - height, width, height)

    def _bottom(self) -> int:
        """Over the foot of the page, but above what the page says must stay in sight (where one goes on typing)."""
        bottom = self._window.height() - _ABOVE_BOTTOM
        kept = getattr(getattr(self._window, "page", None), "kept_in_sight", None)
        if isinstance(kept, QWidget) and kept.isVisible():
            return min(bottom, kept.mapTo(self._window, QPoint(0, 0)).y() - 8)
        return bottom

    def enterEvent(self, event: Any) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: Any) -> None:
        if self.isVisible():
            self._timer.start(_SHOWN_MS)
        super().leaveEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
