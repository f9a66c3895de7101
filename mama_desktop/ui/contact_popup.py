"""How a person is reached, corrected on the card: the fields of one line in a small sheet below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import editing, organisations, places
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import button, label


class ContactPopup(Popup):
    """`keys`: of the person's fields. "Save" or Enter writes what was changed; what is no e-mail is said here."""

    def __init__(
        self, page: Page, person_id: str, values: Mapping[str, Any], keys: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._page, self._person, self._values = page, person_id, dict(values)
        self.setMinimumWidth(340)
        self.editors: dict[str, QWidget] = {}
        for key in keys:
            info = editing.REGISTRIES["person"][key].info
            made = make_editor(info, page.speak, page.db.clock.today(), self._complete, self)
            as_editor(made).set_value(values.get(key))
            name = label(page.say(info.label), "fieldLabel")
            name.setBuddy(made)
            self.lay.addWidget(name)
            self.lay.addWidget(made)
            self.editors[key] = made
        self.wrong = label("", "fieldError", wrap=True)
        self.wrong.hide()
        self.lay.addWidget(self.wrong)
        self.save = button(page.say(T("Save")), "check", self.give, kind="primary")
        self.lay.addWidget(self.save, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self.editors.values()))
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.give()
        else:
            super().keyPressEvent(event)

    def give(self) -> None:
        """Write each field that reads otherwise now; the sheet stays open at the first that cannot be."""
        page = self._page
        for key, made in self.editors.items():
            info = editing.REGISTRIES["person"][key].info
            try:
                value = as_editor(made).value()
            except Unreadable:
                self._refuse(made, page.say(T("This cannot be read. Check what you typed.")))
                return
            before = self._values.get(key)
            said = value.title if isinstance(value, Found) else value
            if said == before or not (said or before):
                continue
            label_ = T("{noun}: {field}", noun=T("Person"), field=info.label)
            try:
                page.db.write(
                    editing.change, "person", [self._person], key, value, now=page.db.clock.now(), label=label_
                )  # fmt: skip
            except OfficeError as error:
                self._refuse(made, page.say(error.what))
                return
            self._values[key] = said
        self.close()

    def _refuse(self, made: QWidget, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()
        self.adjustSize()
        made.setFocus()

    def _complete(self, kind: str, beginning: str) -> list[Found]:
        if kind == "town":
            country = str(self._values.get("country") or "SI")
            found = places.suggest_towns(beginning, country=country)
            return [Found(kind, t.postal_code, t.name, t.postal_code) for t in found]
        return self._page.db.read(organisations.like, beginning)
