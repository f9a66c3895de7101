"""The quiet box that says what was freed, and that a place is free while people wait, and opens the proposal."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import registrations, waiting_list
from mama_desktop.services.waiting_order import Proposal
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.decisions import Decisions
from mama_desktop.ui.page import Page
from mama_desktop.ui.proposal_popup import ProposalPopup
from mama_desktop.ui.waiting_list import promote


class FreePlaces(QWidget):
    """`set_event`, then `refresh(how many wait)`; `say_freed` after a cancellation. One box for both: rows need room.

    "Close" puts a proposal off until something else could be proposed. Nobody is ever promoted by itself.
    """

    def __init__(self, page: Page, decisions: Decisions) -> None:
        super().__init__()
        self._page, self._decisions, self._event = page, decisions, ""
        self._proposals: tuple[Proposal, ...] = ()
        self._put_off: frozenset[str] = frozenset()
        self._freed = ""
        self.box = Callout("info")
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.box)
        self.hide()

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self._put_off, self._freed = event_id, frozenset(), ""

    def say_freed(self, words: str) -> None:
        """What a cancellation freed and who has to be told; it stays until it is closed."""
        self._freed = words
        self._put_off = frozenset()
        self._show()

    def refresh(self, waiting: int) -> None:
        """Nothing is read while nobody waits."""
        page = self._page
        self._proposals = page.db.read(waiting_list.proposals, self._event) if waiting else ()
        self._show()

    def _show(self) -> None:
        say = self._page.say
        keys = frozenset(key for one in self._proposals for key in one.keys)
        is_proposed = bool(keys) and not keys <= self._put_off and self._page.db.read_only is None
        words = " ".join(part for part in (self._freed, say(self._words()) if is_proposed else "") if part)
        answers = [(say(T("Propose who comes")), self.propose)] if is_proposed else []
        self.box.tell(words, answers=[*answers, (say(T("Close")), self._close)] if words else ())
        self.setVisible(bool(words))

    def _words(self) -> Text:
        counts = self._page.db.read(registrations.counts, self._event)
        if counts.capacity is None:
            return T("There is room for people who wait.")
        free = counts.capacity - counts.accepted
        return TN("{count} place is free and somebody waits.", "{count} places are free and somebody waits.", free)

    def propose(self) -> None:
        popup = ProposalPopup(self._proposals, self._page.speak, self)
        popup.accepted.connect(self._on_accepted)
        popup.open_below(self.box)

    def _on_accepted(self, keys: list[str]) -> None:
        promote(self._page, self._decisions, self._event, keys)

    def _close(self) -> None:
        self._freed = ""
        self._put_off = frozenset(key for one in self._proposals for key in one.keys)
        self._show()
