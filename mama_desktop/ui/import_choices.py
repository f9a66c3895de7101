"""Possible matches: for each row of the file, the people it might be, to be told apart by one click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.taking_in import LEAVE_OUT, NEW, Option, Row
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.widgets import label

# More than these at once nobody decides; the others follow when these are decided.
_SHOWN = 60


class ImportChoices(ScrollColumn):
    """`decided(line, what)`: the key of a person, NEW or LEAVE_OUT."""

    decided = Signal(int, str)

    def __init__(self, speak: Language) -> None:
        super().__init__(8)
        self._speak = speak
        self._lines: tuple[int, ...] = ()
        self.cards: dict[int, ChoiceCard] = {}

    def show_preview(self, preview: Preview) -> None:
        rows = preview.comparison.group("possible")
        open_first = sorted(rows, key=lambda row: preview.decisions.people.get(row.line) is not None)
        lines = tuple(row.line for row in rows)
        # While the same rows are asked about, the cards stay where they are under the person's hand.
        if lines != self._lines:
            self._lines = lines
            self.clear()
            self.cards = {}
            for row in open_first[:_SHOWN]:
                card = ChoiceCard(row, self._speak)
                card.decided.connect(self.decided)
                self.cards[row.line] = card
                self.add(card)
            if len(rows) > _SHOWN:
                words = T("{count} more are not shown; without a decision they stay out.", count=len(rows) - _SHOWN)
                self.add(label(self._speak.say(words), "muted", wrap=True))
        for row in rows:
            if row.line in self.cards:
                self.cards[row.line].show_decision(preview.decisions.people.get(row.line, ""))


class ChoiceCard(QFrame):
    """One row of the file with what it might be."""

    decided = Signal(int, str)

    def __init__(self, row: Row, speak: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._line, self._speak = row.line, speak
        say = speak.say
        lay = self._lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 10, 16, 10)
        lay.setSpacing(4)
        lay.addWidget(label(say(T("Row {row}: {name}", row=row.line, name=row.name)), "emptyTitle", wrap=True))
        if about := self._about(row):
            lay.addWidget(label(about, "muted", wrap=True))
        for words in row.notices:
            lay.addWidget(label(say(words), "muted", wrap=True))
        self._group = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        lay.addSpacing(4)
        for option in row.options:
            name = say(T("The same person: {name}", name=option.name))
            self._add(option.person_id, name, self._said(option))
        self._add(NEW, say(T("Somebody else: add a new person")))
        self._add(LEAVE_OUT, say(T("Leave this row out")))

    def _about(self, row: Row) -> str:
        values = row.source.values if row.source is not None else {}
        keys = ("organisation", "email", "phone", "birth_date", "birth_year", "town")
        said = (self._speak.date(v) if hasattr(v, "isoformat") else str(v) for k in keys if (v := values.get(k)))
        return "  ·  ".join(said)

    def _said(self, option: Option) -> str:
        say = self._speak.say
        reasons = ", ".join(say(reason) for reason in option.reasons)
        registered = say(T("registered for this event already")) if option.registration_id else ""
        return "  ·  ".join(part for part in (option.detail, reasons, registered) if part)

    def _add(self, what: str, words: str, about: str = "") -> None:
        choice = QRadioButton(words.replace("&", "&&"))
        choice.setAccessibleDescription(about)
        choice.clicked.connect(partial(self._on_chosen, what))
        self._group.addButton(choice)
        self.choices[what] = choice
        self._lay.addWidget(choice)
        if about:
            details = label(about, "muted", wrap=True)
            details.setContentsMargins(26, 0, 0, 4)
            self._lay.addWidget(details)

    def show_decision(self, what: str) -> None:
        self._group.setExclusive(False)
        for key, choice in self.choices.items():
            choice.setChecked(key == what)
        self._group.setExclusive(True)

    def _on_chosen(self, what: str, _on: bool = True) -> None:
        self.decided.emit(self._line, what)
