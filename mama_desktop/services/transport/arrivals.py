"""Who comes and goes when: arrivals and departures of an event by day, hour and point."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import sort_key
from mama_desktop.services import fields
from mama_desktop.services.fields.travel import ARRIVAL_FIELDS, KEY, travel_query


@dataclass(frozen=True)
class Wave:
    """All arrivals ("there") or departures ("back") of one day; None: the day is not known."""

    day: dt.date | None
    direction: str
    count: int


def arrivals(
    session: Session, event_id: str, *, day: dt.date | None = None, direction: str = "", language: str = "sl"
) -> Listing:
    """A row for each direction of everybody who has a place, by day, hour and point; without an hour at the end.

    day, direction: only those. The keys are those of `legs.leg_key`.
    """
    found = fields.listing(session, list(ARRIVAL_FIELDS.values()), travel_query(event_id), KEY, language=language)
    place = {f.key: number for number, f in enumerate(found.fields)}
    way, on, at, point, family, given = (
        place[key] for key in ("direction", "day", "time", "point", "family_name", "given_name")
    )
    rows = [
        (key, row)
        for key, row in zip(found.keys, found.rows, strict=True)
        if (not direction or row[way] == direction) and (day is None or row[on] == day)
    ]
    rows.sort(
        key=lambda one: (
            one[1][on] or dt.date.max, one[1][way] == "back", one[1][at] is None, one[1][at] or dt.time.max,
            sort_key(one[1][point]), sort_key(one[1][family]), sort_key(one[1][given]),
        )
    )  # fmt: skip
    return Listing(found.fields, [key for key, _ in rows], [row for _, row in rows])


def waves(listing: Listing) -> list[Wave]:
    """On which days how many arrive and depart, in order; of a listing of `arrivals`."""
    on, way = listing.column("day"), listing.column("direction")
    counted = Counter((row[on], row[way]) for row in listing.rows)
    ordered = sorted(counted, key=lambda one: (one[0] or dt.date.max, one[1] == "back"))
    return [Wave(day, direction, counted[day, direction]) for day, direction in ordered]
