"""The board of one direction: at the left who has no seat, at the right the trips; people go over by hand or by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from mama_desktop.domain.text import TN, T
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import offered
from mama_desktop.services.transport.board import Board
from mama_desktop.services.transport.moving import Spot
from mama_desktop.ui.icons import icon
from mama_desktop.ui.page import Page
from mama_desktop.ui.segments import Segments
from mama_desktop.ui.theme import scaled
from mama_desktop.ui.transport import board_moves
from mama_desktop.ui.transport.board_lines import Line, due_words, trip_lines, waiting_lines
from mama_desktop.ui.transport.board_sides import SideHead, framed, show_empty
from mama_desktop.ui.transport.board_tree import BoardTree
from mama_desktop.ui.transport.new_trip_popup import NewTripPopup
from mama_desktop.ui.transport.put_popup import PutPopup, targets
from mama_desktop.ui.transport.trip_menu import TripMenu
from mama_desktop.ui.widgets import Chip, EmptyPage, SearchField, button

_SHARES = "transport/board"
_FILTER_MS = 150
_NARROW = 900


class BoardView(QWidget):
    """`set_event` and `refresh` come from the tab; the live counts stand above the two sides."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._event = page, ""
        self.board = Board("", boards.BOTH[0])
        say, writes = page.say, page.db.read_only is None
        self.ways = Segments((say(T("Outward")), say(T("Return"))))
        self.ways.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.ways.chosen.connect(self._on_way)
        self.filter = SearchField(say(T("Search by name, organisation, town …")))
        self.filter.left_downwards.connect(self._on_left_downwards)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_FILTER_MS)
        self._later.timeout.connect(self._fill)
        self.filter.textChanged.connect(self._later.start)
        self.together = button(say(T("Parties together")), "people-group", self._on_together)
        self.together.setCheckable(True)
        self.together.setChecked(board_moves.together(page))
        about = T("Whoever is moved takes along their party; guardians and their minors stay together.")
        self.together.setToolTip(f"{self.together.accessibleName()}\n{say(about)}")
        self.put_button = button(say(T("Put into …")), "arrow-right", self.ask_where)
        self.put_button.setToolTip(say(T("Choose a trip or a stop for those chosen (Ctrl+M)")))
        self.new_button = button(say(T("New trip")), "plus", self.new)
        self.left = BoardTree(say(T("Who has no seat")), roomy=True)
        self.left.close_line("own-way")
        self.right = BoardTree(say(T("Trips with their stops and people")), roomy=False)
        self._menus = TripMenu(page, self)
        for tree in (self.left, self.right):
            tree.set_movable(writes)
            tree.dropped.connect(self._on_dropped)
            tree.put_asked.connect(self.ask_where)
            tree.out_asked.connect(self.take_out)
            tree.opened.connect(self._on_opened)
            tree.menu_asked.connect(self._on_menu)
            tree.chosen_changed.connect(partial(self._on_chosen, tree))
        self._build(writes)
        if writes:
            keys = QShortcut(QKeySequence("Ctrl+M"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(self.ask_where)

    def _build(self, writes: bool) -> None:
        say = self._page.say
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.ways)
        bar.addWidget(self.filter, 1)
        for made in (self.together, self.put_button, self.new_button):
            # Shown before it has a place it would be a window for a moment.
            if not writes:
                made.hide()
            made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        bar.addStretch(0)
        bar.addWidget(self.together)
        bar.addWidget(self.put_button)
        bar.addWidget(self.new_button)
        self._no_trips = EmptyPage()
        self._no_trips.asked.connect(self._on_first_step)
        nobody = EmptyPage("user-check", say(T("Nobody has a place at this event yet.")))
        self._left_head, self._right_head = SideHead(self._on_chip), SideHead(self._on_chip)
        self._left_stack = framed(self._left_head, self.left, nobody)
        self._right_stack = framed(self._right_head, self.right, self._no_trips)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._split.addWidget(self._left_stack)
        self._split.addWidget(self._right_stack)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 3)
        if (kept := self._page.shell.habits.value(_SHARES)) is not None:
            self._split.restoreState(kept)
        self._split.splitterMoved.connect(self._on_split)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addLayout(bar)
        lay.addWidget(self._split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the icon stands for the words, else those of the direction would be cut."""
        super().resizeEvent(event)
        words = "" if self.width() < scaled(_NARROW) else "  " + self.together.accessibleName()
        if self.together.text() != words:
            self.together.setText(words)

    # What the tab asks

    def set_event(self, event_id: str) -> None:
        if event_id != self._event:
            self._event = event_id
            self.filter.clear()
            self.left.clearSelection()
            self.right.clearSelection()

    def refresh(self) -> None:
        direction = boards.BOTH[self.ways.current]
        self.board = self._page.db.read(boards.board, self._event, direction, language=self._page.speak.code)
        for place, (way, words) in enumerate(zip(boards.BOTH, (T("Outward"), T("Return")), strict=True)):
            count = self.board.counts[way].without
            self.ways.set_words(place, f"{self._page.say(words)} ({self._page.speak.number(count)})")
        self._fill()

    def _fill(self) -> None:
        speak, wanted = self._page.speak, self.filter.text()
        self.left.show_lines(waiting_lines(self.board, speak, wanted))
        self.right.show_lines(trip_lines(self.board, speak, wanted))
        here = self.board.here
        show_empty(self._left_stack, empty=here.seated + here.without + here.own_way == 0)
        show_empty(self._right_stack, empty=not self.board.trips)
        if not self.board.trips:
            self._no_trips.set_content(
                "bus", self._page.say(T("No trip is planned in this direction yet.")), self._first_step()
            )  # fmt: skip
        self._show_counts()
        self._show_buttons()

    def _show_counts(self) -> None:
        here, say = self.board.here, self._page.say
        self._left_head.show_chips(
            Chip(
                say(TN("{count} without transport", "{count} without transport", here.without)),
                "wait" if here.without else "ok", "without",
            ),
            Chip(say(TN("{count} on their own way", "{count} on their own way", here.own_way)), "neutral", "own-way"),
        )  # fmt: skip
        self._right_head.show_chips(
            Chip(
                say(TN("{count} with a seat", "{count} with a seat", here.seated)), "ok" if here.seated else "neutral",
            ),
            Chip(say(TN("{count} seat free", "{count} seats free", here.free)), "info"),
        )  # fmt: skip

    def _on_chip(self, view: str) -> None:
        """To the beginning of those counted."""
        if view == "own-way" and (index := self.left.index_of(view)).isValid():
            self.left.setExpanded(index, True)
            self.left.setCurrentIndex(index)
            self.left.scrollTo(index, self.left.ScrollHint.PositionAtTop)
        else:
            self.left.scrollToTop()
        self.left.setFocus()

    def selection_words(self) -> str:
        keys = self.chosen()
        if not keys:
            return ""
        more = len(board_moves.with_companions(self._page, self.board, keys)) - len(keys)
        said = self._page.say(TN("{count} person chosen", "{count} people chosen", len(keys)))
        if more:
            said += "  ·  " + self._page.say(TN("{count} goes along", "{count} go along", more))
        return said

    def focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def show_trip(self, key: str) -> None:
        """Bring a trip into sight, in whichever direction it goes."""
        if self.board.trip(key) is None:
            self.ways.choose(1 - self.ways.current)
        index = self.right.index_of(key)
        if index.isValid():
            self.right.setCurrentIndex(index)
            self.right.scrollTo(index, self.right.ScrollHint.PositionAtTop)

    # Moving

    def chosen(self) -> list[str]:
        """The registrations chosen, at the one side or the other."""
        return self.left.chosen() or self.right.chosen()

    def ask_where(self) -> None:
        """The chooser: a trip or stop by typing (M, Enter, Ctrl+M)."""
        keys = self.chosen()
        if not keys or self._page.db.read_only is not None:
            return
        all_of_them = board_moves.with_companions(self._page, self.board, keys)
        names = board_moves.words_of_many(board_moves.names_of(self.board, all_of_them))
        speak = self._page.speak
        places = targets(self.board, speak, keys[0])
        question = speak.say(T("Put {names} into …", names=names))
        first = next((r for r in self.board.riders() if r.id == keys[0]), None)
        if first is not None and first.due:
            question += f"  ({due_words(first, speak)})"
        popup = PutPopup(question, places, speak, self)
        popup.chosen.connect(partial(self.put, all_of_them))
        popup.open_below(self.put_button)

    def take_out(self) -> None:
        keys = self.right.chosen()
        if keys and self._page.db.read_only is None:
            self.put(board_moves.with_companions(self._page, self.board, keys), Spot())

    def put(self, keys: Sequence[str], spot: Spot) -> None:
        focused = self.right if self.right.hasFocus() else self.left
        if board_moves.put(self._page, self.board, keys, spot, self):
            focused.setFocus()

    def _on_dropped(self, keys: list[str], line: Line | None) -> None:
        known = [key for key in keys if any(r.id == key for r in self.board.riders())]
        if line is None and self.sender() is self.right:
            self._page.shell.notice(T("Nobody was moved: drop people on a trip or on a stop."))
            return
        spot = line.spot if line is not None else Spot()
        # The drag is over only when this returns: a question would be asked in the middle of it.
        moved = board_moves.with_companions(self._page, self.board, known)
        QTimer.singleShot(0, self, partial(self.put, moved, spot))

    def _on_chosen(self, tree: BoardTree) -> None:
        other = self.right if tree is self.left else self.left
        if tree.chosen() and other.chosen():
            other.clearSelection()
        moved = board_moves.with_companions(self._page, self.board, tree.chosen())
        tree.dragged_words = self._page.say(board_moves.words_of_many(board_moves.names_of(self.board, moved)))
        self._show_buttons()
        self._page.shell.say_selection(self.selection_words())

    def _show_buttons(self) -> None:
        self.put_button.setEnabled(bool(self.chosen()))

    def _on_together(self) -> None:
        board_moves.set_together(self._page, self.together.isChecked())
        self._on_chosen(self.right if self.right.chosen() else self.left)

    # Trips

    def _first_step(self) -> str:
        """What is offered where no trip is: to bring back those who are driven there, else a new one."""
        if self._page.db.read_only is not None:
            return ""
        if self.board.direction == "back" and self.board.counts["there"].trips:
            return self._page.say(T("Make the way back of all outward trips"))
        return self._page.say(T("New trip"))

    def _on_first_step(self) -> None:
        if self.board.direction == "back" and self.board.counts["there"].trips:
            label = T("Way back of all outward trips")
            self._page.write(offered.bring_all_back, self._event, label=label, tell=True)
        else:
            self.new()

    def new(self) -> None:
        if self._page.db.read_only is not None or not self._event:
            return
        popup = NewTripPopup(self._page, self.board, self)
        popup.made.connect(self._on_made)
        popup.open_below(self.new_button)

    def _on_made(self, key: str) -> None:
        if not open_trip(self._page, key):
            self.show_trip(key)

    def _on_opened(self, line: Line) -> None:
        if line.kind in ("trip", "stop") and line.spot.trip_id:
            open_trip(self._page, line.spot.trip_id)
        elif line.rider:
            rider = next((r for r in self.board.riders() if r.id == line.rider), None)
            if rider is not None:
                self._page.shell.go("person", rider.person_id)

    def _on_menu(self, line: Line, at: QPoint) -> None:
        trip = self.board.trip(line.spot.trip_id)
        if line.kind == "person":
            self._person_menu(line).popup(at)
        elif trip is not None:
            self._menus.menu_of(trip).popup(at)

    def _person_menu(self, line: Line) -> QMenu:
        say, menu = self._page.say, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._page.db.read_only is None:
            if line.rider not in self.chosen():
                (self.right if self.right.index_of(line.rider).isValid() else self.left).choose([line.rider])
            _entry(menu, say(T("Put into …")), "arrow-right", self.ask_where)
            if self.right.chosen():
                _entry(menu, say(T("Take out of the trip")), "arrow-left", self.take_out)
            own = Spot(own_way=True)
            _entry(menu, say(T("On their own way")), "person-walking", partial(self._put_chosen, own))
            menu.addSeparator()
        _entry(menu, say(T("Open the person")), "user", partial(self._on_opened, line))
        return menu

    def _put_chosen(self, spot: Spot) -> None:
        self.put(board_moves.with_companions(self._page, self.board, self.chosen()), spot)

    # The rest

    def _on_way(self, _place: int) -> None:
        if self._event:
            self.left.clearSelection()
            self.right.clearSelection()
            self.refresh()

    def _on_left_downwards(self) -> None:
        self.left.setFocus()
        if not self.left.currentIndex().isValid():
            self.left.setCurrentIndex(self.left.rows.index(0, 0))

    def _on_split(self, _at: int, _which: int) -> None:
        self._page.shell.habits.setValue(_SHARES, self._split.saveState())


def open_trip(page: Page, key: str) -> bool:
    """The page of the trip, where the window has one."""
    page.shell.go("trip", key)
    return True


def _entry(menu: QMenu, words: str, picture: str, do: Callable[[], Any]) -> None:
    action = QAction(icon(picture), words, menu)
    action.triggered.connect(do)
    menu.addAction(action)
