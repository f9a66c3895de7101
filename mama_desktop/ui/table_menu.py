"""The menus of a table: of a row, of a heading, and what stands behind "More"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.text import Text
from mama_desktop.ui.icons import icon

Entry = tuple[Text, str, str, Callable[[], Any], bool]
"""Words, picture, the key that does the same, what it does, whether it can now."""


def add_entries(menu: QMenu, say: Callable[[Text], str], entries: list[Entry | None]) -> None:
    """Add actions to a menu; None is a line between them. The key is shown, not taken: the table listens itself."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        words, picture, keys, do, enabled = entry
        action = QAction(icon(picture), f"{say(words)}\t{keys}" if keys else say(words), menu)
        action.triggered.connect(_without_arguments(do))
        action.setEnabled(enabled)
        menu.addAction(action)


def passing_menu(parent: QWidget) -> QMenu:
    """A menu that goes when it closes."""
    from PySide6.QtCore import Qt

    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _without_arguments(do: Callable[[], Any]) -> Callable[..., None]:
    """Qt hands `checked` to whatever takes an argument."""

    def call(*_checked: bool) -> None:
        do()

    return call
