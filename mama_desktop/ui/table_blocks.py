"""Blocks of cells in the table: what a paste, a filling down or an emptying would change, as `pasting.Cell`s."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T, Text, fold
from mama_desktop.i18n import Language
from mama_desktop.services.pasting import MOST_CELLS, Cell, parse_block
from mama_desktop.ui.chosen_cells import Kept
from mama_desktop.ui.row_view import RowView


@dataclass(frozen=True)
class Block:
    """cells: to be changed. remarks: what of the block has no place here (columns that are computed, rows too many).

    place: where it stands, to be chosen afterwards.
    """

    cells: tuple[Cell, ...]
    remarks: tuple[Text, ...] = ()
    place: Kept = field(default_factory=list)


def is_list_with_headings(pasted: str, fields: tuple[FieldInfo, ...], speak: Language) -> bool:
    """Whether the first pasted row names columns: then it is a list to take in, not values for these cells."""
    block = parse_block(pasted)
    if len(block) < 2 or len(block[0]) < 2:
        return False
    known = {fold(speak.say(info.label)) for info in fields}
    named = [cell for cell in block[0] if cell.strip()]
    return len(named) > 1 and sum(fold(cell) in known for cell in named) * 2 > len(named)


def pasted_block(view: RowView, pasted: str) -> Block:
    """A pasted block from the upper left chosen cell on; one value onto many cells fills them all."""
    rows, block = view.rows, parse_block(pasted)
    shown = view.headings.shown_columns()
    chosen = view.chosen.cells(shown)
    if len(block) == 1 and len(block[0]) == 1 and sum(map(len, chosen.values())) > 1:
        filled = _of_cells(view, {row: dict.fromkeys(some, block[0][0]) for row, some in chosen.items()})
        return replace(filled, place=view.chosen.keep())
    current = view.currentIndex()
    top = min(chosen, default=current.row())
    left = min((shown.index(some[0]) for some in chosen.values()), default=-1)
    if left < 0:
        left = shown.index(current.column()) if current.column() in shown else 0
    remarks: list[Text] = []
    if (beyond := top + len(block) - rows.rowCount()) > 0:
        remarks.append(
            TN("{count} row did not fit below the last row.", "{count} rows did not fit below the last row.", beyond)
        )
    if (beyond := left + len(block[0]) - len(shown)) > 0:
        remarks.append(
            TN("{count} column did not fit at the right.", "{count} columns did not fit at the right.", beyond)
        )
    columns = shown[left : left + len(block[0])]
    wanted = {
        row: dict(zip(columns, cells, strict=False))
        for row, cells in enumerate(block[: rows.rowCount() - top], start=top)
    }
    keys = [rows.key(row) for row in wanted]
    return replace(_of_cells(view, wanted, remarks), place=[(keys, column, column) for column in columns])


def filled_block(view: RowView) -> Block:
    """In each chosen column the value of its first chosen cell for the cells below it."""
    firsts: dict[int, Any] = {}
    cells: list[Cell] = []
    skipped: set[int] = set()
    for row, some in view.chosen.cells(view.headings.shown_columns()).items():
        for column in some:
            info = view.rows.field(column)
            value = view.rows.listing.rows[view.rows.order[row]][column]
            if not info.editable:
                skipped.add(column)
            elif column not in firsts:
                firsts[column] = value
            elif value != firsts[column]:
                cells.append(Cell(view.rows.key(row), info, firsts[column], row + 1, typed=False))
    return Block(tuple(cells), _skipped(view, skipped))


def emptied_block(view: RowView) -> Block:
    """Every chosen cell without its value."""
    chosen = view.chosen.cells(view.headings.shown_columns())
    return _of_cells(view, {row: dict.fromkeys(some, "") for row, some in chosen.items()})


def _of_cells(view: RowView, wanted: dict[int, dict[int, str]], remarks: list[Text] | None = None) -> Block:
    cells: list[Cell] = []
    skipped: set[int] = set()
    remarks = list(remarks or ())
    for row, some in wanted.items():
        key = view.rows.key(row)
        for column, words in some.items():
            info = view.rows.field(column)
            if not info.editable:
                skipped.add(column)
            else:
                cells.append(Cell(key, info, words, row + 1))
        if len(cells) > MOST_CELLS:
            remarks.append(T("Only the first rows were taken: so many cells at once are better taken in as a file."))
            break
    return Block(tuple(cells), (*remarks, *_skipped(view, skipped)))


def _skipped(view: RowView, columns: set[int]) -> tuple[Text, ...]:
    shown = [c for c in view.headings.shown_columns() if c in columns]
    return tuple(T("The column “{column}” cannot be changed.", column=view.rows.field(c).label) for c in shown)
