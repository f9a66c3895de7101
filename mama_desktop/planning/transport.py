"""The suggestion of transport: who rides in which vehicle, in which order it stops, never worse than what is planned.

`plan_in_child(problem, report)` is what the program calls; `evaluate(problem, plan)` gives the figures of any plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from mama_desktop import child
from mama_desktop.planning.blocks import Block, blocks_of
from mama_desktop.planning.candidates import (
    copied,
    emptied,
    fill_up,
    greedy,
    keep_present,
    loosened,
    rank,
    regrouped,
    seats_left,
)
from mama_desktop.planning.figures import evaluate, figures_of, plan_of
from mama_desktop.planning.ground import Ground
from mama_desktop.planning.inserting import Routes, riders
from mama_desktop.planning.problem import Plan, PlannedStop, Problem
from mama_desktop.planning.proposal import Figures, Proposal
from mama_desktop.planning.reasons import unplaced
from mama_desktop.planning.routing import Tell, search

__all__ = ["evaluate", "plan", "plan_in_child", "search_seconds"]

# OR-Tools reserves far more address space than it uses.
_MEMORY_MB = 2_000
# For the start of the child and all that is not search.
_GRACE_S = 30.0
_STEPS = 100
# Of the time: the first search; the rest is for a second, from where it came to, with those split who stayed behind.
_FIRST = 0.65


def search_seconds(problem: Problem) -> float:
    """How long to search at most, by size: for 60 people 0.4 s, for 200 people 4.4 s, never above 6."""
    people = sum(party.size for party in problem.parties)
    return min(6.0, max(0.2, 0.4 * (people / 60) ** 2))


def plan_in_child(problem: Problem, report: child.Report | None = None, *, seconds: float | None = None) -> Proposal:
    """`plan` in a child process, so that the window lives on; `report` may raise Cancelled, which ends the child."""
    limit = search_seconds(problem) if seconds is None else seconds
    found: Proposal = child.run(
        plan, problem, seconds=limit, timeout_s=limit + _GRACE_S, memory_mb=_MEMORY_MB, report=report
    )
    return found


def plan(problem: Problem, *, seconds: float, report: child.Report | None = None) -> Proposal:
    """A plan that keeps every rule and is no worse than the present one, searched for at most `seconds`.

    Better is: more people in a vehicle; then cost; then kilometres; then minutes of the vehicles. Whom a person put in
    a vehicle by hand stays there, if that keeps the rules. A present plan that breaks rules is compared without those
    who break them. Raises ValueError where keys are unknown or doubled.
    """
    ground = Ground(problem)
    blocks, kept = keep_present(ground, blocks_of(ground))
    fixed = {key for block in blocks if block.fixed for key in block.travellers}
    tell = _teller(report)

    def better(found: Sequence[Routes]) -> Routes:
        return min(found, key=lambda routes: rank(ground, routes, fixed))

    best = emptied(ground, better([kept, *greedy(ground, blocks, kept)]), blocks, fixed)
    best = better([best, *_searched(ground, blocks, best, seconds * _FIRST, lambda part: tell(part * _FIRST))])
    everybody = len(riders(best)) == sum(block.size for block in blocks)
    if not everybody and seats_left(ground, best):
        best = better([best, *greedy(ground, loosened(ground, blocks), kept)])
    blocks, start = regrouped(ground, best, blocks)
    rest = 1 - _FIRST
    found = _searched(ground, blocks, start, seconds * rest, lambda part: tell(_FIRST + part * rest), priced=everybody)
    best = better([best, *found])
    best = copied(emptied(ground, best, blocks, fixed))
    # Nobody stays behind for whom there is room.
    fill_up(ground, best, blocks)
    tell(1.0)
    return _proposal(ground, kept, best)


def _searched(
    ground: Ground, blocks: Sequence[Block], start: Routes, seconds: float, tell: Tell, priced: bool = True
) -> list[Routes]:
    """What the search makes of `start`, filled up; nothing where there is nothing to search."""
    whole = {unit for block in blocks for unit in block.units}
    # Who rides split in the start, and whole among these blocks, begins at home.
    hint = {key: [unit for unit in units if unit in whole] for key, units in copied(start).items()}
    found = search(ground, blocks, hint, seconds, tell, priced)
    if found is None:
        return []
    fill_up(ground, found, blocks)
    return [found]


def _proposal(ground: Ground, kept: Routes, best: Routes) -> Proposal:
    problem = ground.problem
    present = figures_of(ground, problem.present)
    proposed = _plan(ground, best)
    figures = figures_of(ground, proposed)
    if problem.present.trips and not present.broken and _worth(present) <= _worth(figures):
        return Proposal(problem.present, present, present, True, unplaced(ground, kept))
    return Proposal(proposed, figures, present, False, unplaced(ground, best))


def _worth(figures: Figures) -> tuple[float, ...]:
    return -figures.people, figures.cost_cents, figures.km, round(figures.minutes * 60)


def _plan(ground: Ground, routes: Routes) -> Plan:
    stops = {key: [PlannedStop(unit.place, unit.travellers) for unit in units] for key, units in routes.items()}
    return plan_of(ground, stops)


def _teller(report: child.Report | None) -> Tell:
    def tell(part: float) -> None:
        if report is not None:
            report(int(part * _STEPS), _STEPS)

    tell(0.0)
    return tell
