"""What is chosen for a paper of transport: which trip, whether with names; of a note of changes, of which list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.domain.trips import TRIP_DIRECTIONS
from mama_desktop.i18n import Language
from mama_desktop.services.kept_states import KEPT, OUT_OF_DATE, KeptInfo
from mama_desktop.services.papers_changes import NOTE
from mama_desktop.services.transport.papers_bus_firm import BUS_FIRM
from mama_desktop.services.transport.papers_manifest import DRIVER, MANIFEST
from mama_desktop.services.transport.trips import TripInfo
from mama_desktop.ui.labelled import labelled

OF_TRIPS = frozenset({MANIFEST, DRIVER, BUS_FIRM})


class PaperChoices(QWidget):
    """`options(key)` are those of `documents.make`; `changed` when somebody chose."""

    changed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.trip, self.list = QComboBox(), QComboBox()
        for box in (self.trip, self.list):
            # A long name does not make the panel wider.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(self._on_changed)
        self._trip, self._list = labelled(say(T("Trip")), self.trip), labelled(say(T("List")), self.list)
        self.names = QCheckBox(say(T("With the names of the passengers")))
        self.names.toggled.connect(self._on_changed)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        for part in (self._trip, self._list, self.names):
            lay.addWidget(part)
        self.show_found((), ())

    def show_found(self, trips: Sequence[TripInfo], kept: Sequence[KeptInfo]) -> None:
        """The trips of the event and its kept lists; what was chosen stays chosen."""
        say = self._speak.say
        going = [(f"{trip.name} · {say(TRIP_DIRECTIONS[trip.direction])}", trip.id) for trip in trips
                 if trip.status != "cancelled"]  # fmt: skip
        _fill(self.trip, [(say(T("All trips")), ""), *going])
        old = [(" · ".join(p for p in (say(KEPT[one.document].title), one.title, one.code) if p), one.code)
               for one in kept if one.state == OUT_OF_DATE]  # fmt: skip
        _fill(self.list, [(say(T("All lists that are out of date")), ""), *old])

    def choose_trip(self, key: str) -> None:
        """The trip of this key in front; all of them where it is not among those offered."""
        self.trip.setCurrentIndex(max(self.trip.findData(key), 0))

    def choose_list(self, code: str) -> None:
        """The kept list of this code in front; it is added where it is not among those out of date."""
        if self.list.findData(code) < 0:
            self.list.addItem(code, code)
        self.list.setCurrentIndex(self.list.findData(code))

    def show_fitting(self, key: str) -> None:
        self._trip.setVisible(key in OF_TRIPS)
        self.names.setVisible(key == BUS_FIRM)
        self._list.setVisible(key == NOTE)
        self.setVisible(key in OF_TRIPS or key == NOTE)

    def options(self, key: str) -> dict[str, Any]:
        if key == NOTE:
            return {"list": str(self.list.currentData())} if self.list.currentData() else {}
        if key not in OF_TRIPS:
            return {}
        found: dict[str, Any] = {"trip": str(self.trip.currentData())} if self.trip.currentData() else {}
        return {**found, "names": True} if key == BUS_FIRM and self.names.isChecked() else found

    def _on_changed(self, *_value: object) -> None:
        self.changed.emit()


def _fill(box: QComboBox, items: Sequence[tuple[str, str]]) -> None:
    before = box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, key in items:
        box.addItem(words, key)
    box.setCurrentIndex(max(box.findData(before), 0))
    box.blockSignals(False)
