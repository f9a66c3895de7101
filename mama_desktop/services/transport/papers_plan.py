"""The transport plan of an event: every trip there and back, how many ride, and who is without transport."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.domain.trips import TRIP_DIRECTIONS
from mama_desktop.i18n import NBSP
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about, papers_list
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, tongue, words
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport.board import BOTH, Board, Rider
from mama_desktop.services.transport.papers_manifest import warnings
from mama_desktop.services.transport.papers_trip import clock, contact, vehicle_words
from mama_desktop.services.transport.passengers import Load, loads
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Group, Row, Sheet, Total, Value

PLAN = "transport-plan"
PLAN_TITLE = T("Transport plan")
_WITHOUT_TITLE = T("Without transport")


@dataclass(frozen=True)
class Plan:
    """All trips of an event with their people, and of each direction who rides, waits and comes on their own."""

    loads: tuple[Load, ...]
    boards: Mapping[str, Board]

    def of(self, direction: str) -> list[Load]:
        return [load for load in self.loads if load.trip.direction == direction]


def plan_of(session: Session, event_id: str, *, language: str = "sl") -> Plan:
    found = {way: boards.board(session, event_id, way, language=language) for way in BOTH}
    return Plan(tuple(loads(session, event_id)), found)


def make_plan(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One list of all trips and, where somebody has none, one of those without. options: none."""
    del who, options
    return plan_paper(session, event_id, language or "sl", now)[0]


def plan_paper(session: Session, event_id: str, paper: str, now: dt.datetime) -> tuple[Paper, Plan]:
    """The paper with what it was made of. Raises OfficeError for an event without trips."""
    known, plan = papers_about.about(session, event_id), plan_of(session, event_id, language=main_code(paper))
    if not plan.loads:
        raise OfficeError(
            T("The event has no trips yet."),
            safe=T("Nothing was printed."),
            todo=T("Plan them on the event’s page under Transport."),
        )
    sheets = [plan_sheet(known, plan, paper, now)]
    if any(plan.boards[way].without for way in BOTH):
        sheets.append(without_sheet(known, plan, paper, now))
    title = language_of(main_code(paper)).say(PLAN_TITLE).lower()
    name = safe_filename(f"{known.event.code} {title}", "")
    return Paper(Book(tuple(sheets)), name, (*_waiting(plan), *warnings(plan.loads))), plan


def plan_sheet(known: About, plan: Plan, paper: str, now: dt.datetime) -> Sheet:
    """By direction, a row a trip with its stops, vehicle, people to call, and numbers."""
    speak = tongue(paper)
    groups = []
    for way in ("there", "other", "back"):
        of_way = plan.of(way)
        if of_way:
            groups.append(Group(tuple(_row(load, paper) for load in of_way), words(TRIP_DIRECTIONS[way], paper)))
    columns = (
        Column("day", words(T("Day"), paper), "text", 17, "right"),
        Column("trip", words(T("Trip"), paper), "text", 40),
        Column("stops", words(T("Stops and times"), paper), "text", 65),
        Column("vehicle", words(T("Vehicle"), paper), "text", 40),
        Column("driver", words(T("Driver"), paper), "text", 30),
        Column("leader", words(T("Leader on the trip"), paper), "text", 30),
        Column("people", words(T("People"), paper), "integer", 14),
        Column("free", words(T("Free"), paper), "integer", 13),
        Column("km", words(T("km"), paper), "integer", 15),
    )
    km = sum(load.trip.km for load in plan.loads)
    totals = [*(total for way in BOTH for total in _totals(plan, way, paper))]
    totals.append(Total(words(T("Kilometres of all trips"), paper), speak.number(round(km))))
    return _sheet(known, paper, now, title=PLAN_TITLE, columns=columns, groups=groups, totals=totals)


def without_sheet(known: About, plan: Plan, paper: str, now: dt.datetime) -> Sheet:
    """Who needs transport and has none yet, by direction, with where from and the nearest stop."""
    groups = []
    for way in BOTH:
        waiting = plan.boards[way].without
        if waiting:
            rows = tuple(_without_row(one, paper) for one in waiting)
            groups.append(Group(rows, words(TRIP_DIRECTIONS[way], paper)))
    columns = (
        Column("number", words(T("No."), paper), "line_number", 10),
        Column("name", words(T("Name"), paper), "text", 60),
        Column("organisation", words(T("Organisation"), paper), "text", 69),
        Column("place", words(T("Place"), paper), "text", 50),
        Column("nearest", words(T("Nearest stop"), paper), "text", 50),
        Column("km", words(T("km"), paper), "integer", 18),
    )
    return _sheet(known, paper, now, title=_WITHOUT_TITLE, columns=columns, groups=groups)


def _row(load: Load, paper: str) -> Row:
    trip, speak = load.trip, tongue(paper)
    stops = [
        NBSP.join(part for part in (clock(stop.at, trip.day, speak), stop.place) if part) for stop in trip.stops
    ]  # fmt: skip
    day = speak.date(trip.day).rsplit(" ", 1)[0] if trip.day else ""
    return (
        day, trip.name, " – ".join(stops), vehicle_words(load), contact(trip.driver_name, trip.driver_phone),
        contact(trip.leader_name, trip.leader_phone), len(load.people), trip.free, round(trip.km),
    )  # fmt: skip


def _without_row(one: Rider, paper: str) -> Row:
    del paper
    near: tuple[Value, Value] = (one.nearest.place, round(one.nearest.km)) if one.nearest else ("", None)
    return (None, one.name, one.organisation, one.place.name, *near)


def _totals(plan: Plan, way: str, paper: str) -> Sequence[Total]:
    """ "tja: 4 vožnje, 38 ljudi, 6 prostih sedežev, 3 brez prevoza, 12 po svoje"."""
    here = plan.boards[way].here
    both = []
    for code in ("sl", "en") if paper == "both" else (paper,):
        say = language_of(code).say
        told = [
            TN("{count} trip", "{count} trips", here.trips),
            TN("{count} person rides", "{count} people ride", here.seated),
            TN("{count} free seat", "{count} free seats", here.free),
            TN("{count} without transport", "{count} without transport", here.without),
        ]
        if here.own_way:
            told.append(TN("{count} on their own", "{count} on their own", here.own_way))
        both.append(", ".join(say(one) for one in told))
    return (Total(words(TRIP_DIRECTIONS[way], paper), " / ".join(both)),)


def _waiting(plan: Plan) -> tuple[Text, ...]:
    said: list[Text] = []
    there, back = (plan.boards[way].here.without for way in BOTH)
    if there:
        said.append(TN("{count} person has no transport there.", "{count} people have no transport there.", there))
    if back:
        said.append(TN("{count} person has no transport back.", "{count} people have no transport back.", back))
    return tuple(said)


def _sheet(
    known: About,
    paper: str,
    now: dt.datetime,
    *,
    title: Text,
    columns: Sequence[Column],
    groups: Sequence[Group],
    totals: Sequence[Total] = (),
) -> Sheet:
    return Sheet(
        key=PLAN, title=words(title, paper), columns=tuple(columns), groups=tuple(groups), language=main_code(paper),
        facts=papers_list.facts(known, paper, now), totals=tuple(totals), orientation="landscape",
        footer_left=known.event.code, page_word=papers_about.page_word(paper), author=known.organiser_sl, created=now,
    )  # fmt: skip
