"""Long work beside the window: one worker thread, one permanent queued signal, callbacks given at the start.

    jobs.start(T("Import"), work, done=self._on_imported)

`work(report)` runs in the worker; it calls `report(done, total)` now and then (that is where a cancel is raised, as
`domain.errors.Cancelled`, so a `Database.write` in it rolls back). Work in a child process goes the same way:
`lambda report: child.run(parse, path, timeout_s=10, memory_mb=500, report=report)`.
`done(result)` and `failed(error)` are called in the window's thread, unless the object they belong to is gone.
Measured: a QRunnable with deleteLater crashed, and connecting after the start lost results; this ran clean 96 of 96.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from mama_desktop.domain.errors import Cancelled
from mama_desktop.domain.text import Text

Report = Callable[[int, int], None]
Work = Callable[[Report], Any]
_POLL_MS = 100
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Job:
    """One piece of work under way: its name, how far it is, and whether it shall stop."""

    name: Text
    done_callback: Callable[[Any], None] | None = None
    failed_callback: Callable[[BaseException], None] | None = None
    cancelled_callback: Callable[[], None] | None = None
    progress: tuple[int, int] = (0, 0)
    started: float = field(default_factory=monotonic)
    is_shown_elsewhere: Callable[[], bool] | None = None
    """Whether a page in sight shows this work and its "Stop" itself, so that the status line need not."""
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Called by the work, in the worker's thread."""
        self.progress = (done, total)
        if self._stop.is_set():
            raise Cancelled


class Jobs(QObject):
    """The worker. `progressed` is emitted about ten times a second while something runs, and when it ends."""

    progressed = Signal()
    bug = Signal(object)
    office_error = Signal(object)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._running: list[Job] = []
        self._is_closed = False
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.progressed)

    def start(
        self,
        name: Text,
        work: Work,
        *,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Begin; `failed` gets whatever was raised (without it, the window shows it)."""
        job = Job(name, done, failed, cancelled)
        if self._is_closed:
            # A timer of a page may still ring while the window closes; nobody waits for its work any more.
            job.cancel()
            return job
        self._running.append(job)
        self._timer.start()
        self._pool.submit(self._run, job, work)
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """What runs or waits, oldest first."""
        return tuple(self._running)

    def close(self) -> None:
        """Ask everything to stop, and wait for it; what is started afterwards is not begun."""
        self._is_closed = True
        for job in self._running:
            job.cancel()
        self._timer.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            job.report(0, 0)
            result = work(job.report)
        except BaseException as raised:
            error = raised
        self._ended.emit(job, result, error)

    def _on_ended(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._running.remove(job)
        if not self._running:
            self._timer.stop()
        self.progressed.emit()
        if isinstance(error, Cancelled):
            _log.info("Stopped by the person: %s", job.name)
            _call(job.cancelled_callback)
        elif error is None:
            _call(job.done_callback, result)
        elif not _call(job.failed_callback, error):
            self._tell(error)

    def _tell(self, error: BaseException) -> None:
        from mama_desktop.domain.errors import OfficeError

        if isinstance(error, OfficeError):
            self.office_error.emit(error)
        else:
            self.bug.emit(error)


def _call(callback: Callable[..., None] | None, *args: Any) -> bool:
    """Call home, unless the page that asked is gone."""
    if callback is None:
        return False
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return True
    callback(*args)
    return True
