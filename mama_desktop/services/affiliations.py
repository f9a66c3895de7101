"""Where a person belonged and how they were reached over time: what is changed on the person stays with its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.rows import Listing
from mama_desktop.services import fields

# A change of one of these is worth remembering what stood there before.
KEPT = ("organisation_id", "function", "email", "phone")


def before_change(session: Session, person: Person, attribute: str, value: Any, *, today: dt.date) -> None:
    """Called before a person's attribute gets another value: keeps what stood there until today.

    Several corrections of one day are one line; what was empty leaves nothing.
    """
    before = getattr(person, attribute) if attribute in KEPT else None
    if not before or before == value:
        return
    latest = session.scalar(
        select(Affiliation)
        .where(Affiliation.person_id == person.id, Affiliation.until == today)
        .order_by(Affiliation.id.desc())
        .limit(1)
    )
    if latest is not None:
        return
    since = session.scalar(
        select(Affiliation.until)
        .where(Affiliation.person_id == person.id, Affiliation.until.is_not(None))
        .order_by(Affiliation.until.desc())
        .limit(1)
    )
    session.add(
        Affiliation(
            person_id=person.id, organisation_id=person.organisation_id, function=person.function, email=person.email,
            phone=person.phone, since=since, until=today,
        )
    )  # fmt: skip
    session.flush()


def affiliations(session: Session, person_id: str, *, language: str = "sl") -> Listing:
    """The former ones of a person, the latest first; the present one stands on the person."""
    query = (
        select(Affiliation.id)
        .select_from(Affiliation)
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id)
        .order_by(Affiliation.until.desc(), Affiliation.id.desc())
    )
    registry = list(fields.AFFILIATION_FIELDS.values())
    return fields.listing(session, registry, query, Affiliation.id, language=language)


def add_affiliation(session: Session, person_id: str) -> str:
    """An empty line to be filled in by hand."""
    added = Affiliation(person_id=person_id)
    session.add(added)
    session.flush()
    return added.id


def delete_affiliations(session: Session, keys: Sequence[str]) -> int:
    for found in session.scalars(select(Affiliation).where(Affiliation.id.in_(keys))):
        session.delete(found)
    session.flush()
    return len(keys)
