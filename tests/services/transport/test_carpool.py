"""Carpool: who could ride with whom by place and time, nobody beyond the seats, and taken along as one change."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.i18n import language
from mama_desktop.services.transport import carpool, carpool_rows, roads, taking_along, trips
from tests.factories import make_event, make_leg, make_person, make_registration

TEN = dt.time(10)


@pytest.fixture
def event(session: Session) -> Event:
    return make_event(session, town="Koper", country="SI")


def comes(
    session: Session, event: Event, name: str, place: str, person: dict[str, Any] | None = None, **leg: Any
) -> str:
    registration = make_registration(session, event, make_person(session, given_name=name, **(person or {})))
    where = roads.located(place) if place else None
    make_leg(
        session, registration, from_place=place, from_country="SI",
        from_latitude=where.latitude if where else None, from_longitude=where.longitude if where else None, **leg,
    )  # fmt: skip
    return registration.id


def drives(session: Session, event: Event, name: str, place: str, seats: int, **leg: Any) -> str:
    return comes(session, event, name, place, means="own-car", seats_offered=seats, **leg)


def looks(session: Session, event: Event, name: str, place: str, **leg: Any) -> str:
    return comes(session, event, name, place, **{"means": "passenger", **leg})


def test_who_lies_on_the_road_comes_before_who_is_a_detour(session: Session, event: Event) -> None:
    maribor = drives(session, event, "Ana", "Maribor", 3)
    on_the_road = looks(session, event, "Bor", "Ljubljana")
    at_the_side = looks(session, event, "Cvetka", "Kranj")
    found = carpool.matches(session, event.id, "there")
    assert [m.seeker.registration_id for m in found] == [on_the_road, at_the_side]
    assert {m.offer.registration_id for m in found} == {maribor}
    assert found[0].detour_km < found[1].detour_km <= carpool.MOST_DETOUR_KM


def test_nobody_is_matched_beyond_the_seats(session: Session, event: Event) -> None:
    drives(session, event, "Ana", "Celje", 2)
    for name in ("Bor", "Cvetka", "Dana", "Erik"):
        looks(session, event, name, "Celje")
    assert len(carpool.matches(session, event.id, "there")) == 2


def test_the_nearer_hour_decides_between_two_cars_from_one_town(session: Session, event: Event) -> None:
    drives(session, event, "Ana", "Celje", 3, time=dt.time(7))
    soon = drives(session, event, "Bor", "Celje", 3, time=dt.time(9, 45))
    looks(session, event, "Cvetka", "Celje", time=TEN)
    (match,) = carpool.matches(session, event.id, "there")
    assert (match.offer.registration_id, match.minutes_apart) == (soon, 15)


def test_another_day_is_no_match(session: Session, event: Event) -> None:
    drives(session, event, "Ana", "Celje", 3, day=dt.date(2020, 4, 1))
    looks(session, event, "Bor", "Celje")
    assert carpool.matches(session, event.id, "there") == []


def test_who_needs_no_transport_or_has_a_seat_does_not_look_for_a_ride(session: Session, event: Event) -> None:
    driver = drives(session, event, "Ana", "Celje", 3)
    looks(session, event, "Bor", "Celje", needs_transport=False)
    comes(session, event, "Cvetka", "Celje", means="train")
    needs = comes(session, event, "Dana", "Celje", means="", needs_transport=True)
    shown = carpool.carpool(session, event.id, "there")
    assert [s.registration_id for s in shown.seekers] == [needs]
    taking_along.take_along(session, event.id, "there", [(driver, needs)])
    assert carpool.carpool(session, event.id, "there").seekers == ()


def test_an_unknown_place_is_said_and_not_guessed(session: Session, event: Event) -> None:
    drives(session, event, "Ana", "Celje", 3)
    nowhere = looks(session, event, "Bor", "")
    shown = carpool.carpool(session, event.id, "there")
    assert shown.matches[nowhere] == ()
    listing = carpool_rows.seekers_listing(shown, language("en"))
    assert listing.rows[0][listing.column("notice")] == "the place is not known"


def test_a_minor_rides_with_their_guardian_and_with_others_only_by_agreement(session: Session, event: Event) -> None:
    born = {"birth_date": dt.date(2007, 5, 5)}
    stranger = drives(session, event, "Ana", "Celje", 3)
    child = comes(session, event, "Bor", "Celje", born, means="passenger")
    (match,) = carpool.matches(session, event.id, "there")
    assert match.needs_agreement
    shown = carpool.carpool(session, event.id, "there")
    session.add(
        Guardian(person_id=shown.match(child, stranger).seeker.person_id,  # type: ignore[union-attr]  # it is there
                 guardian_id=shown.offers[0].person_id)
    )  # fmt: skip
    session.flush()
    (match,) = carpool.matches(session, event.id, "there")
    assert not match.needs_agreement


def test_a_driver_chosen_by_hand_takes_a_seat_from_the_others(session: Session, event: Event) -> None:
    near, far = drives(session, event, "Ana", "Celje", 1), drives(session, event, "Bor", "Ptuj", 1)
    one, other = looks(session, event, "Cvetka", "Celje"), looks(session, event, "Dana", "Celje")
    shown = carpool.with_chosen(carpool.carpool(session, event.id, "there"), {one: far})
    assert {key: m.offer.registration_id for key, m in shown.proposed.items()} == {one: far, other: near}
    assert carpool.with_chosen(shown, {one: "", other: ""}).proposed == {}


def test_taken_along_makes_a_trip_with_the_drivers_car(session: Session, event: Event) -> None:
    driver = drives(session, event, "Ana", "Maribor", 3, time=TEN)
    bor, cvetka = looks(session, event, "Bor", "Celje"), looks(session, event, "Cvetka", "Maribor")
    assert taking_along.take_along(session, event.id, "there", [(driver, bor), (driver, cvetka)]) == 2
    (trip,) = trips.trips_of_event(session, event.id)
    assert [stop.place for stop in trip.stops] == ["Maribor", "Celje", "Koper"]
    assert (trip.driver_id, trip.seats, trip.taken) == (driver, 3, 2)
    assert [stop.people for stop in trip.stops] == [1, 1, 0]
    assert trip.arrives_at == dt.datetime(2020, 4, 2, 10)
    car = session.get_one(Vehicle, trip.vehicle_id)
    assert (car.kind, car.seats) == ("participant-car", 3)
    dana = looks(session, event, "Dana", "Celje")
    taking_along.take_along(session, event.id, "there", [(driver, dana)])
    assert len(session.scalars(select(Trip)).all()) == 1
    assert len(session.scalars(select(Vehicle)).all()) == 1


def test_the_way_home_ends_at_the_drivers_place(session: Session, event: Event) -> None:
    ana = make_registration(session, event, make_person(session, given_name="Ana"))
    bor = make_registration(session, event, make_person(session, given_name="Bor"))
    make_leg(session, ana, "back", to_place="Maribor", means="own-car", seats_offered=2, time=TEN)
    make_leg(session, bor, "back", to_place="Celje", means="passenger")
    taking_along.take_along(session, event.id, "back", [(ana.id, bor.id)])
    (trip,) = trips.trips_of_event(session, event.id)
    assert [stop.place for stop in trip.stops] == ["Koper", "Celje", "Maribor"]
    assert trip.leaves_at == dt.datetime.combine(event.ends_on or dt.date(2020, 4, 2), TEN)


def test_a_full_car_takes_nobody_of_the_wish(session: Session, event: Event) -> None:
    driver = drives(session, event, "Ana", "Celje", 1)
    wanted = [(driver, looks(session, event, name, "Celje")) for name in ("Bor", "Cvetka")]
    with pytest.raises(OfficeError, match="free seat"):
        taking_along.take_along(session, event.id, "there", wanted)


def test_who_offers_nothing_takes_nobody_along(session: Session, event: Event) -> None:
    bor = looks(session, event, "Bor", "Celje")
    with pytest.raises(OfficeError, match="offers no seats"):
        taking_along.take_along(session, event.id, "there", [(bor, bor)])
