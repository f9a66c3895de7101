"""The sheet below a heading, as in Excel: sort this column, choose what of it is shown, hide it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.editors import as_editor, make_editor
from mama_desktop.ui.filter_words import EMPTY, FILLED, kind_of
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.said import Unreadable
from mama_desktop.ui.widgets import SearchField, button, label

_MOST = 500
"""More different values than this are searched, not listed."""


class ColumnFilter(Popup):
    """What it shows and changes is the filter of the model, the same that the filter row shows."""

    changed = Signal()
    sort_asked = Signal(list)
    hide_asked = Signal(int)

    def __init__(
        self, rows: RowsModel, column: int, speak: Language, today: Callable[[], dt.date], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows, self._column, self._speak, self._today = rows, column, speak, today
        self._field = rows.field(column)
        self._key = self._field.key
        say = speak.say
        self.lay.addWidget(label(say(self._field.label), "fieldLabel"))
        for words, picture, do in (
            (T("Sort up"), "arrow-up", self._on_up),
            (T("Sort down"), "arrow-down", self._on_down),
            (T("Hide this column"), "eye-slash", self._on_hide),
        ):
            self.lay.addWidget(button(say(words), picture, do, kind="plain"), 0, Qt.AlignmentFlag.AlignLeft)
        self.as_well = button(say(T("Sort as well by this")), "arrow-down", self._on_as_well, kind="plain")
        others = [key for key, _ in rows.sorted_by if key != self._key]
        self.lay.insertWidget(3, self.as_well, 0, Qt.AlignmentFlag.AlignLeft)
        self.as_well.setVisible(bool(others))
        self._edges: list[QWidget] = []
        self._words: QLineEdit | None = None
        if kind_of(self._field) == "words":
            if not (self._field.choices or self._field.kind in ("bool", "country")):
                self._add_words()
        else:
            self._add_range()
        self._add_emptiness()
        self._search = SearchField(say(T("Search the values …")))
        self._search.setMaximumWidth(1000)
        self._search.textChanged.connect(self._on_search)
        self._list = _Values()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(say(self._field.label))
        self._list.itemChanged.connect(self._on_item)
        self._all = button(say(T("Show all")), "filter", self._on_all, kind="plain")
        for part in (self._search, self._list, self._all):
            self.lay.addWidget(part)
        self._values = rows.values_of(column)
        self._search.setVisible(len(self._values) > 8)
        self._fill("")

    # Parts by the kind of the column

    def _add_words(self) -> None:
        self._words = QLineEdit(self._asked.words)
        self._words.setPlaceholderText(self._speak.say(T("contains …")))
        self._words.setAccessibleName(self._speak.say(T("contains …")))
        self._words.textEdited.connect(self._on_words)
        self.lay.addWidget(self._words)

    def _add_range(self) -> None:
        kind = "date" if kind_of(self._field) == "dates" else "money" if self._field.kind == "money" else "number"
        across = QHBoxLayout()
        across.setSpacing(8)
        for words, value in ((T("From"), self._asked.first), (T("To"), self._asked.last)):
            info = FieldInfo("edge", words, kind)
            editor = make_editor(info, self._speak, self._today(), parent=self)
            as_editor(editor).set_value(value)
            editor.setMinimumWidth(120)
            as_editor(editor).finished.connect(self._on_edge)
            self._edges.append(editor)
            above = QVBoxLayout()
            above.setSpacing(2)
            above.addWidget(label(self._speak.say(words), "fieldLabel"))
            above.addWidget(editor)
            across.addLayout(above)
        self.lay.addLayout(across)

    def _add_emptiness(self) -> None:
        across = QHBoxLayout()
        across.setSpacing(8)
        self._emptiness = {}
        for empty, words in ((True, EMPTY), (False, FILLED)):
            made = button(self._speak.say(words))
            made.setCheckable(True)
            made.clicked.connect(self._on_empty if empty else self._on_filled)
            self._emptiness[empty] = made
            across.addWidget(made, 1)
        self.lay.addLayout(across)
        self._show_emptiness()

    # The filter

    @property
    def _asked(self) -> Filter:
        return self._rows.filter_of(self._key)

    def _ask(self, asked: Filter) -> None:
        self._rows.filter_by(self._key, asked)
        self._show_emptiness()
        self._all.setEnabled(bool(asked))
        self.changed.emit()

    def _show_emptiness(self) -> None:
        for empty, made in self._emptiness.items():
            made.setChecked(self._asked.empty is empty)

    def _fill(self, words: str) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        wanted = self._asked.values
        for place, (value, said, count) in enumerate(self._values):
            if words and fold(words) not in fold(said):
                continue
            if self._list.count() >= _MOST:
                break
            item = QListWidgetItem(f"{said or self._speak.say(T('(empty)'))}   {self._speak.number(count)}")
            item.setData(Qt.ItemDataRole.UserRole, place)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            on = wanted is not None and value in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._all.setEnabled(bool(self._asked))

    # Slots

    def _on_search(self, words: str) -> None:
        self._fill(words)

    def _on_words(self, words: str) -> None:
        self._ask(replace(self._asked, words=words))

    def _on_edge(self) -> None:
        try:
            first, last = (as_editor(editor).value() for editor in self._edges)
        except Unreadable:
            return
        if (first, last) != (self._asked.first, self._asked.last):
            self._ask(replace(self._asked, first=first, last=last))

    def _on_empty(self, on: bool) -> None:
        self._ask(replace(self._asked, empty=True if on else None))

    def _on_filled(self, on: bool) -> None:
        self._ask(replace(self._asked, empty=False if on else None))

    def _on_item(self, item: QListWidgetItem) -> None:
        value: Any = self._values[item.data(Qt.ItemDataRole.UserRole)][0]
        wanted = set(self._asked.values or ())
        if item.checkState() == Qt.CheckState.Checked:
            wanted.add(value)
        else:
            wanted.discard(value)
        self._ask(replace(self._asked, values=frozenset(wanted) or None))

    def _on_all(self) -> None:
        if self._words is not None:
            self._words.clear()
        for editor in self._edges:
            as_editor(editor).set_value(None)
        self._ask(Filter())
        self._fill(self._search.text())

    def _on_up(self) -> None:
        self.sort_asked.emit([(self._key, False)])
        self.close()

    def _on_down(self) -> None:
        self.sort_asked.emit([(self._key, True)])
        self.close()

    def _on_as_well(self) -> None:
        """Beside the columns sorted already, after them; once more the other way round."""
        before = dict(self._rows.sorted_by)
        others = [one for one in self._rows.sorted_by if one[0] != self._key]
        self.sort_asked.emit([*others, (self._key, before.get(self._key) is False)])
        self.close()

    def _on_hide(self) -> None:
        self.hide_asked.emit(self._column)
        self.close()


class _Values(QListWidget):
    def sizeHint(self) -> QSize:
        height = min(max(self.count(), 1), 9) * max(self.sizeHintForRow(0), 28) + 14
        return QSize(min(max(self.sizeHintForColumn(0) + 56, 240), 420), height)
