"""Every event in three counts: registered, accepted, present (signed and keyed in)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.services.attendance import present_by_event


@dataclass(frozen=True)
class EventOverview:
    """People, not scans; `present` is None while no session of the event is keyed in."""

    id: str
    code: str
    title: str
    start: dt.date | None
    end: dt.date | None
    registered: int
    accepted: int
    present: int | None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "title": self.title,
            "start": self.start.isoformat() if self.start else None,
            "end": (self.end or self.start).isoformat() if self.start else None,
            "registered": self.registered,
            "accepted": self.accepted,
            "present": self.present,
        }


def events_overview(session: Session, *, language: str = "sl") -> list[EventOverview]:
    """All events in the order of their dates, undated ones last."""
    counted = {
        event: (int(all_), int(accepted))
        for event, all_, accepted in session.execute(
            select(
                Registration.event_id,
                func.sum(case((Registration.status != "invited", 1), else_=0)),
                func.sum(case((Registration.status.in_(TAKES_PLACE), 1), else_=0)),
            ).group_by(Registration.event_id)
        )
    }
    query = select(Event.id, Event.code, Event.title_sl, Event.title_en, Event.starts_on, Event.ends_on)
    rows = session.execute(query.order_by(Event.starts_on.is_(None), Event.starts_on, Event.code))
    present = present_by_event(session, list(session.scalars(select(Event.id))))
    overview = []
    for key, code, title_sl, title_en, start, end in rows:
        title = title_en if language == "en" and title_en else title_sl
        registered, accepted = counted.get(key, (0, 0))
        overview.append(EventOverview(key, code, title, start, end, registered, accepted, present[key]))
    return overview
