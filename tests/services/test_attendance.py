"""Keying in: proposals, marks, walk-ins, confirming; what is not confirmed is not keyed in."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import attendance, issues, overview, registrations, sessions, walk_ins
from mama_desktop.services.papers import SignInOptions
from tests import factories
from tests.services.office_days import NOW, SECOND, Club, make_club

WHO = "Ana Kovač"


@pytest.fixture
def club(session: Session) -> Club:
    club = make_club(session)
    for family in ("Žagar", "Čater", "Bizjak"):
        club.join("Ana", family)
    sessions.ensure_sessions(session, club.event.id)
    return club


@pytest.fixture
def days(club: Club) -> list[str]:
    return [row.id for row in sessions.sessions_of(club.session, club.event.id)]


def present(club: Club) -> tuple[list[int | None], int | None]:
    counts = attendance.present_counts(club.session, club.event.id)
    return [one.present for one in counts.sessions], counts.present


def test_everyone_is_proposed_but_who_is_away_that_day(club: Club, days: list[str]) -> None:
    club.join("Bor", "Drugi", arrival=SECOND)
    issued = issues.issue_sign_in(club.session, club.event.id, now=NOW, options=SignInOptions(one_sheet=True))
    first = attendance.rows_to_key_in(club.session, code=issued.code)
    second = attendance.rows_to_key_in(club.session, code=issued.code, session_id=days[1])
    assert [row.id for row in first.sessions] == days
    proposed = {r.name: r.proposed for r in first.rows if r.name}
    assert proposed == {"Bizjak Ana": "present", "Čater Ana": "present", "Drugi Bor": "absent", "Žagar Ana": "present"}
    assert set(second.proposals().values()) == {"present"}
    assert first.rows[-1].is_blank
    assert first.rows[-1].proposed is None


def test_not_keyed_in_until_it_is_confirmed(club: Club, days: list[str]) -> None:
    assert present(club) == ([None, None], None)
    shown = attendance.rows_to_key_in(club.session, session_id=days[0])
    marks: dict[str, str | None] = {**shown.proposals(), shown.rows[0].registration_id or "": "absent"}
    attendance.set_marks(club.session, days[0], marks, who=WHO, now=NOW)
    assert present(club) == ([None, None], None)
    listed = registrations.registrations(club.session, club.event.id, keys=["sessions_present"])
    assert {row[0] for row in listed.rows} == {None}
    count = attendance.confirm(club.session, days[0], who=WHO, now=NOW)
    assert (count.present, count.absent, count.excused) == (2, 1, 0)
    assert present(club) == ([2, None], 2)
    listed = registrations.registrations(club.session, club.event.id, keys=["sessions_present"])
    assert sorted(row[0] for row in listed.rows) == [0, 1, 1]
    (event,) = overview.events_overview(club.session)
    assert event.present == 2


def test_people_present_are_counted_once(club: Club, days: list[str]) -> None:
    for day in days:
        attendance.confirm(club.session, day, who=WHO, now=NOW)
    assert present(club) == ([3, 3], 3)


def test_a_confirmed_session_is_opened_before_it_is_corrected(club: Club, days: list[str]) -> None:
    attendance.confirm(club.session, days[0], who=WHO, now=NOW)
    key = attendance.rows_to_key_in(club.session, session_id=days[0]).rows[0].registration_id or ""
    with pytest.raises(OfficeError):
        attendance.set_marks(club.session, days[0], {key: "excused"}, who=WHO, now=NOW)
    attendance.reopen(club.session, days[0])
    assert present(club) == ([None, None], None)
    assert attendance.set_marks(club.session, days[0], {key: "excused"}, who=WHO, now=NOW) == 1
    assert attendance.confirm(club.session, days[0], who=WHO, now=NOW).excused == 1


def test_a_mark_can_be_taken_back(club: Club, days: list[str]) -> None:
    key = attendance.rows_to_key_in(club.session, session_id=days[0]).rows[0].registration_id or ""
    assert attendance.set_marks(club.session, days[0], {key: "absent"}, who=WHO, now=NOW) == 1
    assert attendance.set_marks(club.session, days[0], {key: "absent"}, who=WHO, now=NOW) == 0
    assert attendance.set_marks(club.session, days[0], {key: None}, who=WHO, now=NOW) == 1
    assert attendance.rows_to_key_in(club.session, session_id=days[0]).rows[0].mark is None


def test_who_was_cancelled_after_printing_is_not_proposed(club: Club, days: list[str]) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[days[0]], now=NOW)
    key = attendance.rows_to_key_in(club.session, code=issued.code).rows[0].registration_id or ""
    registrations.set_status(club.session, [key], "cancelled", now=NOW)
    row = attendance.rows_to_key_in(club.session, code=issued.code).rows[0]
    assert (row.proposed, str(row.remark)) == ("absent", "meanwhile: cancelled")


def test_another_sheet_of_the_session_is_not_forgotten(club: Club, days: list[str]) -> None:
    club.join("Ivo", "Horvat", of=club.rijeka)
    issued = issues.issue_sign_in(
        club.session, club.event.id, sessions=[days[0]], now=NOW, options=SignInOptions(split="origin")
    )
    local, international = issued.issues
    with pytest.raises(OfficeError) as refused:
        attendance.confirm(club.session, days[0], code=local.code, who=WHO, now=NOW)
    assert international.code in str(refused.value.details[0])
    attendance.set_marks(
        club.session, days[0], attendance.rows_to_key_in(club.session, code=international.code).proposals(),
        who=WHO, now=NOW,
    )  # fmt: skip
    assert attendance.confirm(club.session, days[0], code=local.code, who=WHO, now=NOW).present == 4


def test_a_known_person_walks_in_on_a_blank_line(club: Club, days: list[str]) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[days[0]], now=NOW)
    known = factories.make_person(club.session, "Đorđe", "Šuštar", organisation_id=club.rijeka.id)
    factories.make_person(club.session, "Djordje", "Suša")
    (found,) = walk_ins.known_people(club.session, club.event.id, "susta dor")
    assert (found.person_id, found.organisation, found.registration_id) == (known.id, "Udruga mladih Rijeka", None)
    key = walk_ins.add_walk_in(
        club.session, club.event.id, days[0], person_id=known.id, code=issued.code, number=4, who=WHO, now=NOW
    )
    row = next(r for r in attendance.rows_to_key_in(club.session, code=issued.code).rows if r.number == 4)
    assert (row.registration_id, row.name, row.mark) == (key, "Šuštar Đorđe", "present")
    with pytest.raises(OfficeError):
        walk_ins.add_walk_in(
            club.session, club.event.id, days[0], name="Nekdo Drug", code=issued.code, number=4, who=WHO, now=NOW
        )
    assert issues.added_since(club.session, issued.issue_id, now=NOW) == 0


def test_who_signed_below_a_full_sheet_stands_on_it_too(club: Club, days: list[str]) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[days[0]], now=NOW)
    blank = [r.number for r in attendance.rows_to_key_in(club.session, code=issued.code).rows if r.is_blank]
    for number in blank:
        walk_ins.add_walk_in(
            club.session, club.event.id, days[0], name=f"Gost{number} Ana", organisation="MC", number=number,
            code=issued.code, who=WHO, now=NOW,
        )  # fmt: skip
    printed = attendance.rows_to_key_in(club.session, code=issued.code).rows
    club.join("Eva", "Kasneje")
    added = issues.supplement(club.session, issued.issue_id, now=NOW)
    last = max(row.number for row in attendance.rows_to_key_in(club.session, code=added.code).rows)
    key = walk_ins.add_walk_in(
        club.session, club.event.id, days[0], name="Robar Neža", organisation="MC", code=issued.code, who=WHO, now=NOW
    )
    rows = attendance.rows_to_key_in(club.session, code=issued.code).rows
    assert rows[:-1] == printed
    assert (rows[-1].number, rows[-1].registration_id, rows[-1].mark) == (last + 1, key, "present")
    # Keyed in twice, the same person gets no second line.
    walk_ins.add_walk_in(
        club.session, club.event.id, days[0], name="Neža Robar", organisation="MC", code=issued.code, who=WHO, now=NOW
    )
    assert len(attendance.rows_to_key_in(club.session, code=issued.code).rows) == len(rows)


def test_a_new_one_needs_a_name_and_an_organisation_only(club: Club, days: list[str]) -> None:
    key = walk_ins.add_walk_in(
        club.session, club.event.id, days[0], name="de la Cruz, Ana", organisation="Zavod O", who=WHO, now=NOW
    )
    registration = club.session.get_one(Registration, key)
    person = club.session.get_one(Person, registration.person_id)
    assert (person.family_name, person.given_name) == ("de la Cruz", "Ana")
    assert (registration.status, registration.source) == ("accepted", "walk-in")
    again = walk_ins.add_walk_in(
        club.session, club.event.id, days[1], name="Ana de la Cruz", organisation="zavod o", who=WHO, now=NOW
    )
    assert again == key


@pytest.mark.parametrize("typed", ["Žiga Kobilica", "Kobilica Žiga", "Kobilica, Žiga"])
def test_the_name_is_read_either_way_round(club: Club, days: list[str], typed: str) -> None:
    key = walk_ins.add_walk_in(club.session, club.event.id, days[0], name=typed, organisation="MC", who=WHO, now=NOW)
    person = club.session.get_one(Person, club.session.get_one(Registration, key).person_id)
    assert (person.family_name, person.given_name) == ("Kobilica", "Žiga")


def test_nobody_stands_twice_on_a_sheet(club: Club, days: list[str]) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[days[0]], now=NOW)
    with pytest.raises(OfficeError) as refused:
        walk_ins.add_walk_in(
            club.session, club.event.id, days[0], name="Ana Čater", organisation="Mladinski center Krško",
            code=issued.code, number=5, who=WHO, now=NOW,
        )  # fmt: skip
    assert str(refused.value.what) == "Čater Ana is on the list already, on line 2."


def test_who_was_on_the_waiting_list_and_came_took_part(club: Club, days: list[str]) -> None:
    key = club.join("Čaka", "Jočaka", status="waiting")
    (found,) = walk_ins.known_people(club.session, club.event.id, "caka")
    assert (found.registration_id, found.status) == (key, "waiting")
    walk_ins.add_walk_in(club.session, club.event.id, days[0], person_id=found.person_id, who=WHO, now=NOW)
    assert club.session.get_one(Registration, key).status == "accepted"


def test_a_blank_sheet_is_keyed_in_row_by_row(session: Session) -> None:
    club = make_club(session)
    issued = issues.issue_sign_in(session, club.event.id, now=NOW)
    shown = attendance.rows_to_key_in(session, code=issued.code)
    assert all(row.is_blank for row in shown.rows)
    for number, name in ((1, "Novak Ana"), (2, "Žagar Bor")):
        walk_ins.add_walk_in(
            session, club.event.id, shown.session.id, name=name, organisation="Zavod O", code=issued.code,
            number=number, who=WHO, now=NOW,
        )  # fmt: skip
    assert attendance.confirm(session, shown.session.id, code=issued.code, who=WHO, now=NOW).present == 2
