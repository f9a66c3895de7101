"""Undo followed by redo gives back every row, column by column, whatever was written and however."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import Setting
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow, StoredFile
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.store.database import Database
from mama_desktop.store.history import changes, changes_of, row_changes
from mama_desktop.store.schema import journalled
from tests.factories import (
    make_attendance,
    make_event,
    make_organisation,
    make_person,
    make_project,
    make_registration,
    make_session,
)

State = dict[str, dict[str, dict[str, Any]]]


def state(db: Database) -> State:
    """Every row of every journalled table, as the database holds it."""

    def rows(session: Session) -> State:
        found: State = {}
        for table in journalled():
            query = select(table)
            found[table.name] = {row[0]: dict(row._mapping) for row in session.execute(query)}
        return found

    return db.read(rows)


def there_and_back(db: Database, use_case: Callable[[Session], object]) -> None:
    before = state(db)
    db.write(use_case, label=T("Change"))
    after = state(db)
    if after == before:
        return  # No step: an undo would take back the one before.
    for _ in range(2):
        db.undo()
        assert state(db) == before
        db.redo()
        assert state(db) == after


# Text as people type it, and as machines spoil it; NUL is refused by PostgreSQL and cleaned away before.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
DATES = st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
PEOPLE = st.fixed_dictionaries({
    "given_name": WORDS, "family_name": WORDS, "email": WORDS, "phone": WORDS, "birth_date": DATES,
    "birth_year": st.none() | st.integers(1900, 2030), "age_group_on": DATES, "remarks": WORDS,
})  # fmt: skip
REGISTRATIONS = st.fixed_dictionaries({
    "active": st.none() | st.booleans(), "answers": st.dictionaries(WORDS, JSON_VALUES, max_size=3),
    "applied_at": st.none() | st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)),
    "remarks": WORDS, "arrival": DATES,
})  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(PEOPLE, REGISTRATIONS), min_size=1, max_size=4), JSON_VALUES, st.data())
def test_undo_and_redo_give_equal_rows(
    db: Database, people: list[tuple[dict[str, Any], dict[str, Any]]], setting: Any, data: st.DataObject
) -> None:
    keys: list[str] = []

    def add(session: Session) -> None:
        event = make_event(session, starts_at=dt.time(9, 12), capacity=7)
        for values, registration in people:
            person = make_person(session, **values)
            keys.append(make_registration(session, event, person, **registration).id)
        session.merge(Setting(key="anything", value=setting))

    def edit(session: Session) -> None:
        for key in keys:
            registration = session.get_one(Registration, key)
            for name, value in data.draw(REGISTRATIONS).items():
                setattr(registration, name, value)
            for field, words in data.draw(PEOPLE).items():
                setattr(session.get_one(Person, registration.person_id), field, words)

    def remove(session: Session) -> None:
        session.execute(delete(Registration).where(Registration.id.in_(keys[::2])))

    there_and_back(db, add)
    there_and_back(db, edit)
    there_and_back(db, remove)


def test_undo_of_one_of_everything(db: Database) -> None:
    def fill(session: Session) -> None:
        organisation = make_organisation(session, is_member=True)
        event = make_event(session, project_id=make_project(session).id)
        person = make_person(session, organisation_id=organisation.id)
        registration = make_registration(session, event, person)
        make_attendance(session, make_session(session, event), registration)
        first = Issue(code="ABCDEF", event_id=event.id, made_at=dt.datetime(2020, 3, 2, 9, 12))
        session.add(first)
        session.flush()
        session.add(Issue(code="GHJKMN", event_id=event.id, made_at=first.made_at, supplement_to=first.id))
        session.add(IssueRow(issue_id=first.id, number=1, registration_id=registration.id))

    def empty(session: Session) -> None:
        for table in reversed(journalled()):
            session.execute(delete(table))

    there_and_back(db, fill)
    there_and_back(db, empty)


def test_every_way_of_writing_is_journalled(db: Database) -> None:
    """Bulk statements, raw SQL, upserts, and a row changed several times in one write."""
    upsert = postgresql.insert if db.dialect == "postgresql" else sqlite.insert

    def add(session: Session) -> None:
        session.execute(insert(Person), [{"family_name": f"Novak {n}"} for n in range(50)])
        session.bulk_save_objects([Person(family_name="Kovač"), Person(family_name="Horvat")])
        session.bulk_insert_mappings(Organisation.__mapper__, [{"name_sl": "Občina"}])
        session.connection().execute(insert(Setting).values(key="a", value=[1]))

    def edit(session: Session) -> None:
        session.execute(update(Person).where(Person.family_name > "Novak 3").values(town="Krško"))
        session.execute(text("UPDATE organisation SET town = 'Kranj'"))
        again = upsert(Setting).values([{"key": "a", "value": [2]}, {"key": "b", "value": None}])
        session.execute(again.on_conflict_do_update(index_elements=["key"], set_={"value": again.excluded.value}))
        session.execute(delete(Person).where(Person.family_name == "Kovač"))
        session.execute(insert(Organisation).from_select(["id", "name_sl", *_EMPTY], _organisation_like_people()))

    there_and_back(db, add)
    there_and_back(db, edit)


_EMPTY = ("name_en", "short_name", "kind", "street", "postal_code", "town", "country", "region", "email", "phone",
          "contact_person", "remarks", "name_key", "short_key", "search", "is_member")  # fmt: skip


def _organisation_like_people() -> Any:
    from sqlalchemy import false, literal

    empty = [literal("").label(name) for name in _EMPTY[:-1]]
    return select(Person.id, Person.family_name, *empty, false().label("is_member")).where(Person.town != "")


def test_several_steps_in_one_write_are_one(db: Database) -> None:
    key = db.write(make_person, label=T("Add")).id

    def steps(session: Session) -> None:
        session.execute(update(Person).values(town="Krško"))
        session.execute(update(Person).values(town="Kranj"))
        session.execute(delete(Person))
        session.execute(insert(Person).values(id=key, family_name="Again"))
        made = make_person(session)
        session.delete(made)

    there_and_back(db, steps)
    number = db.read(changes, 1)[0].number
    ((table, row_key, before, after),) = db.read(row_changes, number)
    assert (table, row_key) == ("person", key)
    assert before is not None
    assert after is not None
    assert (before["family_name"], after["family_name"]) == ("Novak", "Again")

    def nothing_in_the_end(session: Session) -> None:
        session.execute(update(Person).values(town="x"))
        session.execute(update(Person).values(town=after["town"]))

    db.write(nothing_in_the_end, label=T("Nothing"))
    assert db.read(changes, 1)[0].number == number


def test_a_value_passed_on_to_a_new_row(db: Database) -> None:
    """The old registration goes, a new one of the same person at the same event comes: back in the other order."""
    old = db.write(make_registration, label=T("Register"))

    def replace(session: Session) -> None:
        session.execute(delete(Registration))
        session.add(Registration(event_id=old.event_id, person_id=old.person_id))
        session.flush()
        # And everything moves to a person made in the same write.
        other = make_person(session, "Other")
        session.execute(update(Registration).values(person_id=other.id))
        session.execute(delete(Person).where(Person.id == old.person_id))

    there_and_back(db, replace)


def test_a_row_made_since_stands_in_the_way_of_one_put_back(db: Database) -> None:
    old = db.write(make_registration, label=T("Register"))
    db.write(lambda s: s.execute(delete(Registration)), label=T("Delete it"))
    deleted = db.read(changes, 1)[0].number
    again = Registration(event_id=old.event_id, person_id=old.person_id)
    db.write(lambda s: s.add(again), label=T("Register again"))
    before = state(db)
    with pytest.raises(OfficeError, match=r"“Delete it” cannot be taken back: “Register again” \(Ana Kovač"):
        db.undo(deleted)
    assert state(db) == before


def test_a_parent_deleted_since_stands_in_the_way(db: Database) -> None:
    registration = db.write(make_registration, label=T("Register"))
    db.write(lambda s: s.execute(delete(Registration)), label=T("Delete it"))
    deleted = db.read(changes, 1)[0].number
    gone = delete(Event).where(Event.id == registration.event_id)
    db.write(lambda s: s.execute(gone), label=T("Delete the event"))
    with pytest.raises(OfficeError, match="“Delete the event”"):
        db.undo(deleted)
    db.undo()
    db.undo(deleted)
    assert db.read(lambda s: s.scalars(select(Registration.id)).all()) == [registration.id]


def test_an_older_change_can_be_chosen(db: Database) -> None:
    first = db.write(make_person, label=T("First"))
    db.write(make_person, label=T("Second"))
    number = db.read(changes, 5)[1].number
    assert db.undo(number).label == T("First")
    assert [c.label.message for c in db.read(changes, 5)] == ["Undo: {label}", "Second", "First"]
    assert [c.is_undone for c in db.read(changes, 5)] == [False, False, True]
    with pytest.raises(OfficeError, match="nothing to undo"):
        db.undo(number)
    assert db.redo().label == T("First")
    assert db.read(lambda s: s.get(Person, first.id)) is not None


def test_history_of_one_record(db: Database) -> None:
    person = db.write(make_person, birth_date=dt.date(2002, 4, 2), label=T("Add {name}", name="Ana"))
    db.write(make_person, label=T("Another"))

    def edit(session: Session) -> None:
        session.get_one(Person, person.id).birth_date = None

    db.write(edit, label=T("Edit, {on}", on=dt.date(2020, 3, 2)))
    latest, first = db.read(changes_of, "person", person.id)
    assert latest.label == T("Edit, {on}", on=dt.date(2020, 3, 2))
    assert first.label == T("Add {name}", name="Ana")
    assert (latest.who, latest.machine, latest.kinds) == ("Ana Kovač", "office-1", frozenset({"person"}))
    ((_, _, before, after),) = db.read(row_changes, latest.number)
    assert before is not None
    assert after is not None
    assert (before["birth_date"], after["birth_date"]) == (dt.date(2002, 4, 2), None)


def test_stored_files_are_kept_by_key_only(db: Database) -> None:
    db.write(lambda s: s.add(StoredFile(hash="abc", content=b"%PDF" * 1000)), label=T("Keep a file"))
    ((table, key, _, after),) = db.read(row_changes, db.read(changes, 1)[0].number)
    assert (table, key, after) == ("stored_file", "abc", {"hash": "abc"})
    db.undo()
    # Content is never taken back: a later redo must find it.
    assert db.read(lambda s: s.scalars(select(StoredFile.hash)).all()) == ["abc"]


def test_a_change_made_before_an_upgrade_is_not_taken_back(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    db.write(make_person, label=T("Add"))
    monkeypatch.setattr("mama_desktop.store.undo.HEAD", "9999")
    with pytest.raises(OfficeError, match="before the program was upgraded"):
        db.undo()


def test_a_key_never_changes(db: Database) -> None:
    db.write(make_person, label=T("Add"))
    with pytest.raises(Exception, match="a key never changes"):
        db.write(lambda s: s.execute(update(Person).values(id="x")), label=T("Change a key"))


def test_a_value_that_came_back_by_a_later_change_is_not_undone_from_beneath_it(db: Database) -> None:
    def name(value: str) -> Callable[[Session], object]:
        return lambda session: session.execute(update(Person).values(family_name=value))

    db.write(make_person, family_name="Novak", label=T("Add"))
    for value in ("Kos", "Zupan", "Kos"):
        db.write(name(value), label=T("Call {name}", name=value))
    first = db.read(changes, 10)[2]
    with pytest.raises(OfficeError, match="has changed the same data since"):
        db.undo(first.number)
    while db.undo_label() is not None:
        db.undo()
    assert db.read(lambda s: s.scalars(select(Person.id)).all()) == []


def test_what_a_later_deletion_would_put_back_keeps_its_ground(db: Database) -> None:
    organisation = db.write(make_organisation, label=T("Add an organisation"))
    person = db.write(make_person, organisation_id=organisation.id, label=T("Add a person"))
    db.write(lambda s: s.execute(delete(Person).where(Person.id == person.id)), label=T("Delete a person"))
    adding = db.read(changes, 10)[2]
    with pytest.raises(OfficeError) as refused:
        db.undo(adding.number)
    assert "Delete a person" in str(refused.value)
    while db.undo_label() is not None:
        db.undo()
    assert db.read(lambda s: s.scalars(select(Organisation.id)).all()) == []


def test_every_step_of_a_long_day_is_taken_back_and_done_again(db: Database) -> None:
    before = state(db)
    for number in range(230):
        db.write(make_person, family_name=f"Novak {number}", label=T("Add"))
    after = state(db)
    while db.undo_label() is not None:
        db.undo()
    assert state(db) == before
    while db.redo_label() is not None:
        db.redo()
    assert state(db) == after


def test_a_large_undo(db: Database) -> None:
    def many(session: Session) -> None:
        session.execute(insert(Person), [{"family_name": f"Novak {n}"} for n in range(3000)])

    there_and_back(db, many)


@pytest.fixture(autouse=True)
def _same_schema() -> None:
    """Every journalled table has one key column; the journal counts on it."""
    assert all(len(table.primary_key.columns) == 1 for table in journalled())
