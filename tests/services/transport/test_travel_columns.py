"""Columns about travel of a form: recognised, taken into legs, compared when the form comes again, undone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.questions import Question
from mama_desktop.domain.text import verbatim
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.services import importing
from mama_desktop.services.transport import travel_columns
from mama_desktop.services.transport.travel_answers import take_from_answers
from mama_desktop.store.database import Database
from tests.factories import make_event, make_leg, make_person, make_registration

HEADINGS = ("Ime", "Priimek", "Kako pridete?", "Od kod potujete?", "Številka leta", "Ura prihoda", "Potrebujem prevoz")
ANA = ("Ana", "Novak", "z letalom", "Skopje", "LX 1234", "7.50", "Da")
BOR = ("Bor", "Kranjc", "s svojim avtom", "Celje", "", "", "Ne potrebujem")


def a_file(folder: Path, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    path = folder / "prijave.csv"
    path.write_text("\n".join(";".join(row) for row in (headings, *rows)), encoding="utf-8")
    return path


def legs_of(session: Session) -> dict[tuple[str, str], TravelLeg]:
    from mama_desktop.domain.people import Person
    from mama_desktop.domain.registrations import Registration

    query = (
        select(Person.given_name, TravelLeg)
        .join(Registration, Registration.id == TravelLeg.registration_id)
        .join(Person, Person.id == Registration.person_id)
    )
    return {(name, leg.direction): leg for name, leg in session.execute(query)}


@pytest.fixture
def event(db: Database) -> str:
    return db.write(lambda s: make_event(s, town="Koper").id, label=verbatim("x"))


def test_columns_about_travel_become_legs(db: Database, event: str, tmp_path: Path) -> None:
    plan = importing.prepare(db, event, a_file(tmp_path, ANA, BOR))
    assert {c.label: c.key for c in plan.draft.mapping.columns} == {
        "Ime": "given_name", "Priimek": "family_name", "Kako pridete?": "travel_means",
        "Od kod potujete?": "travel_from", "Številka leta": "travel_there_number",
        "Ura prihoda": "travel_there_time", "Potrebujem prevoz": "travel_needs",
    }  # fmt: skip
    importing.take_in_defaults(db, plan)
    legs = db.read(legs_of)
    ana, back = legs["Ana", "there"], legs["Ana", "back"]
    assert (ana.means, ana.from_place, ana.number, ana.time) == ("plane", "Skopje", "LX 1234", dt.time(7, 50))
    assert (ana.from_country, ana.needs_transport) == ("MK", True)
    assert (back.means, back.to_place, back.number, back.time) == ("plane", "Skopje", "", None)
    assert legs["Bor", "there"].needs_transport is False
    assert legs["Bor", "there"].status == "known"
    # All of it is undone with the import.
    db.undo()
    assert db.read(lambda s: s.scalar(select(func.count()).select_from(TravelLeg))) == 0


def test_the_form_comes_again(db: Database, event: str, tmp_path: Path) -> None:
    importing.take_in_defaults(db, importing.prepare(db, event, a_file(tmp_path, ANA, BOR)))
    again = importing.prepare(db, event, a_file(tmp_path, ANA, BOR))
    assert all(not (row.person and row.person.changes) for row in again.comparison.rows)
    later = ("Ana", "Novak", "z letalom", "Skopje", "LX 1234", "9.15", "Da")
    changed = importing.prepare(db, event, a_file(tmp_path, later, BOR))
    (ana,) = [row for row in changed.comparison.rows if row.name.startswith("Ana") or "Ana" in row.name]
    assert ana.person is not None
    assert [(c.field, c.before, c.after, c.ticked) for c in ana.person.changes] == [
        ("travel_there_time", "07:50", "09:15", True)
    ]
    importing.take_in_defaults(db, changed)
    leg = db.read(legs_of)["Ana", "there"]
    assert (leg.time, leg.status) == (dt.time(9, 15), "changed")


def test_what_cannot_be_read_stays_an_answer() -> None:
    values: dict[str, Any] = {
        "travel_there_time": "zjutraj",
        "travel_luggage": 4000,
        "travel_needs": True,
        "travel_back_number": "x" * 41,
    }
    answers: dict[str, str] = {}
    travel_columns.tidy(values, answers, lambda key: key)
    assert values == {"travel_needs": "yes"}
    assert answers == {
        "travel_there_time": "zjutraj", "travel_luggage": "4000", "travel_back_number": "x" * 41,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("How will you travel?", "travel_means"),
        ("Do you need transport?", "travel_needs"),
        ("Pick-up point", "travel_from"),
        ("Flight number", "travel_there_number"),
        ("Ali potrebujete organiziran prevoz?", "travel_needs"),
        ("Vstopno mesto", "travel_from"),
        ("Departure time", "travel_back_time"),
        ("Kako se boste vrnili?", "travel_back_means"),
    ],
)
def test_headings_in_both_languages(db: Database, event: str, tmp_path: Path, heading: str, key: str) -> None:
    path = a_file(tmp_path, ("Ana", "Novak", "da"), headings=("Ime", "Priimek", heading))
    plan = importing.prepare(db, event, path)
    assert [c.key for c in plan.draft.mapping.columns][2] == key


def test_answers_that_stand_already_are_taken_where_nothing_is_said(db: Database, event: str) -> None:
    def prepare(session: Session) -> tuple[str, str]:
        from mama_desktop.domain.events import Event

        here = session.get_one(Event, event)
        question = Question(
            event_id=event, kind="choice", label_sl="Kako boste pripotovali?", label_en="How will you travel?",
            choices=[{"key": "t", "sl": "z vlakom", "en": "by train"}, {"key": "o", "sl": "drugače"}],
        )  # fmt: skip
        session.add(question)
        session.flush()
        answers = {question.id: "t", "Številka leta ali vlaka in ura prihoda": "LP 2412 ob 9.12", "Opomba": "x"}
        ana, bor = (
            make_registration(session, here, make_person(session, given_name=name), status="accepted", answers=answers)
            for name in ("Ana", "Bor")
        )
        make_leg(session, bor, "there", means="plane")
        return ana.id, bor.id

    ana, bor = db.write(prepare, label=verbatim("x"))
    taken = db.write(take_from_answers, event, [ana, bor], now=dt.datetime(2020, 3, 1), label=verbatim("x"))
    assert taken == 2
    legs = db.read(legs_of)
    assert (legs["Ana", "there"].means, legs["Ana", "back"].means) == ("train", "train")
    assert legs["Ana", "there"].number == "LP 2412 ob 9.12"
    assert (legs["Bor", "there"].means, legs["Bor", "there"].number) == ("plane", "LP 2412 ob 9.12")
    again = db.write(take_from_answers, event, [ana, bor], now=dt.datetime(2020, 3, 1), label=verbatim("x"))
    assert again == 0
