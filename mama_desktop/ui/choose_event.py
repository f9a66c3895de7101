"""Which event? A small sheet: the coming ones at once, any other by a part of its title."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import T
from mama_desktop.services import event_choice
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import SearchField, label

_MOST = 40


class ChooseEvent(Popup):
    chosen = Signal(str)
    """The key of the event."""

    def __init__(self, page: Page, parent: QWidget, *, past_first: bool = False, without: str = "") -> None:
        """`past_first`: events that were come first; `without`: the key of one that is not offered."""
        super().__init__(parent)
        self._page, self._past_first, self._without = page, past_first, without
        self.setMinimumWidth(460)
        self.search = SearchField(page.say(T("Title, place or code of the event …")))
        self.search.setMaximumWidth(10_000)
        self.search.textChanged.connect(self._on_typed)
        self.search.left_downwards.connect(self._on_down)
        self.found = QListWidget()
        self.found.setObjectName("choices")
        self.found.setAccessibleName(page.say(T("Events")))
        self.found.setFixedHeight(260)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.itemActivated.connect(self._on_picked)
        self.found.itemClicked.connect(self._on_picked)
        self.lay.addWidget(label(page.say(T("Choose the event")), "cardTitle"))
        self.lay.addWidget(self.search)
        self.lay.addWidget(self.found)
        self._on_typed("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def _on_typed(self, words: str) -> None:
        self.found.clear()
        page = self._page
        hits = page.db.read(
            event_choice.events_to_choose, words, today=page.db.clock.today(), past_first=self._past_first,
            limit=_MOST, language=page.speak.code,
        )  # fmt: skip
        for hit in hits:
            if hit.id == self._without:
                continue
            when = page.speak.event_dates(hit.starts_on, hit.ends_on, hit.precision)
            item = QListWidgetItem(" · ".join(part for part in (when, hit.title) if part))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, hit.id)
            self.found.addItem(item)
        if not self.found.count():
            item = QListWidgetItem(page.say(T("Nothing found. Try a part of a name, a place or a code.")))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)

    def _on_down(self) -> None:
        self.found.setFocus()
        self.found.setCurrentRow(0)

    def _on_picked(self, item: QListWidgetItem) -> None:
        if key := item.data(Qt.ItemDataRole.UserRole):
            self.close()
            self.chosen.emit(key)
