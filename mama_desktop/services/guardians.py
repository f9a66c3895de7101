"""Guardians of a minor: people with a relation, added by name or found among those who are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import RELATIONS, Consent, Guardian
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T, clean
from mama_desktop.services import people


@dataclass(frozen=True)
class GuardianRow:
    """A guardian of somebody. key: of the relation; person_id: of the guardian."""

    key: str
    person_id: str
    name: str
    relation: str
    is_legal: bool
    email: str
    phone: str


def guardians_of(session: Session, person_ids: Iterable[str]) -> dict[str, list[GuardianRow]]:
    """The guardians of each of these people, those who may sign first."""
    found: dict[str, list[GuardianRow]] = {}
    wanted = list(person_ids)
    for start in range(0, len(wanted), 500):
        query = (
            select(Guardian, Person)
            .join(Person, Person.id == Guardian.guardian_id)
            .where(Guardian.person_id.in_(wanted[start : start + 500]))
            .order_by(Guardian.is_legal.desc(), Guardian.id)
        )
        for relation, person in session.execute(query):
            row = GuardianRow(
                relation.id, person.id, f"{person.given_name} {person.family_name}".strip(), relation.relation,
                relation.is_legal, person.email, person.phone or person.other_phone,
            )  # fmt: skip
            found.setdefault(relation.person_id, []).append(row)
    return found


def children_of(session: Session, person_id: str) -> list[tuple[str, str]]:
    """(key, name) of those this person answers for."""
    query = select(Person).join(Guardian, Guardian.person_id == Person.id).where(Guardian.guardian_id == person_id)
    return [(p.id, f"{p.given_name} {p.family_name}".strip()) for p in session.scalars(query)]


def add_guardian(
    session: Session,
    person_id: str,
    *,
    guardian_id: str = "",
    name: str = "",
    phone: str = "",
    email: str = "",
    relation: str = "parent",
    is_legal: bool = True,
) -> str:
    """Make a known person (`guardian_id`) or a new one ("Marija Novak") the guardian of somebody; returns the key."""
    if relation not in RELATIONS:
        raise OfficeError(T("“{value}” is not one of the choices.", value=relation))
    if not guardian_id:
        given, _, family = clean(name).rpartition(" ")
        if not given:
            raise OfficeError(
                T("Please write the given name and the family name of the guardian."), safe=T("Nothing was changed.")
            )
        guardian_id = people.add_person(session, family_name=family, given_name=given, email=email)
        session.get_one(Person, guardian_id).phone = clean(phone)
    if guardian_id == person_id:
        raise OfficeError(T("Nobody is the guardian of themselves."), safe=T("Nothing was changed."))
    known = session.scalar(select(Guardian).where(Guardian.person_id == person_id, Guardian.guardian_id == guardian_id))
    if known is None:
        known = Guardian(person_id=person_id, guardian_id=guardian_id)
        session.add(known)
    known.relation, known.is_legal = relation, is_legal
    session.flush()
    return known.id


def change_guardian(session: Session, key: str, *, relation: str | None = None, is_legal: bool | None = None) -> None:
    guardian = session.get_one(Guardian, key)
    guardian.relation = guardian.relation if relation is None else relation
    guardian.is_legal = guardian.is_legal if is_legal is None else is_legal
    session.flush()


def remove_guardians(session: Session, keys: Sequence[str]) -> int:
    """The relation goes; the people stay, and so do the consents they signed."""
    for guardian in session.scalars(select(Guardian).where(Guardian.id.in_(keys))):
        session.delete(guardian)
    session.flush()
    return len(keys)


def signed_by(session: Session, consent: Consent) -> str:
    """Who signed a consent, as is known best."""
    if consent.given_by_id:
        person = session.get_one(Person, consent.given_by_id)
        return f"{person.given_name} {person.family_name}".strip()
    return consent.given_by_name
