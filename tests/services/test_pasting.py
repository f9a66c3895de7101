"""A block from a spreadsheet: taken apart, each cell read as people write it, the good ones in one undoable write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services import editing, organisations, pasting, people, registrations
from mama_desktop.services.deciding import OverCapacity
from mama_desktop.services.pasting import Cell, parse_block, read, read_cells, take
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration

TODAY = dt.date(2020, 3, 2)
NOW = dt.datetime(2020, 3, 2, 9, 0)
FIELDS = editing.REGISTRIES["registration"]


def info(key: str) -> FieldInfo:
    return FIELDS[key].info


@pytest.mark.parametrize(
    ("pasted", "block"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\r\n", [["a"]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ('"prva\nvrstica"\tb\r\n', [["prva\nvrstica", "b"]]),
        ('"reče ""da"""\tb', [['reče "da"', "b"]]),
        ('5" cev\tb\nc\td', [['5" cev', "b"], ["c", "d"]]),
        ('5" cev\tb\n"prva\nvrstica"\td', [['5" cev', "b"], ["prva\nvrstica", "d"]]),
        ('"Klub" Krško\t"A" in "B"\nc\td', [['"Klub" Krško', '"A" in "B"'], ["c", "d"]]),
        ('"a\tb"\tc', [["a\tb", "c"]]),
        ('"\tb\n\n""\t"c', [['"', "b"], ["", ""], ["", '"c']]),
        ("'040 123 456\t'=1", [["040 123 456", "=1"]]),
        ("a\t\t\r\n\t\tb", [["a", "", ""], ["", "", "b"]]),
        ("", [[""]]),
    ],
)
def test_a_clipboard_is_taken_apart(pasted: str, block: list[list[str]]) -> None:
    assert parse_block(pasted) == block


