"""The declaration of online attendance: who was there and how long, signed instead of a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.papers import IssueRow
from mama_desktop.domain.text import T
from mama_desktop.services import declarations, files, issues, papers_online
from mama_desktop.services.files import Brought
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


def kept(db: Database, event: str, suffix: str = ".pdf") -> Paper:
    how = {"language": "sl", "options": {"suffix": suffix}, "now": NOW, "who": "Maja"}
    return db.write(declarations.keep_declaration, event, **how, label=T("Print"))


def test_it_is_kept_as_it_was_with_a_code_and_a_number(db: Database, keys: dict[str, str]) -> None:
    take(db, keys, options(keys, confirm=True))
    first, _ = kept(db, keys["event"]), kept(db, keys["event"])
    two, one = db.read(issues.issues_of, keys["event"])
    assert (one.document, one.number, two.number) == (papers_online.DECLARATION, 1, 2)
    assert one.people == one.rows == 2
    assert one.code in " ".join(pages(first))
    assert db.read(issues.printed_again, one.id).pdf == first.pdf()
    # It belongs to no part of the programme and nobody keys in from it.
    assert db.read(issues.issues_of, keys["event"], session_id="x") == []
    with pytest.raises(OfficeError, match="nothing is keyed in"):
        db.read(issues.find_issue, one.code)
    # A workbook is no paper that somebody signs.
    kept(db, keys["event"], ".xlsx")
    assert len(db.read(issues.issues_of, keys["event"])) == 2


def test_who_was_marked_later_is_counted(db: Database, keys: dict[str, str]) -> None:
    take(db, keys, options(keys, confirm=True))
    kept(db, keys["event"])
    (one,) = db.read(issues.issues_of, keys["event"])
    assert db.read(issues.added_since, one.id, now=NOW) == 0

    def forget(session: Session) -> None:
        row = session.scalars(select(IssueRow).where(IssueRow.issue_id == one.id)).first()
        assert row is not None
        session.delete(row)

    db.write(forget, label=T("Test"))
    assert db.read(issues.added_since, one.id, now=NOW) == 1


def test_it_comes_back_signed_and_its_scan_is_kept_with_the_event(db: Database, keys: dict[str, str]) -> None:
    take(db, keys, options(keys, confirm=True))
    kept(db, keys["event"])
    (one,) = db.read(issues.issues_of, keys["event"])
    assert (one.returned_on, one.scan) == (None, None)
    with pytest.raises(OfficeError, match="before it was printed"):
        db.write(declarations.mark_returned, one.id, NOW.date() - dt.timedelta(days=1), label=T("Back"))
    db.write(declarations.mark_returned, one.id, NOW.date(), label=T("Back"))
    assert db.read(issues.issues_of, keys["event"])[0].returned_on == NOW.date()
    db.write(declarations.mark_returned, one.id, None, label=T("Back"))
    scan = [Brought("izjava.pdf", b"%PDF-1.7 signed")]
    db.write(declarations.attach_scan, one.id, scan, now=NOW, who="Maja", label=T("Scan"))
    (one,) = db.read(issues.issues_of, keys["event"])
    assert one.returned_on == NOW.date()
    assert list(db.read(files.files_of, "event", keys["event"]).keys) == [one.scan]
    db.undo()
    (one,) = db.read(issues.issues_of, keys["event"])
    assert (one.returned_on, one.scan) == (None, None)
    db.redo()
    db.write(files.remove_files, list(db.read(files.files_of, "event", keys["event"]).keys), label=T("Remove"))
    assert db.read(issues.issues_of, keys["event"])[0].scan is None
