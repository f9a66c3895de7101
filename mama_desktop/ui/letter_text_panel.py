"""What is written: a ready text or an own one, in both languages, with placeholders from a menu and what goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from mama_desktop.domain.letters import LETTER_KINDS
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import LANGUAGES, Language
from mama_desktop.services.letter_texts import BY_ORGANISATION, EMPTY, LetterText
from mama_desktop.services.placeholder_values import GROUPS
from mama_desktop.services.placeholders import Known, Placeholder, written
from mama_desktop.ui import dialogs
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.icons import icon
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.letter_editor import LetterEditor
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.widgets import button, clear_layout

_CODES = tuple(LANGUAGES)
_LEFT, _BOTTOM = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignBottom
_WHOSE: dict[str, Text] = {"": T("each in their own"), "sl": T("all in Slovene"), "en": T("all in English")}


class LetterTextPanel(QWidget):
    """`changed`: something of the letter; `keep_wished(name)`: as the office's own; `back_wished`: let go of it."""

    changed = Signal()
    keep_wished = Signal(str)
    back_wished = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.chosen: LetterText = EMPTY
        self._texts: list[LetterText] = []
        self.subjects: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self.files: list[Path] = []
        self.text, self.kind, self.language = QComboBox(), QComboBox(), QComboBox()
        for box in (self.text, self.kind, self.language):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        for key, words in LETTER_KINDS.items():
            self.kind.addItem(say(words), key)
        for key, words in _WHOSE.items():
            self.language.addItem(say(words), key)
        self.codes = Segments([LANGUAGES[code] for code in _CODES])
        self.subject, self.body = QLineEdit(), LetterEditor()
        self.insert_button = button(say(T("Insert")), "plus")
        self.keep_button = button(say(T("Texts")), "bookmark")
        self.problems = Callout("no")
        self.by_organisation = QCheckBox(say(T("one to the contact person of each organisation")))
        self.by_party = QCheckBox(say(T("one to the contact person of each group or family")))
        self.by_party.hide()
        self.only_missing = QCheckBox(say(T("only to minors whose consent is missing")))
        self.only_missing.setChecked(True)
        self.only_missing.hide()
        self.calendar = QCheckBox(say(T("the event for the calendar (.ics)")))
        self.own_form = QCheckBox(say(T("each one's own form (PDF)")))
        self._attach = button(say(T("Attach a file")), "paperclip", self._on_attach, kind="plain")
        self._files = QVBoxLayout()
        self._files.setSpacing(2)
        self.name = QLineEdit()
        self.name.setPlaceholderText(say(T("Name of the text")))
        self.name.setAccessibleName(self.name.placeholderText())
        self._build()
        self.text.activated.connect(self._on_text)
        for box in (self.kind, self.language):
            box.activated.connect(self._on_changed)
        # One of the two: who is written to for an organisation is not written to for a family as well.
        self.by_organisation.toggled.connect(partial(self._on_instead, self.by_party))
        self.by_party.toggled.connect(partial(self._on_instead, self.by_organisation))
        for tick in (self.by_organisation, self.by_party, self.calendar, self.own_form, self.only_missing):
            tick.toggled.connect(self._on_changed)
        self.by_organisation.toggled.connect(self._on_by_organisation)
        self.codes.chosen.connect(self._on_code)
        self.subject.textEdited.connect(self._on_typed)
        self.body.textChanged.connect(self._on_typed)
        self.name.returnPressed.connect(self._on_name)

    def _build(self) -> None:
        say = self._speak.say
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(labelled(say(T("Text")), self.text), 1)
        top.addWidget(self.keep_button, 0)
        top.setAlignment(self.keep_button, _BOTTOM)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.codes)
        tools.addStretch(1)
        tools.addWidget(self.insert_button)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(labelled(say(T("Language")), self.language), 1)
        below.addWidget(labelled(say(T("Kind")), self.kind), 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        self.name.hide()
        lay.addLayout(top)
        lay.addWidget(self.name)
        lay.addLayout(tools)
        lay.addWidget(labelled(say(T("Subject")), self.subject))
        lay.addWidget(self.problems)
        self.body.setAccessibleName(say(T("Text of the letter")))
        lay.addWidget(self.body, 1)
        lay.addLayout(below)
        for widget in (self.only_missing, self.by_party, self.by_organisation, self.calendar, self.own_form):
            lay.addWidget(widget)
        lay.addLayout(self._files)
        lay.addWidget(self._attach, 0, _LEFT)

    # What the page gives

    def show_known(self, known: Known, *, has_event: bool, has_day: bool) -> None:
        """The placeholders that may be put in, and what can go along."""
        self.body.set_known(known)
        menu = QMenu(self)
        forms = menu.addAction(icon("venus-mars"), self._speak.say(T("Three forms: woman, man, neutral")))
        forms.triggered.connect(self._insert_forms)
        menu.addSeparator()
        for group, words in GROUPS.items():
            inside = [one for one in known.offered if one.group == group]
            if inside:
                part = menu.addMenu(self._speak.say(words))
                for one in inside:
                    part.addAction(self._speak.say(one.label)).triggered.connect(partial(self._insert, one))
        self.insert_button.setMenu(menu)
        self.calendar.setVisible(has_event and has_day)
        self.own_form.setVisible(has_event)

    def show_readers(self, *, groups: int, organisations: bool) -> None:
        """groups: how many of those chosen came together; one letter for each is then what is wished at first.

        organisations: they are written to themselves, so that nothing is put together.
        """
        self.by_party.setVisible(groups > 0)
        self.by_organisation.setVisible(not organisations)
        for tick, on in ((self.by_party, groups > 0), (self.by_organisation, False)):
            tick.blockSignals(True)
            tick.setChecked(on)
            tick.blockSignals(False)

    def show_texts(self, texts: Sequence[LetterText]) -> None:
        self._texts = [*texts, EMPTY]
        self.text.clear()
        for one in self._texts:
            own = self._speak.say(T("{name} (our text)", name=one.name)) if one.id and one.is_shipped else ""
            self.text.addItem(own or self._speak.say(one.name), one.key)
        self.text.setCurrentIndex(max(0, self.text.findData(self.chosen.key)))
        self._show_menu()

    def choose(self, key: str) -> None:
        """Take a text, instead of what is written."""
        self.chosen = next((one for one in self._texts if one.key == key), EMPTY)
        self.text.setCurrentIndex(self.text.findData(self.chosen.key))
        self.kind.setCurrentIndex(self.kind.findData(self.chosen.kind))
        self.subjects, self.bodies = dict(self.chosen.subjects), dict(self.chosen.bodies)
        if self.chosen.kind == "consent":
            # It names the minor it is about.
            self.by_party.setChecked(False)
        self._show_words()
        self._show_menu()
        self.changed.emit()

    @property
    def is_changed(self) -> bool:
        return self.subjects != dict(self.chosen.subjects) or self.bodies != dict(self.chosen.bodies)

    @property
    def code(self) -> str:
        return _CODES[self.codes.current]

    def show_problems(self, words: Sequence[Text]) -> None:
        self.problems.tell("\n".join(self._speak.say(one) for one in words))

    def name_of_text(self) -> str:
        return self._speak.say(self.chosen.name) if self.chosen.key else ""

    # Slots

    def _show_words(self) -> None:
        self.subject.setText(self.subjects.get(self.code, ""))
        self.body.set_text(self.bodies.get(self.code, ""))

    def _show_menu(self) -> None:
        menu = QMenu(self)
        say = self._speak.say
        if self.chosen.key:
            menu.addAction(say(T("Keep as our text"))).triggered.connect(partial(self.keep_wished.emit, ""))
        menu.addAction(say(T("Keep as a new text …"))).triggered.connect(self._ask_name)
        if self.chosen.id:
            words = T("Back to the shipped text") if self.chosen.is_shipped else T("Delete this text")
            menu.addSeparator()
            menu.addAction(say(words)).triggered.connect(self.back_wished)
        self.keep_button.setMenu(menu)

    def _ask_name(self) -> None:
        self.name.show()
        self.name.setFocus()

    def _on_name(self) -> None:
        self.name.hide()
        self.keep_wished.emit(self.name.text())
        self.name.clear()

    def _on_text(self, place: int) -> None:
        key = self.text.itemData(place)
        if self.is_changed:
            question = T("Take the text “{name}” instead of what is written?", name=self.text.itemText(place))
            if dialogs.ask(self, self._speak, question, T("Take it")) is None:
                self.text.setCurrentIndex(self.text.findData(self.chosen.key))
                return
        self.choose(key)

    def _on_code(self, _place: int) -> None:
        self._show_words()

    def _on_typed(self) -> None:
        now = (self.subject.text(), self.body.toPlainText())
        if now != (self.subjects.get(self.code, ""), self.bodies.get(self.code, "")):
            self.subjects[self.code], self.bodies[self.code] = now
            self.changed.emit()

    def _on_instead(self, other: QCheckBox, on: bool) -> None:
        if on:
            other.setChecked(False)

    def _on_by_organisation(self, on: bool) -> None:
        """The ready text with the list of people, unless something is written already."""
        if on and not self.is_changed:
            self.choose(BY_ORGANISATION)

    def _on_changed(self, _value: object = None) -> None:
        self.changed.emit()

    def _insert(self, placeholder: Placeholder, _checked: bool = False) -> None:
        self.body.insert(written(placeholder, self.code))

    def _insert_forms(self, _checked: bool = False) -> None:
        self.body.insert("[vesela|vesel|z veseljem]" if self.code == "sl" else "[she|he|they]")

    def _on_attach(self) -> None:
        kinds = f"{self._speak.say(T('All files'))} (*)"
        self.files += dialogs.choose_file(self, self._speak.say(T("Attach a file")), kinds, several=True)
        self._show_files()

    def _show_files(self) -> None:
        clear_layout(self._files)
        for path in self.files:
            made: QPushButton = button(path.name, "xmark", partial(self._on_detach, path), kind="plain")
            made.setToolTip(self._speak.say(T("Take {name} off", name=path.name)))
            made.setAccessibleName(made.toolTip())
            self._files.addWidget(made, 0, _LEFT)
        self.changed.emit()

    def _on_detach(self, path: Path) -> None:
        self.files.remove(path)
        self._show_files()


def texts_of(panel: LetterTextPanel) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Subjects and bodies as they stand now."""
    return dict(panel.subjects), dict(panel.bodies)
