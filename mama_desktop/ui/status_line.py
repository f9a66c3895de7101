"""The line at the bottom: what is chosen, work under way with its cancel, when the last backup was made; a notice takes
the room of the words for as long as it is shown."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from mama_desktop.domain.text import TC, T
from mama_desktop.i18n import Language
from mama_desktop.ui.jobs import Job, Jobs
from mama_desktop.ui.notices import Notices
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_SHOWN_AFTER_S = 0.5
# A notice of two lines: nothing on the page moves when one comes or goes.
_HEIGHT = 40


class StatusLine(QFrame):
    def __init__(self, jobs: Jobs, speak: Language) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._jobs, self._speak = jobs, speak
        self._left = label()
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._right = label()
        self._job_name = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._cancel = button(speak.say(TC("of a job", "Stop")), "xmark", self._on_cancel)
        self._work = QWidget()
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(12)
        for part in (self._job_name, self._bar, self._cancel):
            work.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._work.hide()
        lay = QHBoxLayout(self)
        lay.setContentsMargins(13, 2, 13, 2)
        lay.setSpacing(24)
        self.notices = Notices()
        self.notices.appeared.connect(self._on_notice)
        lay.addWidget(self.notices, 1)
        lay.addWidget(self._left, 1)
        lay.addWidget(self._work)
        lay.addWidget(self._right)
        self.setMinimumHeight(max(scaled(_HEIGHT), 2 * self.fontMetrics().height() + 7))
        jobs.progressed.connect(self._on_progress)

    def _on_notice(self, is_shown: bool) -> None:
        self._left.setVisible(not is_shown)
        self._right.setVisible(not is_shown)

    def say_selection(self, words: str) -> None:
        self._left.setText(words)

    def say_backup(self, words: str) -> None:
        self._right.setText(words)

    def _on_progress(self) -> None:
        running = self._told()
        if not running or monotonic() - running[0].started < _SHOWN_AFTER_S:
            self._work.hide()
            return
        job = running[0]
        done, total = job.progress
        name = self._speak.say(job.name)
        if job.is_stopping:
            name = self._speak.say(T("{work}: stopping …", work=name))
        elif total:
            number = self._speak.number
            name = self._speak.say(T("{work}: {done} of {total}", work=name, done=number(done), total=number(total)))
        self._job_name.setText(name)
        # A bar without an end while nobody knows how much there is.
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(name)
        self._cancel.setEnabled(not job.is_stopping)
        self._work.show()

    def _on_cancel(self) -> None:
        for job in self._told()[:1]:
            job.cancel()
        self._on_progress()

    def _told(self) -> list[Job]:
        """What runs and is not shown by the page in sight."""
        running = self._jobs.running
        return [job for job in running if job.is_shown_elsewhere is None or not job.is_shown_elsewhere()]
