"""Bringing an old list in: opened, pasted or dropped, and read beside the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.opening import open_text
from mama_desktop.services import beginning
from mama_desktop.services.beginning import ListDraft
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files, brought_words
from mama_desktop.ui.jobs import Job, Report
from mama_desktop.ui.page import Page

_FOLDER = "import/folder"
_ENDINGS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm"


class ListReading(QObject):
    """`started(name)`: a file is being read ("" for what was pasted); `read(ListDraft)`; `failed(trouble)`: in words,
    "" when the person stopped it. Only the last list that was asked for is told of."""

    started = Signal(str)
    read = Signal(object)
    failed = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._turn = page, 0
        self._job: Job | None = None
        self.noun = ""

    def open_file(self) -> None:
        say, habits = self._page.say, self._page.shell.habits
        folder = habits.value(_FOLDER)
        kinds = say(T("Tables")) + f" ({_ENDINGS});;" + say(T("All files")) + " (*)"
        if chosen := dialogs.choose_file(
            self._page, say(T("Open the list")), kinds, Path(str(folder)) if folder else None
        ):
            habits.setValue(_FOLDER, str(chosen[0].parent))
            self.read_file(chosen[0])

    def paste(self) -> None:
        """What the clipboard holds: a file, a table, or words."""
        data = QGuiApplication.clipboard().mimeData()
        if files := brought_files(data):
            self.read_file(files[0])
        else:
            self.read_text(brought_words(data))

    def read_file(self, path: Path) -> None:
        noun, db = self.noun, self._page.db
        self._start(
            T("Reading {name}", name=path.name), path.name, lambda report: beginning.open_list(db, noun, path, report)
        )

    def read_text(self, words: str) -> None:
        noun, db = self.noun, self._page.db
        self._start(T("Reading what was pasted"), "", lambda _report: beginning.make_draft(db, noun, open_text(words)))

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """Nothing is told any more of what is being read."""
        self.stop()
        self._turn += 1
        self._job = None

    def _start(self, name: Text, shown: str, work: Callable[[Report], ListDraft]) -> None:
        self.forget()
        self.started.emit(shown)
        turn = self._turn
        self._job = self._page.jobs.start(
            name, work, done=partial(self._on_read, turn), failed=partial(self._on_unread, turn),
            cancelled=partial(self._on_unread, turn, None),
        )  # fmt: skip

    def _on_read(self, turn: int, draft: ListDraft) -> None:
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
