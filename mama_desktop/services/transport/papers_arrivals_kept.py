"""The list of arrivals and departures as it goes out: with a code, kept with what it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.i18n import language as language_of
from mama_desktop.services import issues, kept_lists
from mama_desktop.services.kept_lists import Line, Said
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_words import main_code, tongue
from mama_desktop.services.transport.papers_arrivals import ARRIVALS, TITLES, arrival_rows, how, make_arrivals, wanted
from mama_desktop.services.transport.papers_kept import coded, written
from mama_desktop.sheets.sheet import Book

_COLUMNS = {
    "day": T("Day"), "time": T("Time"), "point": T("Station, airport or stop"), "how": T("How"), "phone": T("Phone"),
    "met_by": T("Who meets them"), "remarks": T("Remark"),
}  # fmt: skip


def keep_arrivals(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `make_arrivals`, kept as one list."""
    paper = language or "sl"
    made = make_arrivals(session, event_id, language=paper, options=options, now=now, who=who)
    assert isinstance(made.content, Book)
    code = issues.new_code(session)
    sheets = tuple(coded(sheet, code) for sheet in made.content.sheets)
    suffix = str(options.get("suffix") or ".pdf")
    data, pages = written(sheets, suffix)
    day, direction = wanted(options)
    # A list of one day replaces none of another day.
    subject = " ".join(part for part in (day.isoformat() if day else "", direction) if part)
    asked = {"day": day.isoformat() if day else "", "direction": direction}
    kept_lists.keep(
        session, document=ARRIVALS, event_id=event_id, said=_said(session, event_id, paper, asked), data=data,
        code=code, file_name=f"{made.file_name}{suffix}", now=now, who=who, subject=subject, language=paper,
        options=asked, pages=pages,
    )  # fmt: skip
    return Paper(Book(sheets) if suffix == ".xlsx" else data, made.file_name, made.warnings)


def of_arrivals(
    session: Session, event_id: str, _subject: str, language: str, options: Mapping[str, Any]
) -> Said | None:  # fmt: skip
    """Everybody with day, time, point, number and who meets them."""
    return _said(session, event_id, language, options)


def _said(session: Session, event_id: str, paper: str, options: Mapping[str, Any]) -> Said:
    speak = tongue(paper)
    day, direction = wanted(options)
    lines = []
    for row in arrival_rows(session, event_id, options, paper):
        words = {
            "day": speak.date(row["day"]) if row["day"] else "",
            "time": speak.time(row["time"]) if row["time"] else "",
            "point": row["point"], "how": how(row, paper), "phone": row["phone"] or row["other_phone"],
            "met_by": row["met_by"], "remarks": row["remarks"],
        }  # fmt: skip
        name = f"{row['given_name']} {row['family_name']}".strip()
        lines.append(Line(row["key"], row["direction"], name, words))
    title = language_of(main_code(paper)).date(day) if day else ""
    kinds = {key: speak.say(words) for key, words in TITLES.items() if direction in ("", key)}
    return Said(title, kinds, {key: speak.say(words) for key, words in _COLUMNS.items()}, tuple(lines))
