"""Arrivals and departures: day by day who comes or goes when, with what, to which point, and who meets them."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import completing, editing, registrations
from mama_desktop.services.fields.travel import ARRIVAL_DEFAULT
from mama_desktop.services.transport import arrivals, legs
from mama_desktop.services.transport.arrivals import Wave
from mama_desktop.services.transport.papers_arrivals import ARRIVALS
from mama_desktop.ui import asking
from mama_desktop.ui.page import Page
from mama_desktop.ui.registrations_bar import NARROW, show_pictures_only
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.widgets import button

_ORDER = (("day", False), ("direction", False), ("time", False), ("point", False), ("family_name", False))


class ArrivalsTab(QWidget):
    """`set_event`, then `refresh`."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        self._waves: list[Wave] = []
        say = page.say
        self.table = RowTable(
            "arrivals", page.speak, page.shell.habits, search_hint=say(T("Search by name, place, flight …")),
            complete=self._complete, today=page.db.clock.today,
        )  # fmt: skip
        self.table.view.setAccessibleName(say(T("Arrivals and departures")))
        self.table.columns.is_shown_at_first = ARRIVAL_DEFAULT.__contains__
        self.table.set_empty("plane-arrival", say(T("Here is who comes and goes when. Nobody has a place yet.")))
        self.table.set_read_only(page.db.read_only is not None)
        self.table.has_change_button = False
        self.table.sort_by(*_ORDER)
        self.which = QComboBox()
        self.which.setAccessibleName(say(T("Day")))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.which.activated.connect(self._on_which)
        self._print = button(say(T("Print the list")), "print", self.print_list)
        self.table.add_left(self.which, self._print)
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.opened.connect(self._on_opened)
        self.table.refused.connect(self._on_refused)
        self.table.selection_changed.connect(self._on_selection)
        self.table.shown_changed.connect(self._on_selection)
        self.tools = equip(page, self.table, of="arrivals", noun="travel_leg", title=self._title)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table)

    def _title(self) -> str:
        return f"{self._page.accessibleName()} – {self._page.say(T('Arrivals and departures'))}"

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.which.setCurrentIndex(0)
            self.table.set_filters({})

    def refresh(self) -> None:
        listing = self._page.db.read(arrivals.arrivals, self._event, language=self._page.speak.code)
        self._show_waves(listing)
        self.table.set_listing(listing)

    def _show_waves(self, listing: Listing) -> None:
        found = arrivals.waves(listing)
        if found == self._waves and self.which.count():
            return
        before = self._wave()
        self._waves = found
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(self._page.say(T("All days")))
        for wave in found:
            self.which.addItem(self._page.say(self._said(wave)))
        kept = [i for i, wave in enumerate(found, 1) if before and (wave.day, wave.direction) == before]
        self.which.setCurrentIndex(kept[0] if kept else 0)
        self.which.blockSignals(False)

    def _said(self, wave: Wave) -> Text:
        day = T("{day}", day=wave.day) if wave.day else T("Day not known")
        if wave.direction == "back":
            return TN("{day}: {count} departure", "{day}: {count} departures", wave.count, day=day)
        return TN("{day}: {count} arrival", "{day}: {count} arrivals", wave.count, day=day)

    def _wave(self) -> tuple[Any, str] | None:
        place = self.which.currentIndex() - 1
        return (self._waves[place].day, self._waves[place].direction) if 0 <= place < len(self._waves) else None

    def _on_which(self, _place: int) -> None:
        wave = self._wave()
        if wave is None:
            self.table.set_filters({})
            return
        day, direction = wave
        on = Filter(first=day, last=day) if day else Filter(empty=True)
        self.table.set_filters({"day": on, "direction": Filter(values=frozenset({direction}))})

    def print_list(self) -> None:
        self._page.shell.go("event", self._event, "documents:" + ARRIVALS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        show_pictures_only((self._print,), self.width() < NARROW)

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: list[str], field_key: str, value: Any, *, tell: bool = False) -> None:
        field = next(f for f in self.table.rows.listing.fields if f.key == field_key)
        words = change_words(field.label, len(keys))
        now = self._page.db.clock.now()
        asking.write(
            self._page, editing.change, "travel_leg", keys, field_key, value, now=now, label=words, tell=tell
        )  # fmt: skip

    def _on_opened(self, key: str) -> None:
        person = self._page.db.read(registrations.person_of, legs.registrations_of([key])[0])
        if person:
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _on_selection(self) -> None:
        self._page.shell.say_selection(self.selection_words())

    # What the keys of the page ask

    def selection_words(self) -> str:
        return self.table.selection_words()

    def focus_filter(self) -> None:
        self.table.focus_filter()

    def edit(self) -> None:
        self.table.edit_current()

    def export(self) -> None:
        self.tools.export.to_excel()

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(completing.complete, kind, beginning, language=self._page.speak.code)


def change_words(label: Text, count: int) -> Text:
    """What a change of travel details is called in History."""
    if count == 1:
        return T("Travel: {field}", field=label)
    return TN("{field}: travel of {count} row changed", "{field}: travel of {count} rows changed", count, field=label)
