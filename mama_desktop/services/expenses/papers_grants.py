"""The list of travel grants of a project or an event, as a funder wants it: person, from, to, km, band, amount."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import euros
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import TC, TN, T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.services import office, papers_about
from mama_desktop.services.expenses.travel_grants import Grant, grants_of_project
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_words import main_code, pair, words
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Row, Sheet, Total, Words

GRANTS = "travel-grants"
GRANTS_TITLE = T("Travel grants")


def make_grants(
    session: Session, project_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """Everybody of all events of a project, by event. options: present (only those who were there)."""
    del who
    paper, present_only = language or "sl", bool(options.get("present"))
    project = session.get_one(Project, project_id)
    found = grants_of_project(session, project_id, present_only=present_only)
    if not found:
        raise OfficeError(
            T("Nobody has a place at the events of this project yet."),
            safe=T("Nothing was written."),
            todo=T("Accept registrations first."),
        )
    speak = language_of(main_code(paper))
    known = office.settings(session)
    organiser = pair(paper, str(known["office.name_sl"] or known["office.short_name"]), str(known["office.name_en"]))
    by_event: dict[str, list[Grant]] = {}
    for grant in found:
        by_event.setdefault(grant.event_id, []).append(grant)
    programme = " · ".join(str(part) for part in (project.programme, project.action, project.call_year) if part)
    sheet = Sheet(
        key=GRANTS,
        title=words(GRANTS_TITLE, paper),
        columns=_columns(paper),
        groups=tuple(Group(tuple(_row(g, paper) for g in some), Words(some[0].event)) for some in by_event.values()),
        language=main_code(paper),
        facts=(
            Fact(words(T("Project"), paper), project.title_sl if main_code(paper) == "sl" else project.title_en or
                 project.title_sl),
            *((Fact(words(T("Grant number"), paper), project.grant_number),) if project.grant_number else ()),
            *((Fact(words(T("Programme, action, call year"), paper), programme),) if programme else ()),
            *((Fact(words(T("Organiser"), paper), organiser.line),) if organiser.first else ()),
        ),
        totals=(
            Total(words(T("People on the list"), paper), str(len(found))),
            Total(words(T("Together"), paper), speak.money(euros(sum(g.cents or 0 for g in found)) or 0)),
        ),
        notices=tuple(words(notice, paper).line for notice in _notices(found)),
        orientation="landscape",
        footer_left=project.acronym or project.grant_number or project.title_sl[:60],
        page_word=papers_about.page_word(paper),
        author=organiser.first,
        created=now,
    )  # fmt: skip
    return Paper(Book((sheet,)), file_name(session, project_id, language=paper), tuple(_warnings(found)))


def file_name(session: Session, project_id: str, *, language: str) -> str:
    """Without a suffix."""
    project = session.get_one(Project, project_id)
    name = project.acronym or project.grant_number or project.title_sl
    return safe_filename(f"{name} {language_of(main_code(language)).say(GRANTS_TITLE).lower()}", "")


def _columns(paper: str) -> tuple[Column, ...]:
    return (
        Column("number", words(T("No."), paper), "line_number", 10),
        Column("person", words(T("Person"), paper), "text", 44),
        Column("origin", words(TC("of a journey", "From"), paper), "text", 34),
        Column("venue", words(T("Venue’s town"), paper), "text", 28),
        Column("km", words(T("km one way"), paper), "number", 20),
        Column("band", words(T("Distance band"), paper), "text", 30),
        Column("green", words(T("Green travel"), paper), "yesno", 16),
        Column("amount", words(T("Amount"), paper), "money", 24),
        Column("days", words(T("Travel days"), paper), "integer", 16),
        Column("notice", words(T("Notice"), paper), "text", 56),
    )


def _row(grant: Grant, paper: str) -> Row:
    speak = language_of(main_code(paper))
    worth = grant.worth
    typed = grant.km_typed_on
    notices = [speak.say(text) for text in grant.remarks]
    if grant.km_typed is not None:
        notices.insert(0, speak.say(
            T("By the Commission’s calculator, {day}.", day=typed) if typed else T("By the Commission’s calculator.")
        ))  # fmt: skip
    return (
        None, grant.person, ", ".join(part for part in (grant.place, grant.country) if part), grant.venue, grant.km,
        speak.say(worth.band.label) if worth else "", grant.green, euros(grant.cents), grant.travel_days,
        " ".join(notices),
    )  # fmt: skip


def _notices(found: Sequence[Grant]) -> list[Text]:
    said = [T("Distances are straight lines between towns, one way; the amount covers the way there and back.")]
    sources = dict.fromkeys(g.worth.source for g in found if g.worth and g.worth.source)
    if sources:
        said.append(T("Rates: {sources}", sources="; ".join(sources)))
    if any(g.worth and g.worth.to_be_confirmed for g in found):
        said.append(T("Rates marked as to be confirmed are to be compared with the programme guide."))
    return said


def _warnings(found: Sequence[Grant]) -> list[Text]:
    without = sum(g.km is None for g in found)
    no_rate = any(g.worth is not None and g.cents is None for g in found)
    warnings = []
    if without:
        warnings.append(TN("For {count} person the distance is not known.",
                           "For {count} people the distance is not known.", without))  # fmt: skip
    if no_rate:
        warnings.append(T("The project has no travel rate."))
    return warnings
