"""What every paper of one trip is made of: its heading, its stops in words, and how many get on and off at each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mama_desktop.domain.text import TC, TN, T
from mama_desktop.domain.trips import TRIP_DIRECTIONS
from mama_desktop.i18n import NBSP, Language
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, tongue, words
from mama_desktop.services.transport.passengers import Load
from mama_desktop.services.transport.stops import StopInfo
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Column, Fact, Group, Sheet, Total, Words


@dataclass(frozen=True)
class Halt:
    """One stop of a drive with its load. gets_on, gets_off, on_board (when it leaves): people."""

    stop: StopInfo
    gets_on: int
    gets_off: int
    on_board: int
    wheelchairs: int = 0


def halts(load: Load) -> list[Halt]:
    """The stops in order: outward everybody gets off at the last one, going home everybody gets on at the first.

    Whoever has no stop yet is on board all the way, without getting on (going home: off) at one of them.
    """
    stops, back = load.trip.stops, load.trip.direction == "back"
    found: list[Halt] = []
    on_board = 0 if back else len(load.at(None))
    for place, stop in enumerate(stops):
        here = load.at(stop.id)
        chairs = sum(one.wheelchair for one in here)
        if back:
            on, off = (len(load.people), 0) if place == 0 else (0, len(here))
            chairs = load.wheelchairs if place == 0 else chairs
        else:
            on, off = (0, on_board) if place == len(stops) - 1 and place else (len(here), 0)
        on_board += on - off
        found.append(Halt(stop, on, off, on_board, chairs))
    return found


def stop_words(stop: StopInfo) -> str:
    """Celje, pred železniško postajo."""
    return ", ".join(part for part in (stop.place, stop.meeting_point) if part)


def clock(at: dt.datetime | None, trip_day: dt.date | None, speak: Language) -> str:
    """The time, with the day where it is not that of the trip."""
    if at is None:
        return ""
    said = speak.time(at.time())
    return said if trip_day is None or at.date() == trip_day else f"{speak.date(at.date())} {said}"


def vehicle_words(load: Load) -> str:
    """Avtobus 50, LJ AB-123 (Prevozi Hribar)."""
    trip = load.trip
    said = ", ".join(part for part in (trip.vehicle, trip.registration_number) if part)
    return f"{said} ({trip.carrier})" if trip.carrier and said else said or trip.carrier


def contact(name: str, phone: str) -> str:
    """A name with a phone that is not broken at the end of a line."""
    return ", ".join(part for part in (name, phone.replace(" ", NBSP)) if part)


def seats_words(load: Load, speak: Language) -> str:
    """44 sedežev, 2 prosta; who is beyond the seats is said."""
    trip = load.trip
    said = [speak.say(TN("{count} seat", "{count} seats", trip.seats))]
    if trip.over:
        said.append(speak.say(TN("{count} person too many", "{count} people too many", trip.over)))
    else:
        said.append(speak.say(TN("{count} of them free", "{count} of them free", trip.free)))
    return ", ".join(said)


def trip_facts(known: About, load: Load, paper: str, *, for_outsiders: bool = False) -> tuple[Fact, ...]:
    """The labelled lines of the heading. for_outsiders: without what only the office and the leader need."""
    trip, speak = load.trip, tongue(paper)
    route = " – ".join(stop.place for stop in trip.stops if stop.place) or trip.name
    told = [
        Fact(words(T("Trip"), paper), trip.name or route, strong=True),
        papers_about.event_fact(known, paper),
    ]
    if len(trip.stops) > 2 or route != trip.name:
        told.append(Fact(words(T("Route"), paper), route))
    vehicle = vehicle_words(load)
    if vehicle:
        told.append(Fact(words(T("Vehicle"), paper), vehicle))
    if trip.driver_name or trip.driver_phone:
        told.append(Fact(words(T("Driver"), paper), contact(trip.driver_name, trip.driver_phone)))
    if trip.leader_name or trip.leader_phone:
        label = words(T("Leader on the trip"), paper)
        told.append(Fact(label, contact(trip.leader_name, trip.leader_phone), strong=True))
    if trip.leaves_at:
        told.append(Fact(words(T("Departure"), paper), clock(trip.leaves_at, trip.day, speak), strong=True))
    if trip.arrives_at and trip.arrives_at != trip.leaves_at:
        told.append(Fact(words(TC("of a trip", "Arrival"), paper), clock(trip.arrives_at, trip.day, speak)))
    if not for_outsiders:
        told.append(Fact(words(T("Seats"), paper), seats_words(load, speak)))
    office_phone = str(known.office["office.phone"])
    if office_phone:
        told.append(Fact(words(T("Phone of the office"), paper), office_phone))
    if trip.remarks and not for_outsiders:
        told.append(Fact(words(T("Remark"), paper), trip.remarks))
    return tuple(told)


def when(load: Load, paper: str) -> Words:
    """The day of the trip with its direction: četrtek, 2. april 2020 · tja."""
    trip = load.trip
    both = []
    for code in ("sl", "en") if paper == "both" else (paper,):
        say = language_of(code)
        day = say.long_date(trip.day, weekday=True) if trip.day else ""
        both.append(" · ".join(part for part in (day, say.say(TRIP_DIRECTIONS[trip.direction])) if part))
    return Words(*both)


def trip_sheet(
    known: About,
    load: Load,
    paper: str,
    now: dt.datetime,
    *,
    key: str,
    title: Words,
    columns: Sequence[Column],
    groups: Sequence[Group],
    totals: Sequence[Total] = (),
    notices: Sequence[str] = (),
    for_outsiders: bool = False,
    blank_rows: int = 0,
    blank_title: Words | None = None,
) -> Sheet:
    """One trip on pages of its own, in the look of the office's papers."""
    made = tongue(paper).date_time(now)
    return Sheet(
        key=key,
        title=title,
        columns=tuple(columns),
        groups=tuple(groups),
        language=main_code(paper),
        heading_right=when(load, paper),
        facts=trip_facts(known, load, paper, for_outsiders=for_outsiders),
        totals=tuple(totals),
        notices=tuple(notices),
        orientation="portrait",
        tab=load.trip.name,
        row_height_mm=7.2,
        blank_rows=blank_rows,
        blank_title=blank_title,
        filled=False,
        footer_left=" · ".join(p for p in (known.event.code, load.trip.name, made) if p),
        page_word=papers_about.page_word(paper),
        author=known.organiser_sl,
        created=now,
    )


def named(known: About, paper: str, title: Words, found: Sequence[Load]) -> str:
    """The name of the file, without a suffix: 2020-04-klub seznam potnikov, Celje – Koper."""
    del paper
    of_one = f", {found[0].trip.name}" if len(found) == 1 else ""
    return safe_filename(f"{known.event.code} {title.first.lower()}{of_one}", "")
