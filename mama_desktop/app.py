"""The only file that knows everybody: paths, log, database, worker, window; and what happens when we made a mistake.

Whatever is not needed for the first painted window is imported when it is first used: from the start of the process to
a usable window it may take 1.5 s.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from mama_desktop import __version__
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language, language
from mama_desktop.services.taking_back import follow_the_rules
from mama_desktop.store import search
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import SUFFIX, open_workspace
from mama_desktop.ui import dialogs
from mama_desktop.ui.ahead import get_ready
from mama_desktop.ui.backing_up import BackingUp
from mama_desktop.ui.icons import icon
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.page import Page
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.recent import recent_workspaces, remember_workspace
from mama_desktop.ui.start_window import StartWindow
from mama_desktop.ui.table_copy import release_clipboard
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands

NAME = "MaMa Desktop"
_POLL_MS = 2000
_log = logging.getLogger(__name__)


def run_window(location: str | Path | None = None) -> int:
    """Open the window on a workspace (a file, a database address, or the one used last; the sample at first).

    Returns the exit code: 0, or 1 after a mistake of ours.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName(NAME)
    app.setApplicationVersion(__version__)
    app.setWindowIcon(icon("people-group", "accent"))
    start_log(Path(platformdirs.user_log_dir(NAME, appauthor=False)))
    kept = Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "habits.ini"
    program = Program(app, QSettings(str(kept), QSettings.Format.IniFormat))
    return program.run(location)


