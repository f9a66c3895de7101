"""A suggestion of transport written into the plan: trips, stops and seats in one change that is undone as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, TripStop
from mama_desktop.planning.problem import PlannedTrip
from mama_desktop.planning.proposal import Proposal
from mama_desktop.services.transport import proposing, roads, seats, stops, trips
from mama_desktop.services.transport.proposing import Asked


@dataclass(frozen=True)
class Applied:
    """How many trips were made, and how many people were seated, moved or taken out."""

    made: int
    seated: int
    moved: int
    taken_out: int


def apply(session: Session, asked: Asked, proposal: Proposal) -> Applied:
    """Write a proposal; refuses one that answers to an older plan. Who stays in a vehicle keeps how they got there."""
    if proposing.fingerprint(session, asked.event_id, asked.direction) != asked.fingerprint:
        raise OfficeError(
            T("The plan has changed since the suggestion was made."),
            safe=T("The plan stays as it is now."),
            todo=T("Ask for a new suggestion."),
        )
    today = _today(session, asked)
    wanted = {
        person: planned.vehicle
        for planned in proposal.plan.trips
        for stop in planned.stops
        for person in stop.travellers
    }
    leaving = [p for p, trip in today.items() if p in asked.riders and wanted.get(p) != f"trip:{trip}"]
    # First out, then in: two who change places would find each other's seat taken.
    if leaving:
        seats.unseat(session, leaving, trip_ids=set(today.values()))
    made = 0
    present = {planned.vehicle: planned for planned in asked.problem.present.trips}
    for planned in proposal.plan.trips:
        if planned == present.get(planned.vehicle):
            continue
        trip_id = asked.offer(planned.vehicle).trip_id
        if trip_id is None:
            trip_id = _new_trip(session, asked, planned)
            made += 1
        _drive(session, asked, trip_id, planned)
    moved = sum(1 for p in leaving if p in wanted)
    new = sum(1 for p in wanted if p not in today)
    return Applied(made, new, moved, len(leaving) - moved)


def _today(session: Session, asked: Asked) -> dict[str, str]:
    """Who sits in which trip of this direction now."""
    keys = [trip.id for trip in trips.trips_of_event(session, asked.event_id) if trip.direction == asked.direction]
    rows = session.execute(select(Seat.registration_id, Seat.trip_id).where(Seat.trip_id.in_(keys)))
    return {person: trip for person, trip in rows}


def _new_trip(session: Session, asked: Asked, planned: PlannedTrip) -> str:
    return trips.add_trip(
        session, asked.event_id, direction=asked.direction, day=asked.at.date(), at=asked.at.time(),
        vehicle_id=asked.offer(planned.vehicle).vehicle_id,
    )  # fmt: skip


def _drive(session: Session, asked: Asked, trip_id: str, planned: PlannedTrip) -> None:
    """Give a trip the stops of the plan, in its order, and seat who gets on there."""
    rows = list(session.scalars(select(TripStop).where(TripStop.trip_id == trip_id).order_by(TripStop.position)))
    keys = [stop.place for stop in planned.stops]
    kept: dict[str, TripStop] = {}
    venue = [row for row in rows if row.is_venue]
    for row in rows:
        key = _key(row)
        if not row.is_venue and key in keys and key not in kept:
            kept[key] = row
    # Whom the question left out stays where they are, at a stop that is kept for them at the end of the others.
    with_people = set(session.scalars(select(Seat.stop_id).where(Seat.trip_id == trip_id, Seat.stop_id.is_not(None))))
    stop_of = {person: stop.place for stop in planned.stops for person in stop.travellers}
    staying = {
        seat.stop_id
        for seat in session.scalars(select(Seat).where(Seat.trip_id == trip_id))
        if seat.registration_id not in stop_of
    }
    others = [row for row in rows if not row.is_venue and row not in kept.values()]
    for row in others:
        if row.id not in staying:
            if row.id in with_people:
                session.execute(update(Seat).where(Seat.stop_id == row.id).values(stop_id=None))
            session.delete(row)
    for place in planned.stops:
        if place.place not in kept:
            kept[place.place] = _new_stop(asked, trip_id, place.place)
            session.add(kept[place.place])
    session.flush()
    ordered = [*(kept[key] for key in keys), *(row for row in others if row.id in staying)]
    ordered = [*venue, *ordered] if asked.direction == "back" else [*ordered, *venue]
    _times(asked, ordered, venue)
    for number, row in enumerate(ordered, 1):
        row.position = number
    session.flush()
    stops.follow(session, trip_id)
    _seat(session, trip_id, planned, kept)


def _times(asked: Asked, ordered: Sequence[TripStop], venue: Sequence[TripStop]) -> None:
    """The venue's time is what was asked for; all others follow, as the order is a new one."""
    for row in ordered:
        if row not in venue:
            row.at, row.at_by_hand = None, False
    for row in venue:
        row.at, row.at_by_hand = asked.at, True


def _seat(session: Session, trip_id: str, planned: PlannedTrip, kept: dict[str, TripStop]) -> None:
    here = {s.registration_id: s for s in session.scalars(select(Seat).where(Seat.trip_id == trip_id))}
    for stop in planned.stops:
        newcomers = [person for person in stop.travellers if person not in here]
        for person in stop.travellers:
            if person in here:
                here[person].stop_id = kept[stop.place].id
        session.flush()
        if newcomers:
            seats.seat(session, newcomers, trip_id, stop_id=kept[stop.place].id, by_hand=False)


def _new_stop(asked: Asked, trip_id: str, key: str) -> TripStop:
    place = asked.places[key]
    return TripStop(
        trip_id=trip_id, place=place.name, country=place.country or "SI", latitude=place.latitude,
        longitude=place.longitude,
    )  # fmt: skip


def _key(row: TripStop) -> str:
    return roads.Place(row.place, row.country, row.latitude, row.longitude).key
