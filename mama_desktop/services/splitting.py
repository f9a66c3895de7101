"""Splitting by organisation: the people of each, and its contact person who is written to about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, fold, sort_key
from mama_desktop.services import office
from mama_desktop.services.recipients import Recipient, addresses_of, full_name, name_of, post_lines


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
    made = [_contact(session, key, people, language, home) for key, people in groups.items()]
    return sorted(made, key=lambda one: sort_key(one.organisation)) + alone


def _contact(session: Session, key: str, people: list[Recipient], wanted: str, home: str) -> Recipient:
    organisation = session.get_one(Organisation, key)
    party = _party_contact(session, people)
    person = party or _person_called(session, key, organisation.contact_person)
    if wanted:
        language, why = wanted, None
    elif person is not None and person.language in ("sl", "en"):
        language, why = person.language, None
    else:
        language = "en" if organisation.country and organisation.country != home else "sl"
        why = T("by the country of the organisation")
    name = full_name(person) if person else organisation.contact_person
    own = addresses_of(person.email) if person else ()
    mail = own or addresses_of(organisation.email)
    given, _, family = name.rpartition(" ")
    return Recipient(
        key=key,
        person_id=person.id if person else None,
        registration_id=None,
        organisation_id=key,
        given_name=person.given_name if person else given,
        family_name=person.family_name if person else family,
        gender=person.gender if person else "unknown",
        language=language,
        organisation=name_of(organisation, language),
        mail_name=name or name_of(organisation, language),
        mail=mail,
        through=T("contact person of {organisation}", organisation=name_of(organisation, language)),
        why_language=why,
        post=post_lines(None, organisation, language, home, name),
        people=tuple(one.key for one in people),
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


def _person_called(session: Session, organisation_id: str, name: str) -> Person | None:
    """The one of its people who bears the name of its contact person."""
    if not name:
        return None
    query = select(Person).where(Person.organisation_id == organisation_id)
    found = [person for person in session.scalars(query) if fold(full_name(person)) == fold(name)]
    return found[0] if len(found) == 1 else None
