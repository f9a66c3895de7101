"""What the board offers for a new trip: vehicles in use, and stops in the towns where people wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.text import sort_key
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import moving, roads, trips
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.roads import Place


@dataclass(frozen=True)
class OfferedVehicle:
    id: str
    name: str
    seats: int


def vehicles(session: Session) -> list[OfferedVehicle]:
    """The vehicles in use by name."""
    rows = session.execute(select(Vehicle.id, Vehicle.name, Vehicle.seats).where(Vehicle.in_use)).all()
    return sorted((OfferedVehicle(*row) for row in rows), key=lambda v: sort_key(v.name))


def new_trip(
    session: Session,
    event_id: str,
    *,
    direction: str,
    at: dt.time | None,
    vehicle_id: str | None,
    towns: Sequence[str],
    seat_them: bool = False,
) -> str:
    """A trip with stops in these towns (keys of `board.waiting_towns`), the farthest from the venue first outward and
    last on the way back; seat_them: whoever waits there gets a seat, as many as there are. Returns its key."""
    shown = boards.board(session, event_id, direction)
    wanted = {place.key: place for place, _ in boards.waiting_towns(shown) if place.key in set(towns)}
    key = trips.add_trip(
        session, event_id, direction=direction, at=at, vehicle_id=vehicle_id,
        places=_far_first(session, event_id, direction, list(wanted.values())),
    )  # fmt: skip
    room = session.get_one(Trip, key).seats
    if seat_them and room:
        people = [r.id for r in shown.without if r.place.key in wanted]
        moving.move(session, event_id, direction, moving.those_who_fit(shown, people, key, room), Spot(key))
    return key


def to_bring_back(session: Session, event_id: str) -> list[str]:
    """The outward trips of an event that have no way back yet."""
    found = trips.trips_of_event(session, event_id)
    brought = {trip.return_of_id for trip in found}
    return [t.id for t in found if t.direction == "there" and t.status != "cancelled" and t.id not in brought]


def bring_all_back(session: Session, event_id: str) -> int:
    """The way back of each of them, with its people; returns how many were made."""
    keys = to_bring_back(session, event_id)
    for key in keys:
        trips.return_trip(session, key)
    return len(keys)


def _far_first(session: Session, event_id: str, direction: str, places: list[Place]) -> list[Place]:
    """In the order of their distance from the venue: a first order, which the office may change."""
    event = session.get_one(Event, event_id)
    venue = roads.located(event.town or event.venue, event.country or "SI", event.postal_code)
    if event.latitude is not None and event.longitude is not None:
        venue = Place(venue.name, venue.country, event.latitude, event.longitude)
    known = roads.typed(session)
    there = [place for place in places if place.key != venue.key]
    return sorted(there, key=lambda p: roads.between(known, p, venue).km, reverse=direction == "there")
