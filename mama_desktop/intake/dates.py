"""Dates as people and tools write them, and which of day and month comes first in a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mama_desktop.domain.text import fold
from mama_desktop.intake.tables import Cell

_MONTHS_SL = "januar februar marec april maj junij julij avgust september oktober november december".split()
_GENITIVE_SL = "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra".split()
_MONTHS_EN = "january february march april may june july august september october november december".split()
_MONTHS_HR = "sijecanj veljaca ozujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac".split()
_GENITIVE_HR = (
    "sijecnja veljace ozujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca".split()
)
_SHORT = "jan feb mar apr maj jun jul avg sep okt nov dec".split()
MONTHS = {
    name: number
    for names in (_MONTHS_SL, _GENITIVE_SL, _MONTHS_EN, _MONTHS_HR, _GENITIVE_HR, _SHORT)
    for number, name in enumerate(names, 1)
} | {"may": 5, "aug": 8, "oct": 10, "sept": 9, "mai": 5}

_ISO = re.compile(r"(?<!\d)(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)")
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*([./])\s*(\d{1,2})\s*\.?(?!\s*\d)")
_DAY_WORD = re.compile(r"(?<!\d)(\d{1,2})\s*\.?\s*([a-z]{3,})\.?,?\s*(\d{4})?(?!\d)")
_WORD_DAY = re.compile(r"\b([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_TIME = re.compile(r"(?<![\d./-])(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(am|pm|dop|pop)?(?!\s*\.\s*\d)")
_AFTERNOON = re.compile(r"\b(pm|pop(oldne)?\.?|p\.m\.)")
_DIGITS = re.compile(r"\d{1,5}(\.0+)?$")
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
# Two digits of a year: 30–99 are 19.., 00–29 are 20.. (who was born before 1930 hardly writes two digits).
_PIVOT = 30


@dataclass(frozen=True)
class DateOrder:
    """What a column shows about its dates.

    order: "dmy" or "mdy", the proposal. ambiguous: nothing in the column decides, and some of its dates mean another
    day in the other order, so the user is asked. mixed: both orders occur. example: a date readable in two ways.
    answered: the order is what a person said.
    """

    order: str = "dmy"
    ambiguous: bool = False
    mixed: bool = False
    example: str = ""
    answered: bool = False


def parse_date(
    cell: Cell, order: str = "dmy", *, around: dt.date | None = None, epoch_1904: bool = False
) -> dt.date | None:
    """The day in a cell: a real date, Slovene, ISO, English, or a serial number of Excel; None when there is none.

    around: for "2. aprila" the year that brings the day nearest to this one.
    """
    match cell:
        case dt.datetime():
            return _plausible(cell.date())
        case dt.date():
            return _plausible(cell)
        case bool():
            return None
        case int() | float():
            return from_serial(float(cell), epoch_1904=epoch_1904)
        case str():
            if _DIGITS.match(cell):
                return from_serial(float(cell), epoch_1904=epoch_1904)
            return _from_words(cell, order, around)
        case _:
            return None


def parse_moment(cell: Cell, order: str = "dmy", *, around: dt.date | None = None) -> dt.datetime | None:
    """The day and, where there is one, the time in a cell; midnight when only a day is given."""
    if isinstance(cell, dt.datetime):
        return cell if _plausible(cell.date()) else None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        day = from_serial(float(cell))
        seconds = round((float(cell) % 1) * 86400)
        return dt.datetime.combine(day, dt.time()) + dt.timedelta(seconds=seconds) if day else None
    day = parse_date(cell, order, around=around)
    if day is None:
        return None
    return dt.datetime.combine(day, _time_in(cell) if isinstance(cell, str) else dt.time())


def from_serial(number: float, *, epoch_1904: bool = False) -> dt.date | None:
    """The day of Excel's serial number (1 = 1 January 1900, or days since 1 January 1904); None outside 1905–2101."""
    # Up to 2100 it is a year, not a day of 1905.
    if not 2_100 < number <= 73_500:
        return None
    start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    return _plausible(start + dt.timedelta(days=int(number)))


