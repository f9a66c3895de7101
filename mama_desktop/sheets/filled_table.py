"""A table with values within a paper of parts: its headings, its rows and its totals, each a block of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from mama_desktop.sheets.blocks import ACCENT, GREY, MUTED, TEXT, Block
from mama_desktop.sheets.sheet import Words

_LINE = "#E2E5EA"
_PAD = 3.0
B = TypeVar("B", bound=Block)


@dataclass(frozen=True)
class TableColumn:
    """share: of the page's width. right: numbers stand at the right."""

    heading: Words
    share: float
    right: bool = False


@dataclass(frozen=True)
class FilledTable:
    """rows: one text a column. totals: words and value below the last column; the last of them is the result."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[Words, str], ...] = ()


def write_headings(block: Block, y: float, table: FilledTable, room: float) -> float:
    """The row of headings with a line below it; returns where it ends."""
    end = y
    for column, left, right in _places(table, room):
        end = max(
            end,
            block.write(
                left, y, right - left, column.heading.line, (7.2, 6.6, 6.0), MUTED, right=column.right, height=24
            ),
        )
    block.rules.append((0, end + 2, room, 0.8, GREY))
    return end + 3


def table_rows(table: FilledTable, room: float, new: Callable[[], B]) -> Iterator[B]:
    """Rows, each as high as its text needs; then the totals, which are never apart from one another."""
    places = _places(table, room)
    for row in table.rows:
        block = new()
        end = 0.0
        for text, (column, left, right) in zip(row, places, strict=True):
            end = max(end, block.write(left, 3, right - left, text, (8.8, 8.2), TEXT, right=column.right, height=999))
        block.rules.append((0, end + 3, room, 0.5, _LINE))
        block.height = end + 3.5
        yield block
    if table.totals:
        yield _totals(table.totals, places, room, new())


def _totals(
    totals: Sequence[tuple[Words, str]], places: Sequence[tuple[TableColumn, float, float]], room: float, block: B
) -> B:
    left = places[-1][1]
    y = 4.0
    for number, (words, value) in enumerate(totals, 1):
        is_last = number == len(totals)
        sizes, colour = ((11.0, 10.0), ACCENT) if is_last else ((8.8,), TEXT)
        if is_last:
            block.rules.append((left - 8, y, room - left + 8, 0.8, GREY))
            y += 4
        value_from = left - 22
        after = block.write(0, y, value_from - 10, words.line, (9.2, 8.2), TEXT, bold=is_last, right=True, height=24)
        y = max(
            after,
            block.write(value_from, y - (1 if is_last else 0), room - value_from - _PAD, value, sizes, colour,
                        bold=is_last, right=True),
        ) + 3  # fmt: skip
    block.height = y + 6
    return block


def _places(table: FilledTable, room: float) -> list[tuple[TableColumn, float, float]]:
    """Each column with its left and right edge, a little apart from the next."""
    total = sum(column.share for column in table.columns)
    edges = [0.0]
    for column in table.columns:
        edges.append(edges[-1] + room * column.share / total)
    inner = [
        (column, left + _PAD, right - _PAD)
        for column, (left, right) in zip(table.columns, pairwise(edges), strict=True)
    ]
    return [(inner[0][0], 0.0, inner[0][2]), *inner[1:]]
