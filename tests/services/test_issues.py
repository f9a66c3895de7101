"""Printings are kept: code, rows, numbers, the same PDF; supplements go on where the sheet ended."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import IssueRow
from mama_desktop.services import attendance, issues, registrations, sessions
from mama_desktop.services.papers import SignInOptions
from tests.services.office_days import NOW, Club, make_club, pages_of


@pytest.fixture
def club(session: Session) -> Club:
    club = make_club(session)
    for family in ("Žagar", "Čater", "Bizjak"):
        club.join("Ana", family)
    return club


def rows(club: Club, issue_id: str) -> dict[int, str]:
    query = select(IssueRow.number, IssueRow.name).where(IssueRow.issue_id == issue_id).order_by(IssueRow.number)
    return {number: name for number, name in club.session.execute(query)}


def test_a_printing_is_kept_with_its_rows(club: Club) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, now=NOW, who="Ana")
    first, second = issued.issues
    assert (first.number, second.number, issued.pages) == (1, 1, 2)
    assert (first.people, first.rows > 8) == (3, True)
    assert [name for name in rows(club, first.id).values() if name] == ["Bizjak Ana", "Čater Ana", "Žagar Ana"]
    assert first.file_name == "2020-04-klub lista prisotnosti 2. 4. 2020, izdaja 1.pdf"
    page = pages_of(issued.pdf)[0]
    assert f"{first.code} · 2020-04-klub · 1. dan / day 1 · izdaja 1, 30. 3. 2020 / issue 1, 30 Mar 2020" in page
    assert "stran 1 od 1 / page 1 of 1" in page


def test_each_sessions_and_each_lists_issues_are_counted_apart(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    first, second = sessions.sessions_of(club.session, club.event.id)
    numbers = [
        issues.issue_sign_in(club.session, club.event.id, sessions=[key], now=NOW, options=options).issues[0].number
        for key, options in (
            (first.id, None), (first.id, None), (second.id, None), (first.id, SignInOptions(split="origin")),
        )
    ]  # fmt: skip
    assert numbers == [1, 2, 1, 1]


def test_printed_again_is_the_same_file(club: Club) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, now=NOW, options=SignInOptions(one_sheet=True))
    club.join("Bor", "Novak")
    assert issues.printed_again(club.session, issued.issue_id).pdf == issued.pdf


def test_a_code_is_found_however_it_is_typed(club: Club) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, now=NOW)
    code = issued.code
    for typed in (
        code,
        code.lower(),
        f" {code[:3]} {code[3:]} ",
        f"MAMA:{code}:2",
        f"mama:{code.lower()}",
        f"{code}-2",
    ):
        assert issues.find_issue(club.session, typed).id == issued.issue_id
    for typed in ("", "MAMA:", "222222", "klub"):
        with pytest.raises(OfficeError):
            issues.find_issue(club.session, typed)


def test_a_supplement_holds_only_those_added_since(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    first = sessions.sessions_of(club.session, club.event.id)[0].id
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[first], now=NOW)
    last = max(rows(club, issued.issue_id))
    assert issues.added_since(club.session, issued.issue_id, now=NOW) == 0
    with pytest.raises(OfficeError):
        issues.supplement(club.session, issued.issue_id, now=NOW)
    club.join("Bor", "Abram")
    club.join("Čarna", "Zajc")
    assert issues.added_since(club.session, issued.issue_id, now=NOW) == 2
    more = issues.supplement(club.session, issued.issue_id, now=NOW)
    numbered = rows(club, more.issue_id)
    assert (numbered[last + 1], numbered[last + 2]) == ("Abram Bor", "Zajc Čarna")
    assert min(numbered) == last + 1
    assert "dopolnilo k izdaji 1" in pages_of(more.pdf)[0]
    club.join("Dan", "Dolenc")
    third = rows(club, issues.supplement(club.session, more.issue_id, now=NOW).issue_id)
    assert third[min(third)] == "Dolenc Dan"
    assert min(third) == max(numbered) + 1


def test_a_sheet_printed_before_three_late_registrations_is_keyed_in_by_its_own_numbers(club: Club) -> None:
    sessions.ensure_sessions(club.session, club.event.id)
    first = sessions.sessions_of(club.session, club.event.id)[0].id
    issued = issues.issue_sign_in(club.session, club.event.id, sessions=[first], now=NOW)
    on_paper = re.findall(r"(\d+)\. (\w+ Ana)", pages_of(issued.pdf)[0])
    for family in ("Abram", "Čuk", "Zupan"):
        club.join("Pozna", family)
    shown = attendance.rows_to_key_in(club.session, code=issued.code)
    assert [(str(r.number), r.name) for r in shown.rows if r.name] == on_paper
    assert "Abram Pozna" not in [r.name for r in shown.rows]


def test_a_deleted_registration_stays_on_the_paper(club: Club) -> None:
    issued = issues.issue_sign_in(club.session, club.event.id, now=NOW)
    shown = attendance.rows_to_key_in(club.session, code=issued.code)
    registrations.remove(club.session, [shown.rows[0].registration_id or ""])
    gone = attendance.rows_to_key_in(club.session, code=issued.code).rows[0]
    assert (gone.name, gone.registration_id, gone.is_blank) == ("Bizjak Ana", None, False)
    assert gone.remark is not None


def test_the_printings_of_an_event_newest_first(club: Club) -> None:
    issues.issue_sign_in(club.session, club.event.id, now=NOW)
    later = issues.issue_sign_in(club.session, club.event.id, now=NOW.replace(hour=16))
    found = issues.issues_of(club.session, club.event.id)
    assert len(found) == 4
    assert {i.id for i in found[:2]} == {i.id for i in later.issues}
    assert len(issues.issues_of(club.session, club.event.id, session_id=later.issues[0].sessions[0])) == 2
