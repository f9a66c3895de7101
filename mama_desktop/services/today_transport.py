"""What of transport waits before the events of the next two weeks: people without a seat, trips not ready to leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip

NEAR_DAYS = 14
Counted = list[tuple[str, int]]


@dataclass(frozen=True)
class Waiting:
    """(event, how many) of each kind, the next event first."""

    without_seat: Counted
    without_vehicle: Counted
    without_driver: Counted
    over: Counted


def waiting(session: Session, of_events: Sequence[ColumnElement[bool]], day: dt.date) -> Waiting:
    """of_events: conditions on `Event`. Counts people who need transport one way or the other and have no seat, and
    trips by what they lack; a trip without a driver that has no vehicle either is counted once, without a vehicle."""
    near = (Event.starts_on <= day + dt.timedelta(days=NEAR_DAYS), *of_events)
    ahead = or_(Trip.day.is_(None), Trip.day >= day)
    running = (Trip.status != "cancelled", ahead)
    no_driver = and_(Trip.vehicle_id.is_not(None), Trip.driver_name == "", Trip.driver_id.is_(None))
    taken = select(func.count()).where(Seat.trip_id == Trip.id).correlate(Trip).scalar_subquery()
    return Waiting(
        _without_seat(session, near),
        _trips(session, (*near, *running, Trip.vehicle_id.is_(None))),
        _trips(session, (*near, *running, no_driver)),
        _trips(session, (*near, *running, taken > Trip.seats)),
    )


def _without_seat(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Counted:
    needs = or_(
        TravelLeg.needs_transport.is_(True),
        and_(TravelLeg.needs_transport.is_(None), TravelLeg.means == "event-bus"),
    )
    same_way = and_(
        Trip.event_id == Registration.event_id, Trip.direction == TravelLeg.direction, Trip.status != "cancelled"
    )
    sits = (
        select(Seat.id)
        .join(Trip, Trip.id == Seat.trip_id)
        .where(Seat.registration_id == Registration.id, same_way)
        .correlate(Registration, TravelLeg)
        .exists()
    )
    drives = select(Trip.id).where(Trip.driver_id == Registration.id, same_way).correlate(Registration, TravelLeg)
    query = (
        select(Event.id, func.count(Registration.id.distinct()))
        .select_from(TravelLeg)
        .join(Registration, Registration.id == TravelLeg.registration_id)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.status.in_(TAKES_PLACE), needs, ~sits, ~drives.exists(), *conditions)
        .group_by(Event.id, Event.starts_on, Event.code)
        .order_by(Event.starts_on, Event.code)
    )
    return [(event, count) for event, count in session.execute(query)]


def _trips(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Counted:
    query = (
        select(Event.id, func.count(Trip.id))
        .join(Trip, Trip.event_id == Event.id)
        .where(*conditions)
        .group_by(Event.id, Event.starts_on, Event.code)
        .order_by(Event.starts_on, Event.code)
    )
    return [(event, count) for event, count in session.execute(query)]
