"""Why somebody stays behind, found by trying every vehicle as the proposal has filled it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mama_desktop.planning.blocks import Block, block_of
from mama_desktop.planning.ground import Ground, is_bound
from mama_desktop.planning.inserting import Routes, direct, put_in
from mama_desktop.planning.problem import Party, Vehicle
from mama_desktop.planning.proposal import Reason, Unplaced

# What a vehicle is too small for, however empty it is.
_TOO_SMALL = frozenset({Reason.TOO_LARGE, Reason.NO_WHEELCHAIR_PLACE, Reason.LUGGAGE_TOO_LARGE})
_NEARNESS = list(Reason)


def unplaced(ground: Ground, routes: Routes) -> tuple[Unplaced, ...]:
    """Everybody who is in no route, by party and in its order; whoever is at the venue already among them."""
    rides = {key for units in routes.values() for unit in units for key in unit.travellers}
    groups: dict[str, list[Party]] = {}
    for party in ground.problem.parties:
        if party.group is not None:
            groups.setdefault(party.group, []).append(party)
    found: list[Unplaced] = []
    for party in ground.problem.parties:
        waiting = ground.waiting(party)
        there = tuple(traveller.key for traveller in party.travellers if traveller.key not in waiting)
        if there:
            found.append(Unplaced(party.key, there, Reason.AT_VENUE, None, ()))
        left = [key for key in waiting if key not in rides]
        if left:
            found += _of_party(ground, routes, party, left, groups.get(party.group or "", [party]))
    return tuple(found)


def _of_party(
    ground: Ground, routes: Routes, party: Party, left: list[str], together: list[Party]
) -> Iterator[Unplaced]:
    pins = {other.pinned for other in together if other.pinned is not None}
    if len(pins) > 1:
        yield Unplaced(party.key, tuple(left), Reason.PINS_DIFFER, None, ())
        return
    pinned = next(iter(pins), None)
    if is_bound(party):
        keys = [key for other in together for key in ground.waiting(other)]
        yield _said(ground, routes, party, left, block_of(ground, keys, splittable=False, pinned=pinned))
        return
    # Those who could be split stay behind one by one, each for their own reason.
    by_reason: dict[tuple[Reason, tuple[tuple[str, Reason], ...]], list[str]] = {}
    for key in left:
        said = _said(ground, routes, party, [key], block_of(ground, [key], splittable=True, pinned=pinned))
        by_reason.setdefault((said.reason, said.vehicles), []).append(key)
    for (reason, vehicles), keys in by_reason.items():
        yield Unplaced(party.key, tuple(keys), reason, pinned, vehicles)


def _said(ground: Ground, routes: Routes, party: Party, left: Iterable[str], block: Block) -> Unplaced:
    vehicles = tuple(
        (vehicle.key, why_not(ground, vehicle, routes, block))
        for vehicle in ground.vehicles.values()
        if block.pinned in (None, vehicle.key)
    )
    return Unplaced(party.key, tuple(left), _summed([reason for _, reason in vehicles]), block.pinned, vehicles)


def why_not(ground: Ground, vehicle: Vehicle, routes: Routes, block: Block) -> Reason:
    """Why a vehicle does not take a block: what it could never do first, then what the others in it leave no room for.

    Raises AssertionError if it could take it: a proposal leaves nobody behind for whom there is room.
    """
    for units in ([], routes[vehicle.key]):
        reason = put_in(ground, vehicle, units, block)
        if isinstance(reason, Reason):
            if reason is Reason.RIDE and any(direct(ground, unit) > unit.allowed.seconds for unit in block.units):
                return Reason.TOO_FAR
            return Reason.NOT_IN_TIME if reason is Reason.LATE and not units else reason
    raise AssertionError(f"{vehicle.key} has room for {block.travellers}")


def _summed(reasons: list[Reason]) -> Reason:
    """One reason for all vehicles: that of the vehicle that comes nearest to taking them."""
    if not reasons:
        return Reason.NO_VEHICLE
    nearest = max(reasons, key=_NEARNESS.index)
    available = {reason for reason in reasons if reason is not Reason.NOT_AVAILABLE}
    # "Not enough wheelchair places" would be untrue where one vehicle has them and too few seats.
    return Reason.NO_ONE_VEHICLE if len(available) > 1 and available <= _TOO_SMALL else nearest
