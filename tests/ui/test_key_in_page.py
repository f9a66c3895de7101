"""Keying in a signed sheet by the keyboard, and the sessions of an event."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import attendance, events, issues, sessions
from mama_desktop.ui.attendance_tab import AttendanceTab, SessionCard
from mama_desktop.ui.key_in_page import KeyInPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.session_form import time_of

CLUB = "2020-04-klub"


@pytest.fixture
def sheet(real_window: MainWindow) -> issues.IssueInfo:
    """The first day's printed sheet."""
    db = real_window.db
    event = db.read(events.event_by_code, CLUB)
    issued = db.write(issues.issue_sign_in, event, now=db.clock.now(), who="Ana", label=T("Print"))
    return issued.issues[0]


def _open(window: MainWindow, *where: str) -> KeyInPage:
    window.go("key-in", *where)
    page = window.page
    assert isinstance(page, KeyInPage)
    return page


def _marks(window: MainWindow, page: KeyInPage) -> dict[int, str | None]:
    shown = window.db.read(attendance.rows_to_key_in, code=page._code, session_id=page._session)
    return {row.number: row.mark for row in shown.rows}


def test_numbers_space_and_letters_mark_the_exceptions(
    real_window: MainWindow, sheet: issues.IssueInfo, qtbot: QtBot
) -> None:
    page = _open(real_window, sheet.code.lower())
    assert page.focusWidget() is page.lines
    assert page.counts() == {"present": sheet.people, "absent": 0, "excused": 0}
    qtbot.keyClicks(page.lines, "17")
    qtbot.keyClick(page.lines, Qt.Key.Key_Space)
    qtbot.keyClick(page.lines, Qt.Key.Key_Down)
    qtbot.keyClicks(page.lines, "e")
    qtbot.keyClicks(page.lines, "a")
    stored = _marks(real_window, page)
    assert (stored[17], stored[18], stored[19], stored[1]) == ("absent", "excused", "absent", None)
    assert page.counts() == {"present": sheet.people - 3, "absent": 2, "excused": 1}
    real_window.undo()
    assert page.counts()["absent"] == 1


def test_it_counts_only_after_it_is_confirmed(real_window: MainWindow, sheet: issues.IssueInfo, qtbot: QtBot) -> None:
    page = _open(real_window, sheet.code)
    qtbot.keyClicks(page.lines, "3")
    qtbot.keyClick(page.lines, Qt.Key.Key_Space)
    assert real_window.db.read(attendance.present_counts, sheet.event_id).sessions[0].present is None
    page.confirm_button.click()
    counted = real_window.db.read(attendance.present_counts, sheet.event_id).sessions[0]
    assert (counted.present, counted.absent) == (sheet.people - 1, 1)
    if len(sheet.sessions) > 1:
        # The next part of the same sheet begins at the top.
        assert page.lines.currentIndex().row() == 0
    page = _open(real_window, sheet.code, sheet.sessions[0])
    assert page.lines.is_read_only
    assert page.confirm_button.isHidden()
    page.reopen_button.click()
    assert not page.lines.is_read_only


def test_a_walk_in_takes_the_next_blank_line(real_window: MainWindow, sheet: issues.IssueInfo, qtbot: QtBot) -> None:
    page = _open(real_window, sheet.code)
    page.new()
    page.walk_in.name.setText("Novinec Zala")
    page.walk_in.organisation.setText("Klub v Zalogu")
    page.walk_in._on_add()
    line = next(one for one in page.model.lines if one.name == "Novinec Zala")
    assert (line.number, line.organisation, line.mark) == (sheet.people + 1, "Klub v Zalogu", "present")
    notice = real_window._notices
    assert notice.words() == f"Novinec Zala is added on line {sheet.people + 1}. (over capacity, 61 / 60)"
    known = real_window.db.read(page_known, sheet.event_id)
    page._on_known(known)
    assert page.model.lines[sheet.people + 1].name == known.name


def page_known(session: Any, event_id: str) -> Any:
    """Somebody known who is not registered for the event."""
    from mama_desktop.services.walk_ins import known_people

    return next(k for k in known_people(session, event_id, "a", limit=400) if k.registration_id is None)


