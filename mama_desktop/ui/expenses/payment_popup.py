"""A new payment, in a small sheet: the day, with or without a file for the bank, how much to how many."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.services.expenses.payments import VERSIONS
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label

_VERSION = "payments/version"


class PaymentPopup(Popup):
    """`wished(day, bank_file, version)`."""

    wished = Signal(object, bool, str)

    def __init__(self, page: Page, words: Text, day: dt.date, has_account: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        say = page.say
        self.setFixedWidth(scaled(420))
        self.lay.addWidget(label(say(T("Make a payment")), "cardTitle"))
        self.lay.addWidget(label(say(words), "muted", wrap=True))
        self.day = make_editor(FieldInfo("day", T("Day of payment"), "date"), page.speak, page.db.clock.today())
        as_editor(self.day).set_value(day)
        assert isinstance(self.day, QLineEdit)
        self.day.returnPressed.connect(self.give)
        self.lay.addWidget(labelled(say(T("Day of payment")), self.day))
        self.with_file = QCheckBox(say(T("With a file for the bank (SEPA)")))
        self.with_file.setChecked(has_account)
        self.with_file.setEnabled(has_account)
        self.lay.addWidget(self.with_file)
        if not has_account:
            self.lay.addWidget(
                label(say(T("The office’s account (IBAN) is not written in Settings yet.")), "fieldHint", wrap=True)
            )
            self.to_settings = button(say(T("Open Settings")), "gear", self._open_settings)
            self.lay.addWidget(self.to_settings, 0, Qt.AlignmentFlag.AlignLeft)
        self.version = QComboBox()
        for key, name in VERSIONS.items():
            self.version.addItem(say(name), key)
        last = str(page.shell.habits.value(_VERSION, "", str))
        self.version.setCurrentIndex(max(self.version.findData(last), 0))
        self._version = labelled(say(T("Form of the file")), self.version)
        self._version.setVisible(has_account)
        self.with_file.toggled.connect(self._version.setVisible)
        self.lay.addWidget(self._version)
        self.wrong = label("", "fieldError", wrap=True)
        self.wrong.hide()
        self.lay.addWidget(self.wrong)
        self.do = button(say(T("Make the payment")), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.day.setFocus()

    def _open_settings(self) -> None:
        self.close()
        self._page.shell.go("settings", "", "office:office.iban")

    def give(self) -> None:
        try:
            day = as_editor(self.day).value()
        except Unreadable:
            day = None
        if day is None or day < self._page.db.clock.today():
            self.wrong.setText(self._page.say(T("The day of payment is today or later.")))
            self.wrong.show()
            self.adjustSize()
            return
        version = str(self.version.currentData())
        self._page.shell.habits.setValue(_VERSION, version)
        self.close()
        self.wished.emit(day, self.with_file.isChecked(), version)
