"""What a file would do, as a value: every row in one group, with what would change and whom it might be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mama_desktop.domain.base import Choices
from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.candidates import Candidate
from mama_desktop.services.source_rows import Said, plain_values

GROUPS: Choices = {
    "new": T("new registrations"),
    "registered": T("already registered"),
    "possible": T("possible matches"),
    "repeated": T("signed up again further down"),
    "left": T("left out before"),
    "withdrawn": T("withdrawn"),
    "problem": T("rows with a problem"),
    "skipped": T("rows that are no registrations"),
}
# What may be decided of a row besides the key of a person: a different person; as proposed, in spite of a problem.
NEW = "new"
TAKE = "take"
LEAVE_OUT = "leave-out"


@dataclass(frozen=True)
class Change:
    """One value that would change. field: a key of the registry of fields ("answer:…" for an extra answer).

    ticked: proposed. Where we know what the form said the last time, ours is proposed to follow as long as nobody here
    has changed it; changed on both sides it is a `clash`: not ticked, `said_before` shown beside. Otherwise what is
    empty with us is filled; what we have and the file says otherwise stands, because somebody may have mended it by
    hand, unless the person has signed up again since: then the answers about this event (not name and contact) follow.
    """

    field: str
    before: Any
    after: Any
    of_person: bool
    ticked: bool
    clash: bool = False
    said_before: Any = None


@dataclass(frozen=True)
class Withdrawal:
    """Somebody registered whom the form no longer has, or of whom the tool says that they have withdrawn.

    word: the tool's ("Refunded"), "" for a row that is merely gone: then it is only a question. reason: in a sentence.
    line: of the row that says so, 0 when it is gone. sure: whether it is certain who is meant. said: the row as it was
    before.
    """

    registration_id: str
    person_id: str
    name: str
    detail: str
    status: str
    word: str
    reason: Text
    line: int
    sure: bool
    said: Said | None

    @property
    def ticked(self) -> bool:
        return bool(self.word) and self.sure


@dataclass(frozen=True)
class Option:
    """Somebody a row might be. registration_id: None when not yet registered for this event. organisation_id: whom the
    person belongs to, for a registration whose row does not say."""

    person_id: str
    registration_id: str | None
    name: str
    detail: str
    reasons: tuple[Text, ...]
    changes: tuple[Change, ...] = ()
    organisation_id: str | None = None


@dataclass(frozen=True)
class Row:
    """One row of the file in its group.

    source: the row as read, None where it is no registration. person: whom it is, None for a person not known yet (or
    not decided: see `options`). replaced_by: the later line of the same person, of a repeated row. problems: why it is
    not taken in; `blocked`: and cannot be. said: the same row of the form as it was the last time.
    """

    line: int
    group: str
    name: str
    source: Candidate | None
    person: Option | None = None
    options: tuple[Option, ...] = ()
    replaced_by: int | None = None
    problems: tuple[Text, ...] = ()
    notices: tuple[Text, ...] = ()
    blocked: bool = False
    said: Said | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.person.changes if self.person else ()

    @property
    def unchanged(self) -> bool:
        return self.group == "registered" and not self.changes


@dataclass(frozen=True)
class WaitingParty:
    """A party of which several wait together. members: the keys of their registrations, in their order → names."""

    id: str
    name: str
    members: Mapping[str, str]


@dataclass(frozen=True)
class PartyAnswer:
    """What becomes of a party that the file would split (`import_parties.ANSWERS`); reason: why it is taken apart."""

    what: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Comparison:
    """The whole file against the workspace. registered: how many were registered for the event when it was made.

    form: the fingerprint of the form whose newer export this is, "" for a list of no form. known_before: how many of
    its rows came before. partial: so many of them are missing that the file is perhaps only a part of the form.
    waiting_parties: of the event; a file may accept only some of one (`import_parties`).
    """

    event_id: str
    rows: tuple[Row, ...]
    registered: int
    today: dt.date
    notices: tuple[Text, ...] = ()
    form: str = ""
    withdrawn: tuple[Withdrawal, ...] = ()
    known_before: int = 0
    partial: bool = False
    waiting_parties: tuple[WaitingParty, ...] = ()

    def group(self, name: str) -> tuple[Row, ...]:
        return self._groups.get(name, ())

    def counts(self) -> dict[str, int]:
        """Rows in each group of GROUPS ("withdrawn": people), and of the registered how many stay "unchanged", would be
        "changed", and have a value that both sides changed ("clash")."""
        unchanged = sum(row.unchanged for row in self.group("registered"))
        known = {name: len(self.group(name)) for name in GROUPS} | {"withdrawn": len(self.withdrawn)}
        clash = sum(any(change.clash for change in row.changes) for row in self.group("registered"))
        return {**known, "unchanged": unchanged, "changed": known["registered"] - unchanged, "clash": clash}

    @cached_property
    def unkept(self) -> tuple[Row, ...]:
        """Rows of a form, registered, about which something else is kept as the ground for its next export, or nothing
        at all (whoever was registered by hand before the form came)."""
        if not self.form:
            return ()
        return tuple(
            row
            for row in self.group("registered")
            if row.source is not None and (row.said is None or plain_values(row.source) != row.said.values)
        )

    @cached_property
    def _groups(self) -> dict[str, tuple[Row, ...]]:
        found: dict[str, list[Row]] = {name: [] for name in GROUPS}
        for row in self.rows:
            found[row.group].append(row)
        return {name: tuple(rows) for name, rows in found.items()}


@dataclass(frozen=True)
class Decisions:
    """What the person decided in the preview; empty: good rows go in as proposed, possible matches stay out.

    people: line → the key of the person it is, NEW for a different person, TAKE for a row with a problem as it is, or
    LEAVE_OUT. ticks: (line, field) → take the file's value or not, where that differs from what was proposed.
    withdrawals: registration → cancel it or not. whole: the answer when much of the form is missing in the file.
    parties: key of a party that would be split → what becomes of it. unsettled: (line, field) of what stays as it is
    only because nobody has decided yet.
    """

    people: Mapping[int, str] = field(default_factory=dict)
    ticks: Mapping[tuple[int, str], bool] = field(default_factory=dict)
    withdrawals: Mapping[str, bool] = field(default_factory=dict)
    whole: bool | None = None
    parties: Mapping[str, PartyAnswer] = field(default_factory=dict)
    unsettled: frozenset[tuple[int, str]] = frozenset()

    def of(self, row: Row) -> str | None:
        """LEAVE_OUT, NEW, the key of a person, or None while it is not decided."""
        decided = LEAVE_OUT if row.blocked or row.source is None else self.people.get(row.line)
        if decided not in (None, TAKE):
            return decided
        if row.group in ("repeated", "skipped") or (row.group in ("problem", "left") and decided is None):
            return LEAVE_OUT
        return row.person.person_id if row.person else None if row.options else NEW

    def accepted(self, line: int, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """Of these changes those that are to be made."""
        return tuple(c for c in changes if self.ticks.get((line, c.field), c.ticked))

    def undecided(self, line: int, changes: tuple[Change, ...]) -> tuple[Change, ...]:
        """The clashes, and the steps of parties, about which nothing is decided: they are asked again the next time."""
        return tuple(
            c for c in changes if (c.clash and (line, c.field) not in self.ticks) or (line, c.field) in self.unsettled
        )

    def is_empty(self) -> bool:
        """Whether nothing was decided."""
        return not (self.people or self.ticks or self.withdrawals or self.parties) and self.whole is None

    def cancels(self, withdrawal: Withdrawal) -> bool:
        return self.withdrawals.get(withdrawal.registration_id, withdrawal.ticked)


@dataclass(frozen=True)
class Taken:
    """What was taken in. skipped: lines left out by decision, as repeated, as a problem, or not decided. notes: who
    went on the waiting list, what was freed for others and who has to be told (`to_act`: there is any of the last two).
    over: what accepting exceeded, on purpose. to_tell: the registrations whose people have to be told."""

    new: int
    changed: int
    unchanged: int
    skipped: tuple[int, ...]
    new_people: int
    new_organisations: int
    cancelled: int = 0
    notes: tuple[Text, ...] = ()
    over: tuple[Exceeded, ...] = ()
    to_act: bool = False
    to_tell: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """Of the new registrations."""
