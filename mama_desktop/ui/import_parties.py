"""Groups that the file would split: for each, who would come and who would wait on, and one of three answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QRadioButton, QVBoxLayout

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.comparison import PartyAnswer
from mama_desktop.services.import_draft import Preview
from mama_desktop.services.import_parties import ANSWERS, APART, Split
from mama_desktop.ui.labelled import ScrollColumn
from mama_desktop.ui.widgets import label

# Of the names of a big group on its card.
_MOST = 12


class ImportParties(ScrollColumn):
    """`unsplit(party, answer, reason)`."""

    unsplit = Signal(str, str, str)

    def __init__(self, speak: Language) -> None:
        super().__init__(8)
        self._speak = speak
        self._asked: tuple[Split, ...] = ()
        self.cards: dict[str, PartyCard] = {}

    def show_preview(self, preview: Preview) -> None:
        asked = preview.splits()
        # While the same is asked, the cards stay where they are under the person's hand.
        if asked != self._asked:
            self._asked = asked
            self.clear()
            self.cards = {}
            for split in asked:
                card = PartyCard(split, self._speak)
                card.unsplit.connect(self.unsplit)
                self.cards[split.party.id] = card
                self.add(card)
        for key, card in self.cards.items():
            card.show_answer(preview.decisions.parties.get(key, PartyAnswer()))


class PartyCard(QFrame):
    """One group with the three answers; the reason is asked where it is taken apart."""

    unsplit = Signal(str, str, str)

    def __init__(self, split: Split, speak: Language) -> None:
        super().__init__()
        self.setObjectName("card")
        self._party, say = split.party.id, speak.say
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 10, 16, 10)
        lay.setSpacing(4)
        words = T("The group “{name}” waits together; the file accepts only a part of it.", name=split.party.name)
        lay.addWidget(label(say(words), "emptyTitle", wrap=True))
        coming = T("Accepted by the file: {names}", names=_some(split.names(split.coming)))
        staying = T("Would wait on: {names}", names=_some(split.names(split.staying)))
        for line in (coming, staying):
            lay.addWidget(label(say(line), "muted", wrap=True))
        lay.addSpacing(4)
        self._group = QButtonGroup(self)
        self.answers: dict[str, QRadioButton] = {}
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(say(T("Reason")))
        self.reason.setAccessibleName(say(T("Why the group is taken apart")))
        self.reason.editingFinished.connect(self._on_reason)
        for key, text in ANSWERS.items():
            made = QRadioButton(say(text))
            made.clicked.connect(partial(self._on_chosen, key))
            self._group.addButton(made)
            self.answers[key] = made
            lay.addWidget(made)
            if key == APART:
                lay.addWidget(self.reason)
        self.reason.hide()

    def show_answer(self, answer: PartyAnswer) -> None:
        self._group.setExclusive(False)
        for key, made in self.answers.items():
            made.setChecked(key == answer.what)
        self._group.setExclusive(True)
        self.reason.setVisible(answer.what == APART)
        if not self.reason.hasFocus():
            self.reason.setText(answer.reason)

    def _on_chosen(self, answer: str, _on: bool = True) -> None:
        self.unsplit.emit(self._party, answer, self.reason.text() if answer == APART else "")
        if answer == APART:
            self.reason.setFocus()

    def _on_reason(self) -> None:
        if self.answers[APART].isChecked():
            self.unsplit.emit(self._party, APART, self.reason.text())


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
