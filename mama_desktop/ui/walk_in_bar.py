"""Who signed without standing on the list: type a name, take a known person, or add a new one with an organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QListView

from mama_desktop.domain.registrations import STATUSES, TAKES_PLACE
from mama_desktop.domain.text import T, fold
from mama_desktop.i18n import Language
from mama_desktop.services.walk_ins import Known
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import button

FindPeople = Callable[[str], list[Known]]
FindOrganisations = Callable[[str], list[str]]


class CompletedField(QLineEdit):
    """A field whose completions come from outside while you type. `picked(place)`: of the list last offered."""

    picked = Signal(int)
    left = Signal()

    def __init__(self, hint: str, picture: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(icon(picture), QLineEdit.ActionPosition.LeadingPosition)
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        offers = QListView()
        offers.setObjectName("completions")
        offers.setUniformItemSizes(True)
        self._offers = offers
        self._completer.setPopup(offers)
        self._completer.setWidget(self)
        self._completer.activated.connect(self._on_activated)

    def offer(self, words: list[str]) -> None:
        self._offered.setStringList(words)
        popup = self._offers
        if words and self.hasFocus():
            self._completer.complete()
            popup.setMinimumWidth(max(popup.sizeHintForColumn(0) + 32, self.width()))
            popup.setCurrentIndex(self._offered.index(0, 0))
        else:
            popup.hide()

    def _on_activated(self, words: str) -> None:
        offered = self._offered.stringList()
        if words in offered:
            self.picked.emit(offered.index(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._offers.hide()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Up and not self._offers.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class WalkInBar(QFrame):
    """`known_chosen(Known)`, `new_wished(name, organisation)`; `left` when the person goes back to the rows."""

    known_chosen = Signal(object)
    new_wished = Signal(str, str)
    left = Signal()

    def __init__(self, speak: Language, find_people: FindPeople, find_organisations: FindOrganisations) -> None:
        super().__init__()
        self.setObjectName("card")
        self._speak = speak
        self._find_people, self._find_organisations = find_people, find_organisations
        self._known: list[Known] = []
        self._names: list[str] = []
        say = speak.say
        self.name = CompletedField(say(T("Signed, but not on the list? Family and given name …")), "user-plus")
        self.organisation = CompletedField(say(T("Organisation")), "building")
        self._add = button("", "plus", self._on_add)
        fields = QHBoxLayout(self)
        fields.setContentsMargins(8, 8, 8, 8)
        fields.setSpacing(8)
        fields.addWidget(self.name, 3)
        fields.addWidget(self.organisation, 3)
        fields.addWidget(self._add)
        self.name.textEdited.connect(self._on_typed)
        self.name.picked.connect(self._on_picked)
        self.name.returnPressed.connect(self._on_name_done)
        self.organisation.textEdited.connect(self._on_organisation_typed)
        self.organisation.picked.connect(self._on_organisation_picked)
        self.organisation.returnPressed.connect(self._on_add)
        for field in (self.name, self.organisation):
            field.left.connect(self.left)
            field.textChanged.connect(self._show_whether)
        self.set_place(None)
        self._show_whether()

    def sizeHint(self) -> QSize:
        return QSize(480, super().sizeHint().height())

    def set_place(self, number: int | None) -> None:
        """On which line the name will stand; None when no blank one is left."""
        words = T("Add on line {number}", number=number) if number is not None else T("Add at the end")
        self._add.setText("  " + self._speak.say(words))
        self._add.setAccessibleName(self._speak.say(words))

    def begin(self, words: str) -> None:
        """Go on typing the name here."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        if words:
            self.name.setText(words)
            self.name.setCursorPosition(len(words))
            self._on_typed(words)

    def clear(self) -> None:
        self._known = []
        for field in (self.name, self.organisation):
            field.clear()
            field.offer([])

    def _on_typed(self, words: str) -> None:
        self._known = self._find_people(words) if len(words.strip()) > 1 else []
        self.name.offer([*map(self._said, self._known), *self._new(words)])

    def _new(self, words: str) -> list[str]:
        if not self._known:
            return []
        return [self._speak.say(T("New person: “{name}”", name=words.strip()))]

    def _said(self, known: Known) -> str:
        say = self._speak.say
        about = ""
        if known.registration_id:
            status = say(STATUSES[known.status])
            about = (
                say(T("on the list"))
                if known.status in TAKES_PLACE
                else say(T("registration: {status}", status=status))
            )
        return "  ·  ".join(part for part in (known.name, known.organisation, about) if part)

    def _on_picked(self, place: int) -> None:
        if place < len(self._known):
            self.known_chosen.emit(self._known[place])
        else:
            self._ask_organisation()

    def _on_name_done(self) -> None:
        exact = [k for k in self._known if fold(k.name) == fold(self.name.text())]
        if len(exact) == 1:
            self.known_chosen.emit(exact[0])
        elif self.name.text().strip():
            self._ask_organisation()

    def _ask_organisation(self) -> None:
        self.organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_organisation_typed(self, words: str) -> None:
        self._names = self._find_organisations(words) if words.strip() else []
        self.organisation.offer(self._names)

    def _on_organisation_picked(self, place: int) -> None:
        self.organisation.setText(self._names[place])

    def _on_add(self) -> None:
        if self.name.text().strip():
            self.new_wished.emit(self.name.text().strip(), self.organisation.text().strip())
        else:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_whether(self, _words: Any = "") -> None:
        self._add.setEnabled(bool(self.name.text().strip()))

    def set_read_only(self, read_only: bool) -> None:
        self.setVisible(not read_only)
