"""What a trip would miss: a plane or train that lands after it has left, and a driver or leader who stays away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STAYS_AWAY, Registration
from mama_desktop.domain.trips import Trip
from mama_desktop.services.transport.stops import StopInfo
from mama_desktop.services.transport.trips import TripInfo

if TYPE_CHECKING:
    from mama_desktop.services.transport.board import Board, Rider


def misses(rider: Rider, stop: StopInfo, direction: str) -> bool:
    """Whether the trip is at the stop before this person's plane or train arrives; back: after it leaves.

    Without a day of theirs the day of the trip is meant.
    """
    if rider.due is None or stop.at is None or stop.is_venue:
        return False
    if direction == "back":
        return stop.at > dt.datetime.combine(rider.due_on or stop.at.date(), rider.due)
    leaves = stop.leaves or stop.at
    return leaves < dt.datetime.combine(rider.due_on or leaves.date(), rider.due)


def missed(shown: Board, registration_ids: Collection[str]) -> list[tuple[Rider, StopInfo]]:
    """Who of these sits in a trip that misses their plane or train, and at which stop."""
    found = []
    for trip in shown.trips:
        stops = {stop.id: stop for stop in trip.stops}
        for rider in shown.seated.get(trip.id, ()):
            stop = stops.get(rider.stop_id or "")
            if (
                rider.id in registration_ids
                and stop is not None
                and trip.status != "cancelled"
                and misses(rider, stop, shown.direction)
            ):
                found.append((rider, stop))
    return found


def away(session: Session, shown: Sequence[TripInfo]) -> dict[str, tuple[str, ...]]:
    """Trip → the names of its driver and leader who have no place at the event any more."""
    asked = [trip.id for trip in shown if trip.driver_id or trip.leader_id]
    if not asked:
        return {}
    query = (
        select(Trip.id, Person.given_name, Person.family_name)
        .join(Registration, or_(Registration.id == Trip.driver_id, Registration.id == Trip.leader_id))
        .join(Person, Person.id == Registration.person_id)
        .where(Trip.id.in_(asked), Registration.status.in_(list(STAYS_AWAY)))
        .distinct()
        .order_by(Person.family_name, Person.given_name)
    )
    found: dict[str, tuple[str, ...]] = {}
    for key, given, family in session.execute(query):
        found[key] = (*found.get(key, ()), f"{given} {family}".strip())
    return found
