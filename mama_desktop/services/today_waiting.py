"""What waits with the registrations of events to come: late ones, places, answers and papers of parents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain import ages
from mama_desktop.domain.consents import Consent
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.questions import Question
from mama_desktop.domain.registrations import GIVES_BACK, TAKES_PLACE, Registration, is_late
from mama_desktop.services import answers, minors, questions
from mama_desktop.services.transport.travel_said import incomplete_of, is_asked_about

# Papers of parents are asked for when an event is near.
NEAR_DAYS = 31
Counted = list[tuple[str, int]]


def late(session: Session, of_events: Sequence[ColumnElement[bool]]) -> Counted:
    """Events with registrations that came after the deadline and wait for a decision."""
    query = (
        select(Registration.event_id, Registration.applied_at, Event.deadline)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.status == "applied", Event.deadline.is_not(None), *of_events)
    )
    return _counted(event for event, applied_at, deadline in session.execute(query) if is_late(applied_at, deadline))


def places(session: Session, of_events: Sequence[ColumnElement[bool]]) -> tuple[list[tuple[str, int, int]], Counted]:
    """(event, free, waiting) where both are, and (event, how many too many) where more are accepted than fit."""
    accepted, waiting = _how_many(TAKES_PLACE), _how_many(("waiting",))
    query = select(Event.id, Event.capacity, accepted, waiting).where(
        Event.capacity.is_not(None), accepted + waiting > 0, *of_events
    )
    free, over = [], []
    for event, capacity, taken, waits in session.execute(query):
        if taken < capacity and waits:
            free.append((event, capacity - taken, waits))
        elif taken > capacity:
            over.append((event, taken - capacity))
    return free, over


def without_responsible(session: Session, of_events: Sequence[ColumnElement[bool]]) -> list[str]:
    """Events that nobody of the office answers for; the next one first, those without a date last."""
    query = select(Event.id).where(Event.responsible_id.is_(None), *of_events)
    return list(session.scalars(query.order_by(Event.starts_on.is_(None), Event.starts_on, Event.code)))


def without_answers(session: Session, of_events: Sequence[ColumnElement[bool]], day: dt.date) -> Counted:
    """Events of the next days with accepted people who have not answered what is required."""
    asking = select(Question.event_id).where(Question.required).distinct()
    near = select(Event.id).where(Event.id.in_(asking), *_near(day), *of_events)
    found = []
    for event in session.scalars(near):
        asked = questions.of_event(session, event)
        found.append((event, len(answers.missing_answers(session, event, asked, statuses=tuple(TAKES_PLACE)))))
    return [(event, number) for event, number in found if number]


def without_consent(session: Session, of_events: Sequence[ColumnElement[bool]], day: dt.date) -> Counted:
    """Events of the next days with minors whose parents have not agreed that they come."""
    limit = minors.child_age(session)
    youngest = day.year - limit - 1
    query = _with_consents().where(
        or_(Person.birth_date > dt.date(youngest, 1, 1), Person.birth_year >= youngest, Person.age_group != ""),
        Registration.status.not_in(GIVES_BACK), *_near(day), *of_events,
    )  # fmt: skip
    said: dict[tuple[str, str], bool] = {}
    for event, starts_on, person, born, year, group, said_on, given, withdrawn_on in session.execute(query):
        age = ages.age_on(starts_on, birth_date=born, birth_year=year, age_group=group, age_group_on=said_on)
        if ages.is_below(age, limit):
            # The last row is the decision that stands: that for the event, of several the latest.
            said[event, person] = bool(given) and withdrawn_on is None
    return _counted(event for (event, _), is_given in said.items() if not is_given)


def without_travel(session: Session, of_events: Sequence[ColumnElement[bool]], day: dt.date) -> Counted:
    """Events of the next days to which people travel of whom it is not known how, where the office asks for it."""
    near = session.scalars(select(Event.id).where(is_asked_about(), *_near(day), *of_events).order_by(Event.starts_on))
    return incomplete_of(session, list(near))


def _with_consents() -> Any:
    agreed = and_(
        Consent.person_id == Person.id,
        Consent.purpose == "participation",
        or_(Consent.event_id.is_(None), Consent.event_id == Event.id),
    )
    return (
        select(Event.id, Event.starts_on, Person.id, Person.birth_date, Person.birth_year, Person.age_group,
               Person.age_group_on, Consent.given, Consent.withdrawn_on)
        .join(Registration, Registration.event_id == Event.id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Consent, agreed)
        .order_by(Event.starts_on, Event.code, Consent.event_id.is_not(None), Consent.recorded_at, Consent.id)
    )  # fmt: skip


def _near(day: dt.date) -> tuple[ColumnElement[bool], ...]:
    ends = func.coalesce(Event.ends_on, Event.starts_on)
    return Event.starts_on <= day + dt.timedelta(days=NEAR_DAYS), ends >= day


def _how_many(statuses: Sequence[str] | frozenset[str]) -> Any:
    return (
        select(func.count())
        .where(Registration.event_id == Event.id, Registration.status.in_(statuses))
        .correlate(Event)
        .scalar_subquery()
    )


def _counted(events: Any) -> Counted:
    found: dict[str, int] = {}
    for event in events:
        found[event] = found.get(event, 0) + 1
    return list(found.items())
