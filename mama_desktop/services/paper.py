"""What a document is, and what was made of it: ready to be shown, written or kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mama_desktop.domain.text import Text
from mama_desktop.sheets.pdf import print_pdfs
from mama_desktop.sheets.sheet import Book


@dataclass(frozen=True)
class Paper:
    """What was made, ready to be shown or written. content: sheets, or a finished file. file_name: without a suffix."""

    content: Book | bytes
    file_name: str
    warnings: tuple[Text, ...] = ()

    def pdf(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else print_pdfs(self.content.sheets)[0]


Make = Callable[..., Paper]


@dataclass(frozen=True)
class Document:
    """Something that can be made.

    target: "event", "project" or "period". suffixes: of the files it can be written as, the usual one first.
    make(session, target_id, *, language, options, now, who): reads only, also for the preview.
    keep: the same, but the printing is kept as an issue; None for what is not kept.
    """

    key: str
    title: Text
    target: str
    suffixes: tuple[str, ...]
    make: Make
    keep: Make | None = None
