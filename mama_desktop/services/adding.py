"""Adding people to an event in one gesture: whom there is to choose from, what would come of it, and the doing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.capacity import Exceeded, Taker, counted, exceeded
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person, name_key
from mama_desktop.domain.registrations import TAKES_PLACE, Registration, is_late
from mama_desktop.domain.text import clean, sort_key
from mama_desktop.services import counting, groups, people, registering, waiting_list
from mama_desktop.services.registering import RegisteredPeople

# What is taken over from an earlier event.
WHICH = ("accepted", "present", "all")
_STATUSES = {"accepted": tuple(TAKES_PLACE), "all": ()}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be added. status: of their registration here already, or ""; email, organisation: may be ""."""

    person_id: str
    name: str
    organisation: str = ""
    email: str = ""
    status: str = ""


@dataclass(frozen=True)
class Wish:
    """Who is to be added and how. new_names: "Ana Novak", one each, for people nobody knows yet.

    way: people, organisation, event or group; source_id: the key of that organisation, event or group. together: they
    come as a party of which a place more or less is nothing; contact_id, contact_email: who gets its mail.
    """

    way: str = "people"
    person_ids: tuple[str, ...] = ()
    new_names: tuple[str, ...] = ()
    source_id: str = ""
    status: str = "applied"
    together: bool = False
    contact_id: str | None = None
    contact_email: str = ""


@dataclass(frozen=True)
class Preview:
    """What would come of a wish. status: what they would get, "waiting" where somebody waits before them."""

    new: int
    already: int
    status: str
    accepted: int
    capacity: int | None
    is_late: bool
    over: tuple[Exceeded, ...] = field(default=())

    @property
    def would_be(self) -> int:
        return self.accepted + self.new


def candidates(session: Session, event_id: str, person_ids: Sequence[str], *, language: str = "sl") -> list[Candidate]:
    """These people in the order of names, with what they are at this event already."""
    found: list[Candidate] = []
    order: dict[str, tuple[Any, Any]] = {}
    for some in counting.chunks(person_ids):
        query = (
            select(Person, Organisation.name_sl, Organisation.name_en, Registration.status)
            .outerjoin(Organisation, Organisation.id == Person.organisation_id)
            .outerjoin(Registration, (Registration.person_id == Person.id) & (Registration.event_id == event_id))
            .where(Person.id.in_(some))
        )
        for person, sl, en, status in session.execute(query):
            name = f"{person.family_name} {person.given_name}".strip()
            organisation = (en if language == "en" and en else sl) or ""
            found.append(Candidate(person.id, name, organisation, person.email, status or ""))
            order[person.id] = (sort_key(person.family_name), sort_key(person.given_name))
    return sorted(found, key=lambda one: order[one.person_id])


def people_of(session: Session, organisation_id: str) -> list[str]:
    """The keys of the people of an organisation."""
    return list(session.scalars(select(Person.id).where(Person.organisation_id == organisation_id)))


def participants(session: Session, earlier_id: str, which: str = "accepted") -> list[str]:
    """The keys of the people of an earlier event: accepted, present at least once, or all who registered."""
    query = select(Registration.person_id).where(Registration.event_id == earlier_id)
    if which == "present":
        marks = (
            select(Attendance.registration_id)
            .join(EventSession, EventSession.id == Attendance.session_id)
            .where(
                EventSession.event_id == earlier_id,
                EventSession.confirmed_at.is_not(None),
                Attendance.mark == "present",
            )
        )
        return list(session.scalars(query.where(Registration.id.in_(marks))))
    if _STATUSES[which]:
        query = query.where(Registration.status.in_(_STATUSES[which]))
    return list(session.scalars(query))


def members_then(session: Session, event_id: str, group_id: str, *, today: dt.date) -> list[str]:
    """The members of a group on the first day of the event (today, while it has none)."""
    day = session.scalar(select(Event.starts_on).where(Event.id == event_id)) or today
    return groups.members(session, group_id, today=day)


