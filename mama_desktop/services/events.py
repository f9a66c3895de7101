"""Events: the list, one event's page, creating, dating and deleting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event, event_code
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.services import capacity, deleting, fields, question_sets, registrations, releasing


@dataclass(frozen=True)
class EventHead:
    """What stands at the head of an event's page. `project` and `responsible` are names, empty when none is set."""

    id: str
    code: str
    title_sl: str
    title_en: str
    kind: str
    format: str
    status: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    starts_at: dt.time | None
    ends_at: dt.time | None
    precision: str
    venue: str
    street: str
    postal_code: str
    town: str
    country: str
    online_link: str
    capacity: int | None
    waiting_closes: bool | None
    deadline: dt.date | None
    remarks: str
    project_id: str | None
    project: str
    responsible_id: str | None
    responsible: str
    organisation: str
    travel_note_sl: str
    travel_note_en: str
    bring_sl: str
    bring_en: str
    counts: registrations.Counts

    def title(self, language: str) -> str:
        return self.title_en if language == "en" and self.title_en else self.title_sl


def _events_query() -> Any:
    return (
        select(Event.id)
        .select_from(Event)
        .outerjoin(Project, Project.id == Event.project_id)
        .outerjoin(StaffMember, StaffMember.id == Event.responsible_id)
    )


def events(
    session: Session,
    *,
    language: str = "sl",
    project_id: str | None = None,
    responsible_id: str | None = None,
    keys: Sequence[str] | None = None,
) -> Listing:
    """All events in the order of their dates, or those of a project, of a person in the office, or of given keys."""
    query = _events_query().order_by(Event.starts_on, Event.code)
    if project_id is not None:
        query = query.where(Event.project_id == project_id)
    if responsible_id is not None:
        query = query.where(Event.responsible_id == responsible_id)
    if keys is not None:
        query = query.where(Event.id.in_(keys))
    return fields.listing(session, list(fields.EVENT_FIELDS.values()), query, Event.id, language=language)


def event_head(session: Session, event_id: str, *, language: str = "sl") -> EventHead | None:
    """The head of one event with its live counts; None when it was deleted meanwhile."""
    query = (
        select(Event, Project.title_sl, Project.title_en, StaffMember.name, Organisation.name_sl)
        .outerjoin(Project, Project.id == Event.project_id)
        .outerjoin(StaffMember, StaffMember.id == Event.responsible_id)
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .where(Event.id == event_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    event, project_sl, project_en, responsible, visited = found
    own = {name: getattr(event, name) for name in EventHead.__dataclass_fields__ if hasattr(Event, name)}
    return EventHead(
        **own,
        project=(project_en if language == "en" and project_en else project_sl) or "",
        responsible=responsible or "",
        organisation=visited or "",
        counts=registrations.counts(session, event_id),
    )


def event_by_code(session: Session, code: str) -> str:
    """The key of the event of this short code (or key); an unknown one is refused with what is near."""
    key = session.scalar(select(Event.id).where((Event.code == code.strip().lower()) | (Event.id == code.strip())))
    if key is None:
        near = list(session.scalars(select(Event.code).where(Event.code.contains(code.strip().lower())).limit(5)))
        raise OfficeError(
            T("There is no event with the code “{code}”.", code=code),
            todo=T("Similar codes: {codes}", codes=", ".join(near))
            if near
            else T("List the events to see their codes."),
        )
    return key


def add_event(
    session: Session,
    title: str,
    *,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    precision: str = "day",
    **values: Any,
) -> str:
    """Add an event; a title and a month (the first of it, precision "month") are enough. Returns its key."""
    title = clean(title)
    if not title:
        raise OfficeError(T("Please write the event's title."))
    if starts_on and ends_on and ends_on < starts_on:
        raise OfficeError(T("The end ({last}) is before the beginning ({first}).", first=starts_on, last=ends_on))
    if precision == "month" and starts_on:
        starts_on, ends_on = starts_on.replace(day=1), None
    event = Event(
        title_sl=title,
        code=event_code(title, starts_on, set(session.scalars(select(Event.code)))),
        starts_on=starts_on,
        ends_on=ends_on,
        precision=precision,
        **values,
    )
    session.add(event)
    session.flush()
    return event.id


def copy_event(session: Session, event_id: str, *, starts_on: dt.date | None) -> str:
    """The same event on another day: everything but people, sheets and dates of the old one."""
    old = session.get_one(Event, event_id)
    kept = {c.key: getattr(old, c.key) for c in Event.__mapper__.column_attrs}
    for own in ("id", "code", "search", "title_sl", "starts_on", "ends_on", "precision", "deadline", "status"):
        kept.pop(own)
    length = (old.ends_on - old.starts_on) if old.ends_on and old.starts_on else None
    copy = add_event(
        session,
        old.title_sl,
        starts_on=starts_on,
        ends_on=starts_on + length if starts_on and length else None,
        precision=old.precision if starts_on else "day",
        **kept,
    )
    question_sets.copy_questions(session, event_id, copy)
    capacity.copy_limits(session, event_id, copy)
    return copy


def touched_by_deleting(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what goes with these events, and what stays without them."""
    return deleting.what_hangs_on(session, Event.__tablename__, keys).words(Event.__tablename__)


def delete_events(session: Session, keys: Sequence[str]) -> int:
    """Delete events with everything of theirs; undone as one."""
    releasing.release(session, list(session.scalars(select(Registration.id).where(Registration.event_id.in_(keys)))))
    deleting.delete_with_all(session, Event.__tablename__, keys)
    return len(keys)
