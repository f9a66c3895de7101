"""The one write that takes an old list in: new records, ticked changes, and who or what had to be added with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event, event_code
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T, Text, fold
from mama_desktop.services import beginning, editing, office, organisations, projects, sessions
from mama_desktop.services.beginning import CHANGED, NEW_ONE, ListPreview, Row
from mama_desktop.services.beginning_lookup import Named
from mama_desktop.services.beginning_matching import region
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.services.when import When


@dataclass(frozen=True)
class ListTaken:
    """noun: what they are. notes: what could not be taken, by name."""

    noun: str
    new: int
    changed: int
    notes: tuple[Text, ...] = ()


def take_in_list(session: Session, preview: ListPreview, *, now: dt.datetime) -> ListTaken:
    """Store what the preview shows, as decided. Raises OfficeError when the workspace has changed since."""
    fresh = beginning.previewed(session, preview.draft, preview.decisions)
    if [(row.line, row.group, row.key) for row in fresh.rows] != [
        (row.line, row.group, row.key) for row in preview.rows
    ]:
        raise OfficeError(
            T("Something was changed meanwhile."), safe=T("Nothing was taken in."), todo=T("Look at the preview again.")
        )
    beginning.refuse_nothing(fresh)
    beginning.remember(session, preview.draft, now)
    noun = preview.draft.noun
    work = _Work(session, now)
    for row in fresh.group(NEW_ONE):
        {ORGANISATION: work.organisation, PERSON: work.person, EVENT: work.event}[noun](row)
    session.flush()
    changed = 0
    for row in fresh.group(CHANGED):
        taken = [change for change in row.changes if fresh.decisions.takes(row, change)]
        done = [work.change(noun, row, change.field, change.after) for change in taken]
        changed += any(done)
    session.flush()
    return ListTaken(noun, len(fresh.group(NEW_ONE)), changed, tuple(work.notes))


class _Work:
    def __init__(self, session: Session, now: dt.datetime) -> None:
        self._session, self._now = session, now
        self._codes: set[str] | None = None
        self._staff: dict[str, str] = {}
        self._organisations: dict[str, str | None] = {}
        self._projects: dict[str, str] = {}
        self.notes: list[Text] = []

    def organisation(self, row: Row) -> None:
        values = self._values(Organisation, row)
        values.setdefault("country", "SI" if values.get("postal_code") or values.get("town") else "")
        liaison = row.values.get("liaison")
        added = Organisation(**values, region=region(values))
        added.liaison_id = self._member(liaison) if isinstance(liaison, Named) else None
        self._session.add(added)

    def person(self, row: Row) -> None:
        values = self._values(Person, row)
        organisation = row.values.get("organisation")
        added = Person(**values, region=region(values))
        added.organisation_id = self._organisation(organisation) if isinstance(organisation, Named) else None
        self._session.add(added)

    def event(self, row: Row) -> None:
        if self._codes is None:
            self._codes = set(self._session.scalars(select(Event.code)))
        when: When | None = row.values.get("when")
        values = self._values(Event, row)
        code = event_code(values["title_sl"], when.starts_on if when else None, self._codes)
        self._codes.add(code)
        added = Event(**values, code=code)
        if when is not None:
            added.starts_on, added.ends_on, added.precision = when.starts_on, when.ends_on, when.precision
            added.starts_at, added.ends_at = when.starts_at, when.ends_at
        responsible, project = row.values.get("responsible"), row.values.get("project")
        added.responsible_id = self._member(responsible) if isinstance(responsible, Named) else None
        added.project_id = self._project(project) if isinstance(project, Named) else None
        self._session.add(added)

    def change(self, noun: str, row: Row, field_key: str, value: Any) -> bool:
        """One ticked value; what the rules refuse is noted and the rest goes on."""
        keys = [row.key or ""]
        try:
            with self._session.begin_nested():
                if field_key == "when":
                    self._dates(keys[0], value)
                elif field_key == "organisation":
                    editing.change(self._session, noun, keys, field_key, value.name, now=self._now)
                elif isinstance(value, Named):
                    name = {"responsible": "responsible_id", "liaison": "liaison_id", "project": "project_id"}[
                        field_key
                    ]
                    key = self._project(value) if field_key == "project" else self._member(value)
                    editing.change(self._session, noun, keys, name, key, now=self._now)
                else:
                    editing.change(self._session, noun, keys, field_key, value, now=self._now)
        except OfficeError as error:
            self.notes.append(T("Row {row}: {reason}", row=row.line, reason=error.what))
            return False
        return True

    def _dates(self, key: str, when: When) -> None:
        event = self._session.get_one(Event, key)
        event.starts_on, event.ends_on, event.precision = when.starts_on, when.ends_on, when.precision
        if when.precision == "time":
            event.starts_at, event.ends_at = when.starts_at, when.ends_at
        self._session.flush()
        sessions.ensure_sessions(self._session, key)

    def _values(self, kind: type[Any], row: Row) -> dict[str, Any]:
        """The row's plain values as the record keeps them, not longer than it can."""
        values = {}
        for key, value in row.values.items():
            if isinstance(value, Named | When):
                continue
            most = getattr(kind.__table__.columns[key].type, "length", None)
            if isinstance(value, str) and most and len(value) > most:
                self.notes.append(T("Row {row}: a value was too long and was cut.", row=row.line))
                value = value[:most].rstrip()
            values[key] = value
        return values

    def _member(self, named: Named) -> str:
        if named.key is not None:
            return named.key
        name = fold(named.name)
        if name not in self._staff:
            self._staff[name] = office.add_staff(self._session, named.name)
        return self._staff[name]

    def _project(self, named: Named) -> str:
        if named.key is not None:
            return named.key
        name = fold(named.name)
        if name not in self._projects:
            self._projects[name] = projects.add_project(self._session, named.name)
        return self._projects[name]

    def _organisation(self, named: Named) -> str | None:
        if named.key is not None:
            return named.key
        if named.name not in self._organisations:
            self._organisations[named.name] = organisations.organisation_called(self._session, named.name)
        return self._organisations[named.name]
