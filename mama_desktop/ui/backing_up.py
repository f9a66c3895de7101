"""The backups of an open workspace: by hand, once a day, on closing; and what the status line says of the last one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from mama_desktop.domain.text import T, Text
from mama_desktop.store import places
from mama_desktop.store.database import Database
from mama_desktop.store.places import Outcome
from mama_desktop.ui.jobs import Jobs, Report
from mama_desktop.ui.main_window import MainWindow

# Not while the window is still being opened and looked at.
_FIRST_MS = 20_000
_AGAIN_MS = 60 * 60 * 1000


class BackingUp(QObject):
    """Lives as long as its window; a workspace on a server is backed up by whoever looks after the server."""

    def __init__(self, db: Database, jobs: Jobs) -> None:
        super().__init__()
        self._db, self._jobs = db, jobs
        self._window: MainWindow | None = None
        self._may = db.dialect == "sqlite" and db.read_only is None

    def watch(self, window: MainWindow) -> None:
        """Tell this window, and make the copy of the day while it is open, also when it stays open for days."""
        self._window = window
        QTimer.singleShot(_FIRST_MS, self, self._daily)
        timer = QTimer(self)
        timer.timeout.connect(self._daily)
        timer.start(_AGAIN_MS)

    def by_hand(self) -> None:
        if self._may:
            self._jobs.start(T("Backup"), self._copy, done=self._on_made_by_hand)
        elif self._window is not None:
            self._window.notice(T("This workspace lies on a server or is only read here; no backup was made."))

    def on_closing(self) -> None:
        """The window is gone already: a trouble with a place is met again, and said, at the next start."""
        if self._may and places.has_changed_since_backup(self._db):
            places.back_up_everywhere(self._db)

    def words(self) -> Text | None:
        if self._db.dialect != "sqlite":
            return None
        last = places.last_backup(self._db)
        if last is None:
            return T("No backup yet")
        if last.date() == self._db.clock.today():
            return T("Last backup: today at {time}", time=last.time())
        return T("Last backup: {day}", day=last.date())

    def _daily(self) -> None:
        if self._may and places.is_due(self._db):
            self._jobs.start(T("Backup"), self._copy, done=self._on_made)

    def _copy(self, report: Report) -> Outcome:
        return places.back_up_everywhere(self._db, report=report)

    def _on_made(self, outcome: Outcome) -> None:
        if self._window is not None:
            self._window.refresh_backup_words()
            for problem in outcome.problems:
                self._window.notice(problem.what)

    def _on_made_by_hand(self, outcome: Outcome) -> None:
        if self._window is None:
            return
        self._window.refresh_backup_words()
        for problem in outcome.problems:
            self._window.show_error(problem)
        if outcome.made:
            name = outcome.made[0].name
            self._window.notice_file(T("The backup is made and checked: {name}", name=name), outcome.made[0])
