"""Papers of an event: who stands on the sheet and the list, in which order and words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mama_desktop.services import funders, papers, sessions, templates
from mama_desktop.services.papers import ListOptions, SignInOptions
from mama_desktop.sheets.pdf import print_pdf
from mama_desktop.sheets.sheet import Sheet
from mama_desktop.sheets.xlsx import write_xlsx
from tests.services.office_days import FIRST, NOW, SECOND, Club, make_club, pages_of


@pytest.fixture
def club(paper_session: Session) -> Club:
    return make_club(paper_session)


def names(sheet: Sheet) -> list[str]:
    return [str(row[1]) for group in sheet.groups for row in group.rows]


def signed(club: Club, **more: Any) -> list[Sheet]:
    return [one.sheet for one in papers.sign_in(club.session, club.event.id, now=NOW, **more).sheets]


def test_who_stands_on_a_sheet(club: Club) -> None:
    club.join("Žan", "Žagar")
    club.join("Ana", "Čater", status="confirmed")
    club.join("Ivo", "Cvetko", role="trainer")
    club.join("Bor", "Đurić", arrival=SECOND)
    for status in ("invited", "applied", "waiting", "declined", "cancelled"):
        club.join(status, "Ne pride", status=status)
    first, second = signed(club)
    assert names(first) == ["Čater Ana", "Žagar Žan", "Cvetko Ivo"]
    assert names(second) == ["Čater Ana", "Đurić Bor", "Žagar Žan", "Cvetko Ivo"]
    assert [group.title.first if group.title else "" for group in first.groups] == ["", "Predavatelji in osebje"]


def test_every_word_in_both_languages_whatever_the_window_speaks(club: Club) -> None:
    club.join("Ana", "Čater")
    first = signed(club, language="both")[0]
    assert (first.title.first, first.title.second) == ("Lista prisotnosti", "Attendance list")
    assert first.heading_right.line == "četrtek, 2. april 2020 / Thursday, 2 April 2020"
    facts = {fact.label.line: fact.value for fact in first.facts}
    assert facts["Dogodek / Event"] == "Klub MaMa / MaMa Club"
    assert facts["Projekt / Project"] == "Redna dejavnost / Regular work · 2019-3-SI02"
    assert facts["Udeleženci / Participants"] == "vsi / all"
    assert all(c.heading.second for c in first.columns if c.kind != "line_number")
    assert first.funding == ("Program sofinancira Urad. / Co-funded by the Office.",)
    english = pages_of(print_pdf(signed(club, language="en")[0])[0])[0]
    assert "Attendance list" in english
    assert "page 1 of 1" in english
    assert "prisotnosti" not in english


def test_one_sheet_with_a_signature_for_each_day(club: Club) -> None:
    club.join("Ana", "Čater")
    club.join("Bor", "Đurić", arrival=SECOND)
    (sheet,) = signed(club, options=SignInOptions(one_sheet=True))
    assert [c.heading.first for c in sheet.columns[-2:]] == ["četrtek, 2. 4.", "petek, 3. 4."]
    assert [row[-2:] for group in sheet.groups for row in group.rows] == [(None, None), ("—", None)]


def test_a_long_event_is_signed_on_several_sheets(paper_session: Session) -> None:
    club = make_club(paper_session, ends_on=FIRST + dt.timedelta(days=7))
    sheets = papers.sign_in(paper_session, club.event.id, now=NOW, options=SignInOptions(one_sheet=True)).sheets
    assert [len(one.sessions) for one in sheets] == [4, 4]


def test_the_funder_decides_about_mail_and_split(club: Club) -> None:
    club.join("Ana", "Čater", email="ana@primer.si")
    club.join("Ivo", "Horvat", of=club.rijeka)
    assert "email" not in [c.key for c in signed(club, options=SignInOptions(columns=("name", "email")))[0].columns]
    funder = funders.profile_of(club.session, club.event.project_id)
    funder.email_on_sheet = funder.split_local = True
    local, international, *_ = signed(club)
    assert "email" in [c.key for c in local.columns]
    assert (names(local), names(international)) == (["Čater Ana"], ["Horvat Ivo"])
    assert international.facts[-1].value == "mednarodni / international"


def test_a_list_for_each_organisation(club: Club) -> None:
    club.join("Ana", "Čater")
    club.join("Ivo", "Horvat", of=club.rijeka)
    sheets = signed(club, options=SignInOptions(split="organisation"))
    assert [s.facts[-1].value for s in sheets[:2]] == ["Mladinski center Krško", "Udruga mladih Rijeka"]


def test_what_others_may_not_see_is_never_on_a_sheet(club: Club) -> None:
    columns = ("name", "birth_date", "allergies", "diet", "organisation")
    (first, _) = signed(club, options=SignInOptions(columns=columns))
    assert [c.key for c in first.columns] == ["number", "name", "organisation", "signature"]


def test_an_event_without_registrations_prints_blank_sheets(club: Club) -> None:
    sheet = signed(club, options=SignInOptions(blank_pages=2))[0]
    _, printed = print_pdf(sheet)
    assert printed.pages == 2
    assert all(row.at is None for row in printed.rows)
    assert [row.number for row in printed.rows] == list(range(1, len(printed.rows) + 1))


def test_an_event_known_by_its_month_only(paper_session: Session) -> None:
    club = make_club(paper_session, precision="month", ends_on=None)
    made = papers.sign_in(paper_session, club.event.id, now=NOW, language="sl")
    assert made.sheets[0].sheet.heading_right.first.startswith("Datum: __")
    assert any("no date" in str(w) for w in made.warnings)


def test_texts_to_be_confirmed_are_told(club: Club) -> None:
    told = [str(w) for w in papers.sign_in(club.session, club.event.id, now=NOW).warnings]
    assert any("To be confirmed" in words and "Urad RS za mladino" in words for words in told)


def test_an_online_event_says_so(paper_session: Session) -> None:
    club = make_club(paper_session, format="online")
    made = papers.sign_in(paper_session, club.event.id, now=NOW)
    assert "na spletu / online" in [fact.value for fact in made.sheets[0].sheet.facts]
    assert any("online" in str(w) for w in made.warnings)


def test_a_part_of_the_programme_has_its_name_and_hours(club: Club) -> None:
    key = sessions.add_session(
        club.session, club.event.id, kind="session", day=FIRST, starts_at=dt.time(9), ends_at=dt.time(10, 30),
        title_sl="Delavnica", title_en="Workshop",
    )  # fmt: skip
    (sheet,) = signed(club, sessions=[key])
    facts = {fact.label.first: fact.value for fact in sheet.facts}
    assert facts["Del programa"] == "1. dan, Delavnica / day 1, Workshop"
    assert facts["Čas"] == "9.00–10.30"


def read_back(club: Club, path: Path, **more: Any) -> tuple[Any, dict[str, Any]]:
    write_xlsx(papers.participant_list(club.session, club.event.id, now=NOW, **more), path)
    book = load_workbook(path)
    page = book.worksheets[0]
    at = next(r for r in range(1, 20) if page.cell(r, 2).value)
    headings = [cell.value for cell in page[at]]
    return book, dict(zip(headings, page[at + 1], strict=True))


def test_the_list_keeps_types_and_texts(club: Club, tmp_path: Path) -> None:
    club.join("Žan", "Žagar", birth_date=dt.date(2001, 4, 2), phone="+386 40 111 222", gender="male", country="SI",
              allergies="arašidi", arrival=FIRST, diet=["vegan"], answers={"Majica": "=1+1"})  # fmt: skip
    book, row = read_back(club, tmp_path / "seznam.xlsx")
    assert book.sheetnames == ["Udeleženci", "Statistika"]
    assert row["Datum rojstva"].value == dt.datetime(2001, 4, 2)
    assert row["Datum rojstva"].is_date
    assert row["Starost"].value == 19
    assert row["Telefon"].value == "+386 40 111 222"
    assert (row["Majica"].value, row["Majica"].data_type) == ("=1+1", "s")
    assert (row["Spol"].value, row["Država"].value, row["Prehrana"].value) == ("moški", "Slovenija", "vegansko")
    assert "arašidi" not in [cell.value for cell in row.values()]
    _, chosen = read_back(club, tmp_path / "alergije.xlsx", options=ListOptions(("family_name", "allergies")))
    assert [cell.value for cell in chosen.values()] == ["Žagar", "arašidi"]


def test_the_counts_say_not_keyed_in(club: Club) -> None:
    club.join("Žan", "Žagar", birth_date=dt.date(2001, 4, 2), gender="male", country="SI")
    club.join("Ana", "Čater", of=club.rijeka, status="waiting", gender="female")
    counts = papers.participant_list(club.session, club.event.id, now=NOW, language="sl").sheets[1]
    assert counts.groups[0].rows == (("Skupaj", 2, 1, "ni vneseno"),)
    by = {group.title.first: [row[:2] for row in group.rows] for group in counts.groups if group.title}
    assert list(by) == [
        "Po stanju prijave", "Po spolu", "Po starosti na prvi dan dogodka",
        "Po državi prebivališča, sicer po državi organizacije", "Po organizaciji",
    ]  # fmt: skip
    assert by["Po spolu"] == [("ženski", 1), ("moški", 1)]
    assert by["Po državi prebivališča, sicer po državi organizacije"] == [("Hrvaška", 1), ("Slovenija", 1)]
    assert by["Po starosti na prvi dan dogodka"][-1][1] == 1


def test_the_hotel_learns_only_what_it_needs(club: Club) -> None:
    club.join("Žan", "Žagar", email="zan@primer.si")
    club.join("Ana", "Čater", status="waiting")
    options = templates.template_called(club.session, club.event.id, "za hotel").options
    book = papers.participant_list(club.session, club.event.id, now=NOW, options=options)
    assert [c.key for c in book.sheets[0].columns] == ["family_name", "given_name", "gender", "arrival", "departure"]
    assert [row[0] for row in book.sheets[0].groups[0].rows] == ["Žagar"]
    assert [g.title.first for g in book.sheets[1].groups if g.title] == ["Po spolu"]


def test_an_empty_list_is_still_a_list(club: Club, tmp_path: Path) -> None:
    write_xlsx(papers.participant_list(club.session, club.event.id, now=NOW), tmp_path / "prazen.xlsx")
    assert load_workbook(tmp_path / "prazen.xlsx").worksheets[0].cell(1, 1).value == "Seznam udeležencev"
