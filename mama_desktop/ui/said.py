"""Raw values said in the reader's language, and typed words read back into raw values, by the kind of field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from mama_desktop.domain.money import euros, read_cents
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, clean, fold, sort_key
from mama_desktop.i18n import Language
from mama_desktop.services.when import read_time, read_when

Say = Callable[[Any], str]
NUMBERS = frozenset({"number", "decimal", "year", "age", "money"})
_TIMES = frozenset({"date", "datetime", "event-dates", "time"})
_DATE = re.compile(r"^(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]?\s*(\d{2}|\d{4})?$")


class Unreadable(ValueError):
    """Typed words that are no value of this field."""


def sayer(field: FieldInfo, speak: Language) -> Say:
    """A function from raw value to the words of a cell; None and "" are an empty cell."""
    if field.choices or field.kind in ("choice", "choices", "country"):
        choices = {key: speak.say(text) for key, text in field.choices.items()}
        if field.kind == "choices":
            return lambda value: ", ".join(choices.get(v, str(v)) for v in value or ())
        if field.kind == "country":
            return lambda value: choices.get(value) or (speak.country(value) if value else "")
        return lambda value: choices.get(value) or ("" if value is None else str(value))
    if field.kind in ("age", "year"):
        return lambda value: "" if value is None else str(value)
    if field.kind == "money":
        return lambda value: speak.money(euros(value) or 0) if value not in (None, "") else ""
    if field.kind == "event-dates":
        return lambda value: speak.event_dates(*value) if value else ""
    if field.kind == "bool":
        words = {True: speak.say(T("yes")), False: speak.say(T("no")), None: ""}
        return lambda value: words[None if value is None else bool(value)]
    return lambda value: plain(value, speak)


def plain(value: Any, speak: Language) -> str:
    """A value of which no more is known than its type."""
    match value:
        case None | "":
            return ""
        case str():
            return value
        case bool():
            return speak.say(T("yes") if value else T("no"))
        case dt.datetime():
            return speak.date_time(value)
        case dt.date():
            return speak.date(value)
        case dt.time():
            return speak.time(value)
        case int() | float() | Decimal():
            return speak.number(value)
        case list() | tuple() | set() | frozenset():
            return ", ".join(plain(v, speak) for v in value)
        case Found():
            return value.title
        case _:
            return speak.say(value)


def order_of(field: FieldInfo, speak: Language) -> Callable[[Any], Any]:
    """A function from raw value to what it sorts by: words in Slovene order, choices in their own order."""
    if field.choices and field.kind != "choices":
        places = {key: place for place, key in enumerate(field.choices)}
        return lambda value: places.get(value, len(places))
    if field.kind == "event-dates":
        return lambda value: (value[0] or dt.date.max, value[1] or value[0] or dt.date.max) if value else None
    if field.kind in NUMBERS or field.kind in ("date", "datetime", "time", "bool"):
        return lambda value: value
    say = sayer(field, speak)
    return lambda value: sort_key(value if type(value) is str else say(value))


def read_value(field: FieldInfo, words: str, speak: Language, today: dt.date) -> Any:
    """The raw value of typed or pasted words; raises Unreadable."""
    words = words.strip() if field.kind == "long-text" else clean(words)
    if not words:
        return [] if field.kind == "choices" else None
    if field.kind in _TIMES:
        return _read_when(field.kind, words, today)
    if field.kind == "money":
        return read_money(words)
    if field.kind in NUMBERS:
        return read_number(words, speak)
    if field.kind == "bool":
        return _one_of(words, {True: speak.say(T("yes")), False: speak.say(T("no"))})
    if field.kind == "choices":
        said = {key: speak.say(text) for key, text in field.choices.items()}
        return [_one_of(part, said) for part in words.split(",") if part.strip()]
    if field.choices:
        return _one_of(words, {key: speak.say(text) for key, text in field.choices.items()})
    return words


def _read_when(kind: str, words: str, today: dt.date) -> Any:
    if kind == "date":
        return read_date(words, today)
    if kind == "datetime":
        return read_date_time(words, today)
    if kind == "event-dates":
        if read_when(words, today) is None:
            raise Unreadable(words)
        return words
    try:
        return read_time(words)
    except ValueError:
        raise Unreadable(words) from None


def read_date_time(words: str, today: dt.date) -> dt.datetime:
    """2. 4. 2020 ob 8.30, 2.4.2020 8:30, 2 Apr 2020, 08:30."""
    found = read_when(words, today)
    if found is None or found.starts_on is None or found.starts_at is None:
        raise Unreadable(words)
    return dt.datetime.combine(found.starts_on, found.starts_at)


def read_date(words: str, today: dt.date) -> dt.date:
    """2. 4. 2020, 2.4.20, 2. 4. (this year), 2020-04-02, 2 Apr 2020, 2. april; day before month."""
    match = _DATE.match(words)
    try:
        if match is None:
            return dt.date.fromisoformat(words) if words[:1].isdigit() and "-" in words else _with_month(words, today)
        day, month, year = match[1], match[2], match[3]
        number = today.year if year is None else int(year)
        if number < 100:
            number += 2000 if number <= today.year % 100 + 20 else 1900
        return dt.date(number, int(month), int(day))
    except ValueError:
        raise Unreadable(words) from None


def _with_month(words: str, today: dt.date) -> dt.date:
    """As an English window itself says a date."""
    from mama_desktop.intake.dates import parse_date

    day = parse_date(words, around=today) if any(c.isalpha() for c in words) else None
    if day is None:
        raise Unreadable(words)
    return day


def read_number(words: str, speak: Language) -> int | Decimal:
    plain = words.replace("\u2212", "-").replace(" ", "").replace("\u00a0", "")
    thousands, point = (".", ",") if speak.code == "sl" else (",", ".")
    if re.fullmatch(rf"-?\d{{1,3}}(\{thousands}\d{{3}})+(\{point}\d+)?", plain):
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Unreadable(words) from None
    if not number.is_finite():
        raise Unreadable(words)
    return int(number) if number == number.to_integral_value() and "." not in plain else number


def read_money(words: str) -> int | None:
    """Whole cents of a sum in euros."""
    try:
        return read_cents(words)
    except ValueError:
        raise Unreadable(words) from None


def _one_of(words: str, said: dict[Any, str]) -> Any:
    wanted = fold(words)
    for key, text in said.items():
        if wanted in (fold(text), fold(str(key))):
            return key
    raise Unreadable(words)