def test_typing_on_a_blank_line_begins_the_name(real_window: MainWindow, sheet: issues.IssueInfo, qtbot: QtBot) -> None:
    page = _open(real_window, sheet.code)
    page.lines.go_to(sheet.people + 3)
    qtbot.keyClicks(page.lines, "N")
    assert page.walk_in.name.text() == "N"
    assert page._blank_line() == sheet.people + 3


def test_another_sheet_of_the_session_is_asked_about_on_the_page(
    real_window: MainWindow, sheet: issues.IssueInfo
) -> None:
    db = real_window.db
    page = _open(real_window, sheet.code)
    other = page.model.lines[0].registration_id

    def print_apart(session: Any) -> None:
        from mama_desktop.domain.registrations import Registration
        from mama_desktop.services.papers import SignInOptions

        issues.issue_sign_in(session, sheet.event_id, now=db.clock.now(), options=SignInOptions(split="origin"))
        session.get_one(Registration, other).remarks = "podpis na drugi listi"

    db.write(print_apart, label=T("Print"))
    page.confirm()
    assert db.read(attendance.present_counts, sheet.event_id).sessions[0].present is not None or page.note.words()


def test_the_question_about_another_sheet_takes_the_keys(
    real_window: MainWindow, sheet: issues.IssueInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _open(real_window, sheet.code)
    assert page._shown is not None
    monkeypatch.setattr(attendance, "sheets_not_keyed_in", lambda *_given: [replace(sheet, code="ABC234")])
    page._ask_about(page._shown, OfficeError(T("Not yet")))
    assert "ABC234" in page.note.words()
    focused = real_window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Key in ABC234"


def test_an_unknown_code_is_said_beside_the_field(real_window: MainWindow) -> None:
    page = _open(real_window, "XXXXXX")
    assert "XXXXXX" in page.note.words()
    assert not page.confirm_button.isVisible()


def test_sessions_are_added_renamed_and_removed(real_window: MainWindow) -> None:
    event = real_window.db.read(events.event_by_code, CLUB)
    real_window.go("event", event, "attendance")
    page: Any = real_window.page
    tab: AttendanceTab = page._lazy["attendance"].built()
    before = real_window.db.read(sessions.sessions_of, event)
    tab.add_button.click()
    tab.form.starts_at.setText("25")
    tab.form._on_store()
    assert not tab.form._wrong.isHidden()
    tab.form.starts_at.setText("14.30")
    tab.form.title_sl.setText("Delavnica")
    tab.form._on_store()
    added = [row for row in real_window.db.read(sessions.sessions_of, event) if row.title_sl == "Delavnica"]
    assert [row.starts_at for row in added] == [dt.time(14, 30)]
    assert not tab.form.isVisible()
    tab._on_edit(added[0])
    tab.form.title_sl.setText("Velika delavnica")
    tab.form._on_store()
    assert any(row.title_sl == "Velika delavnica" for row in real_window.db.read(sessions.sessions_of, event))
    tab._on_remove(added[0])
    # The first day was free: it gave way to its part.
    assert len(real_window.db.read(sessions.sessions_of, event)) == len(before) - 1


def test_a_session_says_whether_it_is_keyed_in(real_window: MainWindow) -> None:
    event = real_window.db.read(events.event_by_code, CLUB)
    real_window.go("event", event, "attendance")
    page: Any = real_window.page
    tab: AttendanceTab = page._lazy["attendance"].built()
    cards = [card for card in tab.findChildren(SessionCard) if card.isVisible()]
    assert len(cards) == len(real_window.db.read(sessions.sessions_of, event))
    cards[0].key_in_button.click()
    assert isinstance(real_window.page, KeyInPage)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9", dt.time(9)), ("9.30", dt.time(9, 30)), ("17:05", dt.time(17, 5)), ("8h", dt.time(8)), ("", None)],
)
def test_a_time_is_read_as_anybody_types_it(typed: str, time: dt.time | None) -> None:
    assert time_of(typed) == time


@pytest.mark.parametrize("typed", ["24", "9.75", "popoldne"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=typed):
        time_of(typed)
