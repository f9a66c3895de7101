"""How the papers of an event are made for the preview and for leaving the window; nothing here knows a widget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.i18n import language as language_of
from mama_desktop.services import documents, issues
from mama_desktop.services.issues import IssueInfo
from mama_desktop.services.papers import ListOptions
from mama_desktop.services.papers_list import MOST_ON_PAPER
from mama_desktop.services.previews import Made, list_preview, sign_in_preview
from mama_desktop.services.sessions import SessionRow
from mama_desktop.sheets.files import safe_filename, write_through
from mama_desktop.sheets.pages import page_count
from mama_desktop.store.database import Database
from mama_desktop.ui.jobs import Report
from mama_desktop.ui.sign_in_options import SignInWish, key_of

__all__ = ("MOST_ON_PAPER", "Made")
LIST_TITLE, SIGN_IN_TITLE = T("Participant list"), T("Sign-in sheet")
_SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Source:
    """A paper on its way out. pdf: makes its bytes. write: writes them to a file, and keeps the issue only then."""

    file_name: str
    pdf: Callable[[], bytes]
    write: Callable[[Path], Any] | None = None

    def write_to(self, path: Path) -> None:
        if self.write is not None:
            self.write(path)
        else:
            data = self.pdf()
            write_through(path, lambda temporary: temporary.write_bytes(data))


def sign_in_paper(db: Database, event_id: str, wish: SignInWish, report: Report) -> Made:
    """The sheets as they would be printed now, without a code."""
    return sign_in_preview(
        db, event_id, sessions=wish.sessions, language=wish.language, options=wish.options, report=report
    )


def list_paper(db: Database, event_id: str, options: ListOptions, language: str, report: Report) -> Made:
    """The list on paper: as many of its columns as a page can hold."""
    return list_preview(db, event_id, language=language, options=options, report=report)


def issued_pdf(db: Database, event_id: str, wish: SignInWish, rows: Sequence[SessionRow], target: str) -> bytes:
    """The sheets as issues from now on, with codes; in a read-only view as in the preview."""
    if db.read_only is not None:
        return sign_in_paper(db, event_id, wish, unheard).pdf
    keep = documents.document_called(_SIGN_IN).keep
    assert keep is not None
    paper = db.write(
        keep, event_id, language=wish.language, options=_asked(wish, rows), now=db.clock.now(), who=db.actor.who,
        label=_label(target),
    )  # fmt: skip
    return paper.pdf()


def issue_into(
    db: Database, event_id: str, wish: SignInWish, rows: Sequence[SessionRow], target: str, path: Path
) -> None:
    """The same into a file; the issue is kept only when the file could be written."""
    how: dict[str, Any] = {
        "key": _SIGN_IN, "target_id": event_id, "path": path, "now": db.clock.now(), "who": db.actor.who,
        "language": wish.language, "options": _asked(wish, rows),
    }  # fmt: skip
    if db.read_only is not None:
        db.read(documents.make_document, **how, keep=False)
    else:
        db.write(documents.make_document, **how, label=_label(target))


def other_paper(
    db: Database, event_id: str, key: str, language: str, options: Mapping[str, Any], _report: Report
) -> Made:
    """One of the event's other papers; what cannot be made now says why in the place of a page."""
    make = documents.document_called(key).make
    how = {"language": language, "options": {**options, "suffix": ".pdf"}, "now": db.clock.now(), "who": db.actor.who}
    try:
        paper = db.read(make, event_id, **how)
    except OfficeError as error:
        return Made(b"", (error.what, *([error.todo] if error.todo else ())))
    return Made(paper.pdf(), paper.warnings, language=language)


def issue_pdf(db: Database, issue_id: str) -> bytes:
    """The same PDF as on the day it was printed."""
    return db.read(issues.printed_again, issue_id).pdf


def supplement_pdf(db: Database, issue_id: str) -> bytes:
    """Only those added since, numbered on from the last line of the sheet."""
    label = T("Print those added since")
    return db.write(issues.supplement, issue_id, now=db.clock.now(), who=db.actor.who, label=label).pdf


def supplement(db: Database, issue: IssueInfo) -> Source:
    return Source(f"{Path(issue.file_name).stem} +.pdf", partial(supplement_pdf, db, issue.id))


def added_since(db: Database, keys: Sequence[str], now: dt.datetime, _report: Report) -> dict[str, int]:
    """Issue → how many people came since."""
    return {key: db.read(issues.added_since, key, now=now) for key in keys}


def file_name(code: str, title: Text, paper: str, suffix: str) -> str:
    """ "2020-04-klub seznam udeležencev.xlsx"."""
    words = language_of("en" if paper == "en" else "sl").say(title).lower()
    return safe_filename(f"{code} {words}", suffix)


def unheard(_done: int, _total: int) -> None:
    """Progress nobody watches."""


def _asked(wish: SignInWish, rows: Sequence[SessionRow]) -> dict[str, Any]:
    # By number, because a day that is only planned has no key before it is printed.
    keys = [key_of(row) for row in rows]
    numbers = [str(keys.index(key) + 1) for key in wish.sessions if key in keys]
    return {**{name: value for name, value in asdict(wish.options).items() if value is not None}, "sessions": numbers}


def _label(target: str) -> Text:
    return T("Print: {document}, {target}", document=SIGN_IN_TITLE, target=verbatim(target))


def drawn(make: Callable[[Report], Made], report: Report) -> Made:
    """A paper with its pages counted: the library that draws them is loaded by its first use, here rather than in the
    window."""
    paper = make(report)
    if paper.pdf:
        page_count(paper.pdf)
    return paper


def bytes_of(paper: Made | None) -> bytes:
    return paper.pdf if paper is not None else b""


def reporting(write: Callable[..., Any]) -> Callable[[Path, Report], None]:
    """A function that takes its progress by name, as saving calls it."""

    def work(path: Path, report: Report) -> None:
        write(path, report=report)

    return work
