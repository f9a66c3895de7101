"""A quiet box on the page that says what to know or to decide here, with what to do about it beside the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.widgets import button, clear_layout, label

PICTURES = {
    "info": "circle-info",
    "ok": "circle-check",
    "wait": "triangle-exclamation",
    "no": "circle-exclamation",
    "neutral": "circle-info",
}


class Callout(QFrame):
    """Hidden until something is said. tone: info, ok, wait, no, neutral; shown by ground, icon and words together."""

    def __init__(self, tone: str = "info", words: str = "") -> None:
        super().__init__()
        self._tone = tone
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._more, self._answers = QHBoxLayout(), QHBoxLayout()
        self._answers.setSpacing(8)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(38, 8, 8, 8)
        lay.setSpacing(12)
        lay.addWidget(self._words, 1)
        lay.addLayout(self._more)
        lay.addLayout(self._answers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if words:
            # Not shown here: without a parent it would be a window of its own for a moment.
            self._words.setText(words)
            self.setAccessibleName(words)
        else:
            self.hide()

    def tell(self, words: str, tone: str = "", answers: Sequence[tuple[str, Callable[[], Any]]] = ()) -> None:
        """Show words with buttons (what each says and does); empty words hide the box."""
        self._tone = tone or self._tone
        self._words.setText(words)
        self.setAccessibleName(words)
        clear_layout(self._answers)
        for said, do in answers:
            self._answers.addWidget(button(said, do=do), 0, Qt.AlignmentFlag.AlignVCenter)
        self.setVisible(bool(words))
        self.update()

    def focus_answer(self) -> None:
        """The keys go to the first answer: what is asked stands far from where the person was typing."""
        item = self._answers.itemAt(0)
        if item is not None and (answer := item.widget()) is not None:
            answer.show()  # a part added to what is seen already would be shown, and take the keys, only later
            answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, widget: QWidget) -> None:
        """Something else than buttons beside the words; it stays whatever is told."""
        self._more.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def words(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color(f"{self._tone}_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        first_line = self._words.geometry().center().y()
        if self._words.height() > 2 * self._words.fontMetrics().height():
            first_line = self._words.geometry().top() + self._words.fontMetrics().height() // 2 + 1
        paint_icon(painter, QRect(14, first_line - 8, 16, 16), PICTURES[self._tone], self._tone)
        painter.end()
