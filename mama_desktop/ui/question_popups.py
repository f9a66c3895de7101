"""Small sheets of the form's page: keeping questions as a set, and taking them over from another event."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services import question_sets
from mama_desktop.ui.labelled import labelled
from mama_desktop.ui.page import Page
from mama_desktop.ui.popup import Popup
from mama_desktop.ui.widgets import SearchField, button, label


class KeepAsSet(Popup):
    """`named(name)`."""

    named = Signal(str)

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        say = page.say
        self.name = QLineEdit()
        self.name.returnPressed.connect(self._on_keep)
        self.setMinimumWidth(360)
        self.lay.addWidget(label(say(T("Keep these questions as a set")), "cardTitle"))
        hint = say(T("So you can put them into the form of any event. A set of the same name is replaced."))
        self.lay.addWidget(labelled(say(T("Name of the set")), self.name, hint))
        keep = button(say(T("Keep")), "bookmark", self._on_keep, kind="primary")
        self.lay.addWidget(keep, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.name.setFocus()

    def _on_keep(self) -> None:
        if self.name.text().strip():
            self.named.emit(self.name.text())
            self.close()


class FromEvent(Popup):
    """`picked(event)`: an event whose questions are to be asked here too."""

    picked = Signal(str)

    def __init__(self, page: Page, event_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._event = page, event_id
        say = page.say
        self.search = SearchField(say(T("Title or code of an event …")))
        self.search.setMaximumWidth(10_000)
        self.search.textChanged.connect(self._on_typed)
        self.search.left_downwards.connect(self._on_down)
        self.found = QListWidget()
        self.found.setObjectName("choices")
        self.found.setAccessibleName(say(T("Events with questions")))
        self.found.itemActivated.connect(self._on_picked)
        self.found.itemClicked.connect(self._on_picked)
        self.found.setFixedHeight(220)
        self.setMinimumWidth(460)
        self.lay.addWidget(label(say(T("Take over the questions of another event")), "cardTitle"))
        self.lay.addWidget(self.search)
        self.lay.addWidget(self.found)
        self._on_typed("")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def _on_typed(self, words: str) -> None:
        page = self._page
        events = page.db.read(question_sets.events_with_questions, words, besides=self._event, language=page.speak.code)
        self.found.clear()
        for one in events:
            asks = page.say(TN("{count} question", "{count} questions", one.count))
            item = QListWidgetItem(" · ".join(part for part in (one.title, one.detail, asks) if part))
            item.setData(Qt.ItemDataRole.UserRole, one.key)
            item.setToolTip(item.text())
            self.found.addItem(item)
        if not events:
            item = QListWidgetItem(page.say(T("No other event asks questions of its own.")))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)

    def _on_down(self) -> None:
        self.found.setFocus()
        self.found.setCurrentRow(0)

    def _on_picked(self, item: QListWidgetItem) -> None:
        key = item.data(Qt.ItemDataRole.UserRole)
        if key:
            self.picked.emit(key)
            self.close()
