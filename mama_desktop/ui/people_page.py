"""People: everybody who ever registered, found by any part of name, phone or e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import people
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.known_page import KnownPage
from mama_desktop.ui.page import Shell
from mama_desktop.ui.people_or_groups import PeopleOrGroups


class PeoplePage(KnownPage):
    kinds = frozenset({"person", "organisation", "registration"})
    noun = "person"
    place = "people"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("People"),
            search_hint=T("Name, organisation, phone …"),
            empty=("user", T("Here are the people who register for events."), T("Add a person")),
        )
        self.add_to_head(PeopleOrGroups(self, "people"))
        self.add_known_buttons()
        if self.db.read_only is None:
            # Without its words: the title needs the place in a narrow window.
            self.import_button = self.add_button("", "file-import", self.import_list)
            self.import_button.setText("")
            self.import_button.setFixedWidth(38)
            self.import_button.setAccessibleName(self.say(T("Import a list")))
            self.import_button.setToolTip(self.say(T("Import a list")))
            self.add_button(self.say(T("Add a person")), "plus", self.new, primary=True)
        self.table.sort_by(("family_name", False), ("given_name", False))

    def listing(self) -> Listing:
        return self.db.read(people.people, language=self.speak.code)

    def new(self) -> None:
        label = T("New person")
        if key := self.write(people.add_person, family_name=self.say(T("New person")), given_name="", label=label):
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self.shell.go("person", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        touched = self.db.read(people.touched_by_deleting, keys)
        return [*touched, T("Printed sheets keep the names that stand on them.")]

    def delete_use_case(self) -> Callable[..., int]:
        return people.delete_people
