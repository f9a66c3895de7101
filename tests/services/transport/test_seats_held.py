"""A cancellation frees the seat in the same change; its undo gives back only what is still free."""

from __future__ import annotations

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
