"""How a meeting's report is taken in: for which sessions, how long is long enough, and what of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.online_attendance import OnlineOptions, key_of
from mama_desktop.services.sessions import SessionRow
from mama_desktop.services.sessions import label as session_label
from mama_desktop.ui.widgets import Flow, clear_layout, label, shortened


class OnlineOptionsBar(QWidget):
    """`changed`: something else is wished; `options(before)` says what."""

    changed = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak, say = speak, speak.say
        self._flow = Flow(16, 8)
        self.setLayout(self._flow)
        self.sessions: dict[str, QCheckBox] = {}
        self._parts = QWidget()
        self._part_flow = Flow(16, 6)
        self._parts.setLayout(self._part_flow)
        self.least = QLineEdit()
        self.least.setValidator(QIntValidator(0, 1_440, self.least))
        self.least.setFixedWidth(64)
        words = say(T("Present after at least"))
        self.least.setAccessibleName(words)
        least = QWidget()
        row = QHBoxLayout(least)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = label(words)
        name.setBuddy(self.least)
        row.addWidget(name)
        row.addWidget(self.least)
        row.addWidget(label(say(T("min"))))
        self.absent = QCheckBox(say(T("Who is not in the report was absent")))
        self.overwrite = QCheckBox(say(T("Replace marks keyed in by hand")))
        self.confirm = QCheckBox(say(T("Confirm the key-in at once")))
        self.confirm.setToolTip(say(T("From then on the session counts in reports; it can be corrected later.")))
        self._flow.add([self._parts, least, self.absent, self.confirm, self.overwrite])
        self.least.editingFinished.connect(self._on_changed)
        self.overwrite.hide()
        for box in (self.absent, self.overwrite, self.confirm):
            box.toggled.connect(self._on_changed)

    def show_options(self, rows: Sequence[SessionRow], options: OnlineOptions) -> None:
        """The sessions there are (a single one is not asked about) and what is proposed."""
        self.blockSignals(True)
        clear_layout(self._part_flow)
        self.sessions = {}
        if len(rows) != 1 or not options.sessions:
            self._part_flow.addWidget(label(self._speak.say(T("The report is about:"))))
        for row in rows:
            words = session_label(row, self._speak.code)
            box = QCheckBox(shortened(words, 44).replace("&", "&&"))
            box.setToolTip(words)
            box.setChecked(key_of(row) in options.sessions)
            box.toggled.connect(self._on_changed)
            self.sessions[key_of(row)] = box
            self._part_flow.addWidget(box)
        self.least.setText(str(options.least))
        self.absent.setChecked(options.absent)
        self.overwrite.setChecked(options.overwrite)
        self.confirm.setChecked(options.confirm)
        self.blockSignals(False)

    def options(self, before: OnlineOptions) -> OnlineOptions:
        return replace(
            before,
            sessions=tuple(key for key, box in self.sessions.items() if box.isChecked()),
            least=int(self.least.text() or 0),
            absent=self.absent.isChecked(),
            overwrite=self.overwrite.isChecked(),
            confirm=self.confirm.isChecked(),
        )

    def _on_changed(self, _value: object = None) -> None:
        if not self.signalsBlocked():
            self.changed.emit()
