"""The card of one person: who they are, the events they came to, what is missing, what was changed."""

from __future__ import annotations

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import people, person_card
from mama_desktop.store import history
from mama_desktop.store.database import Database
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("family_name", "given_name", "organisation", "function")),
    (T("Contact"), ("email", "phone", "other_phone", "language")),
    (T("Address"), ("street", "postal_code", "town", "country")),
    (T("About the person"), ("birth_date", "birth_year", "age_group", "gender")),
    (None, ("remarks",)),
)
_FIELD = "field:"


class PersonPage(Page):
    kinds = frozenset({"person", "organisation", "registration", "attendance", "event"})
    help_topic = "people"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._key = ""
        self._form = RecordForm(self, "person", _GROUPS)
        self._events = RowTable("person-events", speak, shell.habits, today=db.clock.today, toolbar=False)
        self._events.set_read_only(True)
        self._events.set_empty("calendar-days", self.say(T("This person has not registered for any event yet.")))
        self._events.opened.connect(self._on_event)
        self._history = HistoryList(self, self._changes)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("events", self.say(T("Events")), self._events)
        self.add_tab("history", self.say(T("History")), self._history)

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        self.show_tab(view or "details")

    def refresh(self) -> None:
        card = self.db.read(person_card.person_card, self._key, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("people")
            return
        self.set_where((self.say(T("People")), "people"), (shortened(card.name), ""))
        self.set_title(card.name or self.say(T("A person without a name")))
        self.set_about(card.organisation, card.town, card.phone)
        self._form.show_record(self._key, card.values)
        listing = self.db.read(people.events_of, self._key, language=self.speak.code)
        self._events.set_listing(listing)
        count = TN("{count} event", "{count} events", len(listing.keys))
        chips = [Chip(self.say(count), "neutral", "events")]
        chips += [Chip(self.say(missing.words), "wait", _FIELD + missing.field) for missing in card.missing]
        self.set_chips(chips, self._on_chip)
        self.tab_changed(self.tab)

    def tab_changed(self, key: str) -> None:
        if key == "history" and self._key:
            self._history.refresh()

    def edit(self) -> None:
        self.show_tab("details")
        self._form.focus_first()

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self.db.read(history.changes_of, "person", self._key)[:limit]

    def _on_chip(self, view: str) -> None:
        if view.startswith(_FIELD):
            self.show_tab("details")
            self._form.focus_field(view.removeprefix(_FIELD))
        else:
            self.show_tab(view)

    def _on_event(self, event_id: str) -> None:
        self.shell.go("event", event_id)
