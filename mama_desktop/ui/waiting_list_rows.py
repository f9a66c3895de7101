"""The rows of the waiting list: a person or a party as one block of two lines, dragged or stepped by Alt+arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services.waiting_blocks import Block
from mama_desktop.ui.theme import scaled, tokens

BLOCK = Qt.ItemDataRole.UserRole


class WaitingBlocks(QListWidget):
    """`moved(block, to)` when a block was dropped among the others; Alt with an arrow asks for a step."""

    moved = Signal(object, int)
    step_asked = Signal(int)
    opened = Signal(str)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_BlockPainter(speak, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.model().rowsMoved.connect(self._on_rows_moved)
        self.itemActivated.connect(self._on_activated)

    def set_movable(self, movable: bool) -> None:
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if movable else mode.NoDragDrop)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        chosen = {item.data(BLOCK).keys[0] for item in self.chosen()}
        top = self.verticalScrollBar().value()
        current = self.currentRow()
        self.clear()
        for block in blocks:
            item = QListWidgetItem(_said(block, self._speak))
            item.setData(BLOCK, block)
            item.setToolTip(_hint(block, self._speak))
            flag = Qt.ItemFlag
            item.setFlags(flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled)
            self.addItem(item)
            item.setSelected(block.keys[0] in chosen)
        if 0 <= current < self.count():
            self.setCurrentRow(current, self.selectionModel().SelectionFlag.NoUpdate)
        self.verticalScrollBar().setValue(top)

    def chosen(self) -> list[QListWidgetItem]:
        """In the order of the list."""
        return sorted(self.selectedItems(), key=self.row)

    def choose(self, key: str) -> None:
        for row in range(self.count()):
            if self.item(row).data(BLOCK).keys[0] == key:
                self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step_asked.emit(step)
        else:
            super().keyPressEvent(event)

    def _on_rows_moved(self, _from: QModelIndex, first: int, _last: int, _to: QModelIndex, before: int) -> None:
        # Qt counts the target before the row is taken out.
        row = before - 1 if before > first else before
        self.moved.emit(self.item(row).data(BLOCK), row)

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(BLOCK).keys[0])


def _said(block: Block, speak: Language) -> str:
    """The whole line in words, for screen readers."""
    return ", ".join(p for p in (_number(block), _title(block, speak), _detail(block, speak), _fits(block, speak)) if p)


def _number(block: Block) -> str:
    return f"{block.number}." if block.last == block.number else f"{block.number}.–{block.last}."


def _title(block: Block, speak: Language) -> str:
    if len(block.keys) == 1:
        return block.names[0]
    words = TN("{name}, {count} person", "{name}, {count} people", len(block.keys), name=block.party)
    return speak.say(words)


def _detail(block: Block, speak: Language) -> str:
    who = ", ".join(block.names) if len(block.keys) > 1 else block.organisation
    since = speak.say(T("since {day}", day=speak.date(block.since.date()))) if block.since else ""
    listed = speak.say(T("on the list since {when}", when=speak.date_time(block.listed))) if block.listed else ""
    moved = speak.say(T("moved: {reason}", reason=block.reason)) if block.reason else ""
    return "  ·  ".join(part for part in (who, since, listed, moved) if part)


def _hint(block: Block, speak: Language) -> str:
    """Who is in a party, and why somebody stands before others who applied earlier."""
    lines = list(block.names) if len(block.names) > 1 else []
    if block.reason:
        lines.append(speak.say(T("Moved by hand: {reason}", reason=block.reason)))
    elif block.listed:
        lines.append(speak.say(T(
            "Applied later than somebody further down. What counts is the order in which people were put on the "
            "waiting list."
        )))  # fmt: skip
    return "\n".join(lines)


def _fits(block: Block, speak: Language) -> str:
    return speak.say(T("fits now")) if block.fits else ""


class _BlockPainter(QStyledItemDelegate):
    """Number, name in bold, muted details below, at the right whether there is room now."""

    def __init__(self, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._speak = speak

    def sizeHint(self, option: QStyleOptionViewItem, _index: Any) -> QSize:
        metrics: Any = option
        return QSize(200, 2 * metrics.fontMetrics.height() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        t, opt = tokens(), _opened(option)
        rect: QRect = opt.rect
        block: Block = index.data(BLOCK)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = opt.state & QStyle.StateFlag.State_Selected
        if selected or opt.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, t.color("accent_soft" if selected else "hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color("line"))
        if opt.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), t.color("accent"))
        height = painter.fontMetrics().height()
        first = QRect(rect.left() + 16, rect.top() + 8, rect.width() - 32, height)
        number_width = scaled(76)
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(t.color("muted"))
        painter.drawText(first.adjusted(0, 0, number_width - first.width(), 0), middle, _number(block))
        right = self._paint_chip(painter, rect, block)
        painter.setPen(t.color("muted"))
        room = QRect(first.left() + number_width, first.top(), right - first.left() - number_width - 12, height)
        below = room.translated(0, height + 2)
        detail = painter.fontMetrics().elidedText(
            _detail(block, self._speak), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, middle, detail)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(t.color("text"))
        title = painter.fontMetrics().elidedText(_title(block, self._speak), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, title)
        painter.restore()

    def _paint_chip(self, painter: QPainter, rect: QRect, block: Block) -> int:
        """At the right; gives where it begins."""
        words, t = _fits(block, self._speak), tokens()
        if not words:
            return rect.right() - 16
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(words) + 26, metrics.height() + 6
        chip = QRect(rect.right() - 16 - width, rect.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("ok_soft"))
        painter.drawRoundedRect(chip, 10, 10)
        painter.setPen(t.color("ok"))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), words)
        return chip.left()


def _opened(option: QStyleOptionViewItem) -> Any:
    """The option as Qt fills it; its attributes are not in the types."""
    return option
