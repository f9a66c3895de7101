"""A form: labels above fields, two columns when wide, one when narrow, the error under its field; no Save button.

form = Form(speak, today=db.clock.today, complete=...)
form.add_group(T("Person"), fields)          # a title and its fields
form.edit_requested.connect(...)             # (field key, value): a finished edit that differs from what is shown
form.set_values({...}); form.set_error("email", error.what)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.editors import Complete, as_editor, make_editor
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import label

_TWO_COLUMNS_FROM = 680
_WIDEST = 980


class _Field(QWidget):
    """One field: its label, its editor, and below what is wrong with it."""

    def __init__(self, field: FieldInfo, editor: QWidget, speak: Language) -> None:
        super().__init__()
        self.editor = editor
        name = label(speak.say(field.label), "fieldLabel")
        name.setBuddy(editor)
        self.error = label("", "fieldError", wrap=True)
        self.error.hide()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        if isinstance(editor, QCheckBox):
            # Its own words stand beside the box, and can be clicked too.
            editor.setText(speak.say(field.label))
            name.hide()
        for part in (name, editor, self.error):
            lay.addWidget(part)
        lay.addStretch(1)


class Form(QScrollArea):
    edit_requested = Signal(str, object)

    def __init__(
        self, speak: Language, *, today: Callable[[], dt.date], complete: Complete | None = None,
        wide: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """`wide`: keys of fields that take the whole width; long texts always do."""
        super().__init__()
        self._speak, self._today, self._complete, self._wide = speak, today, complete, wide
        self._values: dict[str, Any] = {}
        self._groups: list[tuple[QLabel | None, list[str]]] = []
        self._shown: dict[str, _Field] = {}
        self._columns = 0
        self._inside = QWidget()
        self._inside.setObjectName("page")
        self._inside.setMaximumWidth(_WIDEST)
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 4, 16, 16)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(12)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Tab goes from field to field; the form itself has nothing to show that it has the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._inside)

    def add_group(
        self, title: Text | None, fields: Sequence[FieldInfo], editors: Mapping[str, QWidget] | None = None
    ) -> None:
        """Fields that belong together, below a title. `editors`: a page's own (an `Editor`) for some of them."""
        for field in fields:
            own = editors.get(field.key) if editors else None
            widget = own or make_editor(field, self._speak, self._today(), self._complete)
            widget.setEnabled(field.editable)
            as_editor(widget).finished.connect(partial(self._on_finished, field.key))
            self._shown[field.key] = _Field(field, widget, self._speak)
            if field.kind == "long-text":
                self._wide |= {field.key}
        heading = label(self._speak.say(title), "groupTitle") if title is not None else None
        self._groups.append((heading, [f.key for f in fields]))
        self._columns = 0
        self._place(2)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show a record; a field that is being written in keeps what is typed."""
        before, self._values = self._values, dict(values)
        for key, shown in self._shown.items():
            if shown.editor.hasFocus() and (values.get(key) == before.get(key) or self._is_typed(key, before.get(key))):
                continue
            as_editor(shown.editor).set_value(values.get(key))
            self.set_error(key, None)

    def _is_typed(self, key: str, shown: Any) -> bool:
        """Whether somebody has typed there; else what changed meanwhile is shown, and not undone when they leave it."""
        try:
            value = as_editor(self._shown[key].editor).value()
        except Unreadable:
            return True
        return bool(value != shown and (value or shown))

    def set_error(self, key: str, words: Text | None) -> None:
        """What is wrong, under its field; None takes it away."""
        error = self._shown[key].error
        error.setText(self._speak.say(words) if words is not None else "")
        error.setVisible(words is not None)

    def set_read_only(self, read_only: bool) -> None:
        for shown in self._shown.values():
            shown.editor.setEnabled(not read_only)

    def set_field_visible(self, key: str, visible: bool) -> None:
        self._shown[key].setVisible(visible)

    def editor(self, key: str) -> QWidget:
        return self._shown[key].editor

    def focus_first(self) -> None:
        next(iter(self._shown.values())).editor.setFocus()

    def _on_finished(self, key: str) -> None:
        try:
            value = as_editor(self._shown[key].editor).value()
        except Unreadable:
            self.set_error(key, T("This cannot be read. Check what you typed."))
            return
        self.set_error(key, None)
        before = self._values.get(key)
        if value != before and (value or before or value is False):
            self._values[key] = value
            self.edit_requested.emit(key, value)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        # The room that is left over stands below the last row only.
        for old in range(self._grid.rowCount()):
            self._grid.setRowStretch(old, 0)
        row = 0
        for heading, keys in self._groups:
            if heading is not None:
                self._grid.addWidget(heading, row, 0, 1, 2)
                row += 1
            column = 0
            for key in keys:
                is_wide = key in self._wide or columns == 1
                if is_wide and column:
                    row, column = row + 1, 0
                self._grid.addWidget(self._shown[key], row, column, 1, 2 if is_wide else 1)
                row, column = (row + 1, 0) if is_wide or column else (row, 1)
            row += column
        for number in range(2):
            self._grid.setColumnStretch(number, 1)
        self._grid.setRowStretch(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if self.viewport().width() >= _TWO_COLUMNS_FROM else 1)
