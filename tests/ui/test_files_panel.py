"""Files of a record in the window: brought, opened as a copy, saved, removed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mama_desktop.services import events, people
from mama_desktop.ui import dialogs
from mama_desktop.ui.dropping import DropFrame
from mama_desktop.ui.event_page import EventPage
from mama_desktop.ui.files_panel import FilesPanel
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.person_page import PersonPage
from tests.services.test_files import photo


@pytest.fixture
def page(real_window: MainWindow) -> EventPage:
    real_window.go("event", real_window.db.read(events.events).keys[0], "files")
    assert isinstance(real_window.page, EventPage)
    return real_window.page


@pytest.fixture
def panel(page: EventPage) -> FilesPanel:
    return cast("FilesPanel", page._lazy["files"].built())


def names(panel: FilesPanel) -> list[str]:
    return sorted(row[0] for row in panel.table.rows.listing.rows)


def dropped(widget: Any, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))


def test_files_are_dropped_opened_as_copies_and_saved(
    panel: FilesPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Račun šotor.pdf").write_bytes(b"%PDF-1.7 receipt")
    (tmp_path / "zapisnik.docx").write_bytes(b"PK minutes")
    dropped(panel, tmp_path / "Račun šotor.pdf", tmp_path / "zapisnik.docx", tmp_path)
    qtbot.waitUntil(lambda: names(panel) == ["Račun šotor.pdf", "zapisnik.docx"])
    assert len(panel.table.selected_keys()) == 2
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_path", opened.append)
    panel.open_chosen()
    assert sorted(path.read_bytes() for path in opened) == [b"%PDF-1.7 receipt", b"PK minutes"]
    target = tmp_path / "copies"
    target.mkdir()
    (target / "zapisnik.docx").write_bytes(b"another")
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_args: target)
    panel.save_chosen()
    assert sorted(path.name for path in target.iterdir()) == ["Račun šotor.pdf", "zapisnik (2).docx", "zapisnik.docx"]
    panel.remove_chosen()
    assert names(panel) == []
    panel._page.db.undo()
    qtbot.waitUntil(lambda: len(names(panel)) == 2)


@pytest.mark.parametrize(("answer", "kept"), [(0, True), (1, True), (None, False)])
def test_large_photos_are_asked_about(
    panel: FilesPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: int | None, kept: bool
) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(photo())
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: answer)
    panel.bring([path])
    qtbot.waitUntil(lambda: not panel._page.jobs.running)
    assert names(panel) == (["foto.jpg"] if kept else [])
    if kept:
        row = panel.table.rows.listing.rows[0]
        assert (row[2] < path.stat().st_size / 1e6 - 0.5) == (answer == 0)
        assert row[1] == "photo"


def test_a_scan_dropped_on_another_tab_is_kept_and_a_table_is_taken_in(
    page: EventPage, panel: FilesPanel, real_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_tab("registrations")
    (tmp_path / "sken.pdf").write_bytes(b"%PDF-1.7")
    dropped(page, tmp_path / "sken.pdf")
    qtbot.waitUntil(lambda: names(panel) == ["sken.pdf"])
    assert page.tab == "files"
    (tmp_path / "prijave.csv").write_text("Ime,Priimek\nAna,Novak\n", "utf-8")
    dropped(page, tmp_path / "prijave.csv")
    assert real_window.page is not page


def test_a_frame_stands_around_the_event_while_a_file_hovers_over_its_table(
    page: EventPage, panel: FilesPanel, real_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    """The file is let go over the table of registrations, which takes none itself: the event has it."""
    real_window.go("event", page._event, "registrations")
    (tmp_path / "vabilo.pdf").write_bytes(b"%PDF-1.7")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "vabilo.pdf"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    frame = next(one for one in page.findChildren(DropFrame) if one.parent() is page)
    view = page._registrations().table.view.viewport()
    assert view.acceptDrops()
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    assert frame.isVisibleTo(page)
    assert frame.geometry() == page.rect()
    QApplication.sendEvent(view, QDropEvent(QPoint(5, 5), copy, data, left, none))
    assert not frame.isVisibleTo(page)
    qtbot.waitUntil(lambda: names(panel) == ["vabilo.pdf"])
    assert page.tab == "files"


def test_no_field_of_the_event_takes_the_address_of_a_file_for_words(page: EventPage) -> None:
    for tab in ("details", "registrations"):
        page.show_tab(tab)
        lines = page._lazy[tab].findChildren(QLineEdit)
        assert lines
        assert not any(line.acceptDrops() for line in lines)


@pytest.mark.parametrize("answer", [0, 1, None])
def test_a_table_among_other_files_is_asked_about(
    page: EventPage, panel: FilesPanel, real_window: MainWindow, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch, answer: int | None,
) -> None:  # fmt: skip
    page.show_tab("details")
    (tmp_path / "prijave.csv").write_text("Ime,Priimek\nAna,Novak\n", "utf-8")
    (tmp_path / "vabilo.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: answer)
    dropped(page, tmp_path / "vabilo.pdf", tmp_path / "prijave.csv")
    qtbot.waitUntil(lambda: not real_window._jobs.running, timeout=15_000)
    panel.refresh()
    kept = {0: ["prijave.csv", "vabilo.pdf"], 1: ["vabilo.pdf"], None: []}[answer]
    assert names(panel) == kept
    assert (real_window.page is page) == (answer != 1)


def test_a_file_that_cannot_be_read_is_said(
    panel: FilesPanel, tmp_path: Path, qtbot: QtBot, said: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "odprto.pdf"
    path.write_bytes(b"x")

    def locked(_self: Path) -> bytes:
        raise PermissionError(13, "locked by another program")

    monkeypatch.setattr(Path, "read_bytes", locked)
    panel.bring([path])
    qtbot.waitUntil(lambda: bool(said))
    assert "could not be read" in str(said[0][1].what)


def test_a_drop_anywhere_on_a_person_is_kept_with_the_person(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    real_window.go("person", real_window.db.read(people.people).keys[0], "details")
    page = real_window.page
    assert isinstance(page, PersonPage)
    assert not any(line.acceptDrops() for line in page._form.findChildren(QLineEdit))
    (tmp_path / "izjava.pdf").write_bytes(b"%PDF-1.7")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "izjava.pdf"))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    frame = next(one for one in page.findChildren(DropFrame) if one.parent() is page)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))
    assert frame.isVisibleTo(page)
    assert frame.size() == page.size()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not frame.isVisibleTo(page)
    dropped(page, tmp_path / "izjava.pdf")
    qtbot.waitUntil(lambda: names(page._files) == ["izjava.pdf"])
    assert page.tab == "files"


@pytest.mark.parametrize("answer", [0, None])
def test_a_folder_dropped_by_mistake_is_asked_about(
    panel: FilesPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: int | None
) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(51)]
    for path in paths:
        path.write_text(path.name, "utf-8")
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: answer)
    panel.bring(paths)
    qtbot.waitUntil(lambda: not panel._page.jobs.running)
    assert len(names(panel)) == (51 if answer == 0 else 0)
