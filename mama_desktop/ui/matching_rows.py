"""Which rows of a listing are shown: the quick filter over folded words, and the filters of single columns.

Built for 50,000 rows and a keystroke: the folded words are made once, a column at a time and in small steps while the
window is idle; a longer word looks only among what the shorter one left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import fold
from mama_desktop.ui.said import Say

_STEP = 4_000
"""Cells folded before the window may breathe."""
_ENDS_OF_A_CELL = "\n"
# No text of ours holds it (`clean` takes it out).
_BETWEEN = "\0"
Matches = Callable[[Any], bool]


class Haystack:
    """For each row all its words, folded; grows step by step, or at once when somebody asks for it."""

    def __init__(self, listing: Listing, sayers: Sequence[Say], known: Haystack | None = None) -> None:
        self._listing, self._sayers = listing, sayers
        self._rows: list[str] = []
        self._growth = self._grow(known)
        self.is_whole = False

    def rows(self) -> list[str]:
        """All rows, whatever is still missing made now."""
        for _ in self._growth:
            pass
        return self._rows

    def step(self) -> bool:
        """A few milliseconds of growth; False when there is nothing left to do."""
        return next(self._growth, None) is not None

    def _grow(self, known: Haystack | None) -> Iterator[bool]:
        rows = self._listing.rows
        if known is not None:
            taken = known.of_same_rows(self._listing)
            # After an edit nearly all rows are what they were.
            if taken is not None:
                yield from self._mend(taken)
                return
        columns: list[list[str]] = []
        for column, say in enumerate(self._sayers):
            folded: list[str] = []
            kept: dict[Any, str] = {None: "", "": ""}
            for start in range(0, len(rows), _STEP):
                folded += _folded([row[column] for row in rows[start : start + _STEP]], say, kept)
                yield True
            if any(folded):
                columns.append(folded)
        for start in range(0, len(rows), _STEP):
            parts = zip(*(c[start : start + _STEP] for c in columns), strict=True)
            said = [_ENDS_OF_A_CELL.join(words) for words in parts]
            self._rows += said or [""] * len(rows[start : start + _STEP])
            yield True
        self.is_whole = True

    def of_same_rows(self, listing: Listing) -> list[str | None] | None:
        """For each row of another listing its words here, None for what has changed; None without likeness."""
        if not self.is_whole or [f.key for f in listing.fields] != [f.key for f in self._listing.fields]:
            return None
        old = dict(zip(self._listing.keys, zip(self._listing.rows, self._rows, strict=True), strict=True))
        taken: list[str | None] = []
        for key, row in zip(listing.keys, listing.rows, strict=True):
            before = old.get(key)
            taken.append(before[1] if before is not None and before[0] == row else None)
        return taken

    def _mend(self, taken: list[str | None]) -> Iterator[bool]:
        kept: list[dict[Any, str]] = [{None: "", "": ""} for _ in self._sayers]
        for place, words in enumerate(taken):
            if words is None:
                row = self._listing.rows[place]
                said = (_folded([v], s, k)[0] for v, s, k in zip(row, self._sayers, kept, strict=True))
                taken[place] = _ENDS_OF_A_CELL.join(said)
                if place % 500 == 0:
                    yield True
        self._rows = [words or "" for words in taken]
        self.is_whole = True


def _folded(values: Sequence[Any], say: Say, kept: dict[Any, str]) -> list[str]:
    """The same word is folded once: towns and organisations repeat."""
    try:
        new = set(values).difference(kept)
    except TypeError:
        values = [tuple(v) if v.__class__ is list else v for v in values]
        new = set(values).difference(kept)
    if new:
        kept.update(zip(new, _fold_each([say(value) for value in new]), strict=True))
    return list(map(kept.__getitem__, values))


def _fold_each(words: list[str]) -> list[str]:
    """As `fold` of each; all of them as one long text, because a call costs more than its letters."""
    folded = fold(_BETWEEN.join(words)).split(_BETWEEN)
    return folded if len(folded) == len(words) else [fold(word) for word in words]


def holding(order: Sequence[int], hay: Sequence[str], words: Sequence[str]) -> list[int]:
    """Those rows, in this order, in which every word occurs."""
    found = list(order)
    for word in sorted(words, key=len, reverse=True):
        found = [i for i in found if word in hay[i]]
    return found


class ColumnValues:
    """One column by its different values: a filter asks each of them once, however many rows hold it."""

    def __init__(self, listing: Listing, column: int, say: Say) -> None:
        values = [row[column] for row in listing.rows]
        try:
            self.different = set(values)
        except TypeError:
            values = [tuple(v) if v.__class__ is list else v for v in values]
            self.different = set(values)
        self.values, self._say = values, say
        self._folded: dict[Any, str] | None = None

    def folded(self) -> dict[Any, str]:
        """What each value says, folded."""
        if self._folded is None:
            different = list(self.different)
            self._folded = dict(zip(different, _fold_each([self._say(v) for v in different]), strict=True))
        return self._folded

    def passing(self, order: Sequence[int], asked: Filter) -> list[int]:
        """Those rows, in this order, whose value is what the filter asks for."""
        tests = tests_of(asked)
        passing = {value for value in self.different if all(test(value) for test in tests)}
        if words := fold(asked.words).split():
            folded = self.folded()
            passing = {value for value in passing if all(word in folded[value] for word in words)}
        values = self.values
        return [i for i in order if values[i] in passing]


def is_narrower(words: Sequence[str], than: Sequence[str]) -> bool:
    """Whether whatever holds `words` also holds all of `than`."""
    return all(any(old in new for new in words) for old in than)


def is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == ()


def tests_of(asked: Filter) -> list[Matches]:
    """What a filter asks besides words, as questions to a raw value."""
    tests: list[Matches] = []
    if asked.values is not None:
        tests.append(_one_of(asked.values))
    if asked.empty is not None:
        wanted = asked.empty
        tests.append(lambda value: is_empty(value) is wanted)
    if asked.first is not None or asked.last is not None:
        tests.append(_between(asked.first, asked.last))
    return tests


def _one_of(values: frozenset[Any]) -> Matches:
    def has(value: Any) -> bool:
        if isinstance(value, list | tuple):
            return not values.isdisjoint(value) if value else None in values
        return (None if value == "" else value) in values

    return has


def _between(first: Any, last: Any) -> Matches:
    def within(value: Any) -> bool:
        low, high = edges_of(value)
        if low is None or high is None:
            return False
        try:
            return (first is None or high >= first) and (last is None or low <= last)
        except TypeError:
            return False

    return within


def edges_of(value: Any) -> tuple[Any, Any]:
    """The lowest and the highest of what a value may stand for: an age known roughly, the days of an event."""
    if value is None or value == "":
        return None, None
    if isinstance(value, dt.datetime):
        return value.date(), value.date()
    if isinstance(value, tuple):
        return _days(*value) if len(value) == 3 else (None, None)
    low, high = getattr(value, "low", value), getattr(value, "high", value)
    return low, high


def _days(first: dt.date | None, last: dt.date | None, precision: str) -> tuple[dt.date | None, dt.date | None]:
    """The days of an event; one known only by its month may be on any of its days."""
    if first is not None and precision == "month":
        return first, (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first, last or first
