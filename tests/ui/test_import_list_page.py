"""An old list in the window: from the pages of organisations, people and events to one click that takes it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mama_desktop.domain.events import Event
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.services.beginning import NEW_ONE, POSSIBLE
from mama_desktop.ui import dialogs
from mama_desktop.ui.events_page import EventsPage
from mama_desktop.ui.import_list_page import COLUMNS, ROWS, ImportListPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.new_event_page import NewEventPage
from mama_desktop.ui.organisations_page import OrganisationsPage

PLAN = "Mesec;Dogodek;Projekt;Kraj;Odgovorna oseba\nmaj 2020;Čisto nov dogodek;;Krško;Neznana Oseba\n"
MEMBERS = "Naziv;Kontakt;E-naslov\nČisto nov center;Eva Kos;nov@example.org\nMladinski centr Krško;;\n"


def opened(
    window: MainWindow, place: str, words: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> ImportListPage:
    file = tmp_path / "seznam.csv"
    file.write_text(words, encoding="utf-8")
    window.go(place)
    asked = window.page
    assert isinstance(asked, EventsPage | OrganisationsPage)
    asked.import_button.click()
    page = window.page
    assert isinstance(page, ImportListPage)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: [file])
    page.start.open_wished.emit()
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    return page


def test_a_plan(real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(real_window, "events", PLAN, tmp_path, qtbot, monkeypatch)
    assert page.steps.currentIndex() == COLUMNS
    assert [row[1] for row in page.columns.table.rows.listing.rows] == [
        "when",
        "title_sl",
        "project",
        "town",
        "responsible",
    ]
    page.take_button.click()
    assert page.steps.currentIndex() == ROWS
    assert "Neznana Oseba" in page.note.words()
    page.along.edit_requested.emit(page.along.rows.listing.keys[0], "taken", True)
    qtbot.waitUntil(lambda: not page.note.words(), timeout=10_000)
    page.take_button.click()
    assert "Neznana Oseba" in page.db.read(lambda s: set(s.scalars(select(StaffMember.name))))
    titles = page.db.read(lambda s: set(s.scalars(select(Event.title_sl))))
    assert "Čisto nov dogodek" in titles
    real_window.undo()
    assert "Čisto nov dogodek" not in page.db.read(lambda s: set(s.scalars(select(Event.title_sl))))


def test_a_column_is_given_another_field(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(real_window, "organisations", MEMBERS, tmp_path, qtbot, monkeypatch)
    page.columns.table.edit_requested.emit("1", "field", "remarks")
    qtbot.waitUntil(
        lambda: page.preview is not None and any("remarks" in row.values for row in page.preview.rows), timeout=10_000
    )
    assert page.columns.table.rows.listing.rows[1][1] == "remarks"


def test_a_possible_match_is_decided(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(real_window, "organisations", MEMBERS, tmp_path, qtbot, monkeypatch)
    assert page.preview is not None
    row = page.preview.group(POSSIBLE)[0]
    page.steps.setCurrentIndex(ROWS)
    page.rows.table.select([str(row.line)])
    place = page.rows.which.findData(row.options[0].key)
    page.rows.which.setCurrentIndex(place)
    page.rows.which.activated.emit(place)
    qtbot.waitUntil(lambda: page.preview is not None and not page.preview.group(POSSIBLE), timeout=10_000)
    assert page.preview.counts()[NEW_ONE] == 1
    # How its name is written here stays, unless somebody ticks it.
    assert page.preview.to_do() == (1, 0)
    page.take_button.click()
    assert "Čisto nov center" in page.db.read(lambda s: set(s.scalars(select(Organisation.name_sl))))


def test_what_cannot_be_read_is_said(real_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "slika.xlsx"
    file.write_bytes(b"PK\x03\x04 to ni tabela")
    real_window.go("import-list", "person", f"file:{file}")
    page = real_window.page
    assert isinstance(page, ImportListPage)
    qtbot.waitUntil(lambda: bool(page.start.note.words()), timeout=10_000)
    assert page.draft is None


def test_a_new_event_needs_only_a_title_and_a_month(real_window: MainWindow) -> None:
    real_window.go("new-event")
    page = real_window.page
    assert isinstance(page, NewEventPage)
    page.title.setText("Samo naslov in mesec")
    page.when.line.setText("maj 2020")
    page.create_event()
    event = page.db.read(lambda s: s.scalars(select(Event).where(Event.title_sl == "Samo naslov in mesec")).one())
    assert (event.starts_on.isoformat() if event.starts_on else "", event.precision) == ("2020-05-01", "month")
