"""The steps of the chosen claims or travel orders as a menu; what none of them can take is grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page


class Deeds(Protocol):
    """What can be done with the chosen: of which of them, and do it."""

    def of(self, deed: str) -> list[str]: ...
    def do(self, deed: str, *_checked: bool) -> None: ...


class DeedMenu(QMenu):
    """words: deed → its words, picture, and what else is known of it; `first_back`: steps back begin with this one."""

    def __init__(
        self, page: Page, deeds: Deeds, words: Mapping[str, Sequence[Any]], first_back: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self.steps: dict[str, QAction] = {}
        for deed, (said, picture, *_) in words.items():
            if deed == first_back:
                self.addSeparator()
            action = self.addAction(icon(picture), page.say(said))
            action.triggered.connect(partial(deeds.do, deed))
            self.steps[deed] = action
        self.aboutToShow.connect(self.show_possible)

    def show_possible(self) -> None:
        for deed, action in self.steps.items():
            action.setEnabled(bool(self._deeds.of(deed)))

    def add_to(self, menu: QMenu) -> None:
        """The same in the menu of a row."""
        self.show_possible()
        found = [action for action in self.steps.values() if action.isEnabled()]
        if found:
            menu.addSeparator()
            menu.addActions(found)
