"""The manifest of a vehicle: the leader's with phones and boxes to tick, the driver's with stops, names and counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import papers_about
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import tongue, words
from mama_desktop.services.transport import papers_trip
from mama_desktop.services.transport.papers_trip import Halt, clock, halts, stop_words
from mama_desktop.services.transport.passengers import Load, Passenger, chosen_loads
from mama_desktop.sheets.sheet import Book, Column, Group, Name, Row, Sheet, Total, Words

MANIFEST, DRIVER = "manifest", "driver-sheet"
MANIFEST_TITLE, DRIVER_TITLE = T("Manifest"), T("Driver’s sheet")
_CONFIDENTIAL = T("Confidential: for the leader of the trip only. Destroy it after the event.")
_FOR_DRIVER = T("Only for this drive. Destroy it afterwards.")
# So many unannounced can be added by hand, as far as there are seats.
_MOST_BLANK = 3


def make_manifest(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """One list for each trip. options: trip, direction, carrier, as `passengers.chosen_loads` says."""
    del who
    return _made(session, event_id, MANIFEST, language or "sl", options, now)


def make_driver_sheet(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """The same trips for their drivers: nothing of anybody but the name. options: as of the manifest."""
    del who
    return _made(session, event_id, DRIVER, language or "sl", options, now)


def wished(session: Session, event_id: str, options: Mapping[str, Any]) -> list[Load]:
    """The trips that the options of a paper ask for."""
    keys = ("trip", "direction", "carrier")
    return chosen_loads(session, event_id, **{key: str(options.get(key) or "") for key in keys})


def _made(
    session: Session, event_id: str, key: str, paper: str, options: Mapping[str, Any], now: dt.datetime
) -> Paper:  # fmt: skip
    known, found = papers_about.about(session, event_id), wished(session, event_id, options)
    sheet_of, title = (manifest_sheet, MANIFEST_TITLE) if key == MANIFEST else (driver_sheet, DRIVER_TITLE)
    sheets = tuple(sheet_of(known, load, paper, now) for load in found)
    return Paper(Book(sheets), papers_trip.named(known, paper, words(title, paper), found), warnings(found))


def manifest_sheet(known: About, load: Load, paper: str, now: dt.datetime) -> Sheet:
    """The leader's: by stops in the order of the drive, each with its people."""
    speak = tongue(paper)
    bands = [Group(_people(load.at(halt.stop.id), speak), Words(_band(halt, load, speak))) for halt in halts(load)]
    waiting = load.at(None)
    if waiting:
        title = words(T("Stop not decided yet"), paper) if bands else None
        bands.insert(0, Group(_people(waiting, speak), title))
    columns = (
        Column("number", words(T("No."), paper), "line_number", 9),
        Column("boarded", words(T("Boarded"), paper), "tick", 17),
        Column("name", words(T("Name"), paper), "text", 36),
        Column("phone", words(T("Phone"), paper), "text", 30),
        Column("call", words(T("Whom to call"), paper), "text", 32),
        Column("call_phone", words(T("Phone of that person"), paper), "text", 30),
        Column("remark", words(T("Remark"), paper), "text", 25),
    )
    minors = sum(one.minor for one in load.people)
    totals = [Total(words(T("People on the list"), paper), str(len(load.people)))]
    totals += [Total(words(T("of these minors"), paper), str(minors))] if minors else []
    totals += [Total(words(T("On board at departure"), paper)), Total(words(T("On board at the end"), paper))]
    return papers_trip.trip_sheet(
        known, load, paper, now, key=MANIFEST, title=words(MANIFEST_TITLE, paper), columns=columns, groups=bands,
        totals=totals, notices=(words(_CONFIDENTIAL, paper).line,),
        blank_rows=min(load.trip.free, _MOST_BLANK), blank_title=words(T("Not announced"), paper),
    )  # fmt: skip


