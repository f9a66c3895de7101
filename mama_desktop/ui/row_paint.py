"""How a table is painted: cells, status chips and headings, all by our own hand, so that 50,000 rows scroll calmly."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)  # fmt: skip

from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.said import NUMBERS
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.tones import is_status, tone_of

Index = QModelIndex | QPersistentModelIndex
EDGE = 11
"""Pixels from a cell's border to its words; the same in headings."""
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
_LEFT = int(Qt.AlignmentFlag.AlignLeft | _VCENTRE)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | _VCENTRE)


class CellPainter(QStyledItemDelegate):
    """Paints a cell and shows the whole words of a cut cell as a tool tip. Editors: see `cell_editors.CellEditing`."""

    def __init__(self, model: RowsModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._rows = model
        self._view = parent
        self.hovered_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens()
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = t.accent_soft if selected else (t.hover if index.row() == self.hovered_row else t.surface)
        painter.fillRect(rect, t.color_of(ground))
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
            painter.drawText(inner, _RIGHT if field.kind in NUMBERS else _LEFT, shown)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(t.color_of(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)

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
        QToolTip.showText(event.globalPos(), _plain_tip(words) if cut else "", view)
        return True


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
    painter.drawText(place, _LEFT, metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width()))
    painter.restore()


class Headings(QHeaderView):
    """Muted semibold words on the cells' left edge, an arrow where sorted, a funnel where filtered."""

    sort_requested = Signal(int, bool)

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._hovered = -1
        self._pressed_at = QPoint()
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(48)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | _VCENTRE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line below goes on to the frame where the columns end before it."""
        super().paintEvent(event)
        end = self.length() - self.offset()
        if end < self.viewport().width():
            painter = QPainter(self.viewport())
            painter.fillRect(end, self.height() - 1, self.viewport().width() - end, 1, tokens().color("line"))
            painter.end()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(38, self.fontMetrics().height() + 20))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def needed_width(self, column: int) -> int:
        words = self._rows.headerData(column, Qt.Orientation.Horizontal)
        return QFontMetrics(self._font()).horizontalAdvance(str(words)) + 2 * EDGE + 4

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        t = tokens()
        field = self._rows.field(column)
        painter.fillRect(rect, t.color_of(t.hover if column == self._hovered else t.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color_of(t.line))
        font = self._font()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        marks = self._marks(field.key)
        words = str(self._rows.headerData(column, Qt.Orientation.Horizontal))
        inner = rect.adjusted(EDGE, 0, -EDGE, -1)
        room = inner.width() - 14 * len(marks)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
        is_number = field.kind in NUMBERS
        painter.setPen(t.color_of(t.muted))
        painter.drawText(inner, _RIGHT if is_number else _LEFT, shown)
        width = metrics.horizontalAdvance(shown)
        x = inner.right() - width - 14 * len(marks) if is_number else inner.left() + width + 4
        for picture in marks:
            paint_icon(painter, QRect(x, inner.center().y() - 4, 10, 10), picture, "accent")
            x += 14

    def _marks(self, field_key: str) -> list[str]:
        marks = [("arrow-down" if down else "arrow-up") for key, down in self._rows.sorted_by if key == field_key]
        return [*marks, "filter"] if field_key in self._rows.wanted else marks

    # Hover, and a click that is no drag

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1)
        super().leaveEvent(event)

    def _set_hovered(self, column: int) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        near_edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        still = (at - self._pressed_at).manhattanLength() < 6
        if event.button() == Qt.MouseButton.LeftButton and still and not near_edge:
            column = self.logicalIndexAt(at)
            if column >= 0:
                self.sort_requested.emit(column, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
