"""Parties that a file would split, because only some of a group that waits together would come: a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Choices
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, clean
from mama_desktop.services.comparison import LEAVE_OUT, NEW, Comparison, Decisions, PartyAnswer, WaitingParty

TOGETHER, APART, LEAVE = "together", "apart", "leave"
ANSWERS: Choices = {
    TOGETHER: T("Keep the group together: all of them are accepted"),
    APART: T("Take it apart on purpose"),
    LEAVE: T("Leave their status as it is"),
}


@dataclass(frozen=True)
class Split:
    """A waiting party of which the file accepts only some. coming: registration → line of the file; staying: the keys
    of those who would wait on; names of both."""

    party: WaitingParty
    coming: dict[str, int]
    staying: tuple[str, ...]

    def names(self, keys: tuple[str, ...] | dict[str, int]) -> tuple[str, ...]:
        return tuple(self.party.members[key] for key in keys)


@dataclass(frozen=True)
class Resolved:
    """What was decided about parties, made into what is done. decisions: without the steps that are left out.

    together: who comes along though the file does not say so. apart: registration → the reason why its party is split.
    left: names of those whose status stays, because nothing else was decided.
    """

    decisions: Decisions
    together: tuple[str, ...] = ()
    apart: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()


def waiting_parties(session: Session, event_id: str) -> tuple[WaitingParty, ...]:
    """The parties of which more than one waits, in the order of their names."""
    query = (
        select(Party.id, Party.name, Registration.id, Person.given_name, Person.family_name)
        .join(Registration, Registration.party_id == Party.id)
        .join(Person, Person.id == Registration.person_id)
        .where(Party.event_id == event_id, Registration.status == "waiting")
        .order_by(Party.name, Party.id, Registration.waiting_position, Registration.id)
    )
    names: dict[str, str] = {}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for party, name, registration, given, family in session.execute(query):
        names[party] = name
        members[party][registration] = f"{given} {family}".strip()
    return tuple(WaitingParty(key, names[key], who) for key, who in members.items() if len(who) > 1)


def splits(comparison: Comparison, decisions: Decisions) -> tuple[Split, ...]:
    """The parties that would be split by what is decided about the rows."""
    if not comparison.waiting_parties:
        return ()
    steps = {registration: (line, after) for registration, line, after in _steps(comparison, decisions)}
    gone = {one.registration_id for one in comparison.withdrawn if decisions.cancels(one)}
    gone |= {key for key, (_, after) in steps.items() if after not in TAKES_PLACE}
    found = []
    for party in comparison.waiting_parties:
        coming = {key: steps[key][0] for key in party.members if key in steps and key not in gone}
        staying = tuple(key for key in party.members if key not in coming and key not in gone)
        if coming and staying:
            found.append(Split(party, coming, staying))
    return tuple(found)


def is_decided(decisions: Decisions, split: Split) -> bool:
    """Whether it is said what becomes of this party; taken apart it needs a reason."""
    answer = decisions.parties.get(split.party.id, PartyAnswer())
    return bool(answer.what) and (answer.what != APART or bool(clean(answer.reason)))


def resolved(comparison: Comparison, decisions: Decisions) -> Resolved:
    """What is done about the parties that would be split; undecided, their people stay as they are and are asked
    about again the next time."""
    together: list[str] = []
    apart: dict[str, str] = {}
    left: list[str] = []
    ticks, unsettled = dict(decisions.ticks), set(decisions.unsettled)
    for split in splits(comparison, decisions):
        answer = decisions.parties.get(split.party.id, PartyAnswer())
        if answer.what == TOGETHER:
            together += split.staying
        elif answer.what == APART and clean(answer.reason):
            apart |= dict.fromkeys(split.coming, clean(answer.reason))
        else:
            left += split.names(split.coming)
            lines = {(line, "status") for line in split.coming.values()}
            ticks |= dict.fromkeys(lines, False)
            if answer.what != LEAVE:
                unsettled |= lines
    if not (together or apart or left):
        return Resolved(decisions)
    settled = replace(decisions, ticks=ticks, unsettled=frozenset(unsettled))
    return Resolved(settled, tuple(together), apart, tuple(left))


def _steps(comparison: Comparison, decisions: Decisions) -> Iterator[tuple[str, int, str]]:
    """Of each registration whose status the file changes: its key, the line, the new status."""
    for row in comparison.rows:
        decided = decisions.of(row)
        if row.source is None or decided in (None, NEW, LEAVE_OUT):
            continue
        option = next((o for o in (row.person, *row.options) if o is not None and o.person_id == decided), None)
        if option is None or option.registration_id is None:
            continue
        for change in decisions.accepted(row.line, option.changes):
            if change.field == "status":
                yield option.registration_id, row.line, str(change.after)
