"""The table every page uses: sort, filter, edit, choose, paste and copy, over a `Listing` held in memory.

A page gives rows (`set_listing`) and listens: `edit_requested(key, field_key, value)`, `change_many_requested(keys,
field_key, value)`, `cells_requested(block, what)` (a paste, a filling down, an emptying), `opened(key)` (double click
or Enter where nothing can be edited), `selection_changed()`, `delete_requested(keys)`, `paste_requested(words)` (a
list with headings, or no cell to begin at). An edit never changes the table; it comes back with the next `set_listing`,
which keeps selection, current cell and place. `add_left` / `add_right` put the page's own buttons into the row above;
`table_tools.equip` connects everything that needs the database.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.cell_editing import CellEditing
from mama_desktop.ui.column_chooser import ColumnChooser, Columns
from mama_desktop.ui.editors import Complete
from mama_desktop.ui.row_view import RowView
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.table_actions import TableActions
from mama_desktop.ui.table_filters import TableFilters
from mama_desktop.ui.table_menu import Entry
from mama_desktop.ui.widgets import EmptyPage, Flow, SearchField, button

ROW, COMPACT_ROW = 34, 26
_NARROW, _NO_LIMIT = 900, 16_777_215


class RowTable(QWidget):
    """`name` remembers widths and columns in `habits`; `complete` finds organisations and people for cells."""

    edit_requested = Signal(str, str, object)
    change_many_requested = Signal(list, str, object)
    delete_requested = Signal(list)
    cells_requested = Signal(object, object)
    paste_requested = Signal(str)
    opened = Signal(str)
    selection_changed = Signal()
    shown_changed = Signal()
    first_step = Signal()
    refused = Signal(str)
    told = Signal(object)  # a Text for a notice
    edited_elsewhere = Signal()  # F2 on a cell that has no editor: a file is chosen, not typed

    def __init__(
        self, name: str, speak: Language, habits: QSettings | None = None, *, search_hint: str = "",
        complete: Complete | None = None, today: Callable[[], dt.date], toolbar: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._speak = speak
        self._waiting: Listing | None = None
        self._empty_content = ("inbox", "", "")
        self.more: list[Callable[[], list[Entry | None]]] = []
        """What others put behind "More" and into the menu of a row."""
        self.takes_cells = False
        """Whether somebody writes what `cells_requested` asks."""
        self.deletes_rows = False
        """Whether the menu of a row offers to delete it."""
        self.has_change_button = True
        """Whether changing many has a button of its own besides the menu."""
        self._told_chosen = 0
        self.rows = RowsModel(speak)
        self.view = RowView(self.rows)
        self.editing = CellEditing(self.rows, self.view, speak, today)
        self.editing.complete = complete
        self.view.setItemDelegate(self.editing)
        self.editing.chosen = self.chosen = self.view.chosen
        self.view.setAccessibleName(search_hint or speak.say(T("Table")))
        self.headings = self.view.headings
        self.columns = Columns(name, self.view, self.editing, habits)
        self.search = SearchField(search_hint or speak.say(T("Search …")))
        self._columns_button = button(speak.say(T("Columns")), "table-columns", self.choose_columns)
        self.filters = TableFilters(self, name, speak, today, habits)
        self.doing = TableActions(self, speak)
        self._change_button = button(speak.say(T("Change many")), "pen", self.doing.change_many)
        self._change_button.setVisible(False)
        self._empty = EmptyPage("inbox", speak.say(T("Nothing is here yet.")))
        self._build(toolbar)
        self._connect()
        self.set_compact(bool(habits and habits.value("window/compact", False, bool)))
        if toolbar:
            self.filters.restore()

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
        self._tool_slot = QWidget()
        self._tools = QHBoxLayout(self._tool_slot)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._tool_slot.hide()
        self._left.add([self.search, self._tool_slot, self.filters.button, self._columns_button])
        self._left.add([self.doing.button, self._change_button])
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
        lay.addWidget(self.filters.bar)
        lay.addWidget(frame, 1)
        self._whole = lay

    def _connect(self) -> None:
        self.search.textChanged.connect(self.set_filter)
        self.search.left_downwards.connect(self.focus_rows)
        self.editing.wished.connect(self._on_wished)
        self.editing.refused.connect(self.refused)
        self.editing.closeEditor.connect(self._on_editor_closed)
        self.headings.sort_requested.connect(self.toggle_sort)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.toggled.connect(self._on_toggled)
        self.view.opened.connect(self._on_opened)
        self._empty.asked.connect(self._on_first_step)

    # For pages

    def set_listing(self, listing: Listing) -> None:
        """Show new rows. While a cell is being edited they wait until its editor closes."""
        if self.view.is_editing():
            self._waiting = listing
            return
        same = [f.key for f in self.rows.listing.fields] == [f.key for f in listing.fields]
        current, chosen = self.chosen.current(), self.chosen.keep() if same else []
        keys = [] if same else self.selected_keys()
        scrolled = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.rows.set_listing(listing)
        if not same:
            self.columns.restore()
        self.chosen.make_current(*current)
        self.chosen.choose(chosen) if same else self.chosen.choose_rows(keys)
        self.view.verticalScrollBar().setValue(scrolled[0])
        self.view.horizontalScrollBar().setValue(scrolled[1])
        self.filters.prepare()
        self.after_change()

    def set_empty(self, picture: str, words: str, action: str = "") -> None:
        """What stands here without rows; `first_step` is emitted by the button."""
        self._empty_content = (picture, words, action)
        self._show_empty_or_rows()

    def add_left(self, *widgets: QWidget) -> None:
        self._left.add(widgets)
        for widget in widgets:
            QWidget.setTabOrder(widget, self.view)

    def add_tool(self, widget: QWidget) -> None:
        """Beside the search field, before everything else."""
        self._tools.addWidget(widget)
        self._tool_slot.show()
        QWidget.setTabOrder(self.search, widget)

    def add_below(self, widget: QWidget) -> None:
        self._whole.addWidget(widget)
        QWidget.setTabOrder(self.view, widget)

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
        self.after_change()

    def set_wanted(self, field_key: str, values: Sequence[Any] | None) -> None:
        """Show only rows whose field has one of the values (None lifts it): what a count of Today opens."""
        self.rows.set_wanted(field_key, None if values is None else frozenset(values))
        self.after_change()

    def filter_by(self, field_key: str, asked: Filter | None) -> None:
        """What a column has to hold; None lifts it."""
        self.rows.filter_by(field_key, asked)
        self.after_change()

    def set_filters(self, filters: dict[str, Filter], words: str = "") -> None:
        """These filters and this quick filter, and no others."""
        self.rows.set_filters(filters)
        self.search.setText(words)
        self.after_change()

    def show_only(self, keys: Sequence[str] | None, words: str) -> None:
        """Only these rows, and why in words, which a click lifts; None: all of them again."""
        self.rows.show_only(keys, words)
        self.after_change()

    def set_compact(self, compact: bool) -> None:
        lines = self.fontMetrics().height()
        height = max(COMPACT_ROW, lines + 6) if compact else max(ROW, lines + 14)
        self.view.verticalHeader().setDefaultSectionSize(height)

    def selected_keys(self) -> list[str]:
        """Of the rows with a chosen cell, in the order of the screen."""
        return [self.rows.key(r) for r in self.chosen.rows()]

    def shown_keys(self) -> list[str]:
        """What filter and order leave, as on the screen."""
        keys = self.rows.listing.keys
        return [keys[row] for row in self.rows.order]

    def shown_fields(self) -> list[str]:
        """Keys of the visible columns, as ordered on the screen."""
        return self.columns.shown()

    def current_key(self) -> str:
        index = self.view.currentIndex()
        return self.rows.key(index.row()) if index.isValid() else ""

    def select(self, keys: Sequence[str]) -> None:
        """Choose whole rows; the first becomes the current one and is in sight."""
        if keys:
            self.chosen.make_current(keys[0], max(self.view.currentIndex().column(), 0))
        self.chosen.choose_rows(keys)
        self.view.scrollTo(self.view.currentIndex())

    def go_to_cell(self, key: str, field_key: str) -> None:
        """This cell alone is chosen, in sight and has the keys."""
        row = self.rows.row_of(key)
        column = next((n for n, f in enumerate(self.rows.listing.fields) if f.key == field_key), -1)
        if row >= 0 and column >= 0:
            self.chosen.go_to(self.rows.index(row, column))
            self.view.scrollTo(self.view.currentIndex())
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid() and self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.view.edit(index)
        elif index.isValid():
            self.edited_elsewhere.emit()

    def focus_rows(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid() and self.rows.rowCount():
            self.chosen.go_to(self.rows.index(0, next(iter(self.headings.shown_columns()), 0)))

    def focus_filter(self) -> None:
        """Ctrl+F: the quick filter; once more: the row of filters."""
        self.filters.focus()

    def selection_words(self) -> str:
        """For the status line: "Selected: 2 of 64 · average age 27.4", or how many rows there are."""
        from mama_desktop.ui.table_sums import selection_words

        return selection_words(self.rows, self.chosen, self.headings.shown_columns(), self._speak)

    def sort_by(self, *order: tuple[str, bool]) -> None:
        self.rows.sort_by(order)

    def toggle_sort(self, column: int, add: bool = False) -> None:
        """Up, down, unsorted; with `add` (Shift) beside the columns sorted already."""
        self.rows.sort_by(self.rows.order_after(column, add))

    def mark(self, marks: dict[tuple[str, str], str]) -> None:
        """Cells (row's key, field's key) that keep a red corner and a reason until the next write."""
        self.rows.marks = marks
        self.view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, two buttons are known by their pictures."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        for made in (self.filters.button, self._columns_button):
            made.setToolTip(made.toolTip() or made.accessibleName())
            made.setText("" if narrow else f"  {made.accessibleName()}")
            made.setFixedWidth(44) if narrow else made.setMaximumWidth(_NO_LIMIT)

    def choose_columns(self) -> None:
        chooser = ColumnChooser(self.columns, self._speak, self)
        chooser.open_below(self._columns_button)

    # What the view tells

    def _on_wished(self, index: Any, value: Any) -> None:
        self.edit_requested.emit(self.rows.key(index.row()), self.rows.field(index.column()).key, value)

    def _on_toggled(self, index: QModelIndex) -> None:
        self._on_wished(index, not self.rows.raw(index))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.rows.key(row))

    def _on_editor_closed(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._waiting is not None:
            listing, self._waiting = self._waiting, None
            self.set_listing(listing)

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_change_button()
        self._told_chosen = self.chosen.row_count()
        self.selection_changed.emit()

    def _show_change_button(self) -> None:
        many = self.chosen.row_count() > 1
        can = any(f.editable for f in self.rows.listing.fields) and not self.rows.is_read_only
        self._change_button.setVisible(many and can and self.has_change_button)

    def _on_first_step(self) -> None:
        if self.rows.listing.rows:
            self.set_filters({})
        else:
            self.first_step.emit()

    def after_change(self) -> None:
        """Filters, order or rows are others now."""
        self._show_empty_or_rows()
        self.headings.viewport().update()
        self.filters.refresh()
        self._show_change_button()
        self.shown_changed.emit()
        if self.chosen.row_count() != self._told_chosen:
            # Who is filtered away is no longer chosen; Qt says nothing of it.
            self._told_chosen = self.chosen.row_count()
            self.selection_changed.emit()

    def _show_empty_or_rows(self) -> None:
        if self.rows.listing.rows and not self.rows.rowCount():
            words = self._speak.say(T("No row fits what you are looking for."))
            self._empty.set_content("magnifying-glass", words, self._speak.say(T("Show all rows")))
            self.view.no_rows = words
        elif not self.rows.listing.rows:
            picture, words, action = self._empty_content
            self._empty.set_content(picture, words or self._speak.say(T("Nothing is here yet.")), action)
        # Who is typing in the row of filters keeps it.
        filtering = self.filters.has_row() and bool(self.rows.listing.rows)
        self._stack.setCurrentIndex(0 if self.rows.rowCount() or filtering else 1)
