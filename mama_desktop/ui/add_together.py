"""How the people are added: their status, whether they come together, and who gets the mail of the group."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.adding import Candidate
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.widgets import label

_LINE = 34
_OFFERED = ("applied", "accepted", "confirmed", "invited", "waiting")


class AddTogether(QFrame):
    """`changed` when anything was chosen otherwise. The contact person is asked of an organisation's group only."""

    changed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._speak = speak
        say = speak.say
        self.status = QComboBox()
        self.status.setAccessibleName(say(T("Registered as")))
        for status in _OFFERED:
            self.status.addItem(say(STATUSES[status]), status)
        self.status.activated.connect(self._on_changed)
        self.together = QCheckBox(say(T("They come together or not at all")))
        self.together.setChecked(True)
        self.together.clicked.connect(self._on_changed)
        self.contact = QComboBox()
        self.contact.setAccessibleName(say(T("Contact person")))
        self.contact.setMinimumWidth(200)
        self.email = QLineEdit()
        self.email.setPlaceholderText(say(T("other e-mail for the mail of the group")))
        self.email.setAccessibleName(self.email.placeholderText())
        self.email.setMinimumWidth(320)
        for field in (self.status, self.contact, self.email):
            field.setMinimumHeight(scaled(_LINE))
        self._contact = label(say(T("Contact person")), "fieldLabel")
        self._contact.setBuddy(self.contact)
        registered = label(say(T("Registered as")), "fieldLabel")
        registered.setBuddy(self.status)
        self.words = label("", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.warning = label("", "warning", wrap=True)
        # Words and fields of both lines stand below each other.
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(3, 1)
        for row, parts in enumerate(
            ((registered, self.status, self.together), (self._contact, self.contact, self.email))
        ):
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(8)
        lay.addLayout(grid)
        lay.addWidget(self.words)
        lay.addWidget(self.warning)

    def set_way(self, way: str) -> None:
        is_group = way == "organisation"
        for made in (self.together, self._contact, self.contact, self.email):
            made.setVisible(is_group)
        self.status.setCurrentIndex(self.status.findData("invited" if way in ("event", "group") else "applied"))

    def show_contacts(self, candidates: Sequence[Candidate]) -> None:
        """Whom to choose the contact person from; who was chosen stays."""
        before = self.contact.currentData()
        self.contact.clear()
        self.contact.addItem(self._speak.say(T("the organisation itself")), None)
        for one in candidates:
            self.contact.addItem(one.name, one.person_id)
        self.contact.setCurrentIndex(max(self.contact.findData(before), 0))

    def say_words(self, words: str, warning: str) -> None:
        self.words.setText(words)
        self.warning.setText(warning)
        self.words.setVisible(bool(words))
        self.warning.setVisible(bool(warning))

    def _on_changed(self, _value: object = None) -> None:
        for made in (self.contact, self.email):
            made.setEnabled(self.together.isChecked())
        self.changed.emit()
