"""A list as a value: the joint between those who know what stands on a paper and those who write it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal[
    "text", "number", "integer", "date", "datetime", "time", "money", "yesno", "line_number", "signature", "tick"
]
Align = Literal["left", "right", "centre"]
Orientation = Literal["portrait", "landscape", "auto"]

# The writers fill these columns themselves; a row holds None in their place.
BY_HAND: frozenset[str] = frozenset({"signature", "tick"})
_ALIGNED: dict[str, Align] = {
    "number": "right", "integer": "right", "money": "right", "line_number": "right",
    "date": "right", "datetime": "right", "time": "right", "tick": "centre", "yesno": "centre",
}  # fmt: skip


class Name(NamedTuple):
    """A person's name; on paper the family name is bold, in a workbook it is "Family Given"."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.given}".strip()


Value = str | int | float | Decimal | dt.date | dt.datetime | dt.time | bool | Name | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Words:
    """Words in one language, or in two: the second is printed smaller, below or after the first."""

    first: str
    second: str = ""

    @property
    def line(self) -> str:
        """Both on one line: "Dogodek / Event"."""
        return f"{self.first} / {self.second}" if self.second and self.second != self.first else self.first

    def filled(self, **values: object) -> Words:
        """The same words with their placeholders filled: "stran {page} od {pages}"."""
        return Words(self.first.format(**values), self.second.format(**values))


@dataclass(frozen=True)
class Column:
    """One column. `width` is in millimetres of paper (about half as many characters); None fits the content.

    A `line_number` cell that is None is counted by the writer from `Sheet.numbers_from`; an int stays as it is.
    A `signature` cell is blank; a text in it ("—", "odsoten") is printed small and muted, not to be signed.
    """

    key: str
    heading: Words
    kind: Kind = "text"
    width: float | None = None
    align: Align | None = None

    @property
    def aligned(self) -> Align:
        return self.align or _ALIGNED.get(self.kind, "left")


@dataclass(frozen=True)
class Group:
    """Rows that stand together; a title makes a band across the table. A row has one value for each column."""

    rows: tuple[Row, ...]
    title: Words | None = None


@dataclass(frozen=True)
class Fact:
    """One labelled line of the heading; the strong one is bold."""

    label: Words
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Total:
    """A line below the table. `value` None leaves room to write by hand; `each_page` repeats it on every page."""

    label: Words
    value: str | None = None
    each_page: bool = False


@dataclass(frozen=True)
class Sheet:
    """One list: heading, columns, rows and what stands around them. All words are ready to be printed.

    key: what kind of list it is (participant-list, sign-in …). language: "sl" or "en", how values are written.
    heading_right: the date of this sheet. facts: read down the left column, then down the right one.
    tab: the name of the sheet in a workbook, the title when empty.
    blank_rows: at least so many empty rows at the end; a list to be signed is filled to the end of its last page,
    unless it is not to be `filled`.
    blank_pages: wholly blank pages after that; with no rows at all the first of them is page 1.
    blank_title: the band above the empty rows, printed only when a group before them has a band.
    row_height_mm: at least; a row grows with its text. None: 10.5 where something is to be signed, else the text's.
    statement: whole sentences above the table, printed large: what is declared of those on the list.
    logos_left, logos_right: pictures as PNG or JPEG bytes. notices and funding: whole sentences, printed small.
    code: what the QR says before the page's number ("MAMA:K7Q2:1" for code "MAMA:K7Q2"); empty prints none.
    footer_left: event, session, issue. page_word: with {page} and {pages}. created: when, in local time.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    groups: tuple[Group, ...] = ()
    language: str = "sl"
    heading_right: Words = Words("")
    facts: tuple[Fact, ...] = ()
    totals: tuple[Total, ...] = ()
    signatures: tuple[Words, ...] = ()
    statement: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    logos_left: tuple[bytes, ...] = ()
    logos_right: tuple[bytes, ...] = ()
    orientation: Orientation = "auto"
    tab: str = ""
    row_height_mm: float | None = None
    numbers_from: int = 1
    blank_rows: int = 0
    filled: bool = True
    blank_pages: int = 0
    blank_title: Words | None = None
    code: str = ""
    footer_left: str = ""
    page_word: Words = Words("{page} / {pages}")
    author: str = ""
    created: dt.datetime | None = None

    @property
    def to_sign(self) -> bool:
        """Whether something is written on it by hand."""
        return any(column.kind in BY_HAND for column in self.columns)

    def numbered_rows(self) -> list[tuple[int, Row]]:
        """Each row with its printed number: the one it carries, or counted on from the row before."""
        at = next((i for i, column in enumerate(self.columns) if column.kind == "line_number"), None)
        number, numbered = self.numbers_from, []
        for group in self.groups:
            for row in group.rows:
                own = None if at is None else row[at]
                if isinstance(own, int) and not isinstance(own, bool):
                    number = own
                numbered.append((number, row))
                number += 1
        return numbered


@dataclass(frozen=True)
class Book:
    """A workbook of several sheets (a list and its counts); title, author and date are the first sheet's."""

    sheets: tuple[Sheet, ...]


def choose_columns(sheet: Sheet, keys: tuple[str, ...]) -> Sheet:
    """The same list with only these columns, in this order; keys it does not have are passed over."""
    places = {column.key: i for i, column in enumerate(sheet.columns)}
    wanted = [places[key] for key in keys if key in places]
    groups = tuple(
        replace(group, rows=tuple(tuple(row[i] for i in wanted) for row in group.rows)) for group in sheet.groups
    )
    return replace(sheet, columns=tuple(sheet.columns[i] for i in wanted), groups=groups)
