"""What History says of a change."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.everything import NOT_JOURNALLED, RECORDS
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import editing, funders, history, office, office_card, profiles, sessions, staff
from mama_desktop.services.funders import shipped_profile_id, shipped_profiles
from mama_desktop.store.database import Database
from mama_desktop.store.history import changes
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _registration(session: Session) -> tuple[str, str]:
    event = factories.make_event(session)
    person = factories.make_person(session, "Ana", "Žagar")
    made = factories.make_registration(session, event=event, person=person, status="applied")
    return made.id, event.id


def test_a_change_is_said_in_the_readers_words(db: Database) -> None:
    key, event = db.write(_registration, label=T("Test"))
    db.write(editing.change, "registration", [key], "status", "accepted", now=NOW, label=T("Test"))
    db.write(editing.change, "registration", [key], "town", "Krško", now=NOW, label=T("Test"))
    town, status, made = db.read(history.changes_of_event, event, limit=10)
    assert db.read(history.said_rows, status.number, words=language("sl")) == [
        "Prijava »Ana Žagar«: Prijava: nova → sprejeta"
    ]
    assert db.read(history.said_rows, town.number, words=language("en")) == ["Person “Ana Žagar”: Town: — → Krško"]
    assert len(db.read(history.said_rows, made.number, words=language("sl"))) == 3


def test_the_history_of_an_event_leaves_out_other_events(db: Database) -> None:
    _, event = db.write(_registration, label=T("Test"))
    db.write(_registration, label=T("Test"))
    assert len(db.read(history.changes_of_event, event, limit=10)) == 1


def _latest(db: Database, code: str) -> list[str]:
    (change,) = db.read(changes, 1)
    return db.read(history.said_rows, change.number, words=language(code))


def test_settings_profiles_and_staff_are_said_by_their_labels(db: Database) -> None:
    db.write(funders.ensure_profiles, label=T("Test"))
    db.write(office_card.change_setting, "office.name_sl", "Zavod A", label=T("Test"))
    db.write(office_card.change_setting, "office.name_sl", "Zavod B", label=T("Test"))
    assert _latest(db, "sl") == ["Nastavitev »Uradno ime (slovensko)«: Zavod A → Zavod B"]
    assert _latest(db, "en") == ["Setting “Legal name (Slovene)”: Zavod A → Zavod B"]

    profile = shipped_profile_id(shipped_profiles()[0]["key"])
    before = db.read(profiles.profile_values, profile)
    assert before is not None
    db.write(profiles.change_profile, profile, "email_on_sheet", not before["email_on_sheet"], label=T("Test"))
    (line,) = _latest(db, "en")
    assert "E-mail may stand on the sheet: " in line
    assert "True" not in line

    key = db.write(office.add_staff, "Maja Zupan", label=T("Test"))
    db.write(staff.change_staff, key, "is_active", value=False, label=T("Test"))
    assert _latest(db, "en") == ["Staff “Maja Zupan”: Works here: yes → no"]


def test_no_key_and_no_column_of_the_database_is_said(db: Database) -> None:
    key, event = db.write(_registration, label=T("Test"))
    db.write(editing.change, "registration", [key], "organisation", "MC Krško", now=NOW, label=T("Test"))
    assert "Registration “Ana Žagar”: Organisation: — → MC Krško" in _latest(db, "en")
    db.write(editing.change, "registration", [key], "answer:Majica", "M", now=NOW, label=T("Test"))
    assert _latest(db, "en") == ["Registration “Ana Žagar”: Majica: — → M"]
    db.write(editing.change, "person", db.read(_people), "country", "HR", now=NOW, label=T("Test"))
    assert _latest(db, "sl") == ["Oseba »Ana Žagar«: Država: — → Hrvaška"]
    db.write(sessions.ensure_sessions, event, label=T("Test"))
    assert _latest(db, "sl") == ["Del programa »2. 4. 2020«: dodano"]
    member = db.write(office.add_staff, "Maja Zupan", label=T("Test"))
    db.write(editing.change, "event", [event], "responsible_id", member, now=NOW, label=T("Test"))
    assert _latest(db, "en")[0].endswith("Responsible person: — → Maja Zupan")


def _people(session: Session) -> list[str]:
    return list(session.scalars(select(Person.id)))


def test_the_refusal_of_an_undo_names_a_step_that_can_be_undone(db: Database) -> None:
    key, _ = db.write(_registration, label=T("Test"))
    first = T("{words}", words="first")
    second = T("{words}", words="second")
    db.write(editing.change, "registration", [key], "town", "Krško", now=NOW, label=first)
    number = db.read(changes, 1)[0].number
    db.write(editing.change, "registration", [key], "town", "Koper", now=NOW, label=second)
    db.undo()
    db.redo()
    with pytest.raises(OfficeError) as refused:
        db.undo(number)
    assert refused.value.todo is not None
    assert refused.value.todo.params["later"].params == {"words": "second"}


def test_every_kind_of_record_has_a_word() -> None:
    kept = {record.__tablename__ for record in RECORDS} - NOT_JOURNALLED
    assert set(history.NOUNS) == kept
