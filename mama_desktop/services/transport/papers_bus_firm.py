"""The list for the bus firm: where its vehicle has to be and when, for how many people, and whom it may call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.text import TN, T
from mama_desktop.services import papers_about
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import tongue, words
from mama_desktop.services.transport import papers_trip
from mama_desktop.services.transport.papers_manifest import warnings, wished
from mama_desktop.services.transport.papers_trip import clock, halts, stop_words
from mama_desktop.services.transport.passengers import Load
from mama_desktop.sheets.sheet import Book, Column, Group, Row, Sheet, Total

BUS_FIRM = "bus-firm-list"
BUS_FIRM_TITLE = T("List for the bus firm")


def make_bus_firm_list(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One page for each trip with a hired vehicle; of all trips where none is hired.

    options: trip, direction, carrier (the firm), as `passengers.chosen_loads` says; names: who gets on and off too.
    """
    del who
    paper, named = language or "sl", with_names(options)
    known, found = papers_about.about(session, event_id), hired(wished(session, event_id, options), options)
    sheets = tuple(firm_sheet(known, load, paper, now, named=named) for load in found)
    return Paper(Book(sheets), papers_trip.named(known, paper, words(BUS_FIRM_TITLE, paper), found), warnings(found))


def with_names(options: Mapping[str, Any]) -> bool:
    """Whether the names are wished; on the command line "names=yes", "names=da"."""
    return str(options.get("names") or "").lower() in ("true", "yes", "da", "1")


def hired(found: list[Load], options: Mapping[str, Any]) -> list[Load]:
    """Those of firms; a trip that was asked for by its name stays whoever drives it."""
    of_firms = [load for load in found if load.trip.carrier]
    return of_firms if of_firms and not options.get("trip") else found


def firm_sheet(known: About, load: Load, paper: str, now: dt.datetime, *, named: bool = False) -> Sheet:
    """No names unless asked for, and nothing else of anybody."""
    speak = tongue(paper)
    back = load.trip.direction == "back"
    rows: list[Row] = []
    for halt in halts(load):
        notes = [speak.say(TN("{count} wheelchair", "{count} wheelchairs", halt.wheelchairs))]
        remark = ", ".join([*(notes if halt.wheelchairs else []), *([halt.stop.remarks] if halt.stop.remarks else [])])
        row: Row = (
            clock(halt.stop.at, load.trip.day, speak), stop_words(halt.stop), halt.gets_on or None,
            halt.gets_off or None, halt.on_board, remark,
        )  # fmt: skip
        rows.append((*row, ", ".join(one.name for one in load.at(halt.stop.id))) if named else row)
    columns = [
        Column("time", words(T("Time"), paper), "text", 17, "right"),
        Column("stop", words(T("Stop"), paper), "text", 43 if named else 71),
        Column("on", words(T("Get on"), paper), "integer", 15),
        Column("off", words(T("Get off"), paper), "integer", 16),
        Column("on_board", words(T("On board"), paper), "integer", 17),
        Column("remark", words(T("Remark"), paper), "text", 28 if named else 43),
    ]
    if named:
        columns.append(Column("who", words(T("Who gets off") if back else T("Who gets on"), paper), "text", 43))
    totals = [
        Total(words(T("People"), paper), str(len(load.people))),
        Total(words(T("Kilometres of the drive"), paper), speak.number(round(load.trip.km))),
    ]
    return papers_trip.trip_sheet(
        known, load, paper, now, key=BUS_FIRM, title=words(BUS_FIRM_TITLE, paper), columns=columns,
        groups=(Group(tuple(rows)),), totals=totals, for_outsiders=True,
    )  # fmt: skip
