"""What a placeholder stands for: the fields of the registry, the event, the office, and how somebody is greeted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.money import euros
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.projects import Project
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import TC, T, Text
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services import fields, office, organisations, papers_about, people, registrations
from mama_desktop.services.papers_words import pair
from mama_desktop.services.placeholders import Known, Placeholder, known
from mama_desktop.services.recipients import Audience, Recipient
from mama_desktop.services.transport import letter_values
from mama_desktop.sheets.letter import LetterTable

GROUPS: dict[str, Text] = {
    "person": T("Person"),
    "registration": T("Registration"),
    "trip": T("Transport"),
    "answers": T("Answers to questions"),
    "organisation": T("Organisation"),
    "event": T("Event"),
    "responsible": T("Responsible person"),
    "office": T("Our office"),
    "letter": T("Letter"),
}
# The office's own notes, and what says nothing to a reader.
_NOT_OFFERED = frozenset({"remarks", "source", "source_line", "sessions_present", "events", "age_band", "age_group"})
_NOT_OF_ORGANISATION = _NOT_OFFERED | {"name_sl", "people", "last_visit"}
_CHUNK = 500
_OF_PERSON = frozenset(fields.PERSON_FIELDS) - {"organisation"}
_GREETING = Placeholder("greeting", T("Greeting"), "person")
_FULL_NAME = Placeholder("full_name", T("Name and family name"), "person")
_OF_CONTACT = (
    Placeholder("given_name", T("Given name"), "person"),
    Placeholder("family_name", T("Family name"), "person"),
    Placeholder("organisation", T("Organisation"), "organisation"),
)
_ALWAYS = (
    Placeholder("organisation_address", T("Address of the organisation"), "organisation"),
    Placeholder("people", T("List of people"), "organisation"),
    Placeholder("office_name", T("Name of our office"), "office"),
    Placeholder("office_address", T("Address of our office"), "office"),
    Placeholder("office_email", T("E-mail of our office"), "office"),
    Placeholder("office_phone", T("Phone of our office"), "office"),
    Placeholder("today", T("Date of the letter"), "letter"),
)
_OF_EVENT = (
    Placeholder("event_title", T("Event"), "event"),
    Placeholder("event_dates", T("Date of the event"), "event"),
    Placeholder("event_hours", T("Hours of the event"), "event"),
    Placeholder("event_place", T("Place of the event"), "event"),
    Placeholder("event_link", T("Online link"), "event"),
    Placeholder("event_deadline", T("Deadline of the event"), "event"),
    Placeholder("event_bring", T("What to bring"), "event"),
    Placeholder("event_travel", T("How to get there"), "event"),
    Placeholder("event_project", T("Project"), "event"),
    Placeholder("responsible_name", T("Responsible person"), "responsible"),
    Placeholder("responsible_email", T("E-mail of the responsible person"), "responsible"),
    Placeholder("responsible_phone", T("Phone of the responsible person"), "responsible"),
)


def offered(session: Session, event_id: str = "", *, organisations: bool = False) -> Known:
    """The placeholders a text may name: with an event those of a registration too. Sensitive fields are not offered.

    organisations: they are written to themselves; a person's name is then that of the contact person.
    """
    if organisations:
        return known((_GREETING, _FULL_NAME, *_OF_CONTACT, *_of_organisations(),
                      *(_OF_EVENT if event_id else ()), *(one for one in _ALWAYS if one.key != "people")))  # fmt: skip
    if event_id:
        found = registrations.registrations(session, event_id).fields
    else:
        found = people.people(session, keys=[]).fields
    return known((_GREETING, _FULL_NAME, *_from_fields(found),
                  *((*letter_values.PLACEHOLDERS, *_OF_EVENT) if event_id else ()), *_ALWAYS))  # fmt: skip


def _of_organisations() -> list[Placeholder]:
    return [
        Placeholder(key, field.info.label, "organisation")
        for key, field in fields.ORGANISATION_FIELDS.items()
        if key not in _NOT_OF_ORGANISATION
    ]


def _from_fields(infos: Iterable[FieldInfo]) -> list[Placeholder]:
    return [
        Placeholder(info.key, info.label, _group(info.key))
        for info in infos
        if info.sensitivity != "sensitive" and info.kind != "file" and info.key not in _NOT_OFFERED
    ]


def _group(key: str) -> str:
    if key.startswith(fields.ANSWER):
        return "answers"
    if key.startswith("organisation"):
        return "organisation"
    return "person" if key in _OF_PERSON else "registration"


def not_expected(session: Session, event_id: str) -> frozenset[str]:
    """Placeholders of which nobody misses the value: a diet, the link of an event where everybody meets in person."""
    found = {"diet"} | letter_values.not_expected(session, event_id)
    event = session.get(Event, event_id) if event_id else None
    if event is not None and event.format == "in-person":
        found.add("event_link")
    if event is not None and event.precision != "time":
        found.add("event_hours")
    return frozenset(found)


def greeting(given_name: str, family_name: str, gender: str, code: str) -> str:
    """Spoštovana gospa Novak · Spoštovani gospod Novak · Pozdravljeni, Žan Novak: names stay in the nominative."""
    name = f"{given_name} {family_name}".strip()
    if not name:
        return language_of(code).say(T("Dear all"))
    if gender in ("female", "male") and family_name:
        formal = T("Dear Ms {name}", name=family_name) if gender == "female" else T("Dear Mr {name}", name=family_name)
        return language_of(code).say(formal)
    return language_of(code).say(TC("neutral greeting", "Dear {name}", name=name))


@dataclass(frozen=True)
class Values:
    """What placeholders stand for. common: for every reader of a language; own: by the key of a reader."""

    common: Mapping[str, str]
    own: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, LetterTable]

    def of(self, recipient: Recipient, code: str) -> dict[str, str | LetterTable]:
        reader = recipient.reader or recipient
        greets = greeting(reader.given_name, reader.family_name, reader.gender, code)
        found: dict[str, str | LetterTable] = {**self.common, **self.own.get(recipient.key, {})}
        found |= {"greeting": greets, "full_name": recipient.name}
        if recipient.called:
            found |= {"given_name": recipient.given_name, "family_name": recipient.family_name,
                      "organisation": recipient.organisation}  # fmt: skip
        if recipient.key in self.tables:
            found["people"] = self.tables[recipient.key]
        return found


def values(
    session: Session, audience: Audience, found: Sequence[Recipient], *, code: str, now: dt.datetime
) -> Values:  # fmt: skip
    """What every placeholder stands for in one language, for these readers."""
    say = language_of(code)
    if audience.organisation_ids:
        listing = organisations.organisations(session, language=code, keys=list(audience.organisation_ids))
    elif audience.registration_ids:
        listing = registrations.registrations(session, audience.event_id, language=code)
    else:
        listing = people.people(session, language=code, keys=list(audience.person_ids))
    own = _said(listing, set(audience.keys), say)
    if audience.registration_ids:
        for key, said in letter_values.trip_values(session, audience.event_id, own, code).items():
            own[key] |= said
    addresses = _addresses(session, {one.organisation_id for one in found if one.organisation_id})
    for one in found:
        if one.organisation_id:
            own.setdefault(one.key, {})["organisation_address"] = addresses[one.organisation_id]
    tables = {one.key: _table(listing, one.people, own, say) for one in found if one.people}
    return Values(common(session, audience.event_id, code, now), own, tables)


def _said(listing: Listing, wanted: set[str], say: Language) -> dict[str, dict[str, str]]:
    infos = [(i, info) for i, info in enumerate(listing.fields) if info.sensitivity != "sensitive"]
    return {
        key: {info.key: said_value(info, row[i], say) for i, info in infos}
        for key, row in zip(listing.keys, listing.rows, strict=True)
        if key in wanted
    }


def said_value(info: FieldInfo, value: Any, say: Language) -> str:
    """A raw value as it stands in a sentence."""
    if value in (None, "", [], ()) or (info.kind == "choice" and value == "unknown"):
        return ""
    match value:
        case bool():
            return say.say(T("yes") if value else T("no"))
        case list() | tuple():
            return ", ".join(say.say(info.choices.get(one, str(one))) for one in value)
        case dt.datetime():
            return say.date_time(value)
        case dt.date():
            return say.date(value)
        case dt.time():
            return say.time(value)
        case str() if info.kind == "country":
            return say.country(value)
        case str():
            return say.say(info.choices.get(value, value))
        case int() if info.kind == "money":
            return say.money(euros(value) or 0)
        case int() | float() if info.kind in ("number", "decimal"):
            return say.number(value)
        case _:
            return str(value)


def _table(listing: Listing, keys: Sequence[str], own: Mapping[str, Mapping[str, str]], say: Language) -> LetterTable:
    """Only these people: name, status, and how they are reached is nobody else's business."""
    columns = [info for info in listing.fields if info.key in ("status", "role", "town", "function")][:2]
    heads = (say.say(T("Name and family name")), *(say.say(info.label) for info in columns))
    rows = tuple(
        (
            f"{own[key]['given_name']} {own[key]['family_name']}".strip(),
            *(own[key].get(info.key, "") for info in columns),
        )
        for key in keys
        if key in own
    )
    return LetterTable(heads, rows)


