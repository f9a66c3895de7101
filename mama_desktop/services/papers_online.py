"""The organiser's declaration of who took part in an online event: signed, it stands where the sign-in sheet would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import TN, T, Text, sort_key
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import codes_of, main_code, pair, words
from mama_desktop.services.sessions import SessionRow, session_name, sessions_of
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Name, Sheet, Total, Words

DECLARATION = "online-declaration"
DECLARATION_TITLE = T("Declaration of online attendance")
_STATEMENT = T(
    "The organiser declares that the people on this list took part in this event online, and that the times were "
    "taken from the report of the meeting’s platform. The declaration replaces the sign-in sheet."
)
_PLATFORMS = {
    "zoom": "Zoom", "teams.microsoft": "Microsoft Teams", "teams.live": "Microsoft Teams", "meet.google": "Google Meet",
    "webex": "Webex", "jit.si": "Jitsi", "arnes": "Arnes VID", "whereby": "Whereby",
}  # fmt: skip


@dataclass(frozen=True)
class Declared:
    """A declaration as it would be printed now. people: in the order of its lines."""

    paper: Paper
    sheet: Sheet
    people: tuple[Present, ...]
    language: str
    only_online: bool


def make_declaration(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `declared` says, without a code; reads only."""
    del who
    return declared(session, event_id, language=language, options=options, now=now).paper


def declared(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime
) -> Declared:  # fmt: skip
    """Everybody present at a session at least, with minutes, organisation and e-mail. options: platform (in words),
    only_online (who has minutes of a report; at a hybrid event the others signed a sheet)."""
    known = papers_about.about(session, event_id)
    paper = language or known.default_language()
    parts = sessions_of(session, event_id)
    only_online = bool(options.get("only_online", known.event.format == "hybrid"))
    rows = _people(session, event_id, only_online=only_online)
    if not rows:
        raise OfficeError(
            T("Nobody is marked as present at this event yet."),
            safe=T("Nothing was printed."),
            todo=T("Take in a report of the online meeting first, or key in who was there."),
        )
    code = main_code(paper)
    several = len(parts) > 1
    listed = tuple(
        (
            None, Name(row.family_name, row.given_name), row.organisation, row.email,
            _parts(row, parts, code) if several else row.total,
        )
        for row in rows
    )  # fmt: skip
    columns = (
        Column("number", words(T("No."), paper), "line_number", 10),
        Column("name", words(T("Name"), paper), "text", 46),
        Column("organisation", words(T("Organisation"), paper), "text", 48),
        Column("email", words(T("E-mail"), paper), "text", 46),
        Column("minutes", words(T("Minutes"), paper), "text" if several else "integer", 34),
    )
    left, right = papers_about.logos(known)
    sheet = Sheet(
        key=DECLARATION,
        title=words(DECLARATION_TITLE, paper),
        columns=columns,
        groups=(Group(listed),),
        language=code,
        heading_right=_when(known, paper),
        facts=_facts(session, known, str(options.get("platform", "")), paper),
        totals=(Total(words(T("People who took part"), paper), str(len(rows))),),
        signatures=(words(T("Place and date"), paper), _signer(session, known, paper)),
        statement=tuple(language_of(c).say(_STATEMENT) for c in codes_of(paper)),
        notices=papers_about.notices(known, paper),
        funding=papers_about.funding(known, paper),
        logos_left=left,
        logos_right=right,
        orientation="portrait",
        footer_left=known.event.code,
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )
    title = language_of(code).say(DECLARATION_TITLE).lower()
    name = safe_filename(f"{known.event.code} {title}", "")
    made = Paper(Book((sheet,)), name, _warnings(known, parts, rows, paper))
    return Declared(made, sheet, tuple(rows), paper, only_online)


