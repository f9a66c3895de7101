"""The page of one record: its form, the events it is part of, and its history, for people and projects alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import Text
from mama_desktop.i18n import Language
from mama_desktop.services import history
from mama_desktop.store.database import Database
from mama_desktop.ui.dropping import DropFrame
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.row_table import RowTable

FIELD = "field:"
"""Before the key of a field, in the view of a chip that says what is missing."""
Groups = Sequence[tuple[Text | None, tuple[str, ...]]]


class RecordPage(Page):
    """A subclass names the table of its record, adds its tabs and fills them in `refresh`."""

    table = ""

    def __init__(
        self, db: Database, jobs: Jobs, speak: Language, shell: Shell, groups: Groups,
        wide: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        super().__init__(db, jobs, speak, shell)
        self._key = ""
        self._form = RecordForm(self, self.table, groups, wide=wide)
        self._events = RowTable(f"{self.table}-events", speak, shell.habits, today=db.clock.today, toolbar=False)
        self._events.set_read_only(True)
        self._events.opened.connect(self._on_event)
        self._history = HistoryList(self, self._changes)
        if db.read_only is None:
            DropFrame(self, self._bring)

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        self.show_tab(view or "details")

    def tab_changed(self, key: str) -> None:
        if key == "history" and self._key:
            self._history.refresh()

    def edit(self) -> None:
        self.show_tab("details")
        self._form.focus_first()

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self.db.read(history.changes_of_record, self.table, self._key)[:limit]

    def _bring(self, paths: Sequence[Path]) -> None:
        """Files dropped anywhere on the page are kept with the record, where it has a place for them."""
        panel = self.findChild(FilesPanel)
        if panel is not None and self._key:
            self.show_tab("files")
            panel.bring(paths)

    def _on_chip(self, view: str) -> None:
        if view.startswith(FIELD):
            self.show_tab("details")
            self._form.focus_field(view.removeprefix(FIELD))
        else:
            self.show_tab(view)

    def _on_event(self, event_id: str) -> None:
        self.shell.go("event", event_id)
