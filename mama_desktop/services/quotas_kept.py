"""An edit of who somebody is may fill a quota as well as an acceptance does: counted before and after it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain.capacity import Exceeded, Quota, counted, exceeded
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.services import counting
from mama_desktop.services.counting import OverCapacity

# What a `Taker` is made of, the region by way of the post.
_FEEDS: dict[type[Any], tuple[InstrumentedAttribute[Any], frozenset[str]]] = {
    Registration: (Registration.id, frozenset({"organisation_id", "role"})),
    Person: (Registration.person_id, frozenset({"gender", "country", "postal_code", "town", "region"})),
    Organisation: (Registration.organisation_id, frozenset({"country", "postal_code", "town", "region"})),
}


@dataclass(frozen=True)
class Before:
    """By event, how many places of each thing were taken before the edit."""

    taken: dict[str, Counter[tuple[str, str]]]


def before(session: Session, records: Sequence[Any], attribute: str, *, today: dt.date) -> Before:
    """What the coming edit of this attribute could push over: events with quotas that are not over yet."""
    if not records or attribute not in _FEEDS.get(type(records[0]), (None, frozenset()))[1]:
        return Before({})
    events = _events(session, _FEEDS[type(records[0])][0], [r.id for r in records], today)
    counting.lock_events(session, events)
    return Before({event: counted(counting.takers(session, event).values()) for event in events})


def refuse_more(session: Session, before: Before) -> None:
    """Raises OverCapacity when somebody who takes a place now counts for a quota that has no room for them."""
    over: list[Exceeded] = []
    for event, taken in before.taken.items():
        after = counted(counting.takers(session, event).values())
        over += counting.with_names(session, exceeded(counting.limits_of(session, event), taken, after - taken))
    if over:
        raise OverCapacity(over)


def _events(session: Session, column: Any, keys: Collection[str], today: dt.date) -> list[str]:
    found: set[str] = set()
    last = func.coalesce(Event.ends_on, Event.starts_on)
    query = (
        select(Registration.event_id)
        .join(Event, Event.id == Registration.event_id)
        .where(
            Registration.status.in_(TAKES_PLACE),
            Registration.event_id.in_(select(Quota.event_id)),
            or_(last.is_(None), last >= today),
        )
        .distinct()
    )
    for some in counting.chunks(keys):
        found.update(session.scalars(query.where(column.in_(some))))
    return sorted(found)
