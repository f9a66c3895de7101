"""Keys and mouse of the table of rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from mama_desktop.ui.row_paint import CellPainter, Headings
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.theme import tokens


class RowView(QTableView):
    """Keys and mouse of the table."""

    toggled = Signal(QModelIndex)
    opened = Signal(int)
    copy_asked = Signal()
    paste_asked = Signal(str)
    delete_asked = Signal()

    def __init__(self, rows: RowsModel) -> None:
        super().__init__()
        self.rows = self._rows = rows
        self.headings = Headings(rows, self)
        self.setHorizontalHeader(self.headings)
        self.setModel(rows)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows go on to the frame where the columns end before it."""
        end = self.headings.length() - self.headings.offset()
        if end < self.viewport().width() and self._rows.rowCount():
            self._paint_beyond(end)
        super().paintEvent(event)

    def _paint_beyond(self, end: int) -> None:
        t, painter = tokens(), QPainter(self.viewport())
        delegate = self.itemDelegate()
        hovered = delegate.hovered_row if isinstance(delegate, CellPainter) else -1
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        width = self.viewport().width() - end
        for row in range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1):
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            selected = self.selectionModel().isRowSelected(row, QModelIndex())
            ground = t.accent_soft if selected else (t.hover if row == hovered else t.surface)
            painter.fillRect(end, top, width, height, t.color_of(ground))
            painter.fillRect(end, top + height - 1, width, 1, t.color_of(t.line))
        painter.end()

    def is_editing(self) -> bool:
        return self.state() == QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing():
            # An editor lets go of Enter after it took it; it must not open anything here.
            super().keyPressEvent(event)
            return
        index = self.currentIndex()
        editable = index.isValid() and bool(self._rows.flags(index) & Qt.ItemFlag.ItemIsEditable)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif editable and event.key() == Qt.Key.Key_Space and self._rows.field(index.column()).kind == "bool":
            self.toggled.emit(index)
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if editable and self._rows.field(index.column()).kind != "bool":
                self.edit(index)
            else:
                self.opened.emit(index.row())
        else:
            super().keyPressEvent(event)

    def edit(self, index: Any, *args: Any) -> Any:
        # Yes or no needs no editor: the space bar or a double click turns it over.
        if index.isValid() and self._rows.field(index.column()).kind == "bool":
            return False
        return super().edit(index, *args)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            editable = bool(self._rows.flags(index) & Qt.ItemFlag.ItemIsEditable)
            if not editable:
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
