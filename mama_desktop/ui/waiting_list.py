"""The waiting list of an event: its order by buttons, keys or drag, each move with a reason; parties as one block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services import deciding, waiting_blocks, waiting_list
from mama_desktop.services.waiting_blocks import Block, WaitingList
from mama_desktop.ui.decisions import Decisions
from mama_desktop.ui.page import Page
from mama_desktop.ui.reason_popup import ReasonPopup
from mama_desktop.ui.to_place_popup import ToPlacePopup
from mama_desktop.ui.waiting_list_rows import BLOCK, WaitingBlocks
from mama_desktop.ui.widgets import Elided, EmptyPage, Flow, button, shortened

_LAST_REASON = "waiting/reason"


class WaitingListView(QWidget):
    """`set_event`, then `refresh`. `opened(registration)` for a double click or Enter on one person."""

    opened = Signal(str)
    left = Signal()
    """Back to the table of all registrations."""

    def __init__(self, page: Page, decisions: Decisions) -> None:
        super().__init__()
        self._page, self._decisions, self._event = page, decisions, ""
        self._agreed = ""
        say, writes = page.say, page.db.read_only is None
        self.list = WaitingBlocks(page.speak)
        self.list.setAccessibleName(say(T("The waiting list, the first first")))
        self.list.moved.connect(self._on_dragged)
        self.list.step_asked.connect(self.step)
        self.list.opened.connect(self.opened)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.set_movable(writes)
        self._back = button(say(T("All registrations")), "arrow-left", self.left.emit)
        self._promote = button(say(T("Accept")), "check", self.promote)
        self._up = button(say(T("Up")), "arrow-up", partial(self.step, -1))
        self._up.setToolTip(say(T("One place up (Alt+↑)")))
        self._down = button(say(T("Down")), "arrow-down", partial(self.step, 1))
        self._down.setToolTip(say(T("One place down (Alt+↓)")))
        self._to = button(say(T("To a place …")), "arrows-up-down", self.ask_place)
        self.about = Elided("", "muted")
        self._other = button("", do=self.ask_other_reason, kind="plain")
        self._other.setToolTip(say(T("Another reason for the next move")))
        bar = QWidget()
        flow = Flow()
        bar.setLayout(flow)
        flow.add([self._back, self._promote, self._up, self._down, self._to, self._other])
        frame = QFrame()
        frame.setObjectName("tableFrame")
        self._stack = QStackedLayout(frame)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(EmptyPage("hourglass-half", say(T("Nobody is on the waiting list."))))
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.about)
        lay.addWidget(bar)
        lay.addWidget(frame, 1)
        for made in (self._promote, self._up, self._down, self._to):
            made.setVisible(writes)
        self._show_buttons()

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event, self._agreed = event_id, ""

    def refresh(self) -> None:
        page = self._page
        shown = page.db.read(waiting_blocks.waiting_blocks, self._event, language=page.speak.code)
        self.list.show_blocks(shown.blocks)
        self._stack.setCurrentIndex(0 if shown.blocks else 1)
        self.about.setText(self._about_words(shown))
        self._show_buttons()

    def _about_words(self, shown: WaitingList) -> str:
        say = self._page.say
        parts = [say(TN("{count} person waits", "{count} people wait", shown.people))]
        if shown.free is not None:
            free = TN("{count} place is free", "{count} places are free", shown.free)
            parts.append(say(free if shown.free else T("no places are free")))
        if shown.closes:
            parts.append(say(T("whoever registers now goes to the end of this list")))
        return "  ·  ".join(parts)

    def _show_buttons(self) -> None:
        chosen = self.list.chosen()
        for made in (self._promote, self._up, self._down, self._to):
            made.setEnabled(bool(chosen))
        self._up.setEnabled(len(chosen) == 1 and self.list.row(chosen[0]) > 0)
        self._down.setEnabled(len(chosen) == 1 and self.list.row(chosen[0]) < self.list.count() - 1)
        self._to.setEnabled(len(chosen) == 1 and self.list.count() > 1)
        self._other.setText(self._page.say(T("Reason: {reason}", reason=shortened(self._agreed, 40))))
        self._other.setVisible(bool(self._agreed))

    # Promotion

    def promote(self) -> None:
        keys = [key for item in self.list.chosen() for key in item.data(BLOCK).keys]
        if keys:
            promote(self._page, self._decisions, self._event, keys)
            self.list.setFocus()

    # Order

    def step(self, by: int) -> None:
        """The chosen block one place up (-1) or down (1)."""
        chosen = self.list.chosen()
        if len(chosen) == 1 and self._page.db.read_only is None:
            row = self.list.row(chosen[0])
            if 0 <= row + by < self.list.count():
                self._move(chosen[0].data(BLOCK), row + by, self._up if by < 0 else self._down)

    def ask_place(self) -> None:
        chosen = self.list.chosen()
        if len(chosen) == 1:
            block: Block = chosen[0].data(BLOCK)
            popup = ToPlacePopup(self.list.row(chosen[0]) + 1, self.list.count(), self._page.speak, self)
            popup.given.connect(partial(self._on_place, block))
            popup.open_below(self._to)

    def _on_place(self, block: Block, place: int) -> None:
        self._move(block, place - 1, self._to)

    def _on_dragged(self, block: Block, to: int) -> None:
        self._move(block, to, self._to)

    def ask_other_reason(self) -> None:
        """The next move asks again."""
        self._agreed = ""
        self._show_buttons()
        self.list.setFocus()

    def _move(self, block: Block, to: int, below: QWidget) -> None:
        """The reason is asked once; it holds for further moves until another is wanted."""
        if self._agreed:
            self._write(block, to, self._agreed, "")
            return
        popup = ReasonPopup(
            T("Why does the order change?"), T("Change the order"), [], self._page.speak, self, needed=True,
            last=str(self._page.shell.habits.value(_LAST_REASON, "")),
            hint=T("The reason is kept in the history. It holds for further moves too."),
        )  # fmt: skip
        popup.given.connect(partial(self._write, block, to))
        popup.destroyed.connect(self._on_asked)
        popup.open_below(below)

    def _on_asked(self, *_gone: Any) -> None:
        """Where nothing was given, what was dragged goes back to its place."""
        if not self._agreed and self._event:
            self.refresh()

    def _write(self, block: Block, to: int, reason: str, _by: str) -> None:
        self._agreed = reason
        self._page.shell.habits.setValue(_LAST_REASON, reason)
        self._page.write(
            waiting_blocks.move_block, self._event, list(block.keys), to, reason=reason,
            label=waiting_blocks.label_of,
        )  # fmt: skip
        self.refresh()
        self.list.choose(block.keys[0])
        self.list.setFocus()


def promote(page: Page, decisions: Decisions, event_id: str, keys: Sequence[str]) -> None:
    """Accept who waits; when they do not fit, one question."""
    now = page.db.clock.now()
    decisions.over_capacity_asked(
        partial(waiting_list.promote, event_id=event_id, keys_or_party=list(keys), now=now), deciding.label_of
    )
