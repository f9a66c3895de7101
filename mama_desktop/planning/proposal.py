"""What a suggestion of transport answers: figures of a plan, a proposal, who stays behind and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from mama_desktop.domain.text import T, Text
from mama_desktop.planning.problem import Bond, Plan


class Reason(StrEnum):
    """Why a party rides in no vehicle, from what no plan can change to what another plan may."""

    AT_VENUE = "at-venue"
    ROAD_UNKNOWN = "road-unknown"
    PINS_DIFFER = "pins-differ"
    NO_VEHICLE = "no-vehicle"
    NOT_AVAILABLE = "not-available"
    TOO_LARGE = "too-large"
    NO_WHEELCHAIR_PLACE = "no-wheelchair-place"
    LUGGAGE_TOO_LARGE = "luggage-too-large"
    NO_ONE_VEHICLE = "no-one-vehicle"
    TOO_FAR = "too-far"
    NOT_IN_TIME = "not-in-time"
    NO_LUGGAGE_ROOM = "no-luggage-room"
    WHEELCHAIR_PLACES_TAKEN = "wheelchair-places-taken"
    NO_SEATS = "no-seats"
    LATE = "late"
    DETOUR = "detour"
    RIDE = "ride"


# Said of all vehicles, or of the one chosen by hand: they fit both.
REASONS: dict[Reason, Text] = {
    Reason.AT_VENUE: T("they are already where the event is"),
    Reason.ROAD_UNKNOWN: T("a distance on the way to them is not known"),
    Reason.PINS_DIFFER: T("they must ride together but were put into different vehicles by hand"),
    Reason.NO_VEHICLE: T("there is no vehicle for them"),
    Reason.NOT_AVAILABLE: T("not available at that time"),
    Reason.TOO_LARGE: T("they must ride together and there are not enough seats"),
    Reason.NO_WHEELCHAIR_PLACE: T("there are not enough wheelchair places"),
    Reason.LUGGAGE_TOO_LARGE: T("there is not enough room for so much luggage"),
    Reason.NO_ONE_VEHICLE: T("no single vehicle has enough seats, wheelchair places and room for luggage"),
    Reason.TOO_FAR: T("even the direct drive takes longer than the longest ride"),
    Reason.NOT_IN_TIME: T("not available for long enough to fetch them"),
    Reason.NO_LUGGAGE_ROOM: T("no room is left for their luggage"),
    Reason.WHEELCHAIR_PLACES_TAKEN: T("the wheelchair places are taken"),
    Reason.NO_SEATS: T("no seats are left"),
    Reason.LATE: T("with the other stops there is not enough time to fetch them"),
    Reason.DETOUR: T("fetching them would be too long a detour for somebody"),
    Reason.RIDE: T("with them somebody's ride would be longer than the longest ride"),
}


class Rule(StrEnum):
    """A rule that a plan breaks."""

    SEATS = "seats"
    WHEELCHAIR = "wheelchair"
    LUGGAGE = "luggage"
    RIDE = "ride"
    DETOUR = "detour"
    AVAILABLE = "available"
    ROAD = "road"
    TOGETHER = "together"
    PINNED = "pinned"


RULES: dict[Rule, Text] = {
    Rule.SEATS: T("more people than seats"),
    Rule.WHEELCHAIR: T("more wheelchairs than wheelchair places"),
    Rule.LUGGAGE: T("more luggage than there is room for"),
    Rule.RIDE: T("a ride longer than the longest ride"),
    Rule.DETOUR: T("a ride that is too long a detour"),
    Rule.AVAILABLE: T("a vehicle that is not available for so long"),
    Rule.ROAD: T("a distance that is not known"),
    Rule.TOGETHER: T("people who must ride together do not"),
    Rule.PINNED: T("somebody is not in the vehicle they were put in by hand"),
}

BONDS: dict[Bond, Text] = {
    Bond.GUARDIAN: T("minors with their guardian"),
    Bond.GROUP: T("a group that stays together"),
    Bond.REGISTERED_TOGETHER: T("registered together"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a plan breaks: in which vehicle ("" where several are concerned), and for whom."""

    rule: Rule
    vehicle: str
    travellers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopFigures:
    """arrives, leaves: wall clock. km, minutes: of driving from the place before it (0 where a drive begins).

    ride_minutes: from here to the venue, or from the venue to here; direct_minutes: what the direct drive would take.
    """

    place: str
    travellers: tuple[str, ...]
    arrives: dt.datetime
    leaves: dt.datetime
    km: float
    minutes: float
    ride_minutes: float
    direct_minutes: float


@dataclass(frozen=True, slots=True)
class TripFigures:
    """leaves, arrives: from the vehicle's start to the venue, or back (without a start: from or to the last stop).

    km and minutes with the empty part and the standing at stops; cost_cents: fixed price and kilometres.
    """

    vehicle: str
    stops: tuple[StopFigures, ...]
    leaves: dt.datetime
    arrives: dt.datetime
    km: float
    minutes: float
    people: int
    empty_seats: int
    cost_cents: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Totals of a plan. people: who have a vehicle; left: who have none. minutes: of all vehicles together.

    empty_seats: in the vehicles that drive. broken: nothing, if the plan keeps every rule.
    """

    trips: tuple[TripFigures, ...]
    people: int
    left: int
    vehicles: int
    km: float
    minutes: float
    longest_ride_minutes: float
    empty_seats: int
    cost_cents: int
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Travellers of a party whom the proposal leaves behind, why, and for every vehicle why it does not take them.

    pinned: the reason is said of the vehicle they were put in by hand, as only that one was tried.
    """

    party: str
    travellers: tuple[str, ...]
    reason: Reason
    pinned: str | None
    vehicles: tuple[tuple[str, Reason], ...]

    @property
    def words(self) -> Text:
        said = REASONS[self.reason]
        return said if self.pinned is None else T("vehicle chosen by hand: {reason}", reason=said)


@dataclass(frozen=True, slots=True)
class Proposal:
    """plan: what is proposed, with its figures; present: the figures of today's plan by the same reckoning.

    is_present: nothing better was found, and the plan is today's. unplaced: everybody without a vehicle.
    """

    plan: Plan
    figures: Figures
    present: Figures
    is_present: bool
    unplaced: tuple[Unplaced, ...]
