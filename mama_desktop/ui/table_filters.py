"""The filters of a table: the row under the headings, the sheet of a column, the chips, readiness for a keystroke."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, QTimer

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.filter_bar import FilterBar
from mama_desktop.ui.widgets import button

if TYPE_CHECKING:
    from mama_desktop.ui.filter_row import FilterRow
    from mama_desktop.ui.row_table import RowTable

_FEW_ROWS = 3_000
"""So many are searched at once without getting ready."""
_SOON_MS, _STEP_S = 250, 0.004


class TableFilters(QObject):
    """`button` shows and hides the row of filters; `bar` says what is filtered."""

    def __init__(
        self, table: RowTable, name: str, speak: Language, today: Callable[[], dt.date], habits: QSettings | None
    ) -> None:
        super().__init__(table)
        self._table, self._speak, self._today, self._habits = table, speak, today, habits
        self._habit = f"tables/{name}.filter_row"
        self._row: FilterRow | None = None
        self.bar = FilterBar(table.rows, speak)
        self.bar.lifted.connect(self._on_lifted)
        self.bar.all_lifted.connect(self.lift_all)
        self.button = button(speak.say(T("Filters")), "filter", self._on_button)
        self.button.setCheckable(True)
        self.button.setToolTip(speak.say(T("A row of filters under the headings (Ctrl+F twice)")))
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.timeout.connect(self._prepare)
        table.view.filter_asked.connect(self.open_sheet)
        table.headings.customContextMenuRequested.connect(self._on_heading)

    def restore(self) -> None:
        """The row as it was left the last time."""
        if self._habits is not None and self._habits.value(self._habit, False, bool):
            self.show_row(True)

    # The row under the headings

    def focus(self) -> None:
        """Ctrl+F: the quick filter; once more: the row of filters."""
        search = self._table.search
        if search.hasFocus() or (self._row is not None and self._row.has_focus()):
            self._on_button()
            if self.has_row():
                return
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    def has_row(self) -> bool:
        return self._row is not None and self._row.is_shown

    def show_row(self, shown: bool) -> None:
        """The row of filters under the headings; remembered for this table."""
        from mama_desktop.ui.filter_row import FilterRow

        if self._row is None:
            if not shown:
                return
            self._row = FilterRow(self._table.view, self._speak, self._today)
            self._row.changed.connect(self._table.after_change)
            self._row.sheet_asked.connect(self.open_sheet)
        self._row.show(shown)
        self.button.setChecked(shown)
        self._table.after_change()
        if self._habits is not None:
            self._habits.setValue(self._habit, shown)

    def refresh(self) -> None:
        """Say the filters as they are now."""
        self.bar.refresh()
        if self._row is not None:
            self._row.refresh()

    def lift_all(self) -> None:
        self._table.set_filters({})

    def _on_lifted(self, field_key: str) -> None:
        self._table.filter_by(field_key, None)

    def _on_button(self) -> None:
        self.show_row(not self.has_row())
        if self._row is not None and self.has_row():
            self._row.focus(self._table.view.currentIndex().column())

    # The sheet of a column

    def _on_heading(self, at: QPoint) -> None:
        self.open_sheet(self._table.headings.column_at(at.x()))

    def open_sheet(self, column: int) -> None:
        """The sheet of a column, below its heading."""
        from mama_desktop.ui.column_filter import ColumnFilter

        if column < 0:
            return
        table = self._table
        popup = ColumnFilter(table.rows, column, self._speak, self._today, table)
        popup.changed.connect(table.after_change)
        popup.sort_asked.connect(table.rows.sort_by)
        popup.hide_asked.connect(table.columns.hide)
        popup.open_at(table.headings.mapToGlobal(QPoint(table.headings.x_of(column), table.headings.height())))

    # Ready for a keystroke

    def prepare(self) -> None:
        """New rows came: get ready for the quick filter when nobody waits for anything."""
        self._preparing.stop()
        if len(self._table.rows.listing.rows) > _FEW_ROWS:
            self._preparing.start(_SOON_MS)

    def _prepare(self) -> None:
        until = perf_counter() + _STEP_S
        while self._table.rows.prepare():
            if perf_counter() > until:
                self._preparing.start(0)
                return
