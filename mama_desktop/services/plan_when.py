"""When an event of a plan is, as plans say it: "marec 2020", "III/2020", "marec–april", "jeseni" (which is no date)."""

from __future__ import annotations

import datetime as dt
import re

from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake.dates import MONTHS, parse_date
from mama_desktop.intake.tables import Cell, as_text
from mama_desktop.services.when import When, read_when

_ROMAN = {name: n for n, name in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}
_ROMAN_MONTH = re.compile(r"^(?P<roman>[ivx]+)\.?(?:\s*[/.\- ]\s*(?P<year>\d{4}))?\.?$")
_RANGE = re.compile(
    r"^(?P<one>[a-z]+)\s*(?P<first>\d{4})?\s*(?:[-–—/]|do|in|to|and)\s*(?P<two>[a-z]+)\s*(?P<year>\d{4})?\.?$"
)
_BY = re.compile(r"^(?:do|od|pred|po|until|by|from|before|after)\s")
_FROM = re.compile(
    r"^(?:v|vsak\w*|sredi|konec|zacetek|predvidoma|okvirno|cca|ca|in|mid|early|late|end of)\.?\s+(?P<rest>.+)$"
)


def read_plan_when(cell: Cell, today: dt.date) -> tuple[When | None, Text | None]:
    """What a cell of a plan says, and what has to be remarked of it. (None, remark): it is no date we could keep."""
    if isinstance(cell, dt.datetime | dt.date | int | float) and not isinstance(cell, bool):
        if isinstance(cell, int) and 1 <= cell <= 12:
            return _month(cell, None, today), None
        day = parse_date(cell)
        return (When(day), None) if day else (None, _unread(cell))
    words = as_text(cell).strip()
    said = fold(words).strip(" .,;")
    found = read_when(words, today)
    if found is not None:
        # "do junija" is a month by which, not the month in which: it is kept and said.
        return found, T("The plan says “{words}”; that stands in the remarks.", words=words) if _BY.match(
            said
        ) else None
    if (match := _ROMAN_MONTH.match(said)) and match["roman"] in _ROMAN:
        return _month(_ROMAN[match["roman"]], match["year"], today), None
    if match := _RANGE.match(said):
        first, last = _number(match["one"]), _number(match["two"])
        if first and last:
            when = _month(first, match["first"] or match["year"], today)
            remark = T("The plan says “{words}”: the first month is kept, the rest stands in the remarks.", words=words)
            return when, remark
    if match := _FROM.match(said):
        found = read_when(match["rest"], today)
        rest = match["rest"].split(" ")
        if found is None and (number := _number(rest[0])):
            found = _month(number, rest[1] if len(rest) > 1 and rest[1].isdigit() else None, today)
        if found is not None:
            return found, T("The plan says “{words}”; that stands in the remarks.", words=words)
    return None, _unread(cell)


def _number(word: str) -> int | None:
    """The month of a word in any case: "marec", "marca", "marcu"."""
    return MONTHS.get(word) or (MONTHS.get(word[:-1] + "a") if word[-1:] == "u" else None)


def _month(number: int, year: str | None, today: dt.date) -> When:
    if year:
        return When(dt.date(int(year), number, 1), precision="month")
    first = dt.date(today.year, number, 1)
    return When(first if first >= today.replace(day=1) else first.replace(year=today.year + 1), precision="month")


def _unread(cell: Cell) -> Text:
    return T("“{words}” is no date or month: the event stays without one, the words stand in the remarks.",
             words=as_text(cell)[:120])  # fmt: skip
