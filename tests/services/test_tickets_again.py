"""Tickets of a newer export: refunded, bought twice, handed on to another person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T
from mama_desktop.services import importing
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration
from tests.services.source_forms import Line, edit, preview, proposed, registration, take


@pytest.fixture
def event(db: Database) -> str:
    return db.write(lambda session: make_event(session, "2020-04-klub").id, label=T("Test"))


EVENTBRITE = ("Order #", "Order Date", "First Name", "Last Name", "Email", "Ticket Type", "Attendee #",
              "Attendee Status", "Home City")  # fmt: skip


def ticket(number: int, given: str, family: str, status: str = "Attending", **more: Any) -> Line:
    return {"Order #": 9100 + number, "Order Date": "2020-02-01 10:11:12", "First Name": given, "Last Name": family,
            "Email": "orders@example.org", "Ticket Type": "Free", "Attendee #": 770100 + number,
            "Attendee Status": status, **more}  # fmt: skip


def test_who_was_refunded_is_cancelled_with_the_tools_word(db: Database, event: str, tmp_path: Path) -> None:
    tickets = {"headings": EVENTBRITE, "name": "report-2020-02-01.xlsx"}
    take(db, event, tmp_path, ticket(1, "Ana", "Kovač"), ticket(2, "Žan", "Đurić"), ticket(3, "Eva", "Kos"), **tickets)
    edit(db, "Žan", status="accepted")
    newer = (ticket(1, "Ana", "Kovač"), ticket(2, "Žan", "Đurić", "Refunded"), ticket(3, "Eva", "Kos-Novak"))
    found = preview(db, event, tmp_path, *newer, headings=EVENTBRITE, name="report-2020-02-20.xlsx")
    assert [(w.name, w.word, w.ticked, w.status, w.line) for w in found.comparison.withdrawn] == [
        ("Žan Đurić", "Refunded", True, "accepted", 3)
    ]
    assert proposed(found) == [("Eva Kos-Novak", "family_name", "Kos-Novak", True, False)]
    assert found.comparison.counts()["skipped"] == 0
    taken = importing.take_in_defaults(db, found)
    assert (taken.cancelled, taken.changed) == (1, 1)
    zan = registration(db, "Žan")
    assert (zan.status, zan.cancelled_by, "Refunded" in zan.reason) == ("cancelled", "participant", True)
    assert preview(db, event, tmp_path, *newer, headings=EVENTBRITE).comparison.withdrawn == ()


def test_a_first_import_cancels_whom_the_tool_has_refunded(db: Database, event: str, tmp_path: Path) -> None:
    def known(session: Session) -> None:
        there = session.get_one(Event, event)
        for given, family, email in (("Ana", "Kovač", "orders@example.org"), ("Žan", "Đurić", "")):
            make_registration(session, there, make_person(session, given, family, email=email))

    db.write(known, label=T("Test"))
    rows = (
        ticket(1, "Ana", "Kovač", "Refunded"),
        ticket(2, "Žan", "Đurić", "Refunded"),
        ticket(3, "Tim", "Rus", "Refunded"),
    )
    found = preview(db, event, tmp_path, *rows, headings=EVENTBRITE)
    # Of Žan only the name is the same: a question.
    assert [(w.name, w.ticked) for w in found.comparison.withdrawn] == [("Ana Kovač", True), ("Žan Đurić", False)]
    assert [r.name for r in found.comparison.group("skipped")] == ["Tim Rus"]


def test_another_ticket_of_the_same_person_keeps_the_registration(db: Database, event: str, tmp_path: Path) -> None:
    rows = (ticket(1, "Ana", "Kovač", "Refunded"), ticket(2, "Ana", "Kovač"))
    take(db, event, tmp_path, ticket(1, "Ana", "Kovač"), headings=EVENTBRITE)
    found = preview(db, event, tmp_path, *rows, headings=EVENTBRITE)
    assert found.comparison.withdrawn == ()
    assert found.comparison.counts()["registered"] == 1


def test_a_ticket_handed_on_is_another_person(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ticket(1, "Ana", "Kovač", Email="ana@example.org"), ticket(2, "Eva", "Kos"),
         headings=EVENTBRITE)  # fmt: skip
    rows = (ticket(1, "Tim", "Rus", Email="tim@example.org"), ticket(2, "Eva", "Kos"))
    found = preview(db, event, tmp_path, *rows, headings=EVENTBRITE)
    assert [(r.name, r.group) for r in found.comparison.rows] == [("Tim Rus", "new"), ("Eva Kos", "registered")]
    assert [w.name for w in found.comparison.withdrawn] == ["Ana Kovač"]
    importing.take_in_defaults(db, found)
    assert db.read(lambda s: len(s.scalars(select(SourceRow)).all())) == 3
