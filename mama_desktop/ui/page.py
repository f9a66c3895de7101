"""The frame of every page: where, what, when-where-who, live counts, tabs, one primary button; and what a page may ask.

To write a page, subclass `Page`, name the `kinds` of things it shows (names of tables: "registration"), build widgets
in the constructor, read and fill them in `refresh()`. That is called before the page is first seen and on every change
of its kinds, also by others; a hidden page is only marked stale. `open(key, view)` is called by `shell.go(place, key,
view)` before the refresh: `key` is the record, `view` a tab or a filter. The window's keys come as calls: `new`,
`export`, `print_out`, `focus_filter`, `edit`; leave out what the page has not. Reads: `self.db.read(query, ...)`.
Writes: `self.write(use_case, ..., label=T(...))`, which shows an OfficeError and, with `tell=True`, a notice with Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import Text
from mama_desktop.i18n import Language
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.lines import Lines
from mama_desktop.ui.palette import Command
from mama_desktop.ui.where_button import WhereButton
from mama_desktop.ui.widgets import (
    Chip,
    ChipButton,
    Elided,
    Flow,
    button,
    chip_label,
    clear_layout,
    label,
)

if TYPE_CHECKING:
    from mama_desktop.store.database import Database

ALL_KINDS = frozenset({"*"})


@dataclass(frozen=True)
class Action:
    """A button of a notice: what it says and what it does."""

    words: Text
    do: Callable[[], Any]


class Shell(Protocol):
    """What the window does for its pages."""

    @property
    def habits(self) -> QSettings:
        """The window's habits (sizes, columns, last folder); the office's settings are elsewhere."""
        ...

    def sits_here(self) -> str:
        """The key of the staff member at this computer, or "": who "mine" is."""
        ...

    def go(self, place: str, key: str = "", view: str = "") -> None:
        """Show a place ("events"), or a record of one ("event", its key, a tab)."""
        ...

    def notice(self, words: Text, *actions: Action) -> None:
        """Say at the bottom for 6 seconds what was done."""
        ...

    def notice_done(self, words: Text) -> None:
        """The same with Undo."""
        ...

    def notice_file(self, words: Text, path: Path) -> None:
        """The same with Open and Show in folder."""
        ...

    def show_error(self, error: OfficeError) -> None: ...

    def say_selection(self, words: str) -> None:
        """The left part of the status line."""
        ...

    def undo(self) -> None: ...

    def back_up(self) -> None:
        """Make a backup now, beside the window."""
        ...


class Page(QWidget):
    """See the module's words. `kinds`: which changes it wants to hear of; `ALL_KINDS` for every one."""

    kinds: frozenset[str] = frozenset()
    help_topic = ""
    under = ""

    def __init__(self, db: Database, jobs: Jobs, speak: Language, shell: Shell) -> None:
        super().__init__()
        self.db, self.jobs, self.speak, self.shell = db, jobs, speak, shell
        self.say = speak.say
        self.is_stale = True
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tabs: list[str] = []
        self._build_head()

    # What a page overrides

    def refresh(self) -> None:
        """Read from the database and show."""

    def preparations(self) -> list[Callable[[], object]]:
        """What can be made before the page is first opened, in steps of a few milliseconds each."""
        return []

    def open(self, key: str, view: str) -> None:
        """Turn to a record and a tab or filter; the refresh follows."""

    def new(self) -> None:
        """Ctrl+N."""

    def export(self) -> None:
        """Ctrl+E: to Excel."""

    def print_out(self) -> None:
        """Ctrl+P: the sign-in sheet."""

    def focus_filter(self) -> None:
        """Ctrl+F."""

    def edit(self) -> None:
        """F2."""

    def tab_changed(self, key: str) -> None:
        """A tab was chosen; its widget is already shown."""

    def selection_words(self) -> str:
        """What the status line says at the left."""
        return ""

    def commands(self) -> list[Command]:
        """What this page adds to Ctrl+K."""
        return []

    # The head

    def _build_head(self) -> None:
        # The order of Tab begins here (`_order_tabs`), and Qt orders nothing behind what cannot have the focus.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._where = QHBoxLayout()
        self._where.setSpacing(6)
        self._title = Lines("title", 3)
        self._about = Lines("about", 2)
        self._about.hide()
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._where)
        words.addWidget(self._title)
        words.addWidget(self._about)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addLayout(words, 1)
        top.addLayout(self._buttons)
        top.setAlignment(self._buttons, Qt.AlignmentFlag.AlignTop)
        self._chips = QWidget()
        self._chip_flow = Flow()
        self._chips.setLayout(self._chip_flow)
        self._chips.hide()
        self._bar = QTabBar()
        self._bar.setObjectName("tabs")
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.hide()
        self._bar.currentChanged.connect(self._on_tab)
        self._body = QStackedWidget()
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 24, 0)
        head.setSpacing(12)
        head.addLayout(top)
        head.addWidget(self._chips)
        head.addWidget(self._bar)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        lay.addLayout(head)
        self._body_holder = QVBoxLayout()
        self._body_holder.setContentsMargins(24, 0, 24, 12)
        self._body_holder.addWidget(self._body)
        lay.addLayout(self._body_holder, 1)

    def set_where(self, *steps: tuple[str, ...]) -> None:
        """The way here, each step (words, place to go to or "", key and view of a record when it is one)."""
        clear_layout(self._where)
        for number, (words, *place) in enumerate(steps):
            if number:
                self._where.addWidget(label("›", "muted"))
            if place and place[0]:
                step = WhereButton(words, place, self.shell.go)
                self._where.addWidget(step)
            else:
                self._where.addWidget(Elided(words, "whereEnd"), 1)
                break
        else:
            self._where.addStretch(1)
        self._order_tabs()

    def set_title(self, words: str) -> None:
        self._title.set_words(words)
        self._bar.setAccessibleName(words)
        self.setAccessibleName(words)

    def set_about(self, *parts: str) -> None:
        """When, where, who: parts without words are left out."""
        words = "  ·  ".join(p for p in parts if p)
        self._about.set_words(words)
        self._about.setVisible(bool(words))

    def set_chips(self, chips: Sequence[Chip], chosen: Callable[[str], None] | None = None) -> None:
        """Live counts; a chip with a `view` is a button that calls `chosen(view)`."""
        clear_layout(self._chip_flow)
        for chip in chips:
            if chip.view and chosen is not None:
                made = ChipButton(chip)
                made.chosen.connect(chosen)
                self._chip_flow.addWidget(made)
            else:
                self._chip_flow.addWidget(chip_label(chip))
        self._chips.setVisible(bool(chips))
        self._order_tabs()

    def add_button(self, words: str, picture: str, do: Callable[[], Any], *, primary: bool = False) -> QPushButton:
        """A button at the right of the head; at most one is primary."""
        made = button(words, picture, do, kind="primary" if primary else "")
        self._buttons.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._order_tabs()
        return made

    def add_to_head(self, widget: QWidget) -> None:
        """Something else than a button among those at the right of the head."""
        self._buttons.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignTop)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes through the head as it is read, then through the body; what is made anew would come last."""
        before: QWidget = self
        for line in (self._where, self._buttons, self._chip_flow):
            for place in range(line.count()):
                item = line.itemAt(place)
                widget = item.widget() if item is not None else None
                if widget is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    QWidget.setTabOrder(before, widget)
                    before = widget
        QWidget.setTabOrder(before, self._bar)

    # The body

    def set_body(self, widget: QWidget) -> None:
        """The one body of a page without tabs."""
        self._body.addWidget(widget)

    def add_tab(self, key: str, words: str, widget: QWidget) -> None:
        self._tabs.append(key)
        self._body.addWidget(widget)
        self._bar.addTab(words)
        self._bar.show()

    @property
    def tab(self) -> str:
        """The key of the tab that is shown, or ""."""
        place = self._bar.currentIndex()
        return self._tabs[place] if 0 <= place < len(self._tabs) else ""

    def show_tab(self, key: str) -> None:
        if key in self._tabs:
            self._bar.setCurrentIndex(self._tabs.index(key))

    def step_tab(self, step: int) -> None:
        """Ctrl+Tab and Ctrl+Shift+Tab."""
        if self._tabs:
            self._bar.setCurrentIndex((self._bar.currentIndex() + step) % len(self._tabs))

    def _on_tab(self, place: int) -> None:
        if 0 <= place < len(self._tabs):
            self._body.setCurrentIndex(place)
            self.tab_changed(self._tabs[place])
            self.shell.say_selection(self.selection_words())

    # Writing

    def write(self, use_case: Callable[..., Any], *args: Any, label: Any, tell: bool = False, **kwargs: Any) -> Any:
        """`db.write`; what the office can mend is shown, and None returned. `tell`: a notice with Undo."""
        try:
            result = self.db.write(use_case, *args, label=label, **kwargs)
        except OfficeError as error:
            self.shell.show_error(error)
            # What was typed does not stand: show again what does.
            self.refresh()
            return None
        if tell:
            self.shell.notice_done(label(result) if callable(label) else label)
        return result
