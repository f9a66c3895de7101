"""Two at one workspace: the command line beside the window, and a second window that only looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mama_desktop.domain.text import T
from mama_desktop.services import documents, events, registrations
from mama_desktop.store import search
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import open_workspace
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands
from tests.conftest import ACTOR
from tests.ui.stage import make_habits

CLUB = "2020-04-klub"


def test_the_window_notices_what_the_command_line_wrote(real_window: MainWindow) -> None:
    event = real_window.db.read(events.event_by_code, CLUB)
    real_window.go("event", event, "registrations")
    page: Any = real_window.page
    table = page._lazy["registrations"].inside.table
    before = len(table.rows.listing.keys)
    beside = open_workspace(real_window.db.location, actor=Actor("Bor", "office-2"), window=False)
    beside.write(
        registrations.register_new, event, family_name="Žibert", given_name="Nova", now=beside.clock.now(),
        label=T("Test"),
    )  # fmt: skip
    beside.close()
    assert real_window.db.poll()
    assert len(table.rows.listing.keys) == before + 1


def test_a_second_window_looks_searches_and_exports_but_writes_nothing(
    sample_db: Database, theme: Theme, said: list[tuple[str, Any]], qtbot: QtBot, tmp_path: Path
) -> None:
    sample_db.close()
    first = open_workspace(sample_db.location, actor=ACTOR, window=True)
    second = open_workspace(sample_db.location, actor=Actor("Bor", "office-2"), window=True)
    assert second.read_only is not None
    jobs = Jobs()
    habits = make_habits()
    habits.setValue("window/language", "en")
    window = MainWindow(
        second,
        jobs,
        habits,
        theme,
        PLACES,
        find=partial(second.read, search.find),
        commands=FileCommands(),
        home="today",
    )
    qtbot.addWidget(window)
    window.show()
    banner = " ".join(label.text() for label in window.findChildren(QLabel))
    assert ACTOR.who in banner
    assert ACTOR.machine in banner
    for place in ("events", "people", "organisations", "projects", "history", "settings"):
        window.go(place)
    event = second.read(events.event_by_code, CLUB)
    window.go("event", event, "registrations")
    page: Any = window.page
    table = page._lazy["registrations"].inside.table
    table.edit_requested.emit(table.rows.listing.keys[0], "role", "guest")
    assert [what for what, _ in said] == ["error"]
    assert window._find("krsko")
    path = tmp_path / "seznam.xlsx"
    documents.make(second, "participant-list", CLUB, path, language="sl")
    assert path.stat().st_size > 5000
    window.close()
    jobs.close()
    second.close()
    first.close()
