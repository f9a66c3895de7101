"""One person: the card for the phone, details, events, where they belonged, consents, files, what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import TC, TN, T, Text, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import affiliations, editing, groups, letters_kept, organisations, person_card, person_events
from mama_desktop.services.deciding import Decided
from mama_desktop.store.database import Database
from mama_desktop.ui.decisions import Decisions, freed_words, has_to_tell
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.letters_read import LettersRead
from mama_desktop.ui.page import Action, Shell
from mama_desktop.ui.person_card_tab import PersonCardTab
from mama_desktop.ui.person_consents import PersonConsents
from mama_desktop.ui.record_page import FIELD, RecordPage
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import Chip, button, shortened

_GROUPS = (
    (None, ("family_name", "given_name", "organisation", "function")),
    (T("Contact"), ("email", "phone", "other_phone", "language")),
    (T("Address"), ("street", "postal_code", "town", "country")),
    (T("About the person"), ("birth_date", "birth_year", "age_group", "gender")),
    (None, ("remarks",)),
)


class PersonPage(RecordPage):
    table = "person"
    kinds = frozenset({
        "person", "organisation", "registration", "attendance", "event", "attachment", "consent", "guardian",
        "affiliation", "letter", "letter_recipient", "chosen_option", "question",
        "working_group", "membership",
    })  # fmt: skip
    help_topic = "people"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell, _GROUPS)
        may = db.read_only is None
        self.card = PersonCardTab(self, self.correct)
        self._events.set_empty("calendar-days", self.say(T("This person has not registered for any event yet.")))
        self._events.set_read_only(not may)
        self._events.edit_requested.connect(self._on_registration)
        self.decisions = Decisions(self, self)
        self.decisions.decided.connect(self._on_decided)
        self.former = _Former(self)
        self.consents = PersonConsents(self)
        self.letters = LettersRead(self, "person-letters")
        self._files = FilesPanel(self, "person")
        self.add_tab("card", self.say(T("Card")), self.card)
        self.add_tab("details", self.say(T("Details")), self._form)
        self.add_tab("events", self.say(T("Events")), self._events)
        self.add_tab("former", self.say(T("Before")), self.former)
        self.add_tab("consents", self.say(TC("of a person", "Consents")), self.consents)
        self.add_tab("letters", self.say(T("Letters")), self.letters)
        self.add_tab("files", self.say(T("Files")), self._files)
        self.add_tab("history", self.say(T("History")), self._history)
        self.add_button(self.say(T("Write")), "envelope", self.write_to)

    def open(self, key: str, view: str) -> None:
        super().open(key, view or "card")

    def refresh(self) -> None:
        code = self.speak.code
        card = self.db.read(person_card.person_card, self._key, language=code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            self.shell.go("people")
            return
        self.set_where((self.say(T("People")), "people"), (shortened(card.name), ""))
        self.set_title(card.name or self.say(T("A person without a name")))
        self.set_about(card.organisation, card.town, card.phone)
        self._form.show_record(self._key, card.values)
        coming = self.db.read(person_events.next_events, self._key, now=self.db.clock.now(), language=code)
        member_of = self.db.read(groups.groups_of, self._key, language=code)
        self.card.show_card(card, coming, self._last_letter(), member_of)
        listing = self.db.read(person_events.registrations_of, self._key, language=code)
        self._events.set_listing(listing)
        self.former.show_person(self._key)
        self.consents.show_person(self._key)
        self.letters.show_letters(self.db.read(letters_kept.of_person, self._key))
        self._files.show_record(self._key)
        count = TN("{count} event", "{count} events", len(listing.keys))
        chips = [Chip(self.say(count), "neutral", "events")]
        chips += [Chip(self.say(missing.words), "wait", FIELD + missing.field) for missing in card.missing]
        self.set_chips(chips, self._on_chip)
        self.tab_changed(self.tab)

    def write_to(self) -> None:
        """A letter or mail to this person."""
        self.shell.go("letters", "", f"people:{self._key}")

    def correct(self, registration_id: str) -> None:
        """What somebody says on the phone is written into the row of that event."""
        self.show_tab("events")
        self._events.go_to_cell(registration_id, "arrival")

    def _last_letter(self) -> Text | None:
        found = self.db.read(person_events.last_letter, self._key)
        if found is None:
            return None
        at, kind, subject = found
        return T("{day}: {kind} – {subject}", day=at.date(), kind=kind, subject=subject)

    def _on_registration(self, key: str, field: str, value: Any) -> None:
        info = next(f for f in self._events.rows.listing.fields if f.key == field)
        label = T("Registration: {field}", field=info.label)
        self.decisions.edit([key], field, value, self._events.view, label=label)

    def _on_decided(self, done: Decided) -> None:
        """What was freed and who has to be told is said here as at the event."""
        words = freed_words(done, self.say)
        if words and has_to_tell(done) and done.keys:
            write = Action(T("Write"), partial(self._write_of, done.keys))
            self.shell.notice(verbatim(words), write, Action(T("Undo"), self.shell.undo))
        elif words:
            self.shell.notice_done(verbatim(words))

    def _write_of(self, keys: Sequence[str], *_checked: bool) -> None:
        """A letter about these registrations to exactly those who have to be told."""
        if event := self.db.read(person_events.event_of, keys[0]):
            self.shell.go("letters", event, "registrations:" + ",".join(keys))

    def _on_event(self, event_id: str) -> None:
        if event := self.db.read(person_events.event_of, event_id):
            self.shell.go("event", event)


class _Former(QWidget):
    """Where the person belonged before, and how they were reached there."""

    def __init__(self, page: PersonPage) -> None:
        super().__init__()
        self._page, self._person = page, ""
        self._add = button(page.say(T("Add a line")), "plus", self.add)
        self.table = RowTable(
            "person-former", page.speak, page.shell.habits, complete=self._complete, today=page.db.clock.today,
            toolbar=False,
        )  # fmt: skip
        words = T(
            "When the organisation, the function, the e-mail or the phone is changed, what stood there is kept here."
        )
        self.table.set_empty("clock-rotate-left", page.say(words))
        self.table.set_read_only(page.db.read_only is not None)
        self.table.edit_requested.connect(self._on_edit)
        self.table.delete_requested.connect(self._on_delete)
        bar = QHBoxLayout()
        bar.addWidget(self._add)
        bar.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addLayout(bar)
        lay.addWidget(self.table, 1)
        self._add.setVisible(page.db.read_only is None)

    def show_person(self, key: str) -> None:
        self._person = key
        page = self._page
        self.table.set_listing(page.db.read(affiliations.affiliations, key, language=page.speak.code))

    def add(self) -> None:
        label = T("New line of former affiliations")
        if key := self._page.write(affiliations.add_affiliation, self._person, label=label):
            self.table.select([key])
            self.table.edit_current()

    def _on_edit(self, key: str, field: str, value: Any) -> None:
        page = self._page
        label = T("Former affiliation of a person")
        page.write(editing.change, "affiliation", [key], field, value, now=page.db.clock.now(), label=label)

    def _on_delete(self, keys: list[str]) -> None:
        if self._page.db.read_only is None:
            label = TN("Delete {count} former affiliation", "Delete {count} former affiliations", len(keys))
            self._page.write(affiliations.delete_affiliations, keys, label=label, tell=True)

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(organisations.like, beginning)
