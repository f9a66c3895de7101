"""Editing in a cell: the right editor opens in place, and what was typed goes out as a wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.i18n import Language
from mama_desktop.ui.editors import ChoiceEditor, Complete, as_editor, is_finishing_key, make_editor
from mama_desktop.ui.row_paint import CellPainter, Index
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.said import Unreadable


class CellEditing(CellPainter):
    """The table's delegate. `wished(index, value)` when an editor closes with another value than it opened with."""

    wished = Signal(object, object)
    refused = Signal(str)

    def __init__(self, model: RowsModel, parent: QTableView, speak: Language, today: Callable[[], dt.date]) -> None:
        super().__init__(model, parent)
        self._speak = speak
        self._today = today
        self.complete: Complete | None = None

    def make(self, field: FieldInfo, parent: QWidget | None = None) -> QWidget:
        return make_editor(field, self._speak, self._today(), self.complete, parent)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = self.make(self._rows.field(index.column()), parent)
        if isinstance(editor, QComboBox | QListWidget):
            as_editor(editor).finished.connect(self._on_finished)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        as_editor(editor).set_value(self._rows.raw(index))
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        elif isinstance(editor, ChoiceEditor):
            editor.open_soon()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        # The model never changes itself: the wish goes out, and comes back by the refresh.
        try:
            value = as_editor(editor).value()
        except Unreadable as error:
            self.refused.emit(str(error))
            return
        before = self._rows.raw(index)
        if isinstance(value, str) and value == self._rows.words(index.row(), index.column()):
            return
        if (value if value != [] else None) != (before if before not in ("", [], ()) else None):
            self.wished.emit(index, value)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect = QRect(option.rect)
        if isinstance(editor, QListWidget | QPlainTextEdit):
            wanted = editor.sizeHint() if isinstance(editor, QListWidget) else editor.minimumSize()
            rect.setWidth(max(rect.width(), wanted.width(), 180))
            rect.setHeight(max(wanted.height(), 96))
            room = self._view.viewport().rect()
            if rect.bottom() > room.bottom():
                rect.moveBottom(max(room.bottom(), rect.height() - 1))
            if rect.right() > room.right():
                rect.moveRight(max(room.right(), rect.width() - 1))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # Enter belongs to several lines and to a check list; their own signal tells when they are done.
        if isinstance(editor, QListWidget) and event.type() == QEvent.Type.KeyPress and is_finishing_key(event):
            self._commit(editor)
            return True
        return super().eventFilter(editor, event)

    def _on_finished(self) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self._commit(editor)

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
