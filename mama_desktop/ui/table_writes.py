"""Blocks of cells on their way into the workspace: one undoable write of what is good, a report of the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import pasting
from mama_desktop.services.deciding import OverCapacity, SplitParty
from mama_desktop.services.pasting import Brought, Cell, Refused, Taken
from mama_desktop.ui import asking, dialogs
from mama_desktop.ui.decisions import Decisions, open_at
from mama_desktop.ui.page import Page
from mama_desktop.ui.paste_report import PasteReport
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_blocks import Block

# More than this is written beside the window.
_MANY = 400
_MOST_NAMES = 6


class TableWrites:
    """noun: what the rows of the table are, as `editing` calls them."""

    def __init__(self, page: Page, table: RowTable, noun: str) -> None:
        self._page, self._table, self._noun = page, table, noun
        self._report: PasteReport | None = None
        # Of a table of registrations: who asks for the reason and says what was freed.
        self.decisions: Decisions | None = None
        table.takes_cells = True
        table.cells_requested.connect(self._on_requested)

    def _on_requested(self, block: Block, what: Text) -> None:
        now = self._page.db.clock.now()
        self._close_report()
        good, refused = pasting.read_cells(block.cells, now=now)
        if not good:
            self._say(0, refused, block.remarks)
            return
        brought = self._page.db.read(pasting.brought, self._noun, good)
        if brought.renamed:
            kept = self._asked_of_names(good, brought)
            if not kept:
                return
            good = kept
        label = TN("{what}: {count} cell", "{what}: {count} cells", len(good), what=what)
        if brought.organisations:
            label = T("{one}; {two}", one=label, two=_new_words(brought))
        take = partial(pasting.take, noun=self._noun, cells=good, now=now)
        made = [_new_words(brought)] if brought.organisations else []
        go = partial(self._write, block, refused, label, what, take, made)
        statuses = pasting.given_back(self._noun, good)
        if statuses and self.decisions is not None:
            # One reason for the whole block: who pastes many refusals has one.
            count = sum(cell.field.key == "status" and cell.value in statuses for cell in good)
            popup = self.decisions.ask_reason(statuses[0], count, partial(self._on_reason, go))
            open_at(popup, self._table.view)
        else:
            go()

    def _asked_of_names(self, good: list[Cell], brought: Brought) -> list[Cell]:
        """What is taken of the block when it would give people we know other names; nothing when it is left."""
        count, others = len(brought.renamed), [cell for cell in good if cell.field.key not in pasting.NAMES]
        question = TN(
            "{count} person would get another name. Is that what you want?",
            "{count} people would get other names. Is that what you want?", count,
        )  # fmt: skip
        answers = [TN("Rename {count} person", "Rename {count} people", count)]
        if others:
            answers.append(T("All but the names"))
        answer = dialogs.ask(
            self._page, self._page.speak, question, *answers, dangerous=True,
            details=[T("{before} → {after}", before=old, after=new) for old, new in brought.renamed],
        )  # fmt: skip
        return [] if answer is None else good if answer == 0 else others

    def _on_reason(self, go: Callable[..., None], reason: str, by: str) -> None:
        go(reason=reason, cancelled_by=by)

    def _write(
        self, block: Block, refused: Sequence[Refused], label: Text, what: Text, take: Callable[..., Taken],
        made: Sequence[Text] = (), **wanted: Any,
    ) -> None:  # fmt: skip
        """Write it; what has to be asked first is asked once for the whole block."""
        write = partial(self._page.db.write, partial(take, **wanted), label=label)
        finish = partial(self._on_taken, block, refused, label, made)
        again = partial(self._write, block, refused, label, what, take, made)
        if len(block.cells) > _MANY:
            self._page.jobs.start(what, lambda _report: write(), done=finish, failed=partial(self._ask, again, wanted))
            return
        try:
            taken = write()
        except (OverCapacity, SplitParty) as error:
            self._ask(again, wanted, error)
        else:
            finish(taken)

    def _ask(self, again: Callable[..., None], wanted: dict[str, Any], error: BaseException) -> None:
        if not isinstance(error, OverCapacity | SplitParty):
            if not isinstance(error, OfficeError):
                raise error
            self._page.shell.show_error(error)
            return
        answer = asking.ask(self._page, self._page, error)
        if answer is not None and not answer.keys() <= wanted.keys():
            again(**wanted, **answer)

    def _on_taken(
        self, block: Block, refused: Sequence[Refused], label: Text, made: Sequence[Text], taken: Taken
    ) -> None:
        order = {(cell.key, cell.field.key): place for place, cell in enumerate(block.cells)}
        every = sorted([*refused, *taken.refused], key=lambda r: order[r.cell.key, r.cell.field.key])
        if taken.cells:
            self._page.shell.notice_done(label)
        if self.decisions is not None:
            self.decisions.taken(taken.decided)
        if every or block.remarks:
            self._say(taken.cells, every, [*made, *block.remarks])

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


def _new_words(brought: Brought) -> Text:
    """Which organisations came into being."""
    names = ", ".join(brought.organisations[:_MOST_NAMES]) + (" …" if len(brought.organisations) > _MOST_NAMES else "")
    return TN(
        "{count} new organisation: {names}", "{count} new organisations: {names}", len(brought.organisations),
        names=names,
    )  # fmt: skip
