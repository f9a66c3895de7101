"""What a workbook can hold: clean text, finite numbers, dates of Excel's calendar."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mama_desktop.i18n import language
from mama_desktop.sheets.sheet import Sheet, Value
from mama_desktop.sheets.wording import yes_no

_LONGEST_TEXT = 32_767
# Excel reads _x0041_ as a letter written by its number; the underscore itself is written so too.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def row_values(sheet: Sheet, number: int, row: Sequence[Value]) -> list[Any]:
    return [
        number if column.kind == "line_number" else plain(value, sheet.language)
        for column, value in zip(sheet.columns, row, strict=True)
    ]


def plain(value: Value, code: str) -> Any:
    """What Excel can hold: no control characters, no time zone, no date before 1900, no number it would round."""
    if value is None or type(value) is float:
        return value if value is None or math.isfinite(value) else None
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, bool):
        return yes_no(value, code)
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        # Day 60 of Excel's calendar is the 29 February 1900 that never was.
        return value if (value.year, value.month) >= (1900, 3) else language(code).date(value)
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    return value if isinstance(value, dt.time) else tidy(str(value)) or None


def tidy(words: str) -> str:
    """Text that XML and Excel can carry: control characters and halves of letters gone, line breaks kept."""
    if not words.isprintable():
        words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\v", "\n")
        words = "".join(c for c in words if c == "\n" or _printable(c))
    if "_x" in words:
        words = _ESCAPED.sub("_x005F_", words)
    return words.strip()[:_LONGEST_TEXT]


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"
