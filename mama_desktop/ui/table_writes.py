"""Blocks of cells on their way into the workspace: one undoable write of what is good, a report of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import pasting
from mama_desktop.services.pasting import Refused, Taken
from mama_desktop.ui.page import Page
from mama_desktop.ui.paste_report import PasteReport
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_blocks import Block

# More than this is written beside the window.
_MANY = 400


class TableWrites:
    """noun: what the rows of the table are, as `editing` calls them."""

    def __init__(self, page: Page, table: RowTable, noun: str) -> None:
        self._page, self._table, self._noun = page, table, noun
        self._report: PasteReport | None = None
        table.takes_cells = True
        table.cells_requested.connect(self._on_requested)

    def _on_requested(self, block: Block, what: Text) -> None:
        now = self._page.db.clock.now()
        self._close_report()
        good, refused = pasting.read_cells(block.cells, now=now)
        if not good:
            self._say(0, refused, block.remarks)
            return
        label = TN("{what}: {count} cell", "{what}: {count} cells", len(good), what=what)
        write = partial(self._page.db.write, pasting.take, self._noun, good, now=now, label=label)
        finish = partial(self._on_taken, block, refused, label)
        if len(good) <= _MANY:
            finish(write())
        else:
            self._page.jobs.start(what, lambda _report: write(), done=finish)

    def _on_taken(self, block: Block, refused: Sequence[Refused], label: Text, taken: Taken) -> None:
        order = {(cell.key, cell.field.key): place for place, cell in enumerate(block.cells)}
        every = sorted([*refused, *taken.refused], key=lambda r: order[r.cell.key, r.cell.field.key])
        if taken.cells:
            self._page.shell.notice_done(label)
        if every or block.remarks:
            self._say(taken.cells, every, block.remarks)

    def _say(self, taken: int, refused: Sequence[Refused], remarks: Sequence[Text]) -> None:
        if not refused and not remarks:
            if not taken:
                self._page.shell.notice(T("There is nothing to change here."))
            return
        if self._report is None:
            self._report = PasteReport(self._page.speak)
            self._report.chosen.connect(self._on_chosen)
            self._report.closed.connect(self._on_closed)
            self._table.add_below(self._report)
        say = self._page.say
        self._table.mark({(r.cell.key, r.cell.field.key): say(r.why) for r in refused})
        self._report.show_refused(taken, refused, remarks)

    def _close_report(self) -> None:
        self._table.mark({})
        if self._report is not None:
            self._report.hide()

    def _on_closed(self) -> None:
        self._table.mark({})
        self._table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, key: str, field_key: str) -> Any:
        self._table.go_to_cell(key, field_key)
