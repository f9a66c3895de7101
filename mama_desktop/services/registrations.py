"""Registrations of an event: the table, deciding, adding, removing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.services import (
    chosen_options,
    deciding,
    deleting,
    editing,
    fields,
    organisations,
    parties,
    people,
    questions,
    registering,
    releasing,
)


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


def registrations(
    session: Session,
    event_id: str,
    *,
    keys: Iterable[str] | None = None,
    statuses: Iterable[str] | None = None,
    language: str = "sl",
    only: Container[str] | None = None,
) -> Listing:
    """The registrations of an event with the given fields (all, extra answers included, when none are given).

    only: of all fields those that are read now, answers always; the others have no value (None) in this listing.
    """
    query = fields.registrations_query(event_id)
    if statuses is not None:
        query = query.where(Registration.status.in_(list(statuses)))
    if keys is not None:
        chosen = chosen_fields(session, event_id, keys)
        return fields.listing(session, chosen, query, Registration.id, language=language)
    # The answers are read once, for their headings and for their values.
    of_event = chosen_options.options_field(session, event_id, with_places=only is None or "options" in only)
    everything = [*(fields.REGISTRATION_FIELDS | of_event).values(), fields.ANSWERS]
    wanted = None if only is None else {f.key for f in everything if f.key in only} | {fields.ANSWERS.key}
    found = fields.listing(session, everything, query, Registration.id, language=language, only=wanted)
    return fields.with_answers_apart(found, list(questions.answer_fields(session, event_id).values()))


def chosen_fields(session: Session, event_id: str, keys: Iterable[str]) -> list[fields.Field]:
    """The fields of these keys for the registrations of an event, its own questions among them."""
    asked = questions.answer_fields(session, event_id)
    wanted = questions.known_here(session, asked, keys)
    options = chosen_options.options_field(session, event_id, with_places=False) if "options" in wanted else {}
    return fields.chosen(fields.REGISTRATION_FIELDS | options | asked, wanted)


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


def set_status(
    session: Session, keys: Sequence[str], status: str, *, now: dt.datetime, over_capacity: bool = False
) -> int:
    """Give registrations a status (see `deciding.decide`, which tells more); returns how many changed."""
    return deciding.decide(session, keys, status, now=now, over_capacity=over_capacity).changed


def register(
    session: Session,
    event_id: str,
    person_id: str,
    *,
    now: dt.datetime,
    status: str = "applied",
    role: str = "participant",
    source: str = "by-hand",
    over_capacity: bool = False,
    waits_behind: bool = True,
) -> str:
    """Register a person; returns the key. Who is registered already is refused by name.

    See `registering.register_people`, which tells more and takes many.
    """
    done = registering.register_people(
        session, event_id, [person_id], now=now, status=status, role=role, source=source, over_capacity=over_capacity,
        waits_behind=waits_behind,
    )  # fmt: skip
    if not done.keys:
        raise registering.already_registered(", ".join(done.already))
    return done.keys[0]


def register_new(
    session: Session,
    event_id: str,
    *,
    family_name: str,
    given_name: str,
    organisation: str = "",
    organisation_id: str | None = None,
    email: str = "",
    status: str = "applied",
    now: dt.datetime,
    over_capacity: bool = False,
) -> str:
    """Add a person nobody knows yet and register them; returns the registration's key.

    organisation_id: one that is known, else the one called `organisation`. Raises OfficeError for what is no e-mail
    address, OverCapacity as `register`. Whether somebody of this name is known says `people.named`.
    """
    organisation_id = organisation_id or organisations.organisation_called(session, organisation)
    person = people.add_person(session, family_name=family_name, given_name=given_name, organisation_id=organisation_id)
    if email.strip():
        editing.change(session, "person", [person], "email", email, now=now)
    return register(session, event_id, person, now=now, status=status, over_capacity=over_capacity)


def person_of(session: Session, key: str) -> str | None:
    """The key of the person of a registration; None when it was deleted meanwhile."""
    return session.scalar(select(Registration.person_id).where(Registration.id == key))


def touched_by_removing(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what goes with these registrations: what they hold, their files and attendance, their groups."""
    found = [one.words for one in releasing.held(session, keys)]
    found += deleting.what_hangs_on(session, Registration.__tablename__, keys).words(Registration.__tablename__)
    return found + [T("Group or family: {name}", name=name) for name in parties.names_of(session, keys)]


def remove(session: Session, keys: Sequence[str]) -> int:
    """Delete registrations with their attendance; the people stay."""
    return people.delete_registrations(session, keys)