def start_log(folder: Path) -> None:
    """A log of at most 3 MB, kept in the person's own folder; it holds no personal data but what a traceback shows."""
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(folder / "mama.log", maxBytes=10**6, backupCount=2, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(file)
    root.setLevel(logging.INFO)


class Program(QObject):
    """One run of the program: which workspace is open, and everything around it."""

    def __init__(self, app: QApplication, habits: QSettings) -> None:
        super().__init__(app)
        self._app, self._habits = app, habits
        self._theme = Theme(app, str(habits.value("window/theme", "system")))
        self._jobs = self._new_jobs()
        self._db: Database | None = None
        self._backing_up: BackingUp | None = None
        self._window: MainWindow | StartWindow | None = None
        self._next: Path | str | None = None
        self._restores: Path | None = None
        self._met_a_bug = False
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    @property
    def _speak(self) -> Language:
        return language(str(self._habits.value("window/language", "sl")))

    def actor(self) -> Actor:
        """Who sits here (as said in the settings, else the name of the computer's user) and at which computer."""
        name = str(self._habits.value("office/sits_here_name", "")) or getpass.getuser()
        return Actor(name, platform.node() or "?")

    def run(self, location: str | Path | None) -> int:
        """Windows one after the other, until one is closed without another workspace having been chosen."""
        self._next = location or self._last_used() or self._sample()
        code = 0
        while self._next is not None and not self._met_a_bug:
            chosen, self._next = self._next, None
            try:
                self._put_back(chosen)
                self._open(chosen)
            except OfficeError as error:
                self._show_start(error, chosen)
            code = self._app.exec()
            self._close()
        self._jobs.close()
        release_clipboard()
        return 1 if self._met_a_bug else code

    # Opening and closing

    def _open(self, location: str | Path) -> None:
        db = self._db = follow_the_rules(open_workspace(location, actor=self.actor(), window=True))
        self._backing_up = BackingUp(db, self._jobs)
        self._habits.setValue("workspace/last", str(location))
        remember_workspace(self._habits, location)
        given = FileCommands(
            new_workspace=self.new_workspace, open_workspace=self.open_another, restore=self._go_to_restore,
            back_up=self._backing_up.by_hand, help=self._help,
        )  # fmt: skip
        places = [replace(p, make=self._make_restore_page) if p.key == "restore" else p for p in PLACES]
        self._window = MainWindow(
            db, self._jobs, self._habits, self._theme, places, find=partial(db.read, search.find), commands=given,
            backup_words=self._backing_up.words, home=self._home(db),
        )  # fmt: skip
        self._window.show()
        self._poll.start()
        self._backing_up.watch(self._window)
        get_ready(self._window)

    def _close(self) -> None:
        self._poll.stop()
        self._jobs.close()
        self._jobs.deleteLater()
        self._jobs = self._new_jobs()
        if self._db is not None:
            # Rotation after a copy made now could drop the very one that is to be restored.
            if self._backing_up is not None and not self._met_a_bug and self._restores is None:
                # The window is gone already; a trouble here is met again, and said, at the next start.
                with contextlib.suppress(OfficeError):
                    self._backing_up.on_closing()
            self._db.close()
        self._db = self._backing_up = None
        if self._window is not None:
            self._window.deleteLater()
            self._window = None

    def _new_jobs(self) -> Jobs:
        jobs = Jobs(self)
        jobs.bug.connect(self._on_bug)
        return jobs

    def _last_used(self) -> str | None:
        last = str(self._habits.value("workspace/last", ""))
        return last if last and ("://" in last or Path(last).exists()) else None

    def _sample(self) -> Path:
        """The invented workspace, made once and never overwritten."""
        path = Path(platformdirs.user_data_dir(NAME, appauthor=False)) / f"vzorec{SUFFIX}"
        if not path.exists():
            from mama_desktop.services.workspaces import new_workspace

            path.parent.mkdir(parents=True, exist_ok=True)
            new_workspace(path, actor=self.actor(), sample_too=True).close()
        return path

    def _home(self, db: Database) -> str:
        """Today, or the first questions while the office has no name yet."""
        from mama_desktop.services import office

        asks = db.read_only is None and not db.read(office.setting, "office.name_sl")
        return "first-start" if asks else "today"

    # Without a workspace

    def _show_start(self, error: OfficeError, location: str | Path) -> None:
        """A workspace did not open: why, its last good backup, or another one."""
        recent = recent_workspaces(self._habits)
        window = StartWindow(self._speak, recent, problem=error, location=str(location))
        window.new_requested.connect(self.new_workspace)
        window.open_requested.connect(self.open_another)
        window.sample_requested.connect(self._on_sample)
        window.chosen.connect(self._go_on_with)
        window.restore_requested.connect(partial(self._restore_into, location))
        window.language_chosen.connect(self._on_language)
        self._window = window
        window.show()

    def _on_sample(self) -> None:
        self._go_on_with(self._sample())

    def _on_language(self, code: str) -> None:
        self._habits.setValue("window/language", code)
        if isinstance(self._window, StartWindow):
            self._window.set_language(code)

    # The File menu

    def new_workspace(self) -> None:
        from mama_desktop.services.workspaces import new_workspace

        say = self._speak.say
        suggested = Path.home() / f"{say(T('Workspace'))}{SUFFIX}"
        path = dialogs.save_file(self._window, say(T("Where shall the new workspace lie?")), suggested, self._kinds())
        if path is None:
            return
        try:
            new_workspace(path, actor=self.actor()).close()
        except OfficeError as error:
            dialogs.show_error(self._window, self._speak, error)
            return
        self._go_on_with(path)

    def open_another(self) -> None:
        found = dialogs.choose_file(self._window, self._speak.say(T("Open a workspace")), self._kinds())
        if found:
            self._go_on_with(found[0])

    def _go_to_restore(self) -> None:
        if isinstance(self._window, MainWindow):
            self._window.go("restore")

    def _make_restore_page(self, *around: Any) -> Page:
        from mama_desktop.ui.restore_page import RestorePage

        assert self._db is not None
        return RestorePage(*around, restore=partial(self._restore_into, self._db.location))

    def _restore_into(self, location: str | Path, chosen: Path) -> None:
        """The workspace must be closed before it is replaced, which is when this window has ended."""
        self._restores = chosen
        self._go_on_with(location)

    def _put_back(self, location: str | Path) -> None:
        """The backup that was chosen for this workspace, if any; what stood there is kept beside it."""
        chosen, self._restores = self._restores, None
        if chosen is not None:
            from mama_desktop.store.restore import restore

            restore(chosen, location, actor=self.actor())

    def _go_on_with(self, location: str | Path) -> None:
        self._next = location
        self._close_window()

    def _close_window(self) -> None:
        if self._window is not None:
            self._window.close()

    def _kinds(self) -> str:
        return self._speak.say(T("Workspaces (*.mama);;All files (*)"))

    def _help(self, topic: str, code: str) -> None:
        from mama_desktop.ui.help_sheet import show_help

        show_help(self._window, language(code), topic)

    # Listening

    def _on_poll(self) -> None:
        """Others write too: the command line beside us, other windows on a server."""
        if self._db is not None:
            # A disk or server that is away for a moment is no reason for a dialog every two seconds.
            with contextlib.suppress(OfficeError):
                self._db.poll()

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._app.exit(130)
            return
        self._on_bug(error.with_traceback(trace))

    def _on_thread_exception(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            # Home to the window's thread, by the worker's queued signal.
            self._jobs.bug.emit(given.exc_value)

    def _on_bug(self, error: BaseException) -> None:
        """Our mistake: into the log, one window with the report, everything closed safely."""
        words = "".join(traceback.format_exception(error))
        _log.critical("A bug:\n%s", words)
        if self._met_a_bug:
            return
        self._met_a_bug = True
        self._poll.stop()
        about = f"{NAME} {__version__} · Python {platform.python_version()} · {platform.platform()}\n\n"
        dialogs.show_bug(self._window, self._speak, about + words)
        self._close_window()
        self._app.exit(1)