@dataclass(frozen=True)
class Present:
    """Somebody who was there. minutes: session → minutes, None where the platform's report did not say."""

    registration_id: str
    family_name: str
    given_name: str
    organisation: str
    email: str
    minutes: dict[str, int | None] = field(default_factory=dict)

    @property
    def total(self) -> int | None:
        said = [minutes for minutes in self.minutes.values() if minutes is not None]
        return sum(said) if said else None


def _people(session: Session, event_id: str, *, only_online: bool) -> list[Present]:
    query = (
        select(
            Registration.id, Person.family_name, Person.given_name, Organisation.name_sl, Person.email,
            Attendance.session_id, Attendance.minutes,
        )
        .join(Attendance, Attendance.registration_id == Registration.id)
        .join(EventSession, EventSession.id == Attendance.session_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(EventSession.event_id == event_id, Attendance.mark == "present")
    )  # fmt: skip
    if only_online:
        query = query.where(Attendance.minutes.is_not(None))
    found: dict[str, Present] = {}
    for key, family, given, organisation, email, part, minutes in session.execute(query):
        row = found.setdefault(key, Present(key, family, given, organisation or "", email))
        row.minutes[part] = minutes
    return sorted(found.values(), key=lambda row: (sort_key(row.family_name), sort_key(row.given_name)))


def _parts(row: Present, parts: list[SessionRow], code: str) -> str:
    """ "1. dan: 110 min, 2. dan: 95 min"."""
    say = language_of(code).say
    told = []
    for part in parts:
        if part.id in row.minutes:
            minutes = row.minutes[part.id]
            name = session_name(part, code)
            told.append(name if minutes is None else say(T("{session}: {minutes} min", session=name, minutes=minutes)))
    return ", ".join(told)


def _when(known: About, paper: str) -> Words:
    event = known.event
    if event.starts_on is None or event.precision == "month":
        return Words("")
    return Words(*(language_of(code).date_range(event.starts_on, event.ends_on) for code in codes_of(paper)))


def _facts(session: Session, known: About, platform: str, paper: str) -> tuple[Fact, ...]:
    event = known.event
    hours = papers_about.hours(event.starts_at, event.ends_at, paper)
    link = event.online_link
    named = platform or next((name for part, name in _PLATFORMS.items() if part in link.lower()), "")
    del session
    return (
        papers_about.event_fact(known, paper),
        *papers_about.project_fact(known, paper),
        *papers_about.organiser_fact(known, paper),
        *papers_about.venue_fact(known, paper),
        *((Fact(words(T("Hours"), paper), hours),) if hours else ()),
        *((Fact(words(T("Platform"), paper), named),) if named else ()),
        *((Fact(words(T("Link"), paper), link),) if link else ()),
    )


def _signer(session: Session, known: About, paper: str) -> Words:
    """Who signs: the office's representative, else who is responsible for the event, by name where it is known."""
    name = str(known.office["office.representative"])
    if not name and known.event.responsible_id:
        responsible = session.get(StaffMember, known.event.responsible_id)
        name = responsible.name if responsible else ""
    said = words(T("Signature of the responsible person"), paper)
    return pair(paper, f"{said.first} ({name})", f"{said.second or said.first} ({name})") if name else said


def _warnings(known: About, parts: list[SessionRow], rows: list[Present], paper: str) -> tuple[Text, ...]:
    said = papers_about.warnings(known, paper)
    if known.event.format == "in-person":
        said.append(T("This event is not online: the sign-in sheet is what counts for it."))
    if not known.event.online_link:
        said.append(T("The event has no link to the online meeting: it is not on the declaration."))
    open_parts = [part for part in parts if not part.is_confirmed]
    if open_parts:
        count = len(open_parts)
        said.append(
            TN(
                "The attendance of {count} session is not confirmed yet.",
                "The attendance of {count} sessions is not confirmed yet.",
                count,
            )
        )
    without = sum(1 for row in rows if row.total is None)
    if without:
        said.append(TN("{count} person has no minutes.", "{count} people have no minutes.", without))
    return tuple(said)
