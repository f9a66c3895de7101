"""Where do these people go? A trip or a stop of it, found by typing; nothing is needed but the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import T, words_of
from mama_desktop.i18n import Language
from mama_desktop.services.transport import connections
from mama_desktop.services.transport.board import Board, Rider
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.stops import StopInfo
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import label

_SPOT = Qt.ItemDataRole.UserRole
_HIGHEST = 320
_WIDE = 380


@dataclass(frozen=True)
class Target:
    """One answer: its words, what it is found by, and where it puts people."""

    words: str
    found_by: str
    spot: Spot


def targets(board: Board, speak: Language, first: str = "") -> list[Target]:
    """Every trip that is not called off with its stops, then out of the trips, then on their own way.

    first: a registration; the trip with the stop nearest to them leads, full ones come last.
    """
    say = speak.say
    found = []
    rider = next((r for r in board.riders() if r.id == first), None)
    nearest = rider.nearest.trip_id if rider and rider.nearest and rider.trip_id is None else ""
    going = [trip for trip in board.trips if trip.status != "cancelled"]
    for trip in sorted(going, key=lambda t: (t.free == 0, t.id != nearest)):
        seats = f"{trip.taken} / {trip.seats}" if trip.free > 0 else say(T("full"))
        head = "  ·  ".join((trip.name, seats, say(T("nearest place"))))
        found.append(Target(head, f"{trip.name} {trip.vehicle}", Spot(trip.id)))
        for stop in trip.stops:
            if not stop.is_venue:
                at = f"{speak.time(stop.at.time())}  " if stop.at else ""
                words = f"      {at}{stop.place}{_warning(rider, stop, board, speak)}"
                found.append(Target(words, f"{stop.place} {trip.name} {trip.vehicle}", Spot(trip.id, stop.id)))
    found.append(Target(say(T("Without transport")), say(T("Without transport")), Spot()))
    found.append(Target(say(T("On their own way")), say(T("On their own way")), Spot(own_way=True)))
    return found


def _warning(rider: Rider | None, stop: StopInfo, board: Board, speak: Language) -> str:
    """That this stop would miss the plane or train of the first of those moved."""
    if rider is None or not connections.misses(rider, stop, board.direction):
        return ""
    return "  ·  " + speak.say(T("arrives too late") if board.direction == "back" else T("leaves too early"))


class PutPopup(Popup):
    """`chosen(spot)`. Typing filters, arrows walk, Enter chooses, Escape leaves."""

    chosen = Signal(object)

    def __init__(self, question: str, offered: Sequence[Target], speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = offered
        hint = speak.say(T("Trip or stop …"))
        self.field = _Field(self)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(f"{question} {hint}")
        self.field.textChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(question)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._take)
        title = label(question, "cardTitle", wrap=True)
        self.lay.addWidget(title)
        self.lay.addWidget(self.field)
        self.lay.addWidget(self.list)
        self.setFixedWidth(scaled(_WIDE))
        self._fill("")
        self.list.setFixedHeight(min(scaled(32) * max(self.list.count(), 2) + 12, scaled(_HIGHEST)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()

    def _fill(self, words: str) -> None:
        asked = words_of(words)
        self.list.clear()
        for target in self._offered:
            held = words_of(target.found_by)
            if all(any(word.startswith(one) for word in held) for one in asked):
                item = QListWidgetItem(target.words)
                item.setData(_SPOT, target.spot)
                item.setToolTip(target.words.strip())
                item.setSizeHint(QSize(0, scaled(30)))
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def walk(self, step: int) -> None:
        row = self.list.currentRow() + step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def take_current(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        spot = item.data(_SPOT)
        self.close()
        self.chosen.emit(spot)


class _Field(QLineEdit):
    """Keeps the focus while its popup's list is walked."""

    def __init__(self, popup: PutPopup) -> None:
        super().__init__()
        self._popup = popup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._popup.walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._popup.take_current()
        else:
            super().keyPressEvent(event)
