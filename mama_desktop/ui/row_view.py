"""Keys and mouse of the table of rows; the first columns may stand still while the others scroll."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QTableView

from mama_desktop.ui.chosen_cells import ChosenCells
from mama_desktop.ui.headings import Headings
from mama_desktop.ui.row_paint import CellPainter
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.theme import tokens

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class RowView(QTableView):
    """Keys and mouse of the table."""

    toggled = Signal(QModelIndex)
    opened = Signal(int)
    copy_asked = Signal(bool)
    """Whether with headings in any case."""
    paste_asked = Signal(str)
    delete_asked = Signal(bool)
    """Whether the rows themselves, not what the chosen cells hold."""
    fill_asked = Signal()
    filter_asked = Signal(int)

    def __init__(self, rows: RowsModel) -> None:
        super().__init__()
        self.rows = self._rows = rows
        self.no_rows = ""
        """What is said where no row fits the filters."""
        self.headings = Headings(rows, self)
        self.setHorizontalHeader(self.headings)
        self.setModel(rows)
        self.chosen = ChosenCells(rows, self.selectionModel())
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows go on to the frame where the columns end before it; what stands still is painted over the others."""
        end = self.headings.length() - self.headings.offset()
        if end < self.viewport().width() and self._rows.rowCount():
            self._paint_beyond(end)
        super().paintEvent(event)
        if self.headings.frozen:
            self._paint_frozen()
        if self.no_rows and not self._rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(tokens().color("muted"))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), self.no_rows)
            painter.end()

    def _rows_seen(self) -> range:
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1)

    def _paint_beyond(self, end: int) -> None:
        t, painter = tokens(), QPainter(self.viewport())
        delegate = self.itemDelegate()
        width = self.viewport().width() - end
        for row in self._rows_seen():
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            ground = delegate.ground(row) if isinstance(delegate, CellPainter) else t.color("surface")
            painter.fillRect(end, top, width, height, ground)
            painter.fillRect(end, top + height - 1, width, 1, t.color_of(t.line))
        painter.end()

    def _paint_frozen(self) -> None:
        painter = QPainter(self.viewport())
        columns = self.headings.frozen_columns()
        rows = self._rows_seen()
        if self.headings.offset():
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            delegate, selection = self.itemDelegate(), self.selectionModel()
            enabled = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Active
            for row in rows:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                for column in columns:
                    index = self._rows.index(row, column)
                    width = self.headings.sectionSize(column)
                    option.rect = QRect(self.headings.sectionPosition(column), top, width, height)
                    chosen = selection.isSelected(index)
                    option.state = enabled | QStyle.StateFlag.State_Selected if chosen else enabled
                    delegate.paint(painter, option, index)
        if rows and columns:
            bottom = self.rowViewportPosition(rows[-1]) + self.rowHeight(rows[-1])
            painter.fillRect(self.headings.frozen_width() - 1, 0, 1, bottom, tokens().color("thumb"))
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self.headings.frozen:
            # Qt moved the picture with what stands still in it.
            self.viewport().update()
            self.headings.viewport().update()

    # Where a cell is, when the first columns stand still

    def _stands_still(self, column: int) -> bool:
        return bool(self.headings.offset()) and column in self.headings.frozen_columns()

    def indexAt(self, at: QPoint) -> QModelIndex:
        if self.headings.offset() and at.x() < self.headings.frozen_width():
            row, column = self.rowAt(at.y()), self.headings.column_at(at.x())
            return self._rows.index(row, column) if row >= 0 and column >= 0 else QModelIndex()
        return super().indexAt(at)

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        if index.isValid() and self._stands_still(index.column()):
            rect.moveLeft(self.headings.sectionPosition(index.column()))
        return rect

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if not (index.isValid() and self.headings.frozen):
            return
        if index.column() in self.headings.frozen_columns():
            across.setValue(before)
        else:
            hidden = self.headings.frozen_width() - super().visualRect(index).left()
            if hidden > 0:
                across.setValue(across.value() - hidden)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        # The whole row is seen to be chosen, not only the cell.
        self.viewport().update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing():
            # An editor lets go of Enter after it took it; it must not open anything here.
            super().keyPressEvent(event)
        elif not (self._table_key(event) or self._cell_key(event)):
            super().keyPressEvent(event)

    def _table_key(self, event: QKeyEvent) -> bool:
        key, with_keys = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit(False)
        elif key == Qt.Key.Key_C and with_keys == _CONTROL | _SHIFT:
            self.copy_asked.emit(True)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit(QGuiApplication.clipboard().text())
        elif key == Qt.Key.Key_D and with_keys == _CONTROL:
            self.fill_asked.emit()
        elif key == Qt.Key.Key_Delete:
            self.delete_asked.emit(bool(with_keys & _CONTROL))
        elif key == Qt.Key.Key_Space and with_keys == _SHIFT:
            self.chosen.choose_whole_rows()
        elif key == Qt.Key.Key_Escape and self.chosen.ranges():
            self.clearSelection()
        elif key == Qt.Key.Key_Down and with_keys & _ALT and self.currentIndex().isValid():
            self.filter_asked.emit(self.currentIndex().column())
        else:
            return False
        return True

    def _cell_key(self, event: QKeyEvent) -> bool:
        index = self.currentIndex()
        if not index.isValid():
            return False
        editable = self._is_editable(index)
        if editable and event.key() == Qt.Key.Key_Space and self._rows.field(index.column()).kind == "bool":
            self.toggled.emit(index)
        elif event.key() in _ENTER:
            if editable and self._rows.field(index.column()).kind != "bool":
                self.edit(index)
            else:
                self.opened.emit(index.row())
        else:
            return False
        return True

    def _is_editable(self, index: QModelIndex) -> bool:
        return bool(self._rows.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def edit(self, index: Any, *args: Any) -> Any:
        # Yes or no needs no editor: the space bar or a double click turns it over.
        if index.isValid() and self._rows.field(index.column()).kind == "bool":
            return False
        return super().edit(index, *args)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        # A click with the right button on what is chosen opens its menu and leaves it chosen.
        on_chosen = index.isValid() and self.chosen.has_row(index.row())
        if on_chosen and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.RightButton:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    # Mouse

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            if not self._is_editable(index):
                self.opened.emit(index.row())
                return
            if self._rows.field(index.column()).kind == "bool":
                self.toggled.emit(index)
                return
        super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1)
        super().leaveEvent(event)

    def _set_hovered(self, row: int) -> None:
        painter = self.itemDelegate()
        if isinstance(painter, CellPainter) and painter.hovered_row != row:
            painter.hovered_row = row
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
