"""Places of options (workshops, room types) among what registrations hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption, EventOption, counted
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, in_both
from mama_desktop.services import counting
from mama_desktop.services.holdings import Released, names_of


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
