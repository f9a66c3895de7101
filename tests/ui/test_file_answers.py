"""A question that is answered by a file, in the table of registrations: keys, double click, drop, opening, emptying."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mama_desktop.domain.text import T
from mama_desktop.services import events, files, questions
from mama_desktop.services.fields import ANSWER
from mama_desktop.ui import dialogs
from mama_desktop.ui.event_page import EventPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.registrations_tab import RegistrationsTab

SCAN = b"%PDF-1.7 " + bytes(range(256)) * 800


@pytest.fixture
def tab(real_window: MainWindow, qtbot: QtBot) -> RegistrationsTab:
    db = real_window.db
    event = db.read(events.events).keys[0]
    db.write(questions.save, event, label_sl="Potrdilo", kind="file", label=T("Ask"))
    real_window.go("event", event, "registrations")
    made = cast("RegistrationsTab", cast("EventPage", real_window.page)._lazy["registrations"].built())
    qtbot.waitUntil(lambda: any(f.kind == "file" for f in made.table.rows.listing.fields))
    return made


def go(tab: RegistrationsTab, row: int = 0) -> str:
    rows = tab.table.rows
    field = next(f for f in rows.listing.fields if f.kind == "file")
    assert field.key.startswith(ANSWER)
    tab.table.go_to_cell(rows.key(row), field.key)
    return rows.key(row)


def words(tab: RegistrationsTab) -> str:
    index = tab.table.view.currentIndex()
    return tab.table.rows.words(index.row(), index.column())


def press(tab: RegistrationsTab, key: Qt.Key) -> None:
    QTest.keyClick(tab.table.view, key)


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "Potrdilo Žiga.pdf"
    path.write_bytes(SCAN)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args, **_more: [path])
    return path


def test_a_cell_is_answered_opened_emptied_and_undone(
    tab: RegistrationsTab, scan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_path", opened.append)
    key = go(tab)
    press(tab, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: words(tab) == scan.name)
    press(tab, Qt.Key.Key_Return)
    assert [path.read_bytes() for path in opened] == [SCAN]
    assert opened[0] != scan
    press(tab, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: words(tab) == "")
    db = tab._page.db
    assert [row[0] for row in db.read(files.files_of, "registration", key).rows] == [scan.name]
    db.undo()
    qtbot.waitUntil(lambda: words(tab) == scan.name)
    db.undo()
    qtbot.waitUntil(lambda: words(tab) == "")
    assert not db.read(files.files_of, "registration", key).keys


def test_a_double_click_attaches_where_nothing_is(tab: RegistrationsTab, scan: Path, qtbot: QtBot) -> None:
    go(tab, 1)
    view = tab.table.view
    at = view.visualRect(view.currentIndex()).center()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: words(tab) == scan.name)


def drop(tab: RegistrationsTab, at: QPoint, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    target = tab.table.view.viewport()
    enter = QDragEnterEvent(at, copy, data, left, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, data, left, none))


def test_a_file_dropped_on_the_cell_answers_and_beside_it_is_kept_with_the_event(
    tab: RegistrationsTab, scan: Path, qtbot: QtBot
) -> None:
    view, page = tab.table.view, cast("EventPage", tab._page)
    go(tab, 2)
    index = view.currentIndex()
    drop(tab, view.visualRect(index).center(), scan, scan)
    assert not page.jobs.running
    drop(tab, view.visualRect(index).center(), scan)
    qtbot.waitUntil(lambda: words(tab) == scan.name)
    other = scan.with_name("drugo.pdf")
    other.write_bytes(b"%PDF other")
    left = view.visualRect(index.siblingAtColumn(next(iter(view.headings.shown_columns())))).center()
    view.horizontalScrollBar().setValue(0)
    drop(tab, QPoint(10, left.y()), other)
    qtbot.waitUntil(lambda: page.tab == "files" and not page.jobs.running)
    assert "drugo.pdf" in [row[0] for row in page.db.read(files.files_of, "event", page._event).rows]


def test_several_rows_are_not_answered_by_one_file(tab: RegistrationsTab, scan: Path) -> None:
    go(tab)
    tab.table.chosen.choose_rows([tab.table.rows.key(0), tab.table.rows.key(1)])
    tab.file_answers.attach()
    assert not tab._page.jobs.running
    entries = [entry for entry in tab.file_answers._entries() if entry is not None]
    assert [entry[4] for entry in entries] == [False, False, False]


def test_in_read_only_it_is_opened_and_nothing_else(
    tab: RegistrationsTab, scan: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = go(tab)
    press(tab, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: words(tab) == scan.name)
    opened: list[Any] = []
    monkeypatch.setattr(dialogs, "open_path", opened.append)
    monkeypatch.setattr(tab.file_answers, "_may", False)
    for asked in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        press(tab, asked)
    assert len(opened) == 1
    assert not tab._page.jobs.running
    assert len(tab._page.db.read(files.files_of, "registration", key).keys) == 1
