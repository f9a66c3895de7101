"""Trips, their stops and times, seats, and the way back; on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services.transport import roads, seats, stops, trips
from tests.factories import make_event, make_leg, make_person, make_registration, make_vehicle

NINE = dt.time(9)


def a_trip(session: Session, *places: str, seats_in_it: int = 8, wheelchair_places: int = 0) -> str:
    event = make_event(session, town="Koper", country="SI")
    vehicle = make_vehicle(session, seats=seats_in_it, wheelchair_places=wheelchair_places)
    return trips.add_trip(session, event.id, at=NINE, vehicle_id=vehicle.id, places=places)


def event_of(session: Session, trip: str) -> Event:
    return session.get_one(Event, session.get_one(Trip, trip).event_id)


def people(session: Session, trip: str, count: int) -> list[str]:
    event = event_of(session, trip)
    names = ("Ana", "Bor", "Cvetka", "Črt", "Dana", "Erik", "Fani", "Gal", "Hana")
    return [make_registration(session, event, make_person(session, given_name=name)).id for name in names[:count]]


def test_times_follow_from_the_distances_back_from_the_arrival(session: Session) -> None:
    trip = trips.trip_of(session, a_trip(session, "Maribor", "Celje", "Ljubljana"))
    assert [stop.place for stop in trip.stops] == ["Maribor", "Celje", "Ljubljana", "Koper"]
    assert trip.arrives_at == dt.datetime(2020, 4, 2, 9)
    times = [stop.at for stop in trip.stops if stop.at]
    assert times == sorted(times)
    assert len(times) == 4
    assert trip.leaves_at == times[0]
    for before, after in zip(trip.stops, trip.stops[1:], strict=False):
        assert before.leaves
        assert after.at == before.leaves + dt.timedelta(minutes=after.drive_minutes or 0)
    assert 230 < trip.km < 300


def test_a_time_set_by_hand_stays_and_the_later_ones_follow(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    celje = trips.trip_of(session, key).stops[1]
    stops.set_time(session, celje.id, dt.datetime(2020, 4, 2, 6))
    later = trips.trip_of(session, key)
    assert later.stops[1].at == dt.datetime(2020, 4, 2, 6)
    # The arrival was set by hand as well.
    assert later.stops[2].at == dt.datetime(2020, 4, 2, 9)
    stops.set_time(session, later.stops[2].id, None)
    follows = trips.trip_of(session, key).stops[2]
    assert follows.at == dt.datetime(2020, 4, 2, 6) + dt.timedelta(minutes=5 + (follows.drive_minutes or 0))


def test_typed_kilometres_win_and_are_forgotten_again(session: Session) -> None:
    key = a_trip(session, "Ljubljana")
    estimated = trips.trip_of(session, key).km
    one, other = (stop.where for stop in trips.trip_of(session, key).stops)
    roads.remember(session, other, one, 107.0, 75)
    assert trips.trip_of(session, key).km == 107.0
    roads.remember(session, one, other, None)
    assert trips.trip_of(session, key).km == estimated


def test_a_new_stop_lengthens_the_drive_least(session: Session) -> None:
    key = a_trip(session, "Maribor", "Ljubljana")
    stops.add_stop(session, key, "Celje")
    assert [stop.place for stop in trips.trip_of(session, key).stops] == ["Maribor", "Celje", "Ljubljana", "Koper"]


def test_stops_are_moved_and_taken_away(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    (ana,) = people(session, key, 1)
    maribor, celje, _ = trips.trip_of(session, key).stops
    seats.seat(session, [ana], key, stop_id=celje.id)
    stops.move_stop(session, celje.id, 1)
    assert [stop.place for stop in trips.trip_of(session, key).stops] == ["Celje", "Maribor", "Koper"]
    assert stops.remove_stop(session, celje.id) == 1
    assert session.scalars(select(Seat.stop_id)).all() == [None]
    assert [(s.position, s.place) for s in trips.trip_of(session, key).stops] == [(1, maribor.place), (2, "Koper")]


def test_a_full_vehicle_refuses_all_or_nobody(session: Session) -> None:
    key = a_trip(session, "Celje", seats_in_it=2)
    ana, bor, cvetka = people(session, key, 3)
    with pytest.raises(seats.VehicleFull) as refused:
        seats.seat(session, [ana, bor, cvetka], key)
    assert (refused.value.free, refused.value.wanted) == (2, 3)
    assert trips.trip_of(session, key).taken == 0
    assert seats.seat(session, [ana, bor], key).seated == 2
    assert trips.trip_of(session, key).free == 0


def test_moving_somebody_frees_the_seat_they_had(session: Session) -> None:
    first = a_trip(session, "Celje", seats_in_it=1)
    event_id = session.get_one(Trip, first).event_id
    second = trips.add_trip(session, event_id, places=("Celje",), vehicle_id=make_vehicle(session, seats=1).id)
    ana, bor = people(session, first, 2)
    seats.seat(session, [ana], first)
    assert seats.seat(session, [ana], second).left == (first,)
    seats.seat(session, [bor], first)
    assert seats.unseat(session, [ana, bor]) == 2


def test_a_smaller_vehicle_shows_who_is_over_and_lets_nobody_more_in(session: Session) -> None:
    key = a_trip(session, "Celje", seats_in_it=3)
    ana, bor, cvetka, crt = people(session, key, 4)
    for one in (ana, bor, cvetka):
        seats.seat(session, [one], key)
    assert trips.choose_vehicle(session, key, make_vehicle(session, seats=2).id) == [cvetka]
    assert trips.trip_of(session, key).over == 1
    with pytest.raises(seats.VehicleFull):
        seats.seat(session, [crt], key)


def test_a_wheelchair_needs_its_own_place(session: Session) -> None:
    key = a_trip(session, "Celje", wheelchair_places=0)
    (ana,) = people(session, key, 1)
    make_leg(session, session.get_one(Registration, ana), wheelchair=True)
    with pytest.raises(OfficeError, match="wheelchair"):
        seats.seat(session, [ana], key)


def test_nobody_sits_in_two_trips_of_two_events_at_the_same_time(session: Session) -> None:
    first = a_trip(session, "Celje")
    second = a_trip(session, "Ljubljana")
    person = make_person(session)
    at_first, at_second = (make_registration(session, event_of(session, key), person) for key in (first, second))
    seats.seat(session, [at_first.id], first)
    with pytest.raises(OfficeError, match="another vehicle"):
        seats.seat(session, [at_second.id], second)


def test_a_vehicle_is_in_one_trip_at_a_time(session: Session) -> None:
    key = a_trip(session, "Celje")
    van = session.get_one(Trip, key).vehicle_id
    other = a_trip(session, "Ljubljana")
    with pytest.raises(OfficeError, match="another trip"):
        trips.choose_vehicle(session, other, van)


def test_who_does_not_come_gets_no_seat(session: Session) -> None:
    key = a_trip(session, "Celje")
    (ana,) = people(session, key, 1)
    session.get_one(Registration, ana).status = "waiting"
    with pytest.raises(OfficeError, match="no seat"):
        seats.seat(session, [ana], key)


def test_the_way_back_is_the_way_there_the_other_way_round(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    ana, bor = people(session, key, 2)
    maribor, celje, _venue = trips.trip_of(session, key).stops
    seats.seat(session, [ana], key, stop_id=maribor.id)
    seats.seat(session, [bor], key, stop_id=celje.id)
    back = trips.trip_of(session, trips.return_trip(session, key, at=dt.datetime(2020, 4, 2, 17)))
    assert [stop.place for stop in back.stops] == ["Koper", "Celje", "Maribor"]
    assert [stop.people for stop in back.stops] == [0, 1, 1]
    assert back.leaves_at == dt.datetime(2020, 4, 2, 17)
    assert (back.return_of_id, back.vehicle_id, back.taken) == (key, trips.trip_of(session, key).vehicle_id, 2)


def test_calling_off_and_deleting_free_everything(session: Session) -> None:
    key = a_trip(session, "Maribor")
    ana, bor = people(session, key, 2)
    seats.seat(session, [ana, bor], key)
    assert trips.call_off(session, key) == 2
    with pytest.raises(OfficeError, match="called off"):
        seats.seat(session, [ana], key)
    back = a_trip(session, "Celje")
    assert trips.delete_trip(session, key) == 0
    assert [t.id for t in session.scalars(select(Trip))] == [back]
