"""Edits of cells: what is taken, what is refused, where they go."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import editing, organisations, people, registrations
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)
EDIT = T("Test")


def _registration(session: Session, **values: Any) -> tuple[str, str]:
    event = factories.make_event(session)
    person = factories.make_person(session, "Ana", "Žagar")
    made = factories.make_registration(session, event=event, person=person, **{"status": "applied", **values})
    return made.id, event.id


def _cell(db: Database, event: str, field: str) -> Any:
    listing = db.read(registrations.registrations, event, keys=[field])
    return listing.rows[0][0]


def _edit(db: Database, key: str, field: str, value: Any, noun: str = "registration") -> None:
    db.write(editing.change, noun, [key], field, value, now=NOW, label=EDIT)


def test_a_name_goes_to_the_person_and_renews_the_match_key(db: Database) -> None:
    key, event = db.write(_registration, label=EDIT)
    _edit(db, key, "family_name", "  Đurić ")
    assert _cell(db, event, "family_name") == "Đurić"
    assert db.read(lambda s: s.scalar(select(Person.name_key))) == "ana duric"


def test_an_organisation_is_found_in_another_spelling_or_made(db: Database) -> None:
    key, event = db.write(_registration, label=EDIT)
    _edit(db, key, "organisation", "Mladinski center Krško")
    _edit(db, key, "organisation", "MC Krsko")
    assert db.read(lambda s: len(s.scalars(select(Organisation)).all())) == 1
    _edit(db, key, "organisation", "")
    assert _cell(db, event, "organisation") == ""


def test_the_region_follows_the_address(db: Database) -> None:
    key, event = db.write(_registration, label=EDIT)
    _edit(db, key, "postal_code", "6000")
    assert _cell(db, event, "region") == "SI044"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "ana at example"), ("birth_year", "šest"), ("birth_year", 10**7), ("gender", "?"), ("age", 20)],
)
def test_what_cannot_be_is_refused_and_the_old_value_stays(db: Database, field: str, value: Any) -> None:
    key, event = db.write(_registration, label=EDIT)
    before = _cell(db, event, field)
    with pytest.raises(OfficeError):
        _edit(db, key, field, value)
    assert _cell(db, event, field) == before


def test_departure_before_arrival_is_refused(db: Database) -> None:
    key, event = db.write(_registration, label=EDIT)
    _edit(db, key, "arrival", dt.date(2020, 4, 2))
    with pytest.raises(OfficeError):
        _edit(db, key, "departure", dt.date(2020, 4, 1))
    assert _cell(db, event, "departure") is None


def test_a_step_that_may_not_follow_is_refused_for_all(db: Database) -> None:
    key, event = db.write(_registration, status="declined", label=EDIT)
    with pytest.raises(OfficeError):
        _edit(db, key, "status", "cancelled")
    assert _cell(db, event, "status") == "declined"


def test_an_extra_answer_is_edited_like_any_field(db: Database) -> None:
    key, event = db.write(_registration, answers={"Velikost majice": "M"}, label=EDIT)
    _edit(db, key, "answer:Velikost majice", "L")
    assert _cell(db, event, "answer:Velikost majice") == "L"


def test_many_are_changed_and_undone_as_one(db: Database) -> None:
    def make(session: Session) -> list[str]:
        event = factories.make_event(session)
        return [
            factories.make_registration(
                session, event=event, person=factories.make_person(session, f"Ime{n}"), status="applied"
            ).id
            for n in range(30)
        ]

    keys = db.write(make, label=EDIT)
    db.write(editing.change, "registration", keys, "status", "accepted", now=NOW, label=EDIT)
    db.undo()
    assert db.read(lambda s: set(s.scalars(select(Registration.status)))) == {"applied"}


@pytest.mark.parametrize("field", ["family_name", "phone", "postal_code", "town", "function"])
def test_what_is_longer_than_is_kept_is_refused_on_both_databases(db: Database, field: str) -> None:
    key, event = db.write(_registration, label=EDIT)
    before = _cell(db, event, field)
    with pytest.raises(OfficeError, match="too long"):
        _edit(db, key, field, "ž" * 301)
    assert _cell(db, event, field) == before
    with pytest.raises(OfficeError, match="too long"):
        db.write(people.add_person, family_name="ž" * 121, given_name="", label=EDIT)


def test_letters_that_fold_into_two_do_not_overflow_the_keys(db: Database) -> None:
    db.write(people.add_person, family_name="ß" * 120, given_name="ﬃ" * 120, label=EDIT)
    db.write(organisations.add_organisation, "ß" * 300, label=EDIT)


def test_control_characters_are_cleaned_and_lines_stay(db: Database) -> None:
    key, event = db.write(_registration, label=EDIT)
    _edit(db, key, "remarks", " prva\x00 vrsta\r\n\ndruga\x07  vrsta ")
    assert _cell(db, event, "remarks") == "prva vrsta\n\ndruga vrsta"
    _edit(db, key, "family_name", "Ža\x00gar\u202e")
    assert _cell(db, event, "family_name") == "Žagar"
