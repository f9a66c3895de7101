"""Why? A small sheet: ready texts to click, one's own words, and for a cancellation who called it off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.registrations import CANCELLED_BY
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import button, label


class ReasonPopup(Popup):
    """`given(reason, by whom)`; Enter in the field gives, also an empty reason unless one is `needed`."""

    given = Signal(str, str)

    def __init__(
        self, title: Text, do: Text, ready: Sequence[str], speak: Language, parent: QWidget, *,
        by_whom: bool = False, last: str = "", needed: bool = False, hint: Text | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        say = speak.say
        self._needed = needed
        self.setMinimumWidth(420)
        self.lay.addWidget(label(say(title), "cardTitle", wrap=True))
        if hint is not None:
            self.lay.addWidget(label(say(hint), "muted", wrap=True))
        self.by = QComboBox()
        if by_whom:
            for key, words in CANCELLED_BY.items():
                self.by.addItem(say(words), key)
            self.by.setCurrentIndex(self.by.findData("participant"))
            self._add_labelled(say(T("Called off by")), self.by)
        self.reason = QLineEdit(last)
        self.reason.returnPressed.connect(self.give)
        self.ready = QListWidget()
        self.ready.setObjectName("choices")
        self.ready.setAccessibleName(say(T("Ready reasons")))
        height = self.fontMetrics().height() + 12
        for one in ready:
            item = QListWidgetItem(one)
            item.setSizeHint(QSize(0, height))
            self.ready.addItem(item)
        self.ready.setFixedHeight(min(len(ready), 7) * height + 10)
        self.ready.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ready.itemClicked.connect(self._on_ready)
        self.ready.itemActivated.connect(self._on_activated)
        self._add_labelled(say(T("Reason")), self.reason)
        if ready:
            self.lay.addWidget(self.ready)
        self.do = button(say(do), "check", self.give, kind="primary")
        self.lay.addWidget(self.do, 0, Qt.AlignmentFlag.AlignRight)

    def _add_labelled(self, words: str, field: QWidget) -> None:
        name = label(words, "fieldLabel")
        name.setBuddy(field)
        field.setAccessibleName(words)
        self.lay.addWidget(name)
        self.lay.addWidget(field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reason.setFocus()
        self.reason.selectAll()

    def _on_ready(self, item: QListWidgetItem) -> None:
        self.reason.setText(item.text())
        self.reason.setFocus()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.reason.setText(item.text())
        self.give()

    def give(self) -> None:
        reason = self.reason.text().strip()
        if self._needed and not reason:
            self.reason.setFocus()
            return
        by = str(self.by.currentData() or "")
        self.close()
        self.given.emit(reason, by)
