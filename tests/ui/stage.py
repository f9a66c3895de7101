"""A window on invented rows: for the tests and the pictures."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QDialog

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import language as language_of
from mama_desktop.store import troubles
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs
from mama_desktop.ui.help_sheet import show_help
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow, Place
from mama_desktop.ui.recent import Recent
from mama_desktop.ui.start_window import StartWindow
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands
from tests.ui.invented import FakeDatabase, find, make_listing
from tests.ui.invented_page import InventedPage

PLACES = (
    ("today", "sun", T("Today")), ("events", "people-group", T("Events")), ("people", "user", T("People")),
    ("organisations", "building", T("Organisations")), ("projects", "folder-open", T("Projects")),
)  # fmt: skip
BELOW = (("history", "clock-rotate-left", T("History")), ("settings", "gear", T("Settings")))


def make_habits() -> QSettings:
    return QSettings(str(Path(tempfile.mkdtemp()) / "habits.ini"), QSettings.Format.IniFormat)


def make_window(
    theme: Theme, *, language: str = "sl", rows: int = 64, home: str = "events", db: Any = None
) -> MainWindow:
    habits = make_habits()
    habits.setValue("window/language", language)
    page: Any = type("Page", (InventedPage,), {"listing": make_listing(rows)})
    places = [Place(key, icon, words, page) for key, icon, words in PLACES]
    places += [Place(key, icon, words, page, at_bottom=True) for key, icon, words in BELOW]
    commands = FileCommands(_nothing, _nothing, _nothing, _nothing)
    return MainWindow(
        cast("Database", db or FakeDatabase()), Jobs(), habits, theme, places, find=find, home=home, commands=commands,
        backup_words=_backup_words,
    )  # fmt: skip


def _nothing() -> None:
    """Nothing to do in a picture."""


def _backup_words() -> Any:
    return T("Last backup: {when}", when="9.12")


def make_dialog(which: str, language: str) -> QDialog:
    """The dialog itself, not run."""
    made: list[QDialog] = []

    def keep(dialog: QDialog) -> int:
        made.append(dialog)
        return 0

    run, QDialog.exec = QDialog.exec, keep  # type: ignore[method-assign]  # a picture is taken instead of waiting
    try:
        speak = language_of(language)
        if which == "error":
            error = OfficeError(
                T("The file could not be read."), safe=T("Nothing has been changed."),
                todo=T("Open it in Excel, save it again and try once more."),
            )  # fmt: skip
            dialogs.show_error(None, speak, error)
        elif which == "question":
            count = TN("Delete {count} row?", "Delete {count} rows?", 3)
            dialogs.ask(None, speak, count, T("Delete"), more=T("You can undo this afterwards."), dangerous=True)
        elif which == "help":
            show_help(None, speak, "event")
        else:
            dialogs.show_bug(None, speak, "Traceback (most recent call last):\n  …\nValueError: 12")
    finally:
        QDialog.exec = run  # type: ignore[method-assign]  # as above
    return made[0]


def show_work(window: MainWindow) -> None:
    """As if an import had been running for two seconds."""
    from time import monotonic

    from mama_desktop.ui.jobs import Job

    job = Job(T("Import registrations"), progress=(1200, 5000), started=monotonic() - 2)
    window._jobs._running.append(job)
    window._jobs.progressed.emit()
    window._jobs._running.clear()


def make_start(language: str, *, troubled: bool) -> StartWindow:
    """The window while no workspace is open; `troubled`: because the last one is damaged."""
    folder = "/home/ana/Dokumenti/Mreža MaMa"
    recent = [
        Recent(f"{folder}/pisarna.mama", "pisarna", folder, True),
        Recent("/media/usb/stara.mama", "stara", "/media/usb", False),
    ]
    problem = None
    if troubled:
        problem = troubles.damaged("pisarna")
        problem.backup = Path(folder) / "pisarna-backups" / "pisarna-2020-03-02-09.12.00.mama"
        problem.backup_at = dt.datetime(2020, 3, 2, 9, 12)
    return StartWindow(language_of(language), recent, problem=problem, location=recent[0].location if problem else "")
