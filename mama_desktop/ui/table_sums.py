"""What the status line says of the chosen rows: how many, the average age, the sum of a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.rows_model import RowsModel

_SEPARATOR = "  ·  "


def selection_words(rows: RowsModel, selected: Sequence[QModelIndex], speak: Language) -> str:
    """Selected: 2 of 64 · average age 27.4 — or, with fewer than two rows chosen, how many rows are shown."""
    total, shown = len(rows.listing.rows), rows.rowCount()
    if not total:
        return ""
    if not selected:
        if shown == total:
            return speak.say(TN("{number} row", "{number} rows", total, number=speak.number(total)))
        return speak.say(T("Shown: {shown} of {total}", shown=speak.number(shown), total=speak.number(total)))
    words = T("Selected: {chosen} of {total}", chosen=speak.number(len(selected)), total=speak.number(shown))
    parts = [speak.say(words)]
    if len(selected) > 1:
        places = [rows.order[i.row()] for i in selected]
        parts += [speak.say(t) for t in _sums(rows, places, speak)]
    return _SEPARATOR.join(parts)


def _sums(rows: RowsModel, places: list[int], speak: Language) -> list[Text]:
    said: list[Text] = []
    for column, field in enumerate(rows.listing.fields):
        values: list[Any] = [v for p in places if (v := rows.listing.rows[p][column]) is not None and v != ""]
        if not values or len(said) == 3:
            continue
        if field.kind == "age":
            # Only ages that are known exactly: the others are to check, never guessed.
            known = [years for v in values if (years := getattr(v, "exact", v)) is not None]
            if known:
                said.append(T("average age {age}", age=speak.number(sum(known) / len(known), 1)))
        elif field.kind in ("number", "money"):
            total = sum(values)
            decimals = 2 if isinstance(total, Decimal | float) else None
            said.append(T("{what} together {sum}", what=field.label, sum=speak.number(total, decimals)))
    return said
