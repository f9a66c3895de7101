"""The sheet below a heading, as in Excel: sort this column, choose which of its values are shown, hide it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import T, fold
from mama_desktop.i18n import Language
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.rows_model import RowsModel
from mama_desktop.ui.widgets import SearchField, button, label

_MOST = 500
"""More different values than this are searched, not listed."""


class ColumnFilter(Popup):
    changed = Signal()
    sort_asked = Signal(list)
    hide_asked = Signal(int)

    def __init__(self, rows: RowsModel, column: int, speak: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._column, self._speak = rows, column, speak
        self._key = rows.field(column).key
        self._values = rows.values_of(column)
        say = speak.say
        self.lay.addWidget(label(say(rows.field(column).label), "fieldLabel"))
        for words, picture, do in (
            (T("Sort up"), "arrow-up", self._on_up),
            (T("Sort down"), "arrow-down", self._on_down),
            (T("Hide this column"), "eye-slash", self._on_hide),
        ):
            self.lay.addWidget(button(say(words), picture, do, kind="plain"), 0, Qt.AlignmentFlag.AlignLeft)
        self._search = SearchField(say(T("Search the values …")))
        self._search.setMaximumWidth(1000)
        self._search.textChanged.connect(self._on_search)
        self._list = _Values()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(say(rows.field(column).label))
        self._list.itemChanged.connect(self._on_item)
        self._all = button(say(T("Show all")), "filter", self._on_all, kind="plain")
        for part in (self._search, self._list, self._all):
            self.lay.addWidget(part)
        self._search.setVisible(len(self._values) > 8)
        self._fill("")

    def _fill(self, words: str) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        wanted = self._rows.wanted.get(self._key)
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
        self._all.setEnabled(wanted is not None)

    def _on_search(self, words: str) -> None:
        self._fill(words)

    def _on_item(self, item: QListWidgetItem) -> None:
        value: Any = self._values[item.data(Qt.ItemDataRole.UserRole)][0]
        wanted = set(self._rows.wanted.get(self._key, frozenset()))
        if item.checkState() == Qt.CheckState.Checked:
            wanted.add(value)
        else:
            wanted.discard(value)
        self._rows.set_wanted(self._key, frozenset(wanted) or None)
        self._all.setEnabled(bool(wanted))
        self.changed.emit()

    def _on_all(self) -> None:
        self._rows.set_wanted(self._key, None)
        self._fill(self._search.text())
        self.changed.emit()

    def _on_up(self) -> None:
        self.sort_asked.emit([(self._key, False)])
        self.close()

    def _on_down(self) -> None:
        self.sort_asked.emit([(self._key, True)])
        self.close()

    def _on_hide(self) -> None:
        self.hide_asked.emit(self._column)
        self.close()


class _Values(QListWidget):
    def sizeHint(self) -> QSize:
        height = min(max(self.count(), 1), 9) * max(self.sizeHintForRow(0), 28) + 14
        return QSize(min(max(self.sizeHintForColumn(0) + 56, 240), 420), height)
