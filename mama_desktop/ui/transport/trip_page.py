"""The page of one trip: its stops with their times, its people, its vehicle and driver, the way back, its history."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import TN, T
from mama_desktop.domain.trips import TRIP_DIRECTIONS
from mama_desktop.i18n import Language
from mama_desktop.services import history
from mama_desktop.services.transport import copying, seats, trip_card
from mama_desktop.services.transport.trip_card import TripCard
from mama_desktop.store.database import Database
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.choose_event import ChooseEvent
from mama_desktop.ui.history_list import HistoryList
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.page import Page, Shell
from mama_desktop.ui.palette import Command
from mama_desktop.ui.record_form import RecordForm
from mama_desktop.ui.table_menu import add_entries
from mama_desktop.ui.transport.board_lines import times
from mama_desktop.ui.transport.trip_menu import TripMenu
from mama_desktop.ui.transport.trip_people import TripPeople, taken_out
from mama_desktop.ui.transport.trip_stops import TripStops
from mama_desktop.ui.widgets import Chip, shortened

_GROUPS = (
    (None, ("name", "day", "status")),
    (T("Vehicle"), ("vehicle_id", "seats", "wheelchair_places", "price_cents", "km")),
    (T("Driver"), ("driver_name", "driver_phone", "driver_id")),
    (T("Leader"), ("leader_id", "leader_name", "leader_phone")),
    (None, ("remarks",)),
)


class TripPage(Page):
    """`open(key, tab)`: stops (first), people, details, history."""

    kinds = frozenset(
        {"trip", "trip_stop", "seat", "road_distance", "vehicle", "registration", "person", "travel_leg", "event"}
    )
    help_topic = "trip"

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__(db, jobs, speak, shell)
        self._key, self._is_new = "", False
        self.card: TripCard | None = None
        self.stops = TripStops(self)
        self.people = TripPeople(self)
        self.form = RecordForm(self, "trip", _GROUPS, wide=frozenset({"name"}))
        self._history = HistoryList(self, self._changes)
        self._menus = TripMenu(self, self)
        self.callout = Callout("no")
        self._body_holder.insertWidget(0, self.callout)
        self.board_button = self.add_button(self.say(T("Who rides in what")), "people-group", self.people.open_board)
        self.way_button = self.add_button(self.say(T("Way back")), "arrow-right-arrow-left", self.other_way)
        self.more_button = self.add_button(self.say(T("More")), "ellipsis", self.open_more)
        self.add_tab("stops", self.say(T("Stops")), self.stops)
        self.add_tab("people", self.say(T("People")), self.people)
        self.add_tab("details", self.say(T("Details")), self.form)
        self.add_tab("history", self.say(T("History")), self._history)

    def open(self, key: str, view: str) -> None:
        self._key = key or self._key
        tab, _, field = view.partition(":")
        self.show_tab(tab or "stops")
        self._is_new = not tab
        if field:
            self.refresh()
            self.form.focus_field(field)

    def refresh(self) -> None:
        card = self.db.read(trip_card.trip_card, self._key, language=self.speak.code)
        if card is None:
            # Deleted, here or by somebody else, while it was open.
            event = self.card.trip.event_id if self.card else None
            self.card = None
            self.shell.go("event", event, "transport") if event else self.shell.go("events")
            return
        self.card = card
        self._show_head(card)
        self._show_chips(card)
        self._show_callout(card)
        self.stops.show_card(card)
        self.people.show_card(card)
        self.form.show_record(self._key, card.values, card.choices)
        if self._is_new and card.trip.event_id is None and not card.trip.stops:
            # An errand has no stops: what is to be said of it stands in its details.
            self.show_tab("details")
        self._is_new = False
        self.tab_changed(self.tab)

    def _show_head(self, card: TripCard) -> None:
        trip, say = card.trip, self.say
        self.under = "events" if trip.event_id else "transport"
        name = trip.name or say(T("Trip"))
        if trip.event_id:
            self.set_where(
                (say(T("Events")), "events"), (shortened(card.event), "event", trip.event_id, "transport"),
                (shortened(name), ""),
            )  # fmt: skip
        else:
            self.set_where((say(T("Transport")), "transport"), (shortened(name), ""))
        self.set_title(name)
        when = times(trip.leaves_at, trip.arrives_at, self.speak) or (self.speak.date(trip.day) if trip.day else "")
        self.set_about(
            say(TRIP_DIRECTIONS[trip.direction]), when or say(T("no times yet")),
            trip.vehicle or say(T("no vehicle yet")),
            say(T("driver {name}", name=trip.driver_name)) if trip.driver_name else say(T("no driver yet")),
            say(T("leader {name}", name=trip.leader_name)) if trip.leader_name else "",
        )  # fmt: skip
        self.board_button.setVisible(trip.event_id is not None)
        words = ""
        if card.other_way:
            words = say(T("Open the way there") if trip.direction == "back" else T("Open the way back"))
        elif trip.direction == "there" and trip.status != "cancelled" and self.db.read_only is None:
            words = say(T("Make the way back"))
        self.way_button.setVisible(bool(words))
        self.way_button.setText(f"  {words}")
        self.way_button.setAccessibleName(words)

    def _show_chips(self, card: TripCard) -> None:
        trip, say = card.trip, self.say
        if trip.status == "cancelled":
            self.set_chips([Chip(say(T("called off")), "no")])
            return
        chips = []
        taken = TN("{taken} of {count} seat taken", "{taken} of {count} seats taken", trip.seats, taken=trip.taken)
        full = trip.taken >= trip.seats
        if trip.event_id or trip.taken:
            chips.append(Chip(say(taken), "no" if trip.over else "wait" if full else "ok", "people"))
        if trip.wheelchair_places or trip.in_wheelchairs:
            words = TN("{taken} of {count} place for wheelchairs", "{taken} of {count} places for wheelchairs",
                       trip.wheelchair_places, taken=trip.in_wheelchairs)  # fmt: skip
            chips.append(Chip(say(words), "neutral", "people"))
        if card.boarded:
            words = TN("{count} boarded", "{count} boarded", card.boarded)
            chips.append(Chip(say(words), "ok" if card.boarded == trip.taken else "neutral", "people"))
        km = T("{km} km, typed", km=round(trip.km)) if trip.km_is_typed else T("about {km} km", km=round(trip.km))
        chips.append(Chip(say(km), "neutral", "details:km"))
        if trip.minutes:
            hours, minutes = divmod(trip.minutes, 60)
            words = T("{hours} h {minutes} min of driving", hours=hours, minutes=minutes)
            chips.append(Chip(say(words), "neutral"))
        if card.away:
            words = T("{name} does not come any more", name=", ".join(card.away))
            chips.append(Chip(say(words), "no", f"details:{card.away_field}"))
        if card.notices:
            words = TN("{count} stop to look at", "{count} stops to look at", len(card.notices))
            chips.append(Chip(say(words), "wait", "stops"))
        self.set_chips(chips, self._on_chip)

    def _on_chip(self, view: str) -> None:
        tab, _, field = view.partition(":")
        self.show_tab(tab)
        if field:
            self.form.focus_field(field)

    def _show_callout(self, card: TripCard) -> None:
        """Who is over the seats comes first; then how the two ways differ."""
        say, writes = self.say, self.db.read_only is None
        if card.over:
            names = ", ".join(name for _, name in card.over[:5]) + (" …" if len(card.over) > 5 else "")
            words = TN(
                "{count} person is over the seats of this vehicle: {names}.",
                "{count} people are over the seats of this vehicle: {names}.", len(card.over), names=names,
            )  # fmt: skip
            answers = [
                (say(T("Take them out")), self.take_out_over), (say(T("Choose another vehicle")), self.choose_vehicle),
            ]  # fmt: skip
            self.callout.tell(say(words), "no", answers if writes else [])
        else:
            self.callout.tell(say(card.differs) if card.differs else "", "info")

    # What the person does

    def take_out_over(self) -> None:
        if self.card and self.card.over:
            keys = [key for key, _ in self.card.over]
            words = taken_out([name for _, name in self.card.over], self.card.trip.name)
            self.write(seats.unseat, keys, trip_ids=[self._key], label=words, tell=True)

    def choose_vehicle(self) -> None:
        self.show_tab("details")
        self.form.focus_field("vehicle_id")

    def other_way(self) -> None:
        """Open the linked trip, or make the way back."""
        if self.card is None:
            return
        if self.card.other_way:
            self.shell.go("trip", self.card.other_way[0])
        elif self.db.read_only is None:
            self._menus.bring_back(self.card.trip)

    def open_more(self) -> None:
        if self.card is None:
            return
        menu = self._menus.menu_of(self.card.trip)
        done = {self.say(T("Open the trip"))} | ({self.say(T("Make the way back"))} if self.card.other_way else set())
        for action in menu.actions():
            # This page is open already, and there is one way back.
            if action.text() in done:
                menu.removeAction(action)
        if self.db.read_only is None:
            menu.addSeparator()
            add_entries(menu, self.say, [(T("Copy to an event …"), "copy", "", self.copy, True)])
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 4)))

    def copy(self) -> None:
        popup = ChooseEvent(self, self)
        popup.chosen.connect(self.copy_to)
        popup.open_below(self.more_button)

    def copy_to(self, event_id: str) -> str | None:
        """The same drive for an event (also this one): its page opens, where the day is corrected."""
        if self.card is None:
            return None
        words = T("Copy of the trip {name}", name=self.card.trip.name)
        key: str | None = self.write(copying.copy_trip, self._key, event_id=event_id, label=words, tell=True)
        if key:
            self.shell.go("trip", key)
        return key

    # The window's keys

    def new(self) -> None:
        self.show_tab("stops")
        self.stops.place.setFocus()

    def edit(self) -> None:
        if self.tab in ("stops", "people"):
            (self.stops if self.tab == "stops" else self.people).table.edit_current()
        else:
            self.show_tab("details")
            self.form.focus_first()

    def export(self) -> None:
        self.show_tab("people")
        self.people.tools.export.to_excel()

    def print_out(self) -> None:
        if self.card and self.card.trip.event_id:
            self.shell.go("event", self.card.trip.event_id, "documents:manifest")

    def focus_filter(self) -> None:
        self.show_tab("people")
        self.people.table.focus_filter()

    def tab_changed(self, key: str) -> None:
        if key == "history" and self._key:
            self._history.refresh()

    def selection_words(self) -> str:
        return self.people.table.selection_words() if self.tab == "people" else ""

    def commands(self) -> list[Command]:
        found = [Command(self.say(T("Who rides in what")), self.people.open_board, "people-group")]
        if self.db.read_only is None:
            found.append(Command(self.say(T("Copy to an event …")), self.copy, "copy"))
        return found

    def _changes(self, limit: int) -> list[ChangeInfo]:
        found: Any = self.db.read(history.changes_of_trip, self._key, limit=limit)
        return list(found)
