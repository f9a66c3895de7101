"""Frozen rows that travel between rooms; what a screen shows never is a record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mama_desktop.domain.text import Text


@dataclass(frozen=True)
class FieldInfo:
    """What a screen or a paper has to know of a field (the registry is services/fields.py).

    kind: text, long-text, email, phone, date, datetime, time, number (whole), decimal (float), money (whole
    cents, shown in euros), year, bool, choice, choices, person, organisation, town, project, staff, country,
    age (`ages.Age`), event-dates (first day, last day, precision).
    sensitivity: open, personal, sensitive. remarks: what an editor says beside a choice ("full").
    """

    key: str
    label: Text
    kind: str = "text"
    sensitivity: str = "open"
    editable: bool = True
    choices: dict[str, Text] = field(default_factory=dict, hash=False)
    width: int = 120
    remarks: dict[str, Text] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Listing:
    """A table as a value: `rows[i][j]` is the raw value of `fields[j]` for the record `keys[i]`."""

    fields: tuple[FieldInfo, ...]
    keys: Sequence[str]
    rows: Sequence[tuple[Any, ...]]

    def column(self, key: str) -> int:
        return next(i for i, f in enumerate(self.fields) if f.key == key)


@dataclass(frozen=True)
class Found:
    """One hit of the search over everything. kind: person, organisation, project, event, registration, group, …

    detail: what tells it from others of that name; when: first day, last day and precision of an event.
    """

    kind: str
    key: str
    title: str
    detail: str = ""
    when: tuple[dt.date | None, dt.date | None, str] | None = None


@dataclass(frozen=True)
class ChangeInfo:
    """One change of the journal, as History shows it."""

    number: int
    at: Any
    who: str
    machine: str
    label: Text
    kinds: frozenset[str]
    is_undone: bool = False
    can_be_undone: bool = True
    # What an undo could not give back because others hold it now.
    notices: tuple[Text, ...] = ()
