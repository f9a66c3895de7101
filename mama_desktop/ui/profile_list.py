"""The list of funder profiles: name, and below it how sure its texts are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from mama_desktop.domain.projects import CERTAINTY
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.profiles import ProfileRow
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.theme import tokens
from mama_desktop.ui.two_lines import Index, TwoLines, line
from mama_desktop.ui.widgets import Chip

_CERTAINTY = Qt.ItemDataRole.UserRole + 1
_TONES = {"A": "ok", "B": "info", "C": "wait"}
_ICONS = {"A": "check", "B": "circle-info", "C": "circle-question"}


def certainty_chip(certainty: str, speak: Language) -> Chip:
    return Chip(speak.say(CERTAINTY.get(certainty, CERTAINTY["C"])), _TONES.get(certainty, "wait"))


class ProfileList(QListWidget):
    chosen = Signal(str)

    def __init__(self, speak: Language) -> None:
        super().__init__()
        self._speak = speak
        self.setObjectName("profiles")
        self.setAccessibleName(speak.say(T("Funder profiles")))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self.currentItemChanged.connect(self._on_current)

    def show_profiles(self, rows: Sequence[ProfileRow], chosen: str) -> str:
        """Fill the list; returns the key that is chosen now."""
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.name)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            words = self._speak.say(CERTAINTY.get(row.certainty, CERTAINTY["C"]))
            item.setData(_CERTAINTY, (row.certainty, words))
            item.setToolTip(row.name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.name}, {words}")
            self.addItem(item)
        keys = [row.id for row in rows]
        self.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.blockSignals(False)
        return self.current()

    def current(self) -> str:
        item = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scrollToItem(self.currentItem())

    def _on_current(self, _now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        self.chosen.emit(self.current())


class _Painter(TwoLines):
    def below(self, painter: QPainter, room: QRect, index: Index) -> None:
        certainty, words = index.data(_CERTAINTY)
        tone = _TONES.get(certainty, "wait")
        picture = QRect(room.left(), room.center().y() - 5, 12, 12)
        paint_icon(painter, picture, _ICONS.get(certainty, "circle-question"), tone)
        painter.setPen(tokens().color(tone))
        line(painter, room.adjusted(18, 0, 0, 0), words)
