"""Who signed up more than once in the same file: the last sign-up is proposed, the earlier ones are named."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mama_desktop.domain.text import T, Text, fold

if TYPE_CHECKING:
    from mama_desktop.intake.candidates import Candidate


_LONG_AGO = dt.datetime(1900, 1, 1)


@dataclass(frozen=True)
class Repeat:
    """An earlier sign-up. line: its row. last_line: the row that counts. candidate: all of it, so nothing is lost."""

    line: int
    last_line: int
    name: str
    text: Text
    candidate: Candidate


def repeats(rows: Sequence[Candidate]) -> tuple[Repeat, ...]:
    """The earlier sign-ups of people who are in the file again.

    The same person: the same name (accent-blind, order-blind) and the same e-mail or, where one of them has none, the
    same organisation; never by an e-mail alone, and never with two different dates of birth.
    """
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for row in rows:
        if not row.blocked:
            groups[_name_key(row.values)].append(row)
    found = []
    for group in groups.values():
        if len(group) > 1:
            found += _in_group(sorted(group, key=_when))
    return tuple(sorted(found, key=lambda repeat: repeat.line))


def _in_group(group: list[Candidate]) -> list[Repeat]:
    found = []
    for place, earlier in enumerate(group):
        later = [row for row in group[place + 1 :] if _same_person(earlier.values, row.values)]
        if later:
            text = T("{name} signed up again in row {row}; that one counts.", name=earlier.name, row=later[-1].line)
            found.append(Repeat(earlier.line, later[-1].line, earlier.name, text, earlier))
    return found


def _when(row: Candidate) -> tuple[dt.datetime, int]:
    return row.values.get("submitted_at") or _LONG_AGO, row.line


def _name_key(values: dict[str, Any]) -> str:
    words = fold(f"{values.get('given_name', '')} {values.get('family_name', '')}")
    return " ".join(sorted(words.replace("-", " ").split()))


def _same_person(one: dict[str, Any], other: dict[str, Any]) -> bool:
    for key in ("birth_date", "birth_year"):
        if one.get(key) and other.get(key) and one[key] != other[key]:
            return False
    mine, theirs = one.get("email", ""), other.get("email", "")
    if mine and theirs:
        return bool(mine == theirs)
    organisations = fold(one.get("organisation", "")), fold(other.get("organisation", ""))
    return organisations[0] == organisations[1]
