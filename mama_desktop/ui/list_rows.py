"""The second step of taking in an old list: what becomes of each row, and which record a possible match is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.beginning import LEAVE_OUT, NEW, ListPreview, Row
from mama_desktop.ui import list_tables
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button, label

UNREAD = "unread"


class ListRows(QWidget):
    """`decided(lines, what)`: the key of a record, NEW, LEAVE_OUT, or "" to leave it open."""

    decided = Signal(object, str)

    def __init__(self, table: RowTable, speak: Language, *, may_write: bool) -> None:
        super().__init__()
        self.table, self._speak, self._may = table, speak, may_write
        self._preview: ListPreview | None = None
        say = speak.say
        self._new = button(say(T("Add as new")), "plus", partial(self._decide_chosen, NEW))
        self._leave = button(say(T("Leave out")), "xmark", partial(self._decide_chosen, LEAVE_OUT))
        table.add_left(self._new, self._leave)
        table.selection_changed.connect(self._on_selection)
        self._words = label("")
        self.which = QComboBox()
        self.which.setMinimumWidth(380)
        self.which.activated.connect(self._on_which)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(self.which, 1)
        row.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(table, 1)
        lay.addWidget(self._below)

    def show_preview(self, preview: ListPreview) -> None:
        self._preview = preview
        self.table.set_listing(list_tables.preview_rows(preview, self._speak))
        self._on_selection()

    def show_only(self, view: str) -> None:
        """Only the rows of a group, or those with a value that cannot be read."""
        one = Filter(empty=False) if view == UNREAD else Filter(values=frozenset([view]))
        self.table.set_filters({UNREAD if view == UNREAD else "group": one})

    def _chosen(self) -> Sequence[Row]:
        chosen = set(self.table.selected_keys())
        return [row for row in self._preview.rows if str(row.line) in chosen] if self._preview is not None else ()

    def _decide_chosen(self, what: str) -> None:
        if lines := [row.line for row in self._chosen()]:
            self.decided.emit(lines, what)

    def _on_which(self, _place: int) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.decided.emit([chosen[0].line], str(self.which.currentData()))

    def _on_selection(self) -> None:
        chosen = self._chosen()
        for made in (self._new, self._leave):
            made.setEnabled(bool(chosen) and self._may)
        row = chosen[0] if len(chosen) == 1 and chosen[0].options else None
        self._below.setVisible(row is not None)
        if row is None or self._preview is None:
            return
        say = self._speak.say
        self._words.setText(say(T("Which is “{name}”?", name=row.name[:60])))
        self.which.setAccessibleName(self._words.text())
        self.which.clear()
        self.which.addItem(say(T("to decide")), "")
        for option in row.options:
            why = ", ".join(say(words) for words in option.why)
            self.which.addItem("  ·  ".join(part for part in (option.name, option.detail, why) if part), option.key)
        self.which.addItem(say(T("Add as new")), NEW)
        self.which.addItem(say(T("Leave out")), LEAVE_OUT)
        self.which.setCurrentIndex(max(self.which.findData(self._preview.decisions.rows.get(row.line, "")), 0))
