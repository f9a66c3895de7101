"""The card for the phone: what comes next and is missing, where somebody belonged before, the visits of the office."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.letters import Letter, LetterRecipient
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import affiliations, consents, editing, organisation_card, person_events, questions
from mama_desktop.services.person_events import CARD_LINES, Line
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)


@pytest.fixture
def known(db: Database) -> dict[str, str]:
    def make(session: Session) -> dict[str, str]:
        person = factories.make_person(session, "Žan", "Novak")
        person.birth_date = dt.date(2005, 5, 1)
        made = {"person": person.id}
        for name, first, last, precision, status in (
            ("past", dt.date(2020, 2, 1), None, "day", "accepted"),
            ("now", dt.date(2020, 2, 28), dt.date(2020, 3, 2), "day", "confirmed"),
            ("later", dt.date(2020, 4, 2), None, "time", "accepted"),
            ("month", dt.date(2020, 3, 1), None, "month", "invited"),
            ("open", None, None, "day", "applied"),
            ("called off", dt.date(2020, 5, 1), None, "day", "accepted"),
        ):
            event = factories.make_event(session, title_sl=name, starts_on=first, ends_on=last, precision=precision)
            event.status = "cancelled" if name == "called off" else "confirmed"
            made[name] = event.id
            made[f"r-{name}"] = factories.make_registration(session, event, person, status=status).id
        return made

    return db.write(make, label=T("Test"))


def coming(db: Database, known: dict[str, str]) -> list[person_events.NextEvent]:
    return db.read(person_events.next_events, known["person"], now=NOW)


def test_what_is_still_to_come_stands_in_its_order(db: Database, known: dict[str, str]) -> None:
    assert [one.title for one in coming(db, known)] == ["now", "month", "later", "open"]


def test_what_is_missing_is_said(db: Database, known: dict[str, str]) -> None:
    missing = {one.title: [w.message for w in one.missing] for one in coming(db, known)}
    assert missing["now"] == ["consent of parents missing"]
    assert missing["later"] == ["not confirmed yet", "consent of parents missing"]
    assert missing["month"] == ["no answer to the invitation", "consent of parents missing"]
    db.write(consents.record, [known["person"]], "participation", True, now=NOW, given_by_name="Maja", label=T("Test"))
    assert [one.missing for one in coming(db, known) if one.title == "now"] == [()]


def test_later_capabilities_join_the_card(db: Database, known: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_session: Session, keys: object, _language: str) -> dict[str, list[Line]]:
        assert known["r-later"] in keys  # type: ignore[operator]  # a sequence of keys
        return {known["r-later"]: [Line(T("Stop"), (T("Tivoli"),))]}

    monkeypatch.setattr(person_events, "CARD_LINES", [*CARD_LINES, stop])
    said = {one.title: [line.label for line in one.lines] for one in coming(db, known)}
    assert T("Stop") in said["later"]
    assert T("Stop") not in said["now"]


def test_stay_diet_and_next_session_are_said(db: Database, known: dict[str, str]) -> None:
    def more(session: Session) -> None:
        registration = session.get_one(Registration, known["r-later"])
        registration.arrival, registration.diet = dt.date(2020, 4, 1), ["vegetarian"]
        part = factories.make_session(session, session.get_one(Event, known["later"]))
        part.day, part.starts_at, part.title_sl = dt.date(2020, 4, 2), dt.time(10), "Klub"

    db.write(more, label=T("Test"))
    (later,) = [one for one in coming(db, known) if one.title == "later"]
    said = {str(line.label): [str(v) for v in line.values] for line in later.lines}
    assert said == {
        "Next session": ["Klub", "2020-04-02 at 10:00:00"], "Arrival": ["2020-04-01"], "Diet": ["vegetarian"],
    }  # fmt: skip


def test_the_next_session_is_one_they_will_be_at(db: Database, known: dict[str, str]) -> None:
    def more(session: Session) -> None:
        event = session.get_one(Event, known["now"])
        for day, begins, ends in (
            (dt.date(2020, 3, 1), dt.time(22), dt.time(1)), (dt.date(2020, 3, 2), dt.time(8), dt.time(9)),
            (dt.date(2020, 3, 2), dt.time(10), dt.time(12)), (dt.date(2020, 3, 3), dt.time(10), None),
        ):  # fmt: skip
            part = factories.make_session(session, event)
            part.day, part.starts_at, part.ends_at, part.title_sl = day, begins, ends, ""

    db.write(more, label=T("Test"))

    def said(now: dt.datetime) -> list[str]:
        found = db.read(person_events.next_events, known["person"], now=now)
        (one,) = [one for one in found if one.title == "now"]
        return [str(v) for line in one.lines if str(line.label) == "Next session" for v in line.values]

    def stay(arrival: dt.date | None, departure: dt.date | None) -> None:
        def change_stay(session: Session) -> None:
            registration = session.get_one(Registration, known["r-now"])
            registration.arrival, registration.departure = arrival, departure

        db.write(change_stay, label=T("Test"))

    assert said(dt.datetime(2020, 3, 2, 0, 30)) == ["2020-03-01 at 22:00:00"]
    assert said(NOW) == ["2020-03-02 at 10:00:00"]
    stay(dt.date(2020, 3, 3), None)
    assert said(NOW) == ["2020-03-03 at 10:00:00"]
    stay(None, dt.date(2020, 3, 1))
    assert said(NOW) == []


def test_owed_answers_are_named_and_no_is_an_answer(db: Database, known: dict[str, str]) -> None:
    wanted: list[dict[str, Any]] = [
        {"kind": "bool", "label_sl": "Ali znaš plavati?", "label_en": "Can you swim?"},
        {"kind": "field", "field_key": "emergency_phone", "accepted_only": True},
        {"kind": "text", "label_sl": "Majica"},
    ]
    for values in wanted:
        db.write(questions.save, known["later"], **values, required=True, label=T("Test"))

    def owed() -> list[str]:
        found = db.read(person_events.next_events, known["person"], now=NOW, language="en")
        (one,) = [one for one in found if one.title == "later"]
        return [str(w) for w in one.missing if w.message.startswith("no answer")]

    said = owed()
    assert len(said) == 3
    assert said[0] == "no answer: Can you swim?"
    (swim, *_) = db.read(questions.of_event, known["later"])

    def answer(session: Session) -> None:
        registration = session.get_one(Registration, known["r-later"])
        registration.answers, registration.emergency_phone = {swim.id: False}, "041 111 222"

    db.write(answer, label=T("Test"))
    assert owed() == ["no answer: Majica"]


def test_all_registrations_are_listed_and_lead_to_their_events(db: Database, known: dict[str, str]) -> None:
    found = db.read(person_events.registrations_of, known["person"])
    assert len(found.keys) == 6
    assert {db.read(person_events.event_of, key) for key in found.keys} >= {known["past"], known["called off"]}


def test_the_last_letter_is_known(db: Database, known: dict[str, str]) -> None:
    assert db.read(person_events.last_letter, known["person"]) is None

    def write(session: Session) -> None:
        for day, channel in ((1, "eml"), (2, "pdf"), (3, "labels")):
            letter = Letter(kind="reminder", channel=channel, made_at=dt.datetime(2020, 3, day))
            session.add(letter)
            session.flush()
            session.add(LetterRecipient(letter_id=letter.id, person_id=known["person"], subject=f"no. {day}"))

    db.write(write, label=T("Test"))
    last = db.read(person_events.last_letter, known["person"])
    assert last is not None
    assert (last[0].day, last[2]) == (2, "no. 2")


def change(db: Database, person: str, field: str, value: object, day: int = 2) -> None:
    now = dt.datetime(2020, 3, day, 9)
    db.write(editing.change, "person", [person], field, value, now=now, label=T("Test"))


def former(db: Database, person: str) -> list[tuple[object, ...]]:
    return [tuple(row[:5]) for row in db.read(affiliations.affiliations, person).rows]


def test_a_change_of_organisation_keeps_where_somebody_was(db: Database, known: dict[str, str]) -> None:
    person = known["person"]
    change(db, person, "organisation", "MC Krško")
    change(db, person, "function", "mladinski delavec")
    change(db, person, "email", "zan@krsko.example.org")
    assert former(db, person) == [], "nothing stood there before"
    change(db, person, "organisation", "MC Brežice", 3)
    change(db, person, "function", "vodja", 3)
    change(db, person, "email", "zan@brezice.example.org", 3)
    first = ("MC Krško", "mladinski delavec", None, dt.date(2020, 3, 3), "zan@krsko.example.org")
    assert former(db, person) == [first], "one line for the changes of one day"
    change(db, person, "phone", "041 222 333", 9)
    change(db, person, "function", "vodja", 9)
    assert former(db, person) == [first], "what was empty, and what stays, leaves nothing"
    change(db, person, "organisation", "", 9)
    latest = ("MC Brežice", "vodja", dt.date(2020, 3, 3), dt.date(2020, 3, 9), "zan@brezice.example.org")
    assert former(db, person) == [latest, first]
    db.undo()
    assert former(db, person) == [first]


def test_a_typing_error_leaves_no_former_line(db: Database, known: dict[str, str]) -> None:
    person = known["person"]
    change(db, person, "organisation", "MC Krsko")
    change(db, person, "email", "gal@exmaple.com")
    change(db, person, "phone", "041 222 333")
    for field, value in (
        ("email", "gal@example.com"), ("phone", "041 222 334"), ("phone", "+386 41 222 334"),
        ("organisation", "MC Krško"),
    ):  # fmt: skip
        change(db, person, field, value, 3)
    assert former(db, person) == []
    change(db, person, "email", "gal@domena.example.org", 4)
    assert len(former(db, person)) == 1, "another address of the same person"


def test_what_was_written_today_may_be_mended_today(db: Database, known: dict[str, str]) -> None:
    person, now = known["person"], db.clock.now()
    for value in ("gal@krsko.example.org", "zala@brezice.example.com"):
        db.write(editing.change, "person", [person], "email", value, now=now, label=T("Test"))
    assert former(db, person) == []
    later = now + dt.timedelta(days=1)
    db.write(editing.change, "person", [person], "email", "peter@sevnica.example.net", now=later, label=T("Test"))
    assert [row[4] for row in former(db, person)] == ["zala@brezice.example.com"]


def test_former_lines_are_mended_by_hand(db: Database, known: dict[str, str]) -> None:
    key = db.write(affiliations.add_affiliation, known["person"], label=T("Test"))
    for field, value in (("organisation", "ŠKUC"), ("since", dt.date(2015, 1, 1)), ("until", dt.date(2018, 1, 1))):
        db.write(editing.change, "affiliation", [key], field, value, now=NOW, label=T("Test"))
    assert former(db, known["person"])[0][:1] == ("ŠKUC",)
    with pytest.raises(OfficeError, match="before the beginning"):
        db.write(editing.change, "affiliation", [key], "since", dt.date(2019, 1, 1), now=NOW, label=T("Test"))
    db.write(affiliations.delete_affiliations, [key], label=T("Test"))
    assert former(db, known["person"]) == []


def test_an_organisation_shows_its_people_events_and_visits(db: Database, known: dict[str, str]) -> None:
    def make(session: Session) -> str:
        organisation = factories.make_organisation(session)
        organisation.is_member = True
        session.get_one(Person, known["person"]).organisation_id = organisation.id
        for name in ("r-past", "r-later"):
            session.get_one(Registration, known[name]).organisation_id = organisation.id
        for day, kind, status in (
            (1, "liaison-visit", "finished"),
            (9, "field-visit", "planned"),
            (5, "training", "finished"),
        ):
            event = factories.make_event(session, starts_on=dt.date(2020, 1, day))
            event.kind, event.status, event.organisation_id = kind, status, organisation.id
        return organisation.id

    key = db.write(make, label=T("Test"))
    card = db.read(organisation_card.organisation_card, key)
    assert card is not None
    assert card.values["last_visit"] == dt.date(2020, 1, 1)
    assert [m.field for m in card.missing if m.field == "liaison_id"] == ["liaison_id"]
    assert list(db.read(organisation_card.people_of, key).keys) == [known["person"]]
    their = db.read(organisation_card.events_of, key)
    assert [row[their.column("theirs")] for row in their.rows] == [1, 1]
    assert list(their.keys) == [known["later"], known["past"]]
    visits = db.read(organisation_card.visits_to, key)
    assert [row[visits.column("kind")] for row in visits.rows] == ["field-visit", "liaison-visit"]
    assert db.read(organisation_card.organisation_card, "0" * 32) is None
