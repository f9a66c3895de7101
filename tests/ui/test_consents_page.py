"""Papers of parents in the window: ticked off by keys, guardians written in the table, scans dropped, printed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import consent_words, consents, events, registrations
from mama_desktop.services.papers_consent import CONSENTS
from mama_desktop.services.short_ids import short_id
from mama_desktop.sheets.pages import page_count
from mama_desktop.ui import dialogs
from mama_desktop.ui.consents_page import ConsentsPage
from mama_desktop.ui.documents_tab import OTHER
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


def person_of(page: ConsentsPage, key: str) -> str:
    found = page.db.read(registrations.person_of, key)
    assert found
    return found


def unknown(page: ConsentsPage) -> list[str]:
    """The rows of those of whom nothing is kept yet, with nobody to sign."""
    guardian = page.table.rows.listing.column("guardian")
    rows = dict(zip(page.table.rows.listing.keys, page.table.rows.listing.rows, strict=True))
    return [
        key
        for key in page.table.shown_keys()
        if not rows[key][guardian] and not page.db.read(consents.consents_of, person_of(page, key))
    ]


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


def test_the_papers_of_the_chosen_rows_are_seen_before_they_are_printed(
    page: ConsentsPage, real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among the documents, as every paper; saved from there they are the papers of those rows only."""

    def papers() -> int:
        qtbot.waitUntil(lambda: not real_window._jobs.running and not documents._soon.isActive(), timeout=15_000)
        assert documents.made is not None
        return page_count(documents.made.pdf)

    page.table.select(page.table.shown_keys()[:2])
    page.print_out()
    event: Any = real_window.page
    assert isinstance(event, EventPage)
    documents: Any = event._lazy["documents"].inside
    assert documents.tabs.current == OTHER
    assert papers() == 2
    path = tmp_path / "soglasja.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    documents.save_pdf()
    qtbot.waitUntil(path.exists, timeout=15_000)
    qtbot.waitUntil(lambda: not real_window._jobs.running)
    assert page_count(path.read_bytes()) == 2
    documents.other.only_chosen.click()
    minors = len(page.db.read(consents.minors_of_event, page._event))
    assert papers() == minors > 2
    # From the page without a choice they are again for all.
    real_window.go("event", page._event, f"documents:{CONSENTS}")
    assert documents.other.only_chosen.isHidden()
    assert papers() == minors


def test_day_signer_and_words_are_seen_before_a_paper_is_kept(page: ConsentsPage) -> None:
    key, other = unknown(page)[:2]
    page.table.edit_requested.emit(key, "guardian", "Maja Šuštar")
    page.table.select([key])
    strip, today = page.strip, page.db.clock.today()
    assert (strip.day.value(), strip.by.text(), strip.version.text()) == (today, "Maja Šuštar", "1")
    strip.day.set_value(today - dt.timedelta(days=9))
    strip.by.setText("Jože Šuštar")
    strip.by.setModified(True)
    page.tick_everything()
    (kept, *_) = page.db.read(consents.consents_of, person_of(page, key))
    assert (kept.given_on, kept.given_by, kept.version) == (today - dt.timedelta(days=9), "Jože Šuštar", 1)
    # The day stays for the next paper of the pile, the name does not.
    page.table.select([other])
    assert strip.day.value() == today - dt.timedelta(days=9)
    assert strip.by.text() == ""


def test_several_papers_at_once_show_the_day_and_each_ones_guardian(page: ConsentsPage) -> None:
    first, second = unknown(page)[:2]
    page.table.edit_requested.emit(first, "guardian", "Maja Šuštar")
    page.table.select([first, second])
    assert page.strip.by.isReadOnly()
    assert page.strip.by.text().startswith("Maja Šuštar, ") or page.strip.by.text().endswith(", Maja Šuštar")
    page.strip.day.set_value(dt.date(2020, 3, 1))
    page.tick_without_photos()
    for key, name in ((first, "Maja Šuštar"), (second, "")):
        kept = page.db.read(consents.consents_of, person_of(page, key))
        assert {(row.given_on, row.given_by) for row in kept} == {(dt.date(2020, 3, 1), name)}


def test_a_cell_takes_the_day_of_the_strip_and_no_day_keeps_nothing(
    page: ConsentsPage, said: list[tuple[str, Any]]
) -> None:
    key = unknown(page)[0]
    page.table.select([key])
    page.strip.day.set_value(dt.date(2020, 3, 1))
    page.table.edit_requested.emit(key, "data", "given")
    (kept,) = page.db.read(consents.consents_of, person_of(page, key))
    assert (kept.purpose, kept.given_on) == ("data", dt.date(2020, 3, 1))
    page.strip.day.setText("kmalu")
    page.tick_everything()
    page.strip.day.clear()
    page.tick_everything()
    page.strip.day.set_value(page.db.clock.today() + dt.timedelta(days=1))
    page.tick_everything()
    assert len(page.db.read(consents.consents_of, person_of(page, key))) == 1
    assert said


def test_the_version_that_is_written_is_kept(page: ConsentsPage) -> None:
    page.db.write(
        consent_words.new_wording, "photo", "Besede.", "Words.", on=page.db.clock.today(), label=T("Words")
    )  # fmt: skip
    key = unknown(page)[0]
    page.table.select([key])
    assert page.strip.version.text() == "1, 1, 2, 1"
    page.strip.version.setText("1")
    page.tick_everything()
    kept = page.db.read(consents.consents_of, person_of(page, key))
    assert {row.version for row in kept} == {1}


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_tools_stand_on_one_line(page: ConsentsPage, real_window: MainWindow, qtbot: QtBot, width: int) -> None:
    real_window.resize(width, 700)
    page.table.select(page.table.shown_keys()[:2])
    qtbot.wait(30)
    shown = [w for w in page.table.bar.findChildren(QAbstractButton) if w.isVisible()]
    tops = {w.mapTo(page.table.bar, QPoint(0, 0)).y() for w in shown if w.parent() is not page.table.search}
    assert max(tops) - min(tops) < 20


def test_from_here_the_parents_are_written_to(page: ConsentsPage, real_window: MainWindow, qtbot: QtBot) -> None:
    page.write_to_parents()
    letters: Any = real_window.page
    qtbot.waitUntil(lambda: not real_window._jobs.running, timeout=30_000)
    missing = [row.registration_id for row in page.db.read(consents.minors_of_event, page._event) if row.missing]
    assert letters.panel.chosen.key == "consent"
    assert {one.recipient.key for one in letters.preview.mailing.letters} == set(missing)


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
