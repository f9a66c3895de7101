"""Routes to begin from and to choose among: today's as far as it keeps the rules, filled up, or made from nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from mama_desktop.planning.blocks import Block, Unit, block_of, singles
from mama_desktop.planning.ground import Ground
from mama_desktop.planning.inserting import Routes, Turn, cost_of, fill, full, riders, too_long, whose_turn

# Random orders in which routes are made from nothing, always the same ones: so many divided by the units.
TRIES = 1_000
MOST_TRIES = 40


def keep_present(ground: Ground, blocks: Sequence[Block]) -> tuple[list[Block], Routes]:
    """The present plan as routes, without those who break a rule, the pinned ones staying first.

    The blocks come back too, those fixed that a person put where they are.
    """
    position = {
        key: number
        for trip in ground.problem.present.trips
        for number, place in enumerate(trip.stops[::-1] if ground.there else trip.stops)
        for key in place.travellers
    }
    routes: Routes = {key: [] for key in ground.vehicles}
    riding = [(block, rides_in) for block in blocks if (rides_in := _rides_in(ground, block)) is not None]
    riding.sort(key=lambda pair: pair[0].pinned is None)
    stays: set[Block] = set()
    for key, vehicle in ground.vehicles.items():
        here = [block for block, rides_in in riding if rides_in == key]
        if ground.span(vehicle) < 0:
            continue
        route = _in_order(here, position)
        if not too_long(ground, vehicle, route) and not any(full(vehicle, _others(route, b), b) for b in here):
            routes[key] = route
            stays.update(here)
            continue
        kept: list[Block] = []
        for block in here:
            route = _in_order([*kept, block], position)
            if full(vehicle, _in_order(kept, position), block) is None and too_long(ground, vehicle, route) is None:
                kept.append(block)
        routes[key] = _in_order(kept, position)
        stays.update(kept)
    return [replace(block, fixed=block.pinned is not None) if block in stays else block for block in blocks], routes


def greedy(ground: Ground, blocks: Sequence[Block], kept: Routes) -> list[Routes]:
    """Today's routes filled up; and routes made from nothing but what is fixed, by a few orders of the people."""
    found = [copied(kept)]
    fixed = {unit for block in blocks if block.fixed for unit in block.units}
    bare = {key: [unit for unit in units if unit in fixed] for key, units in kept.items()}
    if not any(too_long(ground, ground.vehicles[key], units) for key, units in bare.items()):
        found.append(copied(bare))
        found += [copied(bare) for _ in range(TRIES // max(1, sum(len(block.units) for block in blocks)))]
    chance = random.Random(1)
    for number, routes in enumerate(found[:MOST_TRIES]):
        fill_up(ground, routes, blocks, _turn(ground, chance) if number > 1 else None)
    return found[:MOST_TRIES]


def _turn(ground: Ground, chance: random.Random) -> Turn:
    """Whoever has least choice first, more or less."""
    order: dict[Block, tuple[object, ...]] = {}

    def turn(block: Block) -> tuple[object, ...]:
        if block not in order:
            pinned, wheelchairs, *_ = whose_turn(ground, block)
            order[block] = pinned, wheelchairs, -block.size * chance.random(), block.travellers
        return order[block]

    return turn


def emptied(ground: Ground, routes: Routes, blocks: Sequence[Block], fixed: Set[str]) -> Routes:
    """The routes with one vehicle after another kept at home, where the others can take its people and it is better."""
    best = routes
    for key in sorted(routes, key=lambda key: len(riders({key: routes[key]}))):
        if best[key] and not fixed & riders({key: best[key]}):
            tried = {**copied(best), key: []}
            fill(ground, tried, _outside(tried, blocks), shut=key)
            best = min(best, tried, key=lambda each: rank(ground, each, fixed))
    return best


def fill_up(ground: Ground, routes: Routes, blocks: Sequence[Block], turn: Turn | None = None) -> None:
    """Put in whoever can be put in anywhere: whole blocks, then one by one those that may be split."""
    before = -1
    while before < (before := len(riders(routes))):
        fill(ground, routes, _outside(routes, blocks), turn)
        alone = [single for block in _outside(routes, blocks) if block.splittable for single in singles(ground, block)]
        fill(ground, routes, _outside(routes, alone))


def loosened(ground: Ground, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with everybody on their own who may be."""
    found: list[Block] = []
    for block in blocks:
        found += singles(ground, block) if block.splittable and not block.fixed else [block]
    return found


def regrouped(ground: Ground, routes: Routes, blocks: Sequence[Block]) -> tuple[list[Block], Routes]:
    """The blocks cut as the routes have them, and the routes with each part whole; who rides in none is alone."""
    rides_in = {key: vehicle for vehicle, units in routes.items() for unit in units for key in unit.travellers}
    found: list[Block] = []
    for block in blocks:
        if block.fixed or not block.splittable:
            found.append(block)
            continue
        parts: dict[str, list[str]] = {}
        for key in block.travellers:
            parts.setdefault(rides_in.get(key, f" {key}"), []).append(key)
        found += [block_of(ground, keys, splittable=True, pinned=block.pinned) for keys in parts.values()]
    unit_of = {key: unit for block in found for unit in block.units for key in unit.travellers}
    whole = {
        vehicle: list(dict.fromkeys(unit_of[key] for unit in units for key in unit.travellers))
        for vehicle, units in routes.items()
    }
    # Where a detour is shorter than the direct road (typed distances), two visits may be allowed and one may not.
    fits = not any(too_long(ground, ground.vehicles[vehicle], units) for vehicle, units in whole.items())
    return (found, whole) if fits else (list(blocks), routes)


def rank(ground: Ground, routes: Routes, fixed: Iterable[str]) -> tuple[int, ...]:
    """What is better is less: people put there by hand who do not ride, then people, cents, metres, seconds."""
    ride = riders(routes)
    costs = [cost_of(ground, ground.vehicles[key], units) for key, units in routes.items()]
    return (len(set(fixed) - ride), -len(ride), *(sum(part) for part in zip(*costs, strict=True)))


def copied(routes: Routes) -> Routes:
    return {key: list(units) for key, units in routes.items()}


def seats_left(ground: Ground, routes: Routes) -> int:
    """Seats without anybody, those of vehicles that stay at home among them."""
    return sum(vehicle.seats for vehicle in ground.vehicles.values()) - len(riders(routes))


def _rides_in(ground: Ground, block: Block) -> str | None:
    """The vehicle in which all of a block ride today, and may."""
    vehicles = {ground.planned_in.get(key) for key in block.travellers}
    vehicle = vehicles.pop()
    return vehicle if not vehicles and block.pinned in (None, vehicle) else None


def _in_order(blocks: Iterable[Block], position: dict[str, int]) -> list[Unit]:
    units = [unit for block in blocks for unit in block.units]
    return sorted(units, key=lambda unit: position[unit.travellers[0]])


def _others(route: Iterable[Unit], block: Block) -> list[Unit]:
    return [unit for unit in route if unit not in block.units]


def _outside(routes: Routes, blocks: Iterable[Block]) -> list[Block]:
    """Blocks of which nobody rides, or what is left of those that may be split."""
    ride = riders(routes)
    return [block for block in blocks if not ride.intersection(block.travellers)]
