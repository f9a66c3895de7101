"""Headings, tools and typed values: what is understood, what is asked, and what is kept as an extra answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.headings import assign, recognise
from mama_desktop.intake.mapping import fingerprint
from mama_desktop.intake.names import order_of_names, proper_case, split_full_name
from mama_desktop.intake.places import country_code
from mama_desktop.intake.tables import Cell, RawRow, Table
from mama_desktop.intake.vocabulary import TARGETS, Target
from tests.intake.emso import make_emso


def table_of(headings: list[str], *rows: list[Cell]) -> Table:
    return Table("", (1,), tuple(headings), tuple(RawRow(n, tuple(row)) for n, row in enumerate(rows, 2)))


def keys_of(*headings: str) -> list[str]:
    return [column.key for column in recognise(table_of(list(headings))).columns]


def values_of(heading: str, cell: Cell, *, key: str = "", **more: Any) -> dict[str, Any]:
    """What a cell under this heading gives, beside a name."""
    found = taken(["Ime", "Priimek", heading], ["Ana", "Kovač", cell], key=key, **more).rows[0].values
    return {key: value for key, value in found.items() if key not in ("given_name", "family_name")}


def taken(headings: list[str], *rows: list[Cell], key: str = "", **more: Any) -> Candidates:
    table = table_of(headings, *rows)
    mapping = recognise(table)
    if key:
        target = next(target for target in TARGETS if target.key == key)
        mapping = assign(table, mapping, len(headings) - 1, target)
    return candidates(table, mapping, **more)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Vnesite vaše ime in priimek *", "full_name"),
        ("IME IN PRIIMEK:", "full_name"),
        ("Priimek in ime", "full_name"),
        ("1. E-poštni naslov (za obvestila)", "email"),
        ("Na kateri e-naslov vam lahko pišemo?", "email"),
        ("Telefonska stevilka", "phone"),
        ("GSM", "phone"),
        ("Mobilni telefon / Mobile phone", "phone"),
        ("Datum rojstva (dan, mesec, leto)", "birth_date"),
        ("Leto rojstva", "birth_year"),
        ("Starost", "age"),
        ("Iz katere organizacije prihajate?", "organisation"),
        ("Iz katerega mladinskega centra prihajaš?", "organisation"),
        ("Posebnosti pri prehrani", "diet"),
        ("Časovni žig", "submitted_at"),
        ("Pošta in kraj", "postal_and_town"),
        ("Država", "country"),
        ("Vloga v organizaciji", "function"),
        ("Spol", "gender"),
        ("Ulica in hišna številka", "street"),
        ("Bi nam radi še kaj sporočili?", "remarks"),
        ("Organizacja", "organisation"),
        ("Emial", ""),
        ("Kako boste prišli?", ""),
        ("Ime in priimek starša ali skrbnika", ""),
        ("Telefon starša", ""),
        ("Ime dogodka", ""),
        ("Emergency contact phone", ""),
    ],
)
def test_headings(heading: str, key: str) -> None:
    assert keys_of(heading) == [key]


def test_a_name_alone_is_the_whole_name() -> None:
    assert keys_of("Ime", "Priimek") == ["given_name", "family_name"]
    assert keys_of("Ime", "E-pošta") == ["full_name", "email"]
    assert keys_of("Ime in priimek", "Ime", "Priimek") == ["", "given_name", "family_name"]
    assert keys_of("Name", "Surname") == ["given_name", "family_name"]


def test_of_repeated_headings_the_first_counts() -> None:
    assert keys_of("Ime", "Priimek", "Company", "City", "Company", "City") == [
        "given_name", "family_name", "organisation", "town", "", "",
    ]  # fmt: skip


def test_what_is_in_the_cells_may_refute_the_heading() -> None:
    table = table_of(["Ime", "Priimek", "E-pošta", "Kam pišemo?"], ["Ana", "Kovač", "anonymous", "ana@example.org"])
    assert recognise(table).columns[3].key == "email"


def test_the_offices_own_headings_and_a_choice_of_the_user() -> None:
    table = table_of(["Ime", "Priimek", "Klicna"], ["Ana", "Kovač", "040 1 2 3"])
    assert recognise(table, (*TARGETS, Target("phone", "phone", ("Klicna",)))).columns[2].key == "phone"
    mapping = assign(table, recognise(table), 2, Target("phone", "phone"))
    assert mapping.columns[2].key == "phone"
    assert candidates(table, assign(table, mapping, 2, None)).rows[0].answers == {"Klicna": "040 1 2 3"}


def test_a_file_of_the_same_shape_is_remembered() -> None:
    table = table_of(["Ime", "Priimek", "Klicna"], ["Ana", "Kovač", "040 123 456"])
    mapping = assign(table, recognise(table), 2, Target("phone", "phone"))
    again = recognise(table, remembered=mapping.remember())
    assert again.columns[2].key == "phone"
    assert mapping.fingerprint == fingerprint(["IME ", "priimek:", "Klicna"])
    assert mapping.fingerprint != fingerprint(["Priimek", "Ime", "Klicna"])


@pytest.mark.parametrize(
    ("name", "order", "parts"),
    [
        ("Ana Kovač", "given", ("Ana", "Kovač")),
        ("Kovač Ana", "family", ("Ana", "Kovač")),
        ("Kovač, Ana", "given", ("Ana", "Kovač")),
        ("Ana Marija Kovač", "given", ("Ana Marija", "Kovač")),
        ("Ana Kovač Novak", "given", ("Ana", "Kovač Novak")),
        ("Kovač Novak Ana", "family", ("Ana", "Kovač Novak")),
        ("mag. Ana Kovač", "given", ("Ana", "Kovač")),
        ("Ludwig van Beethoven", "given", ("Ludwig", "van Beethoven")),
        ("Ana", "given", ("Ana", "")),
        ("Ana Kovač, univ. dipl. soc.", "given", ("Ana", "Kovač")),
        ("Ana Kovač - Novak", "given", ("Ana", "Kovač-Novak")),
    ],
)
def test_names(name: str, order: str, parts: tuple[str, str]) -> None:
    assert split_full_name(name, order) == parts


def test_order_of_names_in_a_column() -> None:
    assert order_of_names(["Ana Kovač", "Žiga Šuštar"]) == ("given", True)
    assert order_of_names(["Kovač Ana", "Šuštar Žiga"]) == ("family", True)
    assert order_of_names(["Qwx Yzt"]) == ("given", False)
    assert taken(["Udeleženec"], ["Kovač Ana"], ["Šuštar Žiga"]).rows[0].values == {
        "given_name": "Ana",
        "family_name": "Kovač",
    }


def test_proper_case() -> None:
    assert [proper_case(n) for n in ("KOVAČ", "MC", "ana", "O'BRIEN", "KOVAČ-NOVAK", "McDonald", "Žiga")] == [
        "Kovač", "MC", "Ana", "O'Brien", "Kovač-Novak", "McDonald", "Žiga",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "values"),
    [
        ("Telefon", 40123456.0, {"phone": "040123456"}),
        ("Telefon", 38640123456, {"phone": "+38640123456"}),
        ("Telefon", "040/123-456", {"phone": "040 123 456"}),
        ("Telefon", "00386 40 123 456", {"phone": "+386 40 123 456"}),
        ("Telefon", "+386 (0)40 123 456", {"phone": "+386 40 123 456"}),
        ("Poštna številka", 1000, {"postal_code": "1000"}),
        ("E-pošta", "Ana.K@Example.org ", {"email": "ana.k@example.org"}),
        ("E-pošta", "anonymous", {}),
        ("Pošta", "SI-8270 Krško", {"country": "SI", "postal_code": "8270", "town": "Krško"}),
        ("Pošta in kraj", "Ljubljana 1000", {"postal_code": "1000", "town": "Ljubljana"}),
        ("Kraj", "LJUBLJANA", {"town": "Ljubljana"}),
        ("Datum rojstva", 1990, {"birth_year": 1990}),
        ("Datum rojstva", "Ljubljana, 3. 4. 1985", {"birth_date": dt.date(1985, 4, 3)}),
        ("Datum rojstva", 32000, {"birth_date": dt.date(1987, 8, 11)}),
        ("Leto rojstva", "'85", {"birth_year": 1985}),
        ("Starost", "24 let", {"age": 24}),
        ("Starost", "1999", {"birth_year": 1999}),
        ("Starostna skupina", "15–19 let", {"age_group": "15-19"}),
        ("Starostna skupina", "nad 30", {"age_group": "30+"}),
        ("Spol", "Ž", {"gender": "female"}),
        ("Spol", "moški", {"gender": "male"}),
        ("Spol", "ne želim povedati", {"gender": "unknown"}),
        ("Spol", "drugo", {"gender": "non-binary"}),
        ("Država", "BiH", {"country": "BA"}),
        ("Država", "SLO", {"country": "SI"}),
        ("Country", "Sweden", {"country": "SE"}),
        ("Prehrana", "vegetarijansko, brez glutena", {"diet": ["vegetarian", "gluten-free"]}),
        ("Prehrana", "vse", {"diet": []}),
        ("Prehrana", "Vegansko;", {"diet": ["vegan"]}),
        ("Prehrana", "ne jem gob", {"diet": ["other"]}),
        ("Status", "Na čakalnem seznamu", {"status": "waiting"}),
        ("Vloga", "Prostovoljka", {"role": "volunteer"}),
        ("Prihod", "2. aprila", {"arrival": dt.date(2020, 4, 2)}),
        ("Jezik", "slovenščina", {"language": "sl"}),
    ],
)
def test_values(heading: str, cell: Cell, values: dict[str, Any]) -> None:
    assert values_of(heading, cell, around=dt.date(2020, 4, 1)) == values


def test_the_offices_own_choices() -> None:
    assert values_of("Vloga", "Kuharica", choices={"role": {"Kuharica": "cook"}}) == {"role": "cook"}


@pytest.mark.parametrize("name", ["Slovenija", "SI", "slo", "Slovenia", "Republika Slovenija"])
def test_country(name: str) -> None:
    assert country_code(name) == "SI"


def test_what_a_field_cannot_hold_is_kept_as_an_answer() -> None:
    row = taken(["Ime", "Priimek", "Datum rojstva", "E-pošta"], ["Ana", "Kovač", "spomladi 1", "ana na example"],
                ["Žiga", "Šuštar", "1. 2. 1990", "z@example.org"]).rows[0]  # fmt: skip
    assert row.answers == {"Datum rojstva": "spomladi 1", "E-pošta": "ana na example"}
    assert not row.blocked
    assert {problem.label for problem in row.problems} == {"Datum rojstva", "E-pošta"}


def test_nobody_named_blocks_the_row() -> None:
    rows = taken(["Ime", "Priimek", "E-pošta"], ["", "", "mc@example.org"], ["Ana", "", ""]).rows
    assert [row.blocked for row in rows] == [True, False]
    assert rows[0].line == 2


def test_every_cell_is_somewhere() -> None:
    row = taken(["Ime", "Priimek", "Kaj pričakujete?", ""], ["Ana", "Kovač", "=1+1", 0.5]).rows[0]
    assert row.answers == {"Kaj pričakujete?": "=1+1", "[D]": "0.5"}


def test_siblings_and_a_shared_mailbox_stay_different_people() -> None:
    found = taken(
        ["Ime", "Priimek", "E-pošta"], ["Neža", "Zupan", "d@example.org"], ["Jakob", "Zupan", "d@example.org"]
    )
    assert len(found.rows) == 2
    assert not found.repeated


def test_of_repeated_sign_ups_the_last_counts() -> None:
    found = taken(
        ["Ime", "Priimek", "E-pošta", "Organizacija"],
        ["Žiga", "Šuštar", "z@example.org", "MC A"],
        ["Ana", "Kovač", "a@example.org", ""],
        ["Sustar", "Ziga", "z@example.org", "MC B"],
        ["Ana", "Kovač", "druga@example.org", ""],
    )
    assert [(repeat.line, repeat.last_line) for repeat in found.repeated] == [(2, 4)]
    assert [row.line for row in found.rows] == [3, 4, 5]
    assert found.rows[1].notices


def test_the_time_of_signing_up_decides_which_is_last() -> None:
    found = taken(
        ["Časovni žig", "Ime", "Priimek", "Vloga"],
        [dt.datetime(2020, 2, 2), "Ana", "Kovač", "gostja"],
        [dt.datetime(2020, 2, 1), "Ana", "Kovač", "govorka"],
    )
    assert [row.values["role"] for row in found.rows] == ["guest"]


def test_sensitive_columns_are_dropped_unless_insisted_upon_and_an_emso_always() -> None:
    emso = make_emso(dt.date(1990, 5, 6))
    table = table_of(
        ["Ime", "Priimek", "EMŠO", "Alergije", "TRR", "Opombe"],
        ["Ana", "Kovač", emso, "oreščki", "SI56263300012039086", f"moj EMŠO: {emso}"],
    )
    mapping = recognise(table)
    row = candidates(table, mapping).rows[0]
    assert emso not in str(row)
    assert "oreščki" not in str(row)
    assert "263300012039086" not in str(row)
    assert len(candidates(table, mapping).dropped) == 3
    kept = candidates(table, mapping.keeping([2, 3, 4])).rows[0]
    assert kept.values["allergies"] == "oreščki"
    assert kept.answers["TRR"] == "SI56263300012039086"
    assert emso not in str(kept)
    from dataclasses import replace

    year = candidates(table, replace(mapping, emso_year=True)).rows[0]
    assert year.values["birth_year"] == 1990
    assert emso not in str(year)


def test_kinds_of_meal_come_in_without_the_allergies_beside_them() -> None:
    heading = "Prehrana in alergije"
    row = taken(["Ime", "Priimek", heading], ["Ana", "Kovač", "vegetarijansko, alergija na oreščke"], key="diet").rows[
        0
    ]
    assert row.values["diet"] == ["vegetarian"]
    assert heading not in row.answers


def test_day_or_month_is_asked_and_answered() -> None:
    table = table_of(["Ime", "Priimek", "Datum rojstva"], ["Ana", "Kovač", "3/4/1990"], ["Žiga", "Šuštar", "5/6/1991"])
    mapping = recognise(table)
    assert [index for index, _ in mapping.questions()] == [2]
    assert candidates(table, mapping.with_dates(2, "mdy")).rows[0].values["birth_date"] == dt.date(1990, 3, 4)
    assert not mapping.with_dates(2, "mdy").questions()


def test_empty_numbered_rows_and_repeated_headings_are_named() -> None:
    found = taken(["Zap. št.", "Ime", "Priimek"], [1, "Ana", "Kovač"], ["Zap. št.", "Ime", "Priimek"], [2, "", ""])
    assert [skipped.line for skipped in found.skipped] == [3, 4]
    assert len(found.rows) == 1
