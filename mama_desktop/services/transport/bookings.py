"""Bookings of a vehicle: its trips of events and any other drive, day by day; a clash is refused with names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, clean, verbatim
from mama_desktop.domain.trips import TRIP_DIRECTIONS, TRIP_STATUSES, Trip
from mama_desktop.i18n import language as language_of
from mama_desktop.services.fields.field import name_in
from mama_desktop.services.transport import clashes, trips, vehicles
from mama_desktop.services.transport.trips import TripInfo

# Between the key of a trip and the day in the key of a row: a drive over several days stands on each of them.
SEPARATOR = ":"
_LONGEST_DAYS = 62
BOOKING_FIELDS = (
    FieldInfo("day", T("Day"), "date", editable=False, width=100),
    FieldInfo("weekday", T("Weekday"), editable=False, width=110),
    FieldInfo("from", T("From"), "time", editable=False, width=85),
    FieldInfo("to", T("To"), "time", editable=False, width=70),
    FieldInfo("purpose", T("Drive"), editable=False, width=200),
    FieldInfo("event", T("Event"), editable=False, width=200),
    FieldInfo("direction", T("Direction"), "choice", editable=False, choices=TRIP_DIRECTIONS, width=110),
    FieldInfo("driver", T("Driver"), editable=False, sensitivity="personal", width=140),
    FieldInfo("taken", T("People"), "number", editable=False, width=80),
    FieldInfo("km", T("Kilometres"), "decimal", editable=False, width=100),
    FieldInfo("status", T("Status"), "choice", editable=False, choices=TRIP_STATUSES, width=120),
)


@dataclass(frozen=True)
class Wish:
    """A drive without an event: what for, from when until when, who drives, how far (None: not known yet)."""

    purpose: str
    begin: dt.datetime
    end: dt.datetime
    driver_name: str = ""
    km: float | None = None


def bookings(session: Session, vehicle_id: str, *, first: dt.date, last: dt.date, language: str = "sl") -> Listing:
    """Day by day what the vehicle is booked for; keys are `trip:day`, rows in the order of time."""
    found = trips.trips_between(session, first, last, vehicle_id=vehicle_id)
    titles = _titles(session, {trip.event_id for trip in found if trip.event_id}, language)
    lines = [(day, begin, end, trip) for trip in found for day, begin, end in _days(trip) if first <= day <= last]
    lines.sort(key=lambda line: (line[0], line[1] or dt.time.min, line[3].name))
    speak = language_of(language)
    rows = [
        (
            day, speak.weekday(day), begin, end, trip.name, titles.get(trip.event_id or "", ""), trip.direction,
            trip.driver_name, trip.taken if trip.event_id else None,
            round(trip.km, 1) if trip.km else None, trip.status,
        )
        for day, begin, end, trip in lines
    ]  # fmt: skip
    return Listing(BOOKING_FIELDS, [f"{trip.id}{SEPARATOR}{day.isoformat()}" for day, _, _, trip in lines], rows)


def book(session: Session, vehicle_id: str, wish: Wish) -> str:
    """Book a vehicle for a drive without an event; returns the trip's key. Refuses what clashes, and says with what."""
    vehicle = vehicles.refuse_out_of_use(session, vehicle_id)
    purpose, driver = _checked(wish), clean(wish.driver_name) or vehicle.driver_name
    booked = Trip(
        event_id=None, direction="other", name=purpose[:120], day=wish.begin.date(), vehicle_id=vehicle_id,
        seats=vehicle.seats, wheelchair_places=vehicle.wheelchair_places,
        driver_name=driver, driver_phone=vehicle.driver_phone if driver == vehicle.driver_name else "",
        leaves_at=wish.begin, arrives_at=wish.end, km=wish.km,
    )  # fmt: skip
    session.add(booked)
    session.flush()
    _refuse_clash(session, booked)
    return booked.id


def change_booking(session: Session, trip_id: str, wish: Wish) -> str:
    """Give a booking without an event another purpose or time; returns its key."""
    booked = session.get(Trip, trip_id)
    if booked is None or booked.event_id is not None:
        raise OfficeError(T("This booking is not there any more."), safe=T("Nothing was changed."))
    booked.name = _checked(wish)[:120]
    booked.day, booked.leaves_at, booked.arrives_at = wish.begin.date(), wish.begin, wish.end
    booked.driver_name, booked.km = clean(wish.driver_name), wish.km
    session.flush()
    _refuse_clash(session, booked)
    return booked.id


def booking_of(session: Session, trip_id: str) -> Wish | None:
    """What a booking without an event says; None for a trip of an event, or when it is gone."""
    booked = session.get(Trip, trip_id)
    if booked is None or booked.event_id is not None or booked.leaves_at is None or booked.arrives_at is None:
        return None
    return Wish(booked.name, booked.leaves_at, booked.arrives_at, booked.driver_name, booked.km)


def delete_bookings(session: Session, trip_ids: Sequence[str]) -> int:
    """Delete bookings without an event; a trip of an event stays. Returns how many went."""
    own = list(session.scalars(select(Trip.id).where(Trip.id.in_(trip_ids), Trip.event_id.is_(None))))
    for key in own:
        trips.delete_trip(session, key)
    return len(own)


def trip_of_row(key: str) -> str:
    """The trip a row of the bookings belongs to."""
    return key.partition(SEPARATOR)[0]


def _checked(wish: Wish) -> str:
    purpose = clean(wish.purpose)
    if not purpose:
        raise OfficeError(T("Please write what the drive is for."), safe=T("Nothing was changed."))
    if wish.end <= wish.begin:
        raise OfficeError(
            T("The drive ends ({end}) before it begins ({begin}).", begin=wish.begin, end=wish.end),
            safe=T("Nothing was changed."), todo=T("Check the days and the hours."),
        )  # fmt: skip
    if wish.end - wish.begin > dt.timedelta(days=_LONGEST_DAYS):
        raise OfficeError(
            T("A drive of more than {days} days is rather a mistake in the year.", days=_LONGEST_DAYS),
            safe=T("Nothing was changed."),
        )
    return purpose


def _refuse_clash(session: Session, booked: Trip) -> None:
    clashing = [session.get_one(Trip, key) for key, _ in clashes.vehicle_clashes(session, booked)]
    if clashing:
        raise OfficeError(
            T("The vehicle is booked at that time already."),
            safe=T("Nothing was changed."),
            todo=T("Choose another vehicle or other times."),
            details=[
                T("{trip}: {begin} – {end}", trip=verbatim(one.name), begin=one.leaves_at, end=one.arrives_at)
                for one in clashing
            ],
        )


def _days(trip: TripInfo) -> Iterator[tuple[dt.date, dt.time | None, dt.time | None]]:
    """Each day of a drive with the hours it takes on it; None where it goes on over midnight."""
    if trip.leaves_at is None or trip.arrives_at is None:
        if trip.day is not None:
            yield trip.day, None, None
        return
    begin, end = trip.leaves_at, trip.arrives_at
    for number in range((end.date() - begin.date()).days + 1):
        day = begin.date() + dt.timedelta(days=number)
        yield day, begin.time() if day == begin.date() else None, end.time() if day == end.date() else None


def _titles(session: Session, keys: set[str], language: str) -> dict[str, str]:
    query = select(Event.id, Event.title_sl, Event.title_en).where(Event.id.in_(keys))
    return {key: name_in(language, title_sl, title_en) for key, title_sl, title_en in session.execute(query)}
