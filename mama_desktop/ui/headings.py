"""The headings of a table: words, arrows and funnels; the first columns may stand still; room for a filter row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.said import NUMBERS
from mama_desktop.ui.theme import tokens

EDGE = 11
"""Pixels from a cell's border to its words; the same in headings."""
_VCENTRE = Qt.AlignmentFlag.AlignVCenter
LEFT = int(Qt.AlignmentFlag.AlignLeft | _VCENTRE)
RIGHT = int(Qt.AlignmentFlag.AlignRight | _VCENTRE)
_MOST_FROZEN = 0.65
"""Of the width: so much may stand still, so that there is room to scroll the others."""


class Headings(QHeaderView):
    """Muted semibold words on the cells' left edge, an arrow where sorted, a funnel where filtered."""

    sort_requested = Signal(int, bool)
    filter_asked = Signal(int)
    resized = Signal()

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self._hovered = -1
        self._pressed_at = QPoint()
        self._shift = 0
        self._frozen = 0
        self._filter_height = 0
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(48)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | _VCENTRE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    # Columns that stand still

    @property
    def frozen(self) -> int:
        """How many of the first visible columns stand still."""
        return self._frozen

    def set_frozen(self, count: int) -> None:
        self._frozen = max(count, 0)
        self.viewport().update()

    def shown_columns(self) -> list[int]:
        """The visible columns as ordered on the screen."""
        order = (self.logicalIndex(v) for v in range(self.count()))
        return [c for c in order if not self.isSectionHidden(c)]

    def frozen_columns(self) -> list[int]:
        """Those that stand still; fewer where the window is too narrow for all of them."""
        if not self._frozen:
            return []
        room, found = _MOST_FROZEN * self.viewport().width(), []
        for column in self.shown_columns()[: self._frozen]:
            room -= self.sectionSize(column)
            if room < 0:
                break
            found.append(column)
        return found

    def frozen_width(self) -> int:
        return sum(map(self.sectionSize, self.frozen_columns()))

    def column_at(self, x: int) -> int:
        """The column seen at a place of the viewport."""
        still = self.offset() and x < self.frozen_width()
        return self.logicalIndexAt(x - self.offset() if still else x)

    def x_of(self, column: int) -> int:
        """Where a column is seen to begin."""
        if self.offset() and column in self.frozen_columns():
            return self.sectionPosition(column)
        return self.sectionViewportPosition(column)

    # Room for the filter row

    def set_filter_height(self, height: int) -> None:
        self._filter_height = height
        self.updateGeometry()
        # The table makes room in its own time; what stands in the row is placed by `geometriesChanged`.
        self.geometriesChanged.emit()

    def title_height(self) -> int:
        return max(38, self.fontMetrics().height() + 20)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.title_height() + self._filter_height)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line below goes on to the frame where the columns end before it; what stands still is painted last."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        end = self.length() - self.offset()
        if end < self.viewport().width():
            painter.fillRect(end, self.height() - 1, self.viewport().width() - end, 1, tokens().color("line"))
        if self._frozen:
            for column in self.frozen_columns():
                rect = QRect(self.sectionPosition(column), 0, self.sectionSize(column), self.height())
                self.paintSection(painter, rect, column)
            painter.fillRect(self.frozen_width() - 1, 0, 1, self.height(), tokens().color("thumb"))
        painter.end()

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
        painter.fillRect(rect, t.color_of(t.surface))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, t.color_of(t.line))
        title = QRect(rect.left(), rect.top(), rect.width(), self.title_height())
        if column == self._hovered:
            painter.fillRect(title.adjusted(0, 0, 0, -1), t.color_of(t.hover))
        font = self._font()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        marks = self._marks(field.key)
        words = str(self._rows.headerData(column, Qt.Orientation.Horizontal))
        inner = title.adjusted(EDGE, 0, -EDGE, -1)
        room = inner.width() - 14 * len(marks)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
        is_number = field.kind in NUMBERS
        painter.setPen(t.color_of(t.muted))
        painter.drawText(inner, RIGHT if is_number else LEFT, shown)
        width = metrics.horizontalAdvance(shown)
        x = inner.right() - width - 14 * len(marks) if is_number else inner.left() + width + 4
        for picture in marks:
            paint_icon(painter, QRect(x, inner.center().y() - 4, 10, 10), picture, "accent")
            x += 14

    def _marks(self, field_key: str) -> list[str]:
        marks = [("arrow-down" if down else "arrow-up") for key, down in self._rows.sorted_by if key == field_key]
        return [*marks, "filter"] if field_key in self._rows.filters else marks

    # Hover, and a click that is no drag

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self.column_at(event.position().toPoint().x()))
        super().mouseMoveEvent(self._shifted(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1)
        super().leaveEvent(event)

    def _set_hovered(self, column: int) -> None:
        if column != self._hovered:
            self._hovered = column
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        still = self.offset() and self._pressed_at.x() < self.frozen_width()
        self._shift = self.offset() if still else 0
        super().mousePressEvent(self._shifted(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._shifted(event))
        self._shift = 0
        at = event.position().toPoint()
        near_edge = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        still = (at - self._pressed_at).manhattanLength() < 6
        if event.button() == Qt.MouseButton.LeftButton and still and not near_edge:
            column = self.column_at(at.x())
            if column >= 0:
                self.sort_requested.emit(column, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(self._shifted(event))

    def _shifted(self, event: QMouseEvent) -> QMouseEvent:
        """Qt knows only where a column would be without standing still: tell it that place."""
        shift = self._shift
        if not event.buttons() and self.offset() and event.position().x() < self.frozen_width():
            shift = self.offset()
        if not shift:
            return event
        at = QPointF(event.position().x() - shift, event.position().y())
        return QMouseEvent(
            event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )  # fmt: skip