def _addresses(session: Session, keys: set[str]) -> dict[str, str]:
    wanted, found = sorted(keys), {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(Organisation.id, Organisation.street, Organisation.postal_code, Organisation.town)
        for key, street, postal_code, town in session.execute(
            query.where(Organisation.id.in_(wanted[start : start + _CHUNK]))
        ):
            found[key] = ", ".join(part for part in (street, f"{postal_code} {town}".strip()) if part)
    return found


def common(session: Session, event_id: str, code: str, now: dt.datetime) -> dict[str, str]:
    say, own = language_of(code), office.settings(session)
    name_sl, name_en = str(own["office.name_sl"] or own["office.short_name"]), str(own["office.name_en"])
    town = f"{own['office.postal_code']} {own['office.town']}".strip()
    found = {
        "office_name": pair(code, name_sl, name_en).first,
        "office_address": ", ".join(p for p in (str(own["office.street"]), town) if p),
        "office_email": str(own["office.email"]),
        "office_phone": str(own["office.phone"]),
        "today": say.long_date(now.date()),
    }
    return found | _event_values(session, event_id, code) if event_id else found


def _hours(session: Session, event: Event, code: str) -> str:
    """Of one day from–to; of several each day's own, and nothing where they are not known: an hour of the first day
    read as that of every day would send people home too early."""
    if event.ends_on is None or event.ends_on == event.starts_on:
        return papers_about.hours(event.starts_at, event.ends_at, code)
    say = language_of(code)
    query = (
        select(EventSession.day, func.min(EventSession.starts_at), func.max(EventSession.ends_at))
        .where(EventSession.event_id == event.id)
        .group_by(EventSession.day)
        .order_by(EventSession.day)
    )
    days = [(day, first, last) for day, first, last in session.execute(query) if first or last]
    if not days and event.starts_at and event.ends_at:
        first_last = T("begins at {first}, ends on the last day at {last}", first=event.starts_at, last=event.ends_at)
        return say.say(first_last)
    return "; ".join(
        f"{say.date(day).rsplit(' ', 1)[0]} {papers_about.hours(_time(first), _time(last), code)}"
        for day, first, last in days
    )


def _time(value: dt.time | str | None) -> dt.time | None:
    return dt.time.fromisoformat(value) if isinstance(value, str) else value


def _event_values(session: Session, event_id: str, code: str) -> dict[str, str]:
    event, say, in_ = session.get_one(Event, event_id), language_of(code), partial(pair, code)
    known_ = papers_about.about(session, event_id)
    project = session.get(Project, event.project_id) if event.project_id else None
    person = session.get(StaffMember, event.responsible_id) if event.responsible_id else None
    return {
        "event_title": in_(event.title_sl, event.title_en).first,
        "event_dates": say.event_dates(event.starts_on, event.ends_on, event.precision),
        "event_hours": _hours(session, event, code),
        "event_place": papers_about.place(known_, code),
        "event_link": event.online_link,
        "event_deadline": say.date(event.deadline) if event.deadline else "",
        "event_bring": in_(event.bring_sl, event.bring_en).first,
        "event_travel": in_(event.travel_note_sl, event.travel_note_en).first,
        "event_project": in_(project.title_sl, project.title_en).first if project else "",
        "responsible_name": person.name if person else "",
        "responsible_email": person.email if person else "",
        "responsible_phone": person.phone if person else "",
    }
