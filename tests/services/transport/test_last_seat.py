"""Two processes and one last seat: whoever comes second is refused, on a file and on a server."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat
from mama_desktop.services.transport import seats
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration, make_trip
from tests.store.processes import child, said

# Between counting and writing each waits long enough for the other to count as well, if nothing kept it out.
_SEATED = """
    import time
    from mama_desktop.services.transport import seats
    checked = seats._check_seats
    def slowly(*args):
        checked(*args)
        time.sleep(1)
    seats._check_seats = slowly
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        db.write(seats.seat, sys.argv[3:], sys.argv[2], label=T("Seat"))
        print("in")
    except seats.VehicleFull as error:
        print("full", error.free, error.wanted)
    db.close()
"""
# The same rows written past every use case: only the database itself can refuse the one too many.
_WRITTEN = """
    import time
    from sqlalchemy.exc import DBAPIError
    from mama_desktop.domain.trips import Seat
    db = open_workspace(sys.argv[1], actor=actor, window=False)
    def put(session):
        session.add(Seat(trip_id=sys.argv[2], registration_id=sys.argv[3]))
        session.flush()
        time.sleep(1)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        db.write(put, label=T("Seat"))
        print("in")
    except (OfficeError, DBAPIError):
        print("refused")
    db.close()
"""


def both(db: Database, what: str, trip: str, keys: list[list[str]]) -> list[str]:
    """What each of two processes said that begin at the same moment."""
    two = [child(what, db.location, trip, *some) for some in keys]
    for process in two:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in two:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return sorted(said(process) for process in two)


def taken(db: Database) -> int:
    return db.read(lambda session: session.scalar(select(func.count()).select_from(Seat))) or 0


@pytest.fixture
def last_seat(db: Database) -> tuple[str, list[str]]:
    """A trip with two seats of which one is taken, and three people who want the other."""

    def begin(session: Session) -> tuple[str, list[str]]:
        event = make_event(session)
        first, *others = (
            make_registration(session, event, make_person(session, given_name=name)).id
            for name in ("Ana", "Bor", "Cene", "Dora")
        )
        trip = make_trip(session, event, "Celje", "Koper", seats=2, name="Celje – Koper")
        seats.seat(session, [first], trip.id)
        return trip.id, others

    return db.write(begin, label=T("Begin"))


def test_two_processes_take_the_last_seat(db: Database, last_seat: tuple[str, list[str]]) -> None:
    trip, people = last_seat
    assert both(db, _SEATED, trip, [[people[0]], [people[1]]]) == ["full 0 1", "in"]
    assert taken(db) == 2


def test_a_party_too_large_gets_no_seat_and_leaves_the_last_one(db: Database, last_seat: tuple[str, list[str]]) -> None:
    trip, people = last_seat
    one, party = sorted(both(db, _SEATED, trip, [[people[0]], people[1:]]), reverse=True)
    assert (one, party.split()[0]) == ("in", "full")
    assert taken(db) == 2


def test_the_database_itself_refuses_the_seat_too_many(db: Database, last_seat: tuple[str, list[str]]) -> None:
    trip, people = last_seat
    assert both(db, _WRITTEN, trip, [[people[0]], [people[1]]]) == ["in", "refused"]
    assert taken(db) == 2


def test_a_seat_given_away_is_not_over_full_after_an_undo(db: Database, last_seat: tuple[str, list[str]]) -> None:
    trip, people = last_seat
    db.write(seats.seat, [people[0]], trip, label=T("Bor gets in"))
    db.write(seats.unseat, [people[0]], label=T("Bor gets out"))
    db.write(seats.seat, [people[1]], trip, label=T("Cene gets in"))
    db.undo()
    db.undo()
    assert taken(db) == 2
    db.redo()
    db.redo()
    assert taken(db) == 2
    with pytest.raises(seats.VehicleFull):
        db.write(seats.seat, [people[0]], trip, label=T("Bor once more"))
