"""Bringing a file of registrations in: a table, one returned form or a folder of them, or words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mama_desktop.domain.text import T, Text
from mama_desktop.intake.opening import open_text
from mama_desktop.intake.tables import Reading
from mama_desktop.services import import_draft, returned_forms
from mama_desktop.services.import_draft import Draft
from mama_desktop.ui import dialogs
from mama_desktop.ui.bringing import TABLES, Bringing
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page


class ImportReading(Bringing):
    """Tells `read(Draft)` for the event `event_id`."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.event_id = ""

    def open_file(self) -> None:
        self.choose_and_read(T("Open a file with registrations"), T("Tables and forms"), f"{TABLES} *.pdf")

    def open_folder(self) -> None:
        """Returned registration forms, a folder of them at once."""
        title = self._page.say(T("Choose the folder with the returned forms"))
        chosen = dialogs.choose_folder(self._page, title, self.last_folder())
        if chosen is not None:
            self.remember_folder(chosen)
            self.read_file(chosen)

    def read_file(self, path: Path) -> None:
        db, event = self._page.db, self.event_id
        self._draft(
            T("Reading {name}", name=path.name), path.name,
            lambda report: returned_forms.open_any(db, event, path, report),
        )  # fmt: skip

    def read_text(self, words: str) -> None:
        self._draft(T("Reading what was pasted"), "", lambda _report: open_text(words))

    def _draft(self, name: Text, shown: str, work: Callable[[Report], Reading]) -> None:
        db, event, language = self._page.db, self.event_id, self._page.speak.code

        def read(report: Report) -> Draft:
            return import_draft.make_draft(db, event, work(report), language=language)

        self.start(name, shown, read)
