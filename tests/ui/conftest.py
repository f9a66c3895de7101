"""The application with its theme, a window on invented rows, and a mouth that only remembers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mama_desktop.i18n import Language, language
from mama_desktop.services.workspaces import new_workspace
from mama_desktop.store import search
from mama_desktop.store.database import Database
from mama_desktop.store.workspace import open_workspace
from mama_desktop.ui import dialogs
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.table_copy import release_clipboard
from mama_desktop.ui.theme import Theme
from mama_desktop.ui.window_menu import FileCommands
from tests.conftest import ACTOR
from tests.ui.stage import make_habits, make_window


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    yield Theme(qapp, "light")
    release_clipboard()


@pytest.fixture
def speak() -> Language:
    return language("en")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Everything the one mouth was asked to say: (function, its argument)."""
    heard: list[tuple[str, Any]] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, _speak, error: heard.append(("error", error)))
    monkeypatch.setattr(dialogs, "show_bug", lambda _parent, _speak, report: heard.append(("bug", report)))
    # Nobody sits here to answer: a test that expects a question gives its own answer.
    monkeypatch.setattr(dialogs, "ask", _unexpected)
    return heard


def _unexpected(*question: Any, **_more: Any) -> None:
    raise AssertionError(f"asked without anybody to answer: {question}")


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window(theme, language="en")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made._jobs.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented sample, made once and closed: copy it."""
    path = tmp_path_factory.mktemp("sample") / "vzorec.mama"
    new_workspace(path, actor=ACTOR, sample_too=True).close()
    return path


@pytest.fixture
def sample_db(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A sample of this test's own."""
    database = open_workspace(shutil.copy(sample_file, tmp_path / "vzorec.mama"), actor=ACTOR, window=False)
    yield database
    database.close()


@pytest.fixture
def real_window(theme: Theme, sample_db: Database, said: list[tuple[str, Any]], qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as the program opens it, on the sample, in English."""
    habits = make_habits()
    habits.setValue("window/language", "en")
    jobs = Jobs()
    made = MainWindow(
        sample_db, jobs, habits, theme, PLACES, find=partial(sample_db.read, search.find), commands=FileCommands(),
        home="today",
    )  # fmt: skip
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    jobs.close()
    assert [what for what, _ in said if what == "bug"] == []
