"""Seats are hard in the database itself, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.store import seat_triggers
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration

MORNING = dt.datetime(2020, 4, 2, 8, 0)


def two_people(db: Database, *trips: Trip) -> tuple[str, str, list[str]]:
    def work(session: Session) -> tuple[str, str, list[str]]:
        event = make_event(session)
        ids = [make_registration(session, event, make_person(session, given_name=name)).id for name in ("Ana", "Bor")]
        for trip in trips:
            trip.event_id = event.id
            session.add(trip)
        session.flush()
        return ids[0], ids[1], [trip.id for trip in trips]

    return db.write(work, label=T("test"))


def seat(db: Database, trip: str, registration: str, *, wheelchair: bool = False) -> None:
    db.write(
        lambda session: session.add(Seat(trip_id=trip, registration_id=registration, wheelchair=wheelchair)),
        label=T("test"),
    )


def a_trip(hour: int = 0, *, seats: int = 1, places: int = 0) -> Trip:
    leaves = MORNING + dt.timedelta(hours=hour)
    return Trip(seats=seats, wheelchair_places=places, leaves_at=leaves, arrives_at=leaves + dt.timedelta(hours=2))


def test_a_full_vehicle_refuses(db: Database) -> None:
    ana, bor, (trip,) = two_people(db, a_trip())
    seat(db, trip, ana)
    with pytest.raises(OfficeError, match="full"):
        seat(db, trip, bor)


def test_a_wheelchair_needs_its_place(db: Database) -> None:
    ana, bor, (trip,) = two_people(db, a_trip(seats=5, places=1))
    seat(db, trip, ana, wheelchair=True)
    with pytest.raises(OfficeError, match="wheelchair"):
        seat(db, trip, bor, wheelchair=True)
    seat(db, trip, bor)


def test_nobody_is_in_two_vehicles_at_the_same_time(db: Database) -> None:
    ana, _bor, (first, overlaps, later) = two_people(db, a_trip(), a_trip(1), a_trip(2))
    seat(db, first, ana)
    with pytest.raises(OfficeError, match="two vehicles"):
        seat(db, overlaps, ana)
    # Who gets off at ten may get on at ten.
    seat(db, later, ana)


def test_the_triggers_are_known_and_put_back(db: Database) -> None:
    from mama_desktop.store.engine import WRITES

    with db.engine.execution_options(**{WRITES: True}).begin() as connection:
        assert seat_triggers.are_in_place(connection)
        seat_triggers.remove(connection)
        assert not seat_triggers.are_in_place(connection)
        seat_triggers.install(connection)
        assert seat_triggers.are_in_place(connection)
