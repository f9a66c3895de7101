"""Figures of the suggestion of transport: how long it takes with the child's start, as the window calls it.

And what comes of that time: how much dearer the proposal is than one searched for ten times as long.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from itertools import islice

from mama_desktop.planning.problem import Bond, Limits, Party, Problem, Traveller, Vehicle
from mama_desktop.planning.roads import Place, drives
from mama_desktop.planning.transport import plan_in_child, search_seconds
from tests.benchmarks.measuring import Figure, Measure, is_tiny, note, sized

_STARTS = ("T0", "T3", None, "T7", "V")


def sixty_people() -> list[Figure]:
    """60 people at 15 stops, 5 vehicles: within a second."""
    return _measured(
        invented(sized(60), 15, (8, 8, 30, 19, 4), 1), "transport for 60 people, 15 stops, 5 vehicles", 1.0
    )


def two_hundred_people() -> list[Figure]:
    """200 people at 30 stops, 10 vehicles: within ten."""
    asked = invented(sized(200), 30, (49, 30, 19, 19, 30, 8, 8, 50, 16, 8), 2)
    return _measured(asked, "transport for 200 people, 30 stops, 10 vehicles", 10.0)


FIGURES: list[Measure] = [sixty_people, two_hundred_people]


def invented(people: int, stops: int, seats: tuple[int, ...], seed: int) -> Problem:
    """People of organisations at stops over a country of 150 × 120 km; some families, some wheelchairs."""
    chance = random.Random(seed)
    places = [Place("V", 45.96, 15.49)]
    places += [Place(f"T{n}", chance.uniform(45.5, 46.6), chance.uniform(13.8, 16.1)) for n in range(stops)]
    parties: list[Party] = []
    keys = iter(range(people))
    while group := list(islice(keys, chance.randint(1, 5))):
        number = len(parties)
        travellers = tuple(Traveller(f"{key}", wheelchair=key % 50 == 7) for key in group)
        bonds = (Bond.GUARDIAN,) if number % 6 == 0 else ()
        parties.append(Party(f"p{number}", f"T{number % stops}", travellers, bonds))
    vehicles = tuple(
        Vehicle(f"v{n}", size, 1 + size // 25, None, _STARTS[n % 5], size * 900 if size > 8 else 0, 35 + size)
        for n, size in enumerate(seats)
    )
    limits = Limits(longest_ride_min=270, detour_factor=2.5, detour_min=60)
    return Problem("there", "V", dt.datetime(2020, 4, 2, 10), tuple(parties), vehicles, drives(places), limits)


def _measured(asked: Problem, label: str, limit: float) -> list[Figure]:
    took = []
    for _ in range(1 if is_tiny() else 3):
        start = time.perf_counter()
        found = plan_in_child(asked)
        took.append(time.perf_counter() - start)
    figures = found.figures
    long = plan_in_child(asked, seconds=search_seconds(asked) * (1 if is_tiny() else 10)).figures
    note(f"{figures.people} placed, {figures.left} left, {figures.vehicles} vehicles, {figures.km:.0f} km, "
         f"{figures.cost_cents / 100:.0f} €; searched ten times as long: {long.people} placed, {long.km:.0f} km, "
         f"{long.cost_cents / 100:.0f} €")  # fmt: skip
    return [
        (label, statistics.median(took), limit, "s"),
        ("the same: left behind, whom ten times the time places", long.people - figures.people, 2.0, "people"),
        ("the same: cost against ten times the time", figures.cost_cents / max(long.cost_cents, 1), 1.25, "×"),
    ]
