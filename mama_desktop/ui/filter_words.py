"""A column's filter as words of one line, and words typed into the filter row as a filter."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Any

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.said import NUMBERS, Unreadable, read_date, read_money, read_number, sayer

DATES = frozenset({"date", "datetime", "event-dates"})
EMPTY, FILLED = T("empty"), T("not empty")
_MOST_SAID = 3
_RANGE = re.compile(r"^(.+?)\s*(?:\s[-–]\s|–|\.\.+|\bdo\b|\bto\b)\s*(.*)$")
_NUMBERS = re.compile(r"^(-?\d[\d.,]*)\s*[-–]\s*(\d[\d.,]*)?$")
_MONTH = re.compile(r"^(\d{1,2})\s*[./]\s*(\d{4})$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")


def kind_of(field: FieldInfo) -> str:
    """How a column is filtered besides by words: "range of dates", "range of numbers", else "words"."""
    return "dates" if field.kind in DATES else "numbers" if field.kind in NUMBERS else "words"


def hint_of(field: FieldInfo) -> Text:
    """What stands in the empty cell of the filter row."""
    if kind_of(field) != "words":
        return T("from – to")
    return T("choose …") if field.choices or field.kind in ("bool", "country") else T("contains …")


def say_filter(field: FieldInfo, asked: Filter, speak: Language) -> str:
    """accepted, confirmed · 18–25 · not empty."""
    parts: list[str] = []
    if asked.values is not None:
        parts.append(_values(field, asked.values, speak))
    if asked.first is not None or asked.last is not None:
        parts.append(_range(asked.first, asked.last, field, speak))
    if asked.empty is not None:
        parts.append(speak.say(EMPTY if asked.empty else FILLED))
    if asked.words.strip():
        parts.append(asked.words.strip())
    return " · ".join(parts)


def _values(field: FieldInfo, values: frozenset[Any], speak: Language) -> str:
    say = sayer(field, speak)
    many = field.kind == "choices"
    order = list(field.choices)
    chosen = sorted(values, key=lambda v: (v is None, order.index(v) if v in order else len(order), str(v)))
    said = [speak.say(EMPTY) if v is None else say([v] if many else v) for v in chosen]
    more = len(said) - _MOST_SAID
    return ", ".join(said[:_MOST_SAID]) + (f" +{more}" if more > 0 else "")


def _range(first: Any, last: Any, field: FieldInfo, speak: Language) -> str:
    def say(value: Any) -> str:
        if isinstance(value, dt.date):
            return speak.date(value)
        return sayer(field, speak)(value) if field.kind in ("age", "year", "money") else speak.number(value)

    if first == last:
        return say(first)
    if first is not None and last is not None:
        return f"{say(first)} – {say(last)}"
    return f"≥ {say(first)}" if first is not None else f"≤ {say(last)}"


def read_filter(field: FieldInfo, words: str, speak: Language, today: dt.date) -> Filter | None:
    """What somebody typed: "empty", 18-25, > 18, 2. 4. – 5. 4., 4. 2020, or simply words; None for nothing."""
    words = words.strip()
    if not words:
        return None
    plain = fold(words)
    if plain == fold(speak.say(EMPTY)) or words == "=":
        return Filter(empty=True)
    if plain == fold(speak.say(FILLED)) or words == "*":
        return Filter(empty=False)
    kind = kind_of(field)
    asked = _dates(words, today) if kind == "dates" else _of_numbers(words, field, speak) if kind == "numbers" else None
    return asked or Filter(words=words)


def _dates(words: str, today: dt.date) -> Filter | None:
    for sign in (">=", "<=", "≥", "≤", ">", "<"):
        if words.startswith(sign):
            days = _days(words.removeprefix(sign).strip(), today)
            if days is None:
                return None
            one = dt.timedelta(days=1)
            match sign:
                case ">=" | "≥":
                    return Filter(first=days[0])
                case "<=" | "≤":
                    return Filter(last=days[1])
                case ">":
                    return Filter(first=days[1] + one)
                case _:
                    return Filter(last=days[0] - one)
    if match := _RANGE.match(words):
        first, last = _days(match[1].strip(), today), _days(match[2].strip(), today) if match[2].strip() else None
        if first and (last or not match[2].strip()):
            return Filter(first=first[0], last=last[1] if last else None)
    days = _days(words, today)
    return Filter(first=days[0], last=days[1]) if days else None


def _days(words: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a day, a month (4. 2020) or a year."""
    if _YEAR.match(words):
        return dt.date(int(words), 1, 1), dt.date(int(words), 12, 31)
    if (match := _MONTH.match(words)) and 1 <= int(match[1]) <= 12:
        month, year = int(match[1]), int(match[2])
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    try:
        day = read_date(words, today)
    except Unreadable:
        return None
    return day, day


def _of_numbers(words: str, field: FieldInfo, speak: Language) -> Filter | None:
    def number(said: str) -> Any:
        return read_money(said) if field.kind == "money" else read_number(said.strip(), speak)

    try:
        for sign in (">=", "≥", "<=", "≤", ">", "<"):
            if words.startswith(sign):
                edge = number(words.removeprefix(sign))
                # Whole numbers, so the next one begins where this one ends.
                step = 1 if sign in (">", "<") and isinstance(edge, int) else 0
                return Filter(first=edge + step) if sign[0] in ">≥" else Filter(last=edge - step)
        if words.endswith("+"):
            return Filter(first=number(words[:-1]))
        if match := _NUMBERS.match(words):
            return Filter(first=number(match[1]), last=number(match[2]) if match[2] else None)
        if match := _RANGE.match(words):
            return Filter(first=number(match[1]), last=number(match[2]) if match[2].strip() else None)
        exact = number(words)
    except Unreadable:
        return None
    return Filter(first=exact, last=exact)
