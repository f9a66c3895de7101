"""Which record a row of an old list is, among organisations, people or events; what the row says otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation, name_key
from mama_desktop.domain.people import Person, email_key
from mama_desktop.domain.people import name_key as person_key
from mama_desktop.domain.text import T, Text, fold, words_of
from mama_desktop.intake.lists import ListRow
from mama_desktop.services import known_people, organisation_names, places, short_ids
from mama_desktop.services.beginning_lookup import Along, Lookup, Named, Understood
from mama_desktop.services.known_people import Organisations
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.services.matching import Traits, born_between, choose, evidence, phone_key, reasons, verdict
from mama_desktop.services.when import When

_SIMILAR = 88.0
_RECORDS: dict[str, Any] = {ORGANISATION: Organisation, PERSON: Person, EVENT: Event}
# Of a list's words that are records of their own: under which attribute the key is kept.
_KEYS_OF = {"organisation": "organisation_id", "liaison": "liaison_id", "responsible": "responsible_id",
            "project": "project_id"}  # fmt: skip


class Option(NamedTuple):
    """Which record a row might be, and why."""

    key: str
    name: str
    detail: str
    why: tuple[Text, ...]


Found = tuple[str, str | None, tuple[Option, ...]]
"""How rows of one list are told apart, the record it is, the records it might be."""


def understood(
    session: Session, noun: str, rows: Sequence[ListRow], around: dt.date, decided: Mapping[tuple[str, str], bool]
) -> tuple[list[Understood], tuple[Along, ...]]:
    """The rows with projects, staff and organisations looked up; and the names among them that nobody knows."""
    look = Lookup(session, decided)
    found = [look.row(noun, row, around) for row in rows]
    return found, look.along()


def match(session: Session, noun: str, rows: Sequence[Understood]) -> list[Found]:
    """For each row the record it is or might be."""
    ours = short_ids.resolve_all(session, noun, {row.short for row in rows if row.short})
    found = {ORGANISATION: _organisations, PERSON: _people, EVENT: _events}[noun](session, rows)
    return [
        (identity, ours[row.short], ()) if row.short in ours else (identity, key, options)
        for row, (identity, key, options) in zip(rows, found, strict=True)
    ]


def records(session: Session, noun: str, keys: Sequence[str]) -> dict[str, Any]:
    """The records by their keys."""
    kind, wanted = _RECORDS[noun], sorted(set(keys))
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), 500):
        query = select(kind).where(kind.id.in_(wanted[start : start + 500]))
        found |= {one.id: one for one in session.scalars(query)}
    return found


def differences(record: Any, values: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, ours, the list's) of what the list says otherwise; how a name is written is not said otherwise."""
    said = []
    same_name = person_key(str(values.get("given_name", "")), str(values.get("family_name", "")))
    for key, after in values.items():
        if key in ("given_name", "family_name") and same_name == record.name_key:
            continue
        if key == "when":
            before = When(record.starts_on, record.ends_on, record.precision) if record.starts_on else None
            # A month says nothing against a day in it.
            known = (
                before is not None and after.precision == "month" and after.starts_on == before.starts_on.replace(day=1)
            )
            if not known and (before is None or (before.starts_on, before.ends_on or before.starts_on) != (
                after.starts_on, after.ends_on or after.starts_on)):  # fmt: skip
                said.append((key, before, after))
        elif isinstance(after, Named):
            now = getattr(record, _KEYS_OF[key])
            if after.key is None or now != after.key:
                said.append((key, now, after))
        elif key == "name_sl" and name_key(after) in (record.name_key, record.short_key):
            continue
        elif not _same(getattr(record, key), after):
            said.append((key, getattr(record, key), after))
    return said


def name_of(noun: str, values: Mapping[str, Any]) -> str:
    if noun == PERSON:
        return f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()
    keys = ("name_sl", "short_name") if noun == ORGANISATION else ("title_sl", "title_en")
    return next((str(values[key]) for key in keys if values.get(key)), "")


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        if ours and phone_key(ours) and phone_key(ours) == phone_key(theirs):
            return True
        return fold(ours) == fold(theirs)
    return bool(ours == theirs)


# Organisations


def _organisations(session: Session, rows: Sequence[Understood]) -> list[Found]:
    known = Organisations(session)
    everybody = session.execute(
        select(Organisation.id, Organisation.name_sl, Organisation.town, Organisation.email, Organisation.name_key)
    ).all()
    by_email: dict[str, list[Any]] = {}
    by_word: dict[str, list[Any]] = {}
    for one in everybody:
        if one.email:
            by_email.setdefault(email_key(one.email), []).append(one)
        for word in set(one.name_key.split()):
            by_word.setdefault(word[:5], []).append(one)
    return [_organisation(row, known, by_email, by_word) for row in rows]


