"""What is made ready for the first click: made once, unseen, and never in the way of what a person does meanwhile."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mama_desktop.services import events
from mama_desktop.ui.ahead import PARTS, get_ready, steps
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.registrations_tab import RegistrationsTab


class _Statements:
    """What SQLAlchemy has had to work out anew."""

    def __init__(self, window: MainWindow) -> None:
        self._known: Any = window.db.engine._compiled_cache

    def count(self) -> int:
        return len(self._known)


class _Windows(QObject):
    """Counts what is shown beside the window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and bool(getattr(watched, "isWindow", bool)()):
            self.shown.append(f"{watched} {getattr(watched, 'text', str)()!r}")
        return False


def test_every_step_makes_something_and_shows_nothing(real_window: MainWindow) -> None:
    seen, app = _Windows(), QApplication.instance()
    assert app is not None
    app.installEventFilter(seen)
    for step in steps(real_window):
        step()
    app.removeEventFilter(seen)

    page: Any = real_window.prepare("event")
    assert all(f"mama_desktop.{part}" in sys.modules for part in PARTS)
    assert isinstance(page._lazy["registrations"].inside, RegistrationsTab)
    assert real_window.page is not page
    assert not page.isVisible()
    assert seen.shown == []


def test_the_first_click_finds_tab_and_statements_made(real_window: MainWindow) -> None:
    key = real_window.db.read(events.event_by_code, "2020-04-klub")
    for step in steps(real_window):
        step()
    page: Any = real_window.prepare("event")
    tab, statements = page._lazy["registrations"].inside, _Statements(real_window)
    before = statements.count()
    real_window.go("event", key)

    assert page._lazy["registrations"].inside is tab
    assert real_window.page is page
    assert tab.table.rows.rowCount() > 0
    # The head counts a few things that only some events have.
    assert statements.count() - before <= 3


def test_who_was_faster_is_left_alone(real_window: MainWindow, qtbot: QtBot) -> None:
    key = real_window.db.read(events.event_by_code, "2020-04-klub")
    real_window.go("event", key, "details")
    page: Any = real_window.prepare("event")
    get_ready(real_window)
    qtbot.wait(900)

    assert page._lazy["registrations"].inside is None
    assert page.tab == "details"
    assert real_window.page is page
