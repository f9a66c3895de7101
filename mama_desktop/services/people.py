"""People: the list, one person, and what a deletion would touch."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person, name_key
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.services import deleting, fields, parties, releasing, sources


def people(session: Session, *, language: str = "sl", keys: Sequence[str] | None = None) -> Listing:
    """All people, or those of the given keys."""
    query = select(Person.id).select_from(Person).outerjoin(Organisation, Organisation.id == Person.organisation_id)
    if keys is not None:
        query = query.where(Person.id.in_(keys))
    return fields.listing(session, list(fields.PERSON_FIELDS.values()), query, Person.id, language=language)


def add_person(
    session: Session, *, family_name: str, given_name: str, email: str = "", organisation_id: str | None = None
) -> str:
    """Add a person; returns the key. A name is all that is needed."""
    family_name, given_name = clean(family_name), clean(given_name)
    if not (family_name or given_name):
        raise OfficeError(T("Please write the person's name."))
    added = Person(family_name=family_name, given_name=given_name, email=clean(email), organisation_id=organisation_id)
    session.add(added)
    session.flush()
    return added.id


def named(session: Session, full_name: str) -> list[tuple[str, str]]:
    """(key, "Family Given · organisation") of the people of this name, in any order, accent-blind."""
    query = (
        select(Person.id, Person.family_name, Person.given_name, Organisation.name_sl)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.name_key == name_key(full_name, ""))
    )
    return [
        (key, " · ".join(part for part in (f"{family} {given}".strip(), organisation) if part))
        for key, family, given, organisation in session.execute(query)
    ]


def touched_by_deleting(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what goes with these people, and what stays without them."""
    return deleting.what_hangs_on(session, Person.__tablename__, keys).words(Person.__tablename__)


def delete_people(session: Session, keys: Sequence[str]) -> int:
    """Delete people with all that is theirs; printed sheets keep the names that stand on them."""
    theirs = list(session.scalars(select(Registration.id).where(Registration.person_id.in_(keys))))
    sources.forget_registrations(session, theirs, people_too=True)
    delete_registrations(session, theirs)
    deleting.delete_with_all(session, Person.__tablename__, keys)
    return len(keys)


def delete_registrations(session: Session, keys: Sequence[str]) -> int:
    """Delete registrations with their attendance and files; printed sheets keep the names that stand on them."""
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        events = set(session.scalars(select(Registration.event_id).where(Registration.id.in_(some))))
        releasing.release(session, some)
        sources.forget_registrations(session, some)
        deleting.delete_with_all(session, Registration.__tablename__, some)
        parties.drop_empty(session, events)
    return len(keys)
