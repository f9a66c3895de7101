"""What the status line says of the chosen rows: how many, the average age, the sum of a number."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.chosen_cells import ChosenCells
from mama_desktop.ui.matching_rows import is_empty
from mama_desktop.ui.rows_model import RowsModel

_SEPARATOR = "  ·  "
_MOST_CELLS = 20_000
# A place in a queue is a number, but nobody adds places up.
_NOT_ADDED = frozenset({"waiting_position"})


def selection_words(rows: RowsModel, chosen: ChosenCells, columns: Sequence[int], speak: Language) -> str:
    """Selected: 2 of 64 · average age 27.4 — or, with nothing chosen, how many rows are shown.

    Of several cells of a few columns: how many are filled, and of numbers their sum and average.
    """
    total, shown = len(rows.listing.rows), rows.rowCount()
    if not total:
        return ""
    count = chosen.row_count()
    if not count:
        if shown == total:
            return speak.say(TN("{number} row", "{number} rows", total, number=speak.number(total)))
        return speak.say(T("Shown: {shown} of {total}", shown=speak.number(shown), total=speak.number(total)))
    words = T("Selected: {chosen} of {total}", chosen=speak.number(count), total=speak.number(shown))
    parts = [speak.say(words)]
    if count > 1:
        if chosen.are_whole_rows(columns) or count > _MOST_CELLS:
            parts += [speak.say(t) for t in _sums(rows, [rows.order[r] for r in chosen.rows()], speak)]
        else:
            parts += [speak.say(t) for t in _cell_sums(rows, chosen.cells(columns), speak)]
    return _SEPARATOR.join(parts)


def _cell_sums(rows: RowsModel, cells: dict[int, list[int]], speak: Language) -> list[Text]:
    filled = 0
    numbers: list[Any] = []
    kinds: set[str] = set()
    for row, columns in cells.items():
        values = rows.listing.rows[rows.order[row]]
        for column in columns:
            value = values[column]
            if is_empty(value):
                continue
            filled += 1
            field = rows.field(column)
            if field.kind in ("number", "decimal", "money", "age") and field.key not in _NOT_ADDED:
                number = getattr(value, "exact", value)
                numbers += [number] if number is not None else []
                kinds.add(field.kind)
    said = [TN("{number} cell filled", "{number} cells filled", filled, number=speak.number(filled))]
    if len(numbers) > 1 and kinds == {"money"}:
        total, average = sum(numbers), Decimal(sum(numbers)) / len(numbers)
        said.append(T("sum {sum}", sum=_money(total, speak)))
        said.append(T("average {average}", average=_money(average, speak)))
    elif len(numbers) > 1 and "money" not in kinds:
        total = sum(numbers)
        decimals = 2 if isinstance(total, Decimal | float) else None
        said.append(T("sum {sum}", sum=speak.number(total, decimals)))
        said.append(T("average {average}", average=speak.number(total / len(numbers), 1)))
    return said


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
        elif field.kind == "money":
            said.append(T("{what} together {sum}", what=field.label, sum=_money(sum(values), speak)))
        elif field.kind in ("number", "decimal") and field.key not in _NOT_ADDED:
            total = sum(values)
            decimals = 2 if isinstance(total, Decimal | float) else None
            said.append(T("{what} together {sum}", what=field.label, sum=speak.number(total, decimals)))
    return said


def _money(cents: int | Decimal, speak: Language) -> str:
    return speak.money(Decimal(cents).scaleb(-2))
