"""Rows of one file among themselves: who signed up again, who may be somebody else of the same file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mama_desktop.domain.text import T, Text
from mama_desktop.intake.candidates import Candidate
from mama_desktop.services import known_people
from mama_desktop.services.comparison import Option
from mama_desktop.services.matching import OTHER, Traits, Verdict, alike, choose, evidence, verdict
from mama_desktop.services.source_rows import Said


@dataclass
class Asked:
    """A row on its way to its group."""

    source: Candidate
    values: dict[str, Any]
    answers: dict[str, str]
    traits: Traits
    problems: tuple[Text, ...]
    too_long: bool
    person: Option | None = None
    options: tuple[Option, ...] = ()
    replaced_by: int | None = None
    notices: list[Text] = field(default_factory=list)
    said: Said | None = None
    # Whose row it is by its ID: then every difference is meant.
    identified: str = ""


def find_repeated(rows: Sequence[Asked]) -> None:
    """Rows of one person: the last one counts, by the time of sending where it is known, else by the line."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        groups[row.traits.name_key].append(row)
    for group in groups.values():
        if len(group) < 2:
            continue
        counting: list[Asked] = []
        for row in sorted(group, key=_sent, reverse=True):
            found = [(i, verdict(evidence(row.traits, other.traits))) for i, other in enumerate(counting)]
            last, _ = choose([(i, how) for i, how in found if how >= Verdict.LIKELY])
            if last is None or row.person is not None:
                if counting:
                    row.notices.append(T("The same name stands in row {row} too.", row=counting[-1].source.line))
                counting.append(row)
            else:
                row.replaced_by = counting[last].source.line


def point_out_typing_errors(rows: Sequence[Asked]) -> None:
    """Rows with one e-mail or telephone and almost one name, which nobody knows yet: perhaps signed up twice."""
    groups: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        for shared in (row.traits.email_key, *row.traits.phones):
            if shared:
                groups[shared].append(row)
    for group in groups.values():
        for row in group if 1 < len(group) <= known_people.MOST_BEHIND_ONE else ():
            names = [o for o in group if o is not row and alike(row.traits.name_key, o.traits.name_key)]
            others = [str(o.source.line) for o in names if evidence(row.traits, o.traits).birth != OTHER]
            if others:
                said = T("Row {row} could be the same person.", row=", ".join(others))
                row.notices += [] if said in row.notices else [said]


def _sent(row: Asked) -> tuple[bool, Any, int]:
    sent = row.values.get("submitted_at")
    return sent is not None, sent or 0, row.source.line


def separate_the_claimed(rows: Iterable[Asked]) -> None:
    """Two rows that were taken for one person, and not for one another, are both a question."""
    claims: dict[str, list[Asked]] = defaultdict(list)
    for row in rows:
        if row.person is not None and row.replaced_by is None:
            claims[row.person.person_id].append(row)
    for claimants in claims.values():
        if len(claimants) > 1:
            for row in claimants:
                row.person, row.options = None, (row.person,) if row.person else ()
                others = ", ".join(str(other.source.line) for other in claimants if other is not row)
                row.notices.append(T("Row {row} could be the same person.", row=others))
