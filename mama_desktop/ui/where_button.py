"""A step of the way here at the top of a page, which leads to a place and gives way before the buttons beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from mama_desktop.ui.widgets import shortened

# Pixels of a step: below that it says nothing any more.
_LEAST = 72
# A pixel at each side, for rounding.
_SLACK = 2


class WhereButton(QPushButton):
    """`place`: what `go` is called with. A long name gives way with "…" before the buttons of the head do."""

    def __init__(self, words: str, place: Sequence[str], go: Callable[..., None]) -> None:
        super().__init__(shortened(words, 36))
        self._whole, self._words = words, self.text()
        self.setAccessibleName(words)
        self.setToolTip(words if self.text() != words else "")
        self.setObjectName("where")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._place, self._go = place, go
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        """Of all the words, also while only some are shown."""
        # The look gives these no padding; Qt's own hint is of the words shown, and never below that of a usual button.
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + _SLACK, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(self._whole if shown != self._whole else "")

    def _on_clicked(self) -> None:
        self._go(*self._place)
