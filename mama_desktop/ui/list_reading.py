"""Bringing an old list in: of organisations, people or events."""

from __future__ import annotations

from pathlib import Path

from mama_desktop.domain.text import T
from mama_desktop.intake.opening import open_text
from mama_desktop.services import beginning
from mama_desktop.ui.bringing import TABLES, Bringing
from mama_desktop.ui.page import Page


class ListReading(Bringing):
    """Tells `read(ListDraft)` for the `noun` of the list."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.noun = ""

    def open_file(self) -> None:
        self.choose_and_read(T("Open the list"), T("Tables"), TABLES)

    def read_file(self, path: Path) -> None:
        noun, db = self.noun, self._page.db
        self.start(
            T("Reading {name}", name=path.name), path.name, lambda report: beginning.open_list(db, noun, path, report)
        )

    def read_text(self, words: str) -> None:
        noun, db = self.noun, self._page.db
        self.start(T("Reading what was pasted"), "", lambda _report: beginning.make_draft(db, noun, open_text(words)))
