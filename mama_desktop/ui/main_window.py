"""The one window: navigation, the place, the status line; it introduces its guests and falls silent.

It gets everything given: the database, the worker, its habits, the theme, the places (`Place`, in order) and the few
things only `app.py` can do (`FileCommands`). It is every page's `Shell` (see `page.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.i18n import Language, language
from mama_desktop.ui import dialogs
from mama_desktop.ui.banner import make_banner
from mama_desktop.ui.help_sheet import topic_of
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.navigation import NavEntry, Navigation
from mama_desktop.ui.notices import with_notices
from mama_desktop.ui.page import Action, Page, Shell
from mama_desktop.ui.palette import Command, Palette
from mama_desktop.ui.status_line import StatusLine
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands, file_commands, file_menu

if TYPE_CHECKING:
    from mama_desktop.store.database import Database

MakePage = Callable[["Database", Jobs, Language, Shell], Page]


@dataclass(frozen=True)
class Place:
    """One place. `make` is the page's class or any function of the same arguments, called when it is first seen.

    `at_bottom`: below, with History and Settings. `under`: the page of a record; it has no entry of its own and lights
    up that place's. `in_find`: Ctrl+K offers it all the same.
    """

    key: str
    icon: str
    words: Text
    make: MakePage
    at_bottom: bool = False
    under: str = ""
    in_find: bool = False


# What a system puts around a window, so that on a small screen its status line is still seen.
_TITLE_BAR = 40


class MainWindow(QMainWindow):
    changed = Signal(object)
    """frozenset of the kinds of things that changed, from whatever thread."""
    closed = Signal()

    def __init__(
        self, db: Database, jobs: Jobs, habits: QSettings, theme: Theme, places: Sequence[Place], *,
        find: Callable[[str], list[Found]], commands: FileCommands | None = None,
        backup_words: Callable[[], Text | None] | None = None, home: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.db, self._jobs, self.habits, self.theme = db, jobs, habits, theme
        self._places = {p.key: p for p in places}
        self._find, self._commands = find, commands or FileCommands()
        self._backup_words = backup_words
        self._pages: dict[str, Page] = {}
        self._went: list[tuple[str, str, str]] = []
        self._now: tuple[str, str, str] = (home or next(iter(self._places)), "", "")
        self.speak = language(str(habits.value("window/language", "sl")))
        self.setMinimumSize(960, 600)
        self._add_keys()
        self._build()
        self._restore_size()
        self.changed.connect(self._on_changed)
        self._end_listening = db.subscribe(self.changed.emit)
        jobs.office_error.connect(self.show_error)
        self.go(*self._now)

    # Building; again when the language changes

    def _build(self) -> None:
        say = self.speak.say
        self.setWindowTitle(f"{self.db.name} – MaMa Desktop")
        entries = [NavEntry(p.key, p.icon, say(p.words), p.at_bottom) for p in self._places.values() if not p.under]
        self.navigation = Navigation(entries, file_menu(self, self._commands), self.speak)
        self.navigation.chosen.connect(self.go)
        self.status = StatusLine(self._jobs, self.speak)
        self._stack = QStackedWidget()
        self._stack.setObjectName("places")
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        banner = make_banner(self.db, self.speak)
        if banner is not None:
            right.addWidget(banner)
        right.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(right, 1)
        middle = QWidget()
        whole = QVBoxLayout(middle)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(across, 1)
        whole.addWidget(self.status)
        self.setCentralWidget(middle)
        self._notices = self.status.notices
        self.refresh_backup_words()

    def _add_keys(self) -> None:
        for keys, do in (
            ("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+Shift+Z", self.redo), ("Ctrl+K", self.open_palette),
            ("Ctrl+N", self._on_new), ("Ctrl+E", self._on_export), ("Ctrl+P", self._on_print),
            ("Ctrl+F", self._on_filter), ("F1", self.show_help), ("F2", self._on_edit), ("F5", self._on_refresh),
            ("Alt+Left", self.go_back), ("Alt+F", self._on_file_menu),
            ("Ctrl+Tab", self._on_next_tab), ("Ctrl+Shift+Tab", self._on_previous_tab),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        for number in range(1, 10):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(partial(self._on_number, number - 1))

    def set_language(self, code: str) -> None:
        """Every word of the window in another language, in the same place."""
        if code == self.speak.code:
            return
        self.habits.setValue("window/language", code)
        self.speak = language(code)
        place, key, view = self._now
        page = self.page
        for old in self._pages.values():
            old.hide()
        self._pages.clear()
        self.status.setParent(None)
        self._build()
        self.go(place, key, page.tab or view, remember=False)

    def set_theme(self, choice: str) -> None:
        self.habits.setValue("window/theme", choice)
        self.theme.set_choice(choice)

    # Places

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._now[0]]

    def go(self, place: str, key: str = "", view: str = "", *, remember: bool = True) -> None:
        if remember and self._now[0] in self._pages and self._now != (place, key, view):
            self._went.append(self._now)
            del self._went[:-50]
        self._now = (place, key, view)
        page = self.prepare(place)
        if key or view:
            page.open(key, view)
            page.is_stale = True
        self._freshen(page)
        self._stack.setCurrentWidget(page)
        self.navigation.show_place(page.under or self._places[place].under or place)
        if self.isVisible():
            page.setFocus()
        self.say_selection(page.selection_words())

    def prepare(self, place: str) -> Page:
        """The page of a place, made if it is not there yet, neither shown nor read."""
        page = self._pages.get(place)
        if page is None:
            page = self._pages[place] = self._places[place].make(self.db, self._jobs, self.speak, self)
            self._stack.addWidget(page)
        return page

    def go_back(self) -> None:
        if self._went:
            self.go(*self._went.pop(), remember=False)

    def _freshen(self, page: Page) -> None:
        if page.is_stale:
            page.is_stale = False
            try:
                page.refresh()
            except OfficeError as error:
                self.show_error(error)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        for page in self._pages.values():
            if page.kinds & kinds or "*" in page.kinds:
                page.is_stale = True
        self._freshen(self.page)

    # What pages ask (Shell)

    def sits_here(self) -> str:
        return str(self.habits.value("office/sits_here", ""))

    def back_up(self) -> None:
        if self._commands.back_up is not None:
            self._commands.back_up()

    def notice(self, words: Text, *actions: Action) -> None:
        self._notices.show_words(self.speak.say(words), [(self.speak.say(a.words), a.do) for a in actions])

    def notice_done(self, words: Text) -> None:
        self.notice(words, Action(T("Undo"), self.undo))

    def notice_file(self, words: Text, path: Path) -> None:
        see = Action(T("Open"), partial(dialogs.open_path, path))
        self.notice(words, see, Action(T("Show in folder"), partial(dialogs.show_in_folder, path)))

    def show_error(self, error: OfficeError) -> None:
        dialogs.show_error(self, self.speak, error)

    def say_selection(self, words: str) -> None:
        self.status.say_selection(words)

    def refresh_backup_words(self) -> None:
        """Ask again when the last backup was made."""
        words = self._backup_words() if self._backup_words is not None else None
        self.status.say_backup(self.speak.say(words) if words is not None else "")

    # Undo, redo

    def undo(self) -> None:
        try:
            change = self.db.undo()
        except OfficeError as error:
            self._say_of(error)
        else:
            self.notice(with_notices(T("Undone: {what}", what=change.label), change), Action(T("Redo"), self.redo))

    def redo(self) -> None:
        try:
            change = self.db.redo()
        except OfficeError as error:
            self._say_of(error)
        else:
            self.notice(with_notices(T("Done again: {what}", what=change.label), change), Action(T("Undo"), self.undo))

    def _say_of(self, error: OfficeError) -> None:
        # Nothing to undo is no reason for a dialog.
        if error.todo is None and not error.details:
            self.notice(error.what)
        else:
            self.show_error(error)

    # Keys

    def _on_new(self) -> None:
        self.page.new()

    def _on_export(self) -> None:
        self.page.export()

    def _on_print(self) -> None:
        self.page.print_out()

    def _on_filter(self) -> None:
        self.page.focus_filter()

    def _on_edit(self) -> None:
        self.page.edit()

    def _on_refresh(self) -> None:
        self.db.poll()
        self.page.is_stale = True
        self._freshen(self.page)

    def _on_next_tab(self) -> None:
        self.page.step_tab(1)

    def _on_previous_tab(self) -> None:
        self.page.step_tab(-1)

    def _on_file_menu(self) -> None:
        self.navigation.file_button.showMenu()

    def _on_number(self, number: int) -> None:
        seen = [p.key for p in self._places.values() if not p.under and not p.at_bottom]
        if number < len(seen):
            self.go(seen[number])

    def show_help(self) -> None:
        """F1: what this page is for, and the keys."""
        if self._commands.help is not None:
            topic = topic_of(self.page.help_topic or self._now[0], self.page.tab)
            self._commands.help(topic, self.speak.code)

    def open_palette(self) -> Palette:
        """Ctrl+K."""
        say = self.speak.say
        commands = [
            Command(say(p.words), partial(self.go, p.key), p.icon)
            for p in self._places.values()
            if p.in_find or not p.under
        ]
        commands += self.page.commands()
        commands += [
            Command(say(T("Undo")), self.undo, "rotate-left", "Ctrl+Z"),
            Command(say(T("Redo")), self.redo, "rotate-right", "Ctrl+Y"),
        ]
        commands += file_commands(self._commands, self.speak)
        if self._commands.help is not None:
            commands.append(Command(say(T("Help")), self.show_help, "circle-question", "F1"))
        palette = Palette(self._find, commands, self.speak, self)
        palette.chosen.connect(self._on_found)
        palette.open_over(self)
        return palette

    def _on_found(self, found: Found) -> None:
        # The page of the record, else the table it stands in.
        for place in (found.kind, {"person": "people"}.get(found.kind, f"{found.kind}s")):
            if place in self._places:
                self.go(place, found.key)
                return
        self.notice(verbatim(found.title))

    # Sizes

    def _restore_size(self) -> None:
        kept = self.habits.value("window/geometry")
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            room = self.screen().availableGeometry()
            self.resize(QSize(1280, 800).boundedTo(QSize(room.width(), room.height() - _TITLE_BAR)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Else the first button of the navigation would stand there with a ring.
        self.page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.habits.setValue("window/geometry", self.saveGeometry())
        self._end_listening()
        self.closed.emit()
        super().closeEvent(event)
