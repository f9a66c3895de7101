"""The problem in whole metres and seconds, seen from the venue: what every other step reckons with.

Outward routes are looked at backwards, from the venue to the outermost stop: then the seconds since the venue are
somebody's ride in both directions, and one reckoning serves both.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from mama_desktop.planning.problem import Limits, Party, PlannedTrip, Problem, Traveller, Vehicle
from mama_desktop.planning.proposal import Reason

NEVER = 10**9


@dataclass(frozen=True, slots=True)
class Walk:
    """A route reckoned: metres, seconds and cents of the whole, and for every place the ride in seconds."""

    metres: int
    seconds: int
    rides: tuple[int, ...]
    cents: int


@dataclass(frozen=True, slots=True)
class Bound:
    """The longest ride from a place, in seconds, and which of the limits it comes from (DETOUR or RIDE)."""

    seconds: int
    by: Reason


class Ground:
    """Raises ValueError where keys are unknown or doubled: that is a mistake of the caller, not of the office."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.there = problem.direction == "there"
        self.vehicles = {vehicle.key: vehicle for vehicle in problem.vehicles}
        self.parties = {party.key: party for party in problem.parties}
        self.party_of = {traveller.key: party for party in problem.parties for traveller in party.travellers}
        self.travellers: dict[str, Traveller] = {t.key: t for party in problem.parties for t in party.travellers}
        self.stand = round(problem.limits.stop_min * 60)
        self._drives = {
            pair[:: -1 if self.there else 1]: (round(drive.km * 1000), round(drive.minutes * 60))
            for pair, drive in problem.roads.items()
        }
        _refuse_doubled(self)
        self.planned_in: dict[str, str] = {}
        self.stop_of: dict[str, str] = {}
        for trip in problem.present.trips:
            for stop in trip.stops:
                for key in stop.travellers:
                    self.planned_in[key], self.stop_of[key] = trip.vehicle, stop.place
        self.ride_today = _rides_today(self)
        self._bounds: dict[str, Bound] = {}

    def drive(self, first: str, second: str) -> tuple[int, int] | None:
        """Metres and seconds going away from the venue; None if nobody knows them."""
        return (0, 0) if first == second else self._drives.get((first, second))

    def place_of(self, traveller: str) -> str:
        """Where somebody gets on or off: the stop they have today, or their party's place."""
        return self.stop_of.get(traveller) or self.party_of[traveller].place

    def waiting(self, party: Party) -> list[str]:
        """Those of a party who need a drive: who is at the venue already does not."""
        return [t.key for t in party.travellers if self.place_of(t.key) != self.problem.venue]

    def bound(self, place: str) -> Bound:
        """The longest ride from a place, by the limits alone."""
        if place not in self._bounds:
            drive = self.drive(self.problem.venue, place)
            self._bounds[place] = _bound(self.problem.limits, drive[1] if drive else 0)
        return self._bounds[place]

    def allowed(self, traveller: str) -> Bound:
        """The same for somebody, who may ride as long as today where they were put by hand."""
        bound = self.bound(self.place_of(traveller))
        today = self.ride_today.get(traveller, 0)
        return bound if today <= bound.seconds else Bound(today, bound.by)

    def span(self, vehicle: Vehicle) -> int:
        """Seconds the vehicle has for its whole drive; below 0 if it is not available when people arrive or leave."""
        begin, end = vehicle.free_from, vehicle.free_to
        if self.there:
            begin, end = end, begin
        at = self.problem.at
        sign = -1 if self.there else 1
        if begin is not None and sign * (at - begin) < dt.timedelta(0):
            return -1
        return NEVER if end is None else math.floor(sign * (end - at).total_seconds())

    def walk(self, vehicle: Vehicle, places: Sequence[str], unknown: tuple[int, int] | None = None) -> Walk | None:
        """The route from the venue through `places` to the vehicle's start; None where a drive is not known.

        Places that follow one another and are the same are one stop. unknown: taken for drives nobody knows.
        """
        metres = seconds = 0
        rides: list[int] = []
        before = self.problem.venue
        for place in places:
            drive = self.drive(before, place) or unknown
            if drive is None:
                return None
            # The vehicle stands at a stop before it drives on, but not at the venue.
            seconds += drive[1] + (self.stand if rides and place != before else 0)
            metres += drive[0]
            rides.append(seconds)
            before = place
        if rides:
            drive = (0, 0) if vehicle.start is None else self.drive(before, vehicle.start) or unknown
            if drive is None:
                return None
            metres, seconds = metres + drive[0], seconds + drive[1] + self.stand
        cents = round(vehicle.fixed_cents + vehicle.per_km_cents * metres / 1000) if rides else 0
        return Walk(metres, seconds, tuple(rides), cents)


def is_bound(party: Party) -> bool:
    """Whether a party must not be split."""
    return bool(party.bonds) or party.group is not None


def _bound(limits: Limits, direct: int) -> Bound:
    detours = []
    if limits.detour_factor is not None:
        detours.append(math.floor(direct * limits.detour_factor + 1e-6))
    if limits.detour_min is not None:
        detours.append(direct + round(limits.detour_min * 60))
    # A detour of nothing is no detour: the direct drive itself is never one.
    detour = max(direct, *detours) if detours else NEVER
    longest = NEVER if limits.longest_ride_min is None else round(limits.longest_ride_min * 60)
    return Bound(longest, Reason.RIDE) if longest <= detour else Bound(detour, Reason.DETOUR)


def _rides_today(ground: Ground) -> dict[str, int]:
    """Seconds somebody rides in the present plan, for those whom a person put there by hand."""
    rides: dict[str, int] = {}
    for trip in ground.problem.present.trips:
        stops = trip.stops[::-1] if ground.there else trip.stops
        walk = ground.walk(ground.vehicles[trip.vehicle], [stop.place for stop in stops])
        for number, stop in enumerate(stops):
            for key in stop.travellers:
                if walk is not None and ground.party_of[key].pinned == trip.vehicle:
                    rides[key] = walk.rides[number]
    return rides


def _refuse_doubled(ground: Ground) -> None:
    problem = ground.problem
    counted = sum(party.size for party in problem.parties)
    if len(ground.vehicles) != len(problem.vehicles) or len(ground.parties) != len(problem.parties):
        raise ValueError("two vehicles or two parties have the same key")
    if len(ground.travellers) != counted:
        raise ValueError("somebody is in two parties")
    refuse_strangers(ground, problem.present.trips)


def refuse_strangers(ground: Ground, trips: Sequence[PlannedTrip]) -> None:
    """A plan speaks of known vehicles and travellers, each once."""
    keys = [key for trip in trips for stop in trip.stops for key in stop.travellers]
    if len(set(keys)) != len(keys) or not set(keys) <= set(ground.travellers):
        raise ValueError("a plan has an unknown traveller, or one twice")
    vehicles = [trip.vehicle for trip in trips]
    if len(set(vehicles)) != len(vehicles) or not set(vehicles) <= set(ground.vehicles):
        raise ValueError("a plan has an unknown vehicle, or one twice")
