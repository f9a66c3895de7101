"""Words of a page's head over a few lines: never squeezed, never more of the page than they are worth."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy


class Lines(QLabel):
    """Plain words over at most `most` lines, always as high as they need; what is left of them is in the tool tip."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        self.setText(words)
        self._fit()

    def lines(self) -> list[str]:
        """As they are painted in the width there is now."""
        made = QTextLayout(self.text(), self.font())
        found: list[str] = []
        made.beginLayout()
        while (line := made.createLine()).isValid():
            line.setLineWidth(max(self.width(), 1))
            begins = line.textStart()
            if len(found) == self._most - 1:
                rest = self.text()[begins:]
                found.append(self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, self.width()))
                break
            found.append(self.text()[begins : begins + line.textLength()].rstrip())
        made.endLayout()
        return found

    def _fit(self) -> None:
        self.ensurePolished()
        shown = self.lines()
        self.setToolTip(self.text() if shown and shown[-1].endswith("…") else "")
        # A label that may wrap is squeezed in a low window; one of a fixed height is not.
        self.setFixedHeight(max(len(shown), 1) * self.fontMetrics().lineSpacing())
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def paintEvent(self, _event: Any) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        step = self.fontMetrics().lineSpacing()
        for number, words in enumerate(self.lines()):
            painter.drawText(0, number * step + self.fontMetrics().ascent(), words)
        painter.end()
