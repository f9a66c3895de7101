"""A report of an online meeting in the window: opened from the Attendance tab, looked at, decided, taken in, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import events
from mama_desktop.services.online_attendance import LEAVE_OUT, MISSING, PRESENT, UNKNOWN, WALK_IN
from mama_desktop.ui import dialogs
from mama_desktop.ui.attendance_tab import AttendanceTab
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.online_attendance_page import OnlineAttendancePage

HEADINGS = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"


def online(session: Session) -> tuple[str, list[str]]:
    """An event of one day with three accepted; one of them does not come."""
    event = session.get_one(Event, events.event_by_code(session, "2020-04-klub"))
    event.format = "online"
    query = (
        select(Person.given_name, Person.family_name, Person.email)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.event_id == event.id, Registration.status == "accepted")
        .order_by(Person.id)
        .limit(2)
    )
    lines = [
        f"{given} {family} (MC Krško),{email},{event.starts_on} 10:00:00,{event.starts_on} 11:30:00,90,Yes,No"
        for given, family, email in session.execute(query)
    ]
    return event.id, [*lines, f"Nekdo Neznan,,{event.starts_on} 10:00:00,{event.starts_on} 11:00:00,60,Yes,No"]


@pytest.fixture
def page(
    real_window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> OnlineAttendancePage:
    event, lines = real_window.db.write(online, label=T("Test"))
    file = tmp_path / "zoom.csv"
    file.write_text("\n".join([HEADINGS, *lines]), encoding="utf-8")
    real_window.go("event", event, "attendance")
    tab = real_window.page.findChild(AttendanceTab)
    assert isinstance(tab, AttendanceTab)
    tab.online_button.click()
    found = real_window.page
    assert isinstance(found, OnlineAttendancePage)
    monkeypatch.setattr(dialogs, "choose_file", lambda *_: [file])
    assert not found.take_button.isVisible()
    found._zone.asked.emit()
    qtbot.waitUntil(lambda: found.preview is not None, timeout=10_000)
    return found


def groups(page: OnlineAttendancePage) -> dict[str, int]:
    assert page.preview is not None
    return page.preview.counts()


def test_it_is_looked_at_decided_taken_in_and_undone(page: OnlineAttendancePage, qtbot: QtBot) -> None:
    assert groups(page)[PRESENT] == 2
    assert groups(page)[UNKNOWN] == 1
    assert groups(page)[MISSING] > 0
    stranger = next(row for row in page.preview.rows if row.group == UNKNOWN) if page.preview else None
    assert stranger is not None
    page.table.select([f"n{stranger.numbers[0]}"])
    assert page.who.isEnabled()
    place = page.who.combo.findData(WALK_IN)
    page.who.combo.setCurrentIndex(place)
    page.who.combo.activated.emit(place)
    qtbot.waitUntil(lambda: groups(page)[PRESENT] == 3, timeout=10_000)
    page.bar.confirm.setChecked(True)
    qtbot.waitUntil(lambda: page.options.confirm, timeout=10_000)
    page.take_button.click()
    db = page.db

    def minutes(session: Session) -> list[int]:
        return sorted(m or 0 for m in session.scalars(select(Attendance.minutes).where(Attendance.mark == "present")))

    assert db.read(minutes)[-3:] == [60, 90, 90]
    page.shell.undo()
    assert 60 not in db.read(minutes)


def test_how_long_is_long_enough_is_changed(page: OnlineAttendancePage, qtbot: QtBot) -> None:
    page.bar.least.setText("91")
    page.bar.least.editingFinished.emit()
    qtbot.waitUntil(lambda: groups(page)[PRESENT] == 0, timeout=10_000)


def test_several_are_left_out_at_once(page: OnlineAttendancePage, qtbot: QtBot) -> None:
    page.table.select(["n0", "n1"])
    page._leave.click()
    qtbot.waitUntil(lambda: groups(page)[PRESENT] == 0, timeout=10_000)
    assert set(page.options.decided.values()) == {LEAVE_OUT}


def test_what_is_no_report_is_said(page: OnlineAttendancePage, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "drugo.csv"
    other.write_text("Ime;Priimek\nAna;Novak\n", encoding="utf-8")
    page.read_files([other])
    qtbot.waitUntil(lambda: bool(page.note.words()), timeout=10_000)
    assert page.report is None
    assert not page.take_button.isVisible()
