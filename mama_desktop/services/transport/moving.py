"""Moving people on the board: to the stop that was meant, to the nearest one of a trip, or out of all trips."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import seats
from mama_desktop.services.transport.board import Board, Rider
from mama_desktop.services.transport.nearest import Finder


@dataclass(frozen=True)
class Spot:
    """Where people are put. trip_id None: out of all trips; own_way: and they need none; stop_id None: the nearest."""

    trip_id: str | None = None
    stop_id: str | None = None
    own_way: bool = False


def move(session: Session, event_id: str, direction: str, registration_ids: Sequence[str], spot: Spot) -> int:
    """Put people on a spot, all of them or nobody; returns how many were moved. See `seats.seat` for what is refused.

    Who is put among those without transport and had said they need none, needs some; the other way round as well.
    """
    wanted = list(dict.fromkeys(registration_ids))
    if spot.trip_id is None:
        _unseat(session, event_id, direction, wanted)
        _say_need(session, direction, wanted, needs=not spot.own_way)
        return len(wanted)
    _say_need(session, direction, wanted, needs=True)
    if spot.stop_id is not None:
        seats.seat(session, wanted, spot.trip_id, stop_id=spot.stop_id)
        return len(wanted)
    _seat_at_nearest(session, event_id, direction, wanted, spot.trip_id)
    return len(wanted)


def companions(shown: Board, registration_ids: Collection[str]) -> list[str]:
    """Who travels together with these (their party, guardians and minors) and is where they are: not chosen yet."""
    chosen = set(registration_ids)
    spots = {(r.together, r.trip_id, r.own_way) for r in shown.riders() if r.id in chosen and r.together}
    return [
        r.id for r in shown.riders()
        if r.id not in chosen and not r.drives and (r.together, r.trip_id, r.own_way) in spots
    ]  # fmt: skip


def label(names: Sequence[str], to: Text) -> Text:
    """ "Ana Novak → Celje – Koper", "Ana Novak and 2 more → Celje – Koper": who went where."""
    if len(names) == 1:
        return T("{name} → {place}", name=names[0], place=to)
    return TN(
        "{name} and {count} more → {place}", "{name} and {count} more → {place}", len(names) - 1, name=names[0],
        place=to,
    )  # fmt: skip


def those_who_fit(shown: Board, registration_ids: Sequence[str], trip_id: str, free: int) -> list[str]:
    """The first of these who get a seat in a trip with so many free: those who sit there keep theirs.

    Who travels together goes in together; a half of a party only when no whole one fits.
    """
    riders = {r.id: r for r in shown.riders()}
    there = [k for k in registration_ids if k in riders and riders[k].trip_id == trip_id]
    groups: dict[str, list[str]] = {}
    for key in registration_ids:
        if key not in there:
            groups.setdefault(riders[key].together if key in riders and riders[key].together else key, []).append(key)
    chosen: list[str] = []
    for group in groups.values():
        if len(chosen) + len(group) <= free:
            chosen += group
    if not chosen and groups:
        chosen = next(iter(groups.values()))[:free]
    return [k for k in registration_ids if k in there or k in set(chosen)]


def _unseat(session: Session, event_id: str, direction: str, wanted: Sequence[str]) -> None:
    of_way = list(session.scalars(select(Trip.id).where(Trip.event_id == event_id, Trip.direction == direction)))
    if of_way:
        seats.unseat(session, wanted, trip_ids=of_way)


def _say_need(session: Session, direction: str, wanted: Sequence[str], *, needs: bool) -> None:
    """Only what was said otherwise is said anew; of whom nothing is known nothing is claimed when they get a seat."""
    legs = {
        leg.registration_id: leg
        for leg in session.scalars(
            select(TravelLeg).where(TravelLeg.registration_id.in_(wanted), TravelLeg.direction == direction)
        )
    }
    for key in wanted:
        leg = legs.get(key)
        if leg is None:
            if not needs:
                session.add(TravelLeg(registration_id=key, direction=direction, needs_transport=False))
        elif boards.has_own_way(leg.needs_transport, leg.means) == needs:
            leg.needs_transport = needs
    session.flush()


def _seat_at_nearest(session: Session, event_id: str, direction: str, wanted: Sequence[str], trip_id: str) -> None:
    """Who sits in the trip at a stop keeps it; the others get the nearest one, or none where no place is known."""
    shown = boards.board(session, event_id, direction)
    trip = shown.trip(trip_id)
    riders: dict[str, Rider] = {r.id: r for r in shown.riders()}
    keeps = set(
        session.scalars(
            select(Seat.registration_id).where(
                Seat.trip_id == trip_id, Seat.registration_id.in_(wanted), Seat.stop_id.is_not(None)
            )
        )
    )
    new = [key for key in wanted if key not in keeps]
    # All at once first: a full vehicle refuses the whole wish, not the last stop of it.
    seats.seat(session, new, trip_id)
    finder = Finder(session, [trip] if trip else [])
    at_stop: dict[str, list[str]] = {}
    for key in new:
        rider = riders.get(key)
        nearest = finder.nearest(rider.place, trip_id=trip_id) if rider else None
        stop = nearest.stop_id if nearest else _only_stop(shown, trip_id)
        if stop is not None:
            at_stop.setdefault(stop, []).append(key)
    for stop, keys in at_stop.items():
        seats.seat(session, keys, trip_id, stop_id=stop)


def _only_stop(shown: Board, trip_id: str) -> str | None:
    trip = shown.trip(trip_id)
    found = [stop.id for stop in trip.stops if not stop.is_venue] if trip else []
    return found[0] if len(found) == 1 else None
