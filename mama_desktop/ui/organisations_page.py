"""Organisations: member centres, municipalities, schools, partners abroad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import organisations
from mama_desktop.store.database import Database
from mama_desktop.ui.duplicates_known import button_words
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.page import Shell


class OrganisationsPage(ListPage):
    kinds = frozenset({"organisation", "person"})
    noun = "organisation"
    place = "organisations"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("Organisations"),
            search_hint=T("Search by name, town, contact …"),
            empty=("building", T("Here are the organisations people come from."), T("Add an organisation")),
        )
        self._duplicates = self.add_button(self.say(T("Duplicates")), "user-group", self.show_duplicates)
        self._write = self.add_button(self.say(T("Write")), "envelope", self.write_to)
        if self.db.read_only is None:
            self.import_button = self.add_button(self.say(T("Import a list")), "file-import", self.import_list)
            self.add_button(self.say(T("Add an organisation")), "plus", self.new, primary=True)
        self.table.sort_by(("name_sl", False))

    def refresh(self) -> None:
        super().refresh()
        words = self.say(button_words(self.shell.habits, self.db, self.noun))
        self._duplicates.setText("  " + words)
        self._duplicates.setAccessibleName(words)

    def import_list(self) -> None:
        self.shell.go("import-list", self.noun)

    def show_duplicates(self) -> None:
        self.shell.go("duplicates", "", self.noun)

    def write_to(self) -> None:
        """A letter or mail to those that are chosen, else to all that are shown."""
        keys = self.table.selected_keys() or self.table.shown_keys()
        if keys:
            self.shell.go("letters", "", "organisations:" + ",".join(keys))

    def listing(self) -> Listing:
        return self.db.read(organisations.organisations, language=self.speak.code)

    def new(self) -> None:
        name = self.say(T("New organisation"))
        label = T("New organisation")
        if key := self.write(organisations.add_organisation, name, country="SI", label=label):
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self.shell.go("organisation", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        return self.db.read(organisations.touched_by_deleting, keys)

    def delete_use_case(self) -> Callable[..., int]:
        return organisations.delete_organisations
