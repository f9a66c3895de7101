"""An event as a calendar file (.ics), for a mail: it lands in anybody's calendar, and the same event only once."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.text import T
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about
from mama_desktop.services.papers_words import pair

MEDIA_TYPE = "text/calendar"
_ZONE = "Europe/Ljubljana"
# Countries that keep the office's time. Elsewhere the hours are those of the place, whatever the calendar's own are.
_SAME_TIME = frozenset(
    "AD AL AT BA BE CH CZ DE DK ES FR HR HU IT LI LU MC ME MK MT NL NO PL RS SE SI SK SM VA XK".split()
)


def event_calendar(session: Session, event_id: str, *, now: dt.datetime, language: str = "sl") -> bytes | None:
    """The event as iCalendar; None while no day is known. now: local time.

    All day when no hour is known. The UID is that of the event, so that a newer file replaces the older entry.
    """
    from icalendar import Calendar
    from icalendar import Event as Entry

    known = papers_about.about(session, event_id)
    event = known.event
    if event.starts_on is None or event.precision == "month":
        return None
    entry = Entry()
    entry.add("uid", f"{event.id}@mama-desktop")
    entry.add("dtstamp", now.replace(tzinfo=now.tzinfo or ZoneInfo(_ZONE)).astimezone(dt.UTC))
    entry.add("summary", pair(language, event.title_sl, event.title_en).first)
    starts, ends = _span(event)
    entry.add("dtstart", starts)
    if ends is not None:
        entry.add("dtend", ends)
    if place := papers_about.place(known, language):
        entry.add("location", place)
    if words := _description(session, event, language):
        entry.add("description", words)
    if event.online_link:
        entry.add("url", event.online_link)
    entry.add("status", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//MaMa Desktop//" + language.upper())
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _span(event: Event) -> tuple[dt.date, dt.date | None]:
    """First and last moment, in UTC; days for an event of whole days, where the last one is the day after."""
    first = event.starts_on
    assert first is not None
    last = event.ends_on or first
    if event.precision != "time" or event.starts_at is None:
        return first, last + dt.timedelta(days=1)
    starts = _moment(event, first, event.starts_at)
    if event.ends_at is None:
        # The end of the last day is not known: of several days the whole last one belongs to it.
        return starts, None if last == first else _moment(event, last, dt.time(23, 59))
    ends = _moment(event, last, event.ends_at)
    return starts, ends if ends > starts else ends + dt.timedelta(days=1)


def _moment(event: Event, day: dt.date, at: dt.time) -> dt.datetime:
    moment = dt.datetime.combine(day, at)
    if event.country and event.country not in _SAME_TIME:
        return moment
    return moment.replace(tzinfo=ZoneInfo(_ZONE)).astimezone(dt.UTC)


def _description(session: Session, event: Event, code: str) -> str:
    say = language_of(code).say
    person = session.get(StaffMember, event.responsible_id) if event.responsible_id else None
    parts = [
        pair(code, event.bring_sl, event.bring_en).first and say(
            T("What to bring: {words}", words=pair(code, event.bring_sl, event.bring_en).first)
        ),
        pair(code, event.travel_note_sl, event.travel_note_en).first,
        event.online_link,
        person and " · ".join(p for p in (person.name, person.phone, person.email) if p),
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)
