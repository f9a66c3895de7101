"""Projects: programme, funder, grant number, period, and which profile their papers take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import projects
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.page import Shell


class ProjectsPage(ListPage):
    kinds = frozenset({"project", "event", "funder_profile", "partner"})
    noun = "project"
    place = "projects"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("Projects"),
            search_hint=T("Title, grant number, funder …"),
            empty=("folder-open", T("Here are the projects that pay for events."), T("Add a project")),
        )
        if self.db.read_only is None:
            self.add_button(self.say(T("Add a project")), "plus", self.new, primary=True)

    def listing(self) -> Listing:
        """Funder profiles are chosen from those of this workspace."""
        listing = self.db.read(projects.projects, language=self.speak.code)
        names = self.db.read(projects.profile_names, language=self.speak.code)
        choices = {key: verbatim(name) for key, name in names.items()}

        def with_choices(field: FieldInfo) -> FieldInfo:
            return replace(field, kind="choice", choices=choices) if field.kind == "profile" else field

        return replace(listing, fields=tuple(with_choices(f) for f in listing.fields))

    def new(self) -> None:
        if key := self.write(projects.add_project, self.say(T("New project")), label=T("New project")):
            self.refresh()
            self.table.select([key])
            self.table.edit_current()

    def opened(self, key: str) -> None:
        self.shell.go("project", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        return self.db.read(projects.touched_by_deleting, keys)

    def delete_use_case(self) -> Callable[..., int]:
        return projects.delete_projects
