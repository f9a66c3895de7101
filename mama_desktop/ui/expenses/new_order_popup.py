"""A new travel order in a small sheet: who is sent, to which event, by what; the rest follows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, Text
from mama_desktop.services import completing
from mama_desktop.services.expenses import order_rows, travel_orders
from mama_desktop.services.expenses.travel_orders import Wish
from mama_desktop.ui.editors import PickEditor, as_editor, make_editor
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import button, label, shortened

_WHO = FieldInfo("person", T("Who is sent"), "person")
_ISSUED = FieldInfo("issued_on", T("Issued on"), "date")


class NewOrderPopup(Popup):
    """`made(key)` when the order stands. event_id, person: what is known already."""

    made = Signal(str)

    def __init__(self, page: Page, parent: QWidget, *, event_id: str = "", person: Found | None = None) -> None:
        super().__init__(parent)
        self._page = page
        say, today = page.say, page.db.clock.today()
        self.setFixedWidth(scaled(440))
        self.lay.addWidget(label(say(T("New travel order")), "cardTitle"))
        self.who = PickEditor(_WHO, page.speak, self._complete, None)
        self.who.setPlaceholderText(say(T("Name of somebody known …")))
        self.who.set_value(person)
        offered = page.db.read(order_rows.choices_around, today, event_id=event_id, language=page.speak.code)
        self.of_event, self.vehicle = QComboBox(), QComboBox()
        for box, none, known in (
            (self.of_event, T("no event"), offered["event"]), (self.vehicle, T("none"), offered["vehicle"]),
        ):  # fmt: skip
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMaxVisibleItems(14)
            box.addItem(say(none), "")
            for key, words in known.items():
                box.addItem(shortened(words, 60), key)
        self.of_event.setCurrentIndex(max(self.of_event.findData(event_id), 0))
        self.issued = make_editor(_ISSUED, page.speak, today)
        as_editor(self.issued).set_value(today)
        fields: tuple[tuple[Text, QWidget], ...] = (
            (_WHO.label, self.who), (T("Event"), self.of_event), (T("Vehicle"), self.vehicle),
            (_ISSUED.label, self.issued),
        )  # fmt: skip
        for said, field in fields:
            self.lay.addWidget(labelled(say(said), field))
            if isinstance(field, QLineEdit):
                field.returnPressed.connect(self.give)
        self._wrong = label("", "fieldError", wrap=True)
        self._wrong.hide()
        self.lay.addWidget(self._wrong)
        self.do = button(say(T("Write the order")), "check", self.give, kind="primary")
        self.lay.addWidget(self.do)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.of_event if self.who.text() else self.who).setFocus()

    def give(self) -> None:
        """Write it; what cannot be is said here, and what was typed stays."""
        page = self._page
        try:
            wish = self._wish()
            if wish is None:
                return
            key = page.db.write(
                travel_orders.issue_order, wish, now=page.db.clock.now(), who=page.db.actor.who,
                label=T("New travel order"),
            )  # fmt: skip
        except Unreadable:
            self._say(page.say(T("This cannot be read. Check what you typed.")))
        except OfficeError as error:
            self._say("\n".join(page.say(part) for part in (error.what, error.todo) if part))
        else:
            self.close()
            self.made.emit(key)

    def _wish(self) -> Wish | None:
        picked: Any = self.who.value()
        if not picked:
            self._say(self._page.say(T("Choose who is sent.")))
            self.who.setFocus()
            return None
        person = picked.key if isinstance(picked, Found) and picked.key else None
        if person is None:
            words = picked.title if isinstance(picked, Found) else str(picked)
            person = self._page.db.read(completing.key_called, "person", words)
        return Wish(
            str(person), event_id=self.of_event.currentData() or None, vehicle_id=self.vehicle.currentData() or None,
            issued_on=as_editor(self.issued).value(),
        )  # fmt: skip

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(completing.complete, kind, beginning, language=self._page.speak.code)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.show()
        self.adjustSize()
