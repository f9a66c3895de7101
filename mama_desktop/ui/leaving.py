"""A paper on its way out of the window: to the printer, into a file, or opened in the system's own program."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from mama_desktop.domain.text import T, Text
from mama_desktop.ui import dialogs
from mama_desktop.ui.documents_made import Source
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Action, Page
from mama_desktop.ui.printing import draw_pages, say_printed
from mama_desktop.ui.saving import Write, save_at, save_with


class Leaving:
    """What a page does with a finished paper."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def print(self, source: Source, pages: int) -> None:
        """Ask for the printer, then make the paper and print it; without a printer saving is offered."""
        page = self._page
        if not dialogs.has_printer():
            words = T("No printer is set up on this computer. You can save the PDF and print it elsewhere.")
            page.shell.notice(words, Action(T("Save as PDF"), partial(self.save, source)))
            return
        printer = dialogs.choose_printer(page, page.say(T("Print")), pages)
        if printer is None:
            return
        name = printer.printerName()

        def work(report: Report) -> int:
            return draw_pages(source.pdf(), printer, report)

        page.jobs.start(T("Printing on {printer}", printer=name), work, done=partial(say_printed, page, name))

    def save(self, source: Source) -> None:
        save_with(self._page, source.file_name, lambda path, _report: source.write_to(path), _saved)

    def open(self, source: Source) -> None:
        """Make it in a folder of its own and open it with the system's program."""
        folder = Path(tempfile.mkdtemp(prefix="mama-"))
        path = folder / source.file_name
        done = T("“{name}” is open in another window.", name=source.file_name)
        write = partial(_write_to, source)
        save_at(self._page, path, write, done, after=dialogs.open_path)

    def export(self, name: str, write: Write) -> None:
        """A list to Excel; `write(path, report)` writes it."""
        save_with(self._page, name, write, _saved)


def _saved(path: Path) -> Text:
    return T("“{name}” is saved.", name=path.name)


def _write_to(source: Source, path: Path, _report: Report) -> None:
    source.write_to(path)
