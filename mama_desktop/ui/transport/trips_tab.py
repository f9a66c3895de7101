"""All trips ahead, of all events, and the bookings without one; what is without a vehicle, a driver or over-full."""

from __future__ import annotations

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T
from mama_desktop.services.transport import trip_list
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.table_menu import Entry
from mama_desktop.ui.transport.table_tab import TableTab


class TripsTab(TableTab):
    noun = "trip"
    of = "trips"
    add_words = None

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.build(
            title=T("Trips"),
            search_hint=T("Search by trip, event, driver …"),
            empty=(
                "route",
                T("No trips lie ahead. They are made on the tab Transport of an event, and on the page of a vehicle."),
                None,
            ),
        )
        self.which = Segments((self.say(T("Ahead")), self.say(T("All trips"))))
        self.which.chosen.connect(self._on_which)
        self.table.add_left(self.which)
        self.table.more.append(self._entries)
        self.table.sort_by(("day", False), ("leaves", False))

    def listing(self) -> Listing:
        return self.db.read(
            trip_list.trip_list, today=self.db.clock.today(), everything=self.which.current == 1,
            language=self.speak.code,
        )  # fmt: skip

    def show_view(self, view: str) -> None:
        super().show_view(view)
        if view and view not in self.table.rows.listing.keys and self.which.current == 0 and len(view) == 32:
            # A trip that is over.
            self.which.choose(1)
            super().show_view(view)

    def opened(self, key: str) -> None:
        self._page.shell.go("trip", key)

    def open_board(self) -> None:
        """The board of the event of the current trip."""
        event = self.db.read(trip_list.event_of, self.table.current_key())
        if event:
            self._page.shell.go("event", event, "transport")

    def _entries(self) -> list[Entry | None]:
        if not self.table.current_key():
            return []
        of_event = bool(self.db.read(trip_list.event_of, self.table.current_key()))
        return [(T("Open the event’s transport"), "people-group", "", self.open_board, of_event)]

    def _on_which(self, _place: int) -> None:
        self.refresh()