def order_of(cells: Iterable[Cell], *, in_sequence: bool = False) -> DateOrder:
    """Which of day and month comes first in a column, decided by all its dates together.

    in_sequence: the column is a time of signing up, which usually only grows.
    """
    pairs: list[tuple[int, int, int]] = []
    dotted: list[tuple[int, int, int]] = []
    example = ""
    for cell in set(cells) if not in_sequence else cells:
        if not isinstance(cell, str) or not (match := _NUMERIC.search(cell)) or _ISO.search(cell):
            continue
        first, separator, second, year = match.groups()
        a, b = int(first), int(second)
        (dotted if separator == "." else pairs).append((_year(year), a, b))
        if separator != "." and a <= 12 and b <= 12 and a != b:
            example = example or cell
    # Nobody writes the month first with full stops; of whoever writes 7/9/1999 among them that says nothing.
    deciding = pairs or dotted
    day_first, month_first = sum(a > 12 for _, a, _ in deciding), sum(b > 12 for _, _, b in deciding)
    if day_first or month_first:
        order = "dmy" if day_first >= month_first else "mdy"
        return DateOrder(order, ambiguous=False, mixed=bool(day_first and month_first), example=example)
    if not example:
        return DateOrder("dmy")
    if in_sequence:
        return _order_of_growth(pairs, example)
    return DateOrder("dmy", ambiguous=True, example=example)


def _order_of_growth(pairs: list[tuple[int, int, int]], example: str) -> DateOrder:
    falls_dmy = sum((y, b, a) < (v, e, d) for (v, d, e), (y, a, b) in pairwise(pairs))
    falls_mdy = sum((y, a, b) < (v, d, e) for (v, d, e), (y, a, b) in pairwise(pairs))
    if falls_dmy == falls_mdy:
        return DateOrder("dmy", ambiguous=True, example=example)
    return DateOrder("dmy" if falls_dmy < falls_mdy else "mdy", example=example)


@lru_cache(maxsize=20_000)
def _from_words(words: str, order: str, around: dt.date | None) -> dt.date | None:
    if match := _ISO.search(words):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMERIC.search(words):
        a, b, year = int(match[1]), int(match[3]), _year(match[4])
        # A date that is possible in one order only says so itself.
        month_first = b > 12 or (order == "mdy" and a <= 12 and match[2] != ".")
        return _day(year, a, b) if month_first else _day(year, b, a)
    return _with_month_name(fold(words), around) or _without_year(words, around)


def _with_month_name(folded: str, around: dt.date | None) -> dt.date | None:
    if (match := _WORD_DAY.search(folded)) and match[1] in MONTHS:
        return _day(int(match[3]), MONTHS[match[1]], int(match[2]))
    for match in _DAY_WORD.finditer(folded):
        if match[2] in MONTHS:
            if match[3]:
                return _day(int(match[3]), MONTHS[match[2]], int(match[1]))
            return _nearest(int(match[1]), MONTHS[match[2]], around)
    return None


def _without_year(words: str, around: dt.date | None) -> dt.date | None:
    match = _NO_YEAR.match(words.strip())
    return _nearest(int(match[1]), int(match[3]), around) if match and match[2] == "." else None


def _nearest(day: int, month: int, around: dt.date | None) -> dt.date | None:
    if around is None:
        return None
    days = [found for year in (around.year - 1, around.year, around.year + 1) if (found := _day(year, month, day))]
    return min(days, key=lambda found: abs(found - around), default=None)


def _time_in(words: str) -> dt.time:
    folded = fold(words)
    for pattern in (_ISO, _NUMERIC):
        folded = pattern.sub(" ", folded)
    match = _TIME.search(folded)
    if not match:
        return dt.time()
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour < 12 and _AFTERNOON.search(folded):
        hour += 12
    return dt.time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else dt.time()


def _year(words: str) -> int:
    year = int(words)
    return year if len(words) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return _plausible(dt.date(year, month, day))
    except ValueError:
        return None


def _plausible(day: dt.date) -> dt.date | None:
    return day if _EARLIEST <= day <= _LATEST else None
