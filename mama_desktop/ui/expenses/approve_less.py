"""Approving less than is claimed: how much, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mama_desktop.domain.money import read_cents
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label


class ApproveLess(Popup):
    """`given(cents, reason)`."""

    given = Signal(int, str)

    def __init__(self, most: str, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        say = speak.say
        self.setFixedWidth(scaled(400))
        self._say = say
        self.amount, self.reason = QLineEdit(most), QLineEdit()
        for field in (self.amount, self.reason):
            field.returnPressed.connect(self.give)
        self.wrong = label("", "fieldError", wrap=True)
        self.wrong.hide()
        self.lay.addWidget(label(say(T("Approve less")), "cardTitle"))
        self.lay.addWidget(labelled(say(T("Amount to be paid (€)")), self.amount))
        self.lay.addWidget(labelled(say(T("Reason")), self.reason))
        self.lay.addWidget(self.wrong)
        self.do = button(say(T("Approve")), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.amount.setFocus()
        self.amount.selectAll()

    def give(self) -> None:
        try:
            cents = read_cents(self.amount.text())
        except ValueError:
            cents = None
        reason = self.reason.text().strip()
        if not cents or cents < 0:
            self._wrong(self._say(T("This cannot be read. Check what you typed.")))
        elif not reason:
            self._wrong(self._say(T("Approving less needs a reason.")))
            self.reason.setFocus()
        else:
            self.close()
            self.given.emit(cents, reason)

    def _wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()
        self.adjustSize()
