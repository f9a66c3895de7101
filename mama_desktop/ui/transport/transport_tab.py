"""The Transport tab of an event: its ways of looking at who travels how, beside each other."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.transport.board_view import BoardView


class Part(Protocol):
    """What every part can do; each is a widget made from the page alone."""

    def set_event(self, event_id: str) -> None: ...
    def refresh(self) -> None: ...


@dataclass(frozen=True)
class PartOf:
    """One part: its key (`event|…|transport:key` opens it), its words, and where its widget is made."""

    key: str
    words: Text
    make: Callable[[Page], QWidget]


def _later(module: str, name: str) -> Callable[[Page], QWidget]:
    """A widget of a module of this folder, imported when it is first seen."""

    def make(page: Page) -> QWidget:
        made: QWidget = getattr(importlib.import_module(f"mama_desktop.ui.transport.{module}"), name)(page)
        return made

    return make


# A part that is not the board is one more line here.
PARTS = (
    PartOf("board", T("Who rides in what"), _later("board_view", "BoardView")),
    PartOf("legs", T("Travel details"), _later("legs_tab", "LegsTab")),
    PartOf("arrivals", T("Arrivals and departures"), _later("arrivals_tab", "ArrivalsTab")),
    PartOf("suggestion", T("Suggestion"), _later("proposal_view", "ProposalView")),
    PartOf("carpool", T("Carpool"), _later("carpool_view", "CarpoolView")),
)  # fmt: skip


class TransportTab(QWidget):
    """`set_event(event_id)` and `refresh()` are called by the page; `show_part(key)` opens one of the parts."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        self.segments = Segments([page.say(part.words) for part in PARTS])
        self.segments.chosen.connect(self._on_part)
        self._stack = QStackedWidget()
        self._made: dict[int, QWidget] = {}
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.segments)
        line.addStretch(1)
        lay.addLayout(line)
        lay.addWidget(self._stack, 1)

    @property
    def board(self) -> BoardView:
        return cast("BoardView", self._part(0))

    def _part(self, place: int) -> QWidget:
        if place not in self._made:
            self._made[place] = PARTS[place].make(self._page)
            self._stack.addWidget(self._made[place])
        return self._made[place]

    def current(self) -> QWidget:
        return self._part(self.segments.current)

    def set_event(self, event_id: str) -> None:
        self._event = event_id

    def show_part(self, key: str) -> None:
        """A part by its key; "board:<trip>" brings a trip into sight, "legs:incomplete" those with details missing."""
        key, _, trip = key.partition(":")
        for place, part in enumerate(PARTS):
            if part.key == key:
                self.segments.choose(place)
        if key == "board" and trip:
            self.refresh()
            self.board.show_trip(trip)
        elif trip and (show := getattr(self.current(), "show_view", None)) is not None:
            show(trip)

    def refresh(self) -> None:
        if not self._event:
            return
        part = cast("Part", self.current())
        part.set_event(self._event)
        part.refresh()
        self._stack.setCurrentWidget(self.current())

    def _on_part(self, _place: int) -> None:
        self.refresh()
        self._page.shell.say_selection(self.selection_words())

    # What the page's keys ask, handed to the part that is shown

    def _ask(self, what: str) -> Any:
        asked = getattr(self.current(), what, None)
        return asked() if asked is not None else None

    def selection_words(self) -> str:
        return str(self._ask("selection_words") or "")

    def focus_filter(self) -> None:
        self._ask("focus_filter")

    def new(self) -> None:
        self._ask("new")

    def edit(self) -> None:
        self._ask("edit")

    def export(self) -> None:
        self._ask("export")
