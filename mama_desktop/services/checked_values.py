"""What an editor or a keyboard gave, as it is stored, by the kind of its field; refused in words when it cannot be."""

from __future__ import annotations

import re
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import MOST_CENTS, read_cents
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, clean, clean_lines

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$")


def checked(info: FieldInfo, value: Any) -> Any:
    """The value as it is stored, from what an editor or a keyboard gave; OfficeError when it cannot be."""
    if isinstance(value, str):
        value = clean_lines(value) if info.kind == "long-text" else clean(value)
    match info.kind:
        case "email":
            if value and not _EMAIL.match(value):
                raise OfficeError(T("“{value}” is not an e-mail address.", value=value), safe=T("The old value stays."))
            return value or ""
        case "number" | "year":
            return _number(value)
        case "decimal":
            return _decimal(value)
        case "money":
            return _cents(value)
        case "choice":
            if value not in info.choices:
                raise OfficeError(T("“{value}” is not one of the choices.", value=str(value)))
            return value
        case "choices":
            return [c for c in info.choices if c in (value or ())]
        case "date" | "time" | "datetime" | "profile" | "staff" | "project":
            return value if value != "" else None
        case "bool":
            return bool(value)
        case _:
            return "" if value is None else value


def _number(value: Any) -> int | None:
    if value in (None, ""):
        return None
    try:
        number = int(value)
    except ValueError:
        raise OfficeError(
            T("“{value}” is not a whole number.", value=str(value)), safe=T("The old value stays.")
        ) from None
    if not 0 <= number < 10**6:
        raise OfficeError(T("The number {value} is not possible here.", value=number), safe=T("The old value stays."))
    return number


def _decimal(value: Any) -> float | None:
    if value in (None, ""):
        return None
    number = float(value)
    if not 0 <= number < 10**6:
        raise OfficeError(T("The number {value} is not possible here.", value=number), safe=T("The old value stays."))
    return number


def _cents(value: Any) -> int | None:
    """Raw values are whole cents; words are euros."""
    try:
        cents = read_cents(value) if isinstance(value, str) else None if value is None else int(value)
    except ValueError:
        raise OfficeError(
            T("“{value}” is not a sum of money.", value=str(value)), safe=T("The old value stays."),
            todo=T("Write it like 12,50 or 1.234,50."),
        ) from None  # fmt: skip
    if cents is not None and not 0 <= cents < MOST_CENTS:
        raise OfficeError(T("This sum is not possible here."), safe=T("The old value stays."))
    return cents
