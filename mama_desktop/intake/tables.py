"""What was read from outside, before anything is understood of it: readings, tables, rows with their line numbers."""

from __future__ import annotations

import datetime as dt
import gc
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mama_desktop.domain.text import Text, clean

# An empty cell is "". Whole numbers are int, so that a telephone number is never 40123456.0.
Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta

MAX_ROWS = 100_000
MAX_COLUMNS = 200
# A parser of workbooks holds every place of the rectangle in memory, empty ones too.
MAX_CELLS = 5_000_000


class RawRow(NamedTuple):
    """One row as it came. A tuple, not a dataclass: 100,000 of them cross a pipe."""

    line: int
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One sheet's table.

    sheet: its name, "" for a text. heading_lines: line numbers of the heading rows, none when there are no headings.
    headings: one per column, as written ("" when empty; they may repeat). variables: the short names in 1KA's first
    heading row. columns: the place of each in the sheet, counted from 0 (wholly empty columns are left out).
    skipped: title rows and notes that are no data, with their line numbers. notes: for the user.

    Of returned forms of our own more is known: keys: the field that each column fills, "" for an extra answer under its
    heading; files: line → the file (and row) it stood in; remarks: what is to be said of a line; left: files out of
    which nobody is taken, each with a line of its own after the rows, its name and why.
    """

    sheet: str
    heading_lines: tuple[int, ...]
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]
    variables: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    notes: tuple[Text, ...] = ()
    epoch_1904: bool = False
    keys: tuple[str, ...] = ()
    files: tuple[tuple[int, str], ...] = ()
    remarks: tuple[tuple[int, Text], ...] = ()
    left: tuple[tuple[int, str, Text], ...] = ()

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """A different name for each column: a repeated heading gets a number, a missing one the column's letter."""
        seen: dict[str, int] = {}
        labels = []
        for index, heading in enumerate(self.headings):
            place = self.columns[index] if index < len(self.columns) else index
            name = heading or f"[{column_letter(place)}]"
            seen[name] = seen.get(name, 0) + 1
            labels.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        return tuple(labels)

    def column(self, index: int) -> list[Cell]:
        return [row.values[index] for row in self.rows]


@dataclass(frozen=True)
class Reading:
    """A file or a pasted text, read: the tables of its visible sheets, and which of them is proposed.

    kind: "xlsx", "xls", "xlsb", "ods", "csv", "html", "text", "lines", "forms". encoding, separator: of a text, or "".
    """

    name: str
    kind: str
    tables: tuple[Table, ...]
    chosen: int = 0
    encoding: str = ""
    separator: str = ""
    notes: tuple[Text, ...] = field(default=())

    @property
    def table(self) -> Table:
        return self.tables[self.chosen]


def column_letter(place: int) -> str:
    """A, B … Z, AA … as the spreadsheet calls the column at this place, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """While very many lasting values are made, looking again and again for dead ones doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def tidy(words: str) -> str:
    """`clean`, skipping the work for what is clean already (most cells are)."""
    if words.isprintable() and "  " not in words and words[:1] != " " and words[-1:] != " ":
        if words.isascii():
            return words
        if unicodedata.is_normalized("NFC", words) and "Ð" not in words and "ð" not in words:
            return words
    return clean(words)


def tidy_row(cells: Iterable[Cell]) -> list[Cell]:
    """Cells with clean text and whole numbers as int."""
    row: list[Cell] = []
    for cell in cells:
        kind = type(cell)
        if kind is str:
            row.append(tidy(cell) if cell else "")  # type: ignore[arg-type]  # mypy does not narrow by type()
        elif kind is float and cell.is_integer():  # type: ignore[union-attr]  # as above
            row.append(int(cell))  # type: ignore[arg-type]  # as above
        else:
            row.append(cell)
    return row


def as_text(cell: Cell) -> str:
    """The cell as a person would type it, without losing a digit: 40123456, 2020-04-02, 1,5 stays 1.5."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case dt.datetime():
            midnight = cell.time() == dt.time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
        case dt.date():
            return cell.isoformat()
        case dt.time():
            return cell.isoformat("minutes")
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case _:
            return str(cell)
