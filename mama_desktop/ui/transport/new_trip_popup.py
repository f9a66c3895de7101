"""A new trip in a small sheet: which vehicle, when, and the stops from the towns where people wait, most first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import offered
from mama_desktop.services.transport.board import Board
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.session_form import time_of
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label, shortened

_KEY = Qt.ItemDataRole.UserRole
_HIGHEST = 190


class NewTripPopup(Popup):
    """`made(key)` when the trip stands. Towns are ticked as far as the seats of the vehicle go."""

    made = Signal(str)

    def __init__(self, page: Page, shown: Board, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._shown = page, shown
        say = page.say
        self.setFixedWidth(scaled(420))
        back = shown.direction == "back"
        self.lay.addWidget(label(say(T("New return trip") if back else T("New outward trip")), "cardTitle"))
        self.vehicle, self.time = QComboBox(), QLineEdit()
        self.vehicle.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.vehicle.addItem(say(T("no vehicle yet")), "")
        self._seats: dict[str, int] = {}
        for one in page.db.read(offered.vehicles):
            words = say(TN("{name}, {count} seat", "{name}, {count} seats", one.seats, name=shortened(one.name, 22)))
            self.vehicle.addItem(words, one.id)
            self._seats[one.id] = one.seats
        self.vehicle.currentIndexChanged.connect(self._tick)
        at = boards.usual_arrival(shown.trips)
        self.time.setText(page.speak.time(at) if at else "")
        self.time.setPlaceholderText(say(T("e.g. 9.30")))
        self.time.setMaximumWidth(scaled(110))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(labelled(say(T("Vehicle")), self.vehicle), 1)
        when = T("Leaves the venue at") if back else T("At the venue at")
        line.addWidget(labelled(say(when), self.time))
        self.lay.addLayout(line)
        self.towns = QListWidget()
        self.towns.setObjectName("choices")
        self.towns.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._waiting = boards.waiting_towns(shown)
        for place, count in self._waiting:
            item = QListWidgetItem(f"{place.name}  ({count})")
            item.setData(_KEY, place.key)
            item.setToolTip(place.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.towns.addItem(item)
        self.towns.setFixedHeight(min(scaled(30) * max(len(self._waiting), 2) + 12, scaled(_HIGHEST)))
        hint = T("Where people without transport are going, most first.") if back else T(
            "Where people without transport come from, most first."
        )  # fmt: skip
        self.stops = labelled(say(T("Stops")), self.towns, say(hint))
        self.lay.addWidget(self.stops)
        self.stops.setVisible(bool(self._waiting))
        self.seat_them = QCheckBox(say(T("Put these people in at once")))
        self.seat_them.setChecked(True)
        self.seat_them.setVisible(bool(self._waiting))
        self.lay.addWidget(self.seat_them)
        self._wrong = label("", "fieldError", wrap=True)
        self._wrong.hide()
        self.lay.addWidget(self._wrong)
        self.do = button(say(T("Make the trip")), "plus", self.give, kind="primary")
        self.time.returnPressed.connect(self.give)
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)
        self.vehicle.setCurrentIndex(max(self.vehicle.findData(self._likely()), 0))
        self._tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.vehicle.setFocus()

    def _likely(self) -> str:
        """The largest vehicle that has no trip in this direction yet, or none."""
        used = {trip.vehicle_id for trip in self._shown.trips if trip.status != "cancelled"}
        left = {key: seats for key, seats in self._seats.items() if key not in used}
        return max(left, key=lambda key: left[key], default="")

    def _tick(self, _place: int = 0) -> None:
        """Towns as far as the seats go; without a vehicle the first one."""
        room = self._seats.get(self.vehicle.currentData(), 0)
        self.seat_them.setEnabled(room > 0)
        for row, (_, count) in enumerate(self._waiting):
            takes = count <= room or (row == 0)
            self.towns.item(row).setCheckState(Qt.CheckState.Checked if takes else Qt.CheckState.Unchecked)
            room -= count if takes else 0

    def ticked(self) -> list[str]:
        """The keys of the towns ticked, in the order of the list."""
        items = [self.towns.item(row) for row in range(self.towns.count())]
        return [str(item.data(_KEY)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def give(self) -> None:
        try:
            at = time_of(self.time.text())
        except ValueError:
            self._wrong.setText(self._page.say(T("This is no time of day: write it like 9.30.")))
            self._wrong.show()
            self.adjustSize()
            self.time.setFocus()
            return
        page, shown = self._page, self._shown
        wanted = self.ticked()
        self.close()
        vehicle = str(self.vehicle.currentData() or "")
        key = page.write(
            offered.new_trip, shown.event_id, direction=shown.direction, at=at, vehicle_id=vehicle or None,
            towns=wanted, seat_them=bool(vehicle) and self.seat_them.isChecked(),
            label=T("New return trip") if shown.direction == "back" else T("New outward trip"), tell=True,
        )  # fmt: skip
        if key:
            self.made.emit(key)
