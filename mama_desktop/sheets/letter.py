"""A letter as a value: what stands on it, in words that are ready to be written."""

from __future__ import annotations

from dataclasses import dataclass

from mama_desktop.sheets.sheet import Words


@dataclass(frozen=True)
class LetterTable:
    """A small table within a letter: the people of one organisation."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> str:
        """The first column on one line."""
        return ", ".join(row[0] for row in self.rows if row)

    @property
    def text(self) -> str:
        """For a mail without pictures: a line for each row."""
        return "\n".join(
            f"{number}. " + " · ".join(cell for cell in row if cell) for number, row in enumerate(self.rows, 1)
        )


_PAGES = Words("{page} / {pages}")
Block = str | LetterTable
"""Text of one or more lines, or a table."""


@dataclass(frozen=True)
class LetterSheet:
    """One letter. address: its lines, empty when no address is known. sender: the small line above the address.

    head: the office's name and how it is reached. logos: PNG or JPEG. funding: sentences at the foot.
    page_word: with {page} and {pages}, said from the second page on. language: "sl" or "en".
    """

    address: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]
    place_date: str = ""
    sender: str = ""
    head: tuple[str, ...] = ()
    logos_left: tuple[bytes, ...] = ()
    logos_right: tuple[bytes, ...] = ()
    funding: tuple[str, ...] = ()
    page_word: Words = _PAGES
    language: str = "sl"
