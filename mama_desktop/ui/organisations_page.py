"""Organisations: member centres, municipalities, schools, partners abroad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import organisations
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.known_page import KnownPage
from mama_desktop.ui.page import Shell


class OrganisationsPage(KnownPage):
    kinds = frozenset({"organisation", "person"})
    noun = "organisation"
    place = "organisations"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("Organisations"),
            search_hint=T("Name, town, contact …"),
            empty=("building", T("Here are the organisations people come from."), T("Add an organisation")),
        )
        self.add_known_buttons()
        if self.db.read_only is None:
            self.import_button = self.add_button(self.say(T("Import a list")), "file-import", self.import_list)
            self.add_button(self.say(T("Add an organisation")), "plus", self.new, primary=True)
        self.table.sort_by(("name_sl", False))

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
