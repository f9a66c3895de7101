"""Whether the rates in force hold together: bands that overlap or leave a gap, two rates valid on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from mama_desktop.domain.allowances import AllowanceRow
from mama_desktop.domain.rates import RATE_ITEMS
from mama_desktop.domain.text import T, Text, fold, in_both, verbatim
from mama_desktop.domain.travel_bands import BandRate
from mama_desktop.i18n import language as language_of

_DAY = dt.timedelta(days=1)


def doubts_of_bands(rates: Iterable[BandRate]) -> list[Text]:
    """Of each programme, action and run of call years: what overlaps, what is left open. Empty: all is well."""
    tables: dict[tuple[str, str], list[BandRate]] = {}
    for rate in rates:
        tables.setdefault((fold(rate.programme), fold(rate.action)), []).append(rate)
    said: list[Text] = []
    for table in tables.values():
        for first, last in _runs(table):
            there = [r for r in table if r.call_year_from <= first and first <= (r.call_year_to or first)]
            if there:
                whose = T(
                    "{programme} {action}, {years}", programme=there[0].programme, action=there[0].action,
                    years=_years(first, last),
                )  # fmt: skip
                said += _of_one_year(sorted(there, key=lambda r: r.km_from), whose)
    return said


def doubts_of_allowances(rows: Iterable[AllowanceRow]) -> list[Text]:
    """Where two rates of one kind are valid on one day, or days between two have none."""
    kinds: dict[tuple[str, str], list[AllowanceRow]] = {}
    for row in rows:
        kinds.setdefault((row.item, row.country), []).append(row)
    said = []
    for (item, country), some in kinds.items():
        what: Text = RATE_ITEMS.get(item) or verbatim(item)
        if item == "per_diem_abroad":
            names = (language_of(code).country(country) for code in ("sl", "en"))
            what = T("{what} ({country})", what=what, country=in_both(*names))
        for one, other in pairwise(sorted(some, key=lambda r: r.valid_from)):
            if one.valid_to is None or one.valid_to >= other.valid_from:
                said.append(
                    T("{what}: two rates are valid on {day}. The later one counts.", what=what, day=other.valid_from)
                )
            elif one.valid_to + _DAY < other.valid_from:
                said.append(
                    T("{what}: no rate from {first} to {last}.", what=what, first=one.valid_to + _DAY,
                      last=other.valid_from - _DAY)
                )  # fmt: skip
    return said


def _runs(table: list[BandRate]) -> Iterator[tuple[int, int | None]]:
    """Years in which the same rows hold: a run begins where a row begins or has just ended."""
    begins = {r.call_year_from for r in table} | {r.call_year_to + 1 for r in table if r.call_year_to is not None}
    ordered = sorted(begins)
    for first, following in pairwise([*ordered, None]):
        if first is not None:
            yield first, None if following is None else following - 1


def _years(first: int, last: int | None) -> Text:
    if last is None:
        return T("calls from {year} on", year=verbatim(str(first)))
    if first == last:
        return T("calls of {year}", year=verbatim(str(first)))
    return T("calls of {first}–{last}", first=verbatim(str(first)), last=verbatim(str(last)))


def _of_one_year(there: list[BandRate], whose: Text) -> Iterator[Text]:
    for one, other in pairwise(there):
        if one.km_below is None or one.km_below > other.km_from:
            yield T("{whose}: two bands hold at {km} km.", whose=whose, km=_km(other.km_from))
        elif one.km_below < other.km_from:
            yield T("{whose}: no band from {first} to {last} km.", whose=whose, first=_km(one.km_below),
                    last=_km(other.km_from))  # fmt: skip
    end = max((r.km_below for r in there if r.km_below is not None), default=None)
    if end is not None and all(r.km_below is not None for r in there):
        yield T("{whose}: no band beyond {km} km.", whose=whose, km=_km(end))


def _km(km: float) -> Text:
    words = f"{km:,.10g}"
    return in_both(words.translate(str.maketrans(",.", ".,")), words)
