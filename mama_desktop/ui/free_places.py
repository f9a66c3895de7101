"""The quiet box that says what was freed, and that a place is free while people wait, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import waiting_blocks
from mama_desktop.services.waiting_blocks import Room
from mama_desktop.ui.callout import Callout
from mama_desktop.ui.decisions import Decisions
from mama_desktop.ui.page import Page
from mama_desktop.ui.proposal_popup import ProposalPopup
from mama_desktop.ui.waiting_list import promote

_NOBODY = Room(())


class FreePlaces(QWidget):
    """`set_event`, then `refresh(how many wait)`; `say_freed` after a cancellation. One box for both: rows need room.

    "Close" puts a proposal off until something else could be proposed. Nobody is ever promoted by itself.
    `list_asked()`: the waiting list is to be shown.
    """

    list_asked = Signal()

    def __init__(self, page: Page, decisions: Decisions) -> None:
        super().__init__()
        self._page, self._decisions, self._event = page, decisions, ""
        self._room = _NOBODY
        self._put_off: frozenset[str] = frozenset()
        self._freed, self._to_tell = "", tuple[str, ...]()
        self.box = Callout("info")
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self.box)
        self.hide()

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self._put_off, self._freed, self._to_tell = event_id, frozenset(), "", ()

    def say_freed(self, words: str, to_tell: Sequence[str] = ()) -> None:
        """What a cancellation freed and who has to be told; it stays until it is closed.

        to_tell: the registrations whose people have to be told, for the button that writes to them.
        """
        self._freed, self._to_tell = words, tuple(to_tell)
        self._put_off = frozenset()
        self._show()

    def refresh(self, waiting: int) -> None:
        """Nothing is read while nobody waits."""
        page = self._page
        self._room = page.db.read(waiting_blocks.room, self._event) if waiting else _NOBODY
        self._show()

    def _keys(self) -> frozenset[str]:
        return frozenset([*self._room.first_keys, *(key for one in self._room.proposals for key in one.keys)])

    def _show(self) -> None:
        say, keys = self._page.say, self._keys()
        is_new = bool(keys) and not keys <= self._put_off and self._page.db.read_only is None
        words = " ".join(part for part in (self._freed, say(self._words()) if is_new else "") if part)
        answers = []
        if self._to_tell:
            # The page has a "Write" of its own, to those who are chosen in the table.
            to = T("Write to them") if len(self._to_tell) > 1 else T("Write to the person")
            answers.append((say(to), self.write))
        if is_new and self._room.proposals:
            answers.append((say(T("Propose who comes")), self.propose))
        if is_new and self._room.first:
            answers.append((say(T("Waiting list")), self.list_asked.emit))
        self.box.tell(words, answers=[*answers, (say(T("Close")), self._close)] if words else ())
        self.setVisible(bool(words))

    def _words(self) -> Text:
        room = self._room
        if room.is_too_large:
            return TN(
                "{count} place is free; the first on the waiting list is a party of {size}.",
                "{count} places are free; the first on the waiting list is a party of {size}.",
                room.free or 0, size=len(room.first),
            )  # fmt: skip
        if room.first:
            return T(
                "There is room, but not for the first on the waiting list ({name}): a quota or an option is full.",
                name=", ".join(room.first),
            )
        if room.free is None:
            return T("There is room for people who wait.")
        return TN("{count} place is free and somebody waits.", "{count} places are free and somebody waits.", room.free)

    def write(self) -> None:
        """A letter to exactly those who have to be told."""
        self._page.shell.go("letters", self._event, "registrations:" + ",".join(self._to_tell))

    def propose(self) -> None:
        popup = ProposalPopup(self._room.proposals, self._page.speak, self)
        popup.accepted.connect(self._on_accepted)
        popup.open_below(self.box)

    def _on_accepted(self, keys: list[str]) -> None:
        promote(self._page, self._decisions, self._event, keys)

    def _close(self) -> None:
        self._freed, self._to_tell = "", ()
        self._put_off = self._keys()
        self._show()
