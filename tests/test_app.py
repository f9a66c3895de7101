"""One run of the program: opening, closing with a backup, a workspace that does not open, going on with another."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from mama_desktop.app import Program
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import organisations
from mama_desktop.services.workspaces import new_workspace
from mama_desktop.store import backup
from mama_desktop.store.workspace import open_workspace
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.start_window import StartWindow
from tests.conftest import ACTOR


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(dialogs, "show_bug", lambda _parent, _speak, report: bugs.append(report))
    bugs: list[str] = []
    habits = QSettings(str(tmp_path / "habits.ini"), QSettings.Format.IniFormat)
    habits.setValue("window/language", "en")
    made = Program(qapp, habits)
    yield made
    made.deleteLater()
    # Qt remembers an exit() that met no running loop, and every later loop would end before it has begun.
    QTimer.singleShot(0, qapp.quit)
    qapp.exec()
    assert [bug for bug in bugs if "ours" not in bug] == []


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "pisarna.mama"
    new_workspace(path, actor=ACTOR).close()
    return path


def _run(program: Program, location: Path, *steps: Callable[[Any], None]) -> int:
    """Run the program; each step gets the window that is open then, and closes it or goes on with another."""
    left = list(steps)

    def next_step() -> None:
        window = program._window
        if window is None or not window.isVisible():
            QTimer.singleShot(20, next_step)
            return
        step = left.pop(0)
        if left:
            QTimer.singleShot(20, next_step)
        step(window)

    QTimer.singleShot(0, next_step)
    return program.run(location)


def _close(window: Any) -> None:
    window.close()


def test_a_change_is_backed_up_on_closing_and_without_one_nothing_is(program: Program, workspace: Path) -> None:
    folder = backup.folder_of(workspace)
    assert _run(program, workspace, _close) == 0
    before = backup.backups(folder, workspace.stem)

    def change(window: Any) -> None:
        assert isinstance(window, MainWindow)
        window.db.write(organisations.add_organisation, "MC Krško", label=T("Test"))
        window.close()

    assert _run(program, workspace, change) == 0
    after = backup.backups(folder, workspace.stem)
    assert len(after) >= len(before)
    assert backup.contents(after[0].path).last_label == T("Test")


def test_a_new_workspace_begins_with_the_first_questions(program: Program, workspace: Path) -> None:
    places: list[str] = []

    def look(window: Any) -> None:
        places.append(window._now[0])
        window.close()

    _run(program, workspace, look)
    assert places == ["first-start"]


def test_a_file_that_is_no_workspace_leads_to_the_start_window_and_on(
    program: Program, workspace: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "seznam.mama"
    wrong.write_bytes(b"not a workspace at all" * 100)
    seen: list[type] = []

    def choose(window: Any) -> None:
        seen.append(type(window))
        window.chosen.emit(str(workspace))

    def close(window: Any) -> None:
        seen.append(type(window))
        window.close()

    assert _run(program, wrong, choose, close) == 0
    assert seen == [StartWindow, MainWindow]
    assert wrong.read_bytes().startswith(b"not a workspace")


def test_a_backup_is_put_back_from_the_window(program: Program, workspace: Path) -> None:
    db = open_workspace(workspace, actor=ACTOR, window=False)
    copy = backup.backup(db)
    db.write(organisations.add_organisation, "MC Krško", label=T("Test"))
    db.close()
    counts: list[int] = []

    def restore(window: Any) -> None:
        counts.append(len(window.db.read(organisations.organisations).keys))
        window.go("restore")
        window.page._do_restore(copy)

    def look(window: Any) -> None:
        counts.append(len(window.db.read(organisations.organisations).keys))
        window.close()

    assert _run(program, workspace, restore, look) == 0
    assert counts == [1, 0]
    assert len(list(workspace.parent.rglob("*.mama"))) >= 3


def test_another_workspace_is_made_from_the_menu(
    program: Program, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "druga.mama"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args, **_more: second)
    opened: list[str] = []

    def make(_window: Any) -> None:
        program.new_workspace()

    def look(window: Any) -> None:
        opened.append(window.db.name)
        window.close()

    _run(program, workspace, make, look)
    assert opened == ["druga"]


def test_our_own_mistake_is_one_window_and_the_data_is_closed_safely(
    program: Program, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[str] = []
    monkeypatch.setattr(dialogs, "show_bug", lambda _parent, _speak, report: reports.append(report))

    def fail(_window: Any) -> None:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("ours"), None)
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("again"), None)

    assert _run(program, workspace, fail) == 1
    assert len(reports) == 1
    assert "ZeroDivisionError: ours" in reports[0]
    with pytest.raises(OfficeError):
        open_workspace(workspace.parent / "ni.mama", actor=ACTOR, window=True)
    open_workspace(workspace, actor=ACTOR, window=True).close()
