"""Events as something to choose from: the nearest in time first, any other by a part of its title, place or code."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.text import fold


@dataclass(frozen=True)
class EventToChoose:
    id: str
    title: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    precision: str


def events_to_choose(
    session: Session,
    words: str = "",
    *,
    today: dt.date,
    past_first: bool = False,
    limit: int = 40,
    language: str = "sl",
) -> list[EventToChoose]:
    """Events in which every word stands. The coming first, then what was, the latest first.

    `past_first` turns the two around; an event without a date counts as coming.
    """
    query = select(
        Event.id, Event.title_sl, Event.title_en, Event.starts_on, Event.ends_on, Event.precision
    ).where(*(Event.search.contains(word, autoescape=True) for word in fold(words).split()))  # fmt: skip
    coming: list[EventToChoose] = []
    past: list[EventToChoose] = []
    for row in session.execute(query.order_by(Event.starts_on, Event.code)):
        title = row.title_en if language == "en" and row.title_en else row.title_sl
        one = EventToChoose(row.id, title, row.starts_on, row.ends_on, row.precision)
        last = row.ends_on or row.starts_on
        (past if last is not None and last < today else coming).append(one)
    past.reverse()
    return (past + coming if past_first else coming + past)[:limit]
