"""Who is written to about others: the contact person of an organisation or of a party, with only its own people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.letters import MAILING_KINDS
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, fold, sort_key
from mama_desktop.services import office
from mama_desktop.services.recipients import (
    Recipient,
    addresses_of,
    full_name,
    name_of,
    post_lines,
    who_refused,
)

_CHUNK = 500


@dataclass(frozen=True)
class Share:
    """The registrations of one organisation. organisation_id, name: empty for those without one."""

    organisation_id: str
    name: str
    keys: tuple[str, ...]


def shares(
    session: Session, event_id: str, *, statuses: Sequence[str] = (), language: str = "sl"
) -> list[Share]:  # fmt: skip
    """The registrations of an event by organisation, in Slovene order; those without one come last."""
    query = (
        select(Registration.id, Organisation)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id)
        .order_by(Registration.id)
    )
    if statuses:
        query = query.where(Registration.status.in_(list(statuses)))
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for key, organisation in session.execute(query):
        whose = organisation.id if organisation else ""
        found.setdefault(whose, []).append(key)
        names[whose] = name_of(organisation, language)
    order = sorted(found, key=lambda whose: (not whose, sort_key(names[whose])))
    return [Share(whose, names[whose], tuple(found[whose])) for whose in order]


def by_organisation(session: Session, found: Iterable[Recipient], *, language: str = "") -> list[Recipient]:
    """One reader for each organisation, its contact person, with its own people; those without one write alone."""
    home = str(office.setting(session, "office.country") or "SI")
    groups: dict[str, list[Recipient]] = {}
    alone = []
    for one in found:
        if one.organisation_id:
            groups.setdefault(one.organisation_id, []).append(one)
        else:
            alone.append(one)
    made = [_of_organisation(session, key, people, language, home) for key, people in groups.items()]
    return sorted(made, key=lambda one: sort_key(one.organisation)) + alone


def organisations(
    session: Session, keys: Sequence[str], *, kind: str, today: dt.date, language: str = ""
) -> list[Recipient]:
    """One reader for each organisation: it is written to itself, with its contact person's name when one is known.

    A contact person who does not want news is not named in them; the organisation still gets them.
    """
    home = str(office.setting(session, "office.country") or "SI")
    wanted = list(dict.fromkeys(keys))
    known: list[Organisation] = []
    for start in range(0, len(wanted), _CHUNK):
        some = select(Organisation).where(Organisation.id.in_(wanted[start : start + _CHUNK]))
        known += session.scalars(some)
    contacts = _people_called(session, known)
    news = kind in MAILING_KINDS
    refused = who_refused(session, [one.id for one in contacts.values()], "", today) if news else set()
    found = []
    for one in known:
        person = contacts.get(one.id)
        name = one.contact_person
        if person is not None and person.id in refused:
            person, name = None, ""
        made = _contact(one, person, name, language, home)
        mail = addresses_of(one.email) or (addresses_of(person.email) if person else ())
        found.append(replace(made, mail=mail, through=None))
    return sorted(found, key=lambda one: sort_key(one.organisation))


def by_party(session: Session, found: Iterable[Recipient], *, language: str = "") -> list[Recipient]:
    """One reader for each party of two or more with somebody who gets its mail; all others stay as they are."""
    home = str(office.setting(session, "office.country") or "SI")
    people: dict[str, list[Recipient]] = {}
    readers = list(found)
    for one in readers:
        if one.party_id:
            people.setdefault(one.party_id, []).append(one)
    contacts = _contacts(session, [key for key, some in people.items() if len(some) > 1])
    made: list[Recipient] = []
    for one in readers:
        if one.party_id not in contacts:
            made.append(one)
        elif one is people[one.party_id][0]:
            made.append(_of_party(session, people[one.party_id], *contacts[one.party_id], language, home))
    return made


def groups_among(session: Session, registration_ids: Sequence[str]) -> int:
    """How many parties have two or more of these registrations and somebody who gets their mail."""
    counts: dict[str, int] = {}
    for start in range(0, len(registration_ids), _CHUNK):
        query = select(Registration.party_id).where(
            Registration.id.in_(registration_ids[start : start + _CHUNK]), Registration.party_id.is_not(None)
        )
        for key in session.scalars(query):
            counts[key or ""] = counts.get(key or "", 0) + 1
    return len(_contacts(session, [key for key, count in counts.items() if count > 1]))


def _contacts(session: Session, keys: Sequence[str]) -> dict[str, tuple[Party, Person | None]]:
    """Of these parties those with an address, and who it belongs to."""
    found: dict[str, tuple[Party, Person | None]] = {}
    for start in range(0, len(keys), _CHUNK):
        query = select(Party, Person).outerjoin(Person, Person.id == Party.contact_id)
        for party, person in session.execute(query.where(Party.id.in_(keys[start : start + _CHUNK]))):
            if addresses_of(party.contact_email) or (person is not None and addresses_of(person.email)):
                found[party.id] = (party, person)
    return found


def _of_party(
    session: Session, people: Sequence[Recipient], party: Party, person: Person | None, wanted: str, home: str
) -> Recipient:  # fmt: skip
    first = people[0]
    own = next((one for one in people if person is not None and one.person_id == person.id), None)
    organisation = session.get(Organisation, party.organisation_id or first.organisation_id or "")
    language, why = wanted, None
    if not wanted and person is not None and person.language in ("sl", "en"):
        language = person.language
    elif not wanted:
        language, why = first.language, T("as the first of the group")
    name = full_name(person) if person else ""
    at_home = post_lines(person, organisation, language, home, name) if person or organisation else ()
    return Recipient(
        key=party.id,
        person_id=person.id if person else None,
        registration_id=own.registration_id if own else None,
        organisation_id=organisation.id if organisation else None,
        given_name=person.given_name if person else "",
        family_name=person.family_name if person else "",
        gender=person.gender if person else "unknown",
        language=language,
        organisation=name_of(organisation, language),
        mail_name=name or party.name,
        mail=addresses_of(party.contact_email) or addresses_of(person.email if person else ""),
        through=T("goes to the contact person of the group {group}", group=party.name),
        why_language=why,
        post=at_home or first.post,
        people=tuple(one.key for one in people),
        party_id=party.id,
        called=party.name or name,
    )


def _of_organisation(session: Session, key: str, people: list[Recipient], wanted: str, home: str) -> Recipient:
    organisation = session.get_one(Organisation, key)
    person = _party_contact(session, people) or _people_called(session, [organisation]).get(key)
    made = _contact(organisation, person, organisation.contact_person, wanted, home)
    return replace(made, people=tuple(one.key for one in people))


def _contact(organisation: Organisation, person: Person | None, named: str, wanted: str, home: str) -> Recipient:
    """named: the contact person as written in the organisation."""
    if wanted:
        language, why = wanted, None
    elif person is not None and person.language in ("sl", "en"):
        language, why = person.language, None
    else:
        language = "en" if organisation.country and organisation.country != home else "sl"
        why = T("by the country of the organisation")
    name = full_name(person) if person else named
    own = addresses_of(person.email) if person else ()
    mail = own or addresses_of(organisation.email)
    given, _, family = name.rpartition(" ")
    return Recipient(
        key=organisation.id,
        person_id=person.id if person else None,
        registration_id=None,
        organisation_id=organisation.id,
        given_name=person.given_name if person else given,
        family_name=person.family_name if person else family,
        gender=person.gender if person else "unknown",
        language=language,
        organisation=name_of(organisation, language),
        mail_name=name or name_of(organisation, language),
        mail=mail,
        through=T("contact person of {organisation}", organisation=name_of(organisation, language)),
        why_language=why,
        post=post_lines(None, organisation, language, home, name or name_of(organisation, language)),
        called=name_of(organisation, language),
    )


def _party_contact(session: Session, people: Sequence[Recipient]) -> Person | None:
    """The contact person of the group by which these people were registered, when they have an e-mail."""
    keys = [one.registration_id for one in people if one.registration_id]
    query = (
        select(Person)
        .join(Party, Party.contact_id == Person.id)
        .join(Registration, Registration.party_id == Party.id)
        .where(Registration.id.in_(keys))
        .order_by(Party.id)
    )
    return next((person for person in session.scalars(query) if addresses_of(person.email)), None)


def _people_called(session: Session, known: Sequence[Organisation]) -> dict[str, Person]:
    """By organisation the one of its people who bears the name of its contact person."""
    wanted = {one.id: fold(one.contact_person) for one in known if one.contact_person}
    keys, found = list(wanted), dict[str, list[Person]]()
    for start in range(0, len(keys), _CHUNK):
        query = select(Person).where(Person.organisation_id.in_(keys[start : start + _CHUNK]))
        for person in session.scalars(query):
            key = person.organisation_id or ""
            if fold(full_name(person)) == wanted[key]:
                found.setdefault(key, []).append(person)
    return {key: some[0] for key, some in found.items() if len(some) == 1}