def _organisation(row: Understood, known: Organisations, by_email: Any, by_word: Any) -> Found:
    name, town = str(row.values.get("name_sl", "")), str(row.values.get("town", ""))
    identity = f"{name_key(name)}|{fold(town)}"
    for spelling in (name, str(row.values.get("short_name", "")), str(row.values.get("name_en", ""))):
        if spelling and (key := known.called(spelling, town)):
            return identity, key, ()
    options: dict[str, Option] = {}
    for one in by_email.get(email_key(str(row.values.get("email", ""))), ()) if row.values.get("email") else ():
        options[one.id] = Option(one.id, one.name_sl, one.town, (T("same e-mail"), T("another name")))
    mine, words = organisation_names.parts_of(name), name_key(name).split()
    rare = sorted(({one.id: one for one in by_word.get(word[:5], ())} for word in words), key=len)
    for one in {k: v for found in rare[:2] if len(found) <= 400 for k, v in found.items()}.values():
        theirs = organisation_names.parts_of(one.name_sl)
        places_differ = bool(mine.places and theirs.places and mine.places != theirs.places)
        alike = mine.whole == theirs.whole or fuzz.ratio(name_key(name), one.name_key) >= _SIMILAR
        if alike and not places_differ:
            options.setdefault(one.id, Option(one.id, one.name_sl, one.town, (T("almost the same name"),)))
    return identity, None, tuple(options.values())


# People


def _people(session: Session, rows: Sequence[Understood]) -> list[Found]:
    marks = Organisations(session)
    traits = [_traits(row.values, marks) for row in rows]
    named = known_people.named(session, {one.name_key for one in traits if one.name_key})
    unknown = [one for one in traits if one.name_key not in named]
    similar = dict(zip(map(id, unknown), known_people.similar(session, unknown), strict=True))
    found: list[Found] = []
    for one in traits:
        identity = f"{one.name_key}|{one.email_key}|{one.born}"
        said = {p.id: (p, evidence(one, known_people.traits_of(p, None))) for p in named.get(one.name_key, ())}
        sure, asked = choose([(key, verdict(how)) for key, (_, how) in said.items()])
        if sure is not None:
            found.append((identity, sure, ()))
            continue
        options = [_person_option(said[key][0], reasons(said[key][1]), marks) for key in asked]
        for person, how in similar.get(id(one), ()):
            why = reasons(evidence(one, known_people.traits_of(person, None)), how)
            options.append(_person_option(person, why, marks))
        found.append((identity, None, tuple(options)))
    return found


def _traits(values: Mapping[str, Any], marks: Organisations) -> Traits:
    born, exactly = born_between(birth_date=values.get("birth_date"), birth_year=values.get("birth_year"))
    organisation = values.get("organisation")
    mark = marks.mark(organisation.name) if isinstance(organisation, Named) else ""
    phones = frozenset(filter(None, (phone_key(str(values.get(key, ""))) for key in ("phone", "other_phone"))))
    return Traits(
        person_key(str(values.get("given_name", "")), str(values.get("family_name", ""))),
        email_key(str(values.get("email", ""))), born, exactly, phones, frozenset({mark} if mark else ()),
    )  # fmt: skip


def _person_option(person: known_people.Known, why: tuple[Text, ...], marks: Organisations) -> Option:
    detail = " · ".join(filter(None, (marks.name_of(person.organisation_id), person.email, person.town)))
    return Option(person.id, person.name, detail, why)


# Events


def _events(session: Session, rows: Sequence[Understood]) -> list[Found]:
    known = [
        (event, " ".join(words_of(event.title_sl)))
        for event in session.scalars(select(Event).order_by(Event.starts_on, Event.code))
    ]
    return [_event(row, known) for row in rows]


def _event(row: Understood, known: Sequence[tuple[Event, str]]) -> Found:
    title, when = " ".join(words_of(str(row.values.get("title_sl", "")))), row.values.get("when")
    town = fold(str(row.values.get("town", "") or row.values.get("venue", "")))
    identity = f"{title}|{when}|{town}"
    same = [event for event, name in known if name == title and title]
    now = [event for event in same if _meets(event, when)]
    if len(now) == 1:
        return identity, now[0].id, ()
    options = [Option(e.id, e.title_sl, _dated(e), (T("the same title"),)) for e in now]
    options += [
        Option(e.id, e.title_sl, _dated(e), (T("the same title, another date"),))
        for e in same
        if e not in now and when is not None and e.starts_on and abs((e.starts_on - when.starts_on).days) <= 92
    ]
    if not options and when is not None and title:
        options = [
            Option(event.id, event.title_sl, _dated(event), (T("almost the same title"),))
            for event, name in known
            if _meets(event, when) and event.starts_on and fuzz.ratio(title, name) >= _SIMILAR
        ]
    return identity, None, tuple(options[:8])


def _meets(event: Event, when: When | None) -> bool:
    """Whether the dates may be the same: the same day, or the same month where only the month is known of one."""
    if when is None or event.starts_on is None:
        return True
    if when.precision == "month" or event.precision == "month":
        return (when.starts_on.year, when.starts_on.month) == (event.starts_on.year, event.starts_on.month)
    return event.starts_on == when.starts_on


def _dated(event: Event) -> str:
    dates = i18n.language("sl").event_dates(event.starts_on, event.ends_on, event.precision)
    return " · ".join(part for part in (dates, event.town, event.code) if part)


def region(values: Mapping[str, Any]) -> str:
    """The region of a row's place."""
    return places.region_of(*(str(values.get(key, "")) for key in ("postal_code", "town", "country")))
