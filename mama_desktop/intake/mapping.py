"""Which column fills which field: the proposal as a value that the user changes and that is remembered.

`headings.recognise` makes it, `headings.assign` changes the field of a column.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from typing import Any

from mama_desktop.domain.text import T, Text
from mama_desktop.intake.dates import DateOrder
from mama_desktop.intake.sensitive import Finding
from mama_desktop.intake.vocabulary import plain


@dataclass(frozen=True)
class Column:
    """One column and what is proposed for it.

    label: its heading, unique in the table. key, kind: of the field it fills, "" for none (kept as an extra answer).
    sure: 0 to 1. filled: rows with a value. samples: up to four values, a day as such. dates: for columns with dates.
    names: "given" or "family", what stands first in a full name, and whether that is certain. finding: what is
    sensitive in it. answer: the heading under which it is kept as an extra answer, where that is not its label.
    """

    index: int
    label: str
    key: str = ""
    kind: str = ""
    sure: float = 0.0
    filled: int = 0
    samples: tuple[str | dt.date, ...] = ()
    dates: DateOrder | None = None
    names: str = ""
    names_certain: bool = True
    finding: Finding | None = None
    answer: str = ""

    @property
    def kept_as(self) -> str:
        return self.answer or self.label


@dataclass(frozen=True)
class Mapping:
    """The columns of a table with their fields.

    source: the tool it comes from (sources.NAMES). fingerprint: of the shape of the file, for remembering. keep:
    indexes of sensitive columns that the user insists on. emso_year: take the year of birth from an EMŠO. proper_case:
    write KOVAČ as Kovač. last_wins: of repeated sign-ups only the last is taken in. is_own: the program's own list.
    """

    columns: tuple[Column, ...]
    source: str = "list"
    fingerprint: str = ""
    keep: frozenset[int] = frozenset()
    emso_year: bool = False
    proper_case: bool = True
    last_wins: bool = True
    is_own: bool = False

    def column_for(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def with_dates(self, index: int, order: str) -> Mapping:
        """The user's answer to which of day and month comes first: "dmy" or "mdy"."""
        before = next((c.dates for c in self.columns if c.index == index), None)
        return self._changed(index, dates=DateOrder(order, example=before.example if before else "", answered=True))

    def with_names(self, index: int, order: str) -> Mapping:
        """The user's answer to what stands first in the names: "given" or "family"."""
        return self._changed(index, names=order, names_certain=True)

    def keeping(self, indexes: Iterable[int]) -> Mapping:
        """The sensitive columns that the user insists on (never an EMŠO)."""
        return replace(self, keep=frozenset(i for i in indexes if not self._is_emso(i)))

    def questions(self) -> tuple[tuple[int, Text], ...]:
        """What only a person can decide, with the column's index."""
        asked = []
        for column in self.columns:
            if column.dates and column.dates.ambiguous and column.key:
                asked.append((column.index, T(
                    "Does the day or the month come first in “{column}”? For example {example}.",
                    column=column.label, example=column.dates.example)))  # fmt: skip
            if column.kind == "full_name" and not column.names_certain:
                asked.append((column.index, T(
                    "Does the given name or the surname come first in “{column}”? For example {example}.",
                    column=column.label, example=column.samples[0] if column.samples else "")))  # fmt: skip
        return tuple(asked)

    def remember(self) -> dict[str, Any]:
        """Plain values for keeping beside the fingerprint; give them to `recognise` the next time."""
        return {
            "columns": [
                {
                    "label": c.label,
                    "key": c.key,
                    "kind": c.kind,
                    "dates": c.dates.order if c.dates else "",
                    "names": c.names,
                }
                for c in self.columns
            ],
            "emso_year": self.emso_year,
            "proper_case": self.proper_case,
            "last_wins": self.last_wins,
        }

    def recalled(self, remembered: Dictionary[str, Any]) -> Mapping:
        """This proposal with what the user decided the last time for a file of the same shape."""
        known = {column["label"]: column for column in remembered.get("columns", ())}
        columns = []
        for column in self.columns:
            past = known.get(column.label)
            if past is not None:
                # Day and month first is a fact of this file's values; past answers count where they do not decide.
                dates = column.dates
                if dates is not None and dates.ambiguous and past["dates"]:
                    dates = DateOrder(past["dates"], example=dates.example, answered=True)
                column = replace(column, key=past["key"], kind=past["kind"], sure=1.0, dates=dates)
                if past["names"]:
                    column = replace(column, names=past["names"], names_certain=True)
            columns.append(column)
        choices: dict[str, Any] = {
            name: bool(remembered[name]) for name in ("emso_year", "proper_case", "last_wins") if name in remembered
        }
        return replace(self, columns=tuple(columns), **choices)

    def _is_emso(self, index: int) -> bool:
        return any(c.index == index and c.finding is not None and c.finding.kind == "emso" for c in self.columns)

    def _changed(self, index: int, **changes: Any) -> Mapping:
        columns = tuple(replace(c, **changes) if c.index == index else c for c in self.columns)
        return replace(self, columns=columns)


def fingerprint(headings: Iterable[str]) -> str:
    """The shape of a file: the same for the same headings in the same order, however they are accented or spaced."""
    shape = "\n".join(plain(heading) for heading in headings)
    return hashlib.sha256(shape.encode()).hexdigest()[:24]
