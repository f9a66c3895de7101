"""The same drive once more: a trip copied to another event or another day, without its people."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.trips import Trip, TripStop
from mama_desktop.services.transport import clashes, stops, trips


def copy_trip(session: Session, trip_id: str, *, event_id: str | None = None, day: dt.date | None = None) -> str:
    """Copy a trip with its stops and times to an event (None: the same) and a day (None: the event's own first or, for
    a way back, last one); returns its key.

    Nobody rides in it yet. The vehicle comes along where it is free, its seats in any case.
    """
    trip = session.get_one(Trip, trip_id)
    event = session.get(Event, event_id or trip.event_id) if event_id or trip.event_id else None
    if day is None and event is not None:
        day = event.ends_on or event.starts_on if trip.direction == "back" else event.starts_on
    day = day or trip.day
    of_event = Trip.event_id == (event.id if event else None)
    position = (session.scalar(select(func.max(Trip.position)).where(of_event)) or 0) + 1
    copy = Trip(
        event_id=event.id if event else None, name=trip.name, direction=trip.direction, position=position, day=day,
        seats=trip.seats, wheelchair_places=trip.wheelchair_places, price_cents=trip.price_cents, km=trip.km,
        driver_name=trip.driver_name, driver_phone=trip.driver_phone, remarks=trip.remarks,
    )  # fmt: skip
    session.add(copy)
    session.flush()
    first = trip.leaves_at.date() if trip.leaves_at else None
    moved = day - first if day and first else None
    same_event = event is not None and event.id == trip.event_id
    for row in session.scalars(select(TripStop).where(TripStop.trip_id == trip_id).order_by(TripStop.position)).all():
        made = (
            trips.venue_stop(copy.id, event) if row.is_venue and event is not None and not same_event
            else TripStop(
                trip_id=copy.id, place=row.place, country=row.country, latitude=row.latitude, longitude=row.longitude,
                meeting_point=row.meeting_point, minutes=row.minutes, is_venue=row.is_venue, remarks=row.remarks,
            )
        )  # fmt: skip
        made.position = row.position
        if row.at is not None and moved is not None:
            made.at, made.at_by_hand = row.at + moved, row.at_by_hand
        session.add(made)
    session.flush()
    stops.follow(session, copy.id)
    copy.vehicle_id = trip.vehicle_id
    session.flush()
    if clashes.vehicle_clashes(session, copy):
        copy.vehicle_id = None
    if not same_event:
        copy.name = trips.customary_name(session, copy)
    session.flush()
    return copy.id
