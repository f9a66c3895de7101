"""How a participant list is made: by which template, with which columns in which order, who is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.fields import REGISTRATION_FIELDS
from mama_desktop.services.papers_list import ACCEPTED, ListOptions
from mama_desktop.services.templates import TemplateInfo
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.ordered_choice import OrderedChoice
from mama_desktop.ui.sign_in_options import LANGUAGES
from mama_desktop.ui.widgets import button, clear_layout

_OWN = "own-columns"
EVERYBODY, TAKING_PART = "everybody", "taking-part"
_WHO: dict[str, Text] = {TAKING_PART: T("accepted and confirmed"), EVERYBODY: T("everybody, whatever the status")}


class ListPanel(QWidget):
    """`changed`: other columns, people or language; `save_wished(name, only this event)`, `delete_wished(key)`."""

    changed = Signal()
    save_wished = Signal(str, bool)
    delete_wished = Signal(str)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.options = ListOptions(())
        self._templates: list[TemplateInfo] = []
        self._answers: tuple[FieldInfo, ...] = ()
        self._key = ""
        self.template, self.who, self.language = QComboBox(), QComboBox(), QComboBox()
        for box in (self.template, self.who, self.language):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
        for key, words in LANGUAGES.items():
            self.language.addItem(say(words), key)
        self.language.setCurrentIndex(self.language.findData(speak.code))
        for key, words in _WHO.items():
            self.who.addItem(say(words), key)
        self.template.activated.connect(self._on_template)
        self.who.activated.connect(self._on_who)
        self.language.activated.connect(self._on_changed)
        self.columns = OrderedChoice(9)
        self.columns.changed.connect(self._on_columns)
        self.save_button = button(say(T("Save as a template")), "bookmark", self._open_saving)
        self.delete_button = button(say(T("Delete this template")), "trash", self._on_delete, kind="plain")
        self._saving = self._saving_form()
        self._warnings = QVBoxLayout()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(self._warnings)
        lay.addWidget(labelled(say(T("Template")), self.template))
        lay.addWidget(labelled(say(T("Columns")), self.columns, say(T("Drag, or Ctrl and the arrows, to move."))))
        lay.addWidget(self.save_button)
        lay.addWidget(self._saving)
        lay.addWidget(self.delete_button)
        lay.addWidget(labelled(say(T("People")), self.who))
        lay.addWidget(labelled(say(T("Language")), self.language))
        self.split = QCheckBox(say(T("a file for each organisation")))
        lay.addWidget(self.split)

    def _saving_form(self) -> QFrame:
        say = self._speak.say
        frame = QFrame()
        frame.setObjectName("card")
        self.name = QLineEdit()
        self.name.setPlaceholderText(say(T("Name of the template")))
        self.name.setAccessibleName(self.name.placeholderText())
        self.name.returnPressed.connect(self._on_save)
        self.only_here = QCheckBox(say(T("only for this event")))
        store = button(say(T("Save")), "check", self._on_save)
        leave = button(say(T("Leave it")), do=frame.hide, kind="plain")
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(leave)
        answers.addWidget(store)
        lay = QVBoxLayout(frame)
        lay.setContentsMargins(12, 10, 12, 10)
        lay.setSpacing(8)
        lay.addWidget(self.name)
        lay.addWidget(self.only_here)
        lay.addLayout(answers)
        frame.hide()
        return frame

    def show_event(self, templates: Sequence[TemplateInfo], answers: Sequence[FieldInfo]) -> None:
        """The templates there are, and the event's own questions and further answers."""
        self._templates, self._answers = list(templates), tuple(answers)
        known = {one.key for one in templates}
        if self._key not in known | {_OWN}:
            self._key = templates[0].key
            self.options = templates[0].options
        elif self._key in known:
            self.options = next(one.options for one in templates if one.key == self._key)
        self._show()

    def choose(self, key: str) -> None:
        """Take a template."""
        found = next((one for one in self._templates if one.key == key), None)
        if found is not None:
            self._key, self.options = key, found.options
            self._show()

    def show_warnings(self, warnings: Sequence[Text]) -> None:
        clear_layout(self._warnings)
        for words in warnings:
            self._warnings.addWidget(Callout("wait", self._speak.say(words)))

    def _show(self) -> None:
        say = self._speak.say
        self.template.clear()
        for one in self._templates:
            words = say(one.name)
            self.template.addItem(say(T("{name} (this event)", name=words)) if one.event_id else words, one.key)
        if self._key == _OWN:
            self.template.addItem(say(T("own choice of columns")), _OWN)
        self.template.setCurrentIndex(self.template.findData(self._key))
        chosen = next((one for one in self._templates if one.key == self._key), None)
        self.delete_button.setVisible(chosen is not None and not chosen.is_ready)
        self.save_button.setVisible(self._key == _OWN)
        if self._key != _OWN:
            self._saving.hide()
        fields = [(key, say(field.info.label)) for key, field in REGISTRATION_FIELDS.items()]
        fields += [(info.key, say(info.label)) for info in self._answers]
        self.columns.fill(fields, self.options.columns)
        self.who.setCurrentIndex(self.who.findData(EVERYBODY if self._is_everybody() else TAKING_PART))

    def _is_everybody(self) -> bool:
        return not self.options.statuses or set(self.options.statuses) >= set(STATUSES)

    def paper_language(self) -> str:
        return str(self.language.currentData())

    def _on_template(self, place: int) -> None:
        self.choose(str(self.template.itemData(place)))
        self.changed.emit()

    def _on_columns(self) -> None:
        self._key = _OWN
        self.options = replace(self.options, columns=self.columns.chosen())
        self._show()
        self.changed.emit()

    def _on_who(self, _place: int) -> None:
        statuses = ACCEPTED if self.who.currentData() == TAKING_PART else ()
        self.options = replace(self.options, statuses=tuple(statuses))
        self.changed.emit()

    def _on_changed(self, _place: int) -> None:
        self.changed.emit()

    def _open_saving(self) -> None:
        self._saving.show()
        self.name.setFocus()

    def _on_save(self) -> None:
        if self.name.text().strip():
            self.save_wished.emit(self.name.text().strip(), self.only_here.isChecked())
        else:
            self.name.setFocus()

    def saved(self, key: str) -> None:
        """A template was stored under this key: it is the chosen one now."""
        self._key = key
        self.name.clear()
        self._saving.hide()

    def _on_delete(self) -> None:
        self.delete_wished.emit(self._key)
