"""The File menu of the window: workspaces, backups, settings, language, look, quit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import LANGUAGES, Language
from mama_desktop.ui.icons import icon
from mama_desktop.ui.palette import Command

_THEMES = {"system": T("Like the system"), "light": T("Light"), "dark": T("Dark")}


@dataclass(frozen=True)
class FileCommands:
    """What only the program's start can do; each may be left out."""

    new_workspace: Callable[[], Any] | None = None
    open_workspace: Callable[[], Any] | None = None
    restore: Callable[[], Any] | None = None
    back_up: Callable[[], Any] | None = None
    help: Callable[[str, str], Any] | None = None
    """(topic of the page, language code)"""


def file_menu(window: Any, given: FileCommands) -> list[QAction | QMenu]:
    """Actions and menus in their order; a shortcut works in the whole window."""
    say = window.speak.say
    wanted: list[tuple[Text, str, Callable[[], Any] | None, str]] = [
        (T("New workspace …"), "file-circle-plus", given.new_workspace, ""),
        (T("Open …"), "folder-open", given.open_workspace, "Ctrl+O"),
        (T("Restore from a backup …"), "clock-rotate-left", given.restore, ""),
        (T("Back up now"), "shield-halved", given.back_up, ""),
    ]
    menu: list[QAction | QMenu] = []
    for words, picture, do, keys in wanted:
        if do is not None:
            menu.append(_action(window, say(words), picture, do, keys))
    menu.append(_separator(window))
    menu.append(_action(window, say(T("Settings")), "gear", partial(window.go, "settings"), "Ctrl+,"))
    tongues = QMenu(say(T("Language")), window)
    tongues.setIcon(icon("language"))
    _choices(tongues, LANGUAGES, window.speak.code, window.set_language)
    looks = QMenu(say(T("Look")), window)
    looks.setIcon(icon("circle-half-stroke"))
    _choices(looks, {k: say(t) for k, t in _THEMES.items()}, window.theme.choice, window.set_theme)
    looks_and_help: list[QAction | QMenu] = [looks]
    if given.help is not None:
        # The window itself listens for F1; a second listener would make the key ambiguous, so it is only told here.
        looks_and_help.append(_action(window, f"{say(T('Help'))}\tF1", "circle-question", window.show_help, ""))
    quit_program = _action(window, say(T("Quit")), "power-off", window.close, "Ctrl+Q")
    return [*menu, tongues, *looks_and_help, _separator(window), quit_program]


def file_commands(given: FileCommands, speak: Language) -> list[Command]:
    """The same for Ctrl+K."""
    wanted = (
        (T("Back up now"), "shield-halved", given.back_up),
        (T("Open …"), "folder-open", given.open_workspace),
        (T("New workspace …"), "file-circle-plus", given.new_workspace),
        (T("Restore from a backup …"), "clock-rotate-left", given.restore),
    )
    return [Command(speak.say(words), do, picture) for words, picture, do in wanted if do is not None]


def _action(window: QWidget, words: str, picture: str, do: Callable[[], Any], keys: str) -> QAction:
    action = QAction(icon(picture), words, window)
    action.triggered.connect(_without_arguments(do))
    if keys:
        action.setShortcut(QKeySequence(keys))
    return action


def _separator(window: QWidget) -> QAction:
    action = QAction(window)
    action.setSeparator(True)
    return action


def _choices(menu: QMenu, words: dict[str, str], now: str, choose: Callable[[str], None]) -> None:
    group = QActionGroup(menu)
    group.setExclusive(True)
    for key, said in words.items():
        action = QAction(said, menu)
        action.setCheckable(True)
        action.setChecked(key == now)
        action.triggered.connect(_without_arguments(partial(choose, key)))
        group.addAction(action)
        menu.addAction(action)


def _without_arguments(do: Callable[[], Any]) -> Callable[..., None]:
    """Qt hands `checked` to whatever takes an argument."""

    def call(*_checked: bool) -> None:
        do()

    return call
