"""What follows from a finished edit of a trip, a stop or a seat: times, seats, the road that is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.services.transport import clashes, roads, seats, stops, trips

_WORDS = frozenset({"name", "driver_name", "driver_phone", "leader_name", "leader_phone", "remarks"})


def set_field(session: Session, noun: str, keys: Sequence[str], field: str, value: Any) -> int:
    """Give a field of these trips, stops ("trip_stop") or seats a checked value; returns how many were asked."""
    if isinstance(value, Found):
        value = value.title
    doing = {"trip": _trip, "trip_stop": _stop, "seat": _seat}[noun]
    for key in keys:
        doing(session, key, field, value)
    session.flush()
    return len(keys)


def set_day(session: Session, trip_id: str, day: dt.date | None) -> None:
    """Another day: all times of the trip move with it. Without a day there are no times."""
    trip = session.get_one(Trip, trip_id)
    first = trip.leaves_at.date() if trip.leaves_at else None
    rows = session.scalars(select(TripStop).where(TripStop.trip_id == trip_id)).all()
    for row in rows:
        if row.at is not None:
            row.at = row.at + (day - first) if day and first else None
            row.at_by_hand = row.at_by_hand and row.at is not None
    for end in ("leaves_at", "arrives_at"):
        at = getattr(trip, end)
        setattr(trip, end, at + (day - first) if at and day and first else None)
    trip.day = day
    session.flush()
    stops.follow(session, trip_id)


def set_driver(session: Session, trip_id: str, registration_id: str | None) -> None:
    """A participant who drives: takes no passenger's seat, in this trip or another of the same way; None: nobody."""
    trip = session.get_one(Trip, trip_id)
    trip.driver_id = registration_id
    if registration_id is not None:
        if session.scalar(select(Registration.event_id).where(Registration.id == registration_id)) != trip.event_id:
            raise OfficeError(T("This trip belongs to another event."), safe=T("The trip stays as it was."))
        same_way = select(Trip.id).where(Trip.event_id == trip.event_id, Trip.direction == trip.direction)
        seats.unseat(session, [registration_id], trip_ids=session.scalars(same_way).all())
        trip.driver_name = trip.driver_phone = ""
    session.flush()
    clashes.refuse_clashes(session, trip)


def _trip(session: Session, key: str, field: str, value: Any) -> None:
    trip = session.get_one(Trip, key)
    match field:
        case "vehicle_id":
            trips.choose_vehicle(session, key, value or None)
        case "driver_id":
            set_driver(session, key, value or None)
        case "day":
            set_day(session, key, value)
        case "status" if value == "cancelled":
            trips.call_off(session, key)
        case "status":
            trip.status = value
            session.flush()
            clashes.refuse_clashes(session, trip)
        case "seats" | "wheelchair_places":
            setattr(trip, field, value or 0)
        case "km":
            trip.km = None if value is None else float(value)
        case _:
            _say(trip, field, value)


def _say(trip: Trip, field: str, value: Any) -> None:
    """Somebody named by words is not the participant who was chosen before, and the other way round."""
    setattr(trip, field, (value or "") if field in _WORDS else value or None if field == "leader_id" else value)
    if value and field in ("leader_name", "driver_name"):
        setattr(trip, field.replace("_name", "_id"), None)
    elif value and field == "leader_id":
        trip.leader_name = trip.leader_phone = ""


def _stop(session: Session, key: str, field: str, value: Any) -> None:
    match field:
        case "at":
            stops.set_time(session, key, None if value is None else stops.moment(session, key, value))
        case "at_by_hand":
            _by_hand(session, key, on=value == "hand")
        case "km" | "drive_minutes":
            _road(session, key, field, value)
        case "minutes":
            stops.change_stop(session, key, minutes=value or 0)
        case "place" if not value:
            raise OfficeError(T("A stop needs a place."), safe=T("The old value stays."))
        case _:
            stops.change_stop(session, key, **{field: value or ""})


def _by_hand(session: Session, key: str, *, on: bool) -> None:
    at = session.get_one(TripStop, key).at
    if on and at is None:
        raise OfficeError(T("Type the time of this stop first."), safe=T("The trip stays as it was."))
    stops.set_time(session, key, at if on else None)


def _road(session: Session, key: str, field: str, value: Any) -> None:
    """Kilometres or minutes from the stop before, typed over for this pair of places wherever it is driven."""
    trip_id = session.scalar(select(TripStop.trip_id).where(TripStop.id == key)) or ""
    infos = stops.stops_of(session, [trip_id]).get(trip_id, [])
    place = next((i for i, info in enumerate(infos) if info.id == key), 0)
    if not place:
        raise OfficeError(T("Nothing is driven to the first stop of a trip."), safe=T("The trip stays as it was."))
    one, other = infos[place - 1].where, infos[place].where
    if one.key == other.key:
        raise OfficeError(T("Both stops are in the same place."), safe=T("The trip stays as it was."))
    known = roads.between(roads.typed(session), one, other)
    if field == "km":
        said = roads.said(session, one, other)
        roads.remember(session, one, other, None if value is None else float(value), said[1] if said else None)
    else:
        if not known.is_known:
            raise OfficeError(T("Type the kilometres between these places first."), safe=T("The old value stays."))
        roads.remember(session, one, other, known.km, value)
    for other_trip in stops.driving_between(session, trip_id, one, other):
        stops.follow(session, other_trip)


def _seat(session: Session, key: str, field: str, value: Any) -> None:
    seat = session.get_one(Seat, key)
    if field == "stop_id":
        seats.seat(session, [seat.registration_id], seat.trip_id, stop_id=value or None)
    elif field == "boarded":
        # Whoever was ticked by mistake is as one whom nobody looked for yet.
        seat.boarded = True if value else None
    else:
        setattr(seat, field, value or "")
