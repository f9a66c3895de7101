"""The options of the event as a menu for the chosen registrations: ticked where all of them have chosen it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T
from mama_desktop.services import capacity
from mama_desktop.services.capacity import OptionRow
from mama_desktop.services.counting import OverCapacity
from mama_desktop.ui.asking import ask_over
from mama_desktop.ui.page import Page

# Beyond these nobody looks at ticks, and reading them would be felt.
_MOST_TICKED = 200


class OptionMenu(QMenu):
    """`show_for(event, keys)` before it opens; hidden where the event has no options."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(page.say(T("Options")), parent)
        self._page, self._parent = page, parent

    def show_for(self, event_id: str, keys: Sequence[str]) -> None:
        self.clear()
        options = self._page.db.read(capacity.options, event_id, self._page.speak.code)
        chosen = self._chosen_by_all(keys) if len(keys) <= _MOST_TICKED else set()
        group = ""
        for option in options:
            if option.group != group:
                group = option.group
                self.addSection(group)
            action = self.addAction(f"{option.name}   {option.now}")
            action.setCheckable(True)
            action.setChecked(option.id in chosen)
            action.triggered.connect(partial(self._on_chosen, list(keys), option, action))
        self.menuAction().setVisible(bool(options))

    def _chosen_by_all(self, keys: Sequence[str]) -> set[str]:
        def read(session: Any) -> list[set[str]]:
            return [set(capacity.options_of(session, key)) for key in keys]

        found = self._page.db.read(read)
        return set.intersection(*found) if found else set()

    def _on_chosen(self, keys: list[str], option: OptionRow, action: QAction, *_checked: bool) -> None:
        if action.isChecked():
            self._choose(keys, option, over_capacity=False)
            return

        def leave(session: Any) -> None:
            for key in keys:
                capacity.leave_option(session, key, option.id)

        words = TN("{count} person without {option}", "{count} people without {option}", len(keys), option=option.name)
        self._page.write(leave, label=words, tell=True)

    def _choose(self, keys: list[str], option: OptionRow, *, over_capacity: bool) -> None:
        page = self._page

        def choose(session: Any) -> None:
            for key in keys:
                capacity.choose_option(session, key, option.id, over_capacity=over_capacity)

        words = TN("{count} person: {option}", "{count} people: {option}", len(keys), option=option.name)
        label = T("{what} (over capacity)", what=words) if over_capacity else words
        try:
            page.db.write(choose, label=label)
        except OverCapacity as error:
            if not over_capacity and ask_over(self._parent, page, error):
                self._choose(keys, option, over_capacity=True)
            return
        except OfficeError as error:
            page.shell.show_error(error)
            return
        page.shell.notice_done(label)
