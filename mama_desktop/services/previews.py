"""Papers of an event as they are seen before they leave, and the list as a workbook; of many people in a child."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import TN, Text
from mama_desktop.services.apart import MANY, read_apart
from mama_desktop.services.papers_list import MOST_ON_PAPER, ListOptions, participant_list
from mama_desktop.services.papers_sign_in import SignInOptions, sign_in
from mama_desktop.sheets.files import write_through
from mama_desktop.sheets.pdf import print_pdf, print_pdfs
from mama_desktop.sheets.sheet import choose_columns
from mama_desktop.sheets.xlsx import write_xlsx
from mama_desktop.store.database import Database

Report = Callable[[int, int], None]
R = TypeVar("R")


@dataclass(frozen=True)
class Made:
    """A preview. options, language: as decided by the profile where nobody chose (of a sign-in sheet)."""

    pdf: bytes
    warnings: tuple[Text, ...] = ()
    options: SignInOptions | None = None
    language: str = ""


def sign_in_preview(
    db: Database, event_id: str, *, sessions: Sequence[str], language: str, options: SignInOptions, report: Report
) -> Made:
    """The sheets as they would be printed now, without a code."""
    given = {"sessions": tuple(sessions), "language": language, "options": options, "now": db.clock.now()}
    return _read(db, _sign_in, event_id, given, report)


def list_preview(db: Database, event_id: str, *, language: str, options: ListOptions, report: Report) -> Made:
    """The list on paper: as many of its columns as a page can hold."""
    return _read(db, _list, event_id, {"language": language, "options": options, "now": db.clock.now()}, report)


def write_list(db: Database, event_id: str, path: Path, *, language: str, options: ListOptions, report: Report) -> None:
    """The participant list with its counts as a workbook, whole or not at all, also when it is cancelled."""
    with tempfile.TemporaryDirectory(prefix="mama-") as folder:
        made = Path(folder, "list.xlsx")
        given = {"language": language, "options": options, "now": db.clock.now(), "path": made}
        _read(db, _workbook, event_id, given, report)
        write_through(path, partial(_bring, made))


def _read(db: Database, query: Callable[..., R], event_id: str, given: dict[str, object], report: Report) -> R:
    if db.read(_registered, event_id) > MANY:
        return read_apart(db, query, event_id, report=report, **given)
    return db.read(query, event_id, **given)


def _registered(session: Session, event_id: str) -> int:
    return session.scalar(select(func.count()).where(Registration.event_id == event_id)) or 0


def _bring(made: Path, to: Path) -> None:
    shutil.copyfile(made, to)


# What a child does too: each takes plain values and gives plain values.


def _sign_in(
    session: Session, event_id: str, *, sessions: tuple[str, ...], language: str, options: SignInOptions,
    now: dt.datetime,
) -> Made:  # fmt: skip
    found = sign_in(session, event_id, now=now, sessions=sessions, language=language, options=options)
    pdf = print_pdfs([one.sheet for one in found.sheets])[0]
    return Made(pdf, found.warnings, found.options, found.language)


def _list(session: Session, event_id: str, *, language: str, options: ListOptions, now: dt.datetime) -> Made:
    shown = replace(options, columns=options.columns[:MOST_ON_PAPER])
    book = participant_list(session, event_id, now=now, options=shown, language=language)
    more = len(options.columns) - len(shown.columns)
    warnings = (
        TN(
            "A page holds {most} columns; {count} more is only in the Excel file.",
            "A page holds {most} columns; {count} more are only in the Excel file.", more, most=MOST_ON_PAPER,
        ),
    ) if more > 0 else ()  # fmt: skip
    return Made(print_pdf(choose_columns(book.sheets[0], shown.columns))[0], warnings)


def _workbook(
    session: Session, event_id: str, *, language: str, options: ListOptions, now: dt.datetime, path: Path
) -> None:
    write_xlsx(participant_list(session, event_id, now=now, options=options, language=language), path)
