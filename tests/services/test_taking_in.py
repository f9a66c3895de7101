"""A file's registrations against the workspace: what the preview says, and what is stored afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.everything import RECORDS
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import Candidate, Candidates, Problem, Skipped
from mama_desktop.services import taking_in
from mama_desktop.services.taking_in import LEAVE_OUT, NEW, TAKE, Comparison, Decisions, Taken
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration

TODAY = dt.date(2020, 3, 2)
NOW = dt.datetime(2020, 3, 2, 9, 12)
SENT = dt.datetime(2020, 2, 20, 8, 0)


def row(line: int, given: str = "Ana", family: str = "Novak", /, **values: Any) -> Candidate:
    answers = values.pop("answers", {})
    return Candidate(line, {"given_name": given, "family_name": family, **values}, answers)


def event(db: Database) -> str:
    return db.write(lambda session: make_event(session, title_sl="Klub").id, label=T("Test"))


def preview(db: Database, event_id: str, *rows: Candidate) -> Comparison:
    return db.read(taking_in.compare, event_id, list(rows), today=TODAY)


def take(db: Database, comparison: Comparison, decisions: Decisions | None = None) -> Taken:
    return db.write(
        taking_in.take_in, comparison, decisions, source="prijave.xlsx", now=NOW, label=T("Take in registrations")
    )


def taken(db: Database, event_id: str, *rows: Candidate) -> Taken:
    return take(db, preview(db, event_id, *rows))


def groups(comparison: Comparison) -> dict[int, str]:
    return {r.line: r.group for r in comparison.rows}


def stored(db: Database) -> list[tuple[str, ...]]:
    def people(session: Session) -> list[tuple[str, ...]]:
        query = (
            select(Person.given_name, Person.family_name, Registration.status, Organisation.name_sl)
            .join(Registration, Registration.person_id == Person.id)
            .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
            .order_by(Person.name_key)
        )
        return [tuple(r) for r in session.execute(query)]

    return db.read(people)


def test_new_rows_go_in_as_one_gesture_and_come_out_as_one(db: Database) -> None:
    event_id = event(db)
    result = taken(
        db,
        event_id,
        row(2, "Ana", "Kovač", email="ana@example.org", organisation="MC Krško", submitted_at=SENT),
        row(3, "Žan", "Đurić", organisation="Mladinski center Krško", diet=["vegan"], answers={"Majica": "M"}),
        row(4, "Maja", "Zupan", status="cancelled", age=23),
    )
    assert (result.new, result.new_people, result.new_organisations) == (3, 3, 1)
    assert stored(db) == [
        ("Ana", "Kovač", "applied", "MC Krško"),
        ("Žan", "Đurić", "applied", "MC Krško"),
        ("Maja", "Zupan", "cancelled", None),
    ]
    db.undo()
    assert stored(db) == []
    assert db.read(lambda s: s.scalars(select(Organisation)).all()) == []
    db.redo()
    assert len(stored(db)) == 3
    again = preview(db, event_id, row(2, "Kovac", "Ana", email="ANA@example.org"))
    assert again.counts()["unchanged"] == 1


def test_what_is_kept_of_a_row(db: Database) -> None:
    event_id = event(db)
    taken(
        db,
        event_id,
        row(
            7, "Maja", "Zupan", age=23, submitted_at=SENT, postal_code="8270", town="Krško", country="SI",
            street="Trg 1", street_2="2. nadstropje", role="speaker", arrival=dt.date(2020, 4, 1), allergies="oreščki",
            registration_id="R-17", answers={"Majica": "M"},
        ),
    )  # fmt: skip
    person, registration = db.read(lambda s: (s.scalars(select(Person)).one(), s.scalars(select(Registration)).one()))
    assert (person.age_group, person.age_group_on) == ("23", SENT.date())
    assert (person.street, person.region, person.name_key) == ("Trg 1, 2. nadstropje", "SI036", "maja zupan")
    assert registration.answers == {"Majica": "M", "ID": "R-17"}
    assert (registration.source, registration.source_line) == ("import", "prijave.xlsx, row 7") or "7" in (
        registration.source_line
    )
    assert (registration.applied_at, registration.status_since) == (SENT, NOW)
    assert (registration.role, registration.arrival, registration.allergies) == (
        "speaker", dt.date(2020, 4, 1), "oreščki",
    )  # fmt: skip


def test_siblings_and_a_shared_mailbox_stay_different_people(db: Database) -> None:
    event_id = event(db)
    shared = "novakovi@example.org"
    rows = [row(2, "Ana", email=shared), row(3, "Anja", email=shared), row(4, "Jan", email=shared)]
    rows += [row(5, "Eva", "Kos", email="info@mc.si"), row(6, "Tim", "Rus", email="info@mc.si")]
    rows += [row(7, "Lea", "Bizjak", email="anonymous"), row(8, "Rok", "Vidmar", email="anonymous")]
    first = preview(db, event_id, *rows)
    assert set(groups(first).values()) == {"new"}
    assert take(db, first).new == 7
    assert preview(db, event_id, *rows).counts()["unchanged"] == 7
    assert groups(preview(db, event_id, row(2, "Jana", email=shared))) == {2: "new"}


def test_a_possible_match_waits_for_a_decision(db: Database) -> None:
    event_id = event(db)

    def two(session: Session) -> tuple[str, str]:
        return make_person(session, email="a@example.org").id, make_person(session, email="b@example.org").id

    one, other = db.write(two, label=T("Test"))
    comparison = preview(db, event_id, row(2, "Ana", "Novak"), row(3, "Ana", "Novakk", email="b@example.org"))
    assert groups(comparison) == {2: "possible", 3: "possible"}
    assert {o.person_id for o in comparison.rows[0].options} == {one, other}
    assert [o.person_id for o in comparison.rows[1].options] == [other]
    assert [str(r) for r in comparison.rows[1].options[0].reasons] == ["almost the same name", "same e-mail"]
    undecided = take(db, comparison)
    assert (undecided.new, undecided.skipped) == (0, (2, 3))
    decided = take(db, comparison, Decisions(people={2: one, 3: NEW}))
    assert (decided.new, decided.new_people) == (2, 1)
    with pytest.raises(OfficeError, match="changed the registrations"):
        take(db, comparison)


def test_changes_fill_what_is_empty_and_leave_a_hand_edit_alone(db: Database) -> None:
    event_id = event(db)
    taken(db, event_id, row(2, email="ana@example.org", phone="041 123 456", remarks="prej", submitted_at=SENT))

    def edit(session: Session) -> None:
        session.scalars(select(Person)).one().phone = "031 999 999"

    db.write(edit, label=T("Test"))
    new = row(
        2, email="ana@example.org", phone="041 123 456", remarks="prej", town="Krško", postal_code="8270",
        submitted_at=SENT, answers={"Majica": "M"},
    )  # fmt: skip
    comparison = preview(db, event_id, new)
    assert {(c.field, c.ticked) for c in comparison.rows[0].changes} == {
        ("phone", False), ("town", True), ("postal_code", True), ("answer:Majica", True),
    }  # fmt: skip
    assert take(db, comparison).changed == 1
    person, registration = db.read(lambda s: (s.scalars(select(Person)).one(), s.scalars(select(Registration)).one()))
    assert (person.phone, person.town, person.region) == ("031 999 999", "Krško", "SI036")
    assert registration.answers == {"Majica": "M"}
    ticked = preview(db, event_id, new)
    take(db, ticked, Decisions(ticks={(2, "phone"): True}))
    changed = db.read(lambda s: s.scalars(select(Person)).one())
    assert changed.phone == "041 123 456"
    assert "041123456" in changed.search
    db.undo()
    assert db.read(lambda s: s.scalars(select(Person)).one()).phone == "031 999 999"


def test_who_has_signed_up_again_since_is_believed(db: Database) -> None:
    event_id = event(db)
    taken(db, event_id, row(2, email="ana@example.org", remarks="prej", diet=["vegan"], submitted_at=SENT))
    later = row(9, email="ana@example.org", remarks="potem", phone="1234567", submitted_at=SENT + dt.timedelta(days=1))
    comparison = preview(db, event_id, later)
    assert {(c.field, c.ticked) for c in comparison.rows[0].changes} == {("remarks", True), ("phone", True)}
    take(db, comparison)
    assert preview(db, event_id, later).counts()["unchanged"] == 1
    kept = db.read(lambda s: s.scalars(select(Registration)).one())
    assert (kept.diet, kept.applied_at) == (["vegan"], SENT + dt.timedelta(days=1))


def test_every_row_is_in_exactly_one_group(db: Database) -> None:
    event_id = event(db)
    bad = Candidate(5, {"given_name": "Ana"}, {}, (Problem(T("“x” is not an e-mail address.")),))
    nobody = Candidate(6, {}, {}, (Problem(T("Nobody is named in this row."), blocking=True),))
    backwards = row(7, "Eva", "Kos", arrival=dt.date(2020, 4, 3), departure=dt.date(2020, 4, 1))
    long = row(8, "Eva", "K" * 200)
    read = Candidates((row(2), row(3), bad, nobody, backwards, long), (Skipped(9, "Tim", T("Refunded")),))
    comparison = db.read(taking_in.compare, event_id, read, today=TODAY)
    assert groups(comparison) == {
        2: "new", 3: "new", 5: "problem", 6: "problem", 7: "problem", 8: "problem", 9: "skipped",
    }  # fmt: skip
    everything = dict.fromkeys((5, 6, 7, 8, 9), TAKE)
    result = take(db, comparison, Decisions(people={2: LEAVE_OUT, **everything}))
    assert (result.new, result.skipped) == (3, (2, 6, 8, 9))


def test_repeated_rows_count_once_and_may_be_told_apart(db: Database) -> None:
    event_id = event(db)
    rows = (
        row(2, email="a@example.org", birth_date=dt.date(2000, 5, 6), remarks="prvič"),
        row(3, email="ana@sola.si", birth_date=dt.date(2000, 5, 6), remarks="drugič"),
        row(4, email="c@example.org", birth_date=dt.date(1990, 1, 2)),
    )
    comparison = preview(db, event_id, *rows)
    assert groups(comparison) == {2: "repeated", 3: "new", 4: "new"}
    assert comparison.rows[0].replaced_by == 3
    assert take(db, comparison).new == 2
    db.undo()
    assert take(db, comparison, Decisions(people={2: NEW})).new == 3


def test_two_rows_that_fit_one_person_are_a_question(db: Database) -> None:
    event_id = event(db)
    key = db.write(lambda s: make_person(s).id, label=T("Test"))
    comparison = preview(db, event_id, row(2, email="a@example.org"), row(3, email="b@example.org"))
    assert groups(comparison) == {2: "possible", 3: "possible"}
    assert take(db, comparison, Decisions(people={2: key, 3: NEW})).new_people == 1


def test_namesakes_who_are_registered_are_found_each(db: Database) -> None:
    def fill(session: Session) -> str:
        made = make_event(session)
        for _ in range(2):
            make_registration(session, made, make_person(session))
        return made.id

    event_id = db.write(fill, label=T("Test"))
    comparison = preview(db, event_id, row(2), row(3))
    assert comparison.counts()["unchanged"] == 2
    assert len({r.person.person_id for r in comparison.rows if r.person}) == 2


def test_organisations_meet_in_every_spelling(db: Database) -> None:
    def fill(session: Session) -> str:
        make_organisation(session, "Mladinski center Krško", short_name="MCK", name_en="Youth Centre Krško")
        make_organisation(session, "Osnovna šola Jurija Dalmatina", town="Krško")
        make_organisation(session, "Osnovna šola Jurija Dalmatina", town="Ljubljana")
        return make_event(session).id

    event_id = db.write(fill, label=T("Test"))
    names = ["mc krsko", "MCK", "Youth centre Krško", "Krško, mladinski center", "MLADINSKI CENTER KRŠKO"]
    rows = [row(i, "Oseba", f"Številka{i}", organisation=name) for i, name in enumerate(names, 2)]
    rows.append(row(9, "Eva", "Kos", organisation="OŠ Jurija Dalmatina", organisation_town="Ljubljana"))
    assert taken(db, event_id, *rows).new_organisations == 0
    towns = db.read(
        lambda s: s.execute(
            select(Organisation.town).join(Person, Person.organisation_id == Organisation.id).order_by(Person.id)
        ).all()
    )
    assert [t[0] for t in towns].count("Ljubljana") == 1


def test_no_emso_is_stored_wherever_it_stood(db: Database) -> None:
    emso = "0101006500006"
    event_id = event(db)
    taken(
        db,
        event_id,
        row(2, "Ana", f"Novak {emso}", phone=emso, remarks=f"moj emšo je {emso}", organisation=f"MC {emso}",
            town=emso, answers={"EMŠO": emso, f"Vprašanje {emso}": "da"}),
    )  # fmt: skip
    taken(db, event_id, row(3, "Eva", "Kos", answers={"Majica": "M"}))
    taken(db, event_id, row(3, "Eva", "Kos", remarks=emso, street=emso, answers={"Majica": emso}))

    def everything(session: Session) -> str:
        tables = [r.__tablename__ for r in RECORDS]
        if db.dialect == "sqlite":
            tables = list(session.scalars(text("SELECT name FROM sqlite_schema WHERE type = 'table'")))
        else:
            tables = list(session.scalars(text(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")))  # fmt: skip
        return "".join(str(session.execute(text(f'SELECT * FROM "{name}"')).all()) for name in tables)

    words = db.read(everything)
    assert "Novak" in words
    assert emso not in words


def test_a_known_person_brings_the_organisation_along(db: Database) -> None:
    def fill(session: Session) -> str:
        make_person(session, organisation_id=make_organisation(session, "MC Krško").id)
        return make_event(session).id

    event_id = db.write(fill, label=T("Test"))
    comparison = preview(db, event_id, row(2, email="ana@example.org"))
    assert groups(comparison) == {2: "new"}
    result = take(db, comparison)
    assert (result.new, result.new_people) == (1, 0)
    assert stored(db) == [("Ana", "Novak", "applied", "MC Krško")]
    assert db.read(lambda s: s.scalars(select(Person)).one()).email_key == "ana@example.org"


def test_a_typing_error_within_the_file_is_pointed_out(db: Database) -> None:
    event_id = event(db)
    shared = "ana@example.org"
    comparison = preview(db, event_id, row(2, email=shared), row(3, "Ana", "Novk", email=shared), row(4, "Jan"))
    assert [[str(n) for n in r.notices] for r in comparison.rows] == [
        ["Row 3 could be the same person."], ["Row 2 could be the same person."], [],
    ]  # fmt: skip


def test_an_event_that_is_gone_takes_nothing_in(db: Database) -> None:
    comparison = preview(db, "0" * 32, row(2))
    with pytest.raises(OfficeError, match="deleted meanwhile"):
        take(db, comparison)


def test_a_cancellation_of_the_source_is_shown_and_follows_what_nobody_decided(db: Database) -> None:
    event_id = event(db)
    taken(db, event_id, row(2), row(3, "Eva", "Kos"))

    def decide(session: Session) -> None:
        session.scalars(select(Registration).join(Person).where(Person.given_name == "Eva")).one().status = "accepted"

    db.write(decide, label=T("Test"))
    comparison = preview(db, event_id, row(2, status="cancelled"), row(3, "Eva", "Kos", status="cancelled"))
    assert [(c.field, c.after, c.ticked) for r in comparison.rows for c in r.changes] == [
        ("status", "cancelled", True), ("status", "cancelled", False),
    ]  # fmt: skip
    take(db, comparison)
    assert sorted(s[2] for s in stored(db)) == ["accepted", "cancelled"]
