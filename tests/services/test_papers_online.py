"""The declaration of online attendance: who was there and how long, signed instead of a sheet."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.text import T
from mama_desktop.services import papers_online
from mama_desktop.services.paper import Paper
from mama_desktop.sheets.sheet import Book
from mama_desktop.store.database import Database
from tests.services.test_online_attendance import NOW, keys, options, take
from tests.services.test_papers_consent import pages

__all__ = ("keys",)


def declaration(db: Database, event: str, language: str = "sl", **more: Any) -> Paper:
    return db.read(papers_online.make_declaration, event, language=language, options=more, now=NOW, who="Maja")


def with_link(session: Session, event_id: str) -> None:
    session.get_one(Event, event_id).online_link = "https://example.zoom.us/j/81234567890"


@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_it_says_who_was_there_and_for_how_long(db: Database, keys: dict[str, str], language: str) -> None:
    db.write(with_link, keys["event"], label=T("Test"))
    take(db, keys, options(keys, confirm=True))
    paper = declaration(db, keys["event"], language)
    said = " ".join(pages(paper))
    for words in ("Novak Ana", "110", "Žagar Črt", "120", "ana@example.org", "Mladinski center Krško", "Zoom"):
        assert words in said, words
    assert "https://example.zoom.us/j/81234567890" in said
    assert "Kos Eva" not in said
    # It is read before the names, not among the small print at the foot.
    assert isinstance(paper.content, Book)
    (sheet,) = paper.content.sheets
    assert len(sheet.statement) == (2 if language == "both" else 1)
    assert not set(sheet.statement) & set(sheet.notices)
    if language != "sl":
        assert "The organiser declares" in said
    assert not [w for w in paper.warnings if "confirmed" in str(w)]


def test_nobody_present_is_said(db: Database, keys: dict[str, str]) -> None:
    with pytest.raises(OfficeError, match="Nobody"):
        declaration(db, keys["event"])


def test_what_to_look_at_is_said(db: Database, keys: dict[str, str]) -> None:
    take(db, keys, options(keys))
    said = " ".join(str(w) for w in declaration(db, keys["event"]).warnings)
    assert "not confirmed yet" in said
    assert "no link" in said
