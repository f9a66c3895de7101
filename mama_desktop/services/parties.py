"""Parties: who comes together, who registered them, and who gets their mail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, clean
from mama_desktop.services import counting
from mama_desktop.services.holdings import Released

_Contact = aliased(Person)


@dataclass(frozen=True)
class PartyRow:
    """A party as a screen shows it. contact_email: the one given for the party, else the contact person's own.

    given_email: only the one given for the party.
    """

    id: str
    name: str
    organisation: str
    contact_id: str | None
    contact: str
    contact_email: str
    people: int
    remarks: str = ""
    given_email: str = ""


def parties(session: Session, event_id: str, *, language: str = "sl") -> list[PartyRow]:
    """The parties of an event by name, each with its contact person and how many belong to it."""
    number = select(func.count()).where(Registration.party_id == Party.id).correlate(Party).scalar_subquery()
    query = (
        select(Party, Organisation.name_sl, Organisation.name_en, _Contact, number)
        .outerjoin(Organisation, Organisation.id == Party.organisation_id)
        .outerjoin(_Contact, _Contact.id == Party.contact_id)
        .where(Party.event_id == event_id)
        .order_by(Party.name, Party.id)
    )
    return [
        PartyRow(
            party.id, party.name, (en if language == "en" and en else sl) or "", party.contact_id, _full_name(contact),
            party.contact_email or (contact.email if contact else ""), people, party.remarks,
            party.contact_email,
        )
        for party, sl, en, contact, people in session.execute(query)
    ]  # fmt: skip


def party_of(session: Session, keys: Sequence[str], *, language: str = "sl") -> PartyRow | None:
    """The one party to which some of these registrations belong; None for none, or for several."""
    chosen = counting.registrations_by_key(session, keys)
    found = {r.party_id for r in chosen} - {None}
    if len(found) != 1:
        return None
    return next((p for p in parties(session, chosen[0].event_id, language=language) if p.id in found), None)


def gather(
    session: Session,
    event_id: str,
    keys: Sequence[str],
    *,
    party_id: str | None = None,
    name: str = "",
    contact_id: str | None = None,
    contact_email: str = "",
) -> str:
    """Make these registrations come together, as a new party or (`party_id`) as this one with what is said of it."""
    if party_id is None:
        party_id = make_party(session, event_id, name=name, contact_id=contact_id, contact_email=contact_email)
    else:
        contact = session.get(Person, contact_id) if contact_id else None
        called = clean(name)[:200] or _full_name(contact) or session.get_one(Party, party_id).name
        change_party(session, party_id, name=called, contact_id=contact_id, contact_email=contact_email)
    put_together(session, keys, party_id)
    return party_id


def make_party(
    session: Session,
    event_id: str,
    *,
    name: str = "",
    contact_id: str | None = None,
    contact_email: str = "",
    organisation_id: str | None = None,
) -> str:
    """Add a party; without a name it is called after its organisation or its contact person. Returns the key."""
    organisation = session.get(Organisation, organisation_id) if organisation_id else None
    contact = session.get(Person, contact_id) if contact_id else None
    words = clean(name) or (organisation.name_sl if organisation else "") or _full_name(contact)
    if not words:
        raise OfficeError(T("Please write what this group is called, or choose its contact person."))
    party = Party(
        event_id=event_id, name=words[:200], contact_id=contact_id, contact_email=clean(contact_email),
        organisation_id=organisation_id,
    )  # fmt: skip
    session.add(party)
    session.flush()
    return party.id


def change_party(session: Session, party_id: str, **values: Any) -> None:
    """Give a party another name, contact_id, contact_email, organisation_id or remarks."""
    party = session.get_one(Party, party_id)
    unknown = values.keys() - {"name", "contact_id", "contact_email", "organisation_id", "remarks"}
    if unknown:
        raise ValueError(unknown)
    for key, value in values.items():
        setattr(party, key, clean(value) if isinstance(value, str) and key != "remarks" else value)
    session.flush()


def put_together(session: Session, keys: Sequence[str], party_id: str | None) -> int:
    """Make these registrations belong to a party of their event, or (None) to none; a party left by all goes."""
    chosen = counting.registrations_by_key(session, keys)
    party = session.get_one(Party, party_id) if party_id else None
    if party is not None and any(r.event_id != party.event_id for r in chosen):
        raise ValueError("a party of another event")
    for registration in chosen:
        registration.party_id = party_id
    session.flush()
    drop_empty(session, {r.event_id for r in chosen})
    return len(chosen)


def drop_empty(session: Session, event_ids: Iterable[str]) -> None:
    """Delete the parties of these events to which nobody belongs any more."""
    of_events = select(Registration.party_id).where(Registration.party_id.is_not(None))
    session.execute(
        delete(Party).where(Party.event_id.in_(list(event_ids)), Party.id.not_in(of_events)),
        execution_options={"synchronize_session": False},
    )


def forget(session: Session, column: InstrumentedAttribute[str | None], keys: Sequence[str]) -> None:
    """Parties whose contact person or organisation is deleted keep their name and their people."""
    session.execute(
        update(Party).where(column.in_(keys)).values({column: None}),
        execution_options={"synchronize_session": "fetch"},
    )


def members(session: Session, party_id: str, *, statuses: Collection[str] = ()) -> list[str]:
    """The registrations of a party, of these statuses only when any are given."""
    query = select(Registration.id).where(Registration.party_id == party_id)
    query = query.where(Registration.status.in_(list(statuses))) if statuses else query
    return list(session.scalars(query.order_by(Registration.waiting_position, Registration.id)))


def left_waiting(session: Session, keys: Collection[str]) -> list[str]:
    """Who would go on waiting alone if the waiting ones of `keys` came: the others of their parties, in the order."""
    chosen = set(keys)
    together: set[str] = set()
    for some in counting.chunks(chosen):
        query = select(Registration.party_id).where(Registration.id.in_(some), Registration.status == "waiting")
        together.update(filter(None, session.scalars(query)))
    found = [key for party in sorted(together) for key in members(session, party, statuses=("waiting",))]
    return [key for key in found if key not in chosen]


def names_of(session: Session, keys: Collection[str]) -> list[str]:
    """What the parties of these registrations are called."""
    found: set[str] = set()
    for some in counting.chunks(keys):
        query = select(Party.name).join(Registration, Registration.party_id == Party.id)
        found.update(session.scalars(query.where(Registration.id.in_(some))))
    return sorted(found)


def to_tell(session: Session, registration_ids: Collection[str], released: Sequence[Released] = ()) -> tuple[str, ...]:
    """Who has to be told: the contact person of whoever came with a party, else the person; and whom a thing let go of
    concerns. Names, each once."""
    found: dict[str, None] = {}
    for some in counting.chunks(registration_ids):
        query = (
            select(Person.given_name, Person.family_name, _Contact.given_name, _Contact.family_name)
            .select_from(Registration)
            .join(Person, Person.id == Registration.person_id)
            .outerjoin(Party, Party.id == Registration.party_id)
            .outerjoin(_Contact, _Contact.id == Party.contact_id)
            .where(Registration.id.in_(some))
            .order_by(Person.family_name, Person.given_name)
        )
        for given, family, contact_given, contact_family in session.execute(query):
            by_contact = f"{contact_given or ''} {contact_family or ''}".strip()
            found[by_contact or f"{given} {family}".strip()] = None
    found.update((name, None) for thing in released for name in thing.to_tell)
    return tuple(found)


def event_of(session: Session, party_id: str) -> Event:
    return session.get_one(Event, session.get_one(Party, party_id).event_id)


def _full_name(person: Person | None) -> str:
    return f"{person.given_name} {person.family_name}".strip() if person else ""
