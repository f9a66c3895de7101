"""Bringing a file to a page: opened, pasted or dropped, and read beside the window; only the last one is told of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.ui import dialogs
from mama_desktop.ui.brought import brought_files, brought_words
from mama_desktop.ui.import_start import ImportStart
from mama_desktop.ui.jobs import Job, Report
from mama_desktop.ui.page import Page

_FOLDER = "import/folder"
TABLES = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.html *.htm"


class Bringing(QObject):
    """`started(name)`: a file is being read ("" for what was pasted); `read(draft)`; `failed(trouble)`: in words, ""
    when the person stopped it. A subclass says how a file and words are read: `read_file`, `read_text`."""

    started = Signal(str)
    read = Signal(object)
    failed = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._turn = page, 0
        self._job: Job | None = None

    def read_file(self, path: Path) -> None:
        raise NotImplementedError

    def read_text(self, words: str) -> None:
        raise NotImplementedError

    def choose_and_read(self, title: Text, kinds: Text, endings: str) -> None:
        """Ask for a file where the last one lay."""
        say = self._page.say
        words = f"{say(kinds)} ({endings});;{say(T('All files'))} (*)"
        if chosen := dialogs.choose_file(self._page, say(title), words, self.last_folder()):
            self.remember_folder(chosen[0].parent)
            self.read_file(chosen[0])

    def paste(self) -> None:
        """What the clipboard holds: a file, a table, or words."""
        data = QGuiApplication.clipboard().mimeData()
        if files := brought_files(data):
            self.read_file(files[0])
        else:
            self.read_text(brought_words(data))

    def last_folder(self) -> Path | None:
        folder = self._page.shell.habits.value(_FOLDER)
        return Path(str(folder)) if folder else None

    def remember_folder(self, folder: Path) -> None:
        self._page.shell.habits.setValue(_FOLDER, str(folder))

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def forget(self) -> None:
        """Nothing is told any more of what is being read."""
        self.stop()
        self._turn += 1
        self._job = None

    def start(self, name: Text, shown: str, work: Callable[[Report], Any]) -> None:
        """Read beside the window; what was asked for before is not told any more."""
        self.forget()
        self.started.emit(shown)
        turn = self._turn
        self._job = self._page.jobs.start(
            name, work, done=partial(self._on_read, turn), failed=partial(self._on_unread, turn),
            cancelled=partial(self._on_unread, turn, None),
        )  # fmt: skip
        # The page says itself that it reads, with a "Stop"; once it is left, the status line does.
        self._job.is_shown_elsewhere = self._page.isVisible

    def _on_read(self, turn: int, draft: Any) -> None:
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


class BringingPage(Page):
    """A page that takes a file dropped anywhere on it; `start` is its zone, shown as such while something hovers."""

    start: ImportStart

    def read_file(self, path: Path) -> None:
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if brought_files(event.mimeData()) and self.db.read_only is None:
            event.acceptProposedAction()
            self.start.set_dragged_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start.set_dragged_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start.set_dragged_over(False)
        if files := brought_files(event.mimeData()):
            event.acceptProposedAction()
            self.read_file(files[0])