def driver_sheet(known: About, load: Load, paper: str, now: dt.datetime) -> Sheet:
    """The driver's: one row a stop."""
    speak, back = tongue(paper), load.trip.direction == "back"
    rows: list[Row] = []
    for halt in halts(load):
        here = load.at(halt.stop.id)
        names = ", ".join(one.name for one in here)
        if halt.wheelchairs:
            chairs = speak.say(TN("{count} wheelchair", "{count} wheelchairs", halt.wheelchairs))
            names = f"{names} ({chairs})" if names else chairs
        parts = [stop_words(halt.stop), halt.stop.remarks]
        rows.append(
            (
                clock(halt.stop.at, load.trip.day, speak), ". ".join(p for p in parts if p),
                halt.gets_on or None, halt.gets_off or None, names,
                round(halt.stop.km) if halt.stop.km is not None else None,
            )
        )  # fmt: skip
    waiting = load.at(None)
    if waiting:
        names, count = ", ".join(one.name for one in waiting), len(waiting)
        undecided = speak.say(T("Stop not decided yet"))
        rows.insert(0, ("", undecided, None if back else count, count if back else None, names, None))
    who = T("Who gets off") if back else T("Who gets on")
    columns = (
        Column("time", words(T("Time"), paper), "text", 16, "right"),
        Column("stop", words(T("Stop"), paper), "text", 48),
        Column("on", words(T("Get on"), paper), "integer", 14),
        Column("off", words(T("Get off"), paper), "integer", 14),
        Column("who", words(who, paper), "text", 72),
        Column("km", words(T("km"), paper), "integer", 15),
    )
    totals = (
        Total(words(T("People on the list"), paper), str(len(load.people))),
        Total(words(T("Kilometres of the drive"), paper), speak.number(round(load.trip.km))),
    )
    return papers_trip.trip_sheet(
        known, load, paper, now, key=DRIVER, title=words(DRIVER_TITLE, paper), columns=columns,
        groups=(Group(tuple(rows)),), totals=totals, notices=(words(_FOR_DRIVER, paper).line,),
    )  # fmt: skip


def _people(people: Sequence[Passenger], speak: Language) -> tuple[Row, ...]:
    return tuple(
        (
            None, None, Name(one.family_name, one.given_name), one.phone, one.call, one.call_phone,
            passenger_remark(one, speak),
        )
        for one in people
    )  # fmt: skip


def passenger_remark(one: Passenger, speak: Language) -> str:
    """mladoletna oseba, invalidski voziček, and what was written for the seat."""
    said = [speak.say(T("minor"))] if one.minor else []
    said += [speak.say(T("wheelchair"))] if one.wheelchair else []
    return ", ".join([*said, *([one.remarks] if one.remarks else [])])


def _band(halt: Halt, load: Load, speak: Language) -> str:
    """9.15 · Celje, pred železniško postajo · vstopi 5."""
    counted = []
    if halt.gets_on:
        counted.append(speak.say(TN("{count} gets on", "{count} get on", halt.gets_on)))
    if halt.gets_off:
        counted.append(speak.say(TN("{count} gets off", "{count} get off", halt.gets_off)))
    time = clock(halt.stop.at, load.trip.day, speak)
    return " · ".join(part for part in (time, stop_words(halt.stop), ", ".join(counted), halt.stop.remarks) if part)


def warnings(found: Sequence[Load]) -> tuple[Text, ...]:
    """What a person should look at before these papers go out."""
    said: list[Text] = []
    over = sum(load.trip.over for load in found)
    if over:
        said.append(TN("{count} person has no seat.", "{count} people have no seat.", over))
    undecided = sum(len(load.at(None)) for load in found)
    if undecided:
        said.append(TN("{count} person has no stop yet.", "{count} people have no stop yet.", undecided))
    for load in found:
        trip = load.trip
        if not (trip.vehicle or trip.driver_name):
            said.append(T("“{name}” has no vehicle yet.", name=trip.name))
        if not trip.leader_phone and not trip.driver_phone:
            said.append(T("“{name}” has no phone to call, of the leader or of the driver.", name=trip.name))
        if any(stop.at is None for stop in trip.stops):
            said.append(T("“{name}” has stops without a time.", name=trip.name))
    return tuple(said)
