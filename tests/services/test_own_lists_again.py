"""A list of our own that went out with its ID column and comes back corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.services import importing, short_ids
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration
from tests.services.source_forms import ANA, EVA, ZAN, Line, preview, proposed, registration, take


@pytest.fixture
def event(db: Database) -> str:
    return db.write(lambda session: make_event(session, "2020-04-klub").id, label=T("Test"))


OWN = ("ID", "Priimek", "Ime", "E-pošta", "Opombe")


def test_a_list_with_ids_comes_back_as_changes_of_exactly_these(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN, EVA)
    ids = {name: short_ids.short_id(registration(db, name).id) for name in ("Ana", "Žan", "Eva")}
    rows: list[Line] = [
        {"ID": ids["Eva"], "Priimek": "Vidmar", "Ime": "Evelina", "E-pošta": "nova@example.org"},
        {"ID": ids["Ana"].lower(), "Priimek": "Kovač", "Ime": "Ana", "E-pošta": "ana@example.org", "Opombe": "z avtom"},
        {"ID": "K7Q2-XXXXX", "Priimek": "Kdo", "Ime": "Ve"},
        {"Priimek": "Đurić", "Ime": "Žan"},
        {"Priimek": "Nova", "Ime": "Oseba"},
    ]
    found = preview(db, event, tmp_path, *rows, name="seznam.xlsx", headings=OWN)
    assert found.draft.is_own
    assert sorted(proposed(found)) == [
        ("Ana Kovač", "remarks", "z avtom", True, False), ("Evelina Vidmar", "email", "nova@example.org", True, False),
        ("Evelina Vidmar", "family_name", "Vidmar", True, False),
        ("Evelina Vidmar", "given_name", "Evelina", True, False),
    ]  # fmt: skip
    assert {r.name: r.group for r in found.comparison.rows} == {
        "Evelina Vidmar": "registered", "Ana Kovač": "registered", "Ve Kdo": "problem", "Žan Đurić": "registered",
        "Oseba Nova": "new",
    }  # fmt: skip
    assert "mistyped" in str(found.comparison.group("problem")[0].problems[0])
    assert found.comparison.withdrawn == ()
    importing.take_in_defaults(db, found)
    changed = db.read(lambda s: s.scalars(select(Person).where(Person.given_name == "Evelina")).one())
    assert (changed.family_name, changed.email, changed.name_key) == ("Vidmar", "nova@example.org", "evelina vidmar")
    assert db.read(lambda s: len(s.scalars(select(Person)).all())) == 4
    # The form itself still says what it said: that is not news.
    assert proposed(preview(db, event, tmp_path, ANA, ZAN, EVA)) == []


def test_an_id_of_another_event_or_twice_is_a_problem(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA)
    other = db.write(lambda s: make_registration(s, person=make_person(s, "Rok", "Nov")).id, label=T("Test"))
    mine = short_ids.short_id(registration(db, "Ana").id)
    rows = [{"ID": one, "Priimek": "A", "Ime": "B"} for one in (mine, mine, short_ids.short_id(other))]
    found = preview(db, event, tmp_path, *rows, name="seznam.xlsx", headings=OWN)
    said = [str(r.problems[0]) for r in found.comparison.group("problem")]
    assert ["several" in said[0], "several" in said[1], "another event" in said[2]] == [True] * 3


def test_an_id_of_a_person_is_known_too(db: Database, event: str, tmp_path: Path) -> None:
    key = db.write(lambda s: make_person(s, "Lea", "Bizjak", email="lea@example.org").id, label=T("Test"))
    rows = [{"ID": short_ids.short_id(key), "Priimek": "Bizjak Novak", "Ime": "Lea"}]
    found = preview(db, event, tmp_path, *rows, name="seznam.xlsx", headings=OWN)
    assert (found.counts(), proposed(found)) == (
        (1, 0), [("Lea Bizjak Novak", "family_name", "Bizjak Novak", True, False)],
    )  # fmt: skip
    assert importing.take_in_defaults(db, found).new_people == 0
