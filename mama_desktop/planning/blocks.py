"""Who is placed as one: parties cut into blocks, a block into units, one for each place where it is fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mama_desktop.planning.ground import Bound, Ground, is_bound
from mama_desktop.planning.problem import Party, Vehicle

# Beyond so many units those of one place that may be split are put together, up to this part of the smallest vehicle.
MANY = 150
PART = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """Travellers fetched at one place by one vehicle: a node of the routing."""

    place: str
    travellers: tuple[str, ...]
    wheelchairs: int
    luggage: int
    allowed: Bound

    @property
    def size(self) -> int:
        return len(self.travellers)


@dataclass(frozen=True, slots=True)
class Block:
    """Units that ride in one vehicle or not at all. pinned: that vehicle; fixed: there already, and staying."""

    units: tuple[Unit, ...]
    splittable: bool
    pinned: str | None = None
    fixed: bool = False

    @property
    def size(self) -> int:
        return sum(unit.size for unit in self.units)

    @property
    def wheelchairs(self) -> int:
        return sum(unit.wheelchairs for unit in self.units)

    @property
    def luggage(self) -> int:
        return sum(unit.luggage for unit in self.units)

    @property
    def travellers(self) -> tuple[str, ...]:
        return tuple(traveller for unit in self.units for traveller in unit.travellers)


def blocks_of(ground: Ground) -> list[Block]:
    """Every party, at first: the bound ones whole, the others by who rides together today, none above a vehicle."""
    blocks: list[Block] = []
    groups: dict[str, list[Party]] = {}
    for party in ground.problem.parties:
        if not is_bound(party):
            blocks += _loose(ground, party)
        else:
            groups.setdefault(f"g{party.group}" if party.group is not None else f"p{party.key}", []).append(party)
    for parties in groups.values():
        keys = [key for party in parties for key in ground.waiting(party)]
        pins = {party.pinned for party in parties if party.pinned is not None}
        # Two different pins: nothing can be done, which `reasons` says.
        if keys and len(pins) < 2:
            blocks.append(block_of(ground, keys, splittable=False, pinned=next(iter(pins), None)))
    return fewer(ground, blocks) if sum(len(block.units) for block in blocks) > MANY else blocks


def block_of(ground: Ground, travellers: Iterable[str], *, splittable: bool, pinned: str | None) -> Block:
    """A block of these, one unit for every place they are fetched at."""
    by_place = sorted(travellers, key=ground.place_of)
    units = [unit_of(ground, place, list(keys)) for place, keys in groupby(by_place, key=ground.place_of)]
    return Block(tuple(units), splittable, pinned)


def unit_of(ground: Ground, place: str, travellers: Sequence[str]) -> Unit:
    people = [ground.travellers[key] for key in travellers]
    return Unit(
        place,
        tuple(travellers),
        sum(traveller.wheelchair for traveller in people),
        sum(traveller.luggage for traveller in people),
        min((ground.allowed(key) for key in travellers), key=lambda bound: bound.seconds),
    )


def singles(ground: Ground, block: Block) -> list[Block]:
    """A block that may be split, everybody on their own."""
    return [block_of(ground, [key], splittable=True, pinned=block.pinned) for key in block.travellers]


def _loose(ground: Ground, party: Party) -> list[Block]:
    """Those of one stop and organisation, cut by vehicle and stop of today, wheelchair and largest vehicle."""
    largest = max((vehicle.seats for vehicle in _candidates(ground, party.pinned)), default=0) or 1

    def kind(key: str) -> tuple[str, str, bool]:
        return ground.planned_in.get(key, ""), ground.place_of(key), ground.travellers[key].wheelchair

    blocks = []
    for (_, _, wheelchair), some in groupby(sorted(ground.waiting(party), key=kind), key=kind):
        keys = list(some)
        step = 1 if wheelchair else largest
        blocks += [
            block_of(ground, keys[first : first + step], splittable=True, pinned=party.pinned)
            for first in range(0, len(keys), step)
        ]
    return blocks


def _candidates(ground: Ground, pinned: str | None) -> list[Vehicle]:
    return [vehicle for vehicle in ground.vehicles.values() if pinned in (None, vehicle.key)]


def fewer(ground: Ground, blocks: list[Block]) -> list[Block]:
    """Small blocks of one place put together, so that the solver has fewer nodes; the rest as it was."""
    smallest = min((vehicle.seats for vehicle in ground.vehicles.values() if vehicle.seats), default=1)
    most = max(1, smallest // PART)

    def kind(block: Block) -> tuple[str, str, str]:
        unit = block.units[0]
        return unit.place, block.pinned or "", ground.planned_in.get(unit.travellers[0], "")

    small = [block for block in blocks if block.splittable and not block.wheelchairs and block.size < most]
    merged = [block for block in blocks if block not in small]
    for (_, pinned, _), some in groupby(sorted(small, key=kind), key=kind):
        keys: list[str] = []
        for block in some:
            if keys and len(keys) + block.size > most:
                merged.append(block_of(ground, keys, splittable=True, pinned=pinned or None))
                keys = []
            keys += block.travellers
        merged.append(block_of(ground, keys, splittable=True, pinned=pinned or None))
    return merged
