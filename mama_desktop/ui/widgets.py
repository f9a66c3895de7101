"""Small widgets every page is made of: buttons, chips, search field, empty page, a flow that wraps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.ui.icons import icon, paint_icon
from mama_desktop.ui.theme import scaled


@dataclass(frozen=True)
class Chip:
    """A live count as the head of a page shows it. tone: ok, wait, no, info, neutral; `view`: what a click opens.

    tip: what is counted, where the words alone could be taken otherwise.
    """

    words: str
    tone: str = "neutral"
    view: str = ""
    tip: str = ""


def button(words: str, picture: str = "", do: Callable[[], Any] | None = None, *, kind: str = "") -> QPushButton:
    """A button that says what it does. kind: "" (secondary), "primary" (one a page), "plain" (like a link)."""
    made = QPushButton(words)
    made.setObjectName(kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if picture:
        made.setIcon(icon(picture, {"primary": "on_accent", "plain": "accent"}.get(kind, "text")))
        made.setIconSize(QSize(16, 16))
        # Room between picture and words, which the style sheet cannot give.
        made.setText("  " + words)
        made.setAccessibleName(words)
    if do is not None:
        made.clicked.connect(do)
    return made


def label(words: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """Words as plain text (never rich: names come from outside)."""
    made = QLabel(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    # A label with a style of its own would stand half a letter to the right of its field.
    made.setIndent(0)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    return made


def number_field(first: int, last: int) -> QSpinBox:
    """A field for a small number with steps; the style sheet cannot say where its digits begin."""
    made = QSpinBox()
    made.setRange(first, last)
    made.lineEdit().setTextMargins(9, 0, 0, 0)
    return made


def shortened(words: str, most: int = 48) -> str:
    """Long words for a place that cannot give way."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


class Elided(QLabel):
    """One line of plain words that gives way with "…" and shows all of them as its tool tip then."""

    def __init__(self, words: str, name: str = "") -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: Any) -> None:
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().windowText().color())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


class ChipButton(QPushButton):
    """A count that opens its filtered list."""

    chosen = Signal(str)

    def __init__(self, chip: Chip) -> None:
        super().__init__(chip.words)
        self._view = chip.view
        self.setProperty("tone", chip.tone)
        self.setToolTip(chip.tip)
        self.setAccessibleDescription(chip.tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._view)


def chip_label(chip: Chip) -> QLabel:
    made = label(chip.words)
    made.setProperty("tone", chip.tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class SearchField(QLineEdit):
    """A field that filters while you type; Escape clears it, Down goes into what it filters."""

    left_downwards = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(160)
        self.setMaximumWidth(scaled(300))

    def sizeHint(self) -> QSize:
        return QSize(scaled(300), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class _Picture(QWidget):
    """An icon, large and muted."""

    def __init__(self, name: str, size: int = 40) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(size, size)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def paintEvent(self, _event: Any) -> None:
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        painter.setOpacity(0.7)
        paint_icon(painter, self.rect(), self._name, "muted")
        painter.end()


class EmptyPage(QWidget):
    """What stands where nothing is yet: an icon, one sentence of what belongs here, one button for the first step."""

    asked = Signal()

    def __init__(self, picture: str = "inbox", words: str = "", action: str = "") -> None:
        super().__init__()
        self._picture = _Picture(picture)
        self._words = label(words, "emptyWords", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = button(action, do=self.asked.emit)
        lay = QVBoxLayout(self)
        lay.setSpacing(16)
        lay.addStretch(2)
        for part in (self._picture, self._words, self._button):
            lay.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        lay.addStretch(3)
        self.set_content(picture, words, action)

    def set_content(self, picture: str, words: str, action: str = "") -> None:
        self._picture.set_name(picture)
        self._words.setText(words)
        self._fit()
        self._button.setText(action)
        self._button.setVisible(bool(action))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A centred label is laid out with the height of one line: words that wrap would be cut off."""
        self._words.ensurePolished()
        width = min(440, self._words.fontMetrics().horizontalAdvance(self._words.text()) + 24)
        self._words.setFixedWidth(width)
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(width)))


class Flow(QLayout):
    """Widgets beside each other that go on in the next line when the room ends; `right` ones keep to the right."""

    def __init__(self, spacing: int = 8, line_spacing: int | None = None) -> None:
        """`line_spacing`: between lines, where it is not the same as between widgets."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._spacing = spacing
        self._line_spacing = spacing if line_spacing is None else line_spacing
        # Laying out one page asks for the same heights a hundred times.
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def add(self, widgets: Sequence[QWidget]) -> None:
        for widget in widgets:
            self.addWidget(widget)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), test=True)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, test=False)

    def sizeHint(self) -> QSize:
        shown = [i.sizeHint() for i in self._items if not i.isEmpty()]
        width = sum(s.width() + self._spacing for s in shown)
        return QSize(max(width - self._spacing, 0), max((s.height() for s in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, test: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        too_much = self.sizeHint().width() - rect.width()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if too_much > 0 and isinstance(item.widget(), SearchField):
                # Rather a shorter search field than a second line.
                size.setWidth(max(item.minimumSize().width(), size.width() - too_much))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._line_spacing, 0
            if not test:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._spacing
            line = max(line, size.height())
        return y + line - rect.y()


def clear_layout(lay: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while lay.count():
        item = lay.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
