"""Nobody and no vehicle is in two places at the same time: what stands in the way of a trip's times, said by name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, select, union_all
from sqlalchemy.orm import Session, aliased

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.domain.vehicles import Vehicle

_MOST_NAMES = 10


def vehicle_clashes(session: Session, trip: Trip) -> list[tuple[str, str]]:
    """(key, name) of other trips of the same vehicle at the same time."""
    if trip.vehicle_id is None or not _has_times(trip):
        return []
    query = select(Trip.id, Trip.name).where(Trip.vehicle_id == trip.vehicle_id, *_at_the_same_time(trip))
    return [(key, name) for key, name in session.execute(query.order_by(Trip.leaves_at))]


def people_clashes(session: Session, trip: Trip) -> list[tuple[str, str]]:
    """(person's name, trip's name) of everybody in this trip, its driver too, who is in another one meanwhile."""
    if not _has_times(trip):
        return []
    mine, other = aliased(Registration), aliased(Registration)
    here = _in_trip(Trip.id == trip.id)
    there = _in_trip(*_at_the_same_time(trip))
    query = (
        select(Person.given_name, Person.family_name, there.c.name)
        .select_from(here)
        .join(mine, mine.id == here.c.registration_id)
        .join(other, other.person_id == mine.person_id)
        .join(there, there.c.registration_id == other.id)
        .join(Person, Person.id == mine.person_id)
        .distinct()
        .order_by(Person.family_name, Person.given_name, there.c.name)
    )
    return [(f"{given} {family}".strip(), name) for given, family, name in session.execute(query)]


def refuse_clashes(session: Session, trip: Trip) -> None:
    """Raise OfficeError, both sides named, when the trip as it is now cannot be driven beside the others."""
    others = vehicle_clashes(session, trip)
    if others:
        vehicle = session.scalar(select(Vehicle.name).where(Vehicle.id == trip.vehicle_id)) or ""
        raise OfficeError(
            T("The vehicle “{vehicle}” is in another trip at the same time.", vehicle=vehicle),
            safe=T("The trip stays as it was."),
            todo=T("Choose another vehicle or other times."),
            details=[T("“{name}”", name=name) for _, name in others],
        )
    people = people_clashes(session, trip)
    if people:
        count = len({name for name, _ in people})
        raise OfficeError(
            TN(
                "{count} person of “{trip}” is in another vehicle at the same time.",
                "{count} people of “{trip}” are in another vehicle at the same time.",
                count, trip=trip.name,
            ),
            safe=T("The trip stays as it was."),
            todo=T("Take them out of one of the trips first, or choose other times."),
            details=_details(people),
        )  # fmt: skip


def _details(people: Sequence[tuple[str, str]]) -> list[Text]:
    shown = [T("{name}: “{trip}”", name=name, trip=trip) for name, trip in people[:_MOST_NAMES]]
    rest = len(people) - len(shown)
    return [*shown, TN("and {count} more", "and {count} more", rest)] if rest else shown


def _has_times(trip: Trip) -> bool:
    return trip.leaves_at is not None and trip.arrives_at is not None and trip.status != "cancelled"


def _at_the_same_time(trip: Trip) -> tuple[ColumnElement[bool], ...]:
    """Other trips that leave before this one arrives, and arrive after it leaves."""
    return (
        Trip.id != trip.id, Trip.status != "cancelled",
        Trip.leaves_at < trip.arrives_at, Trip.arrives_at > trip.leaves_at,
    )  # fmt: skip


def _in_trip(*where: ColumnElement[bool]) -> Subquery:
    """Registrations that sit in these trips or drive them, with the trip's name."""
    sits = select(Seat.registration_id, Trip.name).join(Trip, Trip.id == Seat.trip_id).where(*where)
    drives = select(Trip.driver_id.label("registration_id"), Trip.name).where(Trip.driver_id.is_not(None), *where)
    return union_all(sits, drives).subquery()
