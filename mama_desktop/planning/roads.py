"""Kilometres and minutes by road between places, estimated from coordinates; what somebody typed wins."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mama_desktop.domain.geo import great_circle_km

# Road kilometres for each kilometre of the great circle. To be confirmed by the office: studies of whole countries find
# 1.2 to 1.5 (Ballou, Rahardja, Sakai 2002, Transportation Research A 36: "circuity factor"); a motorway all the way is
# nearer 1.2, a road over a pass may be 1.8. Hence the pairs that can be typed over.
ROAD_FACTOR = 1.3
# (up to this kilometre of a drive, km/h on that part of it), to be confirmed: out of a town, roads, then motorway, with
# a van or a bus. Speeds of parts, not of whole drives, so that a longer drive never takes less time.
SPEEDS: tuple[tuple[float, float], ...] = ((10.0, 40.0), (30.0, 60.0), (100.0, 80.0), (math.inf, 95.0))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, in degrees WGS 84; `key` is whatever the caller knows it by."""

    key: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Drive:
    """A way from one place to another: km by road, minutes of driving without any stop, and whether it was typed."""

    km: float
    minutes: float
    typed: bool = False


def driving_minutes(km: float) -> float:
    """Minutes for so many kilometres by road, by the speeds of SPEEDS."""
    minutes, so_far = 0.0, 0.0
    for until, speed in SPEEDS:
        minutes += max(0.0, min(km, until) - so_far) / speed * 60
        so_far = until
        if km <= until:
            break
    return minutes


def estimate(first: Place, second: Place, factor: float = ROAD_FACTOR) -> Drive:
    """The drive between two places nobody typed: great circle × factor, to a tenth of a kilometre."""
    km = round(great_circle_km((first.latitude, first.longitude), (second.latitude, second.longitude)) * factor, 1)
    return Drive(km, driving_minutes(km))


def drives(
    places: Iterable[Place],
    typed: Mapping[tuple[str, str], tuple[float, float | None]] | None = None,
    factor: float = ROAD_FACTOR,
) -> dict[tuple[str, str], Drive]:
    """Every ordered pair of places, as `Problem.roads` wants it.

    typed: (key, key) → (km, minutes, or None for the minutes these kilometres take). A typed pair holds in both
    directions unless the other was typed as well, and needs no coordinates: its places may be missing in `places`.
    """
    known = list(places)
    found = {(a.key, b.key): estimate(a, b, factor) for a in known for b in known if a.key != b.key}
    said = typed or {}
    for (first, second), (km, minutes) in said.items():
        drive = Drive(km, driving_minutes(km) if minutes is None else minutes, typed=True)
        found[first, second] = drive
        if (second, first) not in said:
            found[second, first] = drive
    return found
