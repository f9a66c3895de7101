"""Registrations of an event: the table, deciding, adding, removing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STATUSES, TAKES_PLACE, Registration, may_follow
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, verbatim
from mama_desktop.services import fields, organisations, people, questions


@dataclass(frozen=True)
class Counts:
    """Live counts of one event. `registered`: all but the merely invited; `by_status`: every status that occurs."""

    by_status: dict[str, int]
    capacity: int | None

    def of(self, *statuses: str) -> int:
        return sum(self.by_status.get(s, 0) for s in statuses)

    @property
    def registered(self) -> int:
        return sum(self.by_status.values()) - self.of("invited")

    @property
    def accepted(self) -> int:
        return self.of(*TAKES_PLACE)


def registrations_query(event_id: str) -> Select[str]:
    """One row per registration of the event, with everything its fields may ask for joined in."""
    return (
        select(Registration.id)
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id)
    )


def registrations(
    session: Session,
    event_id: str,
    *,
    keys: Iterable[str] | None = None,
    statuses: Iterable[str] | None = None,
    language: str = "sl",
) -> Listing:
    """The registrations of an event with the given fields (all, extra answers included, when none are given)."""
    query = registrations_query(event_id)
    if statuses is not None:
        query = query.where(Registration.status.in_(list(statuses)))
    if keys is not None:
        chosen = chosen_fields(session, event_id, keys)
        return fields.listing(session, chosen, query, Registration.id, language=language)
    # The answers are read once, for their headings and for their values.
    everything = [*fields.REGISTRATION_FIELDS.values(), fields.ANSWERS]
    found = fields.listing(session, everything, query, Registration.id, language=language)
    return fields.with_answers_apart(found, list(questions.answer_fields(session, event_id).values()))


def chosen_fields(session: Session, event_id: str, keys: Iterable[str]) -> list[fields.Field]:
    """The fields of these keys for the registrations of an event, its own questions among them."""
    asked = questions.answer_fields(session, event_id)
    return fields.chosen(fields.REGISTRATION_FIELDS | asked, questions.known_here(session, asked, keys))


def answer_headings(session: Session, event_id: str) -> list[str]:
    """Headings of the extra answers of an event, in the order in which they first came; without its own questions."""
    found: dict[str, None] = {}
    query = select(Registration.answers).where(Registration.event_id == event_id, Registration.answers != {})
    for answers in session.scalars(query):
        found.update(dict.fromkeys(answers))
    return [heading for heading in found if not fields.is_key(heading)]


def answer_infos(session: Session, event_id: str) -> list[FieldInfo]:
    """What the answers of an event are called and hold: its own questions in their order, then every other heading."""
    asked = list(questions.answer_fields(session, event_id).values())
    return [f.info for f in [*asked, *map(fields.heading_field, answer_headings(session, event_id))]]


def counts(session: Session, event_id: str) -> Counts:
    query = select(Registration.status, func.count()).where(Registration.event_id == event_id)
    by_status = {status: number for status, number in session.execute(query.group_by(Registration.status))}
    return Counts(by_status, session.scalar(select(Event.capacity).where(Event.id == event_id)))


def set_status(session: Session, keys: Sequence[str], status: str, *, now: dt.datetime) -> int:
    """Give registrations a status; refused as a whole when a step may not follow. Returns how many changed."""
    changed, refused = 0, []
    for registration in _by_keys(session, keys):
        if not may_follow(registration.status, status):
            refused.append(registration)
        elif registration.status != status:
            registration.status, registration.status_since = status, now
            changed += 1
    if refused:
        names = [_name(session, r) for r in refused[:20]]
        raise OfficeError(
            T(
                "This step cannot follow: {before} → {after}.",
                before=STATUSES[refused[0].status],
                after=STATUSES[status],
            ),
            safe=T("Nothing was changed."),
            todo=T("Choose only registrations for which this step makes sense."),
            details=[verbatim(n) for n in names],
        )
    session.flush()
    return changed


def register(
    session: Session,
    event_id: str,
    person_id: str,
    *,
    now: dt.datetime,
    status: str = "applied",
    role: str = "participant",
    source: str = "by-hand",
) -> str:
    """Register a person; returns the key. Who is registered already is refused by name."""
    known = session.scalar(
        select(Registration).where(Registration.event_id == event_id, Registration.person_id == person_id)
    )
    if known is not None:
        raise OfficeError(
            T("{name} is already registered for this event.", name=_name(session, known)),
            safe=T("Nothing was changed."),
            todo=T("Find the registration in the table and change it there."),
        )
    person = session.get_one(Person, person_id)
    added = Registration(
        event_id=event_id,
        person_id=person_id,
        organisation_id=person.organisation_id,
        status=status,
        status_since=now,
        role=role,
        source=source,
        applied_at=now,
    )
    session.add(added)
    session.flush()
    return added.id


def register_new(
    session: Session, event_id: str, *, family_name: str, given_name: str, organisation: str = "", now: dt.datetime
) -> str:
    """Add a person nobody knows yet and register them; returns the registration's key."""
    organisation_id = organisations.organisation_called(session, organisation)
    person = people.add_person(session, family_name=family_name, given_name=given_name, organisation_id=organisation_id)
    return register(session, event_id, person, now=now)


def person_of(session: Session, key: str) -> str | None:
    """The key of the person of a registration; None when it was deleted meanwhile."""
    return session.scalar(select(Registration.person_id).where(Registration.id == key))


def remove(session: Session, keys: Sequence[str]) -> int:
    """Delete registrations with their attendance; the people stay."""
    return people.delete_registrations(session, keys)


def _by_keys(session: Session, keys: Sequence[str]) -> list[Registration]:
    found: list[Registration] = []
    for start in range(0, len(keys), 500):
        found += session.scalars(select(Registration).where(Registration.id.in_(keys[start : start + 500])))
    return found


def _name(session: Session, registration: Registration) -> str:
    person = session.get_one(Person, registration.person_id)
    return f"{person.given_name} {person.family_name}".strip()
