"""How a sign-in sheet is made: for which sessions, in which language, who stands on which list, which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.papers import SIGN_IN_COLUMNS, SignInOptions
from mama_desktop.services.sessions import SessionRow
from mama_desktop.services.sessions import label as session_label
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.ordered_choice import OrderedChoice
from mama_desktop.ui.widgets import clear_layout, label, number_field

LANGUAGES: dict[str, Text] = {"sl": T("Slovene"), "en": T("English"), "both": T("Slovene and English")}
SPLITS: dict[str, Text] = {
    "": T("all on one list"),
    "origin": T("local and international apart"),
    "organisation": T("one for each organisation"),
}


@dataclass(frozen=True)
class SignInWish:
    """What the person asked for; None and "" leave it to the funder's profile. sessions: keys, all when empty."""

    sessions: tuple[str, ...] = ()
    language: str = ""
    options: SignInOptions = field(default_factory=SignInOptions)


@dataclass(frozen=True)
class Allowed:
    """What the funder's profile allows."""

    one_sheet: bool = True
    email: bool = True


class SignInPanel(QWidget):
    """`changed`: the person asked for something else (`wish`)."""

    changed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.wish = SignInWish()
        self._allowed = Allowed()
        self._filling = False
        self.language, self.split = QComboBox(), QComboBox()
        for box, words in ((self.language, LANGUAGES), (self.split, SPLITS)):
            for key, text in words.items():
                box.addItem(say(text), key)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
        self.language.activated.connect(self._on_language)
        self.split.activated.connect(self._on_split)
        self._sessions_title = label(say(T("Sessions")), "fieldLabel")
        self._sessions = QVBoxLayout()
        self._sessions.setSpacing(0)
        self.session_boxes: dict[str, QCheckBox] = {}
        self.one_sheet = QCheckBox(say(T("One sheet for all of them")))
        self.one_sheet.clicked.connect(self._on_one_sheet)
        self._one_sheet_hint = label(say(T("This funder wants a sheet for each day.")), "fieldHint", wrap=True)
        self.columns = OrderedChoice(7)
        self.columns.changed.connect(self._on_columns)
        self._email_hint = label(say(T("This funder wants no e-mail on the sheet.")), "fieldHint", wrap=True)
        self.blank_rows = number_field(0, 60)
        self.blank_rows.valueChanged.connect(self._on_blank_rows)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(6)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(self._warnings)
        sessions = QVBoxLayout()
        sessions.setSpacing(4)
        sessions.addWidget(self._sessions_title)
        sessions.addLayout(self._sessions)
        sessions.addWidget(self.one_sheet)
        sessions.addWidget(self._one_sheet_hint)
        lay.addLayout(sessions)
        lay.addWidget(labelled(say(T("Language")), self.language))
        lay.addWidget(labelled(say(T("Participants")), self.split))
        lay.addWidget(
            labelled(
                say(T("Columns before the signature")), self.columns, say(T("Drag, or Ctrl and the arrows, to move."))
            )
        )
        lay.addWidget(self._email_hint)
        lay.addWidget(labelled(say(T("Blank rows at the end")), self.blank_rows))

    def show_event(self, rows: Sequence[SessionRow], allowed: Allowed) -> None:
        """The sessions to choose from, and what the profile allows."""
        self._allowed = allowed
        keys = [key_of(row) for row in rows]
        if keys != list(self.session_boxes):
            clear_layout(self._sessions)
            self.session_boxes = {}
            for row in rows:
                box = QCheckBox(session_label(row, self._speak.code).replace("&", "&&"))
                box.clicked.connect(self._on_session)
                self.session_boxes[key_of(row)] = box
                self._sessions.addWidget(box)
            if not set(self.wish.sessions) <= set(keys):
                self.wish = replace(self.wish, sessions=())
        for key, box in self.session_boxes.items():
            box.setChecked(not self.wish.sessions or key in self.wish.sessions)
        several = len(rows) > 1
        self._sessions_title.setVisible(several)
        for box in self.session_boxes.values():
            box.setVisible(several)
        self.one_sheet.setVisible(several)
        self.one_sheet.setEnabled(allowed.one_sheet)
        self._one_sheet_hint.setVisible(several and not allowed.one_sheet)
        self._email_hint.setVisible(not allowed.email)

    def reset(self) -> None:
        """Another event: nothing is asked for yet."""
        self.wish = SignInWish()

    def show_decided(self, options: SignInOptions, language: str, warnings: Sequence[Text]) -> None:
        """How the sheet in the preview was made, and what should be looked at before it is handed out."""
        self._filling = True
        self.language.setCurrentIndex(self.language.findData(language))
        self.split.setCurrentIndex(self.split.findData(options.split or ""))
        self.one_sheet.setChecked(bool(options.one_sheet))
        self.blank_rows.setValue(options.blank_rows or 0)
        offered = [(k, self._speak.say(words)) for k, (words, _) in SIGN_IN_COLUMNS.items() if self._may_stand(k)]
        self.columns.fill(offered, options.columns or ())
        clear_layout(self._warnings)
        for words in warnings:
            self._warnings.addWidget(Callout("wait", self._speak.say(words)))
        self._filling = False

    def _may_stand(self, key: str) -> bool:
        return key != "email" or self._allowed.email

    def _ask(self, **options: object) -> None:
        if not self._filling:
            self.wish = replace(self.wish, options=replace(self.wish.options, **options))  # type: ignore[arg-type]
            self.changed.emit()

    def _on_language(self, _place: int) -> None:
        self.wish = replace(self.wish, language=str(self.language.currentData()))
        self.changed.emit()

    def _on_split(self, _place: int) -> None:
        self._ask(split=str(self.split.currentData()))

    def _on_one_sheet(self, on: bool) -> None:
        self._ask(one_sheet=on)

    def _on_columns(self) -> None:
        self._ask(columns=("name", *(key for key in self.columns.chosen() if key != "name")))

    def _on_blank_rows(self, number: int) -> None:
        self._ask(blank_rows=number)

    def _on_session(self, _on: bool) -> None:
        chosen = tuple(key for key, box in self.session_boxes.items() if box.isChecked())
        # A sheet for no session at all is no sheet: nothing ticked means all, as at the beginning.
        self.wish = replace(self.wish, sessions=() if len(chosen) == len(self.session_boxes) else chosen)
        if not chosen:
            for box in self.session_boxes.values():
                box.setChecked(True)
        self.changed.emit()


def key_of(row: SessionRow) -> str:
    """How a session is asked for: a day that is not stored yet by its date."""
    return row.id or row.day.isoformat()
