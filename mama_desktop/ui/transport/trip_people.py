"""The people of a trip in the order in which they get on: ticked as boarded, moved to another trip, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import editing
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import seats, trip_card
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.trip_card import TripCard
from mama_desktop.services.transport.trips import TripInfo
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.transport import board_moves
from mama_desktop.ui.transport.put_popup import PutPopup, targets
from mama_desktop.ui.widgets import button


def taken_out(names: Sequence[str], trip: str) -> Text:
    """How History says that these people have lost their seats in a trip."""
    if len(names) == 1:
        return T("Take {name} out of “{trip}”", name=names[0], trip=trip)
    return TN("Take {count} person out of “{trip}”", "Take {count} people out of “{trip}”", len(names), trip=trip)


class TripPeople(QWidget):
    """`show_card` shows the people of one trip."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._info: TripInfo | None = None
        say, writes = page.say, page.db.read_only is None
        self.table = RowTable(
            "trip-people", page.speak, page.shell.habits, search_hint=say(T("Search by name, stop, organisation …")),
            today=page.db.clock.today,
        )  # fmt: skip
        self.table.set_empty(
            "users", say(T("Nobody has a seat in this trip yet. People are put in on the event’s board.")),
            say(T("Who rides in what")),
        )  # fmt: skip
        self.table.set_read_only(not writes)
        self.put_button = button(say(T("Put into …")), "arrow-right", self.ask_where)
        self.out_button = button(say(T("Take out of the trip")), "arrow-left", self.take_out)
        self.boarded_button = button(say(T("Boarded")), "check", self.tick)
        self.table.add_left(self.boarded_button, self.put_button, self.out_button)
        self.table.first_step.connect(self.open_board)
        self.table.edit_requested.connect(self._on_edit)
        self.table.change_many_requested.connect(self._on_change_many)
        self.table.delete_requested.connect(self._on_delete)
        self.table.opened.connect(self._on_opened)
        self.table.selection_changed.connect(self._show_buttons)
        self.table.refused.connect(self._on_refused)
        self.tools = equip(page, self.table, of="trip-people", noun="seat", title=self._title)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table)
        self._show_buttons()

    def show_card(self, card: TripCard) -> None:
        self._info = card.trip
        self.table.set_listing(card.people)
        self._show_buttons()

    def _title(self) -> str:
        return self._info.name if self._info else ""

    def open_board(self) -> None:
        if self._info and self._info.event_id:
            self._page.shell.go("event", self._info.event_id, f"transport:board:{self._info.id}")

    # Doing

    def _registrations(self, keys: list[str]) -> list[str]:
        found: dict[str, str] = self._page.db.read(trip_card.registrations_of, keys)
        return [found[key] for key in keys if key in found]

    def take_out(self) -> None:
        self._on_delete(self.table.selected_keys())

    def _on_delete(self, keys: list[str]) -> None:
        page, info = self._page, self._info
        if not keys or info is None or page.db.read_only is not None:
            return
        names = self._names(keys)
        words = taken_out(names, info.name)
        page.write(seats.unseat, self._registrations(keys), trip_ids=[info.id], label=words, tell=True)

    def ask_where(self) -> None:
        """Another stop or trip, found by typing."""
        page, info, keys = self._page, self._info, self.table.selected_keys()
        if not keys or info is None or info.event_id is None or page.db.read_only is not None:
            return
        people = self._registrations(keys)
        shown = page.db.read(boards.board, info.event_id, info.direction, language=page.speak.code)
        names = board_moves.words_of_many(self._names(keys))
        question = page.say(T("Put {names} into …", names=names))
        popup = PutPopup(question, targets(shown, page.speak, people[0]), page.speak, self)
        popup.chosen.connect(partial(self._put, shown, people))
        popup.open_below(self.put_button)

    def _put(self, shown: boards.Board, people: list[str], spot: Spot) -> None:
        board_moves.put(self._page, shown, people, spot, self)

    def tick(self) -> None:
        """All chosen are on board; when all of them are already, none is."""
        keys = self.table.selected_keys()
        if keys:
            ticked = all(self._value(key, "boarded") for key in keys)
            self._on_change_many(keys, "boarded", not ticked)

    def _value(self, key: str, field_key: str) -> Any:
        rows = self.table.rows.listing
        return rows.rows[list(rows.keys).index(key)][rows.column(field_key)]

    def _names(self, keys: list[str]) -> list[str]:
        return [f"{self._value(key, 'given_name')} {self._value(key, 'family_name')}".strip() for key in keys]

    # Edits

    def _on_edit(self, key: str, field_key: str, value: Any) -> None:
        self._change([key], field_key, value, tell=False)

    def _on_change_many(self, keys: list[str], field_key: str, value: Any) -> None:
        self._change(keys, field_key, value, tell=True)

    def _change(self, keys: list[str], field_key: str, value: Any, *, tell: bool) -> None:
        page, field = self._page, editing.REGISTRIES["seat"][field_key].info
        words = T("{noun}: {field}", noun=T("Seat"), field=field.label)
        now = page.db.clock.now()
        page.write(editing.change, "seat", keys, field_key, value, now=now, label=words, tell=tell)

    def _on_opened(self, key: str) -> None:
        person = self._page.db.read(trip_card.person_of, key)
        if person:
            self._page.shell.go("person", person)

    def _on_refused(self, words: str) -> None:
        self._page.shell.notice(T("{words}", words=words))

    def _show_buttons(self) -> None:
        some = bool(self.table.selected_keys()) and self._page.db.read_only is None
        for made in (self.put_button, self.out_button, self.boarded_button):
            made.setVisible(some)
        self._page.shell.say_selection(self.table.selection_words())
