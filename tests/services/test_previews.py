"""What a window shows and saves of an event is the same, whether it was made in a thread or in a child process."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from mama_desktop.domain.errors import Cancelled
from mama_desktop.domain.text import T
from mama_desktop.services import previews
from mama_desktop.services.papers import ListOptions, SignInOptions
from mama_desktop.store.database import Database
from tests.services.office_days import make_club, pages_of

COLUMNS = ListOptions(("family_name", "given_name"))


@pytest.fixture
def event_id(sqlite_db: Database) -> str:
    def fill(session: object) -> str:
        club = make_club(session)  # type: ignore[arg-type]  # the session of the write
        club.join("Ana", "Čater")
        return str(club.event.id)

    return sqlite_db.write(fill, label=T("Test"))


@pytest.fixture(params=["thread", "child"])
def somewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "child":
        monkeypatch.setattr(previews, "MANY", 0)
    return str(request.param)


def unheard(_done: int, _total: int) -> None:
    """Nobody watches."""


def stop(_done: int, _total: int) -> None:
    raise Cancelled


def test_previews(sqlite_db: Database, event_id: str, somewhere: str) -> None:
    sheet = previews.sign_in_preview(
        sqlite_db, event_id, sessions=(), language="sl", options=SignInOptions(), report=unheard
    )
    assert "Čater" in pages_of(sheet.pdf)[0]
    assert sheet.options is not None
    assert sheet.language == "sl"
    paper = previews.list_preview(sqlite_db, event_id, language="en", options=COLUMNS, report=unheard)
    assert "Participant list" in pages_of(paper.pdf)[0]


def test_the_list_as_a_workbook(sqlite_db: Database, event_id: str, somewhere: str, tmp_path: Path) -> None:
    path = tmp_path / "seznam.xlsx"
    previews.write_list(sqlite_db, event_id, path, language="sl", options=COLUMNS, report=unheard)
    page = load_workbook(path)["Udeleženci"]
    assert ("Čater", "Ana") in list(page.iter_rows(values_only=True))
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["seznam.xlsx"]


def test_a_cancelled_list_leaves_nothing(
    sqlite_db: Database, event_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MANY", 0)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Cancelled):
        previews.write_list(sqlite_db, event_id, folder / "list.xlsx", language="sl", options=COLUMNS, report=stop)
    assert list(folder.iterdir()) == []
