"""The only file that knows everybody: paths, log, database, worker, window; and what happens when we made a mistake.

Whatever is not needed for the first painted window is imported when it is first used: from the start of the process to
a usable window it may take 1.5 s.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from mama_desktop import __version__
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language, language
from mama_desktop.store import search
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import SUFFIX, open_workspace
from mama_desktop.ui import dialogs
from mama_desktop.ui.icons import icon
from mama_desktop.ui.jobs import Jobs, Report
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.table_copy import release_clipboard
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands

NAME = "MaMa Desktop"
_POLL_MS = 2000
_FIRST_BACKUP_MS = 20_000
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
    """One run of the window: which workspace is open, and everything around it."""

    def __init__(self, app: QApplication, habits: QSettings) -> None:
        super().__init__(app)
        self._app, self._habits = app, habits
        self._theme = Theme(app, str(habits.value("window/theme", "system")))
        self._jobs = Jobs(self)
        self._jobs.bug.connect(self._on_bug)
        self._db: Database | None = None
        self._window: MainWindow | None = None
        self._next: Path | str | None = None
        self._met_a_bug = False
        self._is_written = False
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
            if self._open(chosen):
                code = self._app.exec()
                self._close()
        self._jobs.close()
        release_clipboard()
        return 1 if self._met_a_bug else code

    # Opening and closing

    def _open(self, location: str | Path) -> bool:
        try:
            db = open_workspace(location, actor=self.actor(), window=True)
        except OfficeError as error:
            self._after_trouble(location, error)
            return False
        self._db = db
        self._is_written = False
        db.subscribe(self._on_written)
        self._habits.setValue("workspace/last", str(location))
        given = FileCommands(
            new_workspace=self.new_workspace, open_workspace=self.open_another, restore=self.restore,
            back_up=self.back_up, help=self._help,
        )  # fmt: skip
        self._window = MainWindow(
            db, self._jobs, self._habits, self._theme, PLACES, find=partial(db.read, search.find), commands=given,
            backup_words=self._backup_words, home=self._home(db),
        )  # fmt: skip
        self._window.show()
        self._poll.start()
        QTimer.singleShot(_FIRST_BACKUP_MS, self._window, self._back_up_daily)
        return True

    def _close(self) -> None:
        self._poll.stop()
        self._jobs.close()
        self._jobs.deleteLater()
        self._jobs = Jobs(self)
        self._jobs.bug.connect(self._on_bug)
        if self._db is not None:
            if self._is_written and not self._met_a_bug:
                # The window is gone already; a trouble here is met again, and said, at the next start.
                with contextlib.suppress(OfficeError):
                    self._copy(_say_nothing)
            self._db.close()
            self._db = None
        if self._window is not None:
            self._window.deleteLater()
            self._window = None

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

        asks = any(p.key == "first-start" for p in PLACES) and db.read_only is None
        return "first-start" if asks and not db.read(office.setting, "office.name_sl") else "today"

    def _after_trouble(self, location: str | Path, error: OfficeError) -> None:
        """A workspace that did not open: say why, and offer its last good backup or another file."""
        dialogs.show_error(None, self._speak, error)
        backup = getattr(error, "backup", None)
        answers = [T("Open another workspace"), T("Make a new workspace")]
        if backup is not None:
            answers.insert(0, T("Restore the last good backup"))
        question = T("What would you like to do?")
        answer = dialogs.ask(None, self._speak, question, *answers)
        chosen = None if answer is None else answers[answer]
        if chosen is None:
            return
        if backup is not None and chosen is answers[0]:
            self._put_back(backup, location)
        elif chosen is answers[-1]:
            self.new_workspace()
        else:
            self.open_another()

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

    def restore(self) -> None:
        """Choose among the copies, see what is in one, put it in the workspace's place; what stood there is kept."""
        from mama_desktop.ui.restore_dialog import choose_backup

        if self._db is None or self._db.dialect != "sqlite":
            return
        location = Path(self._db.location)
        chosen = choose_backup(self._window, self._speak, location, self._kinds())
        if chosen is not None:
            self._next = location
            self._close_window()
            # The workspace must be closed before it is replaced, which is when this run of the window has ended.
            self._close()
            self._put_back(chosen, location)

    def _put_back(self, chosen: Path, location: str | Path) -> None:
        from mama_desktop.store.restore import restore

        try:
            restore(chosen, location, actor=self.actor())
        except OfficeError as error:
            dialogs.show_error(None, self._speak, error)
        self._next = location

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

    # Backups

    def back_up(self) -> None:
        self._jobs.start(T("Backup"), self._copy, done=self._on_backed_up)

    def _back_up_daily(self) -> None:
        db = self._db
        if db is None or db.dialect != "sqlite" or db.read_only is not None:
            return
        newest = self._newest()
        if newest is None or newest.date() < db.clock.today():
            self._jobs.start(T("Backup"), self._copy, done=self._on_daily_backup)

    def _copy(self, report: Report) -> Path:
        """A checked copy beside the workspace, and one in the second place where there is one."""
        from mama_desktop.services import office
        from mama_desktop.store.backup import backup

        assert self._db is not None
        made = backup(self._db, report=report)
        second = self._db.read(office.setting, "backup.second_place")
        if second:
            backup(self._db, Path(second), report=report)
        return made

    def _on_backed_up(self, made: Path) -> None:
        if self._window is not None:
            self._window.refresh_backup_words()
            self._window.notice_file(T("The backup is made and checked: {name}", name=made.name), made)

    def _on_daily_backup(self, _made: Path) -> None:
        if self._window is not None:
            self._window.refresh_backup_words()

    def _newest(self) -> dt.datetime | None:
        from mama_desktop.store.backup import backups, folder_of

        if self._db is None or self._db.dialect != "sqlite":
            return None
        path = Path(self._db.location)
        return max((b.at for b in backups(folder_of(path), path.stem) if b.kind == "backup"), default=None)

    def _backup_words(self) -> Text | None:
        if self._db is None or self._db.dialect != "sqlite":
            return None
        newest = self._newest()
        if newest is None:
            return T("No backup yet")
        if newest.date() == self._db.clock.today():
            return T("Last backup: today at {time}", time=newest.time())
        return T("Last backup: {day}", day=newest.date())

    # Listening

    def _on_written(self, _kinds: frozenset[str]) -> None:
        self._is_written = True

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


def _say_nothing(_done: int, _total: int) -> None:
    """Progress of a copy nobody watches."""
