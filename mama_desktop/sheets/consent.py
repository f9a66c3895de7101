"""The paper parents sign for a minor, as a value: every word is ready, what is not known is left open to be written."""

from __future__ import annotations

from dataclasses import dataclass

from mama_desktop.sheets.filled_table import FilledTable
from mama_desktop.sheets.sheet import Sheet, Words


@dataclass(frozen=True)
class Blank:
    """A label with its value, or with a line to write on when the value is empty. wide: over the whole page."""

    label: Words
    value: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Choice:
    """A statement to be ticked yes or no."""

    words: Words
    yes: Words
    no: Words


@dataclass(frozen=True)
class Grid:
    """A table to be filled in by hand. columns: headings with their shares of the page's width; rows: how many.

    last: what stands in the last row before its last cell (the total).
    """

    columns: tuple[tuple[Words, float], ...]
    rows: int
    last: Words | None = None


@dataclass(frozen=True)
class Part:
    """A heading with what stands below it, in this order: text, blanks (two in a row), table to be filled in, choices,
    table with values (which goes on over the pages)."""

    title: Words
    text: tuple[Words, ...] = ()
    blanks: tuple[Blank, ...] = ()
    choices: tuple[Choice, ...] = ()
    grid: Grid | None = None
    table: FilledTable | None = None


@dataclass(frozen=True)
class ConsentPaper:
    """One minor's paper. around: what the heading and the foot are made of (title, facts, logos, code).

    signatures: what is written at the end, each on a line of its own share of the page.
    """

    around: Sheet
    parts: tuple[Part, ...]
    signatures: tuple[Words, ...]
