"""A tab of a page that is one table of one noun: edit in the cell, change many, add, delete with what it touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import completing
from mama_desktop.services.views import ready_views
from mama_desktop.ui import asking, dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_tools import equip


class TableTab(QWidget):
    """A subclass names its table and noun, its words and its use cases; rows come from `listing()`.

    `build` is called by the constructor of the subclass. The page calls `refresh()` whenever the tab is shown and
    something of it has changed, and hands on its keys: `new`, `export`, `focus_filter`, `edit`.
    """

    noun = ""
    of = ""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.db, self.speak, self.say = page.db, page.speak, page.say
        self.may_write = page.db.read_only is None

    def build(self, *, title: Text, search_hint: Text, empty: tuple[str, Text, Text | None]) -> None:
        """empty: picture, words and the first step, None where nothing is added here."""
        self._title = title
        self.table = RowTable(
            self.of, self.speak, self._page.shell.habits, search_hint=self.say(search_hint), complete=self.complete,
            today=self.db.clock.today,
        )  # fmt: skip
        self.table.view.setAccessibleName(self.say(title))
        picture, words, action = empty
        self.table.set_empty(picture, self.say(words), self.say(action) if action and self.may_write else "")
        self.table.set_read_only(not self.may_write)
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.opened.connect(self.opened)
        self.table.first_step.connect(self.new)
        self.table.refused.connect(self._on_refused)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        self.tools = equip(self._page, self.table, of=self.of, noun=self.noun, title=self._said_title)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table, 1)

    # What a subclass says

    def listing(self) -> Listing:
        raise NotImplementedError

    def opened(self, key: str) -> None:
        """A row was opened."""

    def new(self) -> None:
        """Ctrl+N, and the first step of the empty table."""

    def delete_use_case(self) -> Callable[..., int] | None:
        """None where rows are not deleted here."""
        return None

    def question(self, count: int) -> Text:
        """What is asked before so many rows are deleted."""
        return TN("Delete {count} row?", "Delete {count} rows?", count)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        """What a deletion would touch, in words; OfficeError when it would be refused."""
        del keys
        return ()

    # What the page asks

    def refresh(self) -> None:
        self.table.deletes_rows = self.may_write and self.delete_use_case() is not None
        self.table.set_listing(self.listing())

    def show_view(self, view: str) -> None:
        """A record by its key, or a ready view by the message of its name ("without vehicle")."""
        self.refresh()
        if view in self.table.rows.listing.keys:
            self.table.set_filters({})
            self.table.select([view])
            return
        keys = [field.key for field in self.table.rows.listing.fields]
        for ready in ready_views(self.of, keys, today=self.db.clock.today()):
            if ready.name.message == view:
                self.tools.views.show(ready)

    def export(self) -> None:
        self.tools.export.to_excel()

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def edit(self) -> None:
        self.table.edit_current()

    def selection_words(self) -> str:
        return self.table.selection_words()

    def complete(self, kind: str, beginning: str) -> list[Found]:
        return self.db.read(completing.complete, kind, beginning, language=self.speak.code)

    # Slots

    def _said_title(self) -> str:
        return self.say(self._title)

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: Sequence[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        fields = self.table.rows.listing.fields
        asking.change_cells(self._page, self.noun, fields, keys, field_key, value, tell=tell)

    def _on_delete(self, keys: list[str]) -> None:
        use_case = self.delete_use_case()
        if not self.may_write or use_case is None:
            return
        try:
            touched = self.touched(keys)
        except OfficeError as error:
            # What cannot be deleted is said at once, not after a question.
            self._page.shell.show_error(error)
            return
        more = T("You can undo this afterwards.")
        answer = dialogs.ask(
            self._page, self.speak, self.question(len(keys)), T("Delete"), more=more, details=touched, dangerous=True
        )
        if answer is not None:
            label = TN("Delete {count} row", "Delete {count} rows", len(keys))
            self._page.write(use_case, keys, label=label, tell=True)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _on_selection(self) -> None:
        self._page.shell.say_selection(self.selection_words())
