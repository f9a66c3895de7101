"""Every sample file of resources/samples/: what it is, how many people it brings, and its own peculiarities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mama_desktop import resources
from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.mapping import Mapping
from mama_desktop.intake.reading import read_file

FOLDER = resources.path("samples")
# File → tool, people taken in, rows skipped.
EXPECTED = {
    "prijave-klub-mama.xlsx": ("google-forms", 25, 0),
    "google-forms-en.csv": ("google-forms", 12, 0),
    "google-forms-sl (Odgovori).xlsx": ("google-forms", 14, 0),
    "microsoft-forms-en.xlsx": ("microsoft-forms", 10, 0),
    "microsoft-forms-sl.xlsx": ("microsoft-forms", 12, 0),
    "anketa31415-2020-02-21.csv": ("1ka", 16, 3),
    "anketa31415-2020-02-21.xls": ("1ka", 16, 3),
    "eventbrite-attendees.csv": ("eventbrite", 12, 2),
    "pretix-positions.csv": ("pretix", 12, 2),
    "pretix-positions.xlsx": ("pretix", 12, 2),
    "indico-registrations.csv": ("indico", 9, 1),
    "indico-import.csv": ("indico-import", 10, 0),
    "salto-applications.xlsx": ("salto", 16, 0),
    "seznam-delovni-vikend.xlsx": ("list", 18, 3),
    "prijave-stari-excel.csv": ("list", 12, 0),
    "seznam-stari-excel.xls": ("list", 14, 0),
    "seznam-libreoffice.ods": ("list", 14, 0),
    "outlook-tabela.html": ("list", 10, 0),
    "outlook-tabela.txt": ("list", 10, 0),
    "prijave.xlsb": ("list", 12, 0),
    "imena.txt": ("list", 10, 0),
}


def take(name: str) -> tuple[Mapping, Candidates]:
    table = read_file(FOLDER / name).table
    mapping = recognise(table)
    return mapping, candidates(table, mapping, around=dt.date(2020, 4, 2))


def test_each_sample_is_expected() -> None:
    assert {path.name for path in Path(FOLDER).iterdir() if path.is_file()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_of_a_sample_is_taken_in(name: str) -> None:
    mapping, found = take(name)
    assert (mapping.source, len(found.rows), len(found.skipped)) == EXPECTED[name]
    assert sum(1 for row in found.rows if row.blocked) == (name == "prijave-klub-mama.xlsx")
    for row in found.rows:
        assert row.blocked or (row.values["given_name"] and row.values["family_name"])


def test_the_clubs_form_with_all_its_faults() -> None:
    _, found = take("prijave-klub-mama.xlsx")
    people = {row.name: row for row in found.rows}
    assert people["Marjeta Žagar"].values["phone"] == "051 555 103"
    assert people["Spela Ceh"].values["organisation"] == "Mladinski center Trbovlje"
    assert people["Ana Kovač"].values["diet"] == ["vegan"]
    assert [repeat.name for repeat in found.repeated] == ["Ana Kovač"]
    assert people["Sara Novak"].problems[0].value == "sara.novak@example"
    assert people["Neža Zupan"].values["email"] == people["Jakob Zupan"].values["email"]
    assert people["Nika Černe"].values["country"] == "SI"
    assert "oreščki" not in str(found.rows)


def test_the_attendee_not_the_invoice() -> None:
    mapping, found = take("pretix-positions.csv")
    first = found.rows[0].values
    assert first["email"] == "urska.mlakar@example.org"
    assert first["organisation"] == "MCDD Škofja Loka"
    assert found.rows[0].answers["Company (2)"] == "Invoice payer Ltd."
    assert mapping.column_for("status") is None


def test_missing_codes_of_1ka_are_nothing() -> None:
    _, found = take("anketa31415-2020-02-21.csv")
    assert "phone" not in found.rows[1].values
    assert all("-" not in answer for row in found.rows for answer in row.answers.values())


def test_no_emso_leaves_the_own_list() -> None:
    mapping, found = take("seznam-delovni-vikend.xlsx")
    assert [column.finding.kind for column in mapping.columns if column.finding] == ["emso"]
    assert found.rows[2].values["organisation"] == "MC Brežice"
    assert not any(len(word) > 11 and word.isdigit() for row in found.rows for word in str(row).split("'"))
