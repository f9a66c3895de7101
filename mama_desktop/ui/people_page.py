"""People: everybody who ever registered, found by any part of name, phone or e-mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import people
from mama_desktop.store.database import Database
from mama_desktop.ui.duplicates_known import button_words
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.page import Shell
from mama_desktop.ui.people_or_groups import PeopleOrGroups


class PeoplePage(ListPage):
    kinds = frozenset({"person", "organisation", "registration"})
    noun = "person"
    place = "people"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("People"),
            search_hint=T("Search by name, organisation, phone …"),
            empty=("user", T("Here are the people who register for events."), T("Add a person")),
        )
        self.add_to_head(PeopleOrGroups(self, "people"))
        self._duplicates = self.add_button(self.say(T("Duplicates")), "user-group", self.show_duplicates)
        self._write = self.add_button(self.say(T("Write")), "envelope", self.write_to)
        if self.db.read_only is None:
            # Without its words: the title needs the place in a narrow window.
            self.import_button = self.add_button("", "file-import", self.import_list)
            self.import_button.setAccessibleName(self.say(T("Import a list")))
            self.import_button.setToolTip(self.say(T("Import a list")))
            self.add_button(self.say(T("Add a person")), "plus", self.new, primary=True)
        self.table.sort_by(("family_name", False), ("given_name", False))

    def refresh(self) -> None:
        super().refresh()
        words = self.say(button_words(self.shell.habits, self.db, self.noun))
        self._duplicates.setText("  " + words)
        self._duplicates.setAccessibleName(words)

    def import_list(self) -> None:
        self.shell.go("import-list", self.noun)

    def show_duplicates(self) -> None:
        self.shell.go("duplicates", "", self.noun)

    def listing(self) -> Listing:
        return self.db.read(people.people, language=self.speak.code)

    def new(self) -> None:
        label = T("New person")
        if key := self.write(people.add_person, family_name=self.say(T("New person")), given_name="", label=label):
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def write_to(self) -> None:
        """A letter or mail to those who are chosen, else to all who are shown."""
        keys = self.table.selected_keys() or self.table.shown_keys()
        if keys:
            self.shell.go("letters", "", "people:" + ",".join(keys))

    def opened(self, key: str) -> None:
        self.shell.go("person", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        touched = self.db.read(people.touched_by_deleting, keys)
        return [*touched, T("Printed sheets keep the names that stand on them.")]

    def delete_use_case(self) -> Callable[..., int]:
        return people.delete_people
