"""One editor for each kind of field, the same in a cell, a form and "change many".

Each has `set_value(raw)`, `value()` (raises `said.Unreadable` for words that are no value) and the signal `finished`.
The value of an organisation, person, project, staff or town field is the `Found` picked from the completions, the
typed words (str) when nothing was picked, or None when emptied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol, cast

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, QStringListModel, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T, sort_key
from mama_desktop.i18n import Language, country_names
from mama_desktop.ui.calendar import make_calendar
from mama_desktop.ui.icons import icon
from mama_desktop.ui.said import read_value, sayer

Complete = Callable[[str, str], list[Found]]
"""(kind of field, typed words) → what may be meant, best first."""
PICKED = frozenset({"organisation", "person", "project", "staff", "town", "carrier"})


class Editor(Protocol):
    finished: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...


def make_editor(
    field: FieldInfo, speak: Language, today: dt.date, complete: Complete | None = None, parent: QWidget | None = None
) -> QWidget:
    """The editor of a field (an `Editor`), named for screen readers."""
    made = _make(field, speak, today, complete, parent)
    made.setAccessibleName(speak.say(field.label))
    return made


def _make(
    field: FieldInfo, speak: Language, today: dt.date, complete: Complete | None, parent: QWidget | None
) -> QWidget:
    if field.kind == "choices":
        return CheckList(field, speak, parent)
    if field.kind == "bool":
        return CheckEditor(parent)
    if field.choices or field.kind == "country":
        return ChoiceEditor(field, speak, parent)
    if field.kind == "long-text":
        return LongTextEditor(parent)
    if field.kind == "date":
        return DateEditor(field, speak, today, parent)
    if field.kind in PICKED and complete is not None:
        return PickEditor(field, speak, complete, parent)
    return TextEditor(field, speak, today, parent)


class TextEditor(QLineEdit):
    """Words and numbers."""

    finished = Signal()

    def __init__(self, field: FieldInfo, speak: Language, today: dt.date, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._field, self._speak, self._today = field, speak, today
        self._say = sayer(field, speak)
        self.editingFinished.connect(self.finished)

    def set_value(self, value: Any) -> None:
        self.setText(self._say(value))
        # The beginning of long words says more than their end.
        self.setCursorPosition(0)

    def value(self) -> Any:
        return read_value(self._field, self.text(), self._speak, self._today)


class LongTextEditor(QPlainTextEdit):
    """Several lines; Ctrl+Enter finishes."""

    finished = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(84)

    def set_value(self, value: Any) -> None:
        self.setPlainText(value or "")

    def value(self) -> str | None:
        return self.toPlainText().strip() or None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class DateEditor(TextEditor):
    """A date typed as anybody types it (2. 4. 2020, 2.4., 2020-04-02) or taken from the calendar (Alt+Down)."""

    def __init__(self, field: FieldInfo, speak: Language, today: dt.date, parent: QWidget | None) -> None:
        super().__init__(field, speak, today, parent)
        self.setPlaceholderText(speak.say(T("d. m. yyyy")))
        self._open = self.addAction(icon("calendar-days"), QLineEdit.ActionPosition.TrailingPosition)
        self._open.setToolTip(speak.say(T("Calendar")))
        self._open.triggered.connect(self.open_calendar)
        self._popup: QFrame | None = None

    def open_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setObjectName("popup")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = make_calendar(self._speak)
        try:
            shown = self.value() or self._today
        except ValueError:
            shown = self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        lay = QVBoxLayout(popup)
        lay.setContentsMargins(8, 8, 8, 8)
        lay.addWidget(calendar)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        calendar.setFocus()
        self._popup = popup

    def _on_picked(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.set_value(dt.date(day.year(), day.month(), day.day()))
        self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(QComboBox):
    """One of a few; a field that was empty may stay empty."""

    finished = Signal()

    def __init__(self, field: FieldInfo, speak: Language, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(14)
        said = {key: speak.say(text) for key, text in field.choices.items()}
        if not said and field.kind == "country":
            names = country_names()[speak.code]
            said = dict(sorted(names.items(), key=lambda item: sort_key(item[1])))
        for key, words in said.items():
            self.addItem(words, key)
        self.activated.connect(self._on_activated)
        # A long list must be neither as wide as its longest word in a form nor cut in its popup.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        widest = max((self.fontMetrics().horizontalAdvance(words) for words in said.values()), default=0)
        self.view().setMinimumWidth(widest + 40)

    def set_value(self, value: Any) -> None:
        place = self.findData(value) if value not in (None, "") else -1
        if place < 0 and self.findData(None) < 0:
            self.insertItem(0, "—", None)
            place = 0
        self.setCurrentIndex(max(place, 0))

    def value(self) -> Any:
        return self.currentData()

    def open_soon(self) -> None:
        """In a cell the list is open at once, as soon as the editor stands in its place."""
        QTimer.singleShot(0, self, self.showPopup)

    def _on_activated(self, _place: int) -> None:
        self.finished.emit()

    def wheelEvent(self, event: Any) -> None:
        # A wheel over a form scrolls the form; it must not change what is stored.
        event.ignore()


class CheckEditor(QCheckBox):
    """Yes or no."""

    finished = Signal()

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.clicked.connect(self._on_clicked)

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def value(self) -> bool:
        return self.isChecked()

    def _on_clicked(self, _on: bool) -> None:
        self.finished.emit()


class CheckList(QListWidget):
    """Several of a few: Space or a click marks, Enter finishes."""

    finished = Signal()

    def __init__(self, field: FieldInfo, speak: Language, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("choices")
        self._keys = list(field.choices)
        for key, text in field.choices.items():
            words, remark = speak.say(text), field.remarks.get(key)
            item = QListWidgetItem(f"{words} ({speak.say(remark)})" if remark else words)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.itemClicked.connect(self._on_clicked)
        self._before: dict[int, Qt.CheckState] = {}

    def sizeHint(self) -> QSize:
        rows = min(self.count(), 8)
        return QSize(self.sizeHintForColumn(0) + 56, rows * max(self.sizeHintForRow(0), 28) + 14)

    def set_value(self, value: Any) -> None:
        for place, key in enumerate(self._keys):
            on = key in (value or ())
            self.item(place).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._remember()

    def value(self) -> list[str]:
        return [key for n, key in enumerate(self._keys) if self.item(n).checkState() == Qt.CheckState.Checked]

    def _remember(self) -> None:
        self._before = {n: self.item(n).checkState() for n in range(self.count())}

    def _on_clicked(self, item: QListWidgetItem) -> None:
        # A click on the box has already turned it; a click on the words should too.
        if self._before.get(self.row(item)) == item.checkState():
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self._remember()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)
            self._remember()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class PickEditor(QLineEdit):
    """A name with completions while you type."""

    finished = Signal()

    def __init__(self, field: FieldInfo, speak: Language, complete: Complete, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._kind = field.kind
        self._say = sayer(field, speak)
        self._complete = complete
        self._found: dict[str, Found] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        list_view = QListView()
        list_view.setObjectName("completions")
        completer.setPopup(list_view)
        completer.setWidget(self)
        completer.activated.connect(self._on_picked)
        self._completer = completer
        self._list = list_view
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._on_finished)

    def set_value(self, value: Any) -> None:
        self.setText(self._say(value))
        self.setCursorPosition(0)
        if isinstance(value, Found):
            self._found[self.text()] = value

    def value(self) -> Found | str | None:
        words = self.text().strip()
        return self._found.get(words, words) or None

    def _on_edited(self, words: str) -> None:
        found = self._complete(self._kind, words) if words.strip() else []
        self._found = {f"{f.title} · {f.detail}" if f.detail else f.title: f for f in found}
        self._names.setStringList(list(self._found))
        if found:
            self._completer.complete()
        else:
            self._list.hide()

    def _on_picked(self, words: str) -> None:
        self.setText(words)
        self.finished.emit()

    def _on_finished(self) -> None:
        # While the list of completions is open, the focus only went there.
        if not self._list.isVisible():
            self.finished.emit()


def as_editor(widget: QWidget) -> Editor:
    """The same widget, known as an editor."""
    return cast("Editor", widget)


def is_finishing_key(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