def preview(session: Session, event_id: str, wish: Wish, *, now: dt.datetime) -> Preview:
    """What would come of the wish; nothing is written."""
    event = session.get_one(Event, event_id)
    known = set(session.scalars(select(Registration.person_id).where(Registration.event_id == event_id)))
    coming = [key for key in dict.fromkeys(wish.person_ids) if key not in known]
    names = _names(wish)
    status = waiting_list.newcomers(session, event_id, wish.status)
    over: tuple[Exceeded, ...] = ()
    if status in TAKES_PLACE:
        limits = counting.limits_of(session, event_id)
        taken = counted(counting.takers(session, event_id).values())
        more = counted(_takers(session, coming, wish, len(names)))
        over = counting.with_names(session, exceeded(limits, taken, more))
    return Preview(
        new=len(coming) + len(names),
        already=len(set(wish.person_ids) & known),
        status=status,
        accepted=counting.accepted(session, event_id),
        capacity=event.capacity,
        is_late=wish.status != "invited" and is_late(now, event.deadline),
        over=over,
    )


def add(
    session: Session, event_id: str, wish: Wish, *, now: dt.datetime, over_capacity: bool = False
) -> RegisteredPeople:
    """Register everybody of the wish in one write; OverCapacity where they do not fit and nobody said so."""
    organisation = wish.source_id if wish.way == "organisation" else None
    keys = [*wish.person_ids, *(_person_called(session, name, organisation) for name in _names(wish))]
    if wish.way == "organisation" and wish.together:
        return registering.register_organisation_group(
            session, event_id, wish.source_id, keys, now=now, contact_id=wish.contact_id,
            contact_email=wish.contact_email, status=wish.status, over_capacity=over_capacity,
        )  # fmt: skip
    if wish.way == "group":
        return registering.from_group(
            session, event_id, wish.source_id, now=now, person_ids=keys, status=wish.status,
            over_capacity=over_capacity,
        )  # fmt: skip
    if wish.way == "event":
        query = select(Registration.id).where(Registration.event_id == wish.source_id)
        theirs = [key for some in counting.chunks(keys)
                  for key in session.scalars(query.where(Registration.person_id.in_(some)))]  # fmt: skip
        return registering.from_earlier_event(
            session, event_id, wish.source_id, theirs, now=now, status=wish.status, over_capacity=over_capacity
        )
    return registering.register_people(
        session, event_id, keys, now=now, status=wish.status, organisation_id=organisation,
        source="organisation" if organisation else "by-hand", over_capacity=over_capacity,
    )  # fmt: skip


def _names(wish: Wish) -> list[str]:
    return list(dict.fromkeys(name for one in wish.new_names if (name := clean(one))))


def _person_called(session: Session, name: str, organisation_id: str | None) -> str:
    """Somebody of this name in the same organisation is that person; else a new one."""
    query = select(Person.id).where(Person.name_key == name_key(name, ""), Person.organisation_id == organisation_id)
    known = list(session.scalars(query))
    if organisation_id and len(known) == 1:
        return known[0]
    given_name, _, family_name = name.partition(" ")
    return people.add_person(session, given_name=given_name, family_name=family_name, organisation_id=organisation_id)


def _takers(session: Session, keys: Sequence[str], wish: Wish, unknown: int) -> list[Taker]:
    found: list[Taker] = []
    sender = session.get(Organisation, wish.source_id) if wish.way == "organisation" and wish.source_id else None
    for some in counting.chunks(keys):
        query = select(Person, Organisation).outerjoin(Organisation, Organisation.id == Person.organisation_id)
        for person, own in session.execute(query.where(Person.id.in_(some))):
            found.append(_taker(person.id, person, sender or own))
    return found + [_taker(f"new-{number}", None, sender) for number in range(unknown)]


def _taker(key: str, person: Person | None, organisation: Organisation | None) -> Taker:
    country = (organisation.country if organisation else "") or (person.country if person else "")
    region = (organisation.region if organisation else "") or (person.region if person else "")
    gender = person.gender if person else ""
    return Taker(key, organisation.id if organisation else "", country, region, gender, "participant")
