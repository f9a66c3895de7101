"""Papers of parents in the window: ticked off by keys, guardians written in the table, scans dropped, printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import consents, events
from mama_desktop.services.short_ids import short_id
from mama_desktop.ui import dialogs
from mama_desktop.ui.consents_page import ConsentsPage
from mama_desktop.ui.event_page import EventPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.widgets import ChipButton


def young(session: Session, event: str) -> None:
    """Five of the accepted are 14 years old."""
    query = select(Registration).where(Registration.event_id == event, Registration.status == "accepted").limit(5)
    for registration in session.scalars(query):
        session.get_one(Person, registration.person_id).birth_date = dt.date(2005, 9, 1)


@pytest.fixture
def event(real_window: MainWindow) -> str:
    key = real_window.db.read(events.event_by_code, "2020-04-klub")
    real_window.db.write(young, key, label=T("Test"))
    return key


@pytest.fixture
def page(real_window: MainWindow, event: str) -> ConsentsPage:
    real_window.go("consents", event)
    assert isinstance(real_window.page, ConsentsPage)
    return real_window.page


def states(page: ConsentsPage, key: str) -> list[Any]:
    listing = page.table.rows.listing
    return list(listing.rows[list(listing.keys).index(key)][3:7])


def test_papers_are_ticked_off_by_keys(page: ConsentsPage, qtbot: QtBot) -> None:
    first, second, *_ = keys = page.table.shown_keys()
    assert len(keys) >= 5
    page.table.select([first])
    qtbot.keyClick(page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    page.table.select([second])
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert states(page, first) == ["given"] * 4
    assert states(page, second) == ["given", "given", "refused", "refused"]
    page.db.undo()
    assert states(page, second) == ["none"] * 4


def test_after_a_paper_the_next_missing_one_is_chosen(page: ConsentsPage) -> None:
    keys = [key for key in page.table.shown_keys() if states(page, key)[0] != "given"]
    page.table.select([keys[0]])
    page.tick_everything()
    assert page.table.selected_keys() == [keys[1]]
    page.table.select([keys[-1]])
    page.tick_everything()
    assert page.table.selected_keys() == [keys[1]]


def test_the_code_of_a_paper_finds_its_row(page: ConsentsPage, real_window: MainWindow) -> None:
    """Typed, scanned, and scanned as an English scanner writes on a Slovene keyboard."""
    keys = page.table.shown_keys()
    code = short_id(keys[3])
    swapped = code.translate(str.maketrans("YZ", "ZY"))
    for words in (code.lower(), f"MAMA:P:{code}:1", f"MAMAČPČ{swapped.replace('-', chr(39))}Č1", code.replace("-", "")):
        page.table.select([keys[0]])
        page.code.setText(words)
        page.code.returnPressed.emit()
        assert page.table.selected_keys() == [keys[3]], words
    page.table.set_wanted("participation", ["given"])
    page.code.setText(code)
    page.code.returnPressed.emit()
    assert page.table.selected_keys() == [keys[3]]
    page.code.setText("MAMA:P:nekaj")
    page.code.returnPressed.emit()
    assert page.table.selected_keys() == [keys[3]]
    other = page.db.read(events.event_by_code, "2020-03-euyou-spoznavni-mkc")
    real_window.go("consents", other)
    there = real_window.page
    assert isinstance(there, ConsentsPage)
    there.code.setText(code)
    there.code.returnPressed.emit()
    assert there._event == page._event
    assert there.table.selected_keys() == [keys[3]]


def test_a_guardian_who_is_known_is_asked_about(page: ConsentsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = page.table.rows.listing
    guardian = listing.column("guardian")
    first, second = [k for k, row in zip(listing.keys, listing.rows, strict=True) if not row[guardian]][:2]
    page.table.edit_requested.emit(first, "guardian", "Maja Šuštar Zelenko")
    asked = []

    def ask(_parent: Any, _speak: Any, *words: Any) -> int:
        asked.append(words)
        return 0

    monkeypatch.setattr(dialogs, "ask", ask)
    page.table.edit_requested.emit(second, "guardian", "Maja Sustar Zelenko")
    assert len(asked) == 1
    rows = {row.registration_id: row for row in page.db.read(consents.minors_of_event, page._event)}
    assert rows[first].guardians[0].person_id == rows[second].guardians[0].person_id


def test_a_guardian_is_written_in_the_table_and_signs(page: ConsentsPage) -> None:
    key = page.table.shown_keys()[0]
    page.table.edit_requested.emit(key, "guardian", "Maja Šuštar")
    page.table.edit_requested.emit(key, "guardian_phone", "041 111 222")
    page.table.edit_requested.emit(key, "participation", "given")
    rows = page.db.read(consents.minors_of_event, page._event)
    (row,) = [row for row in rows if row.registration_id == key]
    assert (row.guardians[0].phone, row.given_by) == ("041 111 222", "Maja Šuštar")
    page.table.edit_requested.emit(key, "guardian", "Maja Šuštar Novak")
    rows = page.db.read(consents.minors_of_event, page._event)
    (row,) = [row for row in rows if row.registration_id == key]
    assert [g.name for g in row.guardians] == ["Maja Šuštar Novak"]


def test_a_day_before_the_answer_is_refused_in_words(page: ConsentsPage, said: list[tuple[str, Any]]) -> None:
    listing = page.table.rows.listing
    guardian = listing.column("guardian")
    # Somebody of whom nothing is known yet.
    key = next(k for k, row in zip(listing.keys, listing.rows, strict=True) if not row[guardian])
    page.table.edit_requested.emit(key, "given_on", dt.date(2020, 3, 1))
    page.table.edit_requested.emit(key, "guardian_phone", "041")
    assert len(said) == 2
    page.table.edit_requested.emit(key, "photo", "refused")
    page.table.edit_requested.emit(key, "given_on", dt.date(2020, 3, 1))
    assert len(said) == 2


def test_a_scan_lies_with_the_registration(page: ConsentsPage, tmp_path: Path) -> None:
    key = page.table.shown_keys()[0]
    page.table.edit_requested.emit(key, "participation", "given")
    (tmp_path / "sken.pdf").write_bytes(b"%PDF-1.7")
    page.table.select([key])
    page._bring([tmp_path / "sken.pdf"])
    listing = page.table.rows.listing
    assert listing.rows[list(listing.keys).index(key)][listing.column("scan")] is True


def test_the_papers_are_printed_for_those_missing(
    page: ConsentsPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "soglasja.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    page.table.select(page.table.shown_keys()[:2])
    page.print_out()
    qtbot.waitUntil(path.exists, timeout=15_000)
    qtbot.waitUntil(lambda: not page.jobs.running)
    assert path.read_bytes().startswith(b"%PDF")


def test_the_event_says_how_many_are_missing(real_window: MainWindow, event: str, qtbot: QtBot) -> None:
    real_window.go("event", event, "registrations")
    page = real_window.page
    assert isinstance(page, EventPage)
    missing = page.db.read(consents.count_missing, event)
    rows = page.db.read(consents.minors_of_event, event)
    assert missing == sum(1 for row in rows if row.missing) >= 5
    wanted = f"{missing} consents of parents missing"
    qtbot.waitUntil(lambda: wanted in [chip.text() for chip in page.findChildren(ChipButton)])
    page._on_chip("consents")
    assert isinstance(real_window.page, ConsentsPage)
