"""What the phone asks: with whom and when somebody travels, and what is still missing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.domain.travel import DIRECTIONS, MEANS, MISSING, TravelLeg
from mama_desktop.domain.trips import Trip, TripStop
from mama_desktop.services import fields
from mama_desktop.services.card_line import Line
from mama_desktop.services.fields.field import Field, computed
from mama_desktop.services.fields.travel import KEY, SEPARATOR, TRAVEL_FIELDS, travel_query

TRAVEL = "travel"
"""`Line.field` of these lines: the card leads to the travel details."""
_TITLES: dict[str, Text] = {"there": T("Travel there"), "back": T("Travel back")}
_SHOWN = (
    "direction", "missing", "means", "from_place", "to_place", "day", "time", "number", "point", "trip", "stop",
    "stop_time", "status",
)  # fmt: skip
_MEETING: Field = computed("meeting_point", T("Meeting point"), (TripStop.meeting_point,), None)
_LEAVES: Field = computed("leaves_at", T("Departure"), (Trip.leaves_at,), None)


def travel_lines(session: Session, keys: Sequence[str], language: str) -> dict[str, list[Line]]:
    """Of each registration: trip, stop and time of the seat, or how they travel by themselves."""
    found: dict[str, list[Line]] = {}
    for key, row in _rows(session, keys, language):
        said = _in_a_trip(row) if row["trip"] else _by_themselves(row)
        if said:
            found.setdefault(key, []).append(Line(_TITLES[row["direction"]], tuple(said), TRAVEL))
    return found


def missing_travel(session: Session, key: str, *, language: str = "sl") -> list[Text]:
    """What is missing of each direction of one registration, in words; only where the office asks how people travel."""
    asked = session.scalar(
        select(Registration.id).join(Event, Event.id == Registration.event_id)
        .where(Registration.id == key, is_asked_about())
    )  # fmt: skip
    if asked is None:
        return []
    return [
        T("travel, {direction}: {what}", direction=DIRECTIONS[row["direction"]], what=_listed(row["missing"]))
        for _, row in _rows(session, [key], language)
        if row["missing"]
    ]


def is_asked_about() -> ColumnElement[bool]:
    """Whether the office deals with travel at an event at all: somebody's is known or asked, or a trip is planned."""
    legs = (
        select(TravelLeg.id)
        .join(Registration, Registration.id == TravelLeg.registration_id)
        .where(Registration.event_id == Event.id)
        .correlate(Event)
    )
    trips = select(Trip.id).where(Trip.event_id == Event.id).correlate(Event)
    return (Event.format != "online") & or_(exists(legs), exists(trips))


def incomplete_of(session: Session, event_ids: Collection[str]) -> list[tuple[str, int]]:
    """(event, people whose details are not complete) of these events, as far as there are any."""
    shown = [TRAVEL_FIELDS["missing"], computed("event", T("Event"), (Registration.event_id,), None)]
    query = travel_query(None).where(Registration.event_id.in_(list(event_ids)))
    listing = fields.listing(session, shown, query, KEY, language="sl")
    people: dict[str, set[str]] = {}
    for key, (missing, event) in zip(listing.keys, listing.rows, strict=True):
        if missing:
            people.setdefault(event, set()).add(key.partition(SEPARATOR)[0])
    return [(event, len(people[event])) for event in event_ids if event in people]


def _rows(session: Session, keys: Sequence[str], language: str) -> list[tuple[str, dict[str, Any]]]:
    shown = [*(TRAVEL_FIELDS[key] for key in _SHOWN), _MEETING, _LEAVES]
    query = travel_query(None).where(Registration.id.in_(list(keys)))
    listing = fields.listing(session, shown, query, KEY, language=language)
    names = [f.key for f in listing.fields]
    rows = [
        (key.partition(SEPARATOR)[0], dict(zip(names, row, strict=True)))
        for key, row in zip(listing.keys, listing.rows, strict=True)
    ]
    return sorted(rows, key=lambda one: one[1]["direction"] == "back")


def _in_a_trip(row: dict[str, Any]) -> list[Text]:
    said = [verbatim(row["trip"])]
    if row["stop"]:
        where = ", ".join(part for part in (row["stop"], row["meeting_point"]) if part)
        said.append(T("stop: {place}", place=where))
    else:
        said.append(T("stop not decided yet"))
    at: dt.datetime | None = row["stop_time"] or (row["leaves_at"] if row["direction"] == "back" else None)
    if at is not None:
        said.append(T("{day} at {time}", day=at.date(), time=at.time()))
    return said


def _by_themselves(row: dict[str, Any]) -> list[Text]:
    if not row["means"] and not row["time"]:
        return []
    said = [MEANS[row["means"]]] if row["means"] in MEANS else []
    said += [verbatim(row["number"])] if row["number"] else []
    other = row["to_place"] if row["direction"] == "back" else row["from_place"]
    if other:
        said.append(T("to {place}", place=other) if row["direction"] == "back" else T("from {place}", place=other))
    if row["time"] and row["day"]:
        said.append(T("{day} at {time}", day=row["day"], time=row["time"]))
    elif row["day"]:
        said.append(T("{day}", day=row["day"]))
    return [*said, verbatim(row["point"])] if row["point"] else said


def _listed(missing: Sequence[str]) -> Text:
    """ "kako potuje, kraj": at most seven words, so a chain of two at a time."""
    words = [MISSING[key] for key in missing]
    said = words[0]
    for word in words[1:]:
        said = T("{one}, {other}", one=said, other=word)
    return said
