"""The card of one person: who they are, the events they came to, what is missing, what was changed."""

from __future__ import annotations

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import people, person_card
from mama_desktop.store.database import Database
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Shell
from mama_desktop.ui.record_page import FIELD, RecordPage
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("family_name", "given_name", "organisation", "function")),
    (T("Contact"), ("email", "phone", "other_phone", "language")),
    (T("Address"), ("street", "postal_code", "town", "country")),
    (T("About the person"), ("birth_date", "birth_year", "age_group", "gender")),
    (None, ("remarks",)),
)


class PersonPage(RecordPage):
    table = "person"
    kinds = frozenset({"person", "organisation", "registration", "attendance", "event", "attachment"})
    help_topic = "people"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS)
        self._events.set_empty("calendar-days", self.say(T("This person has not registered for any event yet.")))
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("events", self.say(T("Events")), self._events)
        self._files = FilesPanel(self, "person")
        self.add_tab("files", self.say(T("Files")), self._files)
        self.add_tab("history", self.say(T("History")), self._history)

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
        chips += [Chip(self.say(missing.words), "wait", FIELD + missing.field) for missing in card.missing]
        self.set_chips(chips, self._on_chip)
        self._files.show_record(self._key)
        self.tab_changed(self.tab)
