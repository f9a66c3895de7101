"""The card of a person, the page of a project, and a new event, driven as a person drives them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.letters import LetterRecipient
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.services import (
    events,
    new_event,
    organisations,
    people,
    person_card,
    person_events,
    project_card,
    projects,
)
from mama_desktop.ui import dialogs
from mama_desktop.ui.contact_popup import ContactPopup
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.new_event_page import NewEventPage
from mama_desktop.ui.organisation_page import OrganisationPage
from mama_desktop.ui.person_card_tab import MOST_EVENTS
from mama_desktop.ui.person_page import PersonPage
from mama_desktop.ui.project_page import ProjectPage


def typed(editor: Any, words: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setText(words)
    editor.editingFinished.emit()


def first_key(window: MainWindow, place: str) -> str:
    read: Any = {"person": people.people, "project": projects.projects}[place]
    return str(window.db.read(read).keys[0])


@pytest.fixture
def person(real_window: MainWindow) -> PersonPage:
    real_window.go("person", first_key(real_window, "person"))
    assert isinstance(real_window.page, PersonPage)
    return real_window.page


@pytest.fixture
def project(real_window: MainWindow) -> ProjectPage:
    real_window.go("project", first_key(real_window, "project"))
    assert isinstance(real_window.page, ProjectPage)
    return real_window.page


@pytest.fixture
def adding(real_window: MainWindow) -> NewEventPage:
    real_window.go("new-event")
    assert isinstance(real_window.page, NewEventPage)
    return real_window.page


def editor_of(page: PersonPage | ProjectPage, key: str) -> Any:
    form = page._form._form
    assert form is not None
    return form.editor(key)


def test_a_person_is_renamed_and_it_is_undone(person: PersonPage, real_window: MainWindow) -> None:
    before = person._title.text()
    typed(editor_of(person, "family_name"), "Žnidaršič")
    assert person._title.text().endswith("Žnidaršič")
    real_window.undo()
    assert person._title.text() == before


def test_a_wrong_value_stands_with_its_reason(person: PersonPage) -> None:
    typed(editor_of(person, "email"), "brez afne")
    form = person._form._form
    assert form is not None
    assert "not an e-mail" in form._shown["email"].error.text()


def test_what_is_missing_leads_to_its_field(person: PersonPage) -> None:
    typed(editor_of(person, "town"), "")
    person._on_chip("field:town")
    assert person.tab == "details"
    assert person._form._form is not None


def test_events_of_a_person_open(person: PersonPage, real_window: MainWindow) -> None:
    key = next(
        k
        for k in real_window.db.read(people.people).keys
        if real_window.db.read(person_events.registrations_of, k).keys
    )
    real_window.go("person", key, "events")
    assert person.tab == "events"
    registration = person._events.rows.listing.keys[0]
    person._events.opened.emit(registration)
    assert real_window._now[:2] == ("event", real_window.db.read(person_events.event_of, registration))


def test_history_of_a_person_is_shown(person: PersonPage) -> None:
    typed(editor_of(person, "function"), "vodja")
    person.show_tab("history")
    assert str(person._changes(10)[0].label) == "Person: Function"


def test_a_deleted_person_leads_back_to_the_list(person: PersonPage, real_window: MainWindow) -> None:
    real_window.db.write(people.delete_people, [person._key], label=person.db.undo_label() or _label())
    assert real_window._now[0] == "people"


def _label() -> Any:
    from mama_desktop.domain.text import T

    return T("Delete")


def test_a_project_takes_another_profile(project: ProjectPage) -> None:
    editor = editor_of(project, "profile_id")
    names = project.db.read(projects.profile_names, language="en")
    wanted = next(key for key, name in names.items() if name == "Own funds")
    editor.setCurrentIndex(editor.findData(wanted))
    editor.activated.emit(editor.currentIndex())
    card = project.db.read(project_card.project_card, project._key)
    assert card is not None
    assert card.values["profile_id"] == wanted


def test_partners_are_added_led_and_removed(project: ProjectPage, said: list[tuple[str, Any]]) -> None:
    part = project._partners
    key = project.db.read(organisations.like, "")[0]
    part.who.set_value(key)
    part.add()
    part.who.setText("Udruga mladih Nova")
    part.add()
    rows = project.db.read(project_card.partner_rows, project._key)
    assert "Udruga mladih Nova" in [row[0] for row in rows.rows]
    part.table.edit_requested.emit(key.key, "role", "lead")
    assert project.db.read(project_card.partner_rows, project._key).keys[0] == key.key
    part.table.select([key.key])
    part.remove()
    assert key.key not in project.db.read(project_card.partner_rows, project._key).keys
    assert said == []


def test_a_partner_twice_is_refused(project: ProjectPage, said: list[tuple[str, Any]]) -> None:
    name = project.db.read(project_card.partner_rows, project._key).rows
    part = project._partners
    part.who.setText("Zavod Dvakrat")
    part.add()
    part.who.setText("zavod dvakrat")
    part.add()
    assert [what for what, _ in said] == ["error"]
    assert len(project.db.read(project_card.partner_rows, project._key).rows) == len(name) + 1


def test_a_new_event_of_a_project(project: ProjectPage, real_window: MainWindow) -> None:
    key = project._key
    project.new()
    page: Any = real_window.page
    assert page.project.value() == key


def test_a_month_is_enough(adding: NewEventPage, real_window: MainWindow) -> None:
    adding.title.setText("Klub MaMa v Žalcu")
    adding.when.line.setText("maj 2021")
    assert "May 2021" in adding.when.understood.text()
    adding.town.setText("Žalec")
    adding.create_event()
    assert real_window._now[0] == "event"
    head = real_window.db.read(events.event_head, real_window._now[1])
    assert head is not None
    assert (head.title_sl, head.starts_on, head.precision, head.town) == (
        "Klub MaMa v Žalcu", dt.date(2021, 5, 1), "month", "Žalec",
    )  # fmt: skip
    real_window.undo()
    assert real_window.db.read(events.event_head, head.id) is None


def test_what_is_missing_is_said_and_nothing_is_stored(adding: NewEventPage, real_window: MainWindow) -> None:
    before = len(real_window.db.read(events.events).keys)
    adding.create_event()
    assert adding.wrong.text() == "Please write the event's title."
    adding.title.setText("Klub")
    adding.when.line.setText("2. aprla")
    adding.create_event()
    assert "cannot be read" in adding.when.understood.text()
    assert len(real_window.db.read(events.events).keys) == before
    assert real_window._now[0] == "new-event"


def test_a_copy_brings_its_title_kind_and_project(adding: NewEventPage, real_window: MainWindow) -> None:
    found: Found = real_window.db.read(new_event.like, "klub")[0]
    old = real_window.db.read(events.event_head, found.key)
    assert old is not None
    real_window.go("new-event", found.key, "copy")
    assert adding.title.text() == old.title_sl
    assert adding.project.value() == old.project_id
    adding.when.line.setText("2. 4. 2021")
    adding.create_event()
    new = real_window.db.read(events.event_head, real_window._now[1])
    assert new is not None
    assert (new.venue, new.kind, new.starts_on) == (old.venue, old.kind, dt.date(2021, 4, 2))
    assert new.counts.registered == 0


def test_the_card_is_what_a_person_opens_with(person: PersonPage) -> None:
    assert person.tab == "card"
    words = [label.text() for label in person.card.findChildren(QLabel)]
    assert any("+386" in text for text in words)


def test_a_consent_is_recorded_and_withdrawn_on_the_card(person: PersonPage) -> None:
    person.show_tab("consents")
    panel = person.consents
    panel.purpose.setCurrentIndex(panel.purpose.findData("mailing"))
    panel.record(True)
    rows = panel.consents.rows.listing.rows
    assert [row[:2] for row in rows] == [("mailing", "given")]
    panel.consents.select([panel.consents.shown_keys()[0]])
    panel.withdraw()
    assert panel.consents.rows.listing.rows[0][1] == "withdrawn"


def test_a_consent_for_one_event_is_withdrawn_on_the_day_of_the_letter(
    person: PersonPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = person.consents
    panel.purpose.setCurrentIndex(panel.purpose.findData("mailing"))
    panel.for_event.setCurrentIndex(1)
    title = panel.for_event.currentText()
    panel.day.setText("1. 2. 2020")
    panel.record(True)

    def shown() -> dict[str, Any]:
        listing = panel.consents.rows.listing
        return {info.key: listing.rows[0][listing.column(info.key)] for info in listing.fields}

    assert (shown()["event"], shown()["given_on"]) == (title, dt.date(2020, 2, 1))
    panel.consents.select([panel.consents.shown_keys()[0]])
    scan = tmp_path / "preklic.pdf"
    scan.write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: [scan])
    panel.attach()
    panel.consents.select([panel.consents.shown_keys()[0]])
    panel.day.setText("ni dan")
    panel.withdraw()
    assert shown()["state"] == "given"
    panel.day.setText("3. 2. 2020")
    panel.withdraw()
    assert (shown()["state"], shown()["withdrawn_on"], shown()["scan"]) == ("withdrawn", dt.date(2020, 2, 3), True)


def test_a_guardian_is_added_opened_and_removed(person: PersonPage, real_window: MainWindow) -> None:
    panel = person.consents
    panel.name.setText("Maja Šuštar")
    panel.add_guardian()
    (key,) = panel.guardians.shown_keys()
    panel.guardians.edit_requested.emit(key, "relation", "guardian")
    assert panel.guardians.rows.listing.rows[0][1] == "guardian"
    panel.guardians.select([key])
    panel.remove_guardians()
    assert panel.guardians.shown_keys() == []
    person.db.undo()
    real_window.go("person", person._key)
    panel.guardians.opened.emit(panel.guardians.shown_keys()[0])
    assert "Maja Šuštar" in person._title.text()


def test_a_registration_is_corrected_on_the_card(person: PersonPage) -> None:
    key = person._events.shown_keys()[0]
    person._events.edit_requested.emit(key, "remarks", "Pride z vlakom.")
    listing = person._events.rows.listing
    assert listing.rows[list(listing.keys).index(key)][listing.column("remarks")] == "Pride z vlakom."


def test_an_organisation_has_its_page(real_window: MainWindow) -> None:
    listing = real_window.db.read(organisations.organisations)
    names = listing.column("name_sl")
    key = next(k for k, row in zip(listing.keys, listing.rows, strict=True) if row[names] == "Mladinski center Krško")
    real_window.go("organisations")
    real_window.page.opened(key)  # type: ignore[attr-defined]  # the page of organisations
    page = real_window.page
    assert isinstance(page, OrganisationPage)
    assert page._title.text() == "Youth Centre Krško"
    assert page.people.shown_keys()
    page.people.opened.emit(page.people.shown_keys()[0])
    assert isinstance(real_window.page, PersonPage)


def test_the_plan_is_edited_in_the_cell(real_window: MainWindow) -> None:
    real_window.go("events")
    page: Any = real_window.page
    fields = {field.key: field for field in page.table.rows.listing.fields}
    assert all(fields[key].editable for key in ("when", "project", "responsible", "town", "deadline"))
    key = page.table.shown_keys()[0]
    project = next(iter(page.complete("project", "a")))
    staff = next(iter(page.complete("staff", "a")))
    page._on_edit(key, "project", project)
    page._on_edit(key, "responsible", staff.title)
    page._on_change_many([key], "when", "4. 5. 2020")
    listing = page.table.rows.listing
    row = listing.rows[list(listing.keys).index(key)]
    shown = {field.key: value for field, value in zip(listing.fields, row, strict=True)}
    assert (shown["project"], shown["responsible"]) == (project.title, staff.title)
    assert shown["when"][0].isoformat() == "2020-05-04"


def test_the_card_leads_to_what_is_corrected(person: PersonPage) -> None:
    keys = [one.registration_id for one in person.db.read(
        person_events.next_events, person._key, now=dt.datetime(2000, 1, 1)
    )]  # fmt: skip
    person.correct(keys[-1])
    assert person.tab == "events"
    assert person._events.current_key() == keys[-1]
    shown = {info.key: info for info in person._events.rows.listing.fields}
    assert all(shown[key].editable for key in ("diet", "arrival", "departure", "emergency_name", "emergency_phone"))


def test_what_somebody_was_written_is_read_on_their_page(real_window: MainWindow) -> None:
    def written(session: Session) -> tuple[str, str]:
        found = session.scalars(select(LetterRecipient).where(LetterRecipient.person_id.is_not(None))).first()
        assert found is not None
        assert found.person_id is not None
        return found.person_id, found.subject

    key, subject = real_window.db.read(written)
    real_window.go("person", key, "letters")
    page = real_window.page
    assert isinstance(page, PersonPage)
    letters = page.letters
    assert letters.table.shown_keys()
    letters.table.select(letters.table.shown_keys()[:1])
    assert letters.body.toPlainText().startswith(subject)


def test_how_somebody_is_reached_is_corrected_on_the_card(person: PersonPage) -> None:
    person.card.lines["phone"].click()
    popup: Any = person.card.findChild(ContactPopup)
    popup.editors["phone"].setText("041 234 567")
    popup.give()
    words = [label.text() for label in person.card.findChildren(QLabel)]
    assert any("41 234 567" in text for text in words)
    person.card.lines["email"].click()
    popup = person.card.findChildren(ContactPopup)[-1]
    popup.editors["email"].setText("ni naslov")
    popup.give()
    assert popup.wrong.text()
    popup.editors["email"].setText("nova@example.org")
    popup.give()
    assert any(label.text() == "nova@example.org" for label in person.card.findChildren(QLabel))
    person.db.undo()
    card = person.db.read(person_card.person_card, person._key)
    assert card is not None
    assert card.values["email"] != "nova@example.org"


def test_more_events_than_the_card_holds_lead_to_the_tab(person: PersonPage) -> None:
    now = dt.datetime(2000, 1, 1)
    (one, *_) = person.db.read(person_events.next_events, person._key, now=now)
    card = person.db.read(person_card.person_card, person._key)
    assert card is not None
    person.card.show_card(card, [one] * (MOST_EVENTS + 3), None, Listing((), [], []))
    more = next(b for b in person.card.findChildren(QPushButton) if "3" in b.text())
    more.click()
    assert person.tab == "events"
