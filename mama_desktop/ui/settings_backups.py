"""Settings: the last backups, where they lie, a second place for them, and one made now."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import office
from mama_desktop.store import backup, places
from mama_desktop.store.places import Outcome, Place
from mama_desktop.ui import dialogs
from mama_desktop.ui.backup_rows import backup_rows
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button, clear_layout, label

_SECOND = "backup.second_place"


class SettingsBackups(QWidget):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        say = page.say
        self._warning = Callout("wait")
        cards = QWidget()
        cards.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._places = QHBoxLayout(cards)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._places.setSpacing(16)
        self.table = RowTable("backups", page.speak, page.shell.habits, today=page.db.clock.today, toolbar=False)
        self.table.set_read_only(True)
        self.table.set_empty(
            "shield-halved", say(T("No backup has been made yet. One is made every day and on closing.")),
            say(T("Back up now")),
        )  # fmt: skip
        self.table.first_step.connect(self.back_up)
        self._now = button(say(T("Back up now")), "shield-halved", self.back_up)
        self._restore = button(say(T("Restore from a backup …")), "clock-rotate-left", self._on_restore)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(label(say(T("Last backups")), "groupTitle"), 1, Qt.AlignmentFlag.AlignBottom)
        bar.addWidget(self._restore)
        bar.addWidget(self._now)
        # In a low window, or with large text, the page scrolls rather than cutting its words.
        column = ScrollColumn()
        self.table.setMinimumHeight(240)
        for part in (self._warning, cards):
            column.add(part)
        column.lay.insertLayout(column.lay.count() - 1, bar)
        column.lay.insertWidget(column.lay.count() - 1, self.table, 1)
        column.lay.setStretch(column.lay.count() - 1, 0)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(column)

    def refresh(self) -> None:
        db, say = self._page.db, self._page.say
        clear_layout(self._places)
        known = places.places(db)
        if not known:
            self._warning.tell(say(backup.by_administrator().what), "info")
        elif places.only_on_own_disk(db):
            words = T("Every backup lies on the same disk as the workspace. If the disk fails, all is lost with it.")
            self._warning.tell(say(words), "wait")
        else:
            self._warning.tell("")
        self._restore.setVisible(bool(known))
        self.table.setVisible(bool(known))
        if known:
            self._places.addWidget(self._card(known[0], first=True), 1)
            self._places.addWidget(self._card(known[1] if len(known) > 1 else None, first=False), 1)
        self.table.set_listing(backup_rows([place.folder for place in known], db.name))
        # An empty table has the same button in its middle.
        self._now.setVisible(bool(self.table.rows.listing.rows))

    def back_up(self) -> None:
        """In both places, beside the window."""
        self._now.setEnabled(False)
        self._page.jobs.start(T("Backup"), self._copy, done=self._on_done, failed=self._on_failed)

    def choose_second_place(self) -> None:
        page = self._page
        now = places.second_place(page.db)
        folder = dialogs.choose_folder(page, page.say(T("Choose a folder for the second copy")), now)
        if folder is None:
            return
        if page.write(self._set_second, str(folder), label=T("Second place for backups")):
            self.back_up()

    @staticmethod
    def _set_second(session: Any, folder: str) -> bool:
        office.set_settings(session, {_SECOND: folder, "backup.second_place_asked": True})
        return True

    def _forget_second(self) -> None:
        page = self._page
        page.write(self._set_second, "", label=T("No second place for backups"), tell=True)

    def _copy(self, report: Report) -> Outcome:
        return places.back_up_everywhere(self._page.db, report=report)

    def _on_done(self, outcome: Outcome) -> None:
        self._now.setEnabled(True)
        self.refresh()
        for problem in outcome.problems:
            self._page.shell.show_error(problem)
        if outcome.made:
            name = outcome.made[0].name
            self._page.shell.notice_file(T("The backup is made and checked: {name}", name=name), outcome.made[0])

    def _on_failed(self, error: BaseException) -> None:
        self._now.setEnabled(True)
        if not isinstance(error, OfficeError):
            raise error
        self._page.shell.show_error(error)

    def _on_restore(self) -> None:
        self._page.shell.go("restore")

    def _card(self, place: Place | None, *, first: bool) -> QFrame:
        """A place of backups: what it is, the folder, when the last copy was made."""
        say, may_change = self._page.say, self._page.db.read_only is None
        frame = QFrame()
        frame.setObjectName("card")
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        lay = QVBoxLayout(frame)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(4)
        lay.addWidget(label(say(T("Beside the workspace") if first else T("Second place")), "cardTitle"))
        row = QHBoxLayout()
        row.setSpacing(8)
        if place is None:
            words = T("A USB stick, another disk or the office's server. Then one broken disk takes nothing with it.")
            lay.addWidget(label(say(words), "muted", wrap=True))
            if may_change:
                row.addWidget(button(say(T("Choose a folder …")), "hard-drive", self.choose_second_place))
        else:
            folder = label(_shortened(place.folder), "muted")
            folder.setToolTip(str(place.folder))
            folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            lay.addWidget(folder)
            if not place.is_reachable:
                lay.addWidget(label(say(T("Not connected right now.")), "warning", wrap=True))
            last = T("Last copy: {at}", at=place.last) if place.last else T("No copy yet")
            lay.addWidget(label(say(last)))
            if place.folder.is_dir():
                row.addWidget(button(say(T("Open the folder")), "folder-open", partial(_open, place.folder)))
            if may_change and not first:
                row.addWidget(button(say(T("Change …")), "hard-drive", self.choose_second_place))
                row.addWidget(button(say(T("Do without")), do=self._forget_second, kind="plain"))
        row.addStretch(1)
        lay.addStretch(1)
        lay.addSpacing(4)
        lay.addLayout(row)
        return frame


def _open(folder: Path) -> None:
    dialogs.open_path(folder)


def _shortened(folder: Path) -> str:
    """The end of a long path says more than its beginning."""
    words = str(folder)
    return words if len(words) <= 46 else f"…{words[-45:]}"
