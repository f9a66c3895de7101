"""Sessions follow the event's dates; what is printed or keyed in stays."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.services import attendance, issues, sessions
from tests.services.office_days import FIRST, NOW, SECOND, Club, make_club

THIRD = dt.date(2020, 4, 4)


@pytest.fixture
def club(session: Session) -> Club:
    return make_club(session)


def days(club: Club) -> list[dt.date]:
    return [row.day for row in sessions.sessions_of(club.session, club.event.id)]


def test_one_for_each_day_and_not_twice(club: Club) -> None:
    assert sessions.ensure_sessions(club.session, club.event.id).added == 2
    assert sessions.ensure_sessions(club.session, club.event.id).added == 0
    assert days(club) == [FIRST, SECOND]
    names = [sessions.session_name(row, "sl") for row in sessions.sessions_of(club.session, club.event.id)]
    assert names == ["1. dan", "2. dan"]


def test_a_month_has_no_sessions(session: Session) -> None:
    club = make_club(session, precision="month", ends_on=None)
    assert sessions.ensure_sessions(session, club.event.id).added == 0


def test_a_moved_event_takes_its_programme_along(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    key = sessions.add_session(club.session, club.event.id, kind="session", day=SECOND, title_sl="Delavnica")
    club.event.starts_on, club.event.ends_on = SECOND, THIRD
    adapted = sessions.ensure_sessions(club.session, club.event.id)
    assert (adapted.moved, adapted.added, adapted.removed) == (2, 0, 0)
    assert next(r.day for r in sessions.sessions_of(club.session, club.event.id) if r.id == key) == THIRD


def test_a_printed_or_keyed_in_session_stays_and_is_said(club: Club) -> None:
    key = club.join("Ana", "Čater")
    sessions.ensure_sessions(club.session, club.event.id)
    first, second = sessions.sessions_of(club.session, club.event.id)
    issues.issue_sign_in(club.session, club.event.id, sessions=[first.id], now=NOW)
    attendance.set_marks(club.session, second.id, {key: "present"}, who="Ana", now=NOW)
    club.event.starts_on = club.event.ends_on = THIRD
    adapted = sessions.ensure_sessions(club.session, club.event.id)
    assert (len(adapted.kept), adapted.added, adapted.removed) == (2, 1, 0)
    assert days(club) == [FIRST, SECOND, THIRD]


def test_a_shorter_event_loses_the_free_day(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    club.event.ends_on = FIRST
    assert sessions.ensure_sessions(club.session, club.event.id).removed == 1
    assert days(club) == [FIRST]


def test_half_days_replace_a_free_whole_day(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    for begin in (dt.time(9), dt.time(14)):
        sessions.add_session(club.session, club.event.id, kind="half-day", day=FIRST, starts_at=begin)
    rows = sessions.sessions_of(club.session, club.event.id)
    assert [sessions.session_name(row, "sl") for row in rows] == ["1. dan, dopoldne", "1. dan, popoldne", "2. dan"]
    assert [sessions.session_name(row, "en") for row in rows][:2] == ["day 1, morning", "day 1, afternoon"]
    assert sessions.ensure_sessions(club.session, club.event.id).added == 0


def test_what_cannot_be_is_refused(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    first, second = sessions.sessions_of(club.session, club.event.id)
    with pytest.raises(OfficeError):
        sessions.add_session(club.session, club.event.id, kind="half-day", day=THIRD)
    with pytest.raises(OfficeError):
        sessions.edit_session(club.session, first.id, starts_at=dt.time(12), ends_at=dt.time(9))
    issues.issue_sign_in(club.session, club.event.id, sessions=[first.id], now=NOW)
    with pytest.raises(OfficeError):
        sessions.remove_session(club.session, first.id)
    with pytest.raises(OfficeError):
        sessions.edit_session(club.session, first.id, day=SECOND)
    sessions.edit_session(club.session, first.id, title_sl="  Odprtje ", starts_at=dt.time(9))
    sessions.remove_session(club.session, second.id)
    (row,) = sessions.sessions_of(club.session, club.event.id)
    assert (row.title_sl, row.is_held) == ("Odprtje", True)


def test_an_evening_lasts_into_the_next_day(club: Club) -> None:
    key = sessions.add_session(
        club.session, club.event.id, kind="session", day=FIRST, starts_at=dt.time(20), ends_at=dt.time(2)
    )
    row = next(row for row in sessions.sessions_of(club.session, club.event.id) if row.id == key)
    assert (row.begins, row.ends) == (dt.datetime.combine(FIRST, dt.time(20)), dt.datetime.combine(SECOND, dt.time(2)))
    sessions.edit_session(club.session, key, ends_at=dt.time(8))
    for late in (dt.time(8, 1), dt.time(20), dt.time(19, 59)):
        with pytest.raises(OfficeError, match="before the beginning"):
            sessions.edit_session(club.session, key, ends_at=late)


def test_the_day_after_a_long_evening_begins_when_that_is_over(club: Club) -> None:
    sessions.add_session(
        club.session, club.event.id, kind="session", day=FIRST, starts_at=dt.time(20), ends_at=dt.time(2)
    )
    sessions.ensure_sessions(club.session, club.event.id)
    _, second = sessions.sessions_of(club.session, club.event.id)
    assert (second.kind, second.begins) == ("day", dt.datetime.combine(SECOND, dt.time(2)))
