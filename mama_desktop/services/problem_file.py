"""Rows that could not be taken in, as a workbook: their own columns and the reason, to be mended and imported again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.intake.sensitive import mask
from mama_desktop.intake.tables import Cell, Table, as_text
from mama_desktop.services.column_mapping import REASON
from mama_desktop.services.comparison import Comparison
from mama_desktop.sheets.sheet import Column, Group, Kind, Sheet, Value, Words

_KINDS: dict[type, Kind] = {dt.date: "date", dt.datetime: "datetime", dt.time: "time", int: "integer", float: "number"}


def problems_of(comparison: Comparison, *groups: str) -> dict[int, tuple[Text, ...]]:
    """Line → reasons, of the rows with a problem (or of other groups)."""
    wanted = groups or ("problem",)
    return {row.line: row.problems for row in comparison.rows if row.group in wanted}


def save_problem_rows(
    table: Table, problems: Mapping[int, Sequence[Text]], path: Path, *, now: dt.datetime, language: str = "sl"
) -> int:
    """Write those rows of the file with its own headings and the reason in the last column; returns how many.

    problems: line in the file → reasons. An EMŠO is left out here too. Raises OfficeError when it cannot be written.
    """
    # openpyxl takes a third of a second to import: only when a workbook is written.
    from mama_desktop.sheets.xlsx import write_xlsx

    say = language_of(language).say
    rows = [row for row in table.rows if row.line in problems]
    kinds = [_kind([row.values[i] for row in rows]) for i in range(len(table.headings))]
    columns = [
        Column(f"column{i}", Words(mask(label, iban=False)), kind)
        for i, (label, kind) in enumerate(zip(table.labels, kinds, strict=True))
    ]
    body = [
        (
            *(_value(cell, kind) for cell, kind in zip(row.values, kinds, strict=True)),
            "; ".join(say(reason).rstrip(".") for reason in problems[row.line]),
        )
        for row in rows
    ]
    sheet = Sheet(
        key="problem-rows",
        title=Words(say(T("Rows to be mended"))),
        columns=(*columns, Column("reason", Words(say(REASON)), width=80)),
        groups=(Group(tuple(body)),),
        language=language,
        orientation="landscape",
        created=now,
    )
    write_xlsx(sheet, path)
    return len(rows)


def _kind(cells: Sequence[Cell]) -> Kind:
    """The type of a column when all its cells have it; text otherwise, so that nothing changes on the way."""
    kinds = {type(cell) for cell in cells if cell != ""}
    return _KINDS.get(kinds.pop(), "text") if len(kinds) == 1 else "text"


def _value(cell: Cell, kind: Kind) -> Value:
    if cell == "":
        return None
    if kind == "text" or isinstance(cell, dt.timedelta):
        return mask(as_text(cell), iban=False)
    # An EMŠO typed as a number.
    masked = mask(as_text(cell), iban=False) if isinstance(cell, int | float) else ""
    return masked if masked and not masked[-1:].isdigit() else cell
