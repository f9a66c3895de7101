"""Which sheet of labels lies in the printer, and the first label on it that is still there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from mama_desktop.domain.text import T
from mama_desktop.sheets.labels import USUAL, label_sheets
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button

_SHEET = "letters/label-sheet"


class LabelPopup(Popup):
    """`chosen(key of the sheet, first label)`; the sheet is remembered."""

    chosen = Signal(str, int)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        say = page.say
        self._habits = page.shell.habits
        self.sheet, self.start = QComboBox(), QComboBox()
        for key, one in label_sheets().items():
            wide, high = (page.speak.number(int(x) if x == int(x) else x) for x in (one.width, one.height))
            size = f"{one.columns} × {one.rows}, {wide} × {high} mm"
            self.sheet.addItem(f"{size}  ·  {one.name}", key)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(str(self._habits.value(_SHEET, USUAL)))))
        self.sheet.currentIndexChanged.connect(self._on_sheet)
        self.lay.addWidget(labelled(say(T("Label sheet")), self.sheet))
        hint = say(T("Count from the left, row by row."))
        self.lay.addWidget(labelled(say(T("Begin at label")), self.start, hint))
        self.lay.addWidget(button(say(T("Save as PDF")), "file-pdf", self._on_chosen, kind="primary"))
        self._on_sheet()

    def _on_sheet(self, _place: int = 0) -> None:
        self.start.clear()
        self.start.addItems([str(number + 1) for number in range(label_sheets()[self.sheet.currentData()].count)])

    def _on_chosen(self) -> None:
        key = str(self.sheet.currentData())
        self._habits.setValue(_SHEET, key)
        start = self.start.currentIndex() + 1
        self.close()
        self.chosen.emit(key, start)
