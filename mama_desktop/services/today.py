"""What the office has to do today: counts that open the filtered list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services import today_transport, today_waiting

NOT_HELD = ("cancelled", "postponed")


@dataclass(frozen=True)
class Line:
    """One thing to look at. kind: event, deadline, registrations (filtered by `status`), attendance, consents, travel,
    transport or details (a field of the event is missing).

    number: accepted people of an event, registrations of that status, sessions not keyed in, whatever is missing.
    status: a status, several with commas, or the name of a ready view. note: said instead of the day.
    """

    kind: str
    event_id: str
    code: str
    title_sl: str
    title_en: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    precision: str
    town: str
    number: int = 0
    status: str = ""
    capacity: int | None = None
    deadline: dt.date | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Section:
    key: str
    title: Text
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.number for line in self.lines) if any(line.number for line in self.lines) else len(self.lines)


_SHOWN = (
    Event.id, Event.code, Event.title_sl, Event.title_en, Event.starts_on, Event.ends_on, Event.precision, Event.town,
)  # fmt: skip


def today(session: Session, *, day: dt.date, responsible_id: str | None = None) -> list[Section]:
    """The sections of the page Today; `responsible_id` keeps only that person's events.

    Of the first six the empty ones are there too; the others only when there is something.
    """

    mine = [Event.responsible_id == responsible_id] if responsible_id else []
    monday = day - dt.timedelta(days=day.weekday())
    first = [
        Section("this-week", T("This week"), _starting(session, mine, monday, monday + dt.timedelta(days=6), day)),
        Section(
            "next-week", T("Next week"),
            _starting(session, mine, monday + dt.timedelta(days=7), monday + dt.timedelta(days=13), day),
        ),
        Section("deadlines", T("Deadlines in the next two weeks"), _deadlines(session, mine, day)),
        Section("to-decide", T("Registrations to decide"), _by_status(session, mine, day, ("applied",))),
        Section(
            "no-answer", T("Invited, no answer yet"),
            _by_status(session, mine, day, ("invited",), Registration.reply == "none"),
        ),
        Section("not-keyed-in", T("Sheets not keyed in"), _not_keyed_in(session, mine, day)),
    ]  # fmt: skip
    return [*first, *(section for section in _waiting(session, mine, day) if section.lines)]


def _waiting(session: Session, mine: list[Any], day: dt.date) -> list[Section]:
    """What waits with the registrations of events to come."""
    of_events = [func.coalesce(Event.ends_on, Event.starts_on, day) >= day, Event.status.not_in(NOT_HELD), *mine]
    free, over = today_waiting.places(session, of_events)
    late = today_waiting.late(session, of_events)
    papers = today_waiting.without_consent(session, of_events, day)
    answers = today_waiting.without_answers(session, of_events, day)
    travel = today_waiting.without_travel(session, of_events, day)
    rides = today_transport.waiting(session, of_events, day)
    transport = (rides.without_seat, rides.without_vehicle, rides.without_driver, rides.over)
    nobodys = [] if mine else today_waiting.without_responsible(session, of_events)
    keys = {event for event, *_ in (*free, *over, *late, *papers, *answers, *travel, *chain(*transport))} | set(nobodys)
    shown = {row[0]: row for row in session.execute(select(*_SHOWN).where(Event.id.in_(keys)))} if keys else {}
    accepted = ",".join(sorted(TAKES_PLACE))

    def lines(counted: Sequence[tuple[str, int]], kind: str, status: str) -> tuple[Line, ...]:
        return tuple(_line(kind, shown[event], number=number, status=status) for event, number in counted)

    return [
        Section("free", T("Places are free while people wait"), tuple(
            _line("registrations", shown[event], status="waiting", note=_free_words(places, waits))
            for event, places, waits in free
        )),
        Section("late", T("Registrations after the deadline"), lines(late, "registrations", "late")),
        Section("over", T("More accepted than there are places"), lines(over, "registrations", accepted)),
        Section("no-consent", T("Minors without consent, the next 31 days"), lines(papers, "consents", "")),
        Section(
            "no-answers", T("Required answers missing, the next 31 days"), lines(answers, "registrations", accepted)
        ),
        Section("no-travel", T("Travel details missing, the next 31 days"), lines(travel, "travel", "")),
        Section("no-seat", T("People without transport, the next 14 days"), lines(rides.without_seat, "transport", "")),
        Section(
            "no-vehicle", T("Trips without a vehicle, the next 14 days"), lines(rides.without_vehicle, "transport", "")
        ),
        Section(
            "no-driver", T("Trips without a driver, the next 14 days"), lines(rides.without_driver, "transport", "")
        ),
        Section("over-full", T("Over-full trips, the next 14 days"), lines(rides.over, "transport", "")),
        Section("no-responsible", T("Events without a responsible person"), tuple(
            _line("details", shown[event]) for event in nobodys
        )),
    ]  # fmt: skip


def _free_words(free: int, waits: int) -> Text:
    return T(
        "{free}, {waits}",
        free=TN("{count} place is free", "{count} places are free", free),
        waits=TN("{count} person waits", "{count} people wait", waits),
    )


def _line(kind: str, row: Sequence[Any], **more: Any) -> Line:
    return Line(kind, *row[: len(_SHOWN)], **more)


def _starting(session: Session, mine: list[Any], first: dt.date, last: dt.date, day: dt.date) -> tuple[Line, ...]:
    """Events on any day of the week; an event known only by its month belongs to no week."""
    ends = func.coalesce(Event.ends_on, Event.starts_on)
    accepted = (
        select(func.count())
        .where(Registration.event_id == Event.id, Registration.status.in_(TAKES_PLACE))
        .correlate(Event)
        .scalar_subquery()
    )
    query = select(*_SHOWN, accepted, Event.capacity).where(
        Event.starts_on <= last, ends >= max(first, day), Event.precision != "month", Event.status.not_in(NOT_HELD)
    )
    found = session.execute(query.where(*mine).order_by(Event.starts_on, Event.code))
    return tuple(_line("event", row, number=row[8], capacity=row[9]) for row in found)


def _deadlines(session: Session, mine: list[Any], day: dt.date) -> tuple[Line, ...]:
    query = select(*_SHOWN, Event.deadline).where(
        Event.deadline >= day, Event.deadline <= day + dt.timedelta(days=14), Event.status.not_in(NOT_HELD)
    )
    found = session.execute(query.where(*mine).order_by(Event.deadline, Event.code))
    return tuple(_line("deadline", row, deadline=row[8]) for row in found)


def _by_status(
    session: Session, mine: list[Any], day: dt.date, statuses: Sequence[str], *more: Any
) -> tuple[Line, ...]:
    """Registrations that wait for somebody, of events that are not over."""
    query = (
        select(*_SHOWN, func.count(Registration.id))
        .join(Registration, Registration.event_id == Event.id)
        .where(
            Registration.status.in_(statuses),
            *more,
            func.coalesce(Event.ends_on, Event.starts_on, day) >= day,
            Event.status.not_in(NOT_HELD),
        )
        .group_by(*_SHOWN)
    )
    found = session.execute(query.where(*mine).order_by(Event.starts_on, Event.code))
    return tuple(_line("registrations", row, number=row[8], status="no-answer" if more else statuses[0])
                 for row in found)  # fmt: skip


def _not_keyed_in(session: Session, mine: list[Any], day: dt.date) -> tuple[Line, ...]:
    """Sessions that are over without a confirmed key-in."""
    query = (
        select(*_SHOWN, func.count(EventSession.id))
        .join(EventSession, EventSession.event_id == Event.id)
        .where(EventSession.day < day, EventSession.confirmed_at.is_(None), Event.status.not_in(NOT_HELD))
        .group_by(*_SHOWN)
    )
    found = session.execute(query.where(*mine).order_by(Event.starts_on, Event.code))
    return tuple(_line("attendance", row, number=row[8]) for row in found)
