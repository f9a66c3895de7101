"""Of many who are to be accepted, as many as there are places for; the others go on the waiting list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import Taker, counted, exceeded
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.services import counting, holdings, parties


@dataclass(frozen=True)
class Fits:
    """Keys and names in the order in which places are given. coming: who gets one; waiting: for whom there is none."""

    coming: tuple[str, ...]
    waiting: tuple[str, ...]
    coming_names: tuple[str, ...] = ()
    waiting_names: tuple[str, ...] = ()


def what_fits(session: Session, keys: Sequence[str], *, whole_parties: bool | None = None) -> Fits:
    """Who of these would have a place now; nothing is written.

    First who waits already, in the order of the waiting list, then by the day of the application. A party stands where
    its first member stands and comes whole or not at all; whoever is smaller and fits goes before a party that does
    not. whole_parties: those of a waiting party who are not chosen are counted with it.
    """
    if whole_parties:
        keys = [*keys, *parties.left_waiting(session, keys)]
    chosen = counting.registrations_by_key(session, keys)
    coming, waiting = _shared(session, [r for r in chosen if r.status not in TAKES_PLACE])
    there = [r.id for r in chosen if r.status in TAKES_PLACE]
    names = holdings.names_of(session, [*coming, *waiting])
    return Fits(
        tuple(there + coming), tuple(waiting),
        tuple(names[key] for key in coming), tuple(names[key] for key in waiting),
    )  # fmt: skip


def _shared(session: Session, newcomers: Sequence[Registration]) -> tuple[list[str], list[str]]:
    coming: list[str] = []
    waiting: list[str] = []
    for event in sorted({r.event_id for r in newcomers}):
        mine = sorted((r for r in newcomers if r.event_id == event), key=_turn)
        limits = counting.limits_of(session, event)
        taken = counted(counting.takers(session, event).values())
        people = counting.takers(session, event, statuses=(), keys=[r.id for r in mine])
        units: dict[str, list[str]] = {}
        for registration in mine:
            units.setdefault(registration.party_id or registration.id, []).append(registration.id)
        for unit in units.values():
            more = counted(people.get(key) or Taker(key) for key in unit)
            if exceeded(limits, taken, more):
                waiting += unit
            else:
                taken += more
                coming += unit
    return coming, waiting


def _turn(registration: Registration) -> tuple[bool, int, str, str]:
    waits = registration.status == "waiting"
    position = registration.waiting_position if waits else None
    since = registration.status_since if waits else registration.applied_at
    # Nobody knows when: last.
    return (not waits, position or 10**9, since.isoformat() if since else "~", registration.id)
