"""How a list paints an entry of two lines: its name above, something smaller below, the chosen one in the accent."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mama_desktop.ui.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
_LINE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
HEIGHT, NARROWEST = 54, 160


class TwoLines(QStyledItemDelegate):
    """A subclass paints `below` and may keep room at the left (`indent`) for a picture (`beside`)."""

    indent = 12

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(scaled(NARROWEST), scaled(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # The attributes of an option are not in Qt's Python stubs.
        given: Any = option
        rect, state = given.rect, given.state
        t = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        self.beside(painter, rect, index, chosen)
        font = QFont(given.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(t.color("accent" if chosen else "text"))
        wide = rect.width() - self.indent - 12
        line(painter, QRect(rect.left() + self.indent, rect.top() + scaled(7), wide, scaled(20)), index.data())
        small = QFont(given.font)
        small.setPointSizeF(max(small.pointSizeF() * 0.9, 9))
        painter.setFont(small)
        self.below(painter, QRect(rect.left() + self.indent, rect.top() + scaled(28), wide, scaled(18)), index)
        painter.restore()

    def beside(self, painter: QPainter, rect: QRect, index: Index, chosen: bool) -> None:
        """A picture at the left; none as it is."""

    def below(self, painter: QPainter, room: QRect, index: Index) -> None:
        raise NotImplementedError


def line(painter: QPainter, room: QRect, words: str) -> None:
    """Words on one line, with an ellipsis where they do not fit."""
    painter.drawText(room, _LINE, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width()))
