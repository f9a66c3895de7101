"""How a value is written on paper, in the language of the sheet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from mama_desktop.domain.text import T, clean
from mama_desktop.i18n import Language, language
from mama_desktop.sheets.sheet import Kind, Value


@lru_cache
def yes_no(value: bool, code: str) -> str:
    """da or ne, yes or no."""
    return language(code).say(T("yes") if value else T("no"))


def written(value: Value, kind: Kind, tongue: Language) -> str:
    """One line of text for any value: 2. 4. 2020, 9.12, 1.234,50 €, da."""
    match value:
        case None:
            return ""
        case str():
            return value if value.isprintable() else clean(value)
        case bool():
            return yes_no(value, tongue.code)
        case dt.datetime():
            return tongue.date_time(value)
        case dt.date():
            return tongue.date(value)
        case dt.time():
            return tongue.time(value)
        case int() | float() | Decimal():
            return tongue.money(value) if kind == "money" else _number(value, kind, tongue)
        case _:
            return clean(str(value))


def _number(value: int | float | Decimal, kind: Kind, tongue: Language) -> str:
    if kind in ("integer", "line_number") or isinstance(value, int):
        # A year or a house number is not grouped; a quantity is.
        return str(value) if kind != "number" else tongue.number(value)
    return tongue.number(value)
