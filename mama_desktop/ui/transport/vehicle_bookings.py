"""What a vehicle is booked for, day by day: trips of events and other drives; new ones are booked here."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services.transport import bookings
from mama_desktop.ui import dialogs
from mama_desktop.ui.page import Page
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.table_menu import Entry
from mama_desktop.ui.table_tools import equip
from mama_desktop.ui.transport.booking_popup import BookingPopup
from mama_desktop.ui.widgets import button

_AHEAD_DAYS = 730


class VehicleBookings(QWidget):
    """`show_vehicle(key)` shows one; a row opens its trip, a booking without an event its sheet."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._vehicle = page, ""
        say, may = page.say, page.db.read_only is None
        self.table = RowTable(
            "vehicle-bookings", page.speak, page.shell.habits, search_hint=say(T("Search by drive, event, driver …")),
            today=page.db.clock.today,
        )  # fmt: skip
        words = T("The vehicle is free: nothing is booked. Trips of events come here by themselves.")
        self.table.set_empty("calendar-days", say(words), say(T("Book the vehicle")) if may else "")
        self.table.set_read_only(True)
        self.table.opened.connect(self._on_opened)
        self.table.first_step.connect(self.book)
        self.table.delete_requested.connect(self._on_delete)
        self.table.more.append(self._entries)
        self.which = Segments((say(T("Ahead")), say(T("Past"))))
        self.which.chosen.connect(self._on_which)
        self.table.add_left(self.which)
        self.add = button(say(T("Book the vehicle")), "calendar-plus", self.book)
        if may:
            self.table.add_right(self.add)
        else:
            self.add.hide()
        self.tools = equip(page, self.table, of="vehicle-bookings", noun="", title=page.accessibleName)
        self.table.sort_by(("day", False), ("from", False))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.table, 1)

    def show_vehicle(self, key: str) -> int:
        """Returns how many rows are shown."""
        self._vehicle = key
        today = self._page.db.clock.today()
        if self.which.current == 0:
            first, last = today, today + dt.timedelta(days=_AHEAD_DAYS)
        else:
            first, last = dt.date(2000, 1, 1), today - dt.timedelta(days=1)
        found = self._page.db.read(bookings.bookings, key, first=first, last=last, language=self._page.speak.code)
        self.table.set_listing(found)
        return len(found.keys)

    def book(self) -> None:
        """A new booking, on the day of the current row or today."""
        if self._page.db.read_only is None and self._vehicle:
            self._open(BookingPopup(self._page, self._vehicle, self._day(), self))

    def _day(self) -> dt.date:
        today = self._page.db.clock.today()
        _, _, day = self.table.current_key().partition(bookings.SEPARATOR)
        return max(dt.date.fromisoformat(day), today) if day else today

    def _open(self, popup: BookingPopup) -> None:
        popup.booked.connect(self._on_booked)
        popup.open_below(self.add if self.add.isVisible() else self.which)

    def _on_booked(self, key: str) -> None:
        self.show_vehicle(self._vehicle)
        self.table.select([row for row in self.table.rows.listing.keys if bookings.trip_of_row(row) == key][:1])

    def _on_opened(self, row: str) -> None:
        trip = bookings.trip_of_row(row)
        may = self._page.db.read_only is None
        if may and self._page.db.read(bookings.booking_of, trip) is not None:
            self._open(BookingPopup(self._page, self._vehicle, self._day(), self, trip_id=trip))
        else:
            self._page.shell.go("trip", trip)

    def _entries(self) -> list[Entry | None]:
        row = self.table.current_key()
        may = bool(row) and self._page.db.read_only is None
        is_own = may and self._page.db.read(bookings.booking_of, bookings.trip_of_row(row)) is not None
        return [
            (T("Open the trip"), "route", "", self._open_trip, bool(row)),
            (T("Delete the booking"), "trash", "", self._delete_current, is_own),
        ]

    def _open_trip(self) -> None:
        self._page.shell.go("trip", bookings.trip_of_row(self.table.current_key()))

    def _delete_current(self) -> None:
        self._on_delete([self.table.current_key()])

    def _on_delete(self, rows: list[str]) -> None:
        """Only bookings without an event: a trip of an event is called off on its own page."""
        read, page = self._page.db.read, self._page
        keys = dict.fromkeys(bookings.trip_of_row(row) for row in rows)
        own = [key for key in keys if read(bookings.booking_of, key) is not None]
        if page.db.read_only is not None:
            return
        if not own:
            page.shell.notice(T("Trips of events are called off on their own page."))
            return
        question = TN("Delete {count} booking?", "Delete {count} bookings?", len(own))
        more = T("You can undo this afterwards.")
        if dialogs.ask(page, page.speak, question, T("Delete"), more=more, dangerous=True) is not None:
            label = TN("Delete {count} booking", "Delete {count} bookings", len(own))
            page.write(bookings.delete_bookings, own, label=label, tell=True)

    def _on_which(self, _place: int) -> None:
        if self._vehicle:
            self.show_vehicle(self._vehicle)
