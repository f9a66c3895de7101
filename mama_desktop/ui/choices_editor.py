"""The choices of a question as a field of a form: a line each, in Slovene and in English, in the office's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.widgets import button, label

_CODES = ("sl", "en")


class _Line(QWidget):
    """One choice; `key` is empty while it is new."""

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self.key = ""
        self.fields = {code: QLineEdit() for code in _CODES}
        hints = {"sl": speak.say(T("choice in Slovene")), "en": speak.say(T("in English"))}
        self.remove = button("")
        self.remove.setIcon(icon("xmark"))
        self.remove.setFixedWidth(36)
        keeps_room = self.remove.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(keeps_room)
        words = speak.say(T("Take this choice away"))
        self.remove.setToolTip(words)
        self.remove.setAccessibleName(words)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        for code, field in self.fields.items():
            field.setPlaceholderText(hints[code])
            field.setAccessibleName(hints[code])
            lay.addWidget(field, 1)
        lay.addWidget(self.remove)

    def words(self) -> dict[str, str]:
        return {code: field.text().strip() for code, field in self.fields.items()}

    def show_choice(self, choice: Mapping[str, Any]) -> None:
        self.key = str(choice.get("key") or "")
        for code, field in self.fields.items():
            words = str(choice.get(code) or "")
            if field.text().strip() != words:
                field.setText(words)
                field.setCursorPosition(0)

    def is_empty(self) -> bool:
        return not any(self.words().values())


class ChoicesEditor(QWidget):
    """An `Editor`: its value is [{"key", "sl", "en"}, …]. The last line is always free for another one."""

    finished = Signal()

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self._lines: list[_Line] = []
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(6)
        hint = speak.say(T("Enter goes to the next choice; Ctrl with an arrow key changes the order."))
        self._lay.addWidget(label(hint, "fieldHint", wrap=True))
        self._append()

    def value(self) -> list[dict[str, str]]:
        return [{"key": line.key, **line.words()} for line in self._lines if not line.is_empty()]

    def set_value(self, value: Sequence[Mapping[str, Any]] | None) -> None:
        """Lines in which somebody writes stay the same widgets: only what is different is written anew."""
        wanted = list(value or ())
        while len(self._lines) > len(wanted) + 1:
            self._drop(self._lines[-1])
        while len(self._lines) < len(wanted) + 1:
            self._append()
        for line, choice in zip(self._lines, [*wanted, {}], strict=True):
            line.show_choice(choice)
        self._show_crosses()

    def focus_new(self) -> None:
        """The keys go to the free line."""
        self._lines[-1].fields["sl"].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self._line_with_keys()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if line is not None and step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_line(self._lines.index(line), step)
        else:
            super().keyPressEvent(event)

    def move_line(self, place: int, step: int) -> None:
        """Change places with the one above or below; the free line stays last."""
        target = place + step
        last = len(self._lines) - 1
        if not 0 <= target < last or place == last:
            return
        line = self._lines.pop(place)
        self._lines.insert(target, line)
        code = next((code for code, field in line.fields.items() if field.hasFocus()), "sl")
        self._lay.removeWidget(line)
        self._lay.insertWidget(target, line)
        line.fields[code].setFocus()
        self.finished.emit()

    def _line_with_keys(self) -> _Line | None:
        return next((line for line in self._lines if line.isAncestorOf(self.focusWidget() or self)), None)

    def _append(self) -> None:
        line = _Line(self._speak)
        for field in line.fields.values():
            field.editingFinished.connect(partial(self._on_written, line))
            field.returnPressed.connect(partial(self._on_enter, line))
        line.remove.clicked.connect(partial(self._on_remove, line))
        self._lay.insertWidget(len(self._lines), line)
        self._lines.append(line)
        self._show_crosses()

    def _show_crosses(self) -> None:
        for line in self._lines:
            line.remove.setVisible(line is not self._lines[-1])

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        line.hide()
        line.deleteLater()

    def _on_written(self, line: _Line) -> None:
        if line in self._lines:
            if line is self._lines[-1] and not line.is_empty():
                self._append()
            self.finished.emit()

    def _on_enter(self, line: _Line) -> None:
        place = self._lines.index(line) + 1
        if place < len(self._lines):
            self._lines[place].fields["sl"].setFocus()

    def _on_remove(self, line: _Line, *_checked: bool) -> None:
        if line is not self._lines[-1]:
            self._drop(line)
            self.finished.emit()
