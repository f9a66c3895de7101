"""One project: its details, its partners, the events it pays for, what was changed."""

from __future__ import annotations

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import events, project_card, projects
from mama_desktop.services.project_card import ProjectCard
from mama_desktop.store.database import Database
from mama_desktop.ui.expenses.grants_tab import GrantsTab
from mama_desktop.ui.expenses.order_door import ORDERS, order_chips
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Shell
from mama_desktop.ui.project_partners import ProjectPartners
from mama_desktop.ui.record_page import FIELD, RecordPage
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("title_sl", "title_en", "acronym", "grant_number")),
    (T("Funder"), ("funder", "profile_id", "programme", "action", "call_year", "office_role")),
    (T("Period"), ("starts_on", "ends_on")),
    (None, ("remarks",)),
)
_WIDE = frozenset({"title_sl", "title_en"})
_LONG_TITLE = 70


class ProjectPage(RecordPage):
    table = "project"
    kinds = frozenset(
        {
            "project", "partner", "organisation", "event", "registration", "funder_profile", "attachment", "person",
            "travel_grant", "travel_order", "travel_leg", "travel_rate", "attendance",
        }
    )  # fmt: skip
    help_topic = "projects"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS, _WIDE)
        self._partners = ProjectPartners(self)
        self._events.set_empty(
            "calendar-days", self.say(T("Here are the events this project pays for.")), self.say(T("Add an event"))
        )
        self._events.first_step.connect(self.new)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("partners", self.say(T("Partners")), self._partners)
        self.add_tab("events", self.say(T("Events")), self._events)
        self._grants = GrantsTab(self)
        self.add_tab("grants", self.say(T("Travel grants")), self._grants)
        self._files = FilesPanel(self, "project")
        self.add_tab("files", self.say(T("Files")), self._files)
        self.add_tab("history", self.say(T("History")), self._history)
        self.add_button(self.say(T("Add an event")), "plus", self.new, primary=True)

    def refresh(self) -> None:
        code = self.speak.code
        card = self.db.read(project_card.project_card, self._key, language=code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("projects")
            return
        title, acronym = card.title(code), card.values["acronym"]
        # An official title may be longer than the page is wide.
        is_long = bool(acronym) and len(title) > _LONG_TITLE
        self.set_where((self.say(T("Projects")), "projects"), (shortened(acronym or title), ""))
        self.set_title(acronym if is_long else title)
        self.set_about(title if is_long else "", *self._said_about(card))
        profiles = self.db.read(projects.profile_names, language=code)
        self._form.show_record(self._key, card.values, {"profile": profiles})
        listing = _without(self.db.read(events.events, language=code, project_id=self._key), "project")
        self._events.set_listing(listing)
        number = self._partners.show_project(self._key)
        self._files.show_record(self._key)
        self._grants.show_project(self._key)
        chips = [
            Chip(self.say(TN("{count} event", "{count} events", len(listing.keys))), "neutral", "events"),
            Chip(self.say(TN("{count} partner", "{count} partners", number)), "neutral", "partners"),
        ]
        chips += order_chips(self, project_id=self._key)
        chips += [Chip(self.say(missing.words), "wait", FIELD + missing.field) for missing in card.missing]
        self.set_chips(chips, self._on_chip)
        self.tab_changed(self.tab)

    def _on_chip(self, view: str) -> None:
        if view.startswith(ORDERS):
            self.shell.go("transport", "", view)
        else:
            super()._on_chip(view)

    def tab_changed(self, key: str) -> None:
        super().tab_changed(key)
        # Hundreds of distances are worked out when somebody looks.
        if key == "grants" and self._key:
            self._grants.refresh()

    def _said_about(self, card: ProjectCard) -> list[str]:
        values = card.values
        first, last = values["starts_on"], values["ends_on"]
        period = self.speak.date_range(first, last) if first and last else ""
        return [values["grant_number"], values["programme"] or values["funder"], period]

    def new(self) -> None:
        """A new event of this project."""
        self.shell.go("new-event", self._key)


def _without(listing: Listing, key: str) -> Listing:
    """The same table without a column that would say the same in every row."""
    place = listing.column(key)
    rows = [row[:place] + row[place + 1 :] for row in listing.rows]
    return Listing(listing.fields[:place] + listing.fields[place + 1 :], listing.keys, rows)
