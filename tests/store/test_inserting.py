"""Many rows at once are stored as one by one, seen by the journal, and taken back with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import new_key
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.store.database import Database
from mama_desktop.store.inserting import insert_rows
from tests.factories import make_event, make_person

_TABLE = Registration.metadata.tables["registration"]
_LABEL = T("Many")


def _row(event_id: str, person_id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": new_key(), "event_id": event_id, "person_id": person_id, "status": "applied", "role": "participant",
        "diet": ["vegetarian"], "allergies": "", "remarks": "žito; \u2028 '\"", "source": "import", "source_line": "",
        "applied_at": dt.datetime(2020, 2, 20, 8, 15, 30), "arrival": dt.date(2020, 3, 1), "active": None,
        "answers": {"Majica": "M", "Število": 3, "Večkrat": ["a", "b"]},
    } | more  # fmt: skip


def _stored(session: Session, person_id: str) -> dict[str, Any]:
    found = session.execute(select(_TABLE).where(_TABLE.c.person_id == person_id)).one()
    return {name: value for name, value in found._mapping.items() if name not in ("id", "person_id")}


def test_rows_are_stored_as_by_the_statement_for_any_row(db: Database) -> None:
    def prepare(session: Session) -> tuple[str, str, str]:
        return make_event(session).id, make_person(session).id, make_person(session).id

    event, one, other = db.write(prepare, label=_LABEL)
    db.write(lambda session: insert_rows(session, _TABLE, [_row(event, one)]), label=_LABEL)
    db.write(lambda session: session.execute(insert(_TABLE), [_row(event, other)]), label=_LABEL)

    assert db.read(_stored, one) == db.read(_stored, other)


def test_the_journal_sees_them_and_undo_takes_them_back(db: Database) -> None:
    def many(session: Session) -> int:
        event = make_event(session).id
        rows = [_row(event, make_person(session).id, diet=[], answers={}) for _ in range(20)]
        insert_rows(session, _TABLE, rows)
        return len(rows)

    def stored(session: Session) -> list[tuple[Any, ...]]:
        return sorted(tuple(map(str, row)) for row in session.execute(select(_TABLE)))

    db.write(many, label=_LABEL)
    before = db.read(stored)
    assert len(before) == 20
    db.undo()
    assert db.read(stored) == []
    db.redo()
    assert db.read(stored) == before


def test_a_row_must_bring_what_is_made_anew_for_each(sqlite_db: Database) -> None:
    table = Person.metadata.tables["person"]

    def without_a_key(session: Session) -> None:
        insert_rows(session, table, [{"family_name": "Novak", "given_name": "Ana"}])

    with pytest.raises(ValueError, match="without id"):
        sqlite_db.write(without_a_key, label=_LABEL)
    assert sqlite_db.write(lambda session: insert_rows(session, table, []), label=_LABEL) is None
