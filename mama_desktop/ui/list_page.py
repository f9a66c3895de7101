"""A page that is one table of one noun: edit in the cell, change many, add, delete with a word of what it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import completing
from mama_desktop.ui import asking, dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_actions import rows_to_delete
from mama_desktop.ui.table_tools import equip


def _rows(count: int) -> Text:
    return TN("Delete {count} row?", "Delete {count} rows?", count)


# What is deleted is asked about by its own name.
_QUESTIONS: dict[str, Callable[[int], Text]] = {
    "person": lambda n: TN("Delete {count} person?", "Delete {count} people?", n),
    "organisation": lambda n: TN("Delete {count} organisation?", "Delete {count} organisations?", n),
    "working_group": lambda n: TN("Delete {count} working group?", "Delete {count} working groups?", n),
    "project": lambda n: TN("Delete {count} project?", "Delete {count} projects?", n),
    "event": lambda n: TN("Delete {count} event?", "Delete {count} events?", n),
}


def _delete_rows(count: int) -> Text:
    return TN("Delete {count} row", "Delete {count} rows", count)


# What the deed is called in the menu of a row and in the line that undoes it.
_DEEDS: dict[str, Callable[[int], Text]] = {
    "person": lambda n: TN("Delete {count} person", "Delete {count} people", n),
    "organisation": lambda n: TN("Delete {count} organisation", "Delete {count} organisations", n),
    "working_group": lambda n: TN("Delete {count} working group", "Delete {count} working groups", n),
    "project": lambda n: TN("Delete {count} project", "Delete {count} projects", n),
    "event": lambda n: TN("Delete {count} event", "Delete {count} events", n),
}


class ListPage(Page):
    """Subclasses name the noun, its words and its use cases; rows come from `listing()`."""

    noun = ""
    place = ""

    def build(self, *, title: Text, search_hint: Text, empty: tuple[str, Text, Text]) -> None:
        """Head, table and empty page; called once by the constructor of the subclass."""
        self.set_title(self.say(title))
        self.table = RowTable(
            self.place, self.speak, self.shell.habits, search_hint=self.say(search_hint),
            complete=self.complete, today=self.db.clock.today,
        )  # fmt: skip
        self.table.view.setAccessibleName(self.say(title))
        picture, words, action = empty
        first_step = self.say(action) if self.db.read_only is None else ""
        self.table.set_empty(picture, self.say(words), first_step)
        self.table.set_read_only(self.db.read_only is not None)
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.deletes_rows = True
        self.table.doing.delete_words = _DEEDS.get(self.noun, rows_to_delete)
        self.table.opened.connect(self.opened)
        self.table.first_step.connect(self.new)
        self.table.refused.connect(self._on_refused)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        self.tools = equip(self, self.table, of=self.place, noun=self.noun, title=self.accessibleName)
        self.set_body(self.table)

    # What a subclass says

    def listing(self) -> Listing:
        raise NotImplementedError

    def opened(self, key: str) -> None:
        """A row was opened."""

    def delete_use_case(self) -> Callable[..., int]:
        raise NotImplementedError

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        """What a deletion would touch, in words; empty when nothing. OfficeError when it would be refused."""
        del keys
        return ()

    # What the frame asks

    def open(self, key: str, view: str) -> None:
        del view
        if key:
            self.refresh()
            self.table.set_filter("")
            self.table.select([key])

    def refresh(self) -> None:
        self.table.set_listing(self.listing())

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def export(self) -> None:
        self.tools.export.to_excel()

    def edit(self) -> None:
        self.table.edit_current()

    def selection_words(self) -> str:
        return self.table.selection_words()

    def complete(self, kind: str, beginning: str) -> list[Found]:
        """Names for a cell while somebody types."""
        return self.db.read(completing.complete, kind, beginning, language=self.speak.code)

    # Slots

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: Sequence[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        fields = self.table.rows.listing.fields
        asking.change_cells(self, self.noun, fields, keys, field_key, value, tell=tell)

    def _on_delete(self, keys: list[str]) -> None:
        if self.db.read_only is not None:
            return
        try:
            touched = self.touched(keys)
        except OfficeError as error:
            # What cannot be deleted is said at once, not after a question.
            self.shell.show_error(error)
            return
        question = _QUESTIONS.get(self.noun, _rows)(len(keys))
        more = T("You can undo this afterwards.")
        answer = dialogs.ask(self, self.speak, question, T("Delete"), more=more, details=touched, dangerous=True)
        if answer is None:
            return
        label = _DEEDS.get(self.noun, _delete_rows)(len(keys))
        self.write(self.delete_use_case(), keys, label=label, tell=True)

    def _on_refused(self, words: str) -> None:
        self.shell.notice(T("{words}", words=words))

    def _on_selection(self) -> None:
        self.shell.say_selection(self.selection_words())
