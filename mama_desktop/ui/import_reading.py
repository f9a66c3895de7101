"""Bringing a file of registrations in: opened, a folder of forms, pasted or dropped, and read beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.opening import open_text
from mama_desktop.intake.tables import Reading
from mama_desktop.services import import_draft, returned_forms
from mama_desktop.services.import_draft import Draft
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files, brought_words
from mama_desktop.ui.jobs import Job, Report
from mama_desktop.ui.page import Page

_FOLDER = "import/folder"
_ENDINGS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm *.pdf"


class ImportReading(QObject):
    """`started(name)`: a file is being read ("" for what was pasted); `read(Draft)`; `failed(trouble)`: in words, ""
    when the person stopped it. Only the last file that was asked for is told of."""

    started = Signal(str)
    read = Signal(object)
    failed = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._turn = page, 0
        self._job: Job | None = None
        self.event_id = ""

    # Where it comes from

    def open_file(self) -> None:
        say = self._page.say
        kinds = say(T("Tables and forms")) + f" ({_ENDINGS});;"
        kinds += say(T("All files")) + " (*)"
        chosen = dialogs.choose_file(self._page, say(T("Open a file with registrations")), kinds, self._last_folder())
        if chosen:
            self._page.shell.habits.setValue(_FOLDER, str(chosen[0].parent))
            self.read_file(chosen[0])

    def open_folder(self) -> None:
        """Returned registration forms, a folder of them at once."""
        title = self._page.say(T("Choose the folder with the returned forms"))
        chosen = dialogs.choose_folder(self._page, title, self._last_folder())
        if chosen is not None:
            self._page.shell.habits.setValue(_FOLDER, str(chosen))
            self.read_file(chosen)

    def paste(self) -> None:
        """What the clipboard holds: a file, a table, or words."""
        data = QGuiApplication.clipboard().mimeData()
        if files := brought_files(data):
            self.read_file(files[0])
        else:
            self.read_text(brought_words(data))

    def _last_folder(self) -> Path | None:
        folder = self._page.shell.habits.value(_FOLDER)
        return Path(str(folder)) if folder else None

    # Reading it

    def read_file(self, path: Path) -> None:
        work = partial(returned_forms.open_any, self._page.db, self.event_id, path)
        self._start(T("Reading {name}", name=path.name), path.name, work)

    def read_text(self, words: str) -> None:
        self._start(T("Reading what was pasted"), "", lambda _report: open_text(words))

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """Nothing is told any more of what is being read."""
        self.stop()
        self._turn += 1
        self._job = None

    def _start(self, name: Text, shown: str, work: Callable[[Report], Reading]) -> None:
        self.forget()
        self.started.emit(shown)
        turn, db, event, language = self._turn, self._page.db, self.event_id, self._page.speak.code

        def read(report: Report) -> Draft:
            return import_draft.make_draft(db, event, work(report), language=language)

        self._job = self._page.jobs.start(
            name, read, done=partial(self._on_read, turn), failed=partial(self._on_unread, turn),
            cancelled=partial(self._on_unread, turn, None),
        )  # fmt: skip

    def _on_read(self, turn: int, draft: Draft) -> None:
        if turn == self._turn:
            self._job = None
            self.read.emit(draft)

    def _on_unread(self, turn: int, error: BaseException | None) -> None:
        if turn != self._turn:
            return
        self._job = None
        said = (error.what, error.todo) if isinstance(error, OfficeError) else ()
        self.failed.emit(" ".join(self._page.say(words) for words in said if words is not None))
        if error is not None and not isinstance(error, OfficeError):
            self._page.jobs.bug.emit(error)
