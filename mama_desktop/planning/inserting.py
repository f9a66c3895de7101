"""Putting blocks into routes one by one, and saying truly why a vehicle cannot take one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from mama_desktop.planning.blocks import Block, Unit
from mama_desktop.planning.ground import Ground
from mama_desktop.planning.problem import Vehicle
from mama_desktop.planning.proposal import Reason

# For each vehicle its units in the order of `Ground.walk`: from the venue outwards.
Routes = dict[str, list[Unit]]
Turn = Callable[[Block], Any]


def full(vehicle: Vehicle, units: Iterable[Unit], block: Block) -> Reason | None:
    """What there is too little of for a block beside the units already in a vehicle."""
    units = list(units)
    if sum(unit.size for unit in units) + block.size > vehicle.seats:
        return Reason.NO_SEATS if block.size <= vehicle.seats else Reason.TOO_LARGE
    if block.wheelchairs and sum(unit.wheelchairs for unit in units) + block.wheelchairs > vehicle.wheelchair_places:
        taken = block.wheelchairs <= vehicle.wheelchair_places
        return Reason.WHEELCHAIR_PLACES_TAKEN if taken else Reason.NO_WHEELCHAIR_PLACE
    room = vehicle.luggage
    if room is not None and block.luggage and sum(unit.luggage for unit in units) + block.luggage > room:
        return Reason.NO_LUGGAGE_ROOM if block.luggage <= room else Reason.LUGGAGE_TOO_LARGE
    return None


def too_long(ground: Ground, vehicle: Vehicle, units: Sequence[Unit]) -> Reason | None:
    """Which limit of time a route breaks, if any."""
    if not units:
        return None
    walk = ground.walk(vehicle, [unit.place for unit in units])
    if walk is None:
        return Reason.ROAD_UNKNOWN
    for unit, ride in zip(units, walk.rides, strict=True):
        if ride > unit.allowed.seconds:
            return unit.allowed.by
    return Reason.LATE if walk.seconds > ground.span(vehicle) else None


def put_in(ground: Ground, vehicle: Vehicle, units: Sequence[Unit], block: Block) -> list[Unit] | Reason:
    """The cheapest route with the block in it, or why there is none with the stops in the order they have."""
    if block.pinned not in (None, vehicle.key):
        return Reason.PINS_DIFFER
    if ground.span(vehicle) < 0:
        return Reason.NOT_AVAILABLE
    short = full(vehicle, units, block)
    if short is not None:
        return short
    result: list[Unit] | Reason = list(units)
    # The outermost first; a second try the other way round, as one unit may stand in the way of another.
    order = sorted(block.units, key=lambda unit: -direct(ground, unit))
    for some in (order, order[::-1]) if len(order) > 1 else (order,):
        result = list(units)
        for unit in some:
            result = _insert(ground, vehicle, result, unit)
            if isinstance(result, Reason):
                break
        else:
            break
    return result


def cost_of(ground: Ground, vehicle: Vehicle, units: Sequence[Unit]) -> tuple[int, int, int]:
    """Cents, metres and seconds of a route that can be driven."""
    walk = ground.walk(vehicle, [unit.place for unit in units])
    assert walk is not None
    return walk.cents, walk.metres, walk.seconds


def fill(ground: Ground, routes: Routes, blocks: Iterable[Block], turn: Turn | None = None, shut: str = "") -> None:
    """Put every block where it costs least more, in the order of `turn`, not into `shut`; changes `routes`."""
    for block in sorted(blocks, key=turn or (lambda block: whose_turn(ground, block))):
        best: tuple[tuple[int, ...], str, list[Unit]] | None = None
        for key, vehicle in ground.vehicles.items():
            units = Reason.NO_VEHICLE if key == shut else put_in(ground, vehicle, routes[key], block)
            if isinstance(units, Reason):
                continue
            was = cost_of(ground, vehicle, routes[key])
            more = tuple(a - b for a, b in zip(cost_of(ground, vehicle, units), was, strict=True))
            if best is None or more < best[0]:
                best = more, key, units
        if best is not None:
            routes[best[1]] = best[2]


def riders(routes: Routes) -> set[str]:
    """The keys of everybody who rides."""
    return {key for units in routes.values() for unit in units for key in unit.travellers}


def whose_turn(ground: Ground, block: Block) -> tuple[object, ...]:
    """Whoever has least choice first: pinned, in a wheelchair, far away, many."""
    farthest = max(direct(ground, unit) for unit in block.units)
    return block.pinned is None, -block.wheelchairs, -farthest, -block.size, block.travellers


def direct(ground: Ground, unit: Unit) -> int:
    drive = ground.drive(ground.problem.venue, unit.place)
    return drive[1] if drive else 0


def _insert(ground: Ground, vehicle: Vehicle, units: list[Unit], unit: Unit) -> list[Unit] | Reason:
    """The unit where it makes the route least longer; else what is wrong there."""
    places: list[str | None] = [ground.problem.venue, *(each.place for each in units), vehicle.start]
    tried = []
    for position, (before, after) in enumerate(pairwise(places)):
        there, on, past = (
            _seconds(ground, before, unit.place), _seconds(ground, unit.place, after), _seconds(ground, before, after)
        )  # fmt: skip
        # The way past it is unknown perhaps, and not needed.
        if there is not None and on is not None:
            stands = ground.stand if unit.place not in (before, after) else 0
            tried.append((there + on + stands - (past or 0), position))
    wrong = Reason.ROAD_UNKNOWN
    for number, (_, position) in enumerate(sorted(tried)):
        route = [*units[:position], unit, *units[position:]]
        bad = too_long(ground, vehicle, route)
        if bad is None:
            return route
        wrong = wrong if number else bad
    return wrong


def _seconds(ground: Ground, first: str | None, second: str | None) -> int | None:
    """Seconds from place to place; nothing to where a drive without a start ends."""
    if first is None or second is None:
        return 0
    drive = ground.drive(first, second)
    return None if drive is None else drive[1]
