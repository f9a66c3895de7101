"""The first step of taking in an old list: which sheet, which row has the headings, and what each column means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.intake.heading_row import NO_HEADINGS, heading_choices
from mama_desktop.services.beginning import ListDraft
from mama_desktop.ui import list_tables
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import label

_LONGEST = 90


class ListColumns(QWidget):
    """`sheet_chosen(place)`, `heading_chosen(line)`; the table tells of a column's meaning itself."""

    sheet_chosen = Signal(int)
    heading_chosen = Signal(int)

    def __init__(self, table: RowTable, speak: Language) -> None:
        super().__init__()
        self.table, self._speak = table, speak
        say = speak.say
        self.sheets, self.headings = QComboBox(), QComboBox()
        self._sheet_words = label(say(T("Sheet")), "muted")
        heading_words = label(say(T("Headings")), "muted")
        self.sheets.setAccessibleName(say(T("Sheet")))
        self.headings.setAccessibleName(say(T("Row with the headings")))
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for words, box, stretch in ((self._sheet_words, self.sheets, 1), (heading_words, self.headings, 3)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            bar.addWidget(words)
            bar.addWidget(box, stretch)
        self.sheets.activated.connect(self.sheet_chosen)
        self.headings.activated.connect(self._on_heading)
        how = T("Double-click “What it is” (or F2) to give a column another field or leave it out.")
        table.add_below(label(say(how), "fieldHint"))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(bar)
        lay.addWidget(table, 1)

    def show_draft(self, draft: ListDraft) -> None:
        say = self._speak.say
        self.table.set_listing(list_tables.column_rows(draft, self._speak))
        self.sheets.clear()
        for table in draft.reading.tables:
            self.sheets.addItem(table.sheet or say(T("Sheet")))
        self.sheets.setCurrentIndex(draft.sheet)
        for widget in (self.sheets, self._sheet_words):
            widget.setVisible(len(draft.reading.tables) > 1)
        self.headings.clear()
        for line, words in heading_choices(draft.reading.tables[draft.sheet]):
            shown = words if len(words) < _LONGEST else words[: _LONGEST - 2] + "…"
            self.headings.addItem(say(T("row {row}: {words}", row=line, words=shown)), line)
        self.headings.addItem(say(T("no headings: the first row is an entry already")), NO_HEADINGS)
        now = draft.table.heading_lines[-1] if draft.table.heading_lines else NO_HEADINGS
        self.headings.setCurrentIndex(self.headings.findData(now))

    def _on_heading(self, place: int) -> None:
        self.heading_chosen.emit(int(self.headings.itemData(place)))
