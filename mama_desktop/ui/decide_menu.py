"""The menu of what can be decided about the chosen registrations; what none of them can take is grey."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.registrations import REPLIES, may_follow
from mama_desktop.domain.text import TN, T
from mama_desktop.services import parties
from mama_desktop.ui.decisions import DEEDS, Decisions, open_at
from mama_desktop.ui.expenses.claims_made import add_claims
from mama_desktop.ui.icons import icon
from mama_desktop.ui.option_menu import OptionMenu
from mama_desktop.ui.page import Page
from mama_desktop.ui.party_popup import PartyPopup
from mama_desktop.ui.registration_columns import values
from mama_desktop.ui.row_table import RowTable

# The steps an office takes most, in the order of the day.
_STEPS = ("accepted", "waiting", "declined", "confirmed", "cancelled", "applied", "invited")
# These in the menu of a row as well.
_OFTEN = _STEPS[:5]
_ICONS = {
    "accepted": "check", "waiting": "hourglass-half", "declined": "xmark", "confirmed": "check-double",
    "cancelled": "user-xmark", "applied": "inbox", "invited": "envelope", "coming": "circle-check",
    "not-coming": "circle-xmark", "none": "circle-question",
}  # fmt: skip


class DecideMenu(QMenu):
    """`set_event`; below: the button it opens from, where a reason is asked for; `add_to` the menu of a row."""

    def __init__(self, page: Page, table: RowTable, decisions: Decisions, below: QWidget) -> None:
        super().__init__(below)
        self._page, self._table, self._decisions, self._below, self._event = page, table, decisions, below, ""
        # Where a sheet opens that asks for more: below the button, or at the cell whose menu was used.
        self._anchor = below
        say = page.say
        self.steps: dict[str, QAction] = {}
        for status in _STEPS:
            self.steps[status] = self._add(status, say(DEEDS[status]))
            self.steps[status].triggered.connect(partial(self.on_decided, status))
        self.replies: list[QAction] = [self.addSeparator()]
        for reply in ("coming", "not-coming", "none"):
            action = self._add(reply, say(T("Invited: {reply}", reply=REPLIES[reply])))
            action.triggered.connect(partial(self.on_reply, reply))
            self.replies.append(action)
        self.options = OptionMenu(page, below)
        self.addSeparator()
        self.addMenu(self.options)
        self.together = self.addAction(icon("people-group"), say(T("Together as a group or family …")))
        self.together.triggered.connect(self.put_together)
        self.apart = self.addAction(say(T("Take out of the group")))
        self.apart.triggered.connect(self.take_out)
        self.aboutToShow.connect(self._on_opening)

    def _add(self, key: str, words: str) -> QAction:
        return self.addAction(icon(_ICONS[key]), words)

    def set_event(self, event_id: str) -> None:
        self._event = event_id

    def _on_opening(self) -> None:
        self._anchor = self._below
        self.show_possible()

    def show_possible(self) -> None:
        """What was answered is asked of the invited only; options where the event has any."""
        keys = self._table.selected_keys()
        self.options.show_for(self._event, keys)
        there = set(self._statuses(keys).values())
        for status, action in self.steps.items():
            action.setEnabled(any(before != status and may_follow(before, status) for before in there))
        for action in self.replies:
            action.setVisible("invited" in there)
        self.apart.setEnabled(any(self._values(keys, "party").values()))

    def add_to(self, menu: QMenu) -> None:
        """The same in the menu of a row: what can be done with the chosen, in the same words."""
        if not self._table.selected_keys() or self._page.db.read_only is not None:
            return
        self.show_possible()
        menu.addSeparator()
        menu.addActions([self.steps[status] for status in _OFTEN if self.steps[status].isEnabled()])
        menu.addActions([action for action in self.replies[1:] if action.isVisible()])
        if self.options.menuAction().isVisible():
            menu.addMenu(self.options)
        menu.addAction(self.together)
        if self.apart.isEnabled():
            menu.addAction(self.apart)
        add_claims(self._page, self._table, menu)
        self._anchor = self._table.view

    def of_status(self, keys: Sequence[str], status: str) -> list[str]:
        return [key for key, now in self._statuses(keys).items() if now == status]

    def _statuses(self, keys: Sequence[str]) -> dict[str, str]:
        return self._values(keys, "status")

    def _values(self, keys: Sequence[str], field: str) -> dict[str, str]:
        listing = self._table.rows.listing
        found = dict(zip(listing.keys, values(listing, field), strict=False))
        return {key: found[key] for key in keys if key in found}

    def on_decided(self, status: str, *_checked: bool) -> None:
        if keys := self._table.selected_keys():
            self._decisions.decide(keys, status, self._anchor)
            # On to the next rows by keyboard, not back through the buttons above.
            self._table.view.setFocus()

    def on_reply(self, reply: str, *_checked: bool) -> None:
        if keys := self.of_status(self._table.selected_keys(), "invited"):
            self._decisions.answer(keys, reply)
            self._table.view.setFocus()

    def put_together(self) -> None:
        if keys := self._table.selected_keys():
            open_at(PartyPopup(self._page, self._event, keys, self._below), self._anchor)

    def take_out(self) -> None:
        if keys := self._table.selected_keys():
            words = TN("{count} person taken out of the group", "{count} people taken out of the group", len(keys))
            self._page.write(parties.put_together, keys, None, label=words, tell=True)
            self._table.view.setFocus()
