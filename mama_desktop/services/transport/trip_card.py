"""One trip as its page shows it: the trip, its stops and people as tables, who is over, and what to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STAYS_AWAY, TAKES_PLACE, Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text, sort_key, verbatim
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services import fields
from mama_desktop.services.transport import connections, passengers, seats, trips
from mama_desktop.services.transport.passengers import Passenger
from mama_desktop.services.transport.stops import StopInfo
from mama_desktop.services.transport.trips import TripInfo


@dataclass(frozen=True)
class TripCard:
    """values: of the form, by field; choices: for the fields that name a record, key → name; over: (registration,
    name) of those beyond the seats; other_way: (key, name) of the linked trip; differs: how its stops are others."""

    trip: TripInfo
    event: str
    event_dates: tuple[dt.date | None, dt.date | None, str]
    values: Mapping[str, Any]
    choices: Mapping[str, Mapping[str, str]]
    stops: Listing
    people: Listing
    over: tuple[tuple[str, str], ...] = ()
    other_way: tuple[str, str] | None = None
    differs: Text | None = None
    notices: Mapping[str, str] = field(default_factory=dict)
    boarded: int = 0
    # Driver and leader among the participants who have no place at the event any more.
    away: tuple[str, ...] = ()
    # Where the first of them is to be replaced: driver_id, leader_id.
    away_field: str = "driver_id"


def trip_card(session: Session, trip_id: str, *, language: str = "sl") -> TripCard | None:
    """None when the trip is not there any more."""
    trip = session.get(Trip, trip_id)
    if trip is None:
        return None
    info, speak = trips.trip_of(session, trip_id), language_of(language)
    event = session.get(Event, trip.event_id) if trip.event_id else None
    load = passengers.load_of(session, trip_id)
    people = load.people if load else ()
    held = {
        key: (seat, boarded)
        for key, seat, boarded in session.execute(
            select(Seat.registration_id, Seat.id, Seat.boarded).where(Seat.trip_id == trip_id)
        )
    }
    names = {one.registration_id: one.name for one in people}
    notices = stop_notices(info.stops, speak)
    other_way = _other_way(session, trip)
    return TripCard(
        info, _title(event, language),
        (event.starts_on, event.ends_on, event.precision) if event else (None, None, "day"),
        {key: getattr(trip, key) for key in fields.TRIP_FIELDS},
        {
            "vehicle": _vehicles(session, trip),
            "driver": _participants(session, trip),
            "leader": dict(sorted(names.items(), key=lambda one: sort_key(one[1])))
            | ({trip.leader_id: info.leader_name} if trip.leader_id and trip.leader_id not in names else {}),
        },
        _stop_rows(info.stops, notices),
        _people_rows(info, people, held),
        tuple((key, names.get(key, "")) for key in seats.over(session, trip_id)) if info.over else (),
        (other_way.id, other_way.name) if other_way else None,
        differences(info, trips.trip_of(session, other_way.id)) if other_way else None,
        notices,
        sum(bool(boarded) for _, boarded in held.values()),
        connections.away(session, [info]).get(trip_id, ()),
        _away_field(session, trip),
    )  # fmt: skip


def stop_notices(stops: Sequence[StopInfo], speak: Language) -> dict[str, str]:
    """Stop → what is to be known of its time or its road, in words; nothing for a stop where all is well."""
    found: dict[str, str] = {}
    first_day = next((stop.at.date() for stop in stops if stop.at), None)
    before: StopInfo | None = None
    for stop in stops:
        said: list[Text] = []
        if stop.latitude is None:
            said.append(T("the place is not on the map: type the kilometres"))
        if before is not None and before.at and stop.at and before.leaves:
            free = round((stop.at - before.leaves).total_seconds() / 60)
            if stop.at < before.at:
                said.append(T("before {place}, where the trip is at {time}", place=before.place, time=before.at.time()))
            elif stop.drive_minutes is not None and free < stop.drive_minutes:
                said.append(
                    T("the drive takes {needed} min, there are {free}", needed=stop.drive_minutes, free=max(free, 0))
                )
        if stop.at and first_day and stop.at.date() > first_day:
            said.append(T("on {day}", day=stop.at.date()))
        if said:
            found[stop.id] = "; ".join(speak.say(one) for one in said)
        before = stop
    return found


def differences(one: TripInfo, other: TripInfo) -> Text | None:
    """How the stops of a way back are not those of the way there the other way round; None: they are the same."""
    there, back = (one, other) if one.direction != "back" else (other, one)
    here = {stop.where.key: stop.place for stop in there.stops}
    home = {stop.where.key: stop.place for stop in back.stops}
    left = [place for key, place in here.items() if key not in home]
    new = [place for key, place in home.items() if key not in here]
    if left and new:
        return T("Only outward: {there}. Only back: {back}.", there=", ".join(left), back=", ".join(new))
    if left:
        return T("The way back does not stop in: {places}.", places=", ".join(left))
    if new:
        return T("The way there does not stop in: {places}.", places=", ".join(new))
    if list(here) != list(reversed(home)):
        return T("The way back has the same stops in another order.")
    return None


def _title(event: Event | None, language: str) -> str:
    if event is None:
        return ""
    return (event.title_en if language == "en" and event.title_en else event.title_sl) or ""


def _other_way(session: Session, trip: Trip) -> Trip | None:
    """The way there of a way back, or the way back of a way there."""
    if trip.return_of_id:
        return session.get(Trip, trip.return_of_id)
    query = select(Trip).where(Trip.return_of_id == trip.id, Trip.status != "cancelled").order_by(Trip.position)
    return session.scalars(query).first()


def _vehicles(session: Session, trip: Trip) -> dict[str, str]:
    """Those in use, and the one the trip has; with their seats, as that is what is chosen by."""
    query = select(Vehicle.id, Vehicle.name, Vehicle.seats).where(or_(Vehicle.in_use, Vehicle.id == trip.vehicle_id))
    rows = sorted(session.execute(query).all(), key=lambda row: sort_key(row[1]))
    return {key: f"{name} ({count})" for key, name, count in rows}


def _participants(session: Session, trip: Trip) -> dict[str, str]:
    query = (
        select(Registration.id, Person.given_name, Person.family_name)
        .join(Person, Person.id == Registration.person_id)
        .where(
            Registration.event_id == trip.event_id,
            or_(Registration.status.in_(list(TAKES_PLACE)), Registration.id == trip.driver_id),
        )
    )
    rows = [(key, f"{given} {family}".strip()) for key, given, family in session.execute(query)]
    return dict(sorted(rows, key=lambda row: sort_key(row[1])))


def _away_field(session: Session, trip: Trip) -> str:
    """Whose place is empty: the driver's, else the leader's."""
    driver = session.get(Registration, trip.driver_id) if trip.driver_id else None
    return "driver_id" if trip.leader_id is None or (driver and driver.status in STAYS_AWAY) else "leader_id"


def _stop_rows(stops: Sequence[StopInfo], notices: Mapping[str, str]) -> Listing:
    rows = []
    for number, stop in enumerate(stops, 1):
        road = _road(stop) if number > 1 else ""
        rows.append(
            (
                number, stop.place, stop.meeting_point, stop.at.time() if stop.at else None,
                None if stop.at is None else "hand" if stop.at_by_hand else "follows", stop.people,
                None if stop.km is None else round(stop.km, 1), stop.drive_minutes, road, stop.minutes,
                notices.get(stop.id, ""), stop.remarks,
            )
        )  # fmt: skip
    infos = tuple(f.info for f in fields.TRIP_STOP_FIELDS.values())
    return Listing(infos, [stop.id for stop in stops], rows)


def _road(stop: StopInfo) -> str:
    return "typed" if stop.road_is_typed else "estimated" if stop.road_is_known else "unknown"


def _people_rows(info: TripInfo, people: Sequence[Passenger], held: Mapping[str, tuple[str, bool | None]]) -> Listing:
    """In the order in which they get on or off; whose stop is not said comes last."""
    order = {stop.id: (number, stop) for number, stop in enumerate(info.stops)}
    choices = {stop.id: verbatim(stop.place) for stop in info.stops}
    infos = tuple(
        replace(f.info, choices=choices) if f.key == "stop_id" else f.info for f in fields.SEAT_FIELDS.values()
    )
    known = [one for one in people if one.registration_id in held]
    known.sort(key=lambda one: order[one.stop_id][0] if one.stop_id in order else len(order))
    rows = []
    for one in known:
        stop = order[one.stop_id][1] if one.stop_id in order else None
        rows.append(
            (
                stop.at.time() if stop and stop.at else None, one.stop_id or "", one.family_name, one.given_name,
                bool(held[one.registration_id][1]), "minor" if one.minor else "", one.phone, one.call, one.call_phone,
                one.organisation, one.wheelchair, one.remarks,
            )
        )  # fmt: skip
    return Listing(infos, [held[one.registration_id][0] for one in known], rows)


def registrations_of(session: Session, seat_ids: Sequence[str]) -> dict[str, str]:
    """Seat → registration."""
    return {key: of for key, of in session.execute(select(Seat.id, Seat.registration_id).where(Seat.id.in_(seat_ids)))}


def person_of(session: Session, seat_id: str) -> str | None:
    query = select(Registration.person_id).join(Seat, Seat.registration_id == Registration.id)
    return session.scalar(query.where(Seat.id == seat_id))
