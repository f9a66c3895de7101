"""One organisation: details, membership, its people, their events, the office's visits, files, what was changed."""

from __future__ import annotations

from typing import Any

from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.services import editing, letters_kept, office, organisation_card
from mama_desktop.store.database import Database
from mama_desktop.ui import asking
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.letters_read import LettersRead
from mama_desktop.ui.page import Shell
from mama_desktop.ui.record_page import FIELD, RecordPage
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("name_sl", "name_en", "short_name", "kind")),
    (T("Contact"), ("contact_person", "email", "phone")),
    (T("Address"), ("street", "postal_code", "town", "country")),
    (T("Membership"), ("is_member", "liaison_id", "member_since", "member_until")),
    (None, ("remarks",)),
)
_WIDE = frozenset({"name_sl", "name_en"})


class OrganisationPage(RecordPage):
    table = "organisation"
    kinds = frozenset({
        "organisation", "person", "registration", "event", "staff_member", "attachment",
        "letter", "letter_recipient",
    })  # fmt: skip
    help_topic = "organisations"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS, _WIDE)
        may = db.read_only is None
        self._events.set_empty("calendar-days", self.say(T("Nobody has registered for it yet.")))
        self.people = RowTable("organisation-people", speak, shell.habits, today=db.clock.today)
        self.people.set_empty("user", self.say(T("Nobody belongs to this organisation yet.")))
        self.people.set_read_only(not may)
        self.people.edit_requested.connect(self._on_person)
        self.people.opened.connect(self._on_opened)
        self._tools = equip(self, self.people, of="organisation-people", noun="person", title=self._list_title)
        self.visits = RowTable("organisation-visits", speak, shell.habits, today=db.clock.today, toolbar=False)
        words = T("Here are the visits of the office: events of the kind “liaison visit” or “field visit”.")
        self.visits.set_empty("car-side", self.say(words))
        self.visits.set_read_only(True)
        self.visits.opened.connect(self._on_event)
        self.letters = LettersRead(self, "organisation-letters")
        self._files = FilesPanel(self, "organisation")
        self.write_button = self.add_button(self.say(T("Write")), "envelope", self.write_to)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("people", self.say(T("People")), self.people)
        self.add_tab("events", self.say(T("Events")), self._events)
        self.add_tab("visits", self.say(T("Visits")), self.visits)
        self.add_tab("letters", self.say(T("Letters")), self.letters)
        self.add_tab("files", self.say(T("Files")), self._files)
        self.add_tab("history", self.say(T("History")), self._history)

    def refresh(self) -> None:
        code = self.speak.code
        card = self.db.read(organisation_card.organisation_card, self._key, language=code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("organisations")
            return
        values = card.values
        self.set_where((self.say(T("Organisations")), "organisations"), (shortened(card.name), ""))
        self.set_title(card.name)
        self.set_about(values["town"], values["contact_person"], values["phone"], values["email"])
        staff = {one.id: one.name for one in self.db.read(office.staff, everybody=True)}
        self._form.show_record(self._key, values, {"staff": staff})
        people = self.db.read(organisation_card.people_of, self._key, language=code)
        self.people.set_listing(people)
        their = self.db.read(organisation_card.events_of, self._key, language=code)
        self._events.set_listing(their)
        visits = self.db.read(organisation_card.visits_to, self._key, language=code)
        self.visits.set_listing(visits)
        self.letters.show_letters(self.db.read(letters_kept.of_organisation, self._key))
        self._files.show_record(self._key)
        chips = [Chip(self.say(T("member of the network")), "ok", FIELD + "is_member")] if values["is_member"] else []
        chips += [
            Chip(self.say(TN("{count} person", "{count} people", len(people.keys))), "neutral", "people"),
            Chip(self.say(TN("{count} event", "{count} events", len(their.keys))), "neutral", "events"),
            Chip(self.say(TN("{count} visit", "{count} visits", len(visits.keys))), "neutral", "visits"),
        ]
        chips += [Chip(self.say(missing.words), "wait", FIELD + missing.field) for missing in card.missing]
        self.set_chips(chips, self._on_chip)
        self.tab_changed(self.tab)

    def export(self) -> None:
        self.show_tab("people")
        self._tools.export.to_excel()

    def _list_title(self) -> str:
        return self._title.text()

    def focus_filter(self) -> None:
        self.show_tab("people")
        self.people.focus_filter()

    def write_to(self) -> None:
        self.shell.go("letters", "", f"organisations:{self._key}")

    def _on_person(self, key: str, field: str, value: Any) -> None:
        info = next(f for f in self.people.rows.listing.fields if f.key == field)
        label = T("Person: {field}", field=info.label)
        asking.write(self, editing.change, "person", [key], field, value, now=self.db.clock.now(), label=label)

    def _on_opened(self, key: str) -> None:
        self.shell.go("person", key)
