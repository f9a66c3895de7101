"""The list of funder profiles: name, and below it how sure its texts are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mama_desktop.domain.projects import CERTAINTY
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.services.profiles import ProfileRow
from mama_desktop.ui.icons import paint_icon
from mama_desktop.ui.theme import scaled, tokens
from mama_desktop.ui.widgets import Chip

_HEIGHT = 54
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


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(scaled(160), scaled(_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # The attributes of an option are not in Qt's Python stubs.
        given: Any = option
        rect, state = given.rect, given.state
        t = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 6, 6)
        font = QFont(given.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(t.color("accent" if chosen else "text"))
        upper = QRect(rect.left() + 12, rect.top() + scaled(7), rect.width() - 24, scaled(20))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)
        certainty, words = index.data(_CERTAINTY)
        tone = _TONES.get(certainty, "wait")
        lower = QRect(rect.left() + 12, rect.top() + scaled(28), rect.width() - 24, scaled(18))
        paint_icon(
            painter, QRect(lower.left(), lower.center().y() - 5, 12, 12), _ICONS.get(certainty, "circle-question"), tone
        )
        small = QFont(given.font)
        small.setPointSizeF(max(font.pointSizeF() * 0.9, 9))
        painter.setFont(small)
        painter.setPen(t.color(tone))
        painter.drawText(lower.adjusted(18, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()
