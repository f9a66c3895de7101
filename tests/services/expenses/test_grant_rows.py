"""The table of travel grants and the list a funder gets, on the sample and on what is corrected in the cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.services import documents
from mama_desktop.services.expenses import grant_rows
from mama_desktop.services.expenses.papers_grants import GRANTS
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
