"""Two papers about those who come: the consent parents sign for a minor, and whom to call in an emergency."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import TN, T, Text, fold, sort_key
from mama_desktop.i18n import language as language_of
from mama_desktop.services import consent_words, consents, papers_about, papers_list, registrations
from mama_desktop.services.consents import MinorRow
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, pair, words
from mama_desktop.services.short_ids import short_id
from mama_desktop.sheets.consent import Blank, Choice, ConsentPaper, Part
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Name, Sheet, Words

CONSENTS, EMERGENCY = "consents", "emergency"
CONSENTS_TITLE = T("Parental consent")
EMERGENCY_TITLE = T("Emergency contacts")
_EMERGENCY_FIELDS = (
    "family_name", "given_name", "organisation", "age", "phone", "emergency_name", "emergency_relation",
    "emergency_phone", "allergies",
)  # fmt: skip


def make_consents(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One PDF with a paper for each minor. options: registrations (keys; all minors), missing (only those who have
    none yet), blank (how many papers without a name, at the end)."""
    del who
    from mama_desktop.sheets.consent_pdf import consents_pdf

    known = papers_about.about(session, event_id)
    paper = language or known.default_language()
    rows = consents.minors_of_event(session, event_id)
    if options.get("registrations"):
        wanted = set(options["registrations"])
        rows = [
            row for row in consents.minors_of_event(session, event_id, everybody=True) if row.registration_id in wanted
        ]
    if options.get("missing"):
        rows = [row for row in rows if row.missing]
    blank = int(options.get("blank", 0))
    if not rows and not blank:
        raise OfficeError(
            T("Nobody at this event needs a paper for parents now."),
            safe=T("Nothing was printed."),
            todo=T("Minors are known by their birth date: look whether it is missing somewhere."),
        )
    papers = [_paper(session, known, row, paper, now) for row in rows]
    papers += [_paper(session, known, None, paper, now) for _ in range(blank)]
    title = language_of(main_code(paper)).say(CONSENTS_TITLE).lower()
    return Paper(
        consents_pdf(papers), safe_filename(f"{known.event.code} {title}", ""), _warnings(session, known, rows, paper)
    )


