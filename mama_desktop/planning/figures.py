"""What a plan comes to: times, kilometres, seats and cost of every trip, and the rules it breaks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from mama_desktop.planning.ground import Ground, Walk, is_bound, refuse_strangers
from mama_desktop.planning.problem import Plan, PlannedStop, PlannedTrip, Problem, Vehicle
from mama_desktop.planning.proposal import Broken, Figures, Reason, Rule, StopFigures, TripFigures


def evaluate(problem: Problem, plan: Plan) -> Figures:
    """The figures of any plan, made by hand or proposed, good or bad. Trips without a stop are left out.

    A distance that is not known counts as nothing, and is among `broken`. Raises ValueError for unknown keys.
    """
    return figures_of(Ground(problem), plan)


def figures_of(ground: Ground, plan: Plan) -> Figures:
    """The same, on a problem that is already looked at."""
    refuse_strangers(ground, plan.trips)
    trips: list[TripFigures] = []
    broken: list[Broken] = []
    rides = 0.0
    for trip in plan.trips:
        if not trip.stops:
            continue
        vehicle, stops = ground.vehicles[trip.vehicle], merged(trip.stops)
        outwards = stops[::-1] if ground.there else stops
        walk = ground.walk(vehicle, [stop.place for stop in outwards], unknown=(0, 0))
        assert walk is not None
        figures = _trip(ground, vehicle, outwards, walk)
        trips.append(figures)
        rides = max([rides, *(stop.ride_minutes for stop in figures.stops if stop.travellers)])
        broken += _broken(ground, vehicle, outwards, walk)
    broken += _apart(ground, plan)
    people = sum(trip.people for trip in trips)
    return Figures(
        trips=tuple(trips),
        people=people,
        left=sum(len(ground.waiting(party)) for party in ground.problem.parties) - people,
        vehicles=len(trips),
        km=round(sum(trip.km for trip in trips), 3),
        minutes=sum(trip.minutes for trip in trips),
        longest_ride_minutes=rides,
        empty_seats=sum(trip.empty_seats for trip in trips),
        cost_cents=sum(trip.cost_cents for trip in trips),
        broken=tuple(broken),
    )


def merged(stops: Sequence[PlannedStop]) -> list[PlannedStop]:
    """Stops that follow one another at one place made one."""
    return [
        PlannedStop(place, tuple(key for stop in some for key in stop.travellers))
        for place, some in groupby(stops, key=lambda stop: stop.place)
    ]


def _trip(ground: Ground, vehicle: Vehicle, outwards: list[PlannedStop], walk: Walk) -> TripFigures:
    at, there = ground.problem.at, ground.there
    whole = dt.timedelta(seconds=walk.seconds)
    stand = dt.timedelta(seconds=ground.stand)
    stops = []
    for number, stop in enumerate(outwards):
        ride = dt.timedelta(seconds=walk.rides[number])
        leaves = at - ride if there else at + ride + stand
        towards = [stop.place for stop in outwards[number + 1 : number + 2]] or [vehicle.start or stop.place]
        before = towards[0] if there else ([ground.problem.venue] + [stop.place for stop in outwards])[number]
        drive = ground.drive(*((stop.place, before) if there else (before, stop.place))) or (0, 0)
        direct = ground.drive(ground.problem.venue, stop.place) or (0, 0)
        stops.append(
            StopFigures(
                stop.place, stop.travellers, leaves - stand, leaves, drive[0] / 1000, drive[1] / 60,
                ride.total_seconds() / 60, direct[1] / 60,
            )
        )  # fmt: skip
    people = sum(len(stop.travellers) for stop in outwards)
    return TripFigures(
        vehicle=vehicle.key,
        stops=tuple(stops[::-1] if there else stops),
        leaves=at - whole if there else at,
        arrives=at if there else at + whole,
        km=walk.metres / 1000,
        minutes=walk.seconds / 60,
        people=people,
        empty_seats=max(0, vehicle.seats - people),
        cost_cents=walk.cents,
    )


def _broken(ground: Ground, vehicle: Vehicle, outwards: list[PlannedStop], walk: Walk) -> Iterator[Broken]:
    everybody = [key for stop in outwards for key in stop.travellers]
    people = [ground.travellers[key] for key in everybody]
    wheelchairs = tuple(person.key for person in people if person.wheelchair)
    if len(people) > vehicle.seats:
        yield Broken(Rule.SEATS, vehicle.key, tuple(everybody))
    if len(wheelchairs) > vehicle.wheelchair_places:
        yield Broken(Rule.WHEELCHAIR, vehicle.key, wheelchairs)
    if vehicle.luggage is not None and sum(person.luggage for person in people) > vehicle.luggage:
        yield Broken(Rule.LUGGAGE, vehicle.key)
    for number, stop in enumerate(outwards):
        for by, rule in ((Reason.RIDE, Rule.RIDE), (Reason.DETOUR, Rule.DETOUR)):
            late = [key for key in stop.travellers
                    if walk.rides[number] > (bound := ground.allowed(key)).seconds and bound.by is by]  # fmt: skip
            if late:
                yield Broken(rule, vehicle.key, tuple(late))
    if walk.seconds > ground.span(vehicle):
        yield Broken(Rule.AVAILABLE, vehicle.key)
    if ground.walk(vehicle, [stop.place for stop in outwards]) is None:
        yield Broken(Rule.ROAD, vehicle.key)
    for key in everybody:
        if ground.party_of[key].pinned not in (None, vehicle.key):
            yield Broken(Rule.PINNED, vehicle.key, (key,))


def _apart(ground: Ground, plan: Plan) -> Iterator[Broken]:
    """People who must ride together, of whom some ride and not all in one vehicle."""
    rides_in = {key: trip.vehicle for trip in plan.trips for stop in trip.stops for key in stop.travellers}
    together: dict[str, list[str]] = {}
    for party in ground.problem.parties:
        if is_bound(party):
            key = f"g{party.group}" if party.group is not None else f"p{party.key}"
            together.setdefault(key, []).extend(ground.waiting(party))
    for keys in together.values():
        vehicles = {rides_in.get(key) for key in keys}
        if len(vehicles) > 1:
            yield Broken(Rule.TOGETHER, "", tuple(keys))


def plan_of(ground: Ground, routes: dict[str, list[PlannedStop]]) -> Plan:
    """A plan from stops in the order of `Ground.walk`; vehicles without a stop stay at home."""
    order = {key: number for number, key in enumerate(ground.travellers)}
    trips = []
    for vehicle, stops in routes.items():
        tidy = [PlannedStop(s.place, tuple(sorted(s.travellers, key=order.__getitem__))) for s in merged(stops)]
        if tidy:
            trips.append(PlannedTrip(vehicle, tuple(tidy[::-1] if ground.there else tidy)))
    return Plan(tuple(trips))
