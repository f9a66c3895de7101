"""Creating, finding, copying and deleting events."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import events, overview, people, registrations
from mama_desktop.store.database import Database
from tests import factories

DAY = dt.date(2020, 4, 2)
NOW = dt.datetime(2020, 3, 2, 9, 0)
DONE = T("Test")


def test_a_title_and_a_month_are_enough(db: Database) -> None:
    key = db.write(events.add_event, "Klub MaMa", starts_on=dt.date(2020, 5, 17), precision="month", label=DONE)
    head = db.read(events.event_head, key)
    assert head is not None
    assert (head.code, head.starts_on, head.precision, head.ends_on) == (
        "2020-05-klub",
        dt.date(2020, 5, 1),
        "month",
        None,
    )


def test_codes_stay_unique_and_find_their_event(db: Database) -> None:
    first = db.write(events.add_event, "Klub MaMa", starts_on=DAY, label=DONE)
    second = db.write(events.add_event, "Klub MaMa", starts_on=DAY, label=DONE)
    assert db.read(events.event_by_code, "2020-04-klub") == first
    assert db.read(events.event_by_code, "2020-04-KLUB-2") == second
    with pytest.raises(OfficeError) as refused:
        db.read(events.event_by_code, "klub")
    assert "2020-04-klub" in str(refused.value.todo)


def test_an_event_without_title_or_with_reversed_dates_is_refused(db: Database) -> None:
    with pytest.raises(OfficeError):
        db.write(events.add_event, "  ", label=DONE)
    with pytest.raises(OfficeError):
        db.write(events.add_event, "Klub", starts_on=DAY, ends_on=dt.date(2020, 4, 1), label=DONE)


def test_a_copy_keeps_what_is_the_event_and_leaves_its_people(db: Database) -> None:
    key = db.write(
        events.add_event, "Lokalni dogodek", starts_on=DAY, ends_on=dt.date(2020, 4, 3), capacity=20, town="Koper",
        kind="local-event", label=DONE,
    )  # fmt: skip
    person = db.write(people.add_person, family_name="Novak", given_name="Ana", label=DONE)
    db.write(registrations.register, key, person, now=NOW, label=DONE)
    copied = db.write(events.copy_event, key, starts_on=dt.date(2020, 6, 1), label=DONE)
    head = db.read(events.event_head, copied)
    assert head is not None
    assert (head.ends_on, head.capacity, head.town, head.kind) == (dt.date(2020, 6, 2), 20, "Koper", "local-event")
    assert head.counts.registered == 0


def test_deleting_says_what_it_touches_and_is_undone_as_one(db: Database) -> None:
    def fill(session: Session) -> str:
        event = factories.make_event(session)
        person = factories.make_person(session)
        factories.make_registration(session, event=event, person=person, status="accepted")
        return event.id

    key = db.write(fill, label=DONE)
    assert "1 registration" in [str(said.params["what"]) for said in db.read(events.touched_by_deleting, [key])]
    db.write(events.delete_events, [key], label=DONE)
    assert db.read(events.event_head, key) is None
    db.undo()
    head = db.read(events.event_head, key)
    assert head is not None
    assert head.counts.accepted == 1


def test_the_overview_counts_people_in_three_ways(db: Database) -> None:
    key = db.write(events.add_event, "Klub MaMa", starts_on=DAY, label=DONE)
    for name, status in (("A", "accepted"), ("B", "confirmed"), ("C", "waiting"), ("D", "invited")):
        person = db.write(people.add_person, family_name=name, given_name="", label=DONE)
        db.write(registrations.register, key, person, now=NOW, status=status, label=DONE)
    (row,) = db.read(overview.events_overview)
    assert row.as_json() == {
        "code": "2020-04-klub", "title": "Klub MaMa", "start": "2020-04-02", "end": "2020-04-02",
        "registered": 3, "accepted": 2, "present": None,
    }  # fmt: skip
