"""Who somebody in a report of an online meeting is: the chosen row with everybody it may be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.online_attendance import (
    LEAVE_OUT,
    WALK_IN,
    OnlinePreview,
    OnlineRow,
)
from mama_desktop.ui.widgets import label


class WhoIsIt(QWidget):
    """Below the table: who the chosen person of the report is."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.words = label("")
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMinimumWidth(420)
        completer = self.combo.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.words)
        lay.addWidget(self.combo, 1)
        lay.addStretch(1)

    def show_row(self, row: OnlineRow | None, preview: OnlinePreview | None) -> None:
        """Whom it may be first, then what else can be done, then everybody registered."""
        self.setEnabled(row is not None)
        say = self._speak.say
        if row is None or preview is None:
            self.words.setText(say(T("Who is it?")))
            self.combo.clear()
            return
        self.words.setText(say(T("Who is “{name}”?", name=row.written[:60])))
        self.combo.setAccessibleName(self.words.text())
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(say(T("to decide")) if row.registration_id is None else row.name, "")
        shown = set()
        for option in row.options:
            why = ", ".join(say(words) for words in option.why)
            key = option.registration_id or option.person_id
            shown.add(key)
            self.combo.addItem("  ·  ".join(p for p in (option.name, option.detail, why) if p), key)
        self.combo.addItem(say(T("Somebody new: register as walk-in")), WALK_IN)
        self.combo.addItem(say(T("Leave out")), LEAVE_OUT)
        for other in preview.rows:
            if other.registration_id and other.registration_id not in shown and other is not row:
                self.combo.addItem(
                    "  ·  ".join(p for p in (other.name, other.organisation) if p), other.registration_id
                )
        self.combo.setCurrentIndex(max(self.combo.findData(row.decided), 0))
        self.combo.blockSignals(False)
