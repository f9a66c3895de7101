"""What the button "Add" of an event's registrations offers: one person, or many in four ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from mama_desktop.domain.text import T, Text
from mama_desktop.ui.icons import icon

_WAYS = (
    ("people", "users", T("Several people we know")),
    ("organisation", "building", T("A group of an organisation")),
    ("event", "calendar-days", T("From an earlier event")),
    ("group", "people-roof", T("From a working group")),
)


def add_menu(parent: QWidget, say: Callable[[Text], str], one: Callable[[], Any], many: Callable[..., Any]) -> QMenu:
    """`one()` for one person, `many(way)` for the others: people, organisation, event or group."""
    menu = QMenu(parent)
    menu.addAction(icon("user-plus"), say(T("One person")), one)
    for way, picture, words in _WAYS:
        action = menu.addAction(icon(picture), say(words))
        action.triggered.connect(partial(many, way))
    return menu
