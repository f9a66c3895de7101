"""Everything that can be made has a key and is asked for in one way."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import documents, issues
from mama_desktop.store.database import Database
from tests.services.office_days import NOW, make_club, pages_of


def _filled(session: Session) -> str:
    club = make_club(session)
    club.join("Ana", "Čater")
    return club.event.id


@pytest.fixture
def event_id(sqlite_db: Database) -> str:
    return sqlite_db.write(_filled, label=T("Test"))


def test_the_keys_there_are() -> None:
    keys = list(documents.DOCUMENTS)
    assert keys[:9] == [
        "participant-list", "sign-in", "registration-form", "registration-form-xlsx", "consents", "emergency",
        "online-declaration", "letters", "labels",
    ]  # fmt: skip
    of_transport = {"manifest", "driver-sheet", "bus-firm-list", "transport-plan", "arrivals", "note-of-changes"}
    assert of_transport <= set(keys)
    assert all(documents.DOCUMENTS[key].target == "event" for key in of_transport)


def test_the_list_is_written_by_its_template(sqlite_db: Database, event_id: str, tmp_path: Path) -> None:
    path = tmp_path / "seznam.xlsx"
    assert documents.make(sqlite_db, "participant-list", "2020-04-KLUB", path, options={"template": "hotel"}) == (path,)
    assert load_workbook(path).sheetnames == ["Udeleženci", "Statistika"]
    documents.make(sqlite_db, "participant-list", event_id, tmp_path / "list.pdf", language="en")
    assert "Participant list" in pages_of((tmp_path / "list.pdf").read_bytes())[0]


def test_a_printed_sheet_is_kept_once_it_is_written(sqlite_db: Database, event_id: str, tmp_path: Path) -> None:
    with pytest.raises(OfficeError):
        documents.make(sqlite_db, "sign-in", "2020-04-klub", tmp_path / "nowhere" / "lista.pdf")
    assert sqlite_db.read(issues.issues_of, event_id) == []
    path = tmp_path / "lista.pdf"
    documents.make(sqlite_db, "sign-in", "2020-04-klub", path, language="sl", options={"sessions": ["2"]})
    (kept,) = sqlite_db.read(issues.issues_of, event_id)
    (page,) = pages_of(path.read_bytes())
    assert f"{kept.code} · 2020-04-klub · 2. dan · izdaja 1, " in page
    sqlite_db.undo()
    assert sqlite_db.read(issues.issues_of, event_id) == []


def test_the_preview_changes_nothing(sqlite_db: Database, event_id: str) -> None:
    sign_in = documents.DOCUMENTS["sign-in"]
    paper = sqlite_db.read(sign_in.make, event_id, language="sl", options={"sessions": ["1"]}, now=NOW, who="")
    (page,) = pages_of(paper.pdf())
    assert "predogled" in page
    assert paper.warnings


def test_what_cannot_be_made_is_said(sqlite_db: Database, event_id: str, tmp_path: Path) -> None:
    for key, target, name, options in (
        ("no-such-thing", "2020-04-klub", "x.pdf", {}),
        ("sign-in", "2020-04-klub", "x.xlsx", {}),
        ("sign-in", "2020-04-neznan", "x.pdf", {}),
        ("sign-in", "2020-04-klub", "x.pdf", {"sessions": ["9"]}),
    ):
        with pytest.raises(OfficeError):
            documents.make(sqlite_db, key, target, tmp_path / name, options=options)
    assert list(tmp_path.glob("x.*")) == []


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2020", "2020-01-01..2020-12-31"),
        ("2020-02", "2020-02-01..2020-02-29"),
        ("2020-12", "2020-12-01..2020-12-31"),
        ("2020-04-01..2020-06-30", "2020-04-01..2020-06-30"),
    ],
)
def test_periods(sqlite_db: Database, said: str, days: str) -> None:
    assert sqlite_db.read(documents.find_target, "period", said) == days
    with pytest.raises(OfficeError):
        sqlite_db.read(documents.find_target, "period", "2020-13")


def test_a_project_by_its_number(sqlite_db: Database, event_id: str) -> None:
    found = {sqlite_db.read(documents.find_target, "project", name) for name in ("2019-3-si02", "Regular work")}
    assert len(found) == 1
    with pytest.raises(OfficeError):
        sqlite_db.read(documents.find_target, "project", "neznan")
