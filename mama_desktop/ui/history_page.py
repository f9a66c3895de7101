"""History of the whole workspace."""

from __future__ import annotations

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.store import history
from mama_desktop.store.database import Database
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import ALL_KINDS, Page, Shell


class HistoryPage(Page):
    kinds = ALL_KINDS

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.set_title(self.say(T("History")))
        self.set_about(
            self.say(T("Every change, who made it and when. Each can be undone while nothing newer stands on it."))
        )
        self._list = HistoryList(self, self._changes)
        self.set_body(self._list)

    def _changes(self, limit: int) -> list[ChangeInfo]:
        return self.db.read(history.changes, limit)

    def refresh(self) -> None:
        self._list.refresh()
