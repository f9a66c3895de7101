"""What follows from an edit of a trip, a stop or a seat; copies, ways back, and nobody in two places."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.trips import RoadDistance, Seat, Trip
from mama_desktop.services import editing, registrations
from mama_desktop.services.transport import copying, seats, stops, trip_card, trips
from mama_desktop.services.transport.trip_card import TripCard
from mama_desktop.services.transport.trips import TripInfo
from tests.factories import make_event, make_person, make_registration, make_vehicle
from tests.services.transport.test_trips import a_trip, event_of, people

NOW = dt.datetime(2020, 3, 2, 9)
DAY = dt.date(2020, 4, 2)


def change(session: Session, noun: str, key: str, field: str, value: Any) -> None:
    editing.change(session, noun, [key], field, value, now=NOW)


def card_of(session: Session, key: str) -> TripCard:
    card = trip_card.trip_card(session, key, language="en")
    assert card is not None
    return card


def at(trip: TripInfo) -> list[dt.datetime | None]:
    return [stop.at for stop in trip.stops]


def test_a_time_typed_at_a_stop_is_marked_and_follows_again_when_emptied(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    celje = trips.trip_of(session, key).stops[1]
    change(session, "trip_stop", celje.id, "at", dt.time(6, 10))
    stop = trips.trip_of(session, key).stops[1]
    assert (stop.at, stop.at_by_hand) == (dt.datetime(2020, 4, 2, 6, 10), True)
    change(session, "trip_stop", celje.id, "at", None)
    again = trips.trip_of(session, key).stops[1]
    assert (again.at, again.at_by_hand) == (celje.at, False)
    change(session, "trip_stop", celje.id, "at_by_hand", "hand")
    assert trips.trip_of(session, key).stops[1].at_by_hand


def test_a_time_that_runs_backwards_is_refused_by_name(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    maribor, celje, _ = trips.trip_of(session, key).stops
    change(session, "trip_stop", maribor.id, "at", dt.time(6))
    with pytest.raises(OfficeError, match="in Celje before it was in Maribor"):
        change(session, "trip_stop", celje.id, "at", dt.time(5))
    with pytest.raises(OfficeError, match="in Koper before it was in Celje"):
        change(session, "trip_stop", celje.id, "at", dt.time(9, 30))
    change(session, "trip_stop", celje.id, "at", dt.time(7, 30))


def test_a_trip_goes_on_over_midnight(session: Session) -> None:
    event = make_event(session, town="Koper", country="SI")
    key = trips.add_trip(session, event.id, direction="back", day=DAY, at=dt.time(23, 30), places=("Maribor",))
    maribor = trips.trip_of(session, key).stops[1]
    assert maribor.at is not None
    assert maribor.at.date() == dt.date(2020, 4, 3)
    change(session, "trip_stop", maribor.id, "at", dt.time(2, 45))
    assert trips.trip_of(session, key).arrives_at == dt.datetime(2020, 4, 3, 2, 45)
    card = card_of(session, key)
    assert list(card.notices.values()) == ["on 3 Apr 2020"]


def test_too_little_time_and_an_unknown_place_are_said_at_the_stop(session: Session) -> None:
    key = a_trip(session, "Maribor", "Kdovekje")
    maribor = trips.trip_of(session, key).stops[0]
    change(session, "trip_stop", maribor.id, "at", dt.time(8, 30))
    unknown = next(stop for stop in trips.trip_of(session, key).stops if stop.place == "Kdovekje")
    card = card_of(session, key)
    assert "not on the map" in card.notices[unknown.id]
    stops.remove_stop(session, unknown.id)
    card = card_of(session, key)
    assert "there are 25" in next(iter(card.notices.values()))


def test_another_day_moves_all_times(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    before = at(trips.trip_of(session, key))
    change(session, "trip", key, "day", dt.date(2020, 4, 5))
    trip = trips.trip_of(session, key)
    assert at(trip) == [time and time + dt.timedelta(days=3) for time in before]
    assert trip.day == dt.date(2020, 4, 5)
    change(session, "trip", key, "day", None)
    assert at(trips.trip_of(session, key)) == [None, None, None]
    with pytest.raises(OfficeError, match="no day"):
        change(session, "trip_stop", trip.stops[0].id, "at", dt.time(6))


def test_kilometres_typed_at_a_stop_are_remembered_for_the_pair_of_places(session: Session) -> None:
    key = a_trip(session, "Celje")
    back = trips.return_trip(session, key, at=dt.datetime(2020, 4, 2, 17))
    koper = trips.trip_of(session, key).stops[1]
    change(session, "trip_stop", koper.id, "km", 190)
    change(session, "trip_stop", koper.id, "drive_minutes", 120)
    there, home = trips.trip_of(session, key), trips.trip_of(session, back)
    assert [(s.km, s.drive_minutes, s.road_is_typed) for s in (there.stops[1], home.stops[1])] == [(190, 120, True)] * 2
    assert home.arrives_at == dt.datetime(2020, 4, 2, 19)
    change(session, "trip_stop", koper.id, "km", 180)
    assert trips.trip_of(session, key).stops[1].drive_minutes == 120
    change(session, "trip_stop", koper.id, "km", None)
    assert session.scalars(select(RoadDistance)).all() == []
    with pytest.raises(OfficeError, match="first stop"):
        change(session, "trip_stop", there.stops[0].id, "km", 10)


def test_a_smaller_vehicle_names_who_is_over(session: Session) -> None:
    key = a_trip(session, "Celje", seats_in_it=3)
    for one in people(session, key, 3):
        seats.seat(session, [one], key)
    change(session, "trip", key, "vehicle_id", make_vehicle(session, "Clio", seats=2).id)
    card = card_of(session, key)
    assert [name.split()[0] for _, name in card.over] == ["Cvetka"]
    assert card.choices["vehicle"][str(card.trip.vehicle_id)] == "Clio (2)"


def test_a_participant_who_drives_takes_no_seat(session: Session) -> None:
    key = a_trip(session, "Celje")
    ana, bor = people(session, key, 2)
    seats.seat(session, [ana, bor], key)
    change(session, "trip", key, "driver_id", ana)
    trip = trips.trip_of(session, key)
    assert (trip.taken, trip.driver_id) == (1, ana)
    assert trip.driver_name.startswith("Ana")
    change(session, "trip", key, "driver_name", "Gospod Kos")
    assert trips.trip_of(session, key).driver_id is None
    change(session, "trip", key, "leader_id", bor)
    assert trips.trip_of(session, key).leader_name.startswith("Bor")


def test_new_times_refuse_a_vehicle_and_a_person_in_two_places_by_name(session: Session) -> None:
    first, second = a_trip(session, "Celje"), a_trip(session, "Ljubljana")
    van = session.get_one(Trip, first).vehicle_id
    change(session, "trip", second, "day", dt.date(2020, 4, 3))
    change(session, "trip", second, "vehicle_id", van)
    with pytest.raises(OfficeError, match="vehicle") as refused:
        change(session, "trip", second, "day", DAY)
    assert "Celje" in refused.value.details[0].params["name"]
    session.rollback()


def test_new_times_refuse_somebody_who_rides_elsewhere(session: Session) -> None:
    first, second = a_trip(session, "Celje"), a_trip(session, "Ljubljana")
    change(session, "trip", second, "day", dt.date(2020, 4, 3))
    person = make_person(session, given_name="Ana", family_name="Kos")
    for key in (first, second):
        registration = make_registration(session, event_of(session, key), person)
        seats.seat(session, [registration.id], key)
    with pytest.raises(OfficeError, match="another vehicle") as refused:
        change(session, "trip", second, "day", DAY)
    assert [detail.params["name"] for detail in refused.value.details] == ["Ana Kos"]


def test_called_off_frees_the_seats_and_may_be_planned_again(session: Session) -> None:
    key = a_trip(session, "Celje")
    seats.seat(session, people(session, key, 2), key)
    change(session, "trip", key, "status", "cancelled")
    assert session.scalars(select(Seat)).all() == []
    change(session, "trip", key, "status", "planned")
    assert trips.trip_of(session, key).status == "planned"


def test_boarded_is_ticked_and_a_stop_changed_in_the_cell(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    (ana,) = people(session, key, 1)
    maribor, celje, _ = trips.trip_of(session, key).stops
    seats.seat(session, [ana], key, stop_id=maribor.id)
    seat = session.scalars(select(Seat.id)).one()
    change(session, "seat", seat, "boarded", True)
    change(session, "seat", seat, "stop_id", celje.id)
    card = card_of(session, key)
    assert card.boarded == 1
    row = dict(zip((f.key for f in card.people.fields), card.people.rows[0], strict=True))
    assert (row["stop_id"], row["boarded"], row["at"]) == (celje.id, True, card.trip.stops[1].at.time())  # type: ignore[union-attr]
    change(session, "seat", seat, "boarded", False)
    assert session.get_one(Seat, seat).boarded is None


def test_the_page_says_how_the_ways_differ(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    back = trips.return_trip(session, key, at=dt.datetime(2020, 4, 2, 17))
    card = card_of(session, back)
    assert card.other_way == (key, trips.trip_of(session, key).name)
    assert card.differs is None
    stops.remove_stop(session, trips.trip_of(session, back).stops[1].id)
    card = card_of(session, key)
    assert card.differs is not None
    assert card.differs.params == {"places": "Celje"}


def test_a_copy_has_the_stops_and_times_and_nobody_in_it(session: Session) -> None:
    key = a_trip(session, "Maribor", "Celje")
    seats.seat(session, people(session, key, 2), key)
    other = make_event(session, town="Krško", country="SI", starts_on=dt.date(2020, 5, 9), ends_on=dt.date(2020, 5, 10))
    copy = trips.trip_of(session, copying.copy_trip(session, key, event_id=other.id))
    assert [stop.place for stop in copy.stops] == ["Maribor", "Celje", "Krško"]
    assert (copy.day, copy.taken, copy.event_id) == (dt.date(2020, 5, 9), 0, other.id)
    assert copy.arrives_at == dt.datetime(2020, 5, 9, 9)
    assert copy.vehicle_id == session.get_one(Trip, key).vehicle_id
    beside = trips.trip_of(session, copying.copy_trip(session, key))
    assert (beside.vehicle_id, beside.seats) == (None, 8)
    assert session.scalars(select(Registration.id)).all()


def test_a_driver_who_is_cancelled_is_said_and_one_who_is_deleted_leaves_the_trip(session: Session) -> None:
    key = a_trip(session, "Celje")
    ana, bor = people(session, key, 2)
    change(session, "trip", key, "driver_id", ana)
    change(session, "trip", key, "leader_id", bor)
    assert card_of(session, key).away == ()
    session.get_one(Registration, ana).status = "cancelled"
    session.flush()
    assert [name.split()[0] for name in card_of(session, key).away] == ["Ana"]
    registrations.remove(session, [ana, bor])
    trip = trips.trip_of(session, key)
    assert (trip.driver_id, trip.leader_id) == (None, None)


def test_an_errand_without_stops_keeps_its_hours(session: Session) -> None:
    key = trips.add_trip(session, None, direction="other", name="Servis", day=DAY)
    trip = session.get_one(Trip, key)
    trip.leaves_at, trip.arrives_at = dt.datetime(2020, 4, 2, 8), dt.datetime(2020, 4, 2, 12)
    change(session, "trip", key, "day", dt.date(2020, 4, 3))
    assert (trip.leaves_at, trip.arrives_at) == (dt.datetime(2020, 4, 3, 8), dt.datetime(2020, 4, 3, 12))
    stops.add_stop(session, key, "Celje")
    assert trip.arrives_at == dt.datetime(2020, 4, 3, 12)
    assert card_of(session, key).event == ""


def test_a_place_abroad_is_found_though_no_country_was_said(session: Session) -> None:
    key = a_trip(session, "Ljubljana")
    stop = stops.add_stop(session, key, "Zagreb, HR")
    found = next(s for s in trips.trip_of(session, key).stops if s.id == stop)
    assert (found.country, found.latitude is not None) == ("HR", True)
    change(session, "trip_stop", stop, "place", "Celje")
    assert next(s.country for s in trips.trip_of(session, key).stops if s.id == stop) == "SI"
