"""The first questions, the window without a workspace, and restoring with a look inside first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mama_desktop.domain.text import T
from mama_desktop.i18n import Language, language
from mama_desktop.services import office, staff
from mama_desktop.store import backup, troubles
from mama_desktop.store.database import Database
from mama_desktop.ui import dialogs
from mama_desktop.ui.first_start import FirstStartPage
from mama_desktop.ui.jobs import Jobs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.places import PLACES
from mama_desktop.ui.recent import Recent, forget_workspace, recent_workspaces, remember_workspace
from mama_desktop.ui.restore_page import RestorePage
from mama_desktop.ui.start_window import StartWindow
from mama_desktop.ui.theme import Theme
from tests.ui.stage import make_habits


@pytest.fixture
def empty_window(theme: Theme, sqlite_db: Database, said: list[tuple[str, Any]], qtbot: QtBot) -> Iterator[MainWindow]:
    """A new workspace, as the program opens it for the first time."""
    habits = make_habits()
    habits.setValue("window/language", "en")
    jobs = Jobs()
    made = MainWindow(sqlite_db, jobs, habits, theme, PLACES, find=lambda _words: [], home="first-start")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    jobs.close()


def typed(editor: Any, words: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(words)
        editor.editingFinished.emit()
    else:
        editor.setPlainText(words)
        editor.finished.emit()


def test_the_first_questions(empty_window: MainWindow) -> None:
    page = empty_window.page
    assert isinstance(page, FirstStartPage)
    form = page.form.form
    typed(form.editor("office.name_sl"), "Zavod Žarek")
    typed(form.editor("me"), "Ana Novak")
    me: Any = form.editor("me")
    assert me.text() == "Ana Novak"
    typed(form.editor("colleagues"), "Žan Bizjak\n\nEva Šuštar")
    here = empty_window.sits_here()
    assert page.db.read(staff.staff_name, here) == "Ana Novak"
    assert page.db.actor.who == "Ana Novak"
    assert page.db.read(office.setting, "office.name_sl") == "Zavod Žarek"
    assert {m.name for m in page.db.read(office.staff)} == {"Ana Novak", "Žan Bizjak", "Eva Šuštar"}
    typed(form.editor("me"), "Ana Kovač")
    assert {m.name for m in page.db.read(office.staff)} == {"Ana Kovač", "Žan Bizjak", "Eva Šuštar"}
    page.begin()
    assert empty_window._now[0] == "today"


def test_the_first_questions_can_wait(empty_window: MainWindow) -> None:
    page: Any = empty_window.page
    page.begin()
    assert empty_window._now[0] == "today"
    assert empty_window.db.undo_label() is None


# The window without a workspace


def words_of(window: StartWindow) -> list[str]:
    return [w.text() for w in window.findChildren(QLabel) if w.text()]


def press(window: StartWindow, words: str) -> None:
    next(b for b in window.findChildren(QPushButton) if words in (b.accessibleName() or b.text())).click()


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("New workspace", "new_requested"),
        ("Open a workspace", "open_requested"),
        ("Try the sample", "sample_requested"),
    ],
)
def test_the_start_window_says_what_is_wanted(
    theme: Theme, speak: Language, qtbot: QtBot, words: str, signal: str
) -> None:
    window = StartWindow(speak)
    qtbot.addWidget(window)
    with qtbot.waitSignal(getattr(window, signal)):
        press(window, words)


def test_recent_workspaces_open_and_lost_ones_do_not(theme: Theme, speak: Language, qtbot: QtBot) -> None:
    known = [Recent("/a/one.mama", "one", "/a", True), Recent("/b/two.mama", "two", "/b", False)]
    window = StartWindow(speak, known)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.chosen) as told:
        press(window, "one, /a")
    assert told.args == ["/a/one.mama"]
    assert "not found: /b" in words_of(window)
    lost = next(b for b in window.findChildren(QPushButton) if b.accessibleName().startswith("two"))
    assert not lost.isEnabled()


def test_a_damaged_workspace_offers_its_last_good_backup(theme: Theme, speak: Language, qtbot: QtBot) -> None:
    problem = troubles.damaged("office")
    problem.backup = Path("/a/office-backups/office-2020-03-02.mama")
    window = StartWindow(speak, problem=problem, location="/a/office.mama")
    qtbot.addWidget(window)
    assert "The workspace “office” is damaged." in words_of(window)
    with qtbot.waitSignal(window.restore_requested) as told:
        press(window, "Restore the last good backup")
    assert told.args == [problem.backup]
    with qtbot.waitSignal(window.chosen) as again:
        press(window, "Try again")
    assert again.args == ["/a/office.mama"]


def test_another_language_is_at_once(theme: Theme, qtbot: QtBot) -> None:
    window = StartWindow(language("sl"))
    qtbot.addWidget(window)
    assert "Nova zbirka" in words_of(window)
    with qtbot.waitSignal(window.language_chosen) as told:
        press(window, "English")
    assert told.args == ["en"]
    qtbot.waitUntil(lambda: "New workspace" in words_of(window))


def test_workspaces_are_remembered_the_last_first(tmp_path: Path) -> None:
    habits = QSettings(str(tmp_path / "habits.ini"), QSettings.Format.IniFormat)
    assert recent_workspaces(habits) == []
    here = tmp_path / "pisarna.mama"
    here.touch()
    remember_workspace(habits, here)
    remember_workspace(habits, "postgresql://ana:geslo@streznik.local/mama")
    remember_workspace(habits, here)
    found = recent_workspaces(habits)
    assert [r.name for r in found] == ["pisarna", "mama"]
    assert found[0].is_there
    # Nobody reads a password off the screen.
    assert found[1].folder == "streznik.local"
    forget_workspace(habits, here)
    assert [r.name for r in recent_workspaces(habits)] == ["mama"]
    habits.setValue("workspace/recent", "no list")
    assert recent_workspaces(habits) == []


# Restoring


@pytest.fixture
def restoring(real_window: MainWindow, qtbot: QtBot) -> RestorePage:
    """The page on a workspace with one good copy and one that is none."""
    good = backup.backup(real_window.db)
    (good.parent / f"{real_window.db.name}-2020-01-01-10.00.00.mama").write_bytes(b"rubbish" * 2000)
    wished: list[Path] = []
    page = RestorePage(real_window.db, real_window._jobs, real_window.speak, real_window, restore=wished.append)
    page.setProperty("wished", wished)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: len(page._looked) == 2, timeout=10_000)
    page.wished = wished  # type: ignore[attr-defined]  # what the test looks at
    return page


def test_a_copy_is_looked_into_and_restored_when_agreed(restoring: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [w.text() for w in restoring.findChildren(QLabel)]
    assert "In this backup" in said
    assert "409 people" in said
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: None)
    restoring.restore()
    assert restoring.wished == []
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    restoring.restore()
    assert [path.suffix for path in restoring.wished] == [".mama"]


def test_a_copy_that_is_none_cannot_be_restored(restoring: Any) -> None:
    bad = next(key for key in restoring.table.rows.listing.keys if "2020-01-01" in key)
    restoring.table.select([bad])
    assert not restoring._button.isEnabled()
    states = {
        key: row[1]
        for key, row in zip(restoring.table.rows.listing.keys, restoring.table.rows.listing.rows, strict=True)
    }
    assert states[bad] == "damaged"
    assert sorted(states.values()) == ["damaged", "whole"]


def test_a_copy_from_elsewhere(restoring: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    elsewhere = tmp_path / "from-a-stick.mama"
    shutil.copy(restoring.table.rows.listing.keys[0], elsewhere)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: [elsewhere])
    restoring.choose_file()
    qtbot.waitUntil(lambda: elsewhere in restoring._looked, timeout=10_000)
    assert restoring.table.selected_keys() == [str(elsewhere)]
    assert restoring._button.isEnabled()
    assert str(T("another file")) == "another file"
