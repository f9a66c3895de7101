"""The plan edited like a sheet: dates, title, project, responsible person, liaison, by typing, filling and pasting."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.rows import Found
from mama_desktop.services import completing, editing, events, organisations, pasting
from mama_desktop.services.pasting import Cell
from tests.factories import make_event, make_organisation, make_person, make_project, make_staff_member

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _change(session: Session, event: Event, key: str, value: Any) -> Event:
    editing.change(session, "event", [event.id], key, value, now=NOW)
    session.refresh(event)
    return event


def test_a_project_and_a_person_are_taken_by_name_or_from_the_completion(session: Session) -> None:
    project = make_project(session, "Mladi v gibanju", acronym="MVG")
    maja = make_staff_member(session, "Maja Zupan")
    event = make_event(session)
    assert _change(session, event, "project", "mladi v gibanju").project_id == project.id
    assert _change(session, event, "project", None).project_id is None
    assert _change(session, event, "project", "MVG").project_id == project.id
    assert _change(session, event, "responsible", Found("staff", maja.id, "Maja Zupan")).responsible_id == maja.id
    assert _change(session, event, "responsible_id", maja.id).responsible_id == maja.id
    with pytest.raises(OfficeError, match="There is no project called"):
        _change(session, event, "project", "Neznan")
    with pytest.raises(OfficeError, match="Nobody in the office"):
        _change(session, event, "responsible", "Neznan")
    centre = make_organisation(session)
    editing.change(session, "organisation", [centre.id], "liaison", "maja zupan", now=NOW)
    assert session.get_one(Organisation, centre.id).liaison_id == maja.id


def test_a_name_that_two_bear_is_refused(session: Session) -> None:
    for _ in range(2):
        make_project(session, "Klub")
    with pytest.raises(OfficeError, match="several"):
        _change(session, make_event(session), "project", "Klub")


def test_when_is_typed_as_anybody_would(session: Session) -> None:
    event = make_event(session, starts_on=dt.date(2020, 4, 2), precision="time", starts_at=dt.time(10))
    _change(session, event, "when", "4.–5. maj 2020")
    assert (event.starts_on, event.ends_on) == (dt.date(2020, 5, 4), dt.date(2020, 5, 5))
    assert (event.precision, event.starts_at) == ("time", dt.time(10))
    _change(session, event, "when", "junij 2020")
    assert (event.starts_on, event.ends_on, event.precision) == (dt.date(2020, 6, 1), None, "month")
    _change(session, event, "when", (dt.date(2020, 7, 1), dt.date(2020, 7, 3), "day"))
    assert (event.starts_on, event.ends_on) == (dt.date(2020, 7, 1), dt.date(2020, 7, 3))
    with pytest.raises(OfficeError, match="cannot be read as a date"):
        _change(session, event, "when", "enkrat")
    with pytest.raises(OfficeError):
        _change(session, event, "when", (dt.date(2020, 7, 3), dt.date(2020, 7, 1), "day"))
    session.refresh(event)
    assert event.starts_on == dt.date(2020, 7, 1)
    _change(session, event, "when", None)
    shown: tuple[Any, ...] = (event.starts_on, event.ends_on, event.precision)
    assert shown == (None, None, "day")
    with pytest.raises(OfficeError):
        _change(session, event, "title", "")


def test_a_pasted_block_of_the_plan_takes_the_good_cells(session: Session) -> None:
    project = make_project(session, "Mladi v gibanju")
    make_staff_member(session, "Maja Zupan")
    rows = [make_event(session).id for _ in range(2)]
    listing = events.events(session)
    fields = [listing.fields[listing.column(key)] for key in ("when", "title", "project", "responsible")]
    pasted = pasting.parse_block(
        "4. 5. 2020\tPrvi\tMladi v gibanju\tMaja Zupan\nkdaj pa kdaj\tDrugi\tNeznan projekt\tMaja Zupan\n"
    )
    cells = [
        Cell(key, field, words, row)
        for row, (key, line) in enumerate(zip(rows, pasted, strict=True))
        for field, words in zip(fields, line, strict=True)
    ]
    good, refused = pasting.read_cells(cells, now=NOW)
    assert refused == []
    taken = pasting.take(session, "event", good, now=NOW)
    assert taken.cells == 6
    assert [(one.cell.row, one.cell.field.key) for one in taken.refused] == [(1, "when"), (1, "project")]
    first = session.get_one(Event, rows[0])
    session.refresh(first)
    assert (first.title_sl, first.starts_on, first.project_id) == ("Prvi", dt.date(2020, 5, 4), project.id)


def test_one_completion_for_every_table(session: Session) -> None:
    make_project(session, "Mladi v gibanju")
    make_project(session, "Zeleni gib")
    make_staff_member(session, "Maja Zupan")
    make_person(session, "Živa", "Žagar")
    make_organisation(session, "MC Krško")

    def found(kind: str, words: str) -> list[str]:
        return [one.title for one in completing.complete(session, kind, words)]

    assert found("project", "gib") == ["Mladi v gibanju", "Zeleni gib"]
    assert found("project", "zel") == ["Zeleni gib"]
    assert found("staff", "zup") == ["Maja Zupan"]
    assert found("organisation", "krs") == ["MC Krško"]
    assert "Krško" in found("town", "krš")
    assert found("color", "x") == []
    assert organisations.organisations(session).fields
