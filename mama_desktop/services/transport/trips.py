"""Trips of an event and bookings of vehicles: planned, given a vehicle, brought back, called off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import case, delete, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, clean
from mama_desktop.domain.trips import TRIP_DIRECTIONS, Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.i18n import language
from mama_desktop.services.transport import clashes, roads, seats, stops
from mama_desktop.services.transport.stops import StopInfo


@dataclass(frozen=True)
class TripInfo:
    """One trip as it is shown. seats: for passengers; taken, in_wheelchairs: of them; km: as typed, else the estimate.

    over: how many sit there beyond the seats (after a smaller vehicle). Driver and leader: as said for the trip, else
    the participant who drives or leads.
    """

    id: str
    event_id: str | None
    name: str
    direction: str
    status: str
    position: int
    day: dt.date | None
    vehicle_id: str | None
    vehicle: str
    registration_number: str
    carrier: str
    seats: int
    wheelchair_places: int
    taken: int
    in_wheelchairs: int
    over: int
    driver_name: str
    driver_phone: str
    driver_id: str | None
    leader_id: str | None
    leader_name: str
    leader_phone: str
    leaves_at: dt.datetime | None
    arrives_at: dt.datetime | None
    return_of_id: str | None
    price_cents: int | None
    km: float
    km_is_typed: bool
    minutes: int
    remarks: str
    stops: tuple[StopInfo, ...]

    @property
    def free(self) -> int:
        return max(self.seats - self.taken, 0)


def trips_of_event(session: Session, event_id: str) -> list[TripInfo]:
    """All trips of an event, outward ones first, in their order."""
    return _infos(session, select(Trip.id).where(Trip.event_id == event_id))


def trip_of(session: Session, trip_id: str) -> TripInfo:
    found = _infos(session, select(Trip.id).where(Trip.id == trip_id))
    if not found:
        raise OfficeError(T("This trip is not there any more."), safe=T("Nothing was changed."))
    return found[0]


def trips_between(session: Session, first: dt.date, last: dt.date, *, vehicle_id: str | None = None) -> list[TripInfo]:
    """Trips and bookings that touch these days, of one vehicle or of all."""
    begin, end = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time.max)
    query = select(Trip.id).where(
        or_(
            Trip.leaves_at.is_not(None) & (Trip.leaves_at <= end) & (Trip.arrives_at >= begin),
            Trip.leaves_at.is_(None) & Trip.day.between(first, last),
        )
    )
    return _infos(session, query if vehicle_id is None else query.where(Trip.vehicle_id == vehicle_id))


def add_trip(
    session: Session,
    event_id: str | None,
    *,
    direction: str = "there",
    name: str = "",
    day: dt.date | None = None,
    at: dt.time | None = None,
    vehicle_id: str | None = None,
    places: Sequence[str | roads.Place] = (),
) -> str:
    """A new trip with stops in these places and, for an event, at its venue; returns its key.

    at: when an outward trip arrives at the venue, when any other one leaves. Without a day: the event's first or last.
    """
    event = session.get_one(Event, event_id) if event_id else None
    if event and day is None:
        day = event.starts_on if direction != "back" else event.ends_on or event.starts_on
    position = (session.scalar(select(func.max(Trip.position)).where(Trip.event_id == event_id)) or 0) + 1
    trip = Trip(event_id=event_id, direction=direction, name=clean(name), day=day, position=position)
    session.add(trip)
    session.flush()
    wanted = [place if isinstance(place, roads.Place) else roads.located(place) for place in places]
    rows = [_stop(trip.id, place, is_venue=False) for place in wanted if place.name]
    if event is not None and direction != "other":
        rows.insert(0 if direction == "back" else len(rows), venue_stop(trip.id, event))
    for number, row in enumerate(rows, 1):
        row.position = number
    session.add_all(rows)
    if rows and day and at:
        anchor = rows[-1] if direction == "there" else rows[0]
        anchor.at, anchor.at_by_hand = dt.datetime.combine(day, at), True
    session.flush()
    stops.follow(session, trip.id)
    if vehicle_id:
        choose_vehicle(session, trip.id, vehicle_id)
    if not trip.name:
        trip.name = customary_name(session, trip)
    session.flush()
    return trip.id


def return_trip(session: Session, trip_id: str, *, at: dt.datetime | None = None, with_people: bool = True) -> str:
    """The way back of an outward trip: the same vehicle and stops the other way round, linked, with its people.

    at: when it leaves the venue; None leaves the times open. People who already ride back with another trip stay there.
    """
    trip = session.get_one(Trip, trip_id)
    if trip.direction != "there":
        raise OfficeError(T("Only an outward trip can be brought back."), safe=T("Nothing was changed."))
    event = session.get_one(Event, trip.event_id) if trip.event_id else None
    day = at.date() if at else (event.ends_on or event.starts_on) if event else trip.day
    position = (session.scalar(select(func.max(Trip.position)).where(Trip.event_id == trip.event_id)) or 0) + 1
    back = Trip(
        event_id=trip.event_id, direction="back", name="", day=day, position=position, vehicle_id=trip.vehicle_id,
        seats=trip.seats, wheelchair_places=trip.wheelchair_places, driver_name=trip.driver_name,
        driver_phone=trip.driver_phone, driver_id=trip.driver_id, leader_id=trip.leader_id,
        leader_name=trip.leader_name, leader_phone=trip.leader_phone, return_of_id=trip.id,
    )  # fmt: skip
    session.add(back)
    session.flush()
    copies: dict[str, str] = {}
    rows = session.scalars(select(TripStop).where(TripStop.trip_id == trip_id).order_by(TripStop.position.desc())).all()
    for number, row in enumerate(rows, 1):
        copy = TripStop(
            trip_id=back.id, position=number, place=row.place, country=row.country, latitude=row.latitude,
            longitude=row.longitude, meeting_point=row.meeting_point, minutes=row.minutes, is_venue=row.is_venue,
            remarks=row.remarks, at=at if number == 1 else None, at_by_hand=number == 1 and at is not None,
        )  # fmt: skip
        session.add(copy)
        session.flush()
        copies[row.id] = copy.id
    stops.follow(session, back.id)
    clashes.refuse_clashes(session, back)
    back.name = customary_name(session, back)
    if with_people:
        _bring_people_back(session, trip, back, copies)
    session.flush()
    return back.id


def choose_vehicle(session: Session, trip_id: str, vehicle_id: str | None) -> list[str]:
    """Give a trip a vehicle: its seats, wheelchair places, driver and price; returns the registrations who are over.

    A smaller vehicle throws nobody out: who is over is shown, and nobody more gets in. Refuses a vehicle that is in
    another trip at the same time.
    """
    trip = session.get_one(Trip, trip_id)
    trip.vehicle_id = vehicle_id
    if vehicle_id is not None:
        vehicle = session.get_one(Vehicle, vehicle_id)
        trip.seats, trip.wheelchair_places = vehicle.seats, vehicle.wheelchair_places
        trip.driver_name, trip.driver_phone = vehicle.driver_name, vehicle.driver_phone
        trip.price_cents = vehicle.price_cents
    session.flush()
    clashes.refuse_clashes(session, trip)
    return seats.over(session, trip_id)


def call_off(session: Session, trip_id: str) -> int:
    """Call a trip off: its people are without transport again, its vehicle is free; returns how many people it had."""
    trip = session.get_one(Trip, trip_id)
    trip.status = "cancelled"
    freed = session.execute(delete(Seat).where(Seat.trip_id == trip_id).returning(Seat.id)).all()
    session.flush()
    return len(freed)


def delete_trip(session: Session, trip_id: str) -> int:
    """Delete a trip with its stops and seats; returns how many people it had. A way back loses its link only."""
    for back in session.scalars(select(Trip).where(Trip.return_of_id == trip_id)):
        back.return_of_id = None
    session.flush()
    freed = session.execute(delete(Seat).where(Seat.trip_id == trip_id).returning(Seat.id)).all()
    session.execute(delete(TripStop).where(TripStop.trip_id == trip_id))
    session.execute(delete(Trip).where(Trip.id == trip_id))
    return len(freed)


def _bring_people_back(session: Session, trip: Trip, back: Trip, copies: dict[str, str]) -> None:
    elsewhere = (
        select(Seat.registration_id)
        .join(Trip, Trip.id == Seat.trip_id)
        .where(Trip.event_id == trip.event_id, Trip.direction == "back", Trip.id != back.id)
    )
    rows = session.execute(
        select(Seat.registration_id, Seat.stop_id)
        .where(Seat.trip_id == trip.id, Seat.registration_id.not_in(elsewhere))
        .order_by(Seat.id)
    ).all()
    by_stop: dict[str | None, list[str]] = {}
    # Who is over already does not take a seat on the way back.
    for registration, stop in rows[: back.seats]:
        by_stop.setdefault(copies.get(stop or ""), []).append(registration)
    for stop, people in by_stop.items():
        seats.seat(session, people, back.id, stop_id=stop)


def venue_stop(trip_id: str, event: Event) -> TripStop:
    """The stop at an event's own place, not kept yet."""
    stop = _stop(trip_id, roads.of_event(event), is_venue=True)
    stop.meeting_point, stop.minutes = event.venue, 0
    return stop


