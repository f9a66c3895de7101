"""Restore from a backup: every copy there is, what lies in it, and only then, when agreed to, the exchange."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.i18n import Language
from mama_desktop.store import backup, places
from mama_desktop.store.backup import BackupContents
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs
from mama_desktop.ui.backup_rows import backup_rows
from mama_desktop.ui.jobs import Jobs, Report
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.widgets import button, clear_layout, label

_PREVIEW_WIDTH = 304


class RestorePage(Page):
    """`restore(path)` closes the workspace, puts the copy in its place and opens it again: only the program's start
    can. Each copy is opened and checked beside the window, the chosen one first."""

    help_topic = "backups"

    def __init__(
        self, db: Database, jobs: Jobs, speak: Language, shell: Shell, *, restore: Callable[[Path], Any] | None = None
    ) -> None:
        super().__init__(db, jobs, speak, shell)
        self._do_restore = restore if db.read_only is None else None
        self._elsewhere: list[Path] = []
        self._looked: dict[Path, BackupContents | OfficeError] = {}
        self._is_looking = False
        say = self.say
        self.set_where((say(T("Settings")), "settings"), (say(T("Restore from a backup")), ""))
        self.set_title(say(T("Restore from a backup")))
        self.set_about(say(T("Choose a copy and see what is in it. Nothing changes until you agree.")))
        self.add_button(say(T("Another place …")), "folder-open", self.choose_file)
        self.table = RowTable("restore", speak, shell.habits, today=db.clock.today, toolbar=False)
        self.table.set_read_only(True)
        self.table.set_empty("shield-halved", say(T("There is no backup of this workspace in the known places.")))
        self.table.selection_changed.connect(self._show_chosen)
        self.table.opened.connect(self._on_opened)
        self._preview = QVBoxLayout()
        self._preview.setSpacing(4)
        self._button = button(say(T("Restore this backup …")), "clock-rotate-left", self.restore)
        self._build()

    def _build(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_PREVIEW_WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(12)
        inside.addLayout(self._preview)
        inside.addStretch(1)
        kept = T("What is in the workspace now is kept beside it as a dated copy.")
        inside.addWidget(label(self.say(kept), "fieldHint", wrap=True))
        inside.addWidget(self._button)
        body = QWidget()
        lay = QHBoxLayout(body)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(16)
        lay.addWidget(self.table, 1)
        lay.addWidget(card)
        self.set_body(body)

    def refresh(self) -> None:
        folders = [place.folder for place in places.places(self.db)]
        checked = {path: not isinstance(found, OfficeError) for path, found in self._looked.items()}
        listing = backup_rows(folders, self.db.name, checked, others=self._elsewhere)
        chosen = self.table.selected_keys()
        self.table.set_listing(listing)
        if not chosen and listing.keys:
            self.table.select(listing.keys[:1])
        self._show_chosen()

    def open(self, key: str, view: str) -> None:
        """Look again: a stick may have been plugged in meanwhile."""
        del key, view
        self._looked.clear()

    def choose_file(self) -> None:
        """A copy that lies elsewhere."""
        kinds = self.say(T("Workspaces (*.mama);;All files (*)"))
        for path in dialogs.choose_file(self, self.say(T("Open a backup")), kinds):
            if path not in self._elsewhere:
                self._elsewhere.append(path)
            self.refresh()
            self.table.select([str(path)])

    def restore(self) -> None:
        path = self._chosen()
        found = self._looked.get(path) if path is not None else None
        if path is None or not isinstance(found, BackupContents) or self._do_restore is None:
            return
        question = T("Restore the backup “{name}”?", name=path.name)
        more = T("The window closes and opens again with what is in the backup. What is there now is kept as a copy.")
        if dialogs.ask(self, self.speak, question, T("Restore"), more=more, dangerous=True) == 0:
            self._do_restore(path)

    def _chosen(self) -> Path | None:
        keys = self.table.selected_keys()
        return Path(keys[0]) if keys else None

    def _on_opened(self, _key: str) -> None:
        self.restore()

    # Looking into the copies, one after the other, beside the window

    def _look_at_next(self) -> None:
        waiting = [path for key in self.table.rows.listing.keys if (path := Path(key)) not in self._looked]
        chosen = self._chosen()
        if self._is_looking or not waiting:
            return
        path = chosen if chosen in waiting and chosen is not None else waiting[0]
        self._is_looking = True
        key = self.db.key

        def look(_report: Report) -> BackupContents | OfficeError:
            try:
                return backup.contents(path, key=key)
            except OfficeError as error:
                return error

        self.jobs.start(
            T("Look into the backups"), look, done=partial(self._on_looked, path), cancelled=self._on_stopped
        )

    def _on_looked(self, path: Path, found: BackupContents | OfficeError) -> None:
        self._is_looking = False
        self._looked[path] = found
        self.refresh()

    def _on_stopped(self) -> None:
        self._is_looking = False

    # The preview

    def _show_chosen(self) -> None:
        clear_layout(self._preview)
        path = self._chosen()
        found = self._looked.get(path) if path is not None else None
        self._button.setEnabled(isinstance(found, BackupContents) and self._do_restore is not None)
        if path is None:
            self._preview.addWidget(label(self.say(T("Choose a backup at the left.")), "muted", wrap=True))
        elif found is None:
            self._preview.addWidget(label(self.say(T("Looking what is in it …")), "muted", wrap=True))
        elif isinstance(found, OfficeError):
            self._preview.addWidget(label(self.say(T("This copy cannot be used")), "cardTitle", wrap=True))
            self._preview.addWidget(label(_breakable(self.say(found.what)), "muted", wrap=True))
        else:
            self._show_contents(path, found)
        self._look_at_next()

    def _show_contents(self, path: Path, held: BackupContents) -> None:
        say = self.say
        title = label(say(T("In this backup")), "cardTitle")
        self._preview.addWidget(title)
        for words in (
            TN("{count} event", "{count} events", held.events),
            TN("{count} person", "{count} people", held.people),
            TN("{count} registration", "{count} registrations", held.registrations),
        ):
            self._preview.addWidget(label(say(words)))
        if held.files:
            self._preview.addWidget(label(say(TN("{count} large file", "{count} large files", held.files))))
        if held.lost_files:
            lost = TN(
                "{count} of them was not found beside the backup and will be missing.",
                "{count} of them were not found beside the backup and will be missing.",
                held.lost_files,
            )
            self._preview.addWidget(label(say(lost), "muted", wrap=True))
        if held.last_label is not None and held.last_at is not None:
            self._preview.addSpacing(8)
            self._preview.addWidget(label(say(T("Last change")), "cardTitle"))
            self._preview.addWidget(label(say(held.last_label), wrap=True))
            who = " · ".join(part for part in (self.speak.date_time(held.last_at), held.last_who) if part)
            self._preview.addWidget(label(who, "muted", wrap=True))
        self._preview.addSpacing(8)
        name = label(_breakable(path.name), "fieldHint", wrap=True)
        name.setToolTip(str(path))
        self._preview.addWidget(name)


def _breakable(words: str) -> str:
    """A long file name may break after a dash, or it would be cut at the edge of its card."""
    return words.replace("-", "-\u200b")
