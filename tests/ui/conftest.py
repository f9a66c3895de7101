"""The application with its theme, a window on invented rows, and a mouth that only remembers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mama_desktop.i18n import Language, language
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.theme import Theme
from tests.ui.stage import make_window


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")


@pytest.fixture
def speak() -> Language:
    return language("en")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Everything the one mouth was asked to say: (function, its argument)."""
    heard: list[tuple[str, Any]] = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, _speak, error: heard.append(("error", error)))
    monkeypatch.setattr(dialogs, "show_bug", lambda _parent, _speak, report: heard.append(("bug", report)))
    return heard


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window(theme, language="en")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made._jobs.close()
