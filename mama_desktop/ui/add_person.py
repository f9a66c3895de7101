"""Registering by hand: somebody known, found while typing, or a new person whose name is enough."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, Text
from mama_desktop.services import organisations, people, registrations
from mama_desktop.store.search import find
from mama_desktop.ui import asking
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import SearchField, button, label

_MOST = 8


class AddPerson(Popup):
    """The search is also the beginning of a new person: what was typed is proposed as the name."""

    registered = Signal(str)
    """The key of the new registration."""

    def __init__(self, page: Page, event_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._event = page, event_id
        say = page.say
        self.search = SearchField(say(T("Name, e-mail or phone of somebody known …")))
        self.search.setMaximumWidth(10_000)
        self.search.textChanged.connect(self._on_typed)
        self.search.left_downwards.connect(self._on_down)
        self.found = QListWidget()
        self.found.setObjectName("choices")
        self.found.itemActivated.connect(self._on_picked)
        self.found.itemClicked.connect(self._on_picked)
        self.found.setFixedHeight(168)
        self.given_name, self.family_name, self.email = QLineEdit(), QLineEdit(), QLineEdit()
        organisation = FieldInfo("organisation", T("Organisation"), kind="organisation")
        self.organisation = PickEditor(organisation, page.speak, self._complete, self)
        self.status = QComboBox()
        for status in ("applied", "accepted"):
            self.status.addItem(say(STATUSES[status]), status)
        self.setMinimumWidth(440)
        self.lay.addWidget(label(say(T("Add a registration")), "cardTitle"))
        self.lay.addWidget(self.search)
        self.lay.addWidget(self.found)
        self.lay.addSpacing(4)
        self.lay.addWidget(label(say(T("Nobody of this name? Add a new person:")), "muted"))
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addLayout(self._labelled(T("Given name"), self.given_name))
        names.addLayout(self._labelled(T("Family name"), self.family_name))
        self.lay.addLayout(names)
        self.lay.addLayout(self._labelled(T("Organisation"), self.organisation))
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addLayout(self._labelled(T("E-mail"), self.email), 2)
        last.addLayout(self._labelled(T("Registered as"), self.status), 1)
        self.lay.addLayout(last)
        self._add = button(say(T("Register a new person")), "user-plus", self._on_new, kind="primary")
        self.lay.addWidget(self._add, 0, Qt.AlignmentFlag.AlignRight)
        for field in (self.given_name, self.family_name, self.organisation, self.email):
            field.returnPressed.connect(self._on_new)
        self._on_typed("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _labelled(self, words: Text, field: QWidget) -> QVBoxLayout:
        lay = QVBoxLayout()
        lay.setSpacing(2)
        name = label(self._page.say(words), "fieldLabel")
        name.setBuddy(field)
        field.setAccessibleName(self._page.say(words))
        lay.addWidget(name)
        lay.addWidget(field)
        return lay

    def _on_typed(self, words: str) -> None:
        self.found.clear()
        hits = self._page.db.read(find, words, 40) if words.strip() else []
        for hit in [h for h in hits if h.kind == "person"][:_MOST]:
            item = QListWidgetItem(" · ".join(part for part in (hit.title, hit.detail) if part))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.found.addItem(item)
        parts = words.split()
        if not any(c.isdigit() or c == "@" for c in words):
            self.given_name.setText(parts[0] if parts else "")
            self.family_name.setText(" ".join(parts[1:]))

    def _on_down(self) -> None:
        if self.found.count():
            self.found.setFocus()
            self.found.setCurrentRow(0)
        elif self.family_name.text():
            # The names are filled in from what was typed; what is missing is where the person comes from.
            self.organisation.setFocus()
        else:
            self.given_name.setFocus()

    def _complete(self, _kind: str, beginning: str) -> list[Found]:
        return self._page.db.read(organisations.like, beginning)

    def _on_picked(self, item: QListWidgetItem) -> None:
        hit: Found = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self._register(hit.key, hit.title)

    def _register(self, person: str, name: str) -> None:
        words, now = T("Registration: {name}", name=name), self._page.db.clock.now()
        status = str(self.status.currentData())
        self._show(asking.write(
            self._page, registrations.register, self._event, person, now=now, status=status, label=words, tell=True,
            parent=self.parentWidget(),
        ))  # fmt: skip

    def _on_new(self) -> None:
        family_name, given_name = self.family_name.text().strip(), self.given_name.text().strip()
        name = f"{given_name} {family_name}".strip()
        if not name:
            self.given_name.setFocus()
            return
        organisation = self.organisation.value()
        self.close()
        known = self._page.db.read(people.named, name)
        if known:
            who = asking.known_one(self._page, self.parentWidget(), known)
            if who is None:
                return
            if who:
                self._register(who, name)
                return
        picked = organisation if isinstance(organisation, Found) else None
        self._show(asking.write(
            self._page, registrations.register_new, self._event, family_name=family_name, given_name=given_name,
            organisation=picked.title if picked else str(organisation or ""),
            organisation_id=picked.key if picked else None,
            email=self.email.text(), status=str(self.status.currentData()), now=self._page.db.clock.now(),
            label=T("Registration: {name}", name=name), tell=True, parent=self.parentWidget(),
        ))  # fmt: skip

    def _show(self, key: str | None) -> None:
        if key is not None:
            self.registered.emit(key)
