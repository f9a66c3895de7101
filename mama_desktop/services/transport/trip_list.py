"""All trips of all events and all bookings as one table: when, what for, in what, who drives, seats taken and over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, sort_key, verbatim
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.services import fields
from mama_desktop.services.fields.field import Field, computed, name_in, registry

_counted = (
    select(
        Seat.trip_id,
        func.count().label("taken"),
        func.sum(case((Seat.wheelchair, 1), else_=0)).label("in_wheelchairs"),
    )
    .group_by(Seat.trip_id)
    .subquery("seats_taken")
)
_leader = (
    select(Registration.id, Person.given_name, Person.family_name)
    .join(Person, Person.id == Registration.person_id)
    .subquery("trip_leader")
)
_driver = (
    select(Registration.id, Person.given_name, Person.family_name)
    .join(Person, Person.id == Registration.person_id)
    .subquery("trip_driver")
)


def _taken(_language: str, event_id: str | None, taken: int | None) -> int | None:
    # A booking without an event carries nobody of a list.
    return taken or 0 if event_id or taken else None


def _free(_language: str, event_id: str | None, seats: int, taken: int | None) -> int | None:
    return max(seats - (taken or 0), 0) if event_id or taken else None


def _over(_language: str, seats: int, places: int, taken: int | None, in_wheelchairs: int | None) -> int | None:
    return max((taken or 0) - seats, int(in_wheelchairs or 0) - places, 0) or None


def _day(_language: str, leaves_at: dt.datetime | None, day: dt.date | None) -> dt.date | None:
    return leaves_at.date() if leaves_at else day


def _hour(_language: str, at: dt.datetime | None) -> dt.time | None:
    return at.time() if at else None


def _somebody(_language: str, said: str, given_name: str | None, family_name: str | None) -> str:
    return f"{given_name or ''} {family_name or ''}".strip() or said


def _narrow(key: str, width: int) -> Field:
    """A field of a trip in the narrower column of a list of many."""
    field = fields.TRIP_FIELDS[key]
    return replace(field, info=replace(field.info, width=width))


TRIP_LIST_FIELDS: dict[str, Field] = registry(
    computed("day", T("Day"), (Trip.leaves_at, Trip.day), _day, "date", width=100),
    computed("leaves", T("Leaves"), (Trip.leaves_at,), _hour, "time", width=90),
    _narrow("name", 185),
    computed("event", T("Event"), (Event.title_sl, Event.title_en), name_in, width=190),
    _narrow("direction", 90),
    _narrow("vehicle_id", 125),
    computed("taken", T("Taken"), (Trip.event_id, _counted.c.taken), _taken, "number", width=80),
    computed("free", T("Free"), (Trip.event_id, Trip.seats, _counted.c.taken), _free, "number", width=75),
    computed(
        "over", T("Too many"), (Trip.seats, Trip.wheelchair_places, _counted.c.taken, _counted.c.in_wheelchairs),
        _over, "number", width=85,
    ),
    computed(
        "driver", T("Driver"), (Trip.driver_name, _driver.c.given_name, _driver.c.family_name), _somebody,
        sensitivity="personal", width=150,
    ),
    computed(
        "leader", T("Leader"), (Trip.leader_name, _leader.c.given_name, _leader.c.family_name), _somebody,
        sensitivity="personal", width=150,
    ),
    computed("arrives", T("Arrives"), (Trip.arrives_at,), _hour, "time", width=80),
    computed("seats", T("Seats"), (Trip.seats,), None, "number", width=80),
    fields.TRIP_FIELDS["status"],
    computed("carrier", T("Carrier"), (Carrier.name,), None, width=180),
    fields.TRIP_FIELDS["price_cents"],
    fields.TRIP_FIELDS["driver_phone"],
    fields.TRIP_FIELDS["remarks"],
)  # fmt: skip


def trip_list(session: Session, *, today: dt.date, everything: bool = False, language: str = "sl") -> Listing:
    """Trips from today on and those without a day, or all there ever were; called off ones as well."""
    query: Any = (
        select(Trip.id)
        .select_from(Trip)
        .outerjoin(Event, Event.id == Trip.event_id)
        .outerjoin(Vehicle, Vehicle.id == Trip.vehicle_id)
        .outerjoin(Carrier, Carrier.id == Vehicle.carrier_id)
        .outerjoin(_counted, _counted.c.trip_id == Trip.id)
        .outerjoin(_leader, _leader.c.id == Trip.leader_id)
        .outerjoin(_driver, _driver.c.id == Trip.driver_id)
        .order_by(Trip.leaves_at, Trip.day, Trip.position)
    )
    if not everything:
        begin = dt.datetime.combine(today, dt.time())
        ends = func.coalesce(Trip.arrives_at, Trip.leaves_at)
        query = query.where(or_(ends >= begin, ends.is_(None) & or_(Trip.day >= today, Trip.day.is_(None))))
    shown = [_with_vehicles(session) if f.key == "vehicle_id" else f for f in TRIP_LIST_FIELDS.values()]
    return fields.listing(session, shown, query, Trip.id, language=language)


def _with_vehicles(session: Session) -> Field:
    """The vehicle of a trip as a choice among those in use; what is out of use keeps its name where it stands."""
    field = TRIP_LIST_FIELDS["vehicle_id"]
    rows = session.execute(select(Vehicle.id, Vehicle.name, Vehicle.in_use)).all()
    rows = sorted(rows, key=lambda row: sort_key(row.name))
    booked = set(session.scalars(select(Trip.vehicle_id).where(Trip.vehicle_id.is_not(None)).distinct()))
    choices = {key: verbatim(name) for key, name, in_use in rows if in_use or key in booked}
    return replace(field, info=replace(field.info, kind="reference", choices=choices))


def event_of(session: Session, trip_id: str) -> str | None:
    """The event of a trip; None for a booking, or when it is gone."""
    return session.scalar(select(Trip.event_id).where(Trip.id == trip_id))
