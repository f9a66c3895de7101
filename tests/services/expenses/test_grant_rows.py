"""The table of travel grants and the list a funder gets, on the sample and on what is corrected in the cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelGrant
from mama_desktop.i18n import language as language_of
from mama_desktop.services import deleting, documents, located, merging, pasting
from mama_desktop.services.expenses import grant_rows, travel_grants
from mama_desktop.services.expenses.papers_grants import GRANTS
from mama_desktop.services.history_words import said_changes
from mama_desktop.services.located import Located
from mama_desktop.services.pasting import Cell
from mama_desktop.services.views import ready_views
from tests.factories import make_person, make_registration
from tests.services.expenses.test_travel_grants import at_ljubljana

NOW = dt.datetime(2024, 5, 1, 9)


def row(session: Session, event_id: str) -> dict[str, object]:
    listing = grant_rows.grants_table(session, event_id=event_id, language="en")
    return dict(zip((f.key for f in listing.fields), listing.rows[0], strict=True))


def test_cells_are_corrected(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    key, event = registration.id, registration.event_id
    assert (row(session, event)["band"], row(session, event)["amount"]) == ("100–499 km", 21_100)
    grant_rows.change_grants(session, [key], "km_typed", 501.0, today=NOW.date())
    assert (row(session, event)["amount"], row(session, event)["km_typed_on"]) == (30_900, NOW.date())
    grant_rows.change_grants(session, [key], "km_typed", None, today=NOW.date())
    grant_rows.change_grants(session, [key], "place", "Koper", today=NOW.date())
    grant_rows.change_grants(session, [key], "country", "SI", today=NOW.date())
    assert (row(session, event)["origin"], row(session, event)["amount"]) == ("other", 2_800)
    grant_rows.change_grants(session, [key], "green", True, today=NOW.date())
    assert row(session, event)["amount"] == 5_600
    with pytest.raises(OfficeError, match="computed"):
        grant_rows.change_grants(session, [key], "amount", 1, today=NOW.date())
    with pytest.raises(OfficeError, match="half way"):
        grant_rows.change_grants(session, [key], "km_typed", 40_000, today=NOW.date())


@pytest.mark.parametrize("language", ["sl", "en"])
def test_the_list_goes_to_excel_and_paper(session: Session, tmp_path: Path, language: str) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    project = session.get_one(Event, registration.event_id).project_id
    assert project
    for suffix in (".xlsx", ".pdf"):
        path = tmp_path / f"grants{suffix}"
        documents.make_document(session, key=GRANTS, target_id=project, path=path, now=NOW, language=language)
        assert path.stat().st_size > 2_000
    values = [
        cell for line in load_workbook(tmp_path / "grants.xlsx").active.iter_rows(values_only=True) for cell in line
    ]
    assert 211 in values
    assert "Ana Novak" in values


def test_a_project_without_people_is_refused_in_words(session: Session, tmp_path: Path) -> None:
    from tests.factories import make_project

    with pytest.raises(OfficeError, match="Nobody has a place"):
        documents.make_document(
            session, key=GRANTS, target_id=make_project(session).id, path=tmp_path / "x.pdf", now=NOW, language="en"
        )


def test_what_is_to_be_looked_at_is_found_by_ready_views(session: Session) -> None:
    asks: dict[str, Any] = {}
    for town, year in (
        ("", 2024), ("Neznano mesto", 2024), ("Dunaj", 2016), ("Dunaj", 2026), ("Reykjavik", 2024), ("Dunaj", 2024),
        ("Medvode", 2024),
    ):  # fmt: skip
        registration = at_ljubljana(session, town, call_year=year)
        asks[f"{town} {year}"] = row(session, registration.event_id)["asks"]
    assert asks == {
        " 2024": ["no-place"], "Neznano mesto 2024": ["no-place"], "Dunaj 2016": ["no-rate"],
        "Dunaj 2026": ["confirm"], "Reykjavik 2024": ["edge"], "Dunaj 2024": [], "Medvode 2024": [],
    }  # fmt: skip
    fields = list(grant_rows.FIELDS)
    views = {v.name.message: v.state.filters for v in ready_views("grants", fields, today=NOW.date())}
    assert list(views) == ["no place", "near an edge", "no rate", "to be confirmed", "green travel"]
    asked = [a for v in views.values() if "asks" in v for a in v["asks"].values or ()]
    assert set(asked) == set(grant_rows.ASKS)


def test_a_block_of_cells_is_pasted_and_history_tells_of_it(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    cells = [
        Cell(registration.id, grant_rows.FIELDS["km_typed"], "501,5"),
        Cell(registration.id, grant_rows.FIELDS["green"], "da"),
        Cell(registration.id, grant_rows.FIELDS["km"], "3"),
    ]
    good, refused = pasting.read_cells(cells, now=NOW)
    assert [r.cell.field.key for r in refused] == ["km"]
    taken = pasting.take(session, "travel_grant", good, now=NOW)
    assert (taken.cells, taken.refused) == (2, ())
    values = row(session, registration.event_id)
    assert (values["km"], values["green"], values["amount"]) == (501.5, True, 41_700)
    told = said_changes(
        session, "travel_grant", {"green": None, "origin": "organisation"}, {"green": True, "origin": "other"},
        language_of("en"),
    )  # fmt: skip
    assert told == ["Green travel: — → yes", "From where: sending organisation → another place"]
    rate = said_changes(session, "allowance_rate", {"amount": 4300}, {"amount": 4567}, language_of("en"))
    assert rate == ["Amount in €: 0.43 → 0.4567"]


def test_somebody_entered_twice_keeps_the_place_that_was_said(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    twice = make_registration(session, session.get_one(Event, registration.event_id), make_person(session))
    grant_rows.change_grants(session, [registration.id], "green", True, today=NOW.date())
    grant_rows.change_grants(session, [twice.id], "place", "Koper", today=NOW.date())
    plan = merging.plan_merge(session, "person", registration.person_id, twice.person_id)
    merging.carry_out(session, plan, now=NOW)
    values = row(session, registration.event_id)
    assert (values["origin"], values["place"], values["green"]) == ("other", "Koper", True)


def test_thousands_of_people_from_the_same_towns_are_located_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    event = session.get_one(Event, registration.event_id)
    for _ in range(40):
        make_registration(session, event, make_person(session), organisation_id=registration.organisation_id)
    asked: list[str] = []
    locate = located.locate

    def counted(name: str, *more: str) -> Located:
        asked.append(name)
        return locate(name, *more)

    monkeypatch.setattr(travel_grants, "locate", counted)
    assert len(travel_grants.grants_of_event(session, event.id)) == 41
    assert len(asked) == 2


def test_what_is_said_of_a_grant_goes_with_its_registration(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    grant_rows.change_grants(session, [registration.id], "green", True, today=NOW.date())
    gone = deleting.delete_with_all(session, "registration", [registration.id])
    assert gone.counts()["travel_grant"] == 1
    assert session.scalars(select(TravelGrant)).all() == []
