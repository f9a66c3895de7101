"""An old list taken in is taken back to the byte and done again, whatever came along with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.services import beginning, beginning_writing, short_ids
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.store.database import Database
from tests.factories import make_organisation, make_person
from tests.services.test_beginning import MEMBERS, NOW, PLAN, looked_at
from tests.services.test_undo_everything import state

PEOPLE: list[list[Any]] = [
    ["Ime", "Priimek", "Organizacija", "E-pošta"],
    ["Črt", "Žagar", "MC Celje", "crt@example.org"],
    ["Ana", "Novak", "Mladinski center Krško", "ana@example.org"],
]


@pytest.mark.parametrize(("noun", "rows"), [(ORGANISATION, MEMBERS), (PERSON, PEOPLE), (EVENT, PLAN)])
def test_there_and_back(db: Database, tmp_path: Path, noun: str, rows: list[list[Any]]) -> None:
    def known(session: Session) -> None:
        krsko = make_organisation(session, "MC Krško", town="Krško", postal_code="8270")
        make_person(session, "Ana", "Novak", organisation_id=krsko.id)

    db.write(known, label=T("Test"))
    shown = looked_at(db, noun, tmp_path / "a.xlsx", rows)
    shown = db.read(beginning.previewed, shown.draft, shown.decisions.bringing(shown.along, on=True))
    before = state(db)
    db.write(beginning_writing.take_in_list, shown, now=NOW, label=T("List"))
    after = state(db)
    assert before != after
    db.undo()
    assert state(db) == before
    db.redo()
    assert state(db) == after


def test_projects_and_colleagues_of_a_plan_are_added_when_asked_for(db: Database, tmp_path: Path) -> None:
    rows = [
        ["Naziv", "Termin", "Projekt", "Odgovorna oseba"],
        ["Prvo", "maj 2020", "Be a Hero", "eva kos"],
        ["Drugo", "junij 2020", "Be a hero", "Eva Kos"],
        ["Tretje", "junij 2020", "redno delo", "vsi"],
    ]
    shown = looked_at(db, EVENT, tmp_path / "a.xlsx", rows)
    wanted = [one for one in shown.asked() if one.rows == 2]
    assert {one.name for one in wanted} == {"Be a Hero", "eva kos"}
    shown = db.read(beginning.previewed, shown.draft, shown.decisions.bringing(wanted, on=True))
    db.write(beginning_writing.take_in_list, shown, now=NOW, label=T("List"))
    found = db.read(
        lambda s: {e.title_sl: (e.project_id, e.responsible_id, e.remarks) for e in s.scalars(select(Event))}
    )
    assert found["Prvo"] == found["Drugo"]
    assert None not in found["Prvo"]
    assert found["Tretje"] == (None, None, "vsi; redno delo")


def test_people_by_our_own_id(db: Database, tmp_path: Path) -> None:
    key = db.write(lambda s: make_person(s, "Ana", "Novak").id, label=T("Test"))
    short = short_ids.short_id(key)
    rows = [["ID", "Ime", "Priimek", "E-pošta"], [short, "Ana", "Novak Kos", "ana@example.org"]]
    shown = looked_at(db, PERSON, tmp_path / "a.xlsx", rows)
    assert {c.field: c.ticked for c in shown.rows[0].changes} == {"family_name": True, "email": True}
    db.write(beginning_writing.take_in_list, shown, now=NOW, label=T("List"))
    assert db.read(lambda s: s.get_one(Person, key).family_name) == "Novak Kos"
