"""The order of the waiting list, and who of it could come now.

`Registration.waiting_position` only says who stands before whom: nobody's row is touched because somebody before them
has left, so an undo of that stays possible. The numbers people see have no gaps: they are counted from the order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import Taker, counted, exceeded
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import counting

ORDER: tuple[Any, ...] = (
    Registration.waiting_position.is_(None),
    Registration.waiting_position,
    Registration.status_since,
    Registration.id,
)


@dataclass(frozen=True)
class Waiting:
    """Somebody on the waiting list; `number` is 1 for the first."""

    number: int
    key: str
    person: str
    party_id: str | None = None
    party: str = ""


@dataclass(frozen=True)
class Proposal:
    """Somebody of the waiting list, or a whole party, for whom there is room now.

    passes_over: who waits longer and does not fit (a party of three for two places).
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    number: int
    party_id: str | None = None
    party: str = ""
    passes_over: tuple[str, ...] = ()


def waiting(session: Session, event_id: str) -> list[Waiting]:
    """The waiting list of an event, the first first."""
    session.flush()
    query = (
        select(Registration.id, Person.given_name, Person.family_name, Registration.party_id, Party.name)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Party, Party.id == Registration.party_id)
        .where(Registration.event_id == event_id, Registration.status == "waiting")
        .order_by(*ORDER)
    )
    return [
        Waiting(number, key, f"{given} {family}".strip(), party_id, party or "")
        for number, (key, given, family, party_id, party) in enumerate(session.execute(query), 1)
    ]


def append(session: Session, event_id: str, added: Sequence[Registration]) -> None:
    """Put these at the end, in this order; their status is already "waiting"."""
    if not added:
        return
    keys = {r.id for r in added}
    session.flush()
    query = select(Registration.id, Registration.waiting_position)
    query = query.where(Registration.event_id == event_id, Registration.status == "waiting")
    before = [position for key, position in session.execute(query) if key not in keys]
    # Who came onto the list before it had an order gets a place in it first.
    unordered = any(position is None for position in before)
    last = (
        number_all(session, event_id, leave_out=keys) if unordered else max(map(int, filter(None, before)), default=0)
    )
    for position, registration in enumerate(added, last + 1):
        registration.waiting_position = position
    session.flush()


def number_all(session: Session, event_id: str, *, leave_out: Collection[str] = ()) -> int:
    """Give everybody who waits the number they are seen with; gives the last."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.status == "waiting")
    people = [r for r in session.scalars(query.order_by(*ORDER)) if r.id not in leave_out]
    for number, registration in enumerate(people, 1):
        registration.waiting_position = number
    return len(people)


def somebody_waits(session: Session, event_id: str) -> bool:
    query = select(Registration.id).where(Registration.event_id == event_id, Registration.status == "waiting")
    return session.scalar(query.limit(1)) is not None


def proposals(session: Session, event_id: str) -> tuple[Proposal, ...]:
    """Who of the waiting list could come now, in its order; a party only whole. Nothing is done: the office decides."""
    queue = waiting(session, event_id)
    limits = counting.limits_of(session, event_id) if queue else None
    if limits is None or limits.are_none:
        return tuple(_proposal(unit, ()) for unit in units(queue))
    taken = counted(counting.takers(session, event_id).values())
    if limits.capacity is not None and taken["event", ""] >= limits.capacity:
        return ()
    people = counting.takers(session, event_id, statuses=("waiting",))
    found, passed = [], []
    for unit in units(queue):
        coming = counted(_taker(people, w.key) for w in unit)
        if exceeded(limits, taken, coming):
            passed.append(unit[0].party or unit[0].person)
        else:
            taken += coming
            found.append(_proposal(unit, tuple(passed)))
    return tuple(found)


def units(queue: Sequence[Waiting]) -> list[list[Waiting]]:
    """Single people and whole parties; a party stands where its first member stands."""
    found: dict[str, list[Waiting]] = {}
    for somebody in queue:
        found.setdefault(somebody.party_id or somebody.key, []).append(somebody)
    return list(found.values())


def _taker(people: dict[str, Taker], key: str) -> Taker:
    return people.get(key) or Taker(key)


def _proposal(unit: Sequence[Waiting], passes_over: tuple[str, ...]) -> Proposal:
    first = unit[0]
    return Proposal(
        tuple(w.key for w in unit), tuple(w.person for w in unit), first.number, first.party_id, first.party,
        passes_over,
    )  # fmt: skip
