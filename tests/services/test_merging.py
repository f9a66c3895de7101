"""Two records become one: every foreign key takes part, the preview is the deed, and undo is to the byte."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import Quota
from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.duplicates import Merged, PairVerdict
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import duplicates, history
from mama_desktop.services.deleting import references_to
from mama_desktop.services.merging import carry_out, plan_merge, second_stays_rather
from mama_desktop.store.database import Database
from tests.factories import make_attendance, make_event, make_organisation, make_person, make_registration, make_session
from tests.services.full_records import add_one, fill_everything
from tests.store.test_undo import State, state

NOW = dt.datetime(2020, 3, 2, 9, 0)
LABEL = T("Merge")


def merge(db: Database, noun: str, keep: str, gone: str, choices: dict[str, str] | None = None) -> Any:
    plan = db.read(plan_merge, noun, keep, gone, choices)
    db.write(carry_out, plan, now=NOW, who="Ana", label=LABEL)
    return plan


def two(db: Database, noun: str) -> tuple[str, str]:
    """Two people or organisations, on each of which something of every table hangs, partly of the same event."""

    def fill(session: Session) -> tuple[str, str]:
        one = fill_everything(session)
        other = add_one(session, noun, one)
        known = {**one, noun: other}
        if noun == "organisation":
            known["person"] = add_one(session, "person", one)
        for table in Base.metadata.sorted_tables:
            columns = [column.name for column in table.columns if any(
                key.column.table.name == noun for key in column.foreign_keys)]  # fmt: skip
            if columns:
                made = add_one(session, table.name, known)
                known = {**known, table.name: made} if table.name == "registration" else known
        if noun == "person":
            # What hangs on the second registration is united with what hangs on the first.
            add_one(session, "attendance", known, mark="present")
            add_one(session, "chosen_option", known)
        return one[noun], other

    return db.write(fill, label=LABEL)


@pytest.mark.parametrize("noun", ["person", "organisation"])
def test_whatever_names_the_one_that_goes_names_the_one_that_stays(db: Database, noun: str) -> None:
    keep, gone = two(db, noun)
    before = state(db)
    touched = {(table.name, column.name) for table, column in references_to(noun)}
    assert len(touched) >= 8
    for table, column in touched:
        assert any(row[column] == gone for row in before[table].values()), f"{table}.{column} is not in the test"
    merge(db, noun, keep, gone)
    after = state(db)
    assert gone not in after[noun]
    for table, column in touched:
        assert not any(row[column] == gone for row in after[table].values())
    assert db.read(lambda s: s.scalar(select(func.count()).where(Merged.gone == gone))) == 1
    db.undo()
    assert state(db) == before
    db.redo()
    assert state(db) == after


@pytest.mark.parametrize("noun", ["person", "organisation"])
def test_the_plan_is_the_deed(db: Database, noun: str) -> None:
    """What changed in the workspace is what the plan named, row by row and column by column."""
    keep, gone = two(db, noun)
    before = state(db)
    plan = merge(db, noun, keep, gone)
    after = state(db)
    deleted = {(table, key) for table, rows in before.items() for key in rows if key not in after[table]}
    assert deleted == set(plan.deletions)
    changed = _changed(before, after)
    named = {(u.table, u.key, column): value for u in plan.updates for column, value in u.after.items()}
    derived = {"search", "name_key", "email_key", "short_key"}
    assert {place: value for place, value in changed.items() if place[2] not in derived} == named
    added = [table for table, rows in after.items() for key in rows if key not in before[table]]
    assert sorted(added) == sorted(["merged", *(table for table, _ in plan.additions)])


def _changed(before: State, after: State) -> dict[tuple[str, str, str], Any]:
    return {
        (table, key, column): value
        for table, rows in after.items()
        for key, row in rows.items()
        if key in before[table]
        for column, value in row.items()
        if before[table][key][column] != value
    }


def test_two_registrations_of_one_event_become_one_and_present_wins(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str, str]:
        event = make_event(session)
        parts = [make_session(session, event, position=n) for n in (1, 2, 3)]
        ana = make_person(session, email="ana@example.org", phone="041 111 111")
        anica = make_person(session, "Anica", phone="041 222 222")
        one = make_registration(session, event, ana, status="applied", answers={"Majica": "M"}, diet=["vegan"])
        other = make_registration(session, event, anica, status="confirmed", remarks="pride pozno",
                                  answers={"Majica": "L", "Tema": "film"}, diet=["gluten-free"])  # fmt: skip
        make_attendance(session, parts[0], one, "absent")
        make_attendance(session, parts[0], other, "present", keyed_by="Maja")
        make_attendance(session, parts[1], other, "excused")
        make_attendance(session, parts[2], one, "present")
        make_attendance(session, parts[2], other, "absent")
        return ana.id, anica.id, one.id

    ana, anica, one = db.write(fill, label=LABEL)
    before = state(db)
    plan = merge(db, "person", ana, anica)

    def look(session: Session) -> None:
        (left,) = session.scalars(select(Registration))
        assert left.id == one
        assert (left.status, left.remarks) == ("confirmed", "pride pozno")
        assert left.answers == {"Majica": "M", "Tema": "film"}
        assert left.diet == ["vegan", "gluten-free"]
        marks = list(session.scalars(select(Attendance.mark).order_by(Attendance.session_id)))
        assert sorted(marks) == ["excused", "present", "present"]
        person = session.get_one(Person, ana)
        assert {person.phone, person.other_phone} == {"041 111 111", "041 222 222"}

    db.read(look)
    said = " / ".join(language("en").say(line) for line in (*plan.said, *plan.clashes))
    for words in ("become one: Klub", "“confirmed” stays, “new” is left out", "Majica: “M” stays", "other phone"):
        assert words in said
    db.undo()
    assert state(db) == before


def test_what_stays_is_chosen_field_by_field(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        here, there = make_organisation(session, "MC Krško"), make_organisation(session, "MC Brežice")
        return here.id, there.id

    here, there = db.write(fill, label=LABEL)
    values = {"email": "a@x.si", "organisation_id": here, "town": "Krško"}
    one = db.write(make_person, "ana", "zagar", **values, label=LABEL).id
    values = {"email": "b@x.si", "organisation_id": there, "remarks": "pevka"}
    other = db.write(make_person, "Ana Marija", "Žagar", **values, label=LABEL).id
    proposed = {f.key: f for f in db.read(plan_merge, "person", one, other).fields}
    assert proposed["given_name"].value == "Ana Marija"
    assert proposed["family_name"].value == "Žagar"
    assert (proposed["email"].value, proposed["town"].value, proposed["remarks"].value) == ("b@x.si", "Krško", "pevka")
    merge(db, "person", one, other, {"given_name": "keep", "email": "keep", "organisation_id": "keep"})
    person = db.read(lambda s: s.get_one(Person, one))
    assert (person.given_name, person.family_name, person.email) == ("ana", "Žagar", "a@x.si")
    (earlier,) = db.read(lambda s: list(s.scalars(select(Affiliation))))
    assert earlier.email == "b@x.si"
    assert earlier.organisation_id is not None
    assert person.name_key == "ana zagar"


def test_swapped_names_are_of_one_piece(db: Database) -> None:
    def two(session: Session) -> tuple[str, str]:
        keep = make_person(session, "Ana", "Kovač", email="a@x.si")
        return keep.id, make_person(session, "Kovač", "Ana", email="a@x.si").id

    keep, gone = db.write(two, label=T("Test"))
    for choices, names in (
        ({}, ("Kovač", "Ana")),
        ({"given_name": "gone"}, ("Ana", "Kovač")),
        ({"family_name": "gone", "given_name": "keep"}, ("Kovač", "Ana")),
    ):
        plan = db.read(plan_merge, "person", keep, gone, choices)
        values = {field.key: field.value for field in plan.fields}
        assert (values["family_name"], values["given_name"]) == names


def test_nobody_becomes_their_own_guardian(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        child, parent = make_person(session), make_person(session)
        session.add(Guardian(person_id=child.id, guardian_id=parent.id))
        return child.id, parent.id

    merge(db, "person", *db.write(fill, label=LABEL))
    assert db.read(lambda s: list(s.scalars(select(Guardian)))) == []


def test_history_of_the_one_that_stays_holds_both(db: Database) -> None:
    first, second, third = (db.write(make_person, "Ana", f"Kos {n}", label=T("Add")).id for n in range(3))
    merge(db, "person", second, third)
    merge(db, "person", first, second)
    told = db.read(history.changes_of_record, "person", first)
    assert [str(change.label) for change in told] == ["Merge", "Merge", "Add", "Add", "Add"]
    assert all(db.read(history.said_rows, change.number, words=language("en")) for change in told)


def test_decisions_about_the_one_that_goes_are_taken_over(db: Database) -> None:
    keys = sorted(db.write(make_person, "Ana", "Kos", label=LABEL).id for _ in range(3))
    db.write(duplicates.decide, "person", keys[1], keys[2], "different", now=NOW, label=LABEL)
    db.write(duplicates.decide, "person", keys[0], keys[1], "later", now=NOW, label=LABEL)
    merge(db, "person", keys[0], keys[1])
    (left,) = db.read(lambda s: list(s.scalars(select(PairVerdict))))
    assert (left.first, left.second, left.verdict) == (keys[0], keys[2], "different")


def test_a_plan_is_not_carried_out_when_somebody_changed_a_row_meanwhile(db: Database) -> None:
    one, other = (db.write(make_person, "Ana", "Kos", email=mail, label=LABEL).id for mail in ("", "b@x.si"))
    plan = db.read(plan_merge, "person", one, other)

    def change(session: Session) -> None:
        session.get_one(Person, one).email = "c@x.si"

    db.write(change, label=LABEL)
    before = state(db)
    with pytest.raises(OfficeError):
        db.write(carry_out, plan, now=NOW, label=LABEL)
    assert state(db) == before
    with pytest.raises(OfficeError):
        db.read(plan_merge, "person", one, one)


def test_organisations_with_places_of_an_event(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        one = make_organisation(session, "MC Krško", is_member=True)
        other = make_organisation(session, "Mladinski center Krško", town="Krško", kind="youth-centre")
        for number, places in ((1, (3, 5)), (2, (None, 4))):
            event = make_event(session, f"e{number}")
            for organisation, count in zip((one, other), places, strict=True):
                if count:
                    session.add(Quota(event_id=event.id, kind="organisation", value=organisation.id, places=count))
        make_person(session, organisation_id=other.id)
        return one.id, other.id

    one, other = db.write(fill, label=LABEL)
    before = state(db)
    merge(db, "organisation", one, other)
    kept = db.read(lambda s: s.get_one(Organisation, one))
    assert (kept.name_sl, kept.short_name, kept.town) == ("Mladinski center Krško", "MC Krško", "Krško")
    assert kept.is_member
    assert kept.kind == "youth-centre"
    places = db.read(lambda s: sorted(s.execute(select(Quota.value, Quota.places)).all()))
    assert [tuple(place) for place in places] == [(one, 3), (one, 4)]
    db.undo()
    assert state(db) == before


def test_the_one_that_can_be_reached_and_has_more_is_proposed_to_stay(db: Database) -> None:
    def make(session: Session) -> tuple[str, str]:
        known = make_person(session, "Goran", "Kastelic")
        known.email = "goran.kastelic@example.org"
        make_registration(session, person=known)
        swapped = make_person(session, "Kastelic", "Goran")
        return swapped.id, known.id

    swapped, known = db.write(make, label=T("Test"))
    assert db.read(second_stays_rather, "person", swapped, known)
    assert not db.read(second_stays_rather, "person", known, swapped)
    assert not db.read(second_stays_rather, "person", known, "0" * 32)
