"""What a person holds at an event besides the place itself, and how it is let go: the joint for seats, beds, meals.

Whatever gives something to a registration (a place in a workshop, a seat in a bus, a bed) is one of HOLDINGS. It is let
go in the same change that cancels or declines the registration or takes days off the stay; an undo of that change gives
back only what is still free.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event, days_of
from mama_desktop.domain.registrations import Registration, is_there
from mama_desktop.services.holdings import Holding, Released
from mama_desktop.services.option_places import OptionPlaces
from mama_desktop.services.transport.seats_held import SeatsHeld

HOLDINGS: list[Holding] = [OptionPlaces(), SeatsHeld()]


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
