"""A cancellation frees the seat in the same change; its undo gives back only what is still free."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.i18n import language
from mama_desktop.services import deciding
from mama_desktop.services.taking_back import follow_the_rules
from mama_desktop.services.transport import seats, trips
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration, make_trip


def two_people_and_one_seat(db: Database) -> tuple[str, str, str]:
    def work(session: Session) -> tuple[str, str, str]:
        event = make_event(session)
        ana, bor = (make_registration(session, event, make_person(session, given_name=n)) for n in ("Ana", "Bor"))
        trip = make_trip(session, event, "Celje", "Koper", seats=1, name="Celje – Koper", leader_name="Maja Zupan")
        seats.seat(session, [ana.id], trip.id)
        return ana.id, bor.id, trip.id

    return db.write(work, label=T("test"))


def seated(db: Database) -> list[str]:
    return db.read(lambda session: list(session.scalars(select(Seat.registration_id))))


def test_a_cancellation_frees_the_seat_and_says_whom_to_tell(db: Database) -> None:
    ana, _bor, _trip = two_people_and_one_seat(db)
    decided = db.write(deciding.decide, [ana], "cancelled", now=db.clock.now(), label=T("cancel"))
    assert seated(db) == []
    (released,) = decided.released
    assert language("sl").say(released.words) == "Ana Novak: sedež »Celje – Koper«"
    assert released.to_tell == ("Maja Zupan",)
    db.undo()
    assert seated(db) == [ana]


def test_an_undo_does_not_give_one_seat_to_two(db: Database) -> None:
    follow_the_rules(db)
    ana, bor, trip = two_people_and_one_seat(db)
    db.write(deciding.decide, [ana], "cancelled", now=db.clock.now(), label=T("cancel"))
    cancelled = db.read(lambda session: _last_number(session))
    db.write(seats.seat, [bor], trip, label=T("seat"))
    db.undo(cancelled)
    assert seated(db) == [bor]


def test_a_trip_deleted_with_more_people_than_seats_comes_back_with_all_of_them(db: Database) -> None:
    follow_the_rules(db)

    def begin(session: Session) -> str:
        event = make_event(session)
        trip = make_trip(session, event, "Celje", "Koper", seats=3)
        people = [
            make_registration(session, event, make_person(session, given_name=n)).id for n in ("Ana", "Bor", "Eva")
        ]
        seats.seat(session, people, trip.id)
        return trip.id

    trip = db.write(begin, label=T("test"))
    db.write(lambda session: setattr(session.get_one(Trip, trip), "seats", 1), label=T("A smaller vehicle"))
    there = seated(db)
    db.write(trips.delete_trip, trip, label=T("delete"))
    assert seated(db) == []
    assert db.undo().notices == ()
    assert sorted(seated(db)) == sorted(there)
    db.redo()
    assert seated(db) == []


def _last_number(session: Session) -> int:
    from sqlalchemy import func

    from mama_desktop.store.journal import Change

    return int(session.scalar(select(func.max(Change.number))) or 0)


def _over_full(session: Session) -> tuple[str, list[str]]:
    event = make_event(session)
    trip = make_trip(session, event, "Celje", "Koper", seats=3, wheelchair_places=1, name="Celje – Koper")
    people = [make_registration(session, event, make_person(session, given_name=n)).id for n in ("Ana", "Bor", "Cene")]
    for person in people:
        seats.seat(session, [person], trip.id)
    # A smaller vehicle throws nobody out.
    trip.seats = 2
    session.flush()
    return trip.id, people


@pytest.mark.parametrize("with_rules", [True, False])
def test_a_trip_called_off_with_more_people_than_seats_comes_back_with_all_of_them(
    db: Database, with_rules: bool
) -> None:
    if with_rules:
        follow_the_rules(db)
    trip, people = db.write(_over_full, label=T("test"))
    status = select(Trip.status).where(Trip.id == trip)
    db.write(trips.call_off, trip, label=T("call off"))
    for _ in range(2):
        assert db.undo().notices == ()
        assert sorted(seated(db)) == sorted(people)
        assert db.read(lambda session: session.scalar(status)) == "planned"
        db.redo()
        assert seated(db) == []
        assert db.read(lambda session: session.scalar(status)) == "cancelled"


def test_after_something_later_only_who_still_finds_a_seat_comes_back(db: Database) -> None:
    follow_the_rules(db)
    trip, _people = db.write(_over_full, label=T("test"))
    db.write(trips.call_off, trip, label=T("call off"))
    called_off = db.read(_last_number)
    db.write(lambda session: make_person(session, given_name="Dana").id, label=T("later"))
    assert db.undo(called_off).notices != ()
    assert len(seated(db)) == 2
