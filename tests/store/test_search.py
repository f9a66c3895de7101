"""Finding anything by any part of its words, quickly and without accents."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.store.database import Database
from mama_desktop.store.search import find
from tests.factories import make_event, make_organisation, make_person, make_project

PEOPLE = (
    ("Ana", "Žagar", "ana.zagar@example.org", "+386 40 123 456"),
    ("Đurđa", "Đurić", "djuric@example.hr", ""),
    ("Anamarija", "Kovač Čeh", "", "051 222 333"),
    ("Tatjana", "Novak", "", ""),
    ("Jan", "O'Neill", "jan_o%neill@example.org", ""),
)


@pytest.fixture
def filled(db: Database) -> Database:
    def fill(session: Session) -> None:
        krsko = make_organisation(session, "Mladinski center Krško", short_name="MC Krško", town="Krško")
        for given, family, email, phone in PEOPLE:
            make_person(session, given, family, email=email, phone=phone, organisation_id=krsko.id)
        make_project(session, "Mladi v gibanju", grant_number="2020-1-SI02-KA105-015000")
        make_event(session, "2020-04-klub", title_sl="Klub Ćevapčić", starts_on=dt.date(2020, 4, 2))

    db.write(fill, label=T("Fill"))
    return db


def titles(db: Database, words: str) -> list[str]:
    return [hit.title for hit in db.read(find, words, 20)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zagar", ["Ana Žagar"]),
        ("ŽAGAR ana", ["Ana Žagar"]),
        ("za an", ["Ana Žagar"]),
        ("duric", ["Đurđa Đurić"]),
        ("đurđa", ["Đurđa Đurić"]),
        ("ovac", ["Anamarija Kovač Čeh"]),
        ("ana", ["Ana Žagar", "Anamarija Kovač Čeh", "Tatjana Novak"]),
        ("an", ["Anamarija Kovač Čeh", "Ana Žagar", "Mladi v gibanju", "Tatjana Novak", "Jan O'Neill"]),
        ("ov", ["Anamarija Kovač Čeh", "Tatjana Novak"]),
        ("t", ["Tatjana Novak"]),
        ("40 123", ["Ana Žagar"]),
        ("+386 (40) 123-456", ["Ana Žagar"]),
        ("040123456", ["Ana Žagar"]),
        ("051 222", ["Anamarija Kovač Čeh"]),
        ("example.hr", ["Đurđa Đurić"]),
        ("o%neill", ["Jan O'Neill"]),
        ("o'neill", ["Jan O'Neill"]),
        ('"', []),
        ("krsko", ["Mladinski center Krško"]),
        ("015000", ["Mladi v gibanju"]),
        ("si02-ka105", ["Mladi v gibanju"]),
        ("2020-04-klub", ["Klub Ćevapčić"]),
        ("cevapcic", ["Klub Ćevapčić"]),
        ("ana xyz", []),
        ("  ", []),
        ("AND OR NOT *", []),
    ],
)
def test_find(filled: Database, words: str, expected: list[str]) -> None:
    assert titles(filled, words) == expected


def test_a_hit_says_what_it_is(filled: Database) -> None:
    (hit,) = filled.read(find, "zagar", 5)
    assert (hit.kind, hit.detail) == ("person", "Mladinski center Krško")
    (hit,) = filled.read(find, "klub", 5)
    assert hit.kind == "event"
    assert hit.when is not None
    assert "2020-04-klub" not in hit.detail


def test_names_that_begin_with_the_words_come_first(db: Database) -> None:
    def fill(session: Session) -> None:
        make_event(session, title_sl="Dan odprtih vrat", venue="Mladinski center Krško")
        make_event(session, title_sl="Srečanje mladinskih delavcev")
        make_event(session, title_sl="Mladinska konferenca")
        make_person(session, "Ana", "Mladin", email="ana@x.si")

    db.write(fill, label=T("Fill"))
    found = titles(db, "mladin")
    assert set(found[:2]) == {"Mladinska konferenca", "Ana Mladin"}
    assert found[2:] == ["Srečanje mladinskih delavcev", "Dan odprtih vrat"]


def test_the_index_follows_every_change(filled: Database) -> None:
    def marry(session: Session) -> None:
        session.scalars(select(Person).where(Person.family_name == "Žagar")).one().family_name = "Horvat"

    filled.write(marry, label=T("Rename"))
    assert titles(filled, "zagar ana") == ["Ana Horvat"]  # still in her e-mail
    assert titles(filled, "horvat") == ["Ana Horvat"]
    filled.undo()
    assert titles(filled, "horvat") == []
    filled.write(lambda s: s.execute(delete(Person)), label=T("Delete"))
    assert titles(filled, "ana") == []
    filled.undo()
    assert titles(filled, "ana")[0] == "Ana Žagar"


def test_the_limit_leaves_room_for_every_kind(db: Database) -> None:
    def fill(session: Session) -> None:
        for number in range(40):
            make_person(session, f"Ana{number}", "Klubar")
            make_event(session, title_sl=f"Klub {number}")

    db.write(fill, label=T("Fill"))
    hits = db.read(find, "klub", 20)
    assert len(hits) == 20
    assert {hit.kind for hit in hits} == {"event", "person"}
