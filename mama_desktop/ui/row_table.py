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
from time import perf_counter
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QSettings, Qt, QTimer, Signal
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

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.ui.cell_editing import CellEditing
from mama_desktop.ui.column_chooser import ColumnChooser, Columns
from mama_desktop.ui.editors import Complete
from mama_desktop.ui.filter_bar import FilterBar
from mama_desktop.ui.row_view import RowView
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.table_copy import copy_cells, copy_rows, emails_of, put_words
from mama_desktop.ui.table_menu import Entry, add_entries, passing_menu
from mama_desktop.ui.widgets import EmptyPage, Flow, SearchField, button

ROW, COMPACT_ROW = 34, 26
_FEW_ROWS = 3_000
"""So many are searched at once without getting ready."""


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
    told = Signal(object)
    """A Text to be said in a notice."""

    def __init__(
        self, name: str, speak: Language, habits: QSettings | None = None, *, search_hint: str = "",
        complete: Complete | None = None, today: Callable[[], dt.date], toolbar: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._speak = speak
        self._waiting: Listing | None = None
        self._empty_content = ("inbox", "", "")
        self._today, self._habits, self._name = today, habits, name
        self.more: list[Callable[[], list[Entry | None]]] = []
        """What others put behind "More" and into the menu of a row."""
        self.takes_cells = False
        """Whether somebody writes what `cells_requested` asks."""
        self.rows = RowsModel(speak)
        self.view = RowView(self.rows)
        self._editing = CellEditing(self.rows, self.view, speak, today)
        self._editing.complete = complete
        self.view.setItemDelegate(self._editing)
        self._editing.chosen = self.chosen = self.view.chosen
        self.view.setAccessibleName(search_hint or speak.say(T("Table")))
        self.headings = self.view.headings
        self.columns = Columns(name, self.view, self._editing, habits)
        self.search = SearchField(search_hint or speak.say(T("Search …")))
        self._columns_button = button(speak.say(T("Columns")), "table-columns", self.choose_columns)
        self._filter_button = button(speak.say(T("Filters")), "filter", self._on_filter_button)
        self._filter_button.setCheckable(True)
        self._filter_button.setToolTip(speak.say(T("A row of filters under the headings (Ctrl+F twice)")))
        self._change_button = button(speak.say(T("Change many")), "pen", self.change_many)
        self._change_button.setVisible(False)
        self._more_button = button(speak.say(T("More")), "ellipsis", self.open_more)
        self._filter_row: Any = None
        self.filter_bar = FilterBar(self.rows, speak)
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.timeout.connect(self._prepare)
        self._empty = EmptyPage("inbox", speak.say(T("Nothing is here yet.")))
        self._build(toolbar)
        self._connect()
        self.set_compact(bool(habits and habits.value("window/compact", False, bool)))
        if toolbar and habits is not None and habits.value(f"tables/{name}.filter_row", False, bool):
            self.show_filter_row(True)

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
        self._left.add(
            [
                self.search,
                self._tool_slot,
                self._filter_button,
                self._columns_button,
                self._more_button,
                self._change_button,
            ]
        )
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
        lay.addWidget(self.filter_bar)
        lay.addWidget(frame, 1)
        self._whole = lay

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
        self.view.paste_asked.connect(self.paste)
        self.view.fill_asked.connect(self.fill_down)
        self.view.delete_asked.connect(self._on_delete)
        self.view.filter_asked.connect(self.open_filter)
        self.view.customContextMenuRequested.connect(self._open_menu)
        self._empty.asked.connect(self._on_first_step)
        self.filter_bar.lifted.connect(self._on_lifted)
        self.filter_bar.all_lifted.connect(self._on_all_lifted)

    # For pages

    def set_listing(self, listing: Listing) -> None:
        """Show new rows. While a cell is being edited they wait until its editor closes."""
        if self.view.is_editing():
            self._waiting = listing
            return
        fields_before = self.rows.listing.fields
        same = [f.key for f in fields_before] == [f.key for f in listing.fields]
        current, chosen = self._current_place(), self.chosen.keep() if same else []
        keys = [] if same else self.selected_keys()
        scrolled = self.view.verticalScrollBar().value(), self.view.horizontalScrollBar().value()
        self.rows.set_listing(listing)
        if not same:
            self.columns.restore()
        self._make_current(*current)
        self.chosen.choose(chosen) if same else self.chosen.choose_rows(keys)
        self.view.verticalScrollBar().setValue(scrolled[0])
        self.view.horizontalScrollBar().setValue(scrolled[1])
        self._preparing.stop()
        if len(listing.rows) > _FEW_ROWS:
            self._preparing.start(250)
        self._after_change()

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
        self._after_change()

    def set_wanted(self, field_key: str, values: Sequence[Any] | None) -> None:
        """Show only rows whose field has one of the values (None lifts it): what a count of Today opens."""
        self.rows.set_wanted(field_key, None if values is None else frozenset(values))
        self._after_change()

    def filter_by(self, field_key: str, asked: Filter | None) -> None:
        """What a column has to hold; None lifts it."""
        self.rows.filter_by(field_key, asked)
        self._after_change()

    def set_filters(self, filters: dict[str, Filter], words: str = "") -> None:
        """These filters and this quick filter, and no others."""
        self.rows.set_filters(filters)
        self.search.setText(words)
        self._after_change()

    def set_compact(self, compact: bool) -> None:
        lines = self.fontMetrics().height()
        height = max(COMPACT_ROW, lines + 6) if compact else max(ROW, lines + 14)
        self.view.verticalHeader().setDefaultSectionSize(height)

    def selected_keys(self) -> list[str]:
        """Of the rows with a chosen cell, in the order of the screen."""
        return [self.rows.key(r) for r in self.chosen.rows()]

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
        """Choose whole rows; the first becomes the current one and is in sight."""
        if keys:
            self._make_current(keys[0], max(self.view.currentIndex().column(), 0))
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

    def focus_rows(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if not self.view.currentIndex().isValid() and self.rows.rowCount():
            self.chosen.go_to(self.rows.index(0, next(iter(self.headings.shown_columns()), 0)))

    def focus_filter(self) -> None:
        """Ctrl+F: the quick filter; once more: the row of filters."""
        if self.search.hasFocus() or (self._filter_row is not None and self._filter_row.has_focus()):
            self.show_filter_row(not self.has_filter_row())
            if self.has_filter_row():
                self._filter_row.focus(self.view.currentIndex().column())
                return
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def has_filter_row(self) -> bool:
        return self._filter_row is not None and self._filter_row.is_shown

    def show_filter_row(self, shown: bool) -> None:
        """The row of filters under the headings; remembered for this table."""
        from mama_desktop.ui.filter_row import FilterRow

        if self._filter_row is None:
            if not shown:
                return
            self._filter_row = FilterRow(self.view, self._speak, self._today)
            self._filter_row.changed.connect(self._after_change)
            self._filter_row.sheet_asked.connect(self.open_filter)
        self._filter_row.show(shown)
        self._filter_row.refresh()
        self._filter_button.setChecked(shown)
        if self._habits is not None:
            self._habits.setValue(f"tables/{self._name}.filter_row", shown)

    def selection_words(self) -> str:
        """For the status line: "Selected: 2 of 64 · average age 27.4", or how many rows there are."""
        from mama_desktop.ui.table_sums import selection_words

        return selection_words(self.rows, self.chosen, self.headings.shown_columns(), self._speak)

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

    def copy(self, with_headings: bool = False) -> None:
        """The chosen cells; whole rows (or all of them, when nothing is chosen) with headings, for Excel and Word."""
        columns = self.columns.shown_places()
        if not self.chosen.ranges() or self.chosen.are_whole_rows(columns):
            copy_rows(self.rows, self.chosen.rows() or range(self.rows.rowCount()), columns, self._speak)
        else:
            copy_cells(self.rows, self.chosen.cells(columns), self._speak, with_headings=with_headings)

    def copy_with_headings(self) -> None:
        self.copy(True)

    def copy_emails(self) -> None:
        """Of the chosen rows, or of all that are shown: each once, for a mail program."""
        rows = self.chosen.rows() if self.chosen.row_count() > 1 else range(self.rows.rowCount())
        emails, without = emails_of(self.rows, rows)
        if emails:
            put_words("; ".join(emails))
        said = TN("{count} e-mail copied.", "{count} e-mails copied.", len(emails))
        none = TN("{count} row has none.", "{count} rows have none.", without)
        self.told.emit(T("{one} {two}", one=said, two=none) if without else said)

    def has_emails(self) -> bool:
        return any(field.kind == "email" for field in self.rows.listing.fields)

    def paste(self, pasted: str) -> None:
        """Onto the current cell; a list with headings is for the page to take in."""
        from mama_desktop.ui.table_blocks import is_list_with_headings, pasted_block

        if not pasted.strip():
            return
        at_a_cell = self.view.currentIndex().isValid() and self.takes_cells
        if not at_a_cell or is_list_with_headings(pasted, self.rows.listing.fields, self._speak):
            self.paste_requested.emit(pasted)
        elif self._may_change():
            self.cells_requested.emit(pasted_block(self.view, pasted), T("Paste"))

    def fill_down(self) -> None:
        """Ctrl+D: what the first chosen cell of a column holds, for all chosen cells below it."""
        from mama_desktop.ui.table_blocks import filled_block

        if self.takes_cells and self.chosen.row_count() > 1 and self._may_change():
            self.cells_requested.emit(filled_block(self.view), T("Fill down"))

    def _may_change(self) -> bool:
        if self.rows.is_read_only:
            self.told.emit(T("The workspace is open for reading only; nothing was changed."))
        return not self.rows.is_read_only

    def mark(self, marks: dict[tuple[str, str], str]) -> None:
        """Cells (row's key, field's key) that keep a red corner and a reason until the next write."""
        self.rows.marks = marks
        self.view.viewport().update()

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

    def _on_delete(self, rows: bool) -> None:
        """Delete empties cells; whole rows, and with Ctrl any, are deleted."""
        if self.takes_cells and not rows and not self.chosen.are_whole_rows(self.columns.shown_places()):
            from mama_desktop.ui.table_blocks import emptied_block

            if self._may_change():
                self.cells_requested.emit(emptied_block(self.view), T("Empty cells"))
        elif keys := self.selected_keys():
            self.delete_requested.emit(keys)

    def delete_rows(self) -> None:
        self._on_delete(True)

    def _on_editor_closed(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._waiting is not None:
            listing, self._waiting = self._waiting, None
            self.set_listing(listing)

    def _on_selection(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self._show_change_button()
        self.selection_changed.emit()

    def _show_change_button(self) -> None:
        many = self.chosen.row_count() > 1
        can = any(f.editable for f in self.rows.listing.fields) and not self.rows.is_read_only
        self._change_button.setVisible(many and can)

    def _on_first_step(self) -> None:
        if self.rows.listing.rows:
            self.set_filters({})
        else:
            self.first_step.emit()

    def _on_filter_button(self) -> None:
        self.show_filter_row(not self.has_filter_row())
        if self.has_filter_row():
            self._filter_row.focus(self.view.currentIndex().column())

    def _on_lifted(self, field_key: str) -> None:
        self.filter_by(field_key, None)

    def _on_all_lifted(self) -> None:
        self.set_filters({})

    def _prepare(self) -> None:
        """Get ready for the quick filter while nobody waits for anything."""
        until = perf_counter() + 0.004
        while self.rows.prepare():
            if perf_counter() > until:
                self._preparing.start(0)
                return

    def _after_change(self) -> None:
        self._show_empty_or_rows()
        self.headings.viewport().update()
        self.filter_bar.refresh()
        if self._filter_row is not None:
            self._filter_row.refresh()
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

    def _make_current(self, key: str, column: int) -> None:
        row = self.rows.row_of(key) if key else -1
        if row >= 0:
            index = self.rows.index(row, min(column, self.rows.columnCount() - 1))
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    # Menus

    def _open_heading_menu(self, at: QPoint) -> None:
        self.open_filter(self.headings.column_at(at.x()))

    def open_filter(self, column: int) -> None:
        """The sheet of a column, below its heading."""
        from mama_desktop.ui.column_filter import ColumnFilter

        if column < 0:
            return
        popup = ColumnFilter(self.rows, column, self._speak, self._today, self)
        popup.changed.connect(self._after_change)
        popup.sort_asked.connect(self.rows.sort_by)
        popup.hide_asked.connect(self.columns.hide)
        popup.open_at(self.headings.mapToGlobal(QPoint(self.headings.x_of(column), self.headings.height())))

    def _open_menu(self, at: QPoint) -> None:
        menu = passing_menu(self)
        self.fill_menu(menu)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def open_more(self) -> None:
        menu = passing_menu(self)
        self._add_common(menu)
        menu.popup(self._more_button.mapToGlobal(QPoint(0, self._more_button.height() + 4)))

    def fill_menu(self, menu: QMenu) -> None:
        """The row's menu; a page adds its own actions in its subclass or before opening."""
        may = not self.rows.is_read_only
        entries: list[Entry | None] = [
            (T("Edit the cell"), "pen", "F2", self.edit_current, may),
            (T("Choose the whole row"), "list-check", "Shift+Space", self.chosen.choose_whole_rows, True),
        ]
        add_entries(menu, self._speak.say, entries)
        for action in self.actions():
            menu.addAction(action)
        menu.addSeparator()
        self._add_common(menu)
        if may and self.receivers("2delete_requested(QVariantList)"):
            menu.addSeparator()
            add_entries(menu, self._speak.say, [(T("Delete the row"), "trash", "Ctrl+Delete", self.delete_rows, True)])

    def _add_common(self, menu: QMenu) -> None:
        may, many = not self.rows.is_read_only, self.chosen.row_count() > 1
        entries: list[Entry | None] = [
            (T("Change many"), "pen", "", self.change_many, many and may),
            (T("Fill down"), "arrow-down", "Ctrl+D", self.fill_down, many and may and self.takes_cells),
            None,
            (T("Copy"), "copy", "Ctrl+C", self.copy, True),
            (T("Copy with headings"), "copy", "Ctrl+Shift+C", self.copy_with_headings, True),
        ]
        if self.has_emails():
            entries.append((T("Copy e-mails"), "at", "", self.copy_emails, True))
        for others in self.more:
            entries += others()
        add_entries(menu, self._speak.say, entries)
