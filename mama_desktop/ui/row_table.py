"""The table every page uses: sort, filter, edit, choose and copy, over a `Listing` held in memory.

A page gives rows (`set_listing`) and listens: `edit_requested(key, field_key, value)`, `change_many_requested(keys,
field_key, value)`, `opened(key)` (double click or Enter where nothing can be edited), `selection_changed()`,
`delete_requested(keys)`. An edit never changes the table; it comes back with the next `set_listing`, which keeps
selection, current cell and place. `add_left` / `add_right` put the page's own buttons into the row above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.cell_editing import CellEditing
from mama_desktop.ui.column_chooser import ColumnChooser, Columns
from mama_desktop.ui.column_filter import ColumnFilter
from mama_desktop.ui.editors import Complete
from mama_desktop.ui.icons import icon
from mama_desktop.ui.row_view import RowView
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.table_copy import copy_rows
from mama_desktop.ui.widgets import EmptyPage, Flow, SearchField, button

ROW, COMPACT_ROW = 34, 26


class RowTable(QWidget):
    """`name` remembers widths and columns in `habits`; `complete` finds organisations and people for cells."""

    edit_requested = Signal(str, str, object)
    change_many_requested = Signal(list, str, object)
    delete_requested = Signal(list)
    paste_requested = Signal(str)
    opened = Signal(str)
    selection_changed = Signal()
    shown_changed = Signal()
    first_step = Signal()
    refused = Signal(str)

    def __init__(
        self, name: str, speak: Language, habits: QSettings | None = None, *, search_hint: str = "",
        complete: Complete | None = None, today: Callable[[], dt.date], toolbar: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._speak = speak
        self._waiting: Listing | None = None
        self._empty_content = ("inbox", "", "")
        self.rows = RowsModel(speak)
        self.view = RowView(self.rows)
        self._editing = CellEditing(self.rows, self.view, speak, today)
        self._editing.complete = complete
        self.view.setItemDelegate(self._editing)
        self.view.setAccessibleName(search_hint or speak.say(T("Table")))
        self.headings = self.view.headings
        self.columns = Columns(name, self.view, self._editing, habits)
        self.search = SearchField(search_hint or speak.say(T("Search …")))
        self._columns_button = button(speak.say(T("Columns")), "table-columns", self.choose_columns)
        self._change_button = button(speak.say(T("Change many")), "pen", self.change_many)
        self._change_button.setVisible(False)
        self._empty = EmptyPage("inbox", speak.say(T("Nothing is here yet.")))
        self._build(toolbar)
        self._connect()
        self.set_compact(bool(habits and habits.value("window/compact", False, bool)))

    def _build(self, toolbar: bool) -> None:
        self.bar = QWidget()
        self._left = Flow()
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        left = QWidget()
        left.setLayout(self._left)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        bar.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        bar.addLayout(self._right)
        self._left.add([self.search, self._columns_button, self._change_button])
        frame = QFrame()
        frame.setObjectName("tableFrame")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addWidget(self.bar)
        self.bar.setVisible(toolbar)  # only now: without a parent it would be a window for a moment
        lay.addWidget(frame, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.set_filter)
        self.search.left_downwards.connect(self.focus_rows)
        self._editing.wished.connect(self._on_wished)
        self._editing.refused.connect(self.refused)
        self._editing.closeEditor.connect(self._on_editor_closed)
        self.headings.sort_requested.connect(self.toggle_sort)
        self.headings.customContextMenuRequested.connect(self._open_heading_menu)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.toggled.connect(self._on_toggled)
        self.view.opened.connect(self._on_opened)
        self.view.copy_asked.connect(self.copy)
        self.view.paste_asked.connect(self.paste_requested)
        self.view.delete_asked.connect(self._on_delete)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._empty.asked.connect(self._on_first_step)

    # For pages

    def set_listing(self, listing: Listing) -> None:
        """Show new rows. While a cell is being edited they wait until its editor closes."""
        if self.view.is_editing():
            self._waiting = listing
            return
        fields_before = self.rows.listing.fields
        current, chosen = self._current_place(), set(self.selected_keys())
        scrolled = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.rows.set_listing(listing)
        if [f.key for f in fields_before] != [f.key for f in listing.fields]:
            self.columns.restore()
        self._choose_again(current, chosen)
        self.view.verticalScrollBar().setValue(scrolled[0])
        self.view.horizontalScrollBar().setValue(scrolled[1])
        self._after_change()

    def set_empty(self, picture: str, words: str, action: str = "") -> None:
        """What stands here without rows; `first_step` is emitted by the button."""
        self._empty_content = (picture, words, action)
        self._show_empty_or_rows()

    def add_left(self, *widgets: QWidget) -> None:
        self._left.add(widgets)
        for widget in widgets:
            QWidget.setTabOrder(widget, self.view)

    def add_right(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._right.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
            QWidget.setTabOrder(widget, self.view)

    def set_read_only(self, read_only: bool) -> None:
        self.rows.is_read_only = read_only
        self._show_change_button()

    def set_filter(self, words: str) -> None:
        if self.search.text() != words:
            self.search.setText(words)
            return
        self.rows.set_filter(words)
        self._after_change()

    def set_wanted(self, field_key: str, values: Sequence[Any] | None) -> None:
        """Show only rows whose field has one of the values (None lifts it): what a count of Today opens."""
        self.rows.set_wanted(field_key, None if values is None else frozenset(values))
        self._after_change()

    def set_compact(self, compact: bool) -> None:
        lines = self.fontMetrics().height()
        height = max(COMPACT_ROW, lines + 6) if compact else max(ROW, lines + 14)
        self.view.verticalHeader().setDefaultSectionSize(height)

    def selected_keys(self) -> list[str]:
        """In the order of the screen."""
        return [self.rows.key(r) for r in sorted({i.row() for i in self.view.selectionModel().selectedRows()})]

    def shown_keys(self) -> list[str]:
        """What filter and order leave, as on the screen."""
        return [self.rows.key(r) for r in range(self.rows.rowCount())]

    def shown_fields(self) -> list[str]:
        """Keys of the visible columns, as ordered on the screen."""
        return self.columns.shown()

    def current_key(self) -> str:
        index = self.view.currentIndex()
        return self.rows.key(index.row()) if index.isValid() else ""

    def select(self, keys: Sequence[str]) -> None:
        self._choose_again((keys[0], 0) if keys else ("", 0), set(keys))
        self.view.scrollTo(self.view.currentIndex())

    def edit_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid() and self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)

    def focus_rows(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid() and self.rows.rowCount():
            self.view.selectRow(0)

    def focus_filter(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def selection_words(self) -> str:
        """For the status line: "Selected: 2 of 64 · average age 27.4", or how many rows there are."""
        from mama_desktop.ui.table_sums import selection_words

        return selection_words(self.rows, self.view.selectionModel().selectedRows(), self._speak)

    def sort_by(self, *order: tuple[str, bool]) -> None:
        self.rows.sort_by(order)

    def toggle_sort(self, column: int, add: bool = False) -> None:
        """Up, down, unsorted; with `add` (Shift) beside the columns sorted already."""
        key = self.rows.field(column).key
        now = dict(self.rows.sorted_by)
        following = {None: False, False: True, True: None}[now.get(key)]
        order = [s for s in self.rows.sorted_by if s[0] != key] if add else []
        if following is not None:
            order.append((key, following))
        self.rows.sort_by(order)

    def copy(self) -> None:
        """The chosen rows (or all), visible columns with headings, for Excel and for Word."""
        rows = sorted({i.row() for i in self.view.selectionModel().selectedRows()}) or range(self.rows.rowCount())
        copy_rows(self.rows, rows, self.columns.shown_places(), self._speak)

    def choose_columns(self) -> None:
        chooser = ColumnChooser(self.columns, self._speak, self)
        chooser.open_below(self._columns_button)

    def change_many(self) -> None:
        from mama_desktop.ui.change_many import ChangeMany

        place = self.view.currentIndex().column()
        popup = ChangeMany(self.rows.listing.fields, place, self.selected_keys(), self._editing, self._speak, self)
        popup.changed.connect(self.change_many_requested)
        popup.open_below(self._change_button)

    # What the view tells

    def _on_wished(self, index: Any, value: Any) -> None:
        self.edit_requested.emit(self.rows.key(index.row()), self.rows.field(index.column()).key, value)

    def _on_toggled(self, index: QModelIndex) -> None:
        self._on_wished(index, not self.rows.raw(index))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.rows.key(row))

    def _on_delete(self) -> None:
        if keys := self.selected_keys():
            self.delete_requested.emit(keys)

    def _on_editor_closed(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._waiting is not None:
            listing, self._waiting = self._waiting, None
            self.set_listing(listing)

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_change_button()
        self.selection_changed.emit()

    def _show_change_button(self) -> None:
        many = len(self.view.selectionModel().selectedRows()) > 1
        can = any(f.editable for f in self.rows.listing.fields) and not self.rows.is_read_only
        self._change_button.setVisible(many and can)

    def _on_first_step(self) -> None:
        if self.rows.listing.rows:
            self.rows.set_wanted_all({})
            self.search.clear()
            self._after_change()
        else:
            self.first_step.emit()

    def _after_change(self) -> None:
        self._show_empty_or_rows()
        self.headings.viewport().update()
        self._show_change_button()
        self.shown_changed.emit()

    def _show_empty_or_rows(self) -> None:
        if self.rows.listing.rows and not self.rows.rowCount():
            words = self._speak.say(T("No row fits what you are looking for."))
            self._empty.set_content("magnifying-glass", words, self._speak.say(T("Show all rows")))
        elif not self.rows.listing.rows:
            picture, words, action = self._empty_content
            self._empty.set_content(picture, words or self._speak.say(T("Nothing is here yet.")), action)
        self._stack.setCurrentIndex(0 if self.rows.rowCount() else 1)

    # Keeping place
    def _current_place(self) -> tuple[str, int]:
        index = self.view.currentIndex()
        return (self.rows.key(index.row()), index.column()) if index.isValid() else ("", 0)

    def _choose_again(self, current: tuple[str, int], chosen: set[str]) -> None:
        model, flag = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        row = self.rows.row_of(current[0]) if current[0] else -1
        if row >= 0:
            model.setCurrentIndex(self.rows.index(row, current[1]), flag.NoUpdate)
        selection = QItemSelection()
        last = self.rows.columnCount() - 1
        for key in chosen:
            if (row := self.rows.row_of(key)) >= 0:
                selection.select(self.rows.index(row, 0), self.rows.index(row, last))
        model.select(selection, flag.ClearAndSelect)

    # Menus

    def _open_heading_menu(self, at: QPoint) -> None:
        column = self.headings.logicalIndexAt(at)
        popup = ColumnFilter(self.rows, column, self._speak, self)
        popup.changed.connect(self._after_change)
        popup.sort_asked.connect(self.rows.sort_by)
        popup.hide_asked.connect(self.columns.hide)
        popup.open_at(self.headings.mapToGlobal(at))

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def fill_menu(self, menu: QMenu) -> None:
        """The row's menu; a page adds its own actions in its subclass or before opening."""
        say = self._speak.say
        for words, picture, do, enabled in (
            (T("Edit the cell"), "pen", self.edit_current, not self.rows.is_read_only),
            (T("Change many"), "list-check", self.change_many, self._change_button.isVisible()),
            (T("Copy"), "copy", self.copy, True),
        ):
            action = QAction(icon(picture), say(words), menu)
            action.triggered.connect(do)
            action.setEnabled(enabled)
            menu.addAction(action)
        for action in self.actions():
            menu.addAction(action)