@given(st.text(max_size=300))
def test_any_clipboard_is_a_rectangle(pasted: str) -> None:
    block = parse_block(pasted)
    assert block
    assert len({len(row) for row in block}) == 1


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("birth_date", "2. 4. 2005", dt.date(2005, 4, 2)),
        ("birth_date", "2005-04-02", dt.date(2005, 4, 2)),
        ("arrival", "2. april", dt.date(2020, 4, 2)),
        ("birth_year", "2005", 2005),
        ("status", "Na čakalnem seznamu", "waiting"),
        ("status", "accepted", "accepted"),
        ("role", "prostovoljec", "volunteer"),
        ("gender", "Ženski", "female"),
        ("gender", "F", "female"),
        ("country", "Hrvaška", "HR"),
        ("country", "Croatia", "HR"),
        ("country", "hr", "HR"),
        ("diet", "vegetarijansko; brez glutena", ["vegetarian", "gluten-free"]),
        ("diet", "vegan, gluten-free", ["vegan", "gluten-free"]),
        ("diet", "nimam", []),
        ("email", " Ana@Example.ORG ", "ana@example.org"),
        ("email", "ni", None),
        ("phone", "0038640123456", "+38640123456"),
        ("organisation", " MC  Krško ", "MC Krško"),
        ("remarks", "prva \n druga", "prva\ndruga"),
        ("birth_date", "", None),
    ],
)
def test_cells_are_read_as_people_write_them(key: str, words: str, value: Any) -> None:
    assert read(info(key), words, today=TODAY) == value


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("birth_date", "32. 1. 2005"), ("birth_date", "jutri"), ("status", "morda"), ("country", "Narnija"),
        ("diet", "vegansko, kamenje"), ("email", "ana.example.org"), ("birth_year", "leta"), ("age", "17"),
        ("arrival", "x y"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused_in_words(key: str, words: str) -> None:
    with pytest.raises(OfficeError):
        read(info(key), words, today=TODAY)


def _twenty(session: Any) -> tuple[str, list[str]]:
    event = make_event(session)
    made = [make_person(session, family_name=f"Priimek{n:02}") for n in range(20)]
    keys = [make_registration(session, event, person).id for person in made]
    return event.id, keys


def test_a_block_of_twenty_rows_and_five_columns_with_two_bad_cells(db: Database) -> None:
    event, keys = db.write(_twenty, label=T("x"))
    columns = ("town", "birth_date", "diet", "organisation", "email")
    block = "".join(
        f"Krško\t{n + 1}. 4. 2005\tvegansko\tMC Krško\tosebi{n}@example.org\r\n" for n in range(20)
    )  # fmt: skip
    rows = parse_block(block)
    rows[3][1], rows[11][4] = "31. 2. 2005", "brez pike"
    before = db.read(registrations.registrations, event)
    cells = [
        Cell(key, info(column), words, place + 1)
        for place, (key, row) in enumerate(zip(keys, rows, strict=True))
        for column, words in zip(columns, row, strict=True)
    ]
    good, refused = read_cells(cells, now=NOW)
    assert [(r.cell.row, r.cell.field.key) for r in refused] == [(4, "birth_date"), (12, "email")]
    taken = db.write(take, "registration", good, now=NOW, label=T("Paste"))
    assert (taken.cells, taken.refused) == (98, ())
    after = db.read(registrations.registrations, event)
    by_key = dict(zip(after.keys, after.rows, strict=True))
    assert by_key[keys[0]][after.column("birth_date")] == dt.date(2005, 4, 1)
    assert by_key[keys[3]][after.column("birth_date")] is None
    assert by_key[keys[3]][after.column("diet")] == ["vegan"]
    assert {row[after.column("organisation")] for row in after.rows} == {"MC Krško"}
    assert len(db.read(organisations.organisations).keys) == 1
    assert by_key[keys[11]][after.column("email")] == ""
    db.undo()
    assert db.read(registrations.registrations, event) == before


def test_a_rule_refuses_one_cell_and_not_the_others(db: Database) -> None:
    _event, keys = db.write(_twenty, label=T("x"))
    stay = [Cell(key, info("departure"), dt.date(2020, 4, 2), typed=False) for key in keys]
    db.write(take, "registration", stay, now=NOW, label=T("x"))
    late, early = dt.date(2020, 4, 5), dt.date(2020, 4, 1)
    cells = [Cell(k, info("arrival"), late if n == 7 else early, n + 1, typed=False) for n, k in enumerate(keys)]
    taken = db.write(take, "registration", cells, now=NOW, label=T("x"))
    assert taken.cells == 19
    assert [r.cell.row for r in taken.refused] == [8]
    # The same value for all, refused for the one whose stay ends before it: the others get it.
    same = [Cell(k, info("arrival"), early, n + 1, typed=False) for n, k in enumerate(keys)]
    first = Cell(keys[0], info("departure"), dt.date(2020, 3, 30), 1, typed=False)
    assert db.write(take, "registration", [first], now=NOW, label=T("x")).cells == 0
    assert db.write(take, "registration", same, now=NOW, label=T("x")).cells == 20


def test_people_too(db: Database) -> None:
    person = db.write(lambda s: make_person(s).id, label=T("x"))
    field = editing.REGISTRIES["person"]["region"].info
    good, refused = read_cells([Cell(person, field, "Posavska", 1)], now=NOW)
    assert not good
    assert "computed" in str(refused[0].why)
    good, _ = read_cells([Cell(person, editing.REGISTRIES["person"]["country"].info, "Slovenija", 1)], now=NOW)
    db.write(take, "person", good, now=NOW, label=T("x"))
    found = db.read(people.people)
    assert found.rows[0][found.column("country")] == "SI"


def test_a_pasted_status_is_a_decision(session: Session) -> None:
    event = make_event(session, capacity=2)
    keys = [
        make_registration(session, event, make_person(session, "Oseba", str(n)), status=status).id
        for n, status in enumerate(("accepted", "accepted", "applied", "declined"))
    ]
    status = info("status")
    wanted = dict(zip(keys, ("cancelled", "accepted", "accepted", "cancelled"), strict=True))
    cells = [Cell(key, status, value, typed=False) for key, value in wanted.items()]
    assert pasting.given_back("registration", cells) == ["cancelled"]
    done = pasting.take(session, "registration", cells, now=NOW, reason="Bolezen", cancelled_by="guardian")
    # Who leaves makes room for who comes in the same block.
    assert [session.get_one(Registration, key).status for key in keys] == [
        "cancelled",
        "accepted",
        "accepted",
        "declined",
    ]
    assert (session.get_one(Registration, keys[0]).reason, session.get_one(Registration, keys[0]).cancelled_by) == (
        "Bolezen", "guardian",
    )  # fmt: skip
    assert [r.cell.key for r in done.refused] == [keys[3]]
    assert [(d.status, d.changed) for d in done.decided] == [("cancelled", 1), ("accepted", 1)]
    with pytest.raises(OverCapacity):
        pasting.take(session, "registration", [Cell(keys[0], status, "accepted", typed=False)], now=NOW)
    empty = pasting.take(session, "registration", [Cell(keys[0], status, None, typed=False)], now=NOW)
    assert len(empty.refused) == 1


def test_money_and_kilometres_are_pasted_as_people_write_them() -> None:
    price, km = FieldInfo("price", T("Price"), "money"), FieldInfo("km", T("km"), "decimal")
    assert read(price, "1.234,50 €", today=TODAY) == editing.checked(price, "1.234,50 €") == 123_450
    assert editing.checked(price, 123_450) == 123_450
    assert (read(km, "12,5", today=TODAY), editing.checked(km, 12.5)) == (12.5, 12.5)
    for wrong in ("dvajset", "0,375"):
        with pytest.raises(OfficeError):
            read(price, wrong, today=TODAY)
        with pytest.raises(OfficeError):
            editing.checked(price, wrong)
    with pytest.raises(OfficeError):
        editing.checked(price, -1)


def test_what_a_block_brings_besides_is_known_before(session: Session) -> None:
    event = make_event(session)
    rows = [make_registration(session, event, make_person(session, "Ana", name)) for name in ("Novak", "Kos")]
    make_organisation(session, "Mladinski center Krško")
    organisation = info("organisation")
    cells = [Cell(r.id, organisation, name, typed=False) for r, name in zip(rows, ("XX", "xx"), strict=True)]
    cells += [Cell(rows[0].id, organisation, "mladinski center krško", typed=False)]
    cells += [Cell(rows[0].id, info("family_name"), "Kovač", typed=False)]
    cells += [Cell(rows[1].id, info("family_name"), "Kos", typed=False)]
    found = pasting.brought(session, "registration", cells)
    assert [name.casefold() for name in found.organisations] == ["xx"]
    assert found.renamed == (("Ana Novak", "Ana Kovač"),)
