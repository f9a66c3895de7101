"""Working groups: bodies of the network, boards, juries, with their members in terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import groups
from mama_desktop.services.counted import counted
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.page import Shell
from mama_desktop.ui.people_or_groups import PeopleOrGroups


class GroupsPage(ListPage):
    kinds = frozenset({"working_group", "membership", "project", "staff_member", "person"})
    noun = "working_group"
    place = "groups"
    help_topic = "groups"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("Working groups"),
            search_hint=T("Name, project …"),
            empty=(
                "users",
                T("Here are the working groups: who is a member, in which role and until when."),
                T("Add a working group"),
            ),
        )
        self.add_to_head(PeopleOrGroups(self, "groups"))
        if self.db.read_only is None:
            self.add_button(self.say(T("Add a working group")), "plus", self.new, primary=True)
        self.table.sort_by(("name_sl", False))

    def listing(self) -> Listing:
        return self.db.read(groups.groups, today=self.db.clock.today(), language=self.speak.code)

    def new(self) -> None:
        if self.db.read_only is not None:
            return
        label = T("New working group")
        if key := self.write(groups.add_group, self.say(label), label=label):
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self.shell.go("working_group", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        touched = self.db.read(groups.touched_by_deleting, keys)
        if not touched["terms"]:
            return ()
        return [
            T("This is deleted as well: {what}.", what=counted("membership", touched["terms"])),
            T("The people stay: {what}.", what=counted("person", touched["people"])),
        ]

    def delete_use_case(self) -> Callable[..., int]:
        return groups.delete_groups
