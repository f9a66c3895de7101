"""What History says of a change."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import editing, history
from mama_desktop.store.database import Database
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
