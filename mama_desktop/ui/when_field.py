"""A field for the date of an event, as far as it is known; below stands how it was understood while you type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.when import When, read_when, said_when
from mama_desktop.ui.widgets import label


class WhenField(QWidget):
    changed = Signal()

    def __init__(self, speak: Language, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._speak, self._today = speak, today
        self.line = QLineEdit()
        self.line.setPlaceholderText(speak.say(T("May 2020, 2. 4. 2020, 2–3 April 2020, 2. 4. 2020 at 9.00 …")))
        self.line.textChanged.connect(self._on_typed)
        self.understood: QLabel = label("", "fieldHint", wrap=True)
        self.understood.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        name = label(speak.say(T("When")), "fieldLabel")
        name.setBuddy(self.line)
        self.line.setAccessibleName(speak.say(T("When")))
        for part in (name, self.line, self.understood):
            lay.addWidget(part)
        self._on_typed("")

    def value(self) -> When | None:
        """What was understood; None for nothing typed or nothing understood."""
        return read_when(self.line.text(), self._today())

    def is_readable(self) -> bool:
        return not self.line.text().strip() or self.value() is not None

    def clear(self) -> None:
        self.line.clear()

    def say_wrong(self) -> None:
        """Say that what stands here cannot be read, and go there."""
        self._say(
            self._speak.say(T("This cannot be read as a date. Write it like 2. 4. 2020 or May 2020.")), "fieldError"
        )
        self.line.setFocus()
        self.line.selectAll()

    def _on_typed(self, words: str) -> None:
        found = self.value()
        if found is not None:
            self._say(f"→ {said_when(found, self._speak)}", "understood")
        elif words.strip():
            self._say(self._speak.say(T("Not understood yet …")), "fieldHint")
        else:
            self._say(self._speak.say(T("A month is enough; the day can follow later.")), "fieldHint")
        self.changed.emit()

    def _say(self, words: str, look: str) -> None:
        self.understood.setText(words)
        if self.understood.objectName() != look:
            self.understood.setObjectName(look)
            self.understood.style().unpolish(self.understood)
            self.understood.style().polish(self.understood)
