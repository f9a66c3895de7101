"""How a table is painted: cells and status chips, all by our own hand, so that 50,000 rows scroll calmly."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)  # fmt: skip

from mama_desktop.ui.chosen_cells import ChosenCells
from mama_desktop.ui.headings import EDGE, LEFT, RIGHT
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.said import NUMBERS
from mama_desktop.ui.theme import Tokens, tokens
from mama_desktop.ui.tones import is_status, tone_of

Index = QModelIndex | QPersistentModelIndex


class CellPainter(QStyledItemDelegate):
    """Paints a cell and shows the whole words of a cut cell as a tool tip. Editors: see `cell_editors.CellEditing`."""

    def __init__(self, model: RowsModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._rows = model
        self._view = parent
        self.chosen: ChosenCells | None = None
        self.hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens()
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, t.color_of(t.accent_soft) if selected else self.ground(index.row()))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color_of(t.line))
        field = self._rows.field(index.column())
        words = self._rows.words(index.row(), index.column())
        inner = rect.adjusted(EDGE, 0, -EDGE, -1)
        if field.kind == "bool":
            self._paint_bool(painter, inner, self._rows.raw(index), may_change=field.editable)
        elif words and field.kind == "choice" and is_status(field.choices):
            paint_chip(painter, inner, words, *tone_of(self._rows.raw(index)))
        elif words:
            painter.setPen(t.color_of(t.text))
            # One line: what has several lines is read in full in its tool tip.
            line = words.replace("\n", " ") if "\n" in words else words
            shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, RIGHT if field.kind in NUMBERS else LEFT, shown)
        if self._rows.marks and self._mark(index):
            corner = QPolygon([rect.topRight(), rect.topRight() - QPoint(9, 0), rect.topRight() + QPoint(0, 9)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("no"))
            painter.drawPolygon(corner)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(t.color_of(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)

    def ground(self, row: int) -> QColor:
        """Of a cell that is not chosen itself: a row with a chosen cell is seen to be chosen."""
        t = tokens()
        if self.chosen is not None and self.chosen.has_row(row):
            return _row_ground(t)
        return t.color_of(t.hover if row == self.hovered_row else t.surface)

    def _mark(self, index: Index) -> str:
        """Why what was pasted here could not be taken; "" for an ordinary cell."""
        return self._rows.marks.get((self._rows.key(index.row()), self._rows.field(index.column()).key), "")

    def _paint_bool(self, painter: QPainter, rect: QRect, value: object, *, may_change: bool) -> None:
        if value is None:
            return
        box = QRect(rect.left(), rect.center().y() - 7, 15, 15)
        if not value and may_change:
            # An empty box asks to be ticked; a dash only says no.
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(tokens().color("muted"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
            painter.restore()
            return
        paint_icon(painter, box, "square-check" if value else "minus", "accent" if value else "muted")

    def needed_width(self, index: Index) -> int:
        """Pixels the cell would like."""
        field = self._rows.field(index.column())
        words = self._rows.words(index.row(), index.column())
        extra = 34 if field.kind == "choice" and is_status(field.choices) else 4
        return self._view.fontMetrics().horizontalAdvance(words) + 2 * EDGE + extra

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        words = self._rows.words(index.row(), index.column())
        cut = "\n" in words or self.needed_width(index) - 4 > self._view.columnWidth(index.column())
        if mark := self._mark(index):
            words, cut = f"{words}\n{mark}".strip(), True
        QToolTip.showText(event.globalPos(), _plain_tip(words) if cut else "", view)
        return True


@lru_cache
def _row_ground(t: Tokens) -> QColor:
    """Half way between a row and a chosen cell."""
    plain, chosen = QColor(t.surface), QColor(t.accent_soft)
    return QColor(
        (plain.red() + chosen.red()) // 2,
        (plain.green() + chosen.green()) // 2,
        (plain.blue() + chosen.blue()) // 2,
    )


def _plain_tip(words: str) -> str:
    """As plain text whatever it holds, wrapped: a tool tip would take a tag at its beginning for rich text."""
    from html import escape

    return f"<p style='white-space: pre-wrap'>{escape(words)}</p>"


def paint_chip(painter: QPainter, rect: QRect, words: str, tone: str, picture: str) -> None:
    """Icon and word on a soft ground of the tone."""
    t = tokens()
    font = painter.font()
    metrics = painter.fontMetrics()
    height = min(metrics.height() + 4, rect.height() - 6)
    width = min(metrics.horizontalAdvance(words) + 35, rect.width() + 6)
    chip = QRect(rect.left() - 3, rect.top() + (rect.height() - height + 1) // 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(t.color(f"{tone}_soft"))
    painter.drawRoundedRect(chip, height / 2, height / 2)
    paint_icon(painter, QRect(chip.left() + 8, chip.center().y() - 5, 11, 11), picture, tone)
    painter.setPen(t.color(tone))
    painter.setFont(font)
    place = chip.adjusted(24, 0, -9, 0)
    painter.drawText(place, LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width()))
    painter.restore()
