"""A new event from the little that is known of it, or as a copy of an earlier one."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event, event_code
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T, clean, fold
from mama_desktop.i18n import Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services import events
from mama_desktop.services.when import When


def create_event(
    session: Session, *, title: str, when: When | None, kind: str = "", project_id: str | None = None, town: str = "",
    postal_code: str = "", copy_of: str = "", responsible_id: str | None = None,
) -> str:  # fmt: skip
    """Add an event; a title is enough, a month or date better. Returns its key.

    copy_of: the key of an event whose place, hours, project and everything but people and sheets are taken over; what
    is given here stands instead of what it had.
    """
    if not clean(title):
        raise OfficeError(T("Please write the event's title."))
    key = events.copy_event(session, copy_of, starts_on=None) if copy_of else events.add_event(session, title)
    event = session.get_one(Event, key)
    if event.title_sl != clean(title):
        event.title_sl, event.title_en = clean(title), ""
    if when is not None:
        _set_when(event, when, keep_hours=bool(copy_of))
    taken = set(session.scalars(select(Event.code).where(Event.id != key)))
    event.code = event_code(title, event.starts_on, taken)
    event.kind = kind or event.kind
    event.project_id = project_id or event.project_id
    event.responsible_id = event.responsible_id or responsible_id
    if clean(town) and clean(town) != event.town:
        # Another town has neither the old one's address nor its venue.
        event.town, event.postal_code, event.venue, event.street = clean(town), postal_code, "", ""
    session.flush()
    return key


def like(session: Session, beginning: str, *, language: str = "sl", limit: int = 12) -> list[Found]:
    """Events to copy, for completion while somebody types: by any part of the title or code, the newest first."""
    words = fold(beginning)
    query = select(Event).where(or_(Event.search.contains(words, autoescape=True), Event.code.contains(words)))
    found = session.scalars(query.order_by(Event.starts_on.desc().nulls_last(), Event.code).limit(limit))
    return [_found(event, language_of(language)) for event in found]


def _found(event: Event, speak: Language) -> Found:
    title = event.title_en if speak.code == "en" and event.title_en else event.title_sl
    dates = speak.event_dates(event.starts_on, event.ends_on, event.precision)
    return Found("event", event.id, title, " · ".join(part for part in (dates, event.town) if part))


def _set_when(event: Event, when: When, *, keep_hours: bool) -> None:
    event.starts_on, event.ends_on, event.precision = when.starts_on, when.ends_on, when.precision
    if when.precision == "time" or not keep_hours:
        event.starts_at, event.ends_at = when.starts_at, when.ends_at
    elif when.precision == "day" and event.starts_at is not None:
        event.precision = "time"
