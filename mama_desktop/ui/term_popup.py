"""From when, until when: the days of a term of a group's member, asked in a small sheet."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import button, label

SINCE = FieldInfo("since", T("Since"), "date")
UNTIL = FieldInfo("until", T("Until"), "date")


class TermPopup(Popup):
    """`fields` with their first values; `given(values)` with the day of each, None where it was left empty."""

    given = Signal(dict)

    def __init__(
        self, title: Text, hint: Text, do: Text, fields: dict[FieldInfo, dt.date | None], speak: Language,
        today: dt.date, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setMinimumWidth(360)
        self.lay.addWidget(label(speak.say(title), "cardTitle"))
        self.lay.addWidget(label(speak.say(hint), "muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        self.editors: dict[str, QWidget] = {}
        for field, value in fields.items():
            editor = make_editor(field, speak, today)
            as_editor(editor).set_value(value)
            name = label(speak.say(field.label), "fieldLabel")
            name.setBuddy(editor)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(name)
            column.addWidget(editor)
            line.addLayout(column)
            self.editors[field.key] = editor
        self.lay.addLayout(line)
        self._error = label("", "fieldError", wrap=True)
        self._error.hide()
        self.lay.addWidget(self._error)
        self._unreadable = speak.say(T("This cannot be read. Check what you typed."))
        self.do = button(speak.say(do), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)
        for editor in self.editors.values():
            editor.returnPressed.connect(self.give)  # type: ignore[attr-defined]  # each is a line edit

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        next(iter(self.editors.values())).setFocus()

    def give(self) -> None:
        try:
            values = {key: as_editor(editor).value() for key, editor in self.editors.items()}
        except Unreadable:
            self._error.setText(self._unreadable)
            self._error.show()
            return
        self.close()
        self.given.emit(values)
