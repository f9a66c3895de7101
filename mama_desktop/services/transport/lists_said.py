"""What each list of transport says, line by line: kept when it goes out, and made anew to be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import TC, T, Text
from mama_desktop.domain.trips import TRIP_DIRECTIONS, TRIP_STATUSES, Trip
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.i18n import Language
from mama_desktop.services.kept_lists import Line, Said
from mama_desktop.services.papers_words import tongue
from mama_desktop.services.transport.board import BOTH
from mama_desktop.services.transport.papers_bus_firm import with_names
from mama_desktop.services.transport.papers_manifest import passenger_remark
from mama_desktop.services.transport.papers_plan import Plan, plan_of
from mama_desktop.services.transport.papers_trip import clock, contact, halts, vehicle_words
from mama_desktop.services.transport.passengers import Load, load_of

_KINDS: dict[str, Text] = {
    "trip": T("Trip"), "stop": T("Stops"), "person": T("Passengers"),
    "without-there": T("Without transport there"), "without-back": T("Without transport back"),
}  # fmt: skip
_COLUMNS: dict[str, Text] = {
    "status": T("Status"), "day": T("Day"), "vehicle": T("Vehicle"), "driver": T("Driver"),
    "leader": T("Leader on the trip"), "departure": T("Departure"), "arrival": TC("of a trip", "Arrival"),
    "stops": T("Stops and times"), "people": T("People"), "time": T("Time"), "where": T("Meeting point"),
    "on": T("Get on"), "off": T("Get off"), "remark": T("Remark"), "stop": T("Stop"), "phone": T("Phone"),
    "call": T("Whom to call"), "wheelchairs": T("Wheelchairs"),
}  # fmt: skip


def of_manifest(
    session: Session, _event_id: str, trip_id: str, language: str, _options: Mapping[str, Any]
) -> Said | None:  # fmt: skip
    """Trip, stops, and everybody with the stop, phone, whom to call and remark."""
    load = load_of(session, trip_id)
    return manifest_said(load, language) if load else None


def of_driver_sheet(
    session: Session, _event_id: str, trip_id: str, language: str, _options: Mapping[str, Any]
) -> Said | None:  # fmt: skip
    """Trip, stops with numbers, and the names with their stops."""
    load = load_of(session, trip_id)
    return driver_said(load, language) if load else None


def of_bus_firm_list(
    session: Session, _event_id: str, trip_id: str, language: str, options: Mapping[str, Any]
) -> Said | None:  # fmt: skip
    """Trip and stops with numbers; names only where they stood on the list."""
    load = load_of(session, trip_id)
    return firm_said(load, language, named=with_names(options)) if load else None


def of_plan(session: Session, event_id: str, _subject: str, language: str, _options: Mapping[str, Any]) -> Said | None:
    """Every trip on a line, and everybody without transport in each direction."""
    return plan_said(plan_of(session, event_id, language=tongue(language).code), language)


def manifest_said(load: Load, language: str) -> Said:
    speak = tongue(language)
    where = _stop_names(load)
    people = [
        Line(
            one.registration_id, "person", one.name,
            {
                "stop": where[one.stop_id], "phone": one.phone, "call": contact(one.call, one.call_phone),
                "remark": passenger_remark(one, speak),
            },
        )
        for one in load.people
    ]  # fmt: skip
    return _said(load, speak, [_trip_line(load, speak), *_stop_lines(load, speak, counted=False), *people])


def driver_said(load: Load, language: str) -> Said:
    speak = tongue(language)
    return _said(
        load, speak, [_trip_line(load, speak), *_stop_lines(load, speak), *_names(load)],
    )  # fmt: skip


def firm_said(load: Load, language: str, *, named: bool) -> Said:
    speak = tongue(language)
    names = _names(load) if named else []
    return _said(load, speak, [_trip_line(load, speak), *_stop_lines(load, speak), *names])


def plan_said(plan: Plan, language: str) -> Said:
    speak = tongue(language)
    lines = []
    for load in plan.loads:
        trip = _trip_line(load, speak)
        stops = " – ".join(
            " ".join(part for part in (clock(stop.at, load.trip.day, speak), stop.place) if part)
            for stop in load.trip.stops
        )
        words = {"stops": stops, **{k: v for k, v in trip.words.items() if k not in ("departure", "arrival")}}
        lines.append(Line(load.trip.id, "trip", load.trip.name, words))
    for way in BOTH:
        lines += [
            Line(one.id, f"without-{way}", one.name, {"where": one.place.name}) for one in plan.boards[way].without
        ]
    return Said("", *_headings(lines, speak), tuple(lines))


def _said(load: Load, speak: Language, lines: Sequence[Line]) -> Said:
    trip = load.trip
    title = " · ".join(part for part in (trip.name, speak.say(TRIP_DIRECTIONS[trip.direction])) if part)
    return Said(title, *_headings(lines, speak), tuple(lines), ordered=("stop",))


def _headings(lines: Sequence[Line], speak: Language) -> tuple[dict[str, str], dict[str, str]]:
    kinds = dict.fromkeys(line.kind for line in lines)
    columns = dict.fromkeys(column for line in lines for column in line.words)
    return (
        {key: speak.say(words) for key, words in _KINDS.items() if key in kinds},
        {key: speak.say(words) for key, words in _COLUMNS.items() if key in columns},
    )


def _trip_line(load: Load, speak: Language) -> Line:
    trip = load.trip
    return Line(
        trip.id, "trip", trip.name,
        {
            # A trip that is planned need not say so.
            "status": "" if trip.status == "planned" else speak.say(TRIP_STATUSES[trip.status]),
            "day": speak.date(trip.day) if trip.day else "",
            "departure": clock(trip.leaves_at, trip.day, speak), "arrival": clock(trip.arrives_at, trip.day, speak),
            "vehicle": vehicle_words(load), "driver": contact(trip.driver_name, trip.driver_phone),
            "leader": contact(trip.leader_name, trip.leader_phone), "people": speak.number(len(load.people)),
        },
    )  # fmt: skip


def _stop_lines(load: Load, speak: Language, *, counted: bool = True) -> list[Line]:
    lines = []
    for halt in halts(load):
        stop = halt.stop
        words = {
            "time": clock(stop.at, load.trip.day, speak), "where": stop.meeting_point, "remark": stop.remarks,
        }  # fmt: skip
        if counted:
            numbers = {"on": halt.gets_on, "off": halt.gets_off, "wheelchairs": halt.wheelchairs}
            words |= {key: speak.number(number) if number else "" for key, number in numbers.items()}
        lines.append(Line(stop.id, "stop", stop.place, words))
    return lines


def _names(load: Load) -> list[Line]:
    where = _stop_names(load)
    return [Line(one.registration_id, "person", one.name, {"stop": where[one.stop_id]}) for one in load.people]


def _stop_names(load: Load) -> dict[str | None, str]:
    found: dict[str | None, str] = {None: ""}
    found.update({stop.id: stop.place for stop in load.trip.stops})
    return found


def leader(session: Session, trip_id: str) -> tuple[str, str]:
    """The leader of a trip; no e-mail is kept of one who is only named."""
    load = load_of(session, trip_id)
    return (load.trip.leader_name, "") if load else ("", "")


def driver(session: Session, trip_id: str) -> tuple[str, str]:
    load = load_of(session, trip_id)
    return (load.trip.driver_name, "") if load else ("", "")


def carrier(session: Session, trip_id: str) -> tuple[str, str]:
    """The firm whose vehicle it is, with its e-mail."""
    row = session.execute(
        select(Carrier.name, Carrier.email)
        .join(Vehicle, Vehicle.carrier_id == Carrier.id)
        .join(Trip, Trip.vehicle_id == Vehicle.id)
        .where(Trip.id == trip_id)
    ).first()
    return (row[0], row[1]) if row else ("", "")
