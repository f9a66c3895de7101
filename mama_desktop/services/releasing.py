"""What a person holds at an event besides the place itself, and how it is let go: the joint for seats, beds, meals.

Whatever gives something to a registration (a place in a workshop, a seat in a bus, a bed) is one of HOLDINGS. It is let
go in the same change that cancels or declines the registration or takes days off the stay; an undo of that change gives
back only what is still free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption, EventOption, counted
from mama_desktop.domain.events import Event, days_of
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration, is_there
from mama_desktop.domain.text import T, Text, in_both
from mama_desktop.services import counting


@dataclass(frozen=True)
class Released:
    """Something let go. what: its name ("Delavnica A", said in the reader's language); days: which days of it, empty
    for all of it.

    to_tell: who has to be told besides the person (the driver, the hotel).
    """

    noun: Text
    what: Text
    registration_id: str
    person: str
    days: tuple[dt.date, ...] = ()
    to_tell: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        return T("{person}: {noun} “{what}”", person=self.person, noun=self.noun, what=self.what)


class Holding(Protocol):
    """One kind of thing that registrations hold, kept as rows of one table."""

    noun: Text
    table: str

    def held(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        """What these hold (on these days), as it would be let go."""

    def release(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        """Let it go and say what it was."""

    def still_free(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        """Of rows that an undo would put back into `table`, the keys of those whose place nobody has taken since."""

    def words_of(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Released]:
        """The same rows as something a person has lost for good."""


class OptionPlaces:
    """Places of options; they belong to no day. A choice of somebody who has no place yet is a wish."""

    noun = T("place of an option")
    table = ChosenOption.__tablename__

    def held(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        if days is not None:
            return []
        return self._said(session, ChosenOption.registration_id, registration_ids)

    def release(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        released = self.held(session, registration_ids, days=days)
        if released:
            for some in counting.chunks({r.registration_id for r in released}):
                session.execute(delete(ChosenOption).where(ChosenOption.registration_id.in_(some)))
        return released

    def still_free(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        options = {row["option_id"] for row in rows}
        places = {
            key: most
            for key, most in session.execute(
                select(EventOption.id, EventOption.places).where(EventOption.id.in_(options))
            )
        }
        ids = {row["registration_id"] for row in rows}
        status = {
            key: now
            for key, now in session.execute(
                select(Registration.id, Registration.status).where(Registration.id.in_(ids))
            )
        }
        events = set(session.scalars(select(EventOption.event_id).where(EventOption.id.in_(options))))
        counting.lock_events(session, events)
        taken = counted(t for event in events for t in counting.takers(session, event).values())
        free: set[str] = set()
        for row in rows:
            option, most = row["option_id"], places.get(row["option_id"])
            if option not in places or row["registration_id"] not in status:
                # Its option or registration is put back by nobody: the store itself refuses that.
                free.add(row["id"])
                continue
            takes = status[row["registration_id"]] in TAKES_PLACE
            if not takes or most is None or taken["option", option] < most:
                free.add(row["id"])
                taken["option", option] += takes
        return free

    def words_of(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Released]:
        options = {row["option_id"] for row in rows}
        names = {
            key: in_both(name_sl, name_en)
            for key, name_sl, name_en in session.execute(
                select(EventOption.id, EventOption.name_sl, EventOption.name_en).where(EventOption.id.in_(options))
            )
        }
        people = names_of(session, {row["registration_id"] for row in rows})
        return [
            Released(self.noun, names.get(row["option_id"], in_both("")), row["registration_id"],
                     people.get(row["registration_id"], ""))
            for row in rows
        ]  # fmt: skip

    def _said(self, session: Session, column: Any, keys: Collection[str]) -> list[Released]:
        found: list[Released] = []
        for some in counting.chunks(keys):
            query = (
                select(EventOption.name_sl, EventOption.name_en, Registration.id, Person.given_name, Person.family_name)
                .select_from(ChosenOption)
                .join(EventOption, EventOption.id == ChosenOption.option_id)
                .join(Registration, Registration.id == ChosenOption.registration_id)
                .join(Person, Person.id == Registration.person_id)
                .where(column.in_(some))
                .order_by(Person.family_name, Person.given_name, EventOption.position)
            )
            found += [
                Released(self.noun, in_both(option_sl, option_en), key, f"{given} {family}".strip())
                for option_sl, option_en, key, given, family in session.execute(query)
            ]
        return found


HOLDINGS: list[Holding] = [OptionPlaces()]


def held(
    session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
) -> list[Released]:
    """What these registrations hold, on these days or altogether: what `release` would let go."""
    session.flush()
    return [r for holding in HOLDINGS for r in holding.held(session, registration_ids, days=days)]


def release(
    session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
) -> list[Released]:
    """Let go of all that these registrations hold, or of what they hold on these days; says what it was."""
    session.flush()
    return [r for holding in HOLDINGS for r in holding.release(session, registration_ids, days=days)]


def release_days(
    session: Session, registration: Registration, arrival: dt.date | None, departure: dt.date | None
) -> list[Released]:
    """Let go of what somebody holds on days of the event on which they no longer are there.

    arrival, departure: as they were; the registration has the new ones already.
    """
    event = session.get_one(Event, registration.event_id)
    known = [d for d in (event.starts_on, arrival) if d]
    if not known:
        return []
    last = max(d for d in (event.ends_on, departure, *known) if d)
    days = [
        day
        for day in days_of(min(known), last)
        if is_there(day, arrival, departure) and not is_there(day, registration.arrival, registration.departure)
    ]
    return release(session, [registration.id], days=days) if days else []


def still_free(session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Of rows of a holding's table that an undo would put back, the keys of those that are still free."""
    holding = next((h for h in HOLDINGS if h.table == table), None)
    return {row["id"] for row in rows} if holding is None else holding.still_free(session, rows)


def names_of(session: Session, registration_ids: Collection[str]) -> dict[str, str]:
    """Registration → "Ana Novak"."""
    found: dict[str, str] = {}
    for some in counting.chunks(registration_ids):
        query = select(Registration.id, Person.given_name, Person.family_name).join(
            Person, Person.id == Registration.person_id
        )
        rows = session.execute(query.where(Registration.id.in_(some)))
        found |= {key: f"{given} {family}".strip() for key, given, family in rows}
    return found
