"""Events: the plan as a table; a double click opens the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import events
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.list_page import ListPage
from mama_desktop.ui.page import Shell
from mama_desktop.ui.widgets import button


class EventsPage(ListPage):
    kinds = frozenset({"event", "registration", "project", "staff_member"})
    noun = "event"
    place = "events"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self.build(
            title=T("Events"),
            search_hint=T("Title, town, project …"),
            empty=("calendar-days", T("Here are the events of the office."), T("Add an event")),
        )
        if self.db.read_only is None:
            self.import_button = self.add_button(self.say(T("Import a list")), "file-import", self.import_list)
            self.add_button(self.say(T("Add an event")), "plus", self.new, primary=True)
        self._was_shown = False
        self._upcoming = self._toggle(T("From today on"), "calendar-day")
        self._mine = self._toggle(T("Only mine"), "user-check")
        self.table.add_left(self._upcoming, self._mine)

    def import_list(self) -> None:
        """A plan of events."""
        self.shell.go("import-list", self.noun)

    def _toggle(self, words: Text, picture: str) -> QPushButton:
        made = button(self.say(words), picture)
        made.setCheckable(True)
        made.toggled.connect(self.refresh)
        return made

    def listing(self) -> Listing:
        mine = self.shell.sits_here() if self._mine.isChecked() else None
        listing = self._in_own_language(
            self.db.read(events.events, language=self.speak.code, responsible_id=mine or None)
        )
        if not self._upcoming.isChecked():
            return listing
        when = listing.column("when")
        kept = [i for i, row in enumerate(listing.rows) if _ends(row[when]) >= self.db.clock.today()]
        return Listing(listing.fields, [listing.keys[i] for i in kept], [listing.rows[i] for i in kept])

    def _in_own_language(self, listing: Listing) -> Listing:
        """In an English window the English title is the one that is seen, and so the one that is typed over."""
        if self.speak.code == "sl":
            return listing
        own = (replace(field, key="title_en") if field.key == "title" else field for field in listing.fields)
        return replace(listing, fields=tuple(own))

    def refresh(self) -> None:
        self._mine.setVisible(bool(self.shell.sits_here()))
        super().refresh()
        if not self._was_shown:
            self._was_shown = True
            self._go_to_today()

    def _go_to_today(self) -> None:
        """The list begins where the office works: at what comes next."""
        listing = self.table.rows.listing
        when = listing.column("when")
        coming = [
            k for k, row in zip(listing.keys, listing.rows, strict=True) if _ends(row[when]) >= self.db.clock.today()
        ]
        if coming:
            self.table.select([coming[0]])

    def new(self) -> None:
        self.shell.go("new-event")

    def opened(self, key: str) -> None:
        self.shell.go("event", key)

    def touched(self, keys: Sequence[str]) -> Sequence[Text]:
        return self.db.read(events.touched_by_deleting, keys)

    def delete_use_case(self) -> Callable[..., int]:
        return events.delete_events


def _ends(when: tuple[dt.date | None, dt.date | None, str]) -> dt.date:
    """The last day of an event; one known only by its month lasts to the month's end, an undated one for ever."""
    first, last, precision = when
    if first is None:
        return dt.date.max
    if precision == "month":
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return last or first
