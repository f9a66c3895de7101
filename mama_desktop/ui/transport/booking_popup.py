"""A booking of a vehicle without an event, in a small sheet: what for, from when until when, who drives, how far."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.transport import bookings, vehicles
from mama_desktop.services.transport.bookings import Wish
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.session_form import time_of
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_PURPOSE, _DRIVER = FieldInfo("purpose", T("What for")), FieldInfo("driver_name", T("Driver"))
_FIRST, _LAST = FieldInfo("first", T("From"), "date"), FieldInfo("last", T("To"), "date")
_KM = FieldInfo("km", T("Kilometres"), "decimal")
_BEGIN, _END = dt.time(8), dt.time(16)


class BookingPopup(Popup):
    """`booked(key)` when it stands. trip_id: a booking to be changed; "" for a new one on the day."""

    booked = Signal(str)

    def __init__(self, page: Page, vehicle_id: str, day: dt.date, parent: QWidget, *, trip_id: str = "") -> None:
        super().__init__(parent)
        self._page, self._vehicle, self._trip = page, vehicle_id, trip_id
        known = page.db.read(bookings.booking_of, trip_id) if trip_id else None
        card = page.db.read(vehicles.vehicle_card, vehicle_id)
        driver = card.values["driver_name"] if card else ""
        wish = known or Wish("", dt.datetime.combine(day, _BEGIN), dt.datetime.combine(day, _END), driver)
        say = page.say
        self.setFixedWidth(scaled(440))
        title = T("Change the booking") if trip_id else T("Book the vehicle")
        self.lay.addWidget(label(say(title), "cardTitle"))
        self._editors: dict[str, QWidget] = {}
        self.lay.addWidget(self._field(_PURPOSE, wish.purpose))
        self.times = [QLineEdit(page.speak.time(at.time())) for at in (wish.begin, wish.end)]
        for field, at, time in ((_FIRST, wish.begin, self.times[0]), (_LAST, wish.end, self.times[1])):
            time.setAccessibleName(say(T("Hour")))
            time.setPlaceholderText(say(T("e.g. 9.30")))
            time.setMaximumWidth(scaled(110))
            time.returnPressed.connect(self.give)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(self._field(field, at.date()), 1)
            line.addWidget(labelled(say(T("Hour")), time))
            self.lay.addLayout(line)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._field(_DRIVER, wish.driver_name), 1)
        line.addWidget(self._field(_KM, wish.km))
        self._editors["km"].setMaximumWidth(scaled(110))
        self.lay.addLayout(line)
        self._wrong = label("", "fieldError", wrap=True)
        self._wrong.hide()
        self.lay.addWidget(self._wrong)
        words = T("Keep the change") if trip_id else T("Book")
        self.do = button(say(words), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def editor(self, key: str) -> QLineEdit:
        found = self._editors[key]
        assert isinstance(found, QLineEdit)
        return found

    def give(self) -> None:
        """Book it; what cannot be is said here, and what was typed stays."""
        try:
            wish = self._wish()
            use_case = (bookings.change_booking, self._trip) if self._trip else (bookings.book, self._vehicle)
            label_words = T("Booking changed: {what}", what=wish.purpose) if self._trip else T(
                "Vehicle booked: {what}", what=wish.purpose
            )  # fmt: skip
            key = self._page.db.write(*use_case, wish, label=label_words)
        except ValueError:
            self._say(self._page.say(T("This cannot be read. Check what you typed.")))
        except OfficeError as error:
            say = self._page.say
            parts = [error.what, *error.details, *([error.todo] if error.todo else [])]
            self._say("\n".join(say(part) for part in parts))
        else:
            self.close()
            self.booked.emit(key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._editors["purpose"].setFocus()

    def _field(self, field: FieldInfo, value: Any) -> QWidget:
        page = self._page
        editor = make_editor(field, page.speak, page.db.clock.today())
        as_editor(editor).set_value(value)
        assert isinstance(editor, QLineEdit)
        editor.returnPressed.connect(self.give)
        self._editors[field.key] = editor
        return labelled(page.say(field.label), editor)

    def _wish(self) -> Wish:
        days = [as_editor(self._editors[key]).value() for key in ("first", "last")]
        hours = [time_of(time.text()) for time in self.times]
        if None in days or None in hours:
            raise Unreadable("")
        begin, end = (dt.datetime.combine(day, hour) for day, hour in zip(days, hours, strict=True))  # type: ignore[arg-type]  # none is missing
        km = as_editor(self._editors["km"]).value()
        purpose, driver = (as_editor(self._editors[key]).value() or "" for key in ("purpose", "driver_name"))
        return Wish(purpose, begin, end, driver, None if km is None else float(km))

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()
        self.adjustSize()
