"""Who comes together: what the group or family is called, who speaks for it, and where its mail goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import parties
from mama_desktop.store.search import find
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label

_MOST = 8


class PartyPopup(Popup):
    """Filled with the party these registrations belong to already; everybody chosen belongs to it afterwards."""

    def __init__(self, page: Page, event_id: str, keys: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._event, self._keys = page, event_id, list(keys)
        say = page.say
        self._party = page.db.read(parties.party_of, self._keys, language=page.speak.code)
        self.setMinimumWidth(420)
        count = len(self._keys)
        words = TN("{count} person in a group or family", "{count} people together as a group or family", count)
        self.lay.addWidget(label(say(words), "cardTitle", wrap=True))
        hint = T("They come together or not at all: from the waiting list the whole group is accepted.")
        self.lay.addWidget(label(say(hint), "muted", wrap=True))
        self.name, self.email = QLineEdit(), QLineEdit()
        contact = FieldInfo("contact", T("Contact person"), kind="person")
        self.contact = PickEditor(contact, page.speak, self._complete, self)
        for text, field in (
            (T("Name of the group"), self.name), (T("Contact person"), self.contact),
            (T("E-mail for the mail of the group"), self.email),
        ):  # fmt: skip
            self._add_labelled(text, field)
        if self._party is not None:
            self.name.setText(self._party.name)
            self.email.setText(self._party.given_email)
            if self._party.contact_id:
                self.contact.set_value(Found("person", self._party.contact_id, self._party.contact))
        self.do = button(say(T("Put together")), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)
        self.name.returnPressed.connect(self.give)
        self.email.returnPressed.connect(self.give)

    def _add_labelled(self, words: Text, field: QLineEdit) -> None:
        said = self._page.say(words)
        name = label(said, "fieldLabel")
        name.setBuddy(field)
        field.setAccessibleName(said)
        self.lay.addWidget(name)
        self.lay.addWidget(field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()
        self.name.selectAll()

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return [hit for hit in self._page.db.read(find, beginning, 40) if hit.kind == "person"][:_MOST]

    def give(self) -> None:
        contact = self.contact.value()
        if isinstance(contact, str):
            # A name nobody is known by: it has to be chosen.
            self.contact.setFocus()
            self.contact.selectAll()
            return
        page, name = self._page, self.name.text().strip()
        if not (name or contact):
            self.name.setFocus()
            return
        self.close()
        count = len(self._keys)
        page.write(
            parties.gather, self._event, self._keys, party_id=self._party.id if self._party else None, name=name,
            contact_id=contact.key if contact else None, contact_email=self.email.text(), tell=True,
            label=TN("{count} person in the group {name}", "{count} people in the group {name}", count,
                     name=name or (contact.title if contact else "")),
        )  # fmt: skip
