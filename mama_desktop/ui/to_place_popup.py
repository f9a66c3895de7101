"""To which place of a list? A number in a small sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label, number_field


class ToPlacePopup(Popup):
    """`given(place)`, 1 for the first; Enter gives."""

    given = Signal(int)

    def __init__(self, now: int, most: int, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = number_field(1, most)
        self.place.setValue(now)
        self.place.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        name = label(speak.say(T("To which place, from 1 to {most}?", most=most)), "cardTitle")
        name.setBuddy(self.place)
        self.place.setAccessibleName(name.text())
        self.place.lineEdit().returnPressed.connect(self.give)
        self.do = button(speak.say(T("Move there")), "arrows-up-down", self.give, kind="primary")
        self.lay.addWidget(name)
        self.lay.addWidget(self.place)
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.place.setFocus()
        self.place.selectAll()

    def give(self) -> None:
        place = self.place.value()
        self.close()
        self.given.emit(place)
