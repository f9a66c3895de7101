"""What a suggestion of transport is asked about: who waits where, what drives, and the limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from mama_desktop.planning.roads import Drive

# As in `domain.travel.DIRECTIONS`: everybody to the venue, or everybody home.
Direction = Literal["there", "back"]


class Bond(StrEnum):
    """Why people ride in one vehicle or not at all."""

    GUARDIAN = "guardian"
    GROUP = "group"
    REGISTERED_TOGETHER = "party"


@dataclass(frozen=True, slots=True)
class Traveller:
    """One person. Takes one seat; in a wheelchair also one of the vehicle's wheelchair places. luggage: pieces."""

    key: str
    wheelchair: bool = False
    luggage: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """Travellers of one place who are planned as one.

    bonds: why they must stay together; without any they only share stop and organisation, and are split when that gets
    more of them into vehicles. group: parties (of several places) with the same group ride in one vehicle or not at
    all, and count as bound. pinned: the key of the vehicle a person put them in by hand; they ride in that one or not
    at all, and those whom the present plan has there within the rules stay.
    """

    key: str
    place: str
    travellers: tuple[Traveller, ...]
    bonds: tuple[Bond, ...] = ()
    group: str | None = None
    pinned: str | None = None

    @property
    def size(self) -> int:
        return len(self.travellers)

    @property
    def wheelchairs(self) -> int:
        return sum(traveller.wheelchair for traveller in self.travellers)

    @property
    def luggage(self) -> int:
        return sum(traveller.luggage for traveller in self.travellers)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """seats: for passengers, without the driver, with those in wheelchairs; wheelchair_places: how many of them may be.

    luggage: pieces, None: as many as come. start: the place it comes from and goes back to, whose empty kilometres
    count; None: the drive begins (going home: ends) at the outermost stop. Prices in cents. free_from, free_to: it
    leaves its start no earlier and is back (outward: at the venue) no later; None: any time.
    """

    key: str
    seats: int
    wheelchair_places: int = 0
    luggage: int | None = None
    start: str | None = None
    fixed_cents: int = 0
    per_km_cents: float = 0.0
    free_from: dt.datetime | None = None
    free_to: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """longest_ride_min: from getting on to getting off. stop_min: how long a vehicle stands at each stop.

    A detour is a ride longer than the direct drive. detour_factor: a ride takes at most so many times the direct
    drive; detour_min: at most so many minutes more. Where both are given the more generous holds, so that a short ride
    is not refused for a few minutes. None: no limit. A party pinned in the present plan may ride as long as there.
    """

    longest_ride_min: float | None = None
    detour_factor: float | None = None
    detour_min: float | None = None
    stop_min: float = 5.0


@dataclass(frozen=True, slots=True)
class PlannedStop:
    """A stop and the keys of the travellers who get on there (going home: off)."""

    place: str
    travellers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedTrip:
    """A vehicle and its stops in the order it drives them, without the venue and its start.

    Stops that follow one another at one place are one.
    """

    vehicle: str
    stops: tuple[PlannedStop, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who rides in what: at most one trip a vehicle, every traveller at most once."""

    trips: tuple[PlannedTrip, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One direction of one event. at: everybody is at the venue then (outward), or leaves it then (going home).

    roads: km and minutes from place to place (`roads.drives`); a pair that is missing cannot be driven. present: what
    is planned today; whoever it puts at a stop keeps that stop, whatever their party's place says. An empty present
    plan asks for one from nothing.
    """

    direction: Direction
    venue: str
    at: dt.datetime
    parties: tuple[Party, ...]
    vehicles: tuple[Vehicle, ...]
    roads: Mapping[tuple[str, str], Drive]
    limits: Limits = field(default_factory=Limits)
    present: Plan = field(default_factory=Plan)
