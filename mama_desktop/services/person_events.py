"""What the office must be able to say when the phone rings: a person's next events, and what is missing for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event, end_of
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.letters import LETTER_KINDS, Letter, LetterRecipient
from mama_desktop.domain.registrations import DIETS, Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import TC, T, Text, verbatim
from mama_desktop.services import answers, capacity, fields, questions
from mama_desktop.services.card_line import Line, Lines
from mama_desktop.services.transport.travel_said import missing_travel, travel_lines

__all__ = ("CARD_LINES", "Line", "NextEvent", "event_of", "events_of", "last_letter", "next_events", "registrations_of")


@dataclass(frozen=True)
class NextEvent:
    """One registration of a person for an event that is not over. when: first day, last day, precision."""

    registration_id: str
    event_id: str
    title: str
    when: tuple[dt.date | None, dt.date | None, str]
    starts_at: dt.time | None
    place: str
    status: str
    lines: tuple[Line, ...]
    missing: tuple[Text, ...]


# Of the words of a question on the card.
_LONGEST = 48
# What others say of a registration joins here (stop and time, room and nights).
CARD_LINES: list[Lines] = [travel_lines]


def next_events(session: Session, person_id: str, *, now: dt.datetime, language: str = "sl") -> list[NextEvent]:
    """The events of a person that are not over, the nearest first; those without a date last."""
    today = now.date()
    query = (
        select(Registration, Event)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.person_id == person_id,
            or_(Event.starts_on.is_(None), Event.starts_on >= today, Event.ends_on >= today, _same_month(today)),
            Event.status != "cancelled",
        )
        .order_by(Event.starts_on.is_(None), Event.starts_on)
    )
    found = [(registration, event) for registration, event in session.execute(query)]
    keys = [registration.id for registration, _ in found]
    more = [join(session, keys, language) for join in CARD_LINES]
    return [
        NextEvent(
            r.id, e.id, (e.title_en if language == "en" else "") or e.title_sl, (e.starts_on, e.ends_on, e.precision),
            e.starts_at, ", ".join(p for p in (e.venue, e.town if e.town not in e.venue else "") if p), r.status,
            (*_lines(session, r, e, now, language), *(line for lines in more for line in lines.get(r.id, ()))),
            _missing(session, r, e, language),
        )
        for r, e in found
    ]  # fmt: skip


def registrations_of(session: Session, person_id: str, *, language: str = "sl") -> Listing:
    """All registrations of a person, the newest event first; keys are those of the registrations."""
    shown = [
        fields.EVENT_FIELDS["when"], fields.EVENT_FIELDS["title"],
        *(fields.REGISTRATION_FIELDS[key] for key in (
            "status", "role", "sessions_present", "organisation", "arrival", "departure", "diet", "allergies",
            "emergency_name", "emergency_relation", "emergency_phone", "reason", "remarks",
        )),
    ]  # fmt: skip
    query = fields.registrations_query(None).where(Registration.person_id == person_id)
    query = query.order_by(Event.starts_on.desc(), Registration.id.desc())
    return fields.listing(session, shown, query, Registration.id, language=language)


def events_of(session: Session, person_id: str, *, language: str = "sl") -> list[tuple[str, str]]:
    """(key, title) of the events a person is registered for, the latest first."""
    query = (
        select(Event.id, Event.title_sl, Event.title_en)
        .join(Registration, Registration.event_id == Event.id)
        .where(Registration.person_id == person_id)
        .order_by(Event.starts_on.is_(None), Event.starts_on.desc(), Event.id)
    )
    return [(key, (en if language == "en" else "") or sl) for key, sl, en in session.execute(query)]


def event_of(session: Session, registration_id: str) -> str | None:
    """The key of the event of a registration."""
    return session.scalar(select(Registration.event_id).where(Registration.id == registration_id))


def last_letter(session: Session, person_id: str) -> tuple[dt.datetime, Text, str] | None:
    """When, what kind and which subject the last letter to a person had."""
    query = (
        select(LetterRecipient.sent_at, Letter.made_at, Letter.kind, LetterRecipient.subject)
        .join(Letter, Letter.id == LetterRecipient.letter_id)
        .where(LetterRecipient.person_id == person_id, Letter.channel != "labels")
        .order_by(Letter.made_at.desc(), Letter.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return (row[0] or row[1], LETTER_KINDS[row[2]], row[3]) if row else None


def _same_month(today: dt.date) -> ColumnElement[bool]:
    """An event of which only this month is known may still be ahead."""
    return and_(Event.precision == "month", Event.starts_on >= today.replace(day=1))


def _lines(session: Session, registration: Registration, event: Event, now: dt.datetime, language: str) -> list[Line]:
    lines = []
    coming = _next_session(session, registration, event.id, now)
    if coming is not None:
        begins = T("{day} at {time}", day=coming.day, time=coming.starts_at) if coming.starts_at else None
        title = (coming.title_en if language == "en" else "") or coming.title_sl
        said = [verbatim(title)] if title else []
        said.append(begins or T("{day}", day=coming.day))
        lines.append(Line(T("Next session"), tuple(said)))
    offered = capacity.options(session, event.id, language)
    if offered:
        taken = set(capacity.options_of(session, registration.id))
        chosen = tuple(verbatim(o.name) for o in offered if o.id in taken)
        lines.append(Line(T("Options chosen"), chosen or (TC("of options", "none"),), "options"))
    if registration.arrival:
        lines.append(Line(T("Arrival"), (T("{day}", day=registration.arrival),)))
    if registration.departure:
        lines.append(Line(T("Departure"), (T("{day}", day=registration.departure),)))
    if registration.diet:
        lines.append(Line(T("Diet"), tuple(DIETS[kind] for kind in registration.diet if kind in DIETS)))
    return lines


def _next_session(
    session: Session, registration: Registration, event_id: str, now: dt.datetime
) -> EventSession | None:  # fmt: skip
    """The first session that is not over, on a day on which they are there."""
    query = (
        select(EventSession)
        # One that began yesterday evening may end after midnight.
        .where(EventSession.event_id == event_id, EventSession.day >= now.date() - dt.timedelta(days=1))
        .order_by(EventSession.day, EventSession.starts_at, EventSession.position)
    )
    for part in session.scalars(query):
        comes = registration.arrival is None or registration.arrival <= part.day
        stays = registration.departure is None or part.day <= registration.departure
        if comes and stays and end_of(part.day, part.starts_at, part.ends_at) > now:
            return part
    return None


def _missing(session: Session, registration: Registration, event: Event, language: str) -> tuple[Text, ...]:
    """What the office still needs from this person for this event."""
    found: list[Text] = []
    if registration.status == "invited" and registration.reply == "none":
        found.append(T("no answer to the invitation"))
    elif registration.status == "accepted":
        found.append(T("not confirmed yet"))
    shown = fields.listing(
        session, [fields.REGISTRATION_FIELDS["consent_missing"]],
        fields.registrations_query(event.id).where(Registration.id == registration.id), Registration.id, language="sl",
    )  # fmt: skip
    if shown.rows and shown.rows[0][0]:
        found.append(T("consent of parents missing"))
    owed = answers.missing_answers(session, event.id, questions.of_event(session, event.id), only=registration.id)
    open_ones = owed[0].questions if owed else ()
    found += [T("no answer: {question}", question=_short(question.label_in(language))) for question in open_ones]
    found += missing_travel(session, registration.id, language=language)
    return tuple(found)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
