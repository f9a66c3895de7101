"""How the board is painted: people in two lines at the left and one at the right, stops, and the head of a trip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeView

from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.theme import scaled, tokens
from mama_desktop.ui.transport.board_lines import Line
from mama_desktop.ui.transport.board_model import LINE
from mama_desktop.ui.two_lines import line as draw_line

Index = QModelIndex | QPersistentModelIndex
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_HEIGHTS = {"section": 38, "trip": 64, "stop": 32}
_INDENTS = {"section": 34, "trip": 60, "stop": 34}
_PERSON, _PERSON_IN_TRIP = 46, 30
# Clear room above each trip, so that they stand apart like cards.
GAP = 8
MENU_WIDTH = 32


class BoardPainter(QStyledItemDelegate):
    """roomy: people in two lines. `target`: the line under what is dragged; with_menu: "…" stands on a trip."""

    def __init__(self, view: QTreeView, *, roomy: bool) -> None:
        super().__init__(view)
        self._view, self._roomy = view, roomy
        self.target = QPersistentModelIndex()
        self.with_menu = True

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        usual = _PERSON if self._roomy else _PERSON_IN_TRIP
        return QSize(scaled(120), scaled(_HEIGHTS.get(line.kind, usual)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        given: Any = option
        rect: QRect = given.rect
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(given.font)
        chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        hovered = bool(given.state & QStyle.StateFlag.State_MouseOver)
        room = self._ground(painter, rect, line, chosen=chosen, hovered=hovered)
        if line.kind == "person":
            self._paint_person(painter, room, line)
        else:
            self._paint_head(painter, room, line, index)
        current = index == self._view.currentIndex() and self._view.hasFocus()
        if current or (self.target.isValid() and self.target == index):
            self._ring(painter, room)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, line: Line, *, chosen: bool, hovered: bool) -> QRect:
        t = tokens()
        if line.kind == "trip":
            room = rect.adjusted(scaled(6), scaled(GAP), -scaled(6), -2)
            painter.setPen(QPen(t.color("line"), 1))
            painter.setBrush(t.color("accent_soft" if chosen else "hover" if hovered else "bg"))
            painter.drawRoundedRect(room, 6, 6)
            return room
        if chosen or hovered:
            painter.fillRect(rect, t.color("accent_soft" if chosen else "hover"))
        if line.kind == "person" or line.kind == "section":
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color("line"))
        return rect.adjusted(scaled(6), 0, -scaled(6), -1)

    def _ring(self, painter: QPainter, room: QRect) -> None:
        painter.setPen(QPen(tokens().color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_head(self, painter: QPainter, room: QRect, line: Line, index: Index) -> None:
        t = tokens()
        left = room.left() + scaled(8)
        middle = room.center().y()
        size = scaled(12)
        if line.children:
            opened = self._view.isExpanded(self._view.model().index(index.row(), 0, index.parent()))
            paint_icon(
                painter, QRect(left, middle - size // 2, size, size), "chevron-down" if opened else "chevron-right",
                "muted",
            )  # fmt: skip
        elif line.kind == "stop":
            dot = scaled(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("thumb"))
            painter.drawEllipse(left + (size - dot) // 2, middle - dot // 2, dot, dot)
        if line.kind == "trip":
            picture = scaled(18)
            paint_icon(
                painter, QRect(left + scaled(22), middle - picture // 2, picture, picture), "bus",
                "muted" if line.faded else "accent",
            )  # fmt: skip
        right = room.right() - (scaled(MENU_WIDTH) if line.kind == "trip" else scaled(6))
        if line.kind == "trip" and self.with_menu:
            dots = scaled(14)
            paint_icon(
                painter, QRect(right + (scaled(MENU_WIDTH) - dots) // 2, middle - dots // 2, dots, dots), "ellipsis",
                "muted",
            )  # fmt: skip
        if line.right:
            right = self._chip(painter, room, right, line)
        start = room.left() + scaled(_INDENTS[line.kind]) - scaled(6)
        words = QRect(start, room.top(), max(right - start - scaled(8), 0), room.height())
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setPen(t.color("text"))
        if line.kind == "trip":
            half = (room.height() - scaled(8)) // 2
            upper = QRect(words.left(), room.top() + scaled(4), words.width(), half)
            self._detail(painter, upper.translated(0, half), line.detail)
            painter.setFont(bold)
            painter.setPen(t.color("muted" if line.faded else "text"))
            draw_line(painter, upper, line.title)
            return
        plain = painter.font()
        painter.setFont(bold)
        wide = min(painter.fontMetrics().horizontalAdvance(line.title), words.width())
        draw_line(painter, words, line.title)
        painter.setFont(plain)
        if line.detail:
            self._detail(painter, words.adjusted(wide + scaled(10), 0, 0, 0), line.detail)

    def _paint_person(self, painter: QPainter, room: QRect, line: Line) -> None:
        t = tokens()
        indent = scaled(10 if self._roomy else 30)
        whole = room.adjusted(indent, 0, -scaled(6), 0)
        upper, lower = whole, QRect()
        if self._roomy:
            half = (whole.height() - scaled(6)) // 2
            upper = QRect(whole.left(), whole.top() + scaled(3), whole.width(), half)
            lower = upper.translated(0, half)
        right = upper.right()
        if line.right:
            most = whole.width() // 2
            wide = min(painter.fontMetrics().horizontalAdvance(line.right) + 2, most)
            painter.setPen(t.color("muted" if line.tone == "neutral" else line.tone))
            # The kilometres at its end are worth more than the middle of a long name.
            shown = painter.fontMetrics().elidedText(line.right, Qt.TextElideMode.ElideMiddle, wide)
            painter.drawText(QRect(right - wide, upper.top(), wide, upper.height()), _RIGHT, shown)
            right -= wide + scaled(10)
        room_for_name = max(right - upper.left() - len(line.marks) * scaled(20), 0)
        if not self._roomy:
            # The name first; what is known of somebody takes what is left.
            room_for_name = min(room_for_name, max(scaled(150), whole.width() * 45 // 100))
        name = painter.fontMetrics().elidedText(line.title, Qt.TextElideMode.ElideRight, room_for_name)
        painter.setPen(t.color("text"))
        painter.drawText(upper, _LEFT, name)
        after = upper.left() + painter.fontMetrics().horizontalAdvance(name) + scaled(8)
        for mark in line.marks:
            size = scaled(13)
            paint_icon(painter, QRect(after, upper.center().y() - size // 2, size, size), mark, "info")
            after += scaled(20)
        if self._roomy:
            self._detail(painter, lower, line.detail)
        else:
            self._detail(painter, QRect(after, upper.top(), max(right - after, 0), upper.height()), line.detail)

    def _detail(self, painter: QPainter, room: QRect, words: str) -> None:
        if room.width() < scaled(24):
            return
        small = QFont(painter.font())
        small.setPointSizeF(max(small.pointSizeF() * 0.9, 9))
        painter.setFont(small)
        painter.setPen(tokens().color("muted"))
        draw_line(painter, room, words)

    def _chip(self, painter: QPainter, room: QRect, right: int, line: Line) -> int:
        """Gives where it begins."""
        t = tokens()
        metrics = painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(line.right) + scaled(20), metrics.height() + 4
        chip = QRect(right - wide, room.center().y() - high // 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color(f"{line.tone}_soft"))
        painter.drawRoundedRect(chip, high / 2, high / 2)
        painter.setPen(t.color(line.tone))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), line.right)
        return chip.left()

    def helpEvent(self, event: QHelpEvent, view: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        from html import escape

        line: Line = index.data(LINE)
        QToolTip.showText(event.globalPos(), f"<p>{escape(line.said or line.title)}</p>", view)
        return True
