"""Forms the office has taught the program: recognised, listed, renamed, altered, forgotten."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.mapping import Mapping
from mama_desktop.intake.tables import RawRow, Table
from mama_desktop.services import column_mapping, sources
from mama_desktop.store.database import Database
from tests.factories import make_event

NOW = dt.datetime(2020, 3, 2, 9, 12)
HEADINGS = ("Časovni žig", "Ime", "Priimek", "E-naslov", "Telefon", "Kaj bi jedli", "Majica")


def mapping(*headings: str) -> Mapping:
    row = RawRow(2, ("2020-02-01 08:00", *["x"] * (len(headings) - 1)))
    return recognise(Table("", (1,), headings, (row,)), column_mapping.targets())


def teach(db: Database, name: str, file: str, *headings: str) -> str:
    event = db.write(lambda s: make_event(s).id, label=T("Test"))
    found = mapping(*headings)
    key: str = db.write(
        sources.remember, found, found.remember(), file_name=file, name=name, event_id=event, now=NOW, label=T("Test")
    )
    return key


@pytest.mark.parametrize(
    ("file", "headings", "is_same"),
    [
        ("Klub (Odgovori).xlsx", HEADINGS, True),
        ("drugo.xlsx", HEADINGS, True),
        ("Klub (Odgovori) (2).xlsx", (*HEADINGS, "Prevoz", "Opombe"), True),
        ("Klub (Odgovori) 2020-03-01.xlsx", (HEADINGS[0], *reversed(HEADINGS[3:])), True),
        ("Konferenca (Odgovori).xlsx", (*HEADINGS, "Prevoz"), True),
        ("Konferenca (Odgovori).xlsx", (*HEADINGS[:4], "Delavnica", "Prevoz", "Soba"), False),
        ("Klub (Odgovori).xlsx", ("Časovni žig", "Naziv", "Znesek", "Račun"), False),
        ("Klub.xlsx", ("Ime", "Priimek", "E-naslov", "Telefon"), False),
    ],
)
def test_a_form_is_recognised_by_tool_name_and_most_headings(
    sqlite_db: Database, file: str, headings: tuple[str, ...], is_same: bool
) -> None:
    key = teach(sqlite_db, "Klub", "Klub (Odgovori).xlsx", *HEADINGS)
    found = sqlite_db.read(sources.profile_for, mapping(*headings), file)
    assert (found.fingerprint if found else None) == (key if is_same else None)
    assert sqlite_db.read(sources.profile_for, mapping(*headings), file, "person") is None


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Klub (Odgovori).xlsx", "klub"),
        ("Klub (Odgovori) (3).xlsx", "klub"),
        ("Klub (Responses) 2020-02-21.csv", "klub"),
        ("anketa31415-2020-02-21.csv", "anketa31415"),
        ("Prijave_na_Konferenco.xlsx", "prijave na konferenco"),
        ("2020.xlsx", "2020"),
        ("", ""),
    ],
)
def test_what_the_names_of_all_exports_share(name: str, stem: str) -> None:
    assert sources.stem_of(name) == stem


def test_a_form_is_named_after_its_tool_and_file() -> None:
    assert sources.proposed_name("google-forms", "Konferenca (Odgovori).xlsx", language="en") == (
        "Google Forms – Konferenca"
    )
    assert sources.proposed_name("list", "Seznam.xlsx") == "Seznam"
    assert sources.proposed_name("list", "") != ""


def test_two_forms_never_have_one_name(db: Database) -> None:
    teach(db, "Klub", "a.xlsx", *HEADINGS)
    other = teach(db, "klub", "b.xlsx", "Ime", "Priimek", "Soba")
    assert [row.name for row in db.read(sources.profiles)] == ["Klub", "klub (2)"]
    with pytest.raises(OfficeError, match="already"):
        db.write(sources.rename, other, "KLUB", label=T("Test"))
    with pytest.raises(OfficeError, match="name"):
        db.write(sources.rename, other, "  ", label=T("Test"))
    db.write(sources.rename, other, "Sobe", label=T("Test"))
    row = db.read(sources.profiles)[1]
    assert (row.name, row.tool, row.columns, row.used_at, bool(row.event)) == ("Sobe", "list", 3, NOW, True)


def test_a_meaning_is_altered_and_counts_the_next_time(db: Database) -> None:
    key = teach(db, "Klub", "a.xlsx", *HEADINGS)
    db.write(sources.assign_column, key, "Kaj bi jedli", "remarks", label=T("Test"))
    db.write(sources.assign_column, key, "Majica", "", left_out=True, label=T("Test"))
    columns = {c.label: (c.key, c.left_out) for c in db.read(sources.columns_of, key)}
    assert (columns["Kaj bi jedli"], columns["Majica"]) == (("remarks", False), ("", True))
    db.write(sources.assign_column, key, "Telefon", "remarks", label=T("Test"))
    columns = {c.label: (c.key, c.left_out) for c in db.read(sources.columns_of, key)}
    assert (columns["Kaj bi jedli"], columns["Telefon"]) == (("", False), ("remarks", False))
    profile = db.read(sources.profile_for, mapping(*HEADINGS), "a.xlsx")
    assert profile is not None
    recalled = mapping(*HEADINGS).recalled(profile.columns)
    assert recalled.columns[4].key == "remarks"


def test_a_forgotten_form_takes_along_what_it_said_and_comes_back_by_undo(db: Database) -> None:
    key = teach(db, "Klub", "a.xlsx", *HEADINGS)
    event = db.write(lambda s: make_event(s).id, label=T("Test"))
    row = {"event_id": event, "fingerprint": key, "row_key": "#1", "values": {"given_name": "Ana"}, "seen_at": NOW}
    db.write(lambda s: s.add(SourceRow(**row)), label=T("Test"))
    assert db.read(sources.rows_kept, key) == 1
    db.write(sources.forget, key, label=T("Test"))
    assert db.read(sources.profiles) == []
    assert db.read(lambda s: s.scalars(select(SourceRow)).all()) == []
    db.undo()
    assert (len(db.read(sources.profiles)), db.read(sources.rows_kept, key)) == (1, 1)
