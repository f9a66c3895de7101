"""Vehicles: their list, one's card, its kilometres per year, what follows other seats, what a deletion touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text, clean, fold, sort_key
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import VEHICLE_KINDS, Vehicle
from mama_desktop.services import deleting, fields
from mama_desktop.services.transport import trips

_MOST = 12
# What a trip has as its vehicle has it, unless something else was said for it.
FOLLOWED = frozenset({"seats", "wheelchair_places"})


@dataclass(frozen=True)
class VehicleCard:
    """values: raw values of VEHICLE_FIELDS. carrier_id, owner_id: whose it is."""

    id: str
    name: str
    values: dict[str, Any]
    carrier_id: str | None = None
    owner_id: str | None = None


@dataclass(frozen=True)
class Driven:
    """One year of a vehicle: how many trips were not called off, and how many kilometres they make."""

    year: int
    trips: int
    km: float


def vehicles(
    session: Session, *, language: str = "sl", keys: Sequence[str] | None = None, carrier_id: str = ""
) -> Listing:
    """All vehicles, in use or not; those of the given keys, or of a carrier."""
    query = fields.vehicles_query()
    query = query if keys is None else query.where(Vehicle.id.in_(keys))
    query = query.where(Vehicle.carrier_id == carrier_id) if carrier_id else query
    shown = [f for f in fields.VEHICLE_FIELDS.values() if not (carrier_id and f.key == "carrier")]
    return fields.listing(session, shown, query, Vehicle.id, language=language)


def vehicle_card(session: Session, key: str, *, language: str = "sl") -> VehicleCard | None:
    """The card of one vehicle; None when it was deleted meanwhile."""
    found = vehicles(session, language=language, keys=[key])
    if not found.keys:
        return None
    values = {info.key: value for info, value in zip(found.fields, found.rows[0], strict=True)}
    vehicle = session.get_one(Vehicle, key)
    return VehicleCard(key, str(values["name"]), values, vehicle.carrier_id, vehicle.owner_id)


def add_vehicle(session: Session, name: str, *, kind: str = "van", seats: int = 8, **values: Any) -> str:
    """Add a vehicle with so many seats for passengers; returns its key."""
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the vehicle's name."))
    if kind not in VEHICLE_KINDS or seats < 0:
        raise OfficeError(T("A vehicle has a kind, and no seats or more."), safe=T("Nothing was changed."))
    added = Vehicle(name=name, kind=kind, seats=seats, **values)
    session.add(added)
    session.flush()
    return added.id


def follow(session: Session, vehicle: Vehicle, attribute: str, before: int, *, today: dt.date) -> int:
    """Trips ahead that have as many seats as the vehicle had get as many as it has now; returns how many did.

    Nobody is thrown out: who is over is shown. Trips that are over keep what they were driven with.
    """
    column = {"seats": Trip.seats, "wheelchair_places": Trip.wheelchair_places}[attribute]
    changed = session.execute(
        update(Trip)
        .where(
            Trip.vehicle_id == vehicle.id, column == before, Trip.status != "cancelled",
            or_(Trip.day.is_(None), Trip.day >= today),
        )
        .values({column: getattr(vehicle, attribute)})
        .returning(Trip.id)
    ).all()  # fmt: skip
    return len(changed)


def driven(session: Session, key: str) -> list[Driven]:
    """Trips and kilometres of a vehicle by year, the latest first; kilometres as typed, else as estimated."""
    found: dict[int, list[float]] = {}
    for trip in trips.trips_between(session, dt.date.min, dt.date.max, vehicle_id=key):
        day = trip.leaves_at.date() if trip.leaves_at else trip.day
        if day is not None and trip.status != "cancelled":
            found.setdefault(day.year, []).append(trip.km)
    return [Driven(year, len(km), round(sum(km), 1)) for year, km in sorted(found.items(), reverse=True)]


def like(session: Session, beginning: str) -> list[Found]:
    """Vehicles in use for completion while somebody types."""
    query = select(Vehicle.id, Vehicle.name, Vehicle.seats).where(
        Vehicle.in_use, Vehicle.search.contains(fold(beginning), autoescape=True)
    )
    hits = [Found("vehicle", key, name) for key, name, _ in session.execute(query)]
    return sorted(hits, key=lambda hit: sort_key(hit.title))[:_MOST]


def touched_by_deleting(session: Session, keys: Sequence[str], *, today: dt.date) -> list[Text]:
    """In words what goes with these vehicles and what stays without them: trips ahead come first."""
    ahead = session.scalar(
        select(func.count()).where(Trip.vehicle_id.in_(keys), Trip.day >= today, Trip.status != "cancelled")
    )
    said = deleting.what_hangs_on(session, Vehicle.__tablename__, keys).words(Vehicle.__tablename__)
    if not ahead:
        return said
    return [
        TN("{count} trip ahead is without a vehicle then.", "{count} trips ahead are without a vehicle then.", ahead),
        *said,
    ]


def delete_vehicles(session: Session, keys: Sequence[str]) -> int:
    """Delete vehicles with their files; their trips stay, with seats and driver as they were said."""
    deleting.delete_with_all(session, Vehicle.__tablename__, keys)
    return len(keys)


def refuse_out_of_use(session: Session, key: str) -> Vehicle:
    """The vehicle, unless it was taken out of use."""
    vehicle = session.get(Vehicle, key)
    if vehicle is None:
        raise OfficeError(T("This vehicle is not there any more."), safe=T("Nothing was changed."))
    if not vehicle.in_use:
        raise OfficeError(
            T("“{name}” is out of use.", name=vehicle.name), safe=T("Nothing was changed."),
            todo=T("Choose another vehicle, or take it into use again."),
        )  # fmt: skip
    return vehicle
