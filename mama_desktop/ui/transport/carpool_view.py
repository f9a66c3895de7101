"""Carpool of an event: who offers seats, who looks for a ride, who could ride with whom; taken along in one step."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services.transport import carpool, carpool_rows, taking_along
from mama_desktop.services.transport.carpool import Carpool
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import button

_WAYS = (("there", T("Outward")), ("back", T("Return")))
_SIDES = (T("Looking for a ride"), T("Free seats offered"))


class CarpoolView(QWidget):
    """`set_event`, then `refresh`; another driver chosen in a cell stays chosen until somebody is taken along."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        self.shown = Carpool("", "there")
        self._chosen: dict[str, str] = {}
        say, writes = page.say, page.db.read_only is None
        self.ways = Segments([say(words) for _, words in _WAYS])
        self.ways.chosen.connect(self._on_way)
        self.which = Segments([say(words) for words in _SIDES])
        self.which.chosen.connect(self._on_which)
        self.take_button = button("", "car", self.take_along)
        if not writes:
            self.take_button.hide()
        self.seekers = RowTable("carpool-seekers", page.speak, page.shell.habits, today=page.db.clock.today,
                                toolbar=False)  # fmt: skip
        self.seekers.view.setAccessibleName(say(T("Who looks for a ride, and with whom")))
        self.seekers.set_empty("car", say(T(
            "Nobody looks for a ride. Here is who needs transport or rides in somebody’s car, and has no seat yet."
        )))  # fmt: skip
        self.seekers.set_read_only(not writes)
        self.seekers.edit_requested.connect(self._on_edit)
        self.seekers.change_many_requested.connect(self._on_change_many)
        self.seekers.opened.connect(self._on_opened)
        self.seekers.selection_changed.connect(self._show_button)
        self.drivers = RowTable("carpool-drivers", page.speak, page.shell.habits, today=page.db.clock.today,
                                toolbar=False)  # fmt: skip
        self.drivers.view.setAccessibleName(say(T("Who offers seats")))
        self.drivers.set_empty("id-card", say(T(
            "Nobody offers a seat. Under “Travel details” write how many passengers a driver takes along."
        )))  # fmt: skip
        self.drivers.set_read_only(True)
        self.drivers.opened.connect(self._on_driver)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.ways)
        bar.addWidget(self.which)
        bar.addStretch(1)
        bar.addWidget(self.take_button)
        for made in (self.ways, self.which):
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.seekers)
        self._stack.addWidget(self.drivers)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addLayout(bar)
        lay.addWidget(self._stack, 1)

    # What the tab asks

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self._chosen = event_id, {}

    def refresh(self) -> None:
        way, speak = _WAYS[self.ways.current][0], self._page.speak
        read: Carpool = self._page.db.read(carpool.carpool, self._event, way, language=speak.code)
        self.shown = carpool.with_chosen(read, self._chosen)
        self.seekers.set_listing(carpool_rows.seekers_listing(self.shown, speak))
        self.drivers.set_listing(carpool_rows.drivers_listing(self.shown))
        for place, (words, count) in enumerate(
            zip(_SIDES, (len(self.shown.seekers), self.shown.free), strict=True)
        ):  # fmt: skip
            self.which.set_words(place, f"{speak.say(words)} ({count})")
        self._show_button()

    def selection_words(self) -> str:
        return self._table().selection_words()

    def _table(self) -> RowTable:
        return self.drivers if self.which.current else self.seekers

    def _on_which(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._show_button()

    def edit(self) -> None:
        self.seekers.edit_current()

    # Choosing

    def wanted(self) -> list[tuple[str, str]]:
        """(driver, passenger) of the rows chosen, or of all of them when none is."""
        keys = self.seekers.selected_keys() or [seeker.registration_id for seeker in self.shown.seekers]
        found = self.shown.proposed
        return [(found[key].offer.registration_id, key) for key in keys if key in found]

    def take_along(self) -> None:
        """Those proposed get their seats; what is to be known of minors is asked first."""
        pairs, page = self.wanted(), self._page
        if not pairs or page.db.read_only is not None:
            return
        minors = [self.shown.proposed[key] for _, key in pairs if self.shown.proposed[key].needs_agreement]
        if minors and not self._agreed(minors):
            return
        names = [self.shown.proposed[key].seeker.name for _, key in pairs]
        driver = self.shown.proposed[pairs[0][1]].offer.name
        words = (
            T("{name} taken along by {driver}", name=names[0], driver=driver)
            if len(pairs) == 1
            else TN("{count} passenger taken along", "{count} passengers taken along", len(pairs))
        )
        way = self.shown.direction
        if page.write(taking_along.take_along, self._event, way, pairs, label=words, tell=True):
            self._chosen = {}
            self.seekers.view.setFocus()

    def _agreed(self, minors: list[Any]) -> bool:
        question = TN(
            "{count} minor would ride with somebody who is not their guardian.",
            "{count} minors would ride with somebody who is not their guardian.", len(minors),
        )  # fmt: skip
        more = T("Do this only when their parents or guardians have agreed to it.")
        details = [T("{name}: with {driver}", name=m.seeker.name, driver=m.offer.name) for m in minors[:10]]
        deed = T("They have agreed")
        return dialogs.ask(self, self._page.speak, question, deed, more=more, details=details) == 0

    def _on_edit(self, key: str, _field_key: str, value: Any) -> None:
        self._on_change_many([key], _field_key, value)

    def _on_change_many(self, keys: list[str], _field_key: str, value: Any) -> None:
        for key in keys:
            if value and self.shown.match(key, value) is None:
                self._page.shell.notice(T("The place of one of them is not known, so nothing can be worked out."))
            else:
                self._chosen[key] = value or ""
        self.refresh()

    def _on_way(self, _place: int) -> None:
        self._chosen = {}
        if self._event:
            self.refresh()

    def _on_opened(self, key: str) -> None:
        person = next((s.person_id for s in self.shown.seekers if s.registration_id == key), "")
        if person:
            self._page.shell.go("person", person)

    def _on_driver(self, key: str) -> None:
        """The trip a driver has, else the person."""
        offer = next((o for o in self.shown.offers if o.registration_id == key), None)
        if offer is not None:
            self._page.shell.go("trip", offer.trip_id) if offer.trip_id else self._page.shell.go(
                "person", offer.person_id
            )

    def _show_button(self) -> None:
        count = len(self.wanted())
        words = self._page.say(TN("Take {count} along", "Take {count} along", count) if count else T("Take along"))
        self.take_button.setText(f"  {words}")
        self.take_button.setAccessibleName(words)
        self.take_button.setEnabled(count > 0)
        self.take_button.setVisible(self._page.db.read_only is None and self.which.current == 0)
        self._page.shell.say_selection(self.selection_words())
