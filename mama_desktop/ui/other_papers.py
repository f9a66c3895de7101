"""The event's other papers (form, consents, emergency contacts …): which one, in which language, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import documents
from mama_desktop.services.expenses.papers_claim import CLAIM, GREEN
from mama_desktop.services.papers_changes import NOTE
from mama_desktop.services.papers_consent import CONSENTS
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.sign_in_options import LANGUAGES
from mama_desktop.ui.transport.paper_choices import OF_TRIPS, PaperChoices
from mama_desktop.ui.widgets import clear_layout

# So many are seen at once; what is chosen for one of them stands below.
_MOST_SHOWN = 8
_BLANK = (0, 1, 5, 10, 20, 50)
# Those that have panels of their own, or a page.
_ELSEWHERE = frozenset({"sign-in", "participant-list", "letters"})
# One for each person: also for the chosen only, and without a name.
_FOR_CHOSEN = frozenset({CONSENTS, CLAIM, GREEN})


class OtherPapers(QWidget):
    """`changed`: another paper or language is wished; `options` are those of `documents.make`."""

    changed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.list = QListWidget()
        self.list.setObjectName("choices")
        for document in documents.DOCUMENTS.values():
            if document.target == "event" and ".pdf" in document.suffixes and document.key not in _ELSEWHERE:
                item = QListWidgetItem(say(document.title), self.list)
                item.setData(Qt.ItemDataRole.UserRole, document.key)
        self.list.setFixedHeight(min(self.list.count(), _MOST_SHOWN) * 29 + 12)
        self.list.setCurrentRow(0)
        self.language = QComboBox()
        for key, words in LANGUAGES.items():
            self.language.addItem(say(words), key)
        self.language.setCurrentIndex(max(self.language.findData(speak.code), 0))
        self.missing = QCheckBox(say(T("Only for those whose paper is missing")))
        self.blank = QComboBox()
        for number in _BLANK:
            self.blank.addItem(speak.number(number), number)
        self._blank = labelled(say(T("Papers without a name")), self.blank)
        self._registrations: tuple[str, ...] = ()
        self.only_chosen = QCheckBox()
        self.only_chosen.hide()
        self.choices = PaperChoices(speak)
        self._warnings = QVBoxLayout()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(self._warnings)
        lay.addWidget(labelled(say(T("Paper")), self.list))
        self._language = labelled(say(T("Language of the paper")), self.language)
        lay.addWidget(self._language)
        lay.addWidget(self.choices)
        lay.addWidget(self.only_chosen)
        lay.addWidget(self.missing)
        lay.addWidget(self._blank)
        lay.addStretch(1)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.language.activated.connect(self._on_changed)
        self.choices.changed.connect(self._on_changed)
        self.only_chosen.toggled.connect(self._on_changed)
        self.missing.toggled.connect(self._on_changed)
        self.blank.activated.connect(self._on_changed)
        self._show_fitting()

    @property
    def key(self) -> str:
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    @property
    def paper_language(self) -> str:
        return str(self.language.currentData())

    @property
    def options(self) -> dict[str, Any]:
        if self.key not in _FOR_CHOSEN:
            return self.choices.options(self.key)
        found: dict[str, Any] = {"blank": int(self.blank.currentData())}
        if self.key == CONSENTS:
            found["missing"] = self.missing.isChecked()
        if self._registrations and self.only_chosen.isChecked():
            found["registrations"] = list(self._registrations)
        return found

    @property
    def has_workbook(self) -> bool:
        return ".xlsx" in documents.DOCUMENTS[self.key].suffixes if self.key else False

    def choose(self, key: str, registrations: Sequence[str] = ()) -> None:
        """Put a paper in front. registrations: keys of those it is for at first; nobody named: for all. Of a note of
        changes, the code of its list; of a paper of one trip, the key of the trip."""
        if key == NOTE:
            for code in registrations:
                self.choices.choose_list(code)
            registrations = ()
        if key in OF_TRIPS:
            for trip in registrations:
                self.choices.choose_trip(trip)
            registrations = ()
        self._registrations = tuple(registrations)
        count = len(self._registrations)
        self.only_chosen.setText(self._speak.say(TN("Only for {count} chosen", "Only for {count} chosen", count)))
        for box, on in ((self.only_chosen, count > 0), (self.missing, self.missing.isChecked() and not count)):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self.list.setCurrentRow(row)
        self._show_fitting()

    def show_warnings(self, warnings: Sequence[Text]) -> None:
        clear_layout(self._warnings)
        for words in warnings:
            callout = Callout("wait")
            callout.tell(self._speak.say(words))
            self._warnings.addWidget(callout)

    def _on_chosen(self, _row: int) -> None:
        self._show_fitting()
        self.changed.emit()

    def _on_changed(self, *_value: object) -> None:
        self.changed.emit()

    def _show_fitting(self) -> None:
        self.choices.show_fitting(self.key)
        # A note speaks the language of its list.
        self._language.setVisible(self.key != NOTE)
        self.missing.setVisible(self.key == CONSENTS)
        self._blank.setVisible(self.key in _FOR_CHOSEN)
        self.only_chosen.setVisible(self.key in _FOR_CHOSEN and bool(self._registrations))
