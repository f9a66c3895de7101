"""Saving what was made: where, and beside with a number in one click when the file is open in another program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.sheets.files import TargetOpen, beside
from mama_desktop.ui import dialogs
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.page import Page

_FOLDER = "save/folder"
_KINDS = {
    ".xlsx": T("Excel workbooks"), ".pdf": T("PDF documents"), ".docx": T("Word documents"),
    ".xml": T("Files for the bank"),
}  # fmt: skip
Write = Callable[[Path, Report], Any]
Done = Text | Callable[[Path], Text]
"""What is said in the end; of the path when it tells the name, which the person may have changed."""


def ask_where(page: Page, name: str) -> Path | None:
    """Where to save a file of this name; the folder of the last one is proposed."""
    kept = page.shell.habits.value(_FOLDER)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(str(kept)) if kept and Path(str(kept)).is_dir() else Path(documents)
    suffix = Path(name).suffix
    kinds = f"{page.say(_KINDS[suffix])} (*{suffix})"
    path = dialogs.save_file(page, page.say(T("Save as")), folder / name, kinds)
    if path is not None:
        page.shell.habits.setValue(_FOLDER, str(path.parent))
    return path


def save_with(page: Page, name: str, write: Write, done: Done) -> None:
    """Ask where, let `write(path, report)` write it beside the window, and say so with Open and Show in folder."""
    path = ask_where(page, name)
    if path is not None:
        save_at(page, path, write, done)


def save_at(page: Page, path: Path, write: Write, done: Done, after: Callable[[Path], Any] | None = None) -> None:
    """The same to a path already chosen; `after(path)` instead of the notice."""

    def work(report: Report) -> Path:
        write(path, report)
        return path

    page.jobs.start(
        T("Saving {name}", name=path.name), work, done=partial(_on_saved, page, done, after),
        failed=partial(_on_failed, page, path, write, done, after),
    )  # fmt: skip


def _on_saved(page: Page, done: Done, after: Callable[[Path], Any] | None, path: Path) -> None:
    if after is not None:
        after(path)
    else:
        page.shell.notice_file(done(path) if callable(done) else done, path)


def _on_failed(
    page: Page, path: Path, write: Write, done: Done, after: Callable[[Path], Any] | None, error: BaseException
) -> None:
    if isinstance(error, TargetOpen):
        other = beside(path)
        beside_it = T("Save beside as “{name}”", name=other.name)
        if dialogs.ask(page, page.speak, error.what, beside_it, more=error.todo) == 0:
            save_at(page, other, write, done, after)
    elif isinstance(error, OfficeError):
        page.shell.show_error(error)
    else:
        page.jobs.bug.emit(error)