def _stop(trip_id: str, place: roads.Place, *, is_venue: bool) -> TripStop:
    return TripStop(
        trip_id=trip_id, place=place.name, country=place.country, latitude=place.latitude, longitude=place.longitude,
        is_venue=is_venue,
    )  # fmt: skip


def customary_name(session: Session, trip: Trip) -> str:
    """ "Celje – Koper": from the first stop to the last; numbered where another trip of the event is called so."""
    rows = session.scalars(select(TripStop.place).where(TripStop.trip_id == trip.id).order_by(TripStop.position)).all()
    named = [place for place in rows if place]
    if len(named) > 1:
        name = f"{named[0]} – {named[-1]}"
    else:
        name = named[0] if named else language("sl").say(TRIP_DIRECTIONS[trip.direction])
    taken = set(session.scalars(select(Trip.name).where(Trip.event_id == trip.event_id, Trip.id != trip.id)))
    number, numbered = 2, name
    while numbered in taken:
        numbered = f"{name} ({number})"
        number += 1
    return numbered[:120]


def _infos(session: Session, keys: object) -> list[TripInfo]:
    session.flush()
    order = case({"there": 0, "other": 1, "back": 2}, value=Trip.direction)
    rows = session.execute(
        select(Trip, Vehicle.name, Vehicle.registration_number, Carrier.name)
        .outerjoin(Vehicle, Vehicle.id == Trip.vehicle_id)
        .outerjoin(Carrier, Carrier.id == Vehicle.carrier_id)
        .where(Trip.id.in_(keys))  # type: ignore[arg-type]  # a query of keys
        .order_by(order, Trip.position, Trip.leaves_at, Trip.name)
    ).all()
    ids = [row[0].id for row in rows]
    counted = {
        key: (taken, wheelchairs or 0)
        for key, taken, wheelchairs in session.execute(
            select(Seat.trip_id, func.count(), func.sum(case((Seat.wheelchair, 1), else_=0)))
            .where(Seat.trip_id.in_(ids))
            .group_by(Seat.trip_id)
        )
    }
    all_stops = stops.stops_of(session, ids)
    known = _known(session, [key for row in rows for key in (row[0].driver_id, row[0].leader_id) if key])
    found = []
    for trip, vehicle, plate, carrier in rows:
        taken, wheelchairs = counted.get(trip.id, (0, 0))
        its = tuple(all_stops[trip.id])
        drives, leads = known.get(trip.driver_id or "", ("", "")), known.get(trip.leader_id or "", ("", ""))
        found.append(
            TripInfo(
                trip.id, trip.event_id, trip.name, trip.direction, trip.status, trip.position, trip.day,
                trip.vehicle_id, vehicle or "", plate or "", carrier or "", trip.seats, trip.wheelchair_places, taken,
                int(wheelchairs), max(taken - trip.seats, int(wheelchairs) - trip.wheelchair_places, 0),
                trip.driver_name or drives[0], trip.driver_phone or drives[1], trip.driver_id, trip.leader_id,
                trip.leader_name or leads[0], trip.leader_phone or leads[1],
                trip.leaves_at, trip.arrives_at, trip.return_of_id, trip.price_cents,
                trip.km if trip.km is not None else sum(stop.km or 0.0 for stop in its), trip.km is not None,
                sum(stop.drive_minutes or 0 for stop in its), trip.remarks, its,
            )
        )  # fmt: skip
    return found


def _known(session: Session, registration_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Registration → name, phone."""
    if not registration_ids:
        return {}
    query = (
        select(Registration.id, Person.given_name, Person.family_name, Person.phone, Person.other_phone)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.id.in_(set(registration_ids)))
    )
    return {
        key: (f"{given} {family}".strip(), phone or other)
        for key, given, family, phone, other in session.execute(query)
    }