def make_emergency(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """Whom to call for each of the accepted, with what helpers must know; who gave nobody stands there too."""
    del who, options
    known = papers_about.about(session, event_id)
    paper = language or "sl"
    found = registrations.registrations(
        session, event_id, keys=_EMERGENCY_FIELDS, statuses=sorted(TAKES_PLACE), language=main_code(paper)
    )
    place = {f.key: i for i, f in enumerate(found.fields)}
    rows = sorted(found.rows, key=lambda r: (sort_key(r[place["family_name"]]), sort_key(r[place["given_name"]])))
    infos = {f.key: f for f in found.fields}
    listed = tuple(
        (
            None, Name(r[0], r[1]), r[2] or "", str(r[3]) if r[3] is not None else "", r[4],
            ", ".join(part for part in (r[5], r[6]) if part) or "—", r[7] or "", r[8],
        )
        for r in rows
    )  # fmt: skip
    columns = (
        Column("number", words(T("No."), paper), "line_number", 10),
        Column("name", words(T("Name"), paper), "text", 38),
        Column("organisation", words(infos["organisation"].label, paper), "text", 40),
        Column("age", words(infos["age"].label, paper), "text", 13, "right"),
        Column("phone", words(infos["phone"].label, paper), "text", 30),
        Column("emergency", words(T("Whom to call"), paper), "text", 46),
        Column("emergency_phone", words(T("Phone of that person"), paper), "text", 32),
        Column("allergies", words(infos["allergies"].label, paper), "text", 50),
    )
    without = sum(1 for r in rows if not (r[5] or r[7]))
    sheet = Sheet(
        key=EMERGENCY,
        title=words(EMERGENCY_TITLE, paper),
        columns=columns,
        groups=(Group(listed),),
        language=main_code(paper),
        facts=papers_list.facts(known, paper, now),
        notices=(words(_CONFIDENTIAL, paper).line,),
        orientation="landscape",
        footer_left=known.event.code,
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )
    said = TN("{count} person has given nobody to call.", "{count} people have given nobody to call.", without)
    name = safe_filename(f"{known.event.code} {language_of(main_code(paper)).say(EMERGENCY_TITLE).lower()}", "")
    return Paper(Book((sheet,)), name, (said,) if without else ())


_CONFIDENTIAL = T("Confidential: for the leaders of the event only. Destroy it after the event.")


def _paper(session: Session, known: About, row: MinorRow | None, paper: str, now: dt.datetime) -> ConsentPaper:
    registration = session.get_one(Registration, row.registration_id) if row else None
    person = session.get_one(Person, row.person_id) if row else None
    left, right = papers_about.logos(known)
    code = f"MAMA:P:{short_id(row.registration_id)}" if row else ""
    around = Sheet(
        key=CONSENTS, title=words(CONSENTS_TITLE, paper), columns=(), language=main_code(paper),
        heading_right=_when(known, paper), facts=_facts(known, paper), logos_left=left, logos_right=right,
        notices=_notices(known, paper), funding=papers_about.funding(known, paper), code=code,
        footer_left=" · ".join(p for p in (known.event.code, row.name if row else "") if p),
        page_word=papers_about.page_word(paper), author=known.organiser_sl, created=now,
    )  # fmt: skip
    parts = (
        _child(row, person, paper),
        *_about_event(session, known, registration, paper),
        _emergency(registration, paper),
        _guardian(row, paper),
        _decisions(session, paper),
    )
    signatures = (
        words(T("Place and date"), paper),
        words(T("Signature of the parent or guardian"), paper),
    )
    return ConsentPaper(around, parts, signatures)


# Of a notice, the sentences about photographing: here parents say yes or no to it, so silence means nothing.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_OF_PHOTOS = ("fotograf", "photo", "snema", "posnet", "film", "pictur")


def _notices(known: About, paper: str) -> tuple[str, ...]:
    """What the office and the funder say of data; not that who objects to photos has to say so."""
    said = (
        " ".join(one for one in _SENTENCE_END.split(notice) if not any(word in fold(one) for word in _OF_PHOTOS))
        for notice in papers_about.notices(known, paper)
    )
    return tuple(notice for notice in said if notice)


def _when(known: About, paper: str) -> Words:
    event = known.event
    if event.starts_on is None or event.precision == "month":
        return Words("")
    codes = ("sl", "en") if paper == "both" else (paper,)
    return Words(*(language_of(code).date_range(event.starts_on, event.ends_on) for code in codes))


def _facts(known: About, paper: str) -> tuple[Fact, ...]:
    event = known.event
    hours = papers_about.hours(event.starts_at, event.ends_at, paper)
    return (
        papers_about.event_fact(known, paper),
        *papers_about.venue_fact(known, paper),
        *((Fact(words(T("Hours"), paper), hours),) if hours else ()),
        *papers_about.organiser_fact(known, paper),
    )


def _child(row: MinorRow | None, person: Person | None, paper: str) -> Part:
    say = language_of(main_code(paper))
    born = say.date(person.birth_date) if person and person.birth_date else ""
    address = (
        ", ".join(p for p in (person.street, f"{person.postal_code} {person.town}".strip()) if p) if person else ""
    )
    return Part(
        words(T("The child"), paper),
        blanks=(
            Blank(words(T("Given name and family name"), paper), row.name if row else ""),
            Blank(words(T("Birth date"), paper), born),
            Blank(words(T("Address"), paper), address),
            Blank(words(T("Youth centre or organisation"), paper), row.organisation if row else ""),
        ),
    )


def _about_event(session: Session, known: About, registration: Registration | None, paper: str) -> tuple[Part, ...]:
    """How they travel, who leads, what to bring: what the event says; what it does not say is left out."""
    event = known.event
    said = []
    travel = pair(paper, event.travel_note_sl, event.travel_note_en)
    bring = pair(paper, event.bring_sl, event.bring_en)
    leader = session.get(StaffMember, event.responsible_id) if event.responsible_id else None
    stay = ((T("Arrival"), registration.arrival), (T("Departure"), registration.departure)) if registration else ()
    say = language_of(main_code(paper))
    said += [Blank(words(label, paper), say.date(day)) for label, day in stay if day is not None]
    if travel.first:
        said.append(Blank(words(T("Travel"), paper), _two_lines(travel), wide=True))
    if bring.first:
        said.append(Blank(words(T("To bring along"), paper), _two_lines(bring), wide=True))
    if leader:
        said.append(
            Blank(words(T("Responsible for the group"), paper), ", ".join(p for p in (leader.name, leader.phone) if p))
        )
    office_phone = str(known.office["office.phone"])
    if office_phone:
        said.append(Blank(words(T("Phone of the office"), paper), office_phone))
    return (Part(words(T("Good to know"), paper), blanks=tuple(said)),) if said else ()


def _two_lines(said: Words) -> str:
    return "\n".join(part for part in (said.first, said.second) if part)


def _emergency(registration: Registration | None, paper: str) -> Part:
    """Filled from the registration, and asked for where it says nothing."""
    r = registration
    who = ", ".join(p for p in (r.emergency_name, r.emergency_relation) if p) if r else ""
    return Part(
        words(T("In an emergency"), paper),
        blanks=(
            Blank(words(T("Whom to call (name, relation)"), paper), who),
            Blank(words(T("Phone of that person"), paper), r.emergency_phone if r else ""),
            Blank(
                words(T("Allergies, medicines, other things the leader must know"), paper),
                r.allergies if r else "",
                wide=True,
            ),
        ),
    )


def _guardian(row: MinorRow | None, paper: str) -> Part:
    known = next((g for g in row.guardians if g.is_legal), None) if row else None
    return Part(
        words(T("Parent or guardian"), paper),
        blanks=(
            Blank(words(T("Given name and family name"), paper), known.name if known else ""),
            Blank(words(T("Phone"), paper), known.phone if known else ""),
        ),
    )


def _decisions(session: Session, paper: str) -> Part:
    """The words in use, each with its version, so that the paper says to what somebody consented."""
    found = []
    for purpose in consents.ON_PAPER:
        version, text_sl, text_en = consent_words.current_words(session, purpose)
        said = pair(paper, text_sl, text_en)
        mark = f" [{version}]"
        first = said.first + mark
        found.append(Choice(Words(first, said.second), words(T("Yes"), paper), words(T("No"), paper)))
    return Part(words(T("I decide (please tick)"), paper), choices=tuple(found))


def _warnings(session: Session, known: About, rows: list[MinorRow], paper: str) -> tuple[Text, ...]:
    said = papers_about.warnings(known, paper)
    if any(one.is_shipped for one in consent_words.wordings(session, own=False) if one.purpose in consents.ON_PAPER):
        said.append(T("To be confirmed: the words of the consents. Have them looked at by whoever looks after data."))
    without = sum(1 for row in rows if not row.guardians)
    if without:
        said.append(
            TN(
                "{count} minor has no parent or guardian written: the paper asks for one.",
                "{count} minors have no parent or guardian written: the papers ask for one.",
                without,
            )
        )
    return tuple(said)
