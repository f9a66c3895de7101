"""A card among the printed papers: a click or the space bar brings it to the front."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from mama_desktop.ui.theme import tokens


class PaperCard(QFrame):
    """`chosen(key)`; what stands on it is made by those that are made of it."""

    chosen = Signal(str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key, self.is_current = key, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_current(self, current: bool) -> None:
        self.mark_current(current)

    def mark_current(self, current: bool) -> None:
        self.is_current = current
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self.is_current or self.hasFocus()
        painter.setPen(QPen(t.color("accent" if marked else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(t.color("accent_soft" if self.is_current else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.key)
        else:
            super().keyPressEvent(event)
