"""Reading and writing: one gesture, one transaction."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import Setting
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import TN, T
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Person)) or 0


def test_a_write_is_kept_and_announced(db: Database) -> None:
    heard: list[frozenset[str]] = []
    end = db.subscribe(heard.append)
    db.write(make_person, label=T("Add a person"))
    assert db.read(count) == 1
    assert heard == [frozenset({"person"})]
    end()
    db.write(make_person, label=T("Add a person"))
    assert len(heard) == 1


def test_a_failed_write_leaves_nothing(db: Database) -> None:
    def fails(session: Session) -> None:
        make_person(session)
        raise ValueError

    heard: list[frozenset[str]] = []
    db.subscribe(heard.append)
    with pytest.raises(ValueError):
        db.write(fails, label=T("Fails"))
    assert db.read(count) == 0
    assert heard == []
    assert db.undo_label() is None


def test_a_label_may_be_made_of_the_result(db: Database) -> None:
    def two(session: Session) -> int:
        make_person(session)
        make_person(session)
        return 2

    db.write(two, label=lambda n: TN("Add {count} person", "Add {count} people", n))
    assert db.undo_label() == TN("Add {count} person", "Add {count} people", 2)


def test_a_read_refuses_to_write(db: Database) -> None:
    with pytest.raises(RuntimeError, match="must not change"):
        db.read(make_person)
    person = db.write(make_person, label=T("Add"))

    def edit(session: Session) -> None:
        session.get_one(Person, person.id).town = "Krško"
        session.flush()

    with pytest.raises(RuntimeError, match="must not change"):
        db.read(edit)
    with pytest.raises(DBAPIError):
        db.read(lambda s: s.execute(update(Person).values(town="x")))
    assert db.read(lambda s: s.scalars(select(Person.town)).all()) == [""]


def test_rows_cannot_change_outside_of_a_write(db: Database) -> None:
    """Neither through the engine nor through any other program: the triggers refuse."""
    with pytest.raises(DBAPIError), db.engine.execution_options(mama_writes=True).begin() as connection:
        connection.execute(insert(Person).values(family_name="Novak"))
    db.write(make_person, label=T("Add"))
    with pytest.raises(DBAPIError), db.engine.execution_options(mama_writes=True).begin() as connection:
        connection.execute(text("DELETE FROM person"))
    assert db.read(count) == 1


def test_undo_and_redo(db: Database) -> None:
    event = db.write(make_event, label=T("Add an event"))

    def rename(session: Session) -> None:
        session.get_one(Event, event.id).title_sl = "Drugi klub"

    def title(session: Session) -> str | None:
        return session.scalar(select(Event.title_sl))

    db.write(rename, label=T("Rename"))
    assert db.undo().label == T("Rename")
    assert db.read(title) == "Klub"
    assert db.redo_label() == T("Rename")
    assert db.undo().label == T("Add an event")
    assert db.read(title) is None
    assert db.undo_label() is None
    with pytest.raises(OfficeError, match="nothing to undo"):
        db.undo()
    assert db.redo().label == T("Add an event")
    assert db.redo().label == T("Rename")
    assert db.read(title) == "Drugi klub"
    assert db.redo_label() is None
    with pytest.raises(OfficeError, match="nothing to redo"):
        db.redo()
    db.undo()
    db.write(make_person, label=T("Something new"))
    assert db.redo_label() is None


def test_undo_of_rows_that_hang_on_each_other(db: Database) -> None:
    db.write(make_registration, label=T("Add"))
    db.undo()
    assert db.read(count) == 0
    db.redo()
    assert db.read(count) == 1


def test_undo_names_who_stands_in_the_way(db: Database) -> None:
    person = db.write(make_person, label=T("Add a person"))

    def move(session: Session) -> None:
        session.get_one(Person, person.id).town = "Krško"

    db.write(move, label=T("Move"))
    (_, first) = db.read(lambda s: _numbers(s))
    with pytest.raises(OfficeError, match="“Add a person” cannot be taken back: “Move” "):
        db.undo(first)
    assert db.read(count) == 1
    db.undo()
    db.undo()
    db.write(make_registration, None, db.write(make_person, label=T("Add")), label=T("Register"))
    with pytest.raises(OfficeError, match="“Register”"):
        db.undo(db.read(_numbers)[1])


def _numbers(session: Session) -> list[int]:
    from mama_desktop.store.history import changes

    return [c.number for c in changes(session, 10)]


def test_the_clock_stands_where_the_workspace_says(db: Database) -> None:
    assert db.clock.stands_on is None
    db.write(lambda s: s.add(Setting(key="clock.stands_on", value="2020-03-02")), label=T("Stop the clock"))
    assert db.clock.today() == dt.date(2020, 3, 2)
    db.undo()
    assert db.clock.stands_on is None


def test_a_write_that_changes_nothing_is_no_step(db: Database) -> None:
    assert db.write(lambda _: 5, label=T("Nothing")) == 5
    assert db.undo_label() is None


def test_a_write_within_a_write_is_a_bug(db: Database) -> None:
    with pytest.raises(RuntimeError, match="within"):
        db.write(lambda _: db.write(make_person, label=T("Inner")), label=T("Outer"))
    db.write(make_person, label=T("The next one works"))


def test_two_threads_write_in_turn(db: Database) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def add(number: int) -> int:
        db.write(make_person, "Ana", f"Number {number}", label=T("Add"))
        return db.read(count)

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(add, range(40)))
    assert max(seen) == db.read(count) == 40
    assert not db.poll()
