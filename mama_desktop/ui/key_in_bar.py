"""Which sheet is keyed in: its code, or one of the printed sheets, and which of the sessions signed on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services.attendance import KeyIn
from mama_desktop.services.issues import IssueInfo
from mama_desktop.services.sessions import label as session_label
from mama_desktop.ui.issue_words import issue_line


class KeyInBar(QWidget):
    """`sheet_wished(code)`, `part_wished(session key)`."""

    sheet_wished = Signal(str)
    part_wished = Signal(str)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        say = speak.say
        self.code = QLineEdit()
        self.code.setPlaceholderText(say(T("Sheet code")))
        self.code.setAccessibleName(say(T("The code at the bottom left of the sheet, six letters and digits")))
        self.code.setToolTip(self.code.accessibleName())
        self.code.setMaximumWidth(150)
        self.code.returnPressed.connect(self._on_code)
        self.sheets, self.parts = QComboBox(), QComboBox()
        self.sheets.setAccessibleName(say(T("Printed sheet")))
        self.parts.setAccessibleName(say(T("Session")))
        for box, chosen in ((self.sheets, self._on_sheet), (self.parts, self._on_part)):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(24)
            box.activated.connect(chosen)
            box.hide()
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        for widget in (self.code, self.sheets, self.parts):
            lay.addWidget(widget)

    def show_key_in(self, shown: KeyIn, printed: Sequence[IssueInfo]) -> None:
        """The sheet that is keyed in, the other sheets of its session and the other sessions on it."""
        say, code = self._speak.say, self._speak.code
        self.code.setText(shown.code)
        self.sheets.clear()
        for one in printed:
            self.sheets.addItem(issue_line(one, self._speak), one.code)
        self.sheets.setCurrentIndex(self.sheets.findData(shown.code))
        self.sheets.setVisible(len(printed) > 1)
        self.parts.clear()
        for part in shown.sessions:
            state = say(T("keyed in")) if part.is_confirmed else say(T("not keyed in"))
            self.parts.addItem(f"{session_label(part, code)}  ·  {state}", part.id)
        self.parts.setCurrentIndex(self.parts.findData(shown.session.id))
        self.parts.setVisible(len(shown.sessions) > 1)

    def show_nothing(self) -> None:
        self.sheets.hide()
        self.parts.hide()
        self.code.setFocus()

    def _on_code(self) -> None:
        if self.code.text().strip():
            self.sheet_wished.emit(self.code.text().strip())

    def _on_sheet(self, place: int) -> None:
        self.sheet_wished.emit(str(self.sheets.itemData(place)))

    def _on_part(self, place: int) -> None:
        self.part_wished.emit(str(self.parts.itemData(place)))


def state_words(shown: KeyIn) -> tuple[Text | None, str]:
    """What has to be known of the sheet before it is keyed in, and its tone; None when nothing has."""
    part = shown.session
    if part.is_confirmed:
        words = T(
            "Confirmed by {who}, {when}. It counts in every list and report.",
            who=part.confirmed_by, when=part.confirmed_at,
        )  # fmt: skip
        return words, "ok"
    if not shown.code:
        return T("No sheet is printed for this session; these are the people who are accepted now."), "info"
    return None, "info"
