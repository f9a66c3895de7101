"""One function a record, each taking a session and sensible values for whatever is not said."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import FunderProfile, Partner, Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Vehicle

R = TypeVar("R")
_number = itertools.count(1)


def make_organisation(session: Session, name_sl: str = "Mladinski center Krško", **values: Any) -> Organisation:
    return _kept(session, Organisation(name_sl=name_sl, **values))


def make_person(session: Session, given_name: str = "Ana", family_name: str = "Novak", **values: Any) -> Person:
    return _kept(session, Person(given_name=given_name, family_name=family_name, **values))


def make_profile(session: Session, key: str | None = None, **values: Any) -> FunderProfile:
    key = key or f"profile-{next(_number)}"
    return _kept(session, FunderProfile(**{"key": key, "name_sl": "Urad za mladino", **values}))


def make_project(session: Session, title_sl: str = "Mladi v gibanju", **values: Any) -> Project:
    return _kept(session, Project(title_sl=title_sl, **values))


def make_partner(session: Session, project: Project, organisation: Organisation, **values: Any) -> Partner:
    return _kept(session, Partner(project_id=project.id, organisation_id=organisation.id, **values))


def make_staff_member(session: Session, name: str = "Maja Zupan", **values: Any) -> StaffMember:
    return _kept(session, StaffMember(name=name, **values))


def make_event(session: Session, code: str | None = None, **values: Any) -> Event:
    """An event on 2 April 2020 with a code of its own."""
    code = code or f"2020-04-dogodek-{next(_number)}"
    return _kept(session, Event(**{"title_sl": "Klub", "starts_on": dt.date(2020, 4, 2), "code": code, **values}))


def make_session(session: Session, event: Event, day: dt.date | None = None, **values: Any) -> EventSession:
    return _kept(session, EventSession(event_id=event.id, day=day or event.starts_on or dt.date(2020, 4, 2), **values))


def make_registration(
    session: Session, event: Event | None = None, person: Person | None = None, **values: Any
) -> Registration:
    """An accepted registration; its event and person are made when not given."""
    event = event or make_event(session)
    person = person or make_person(session)
    values = {"status": "accepted", "organisation_id": person.organisation_id, **values}
    return _kept(session, Registration(event_id=event.id, person_id=person.id, **values))


def make_attendance(
    session: Session, part: EventSession, registration: Registration, mark: str = "present", **values: Any
) -> Attendance:
    return _kept(session, Attendance(session_id=part.id, registration_id=registration.id, mark=mark, **values))


def make_vehicle(session: Session, name: str = "Kombi", **values: Any) -> Vehicle:
    return _kept(session, Vehicle(**{"name": name, "seats": 8, **values}))


def make_trip(session: Session, event: Event, *places: str, **values: Any) -> Trip:
    """An outward trip of eight seats on 2 April 2020 that stops in these places, at eight and every half-hour after."""
    trip = _kept(session, Trip(**{"event_id": event.id, "seats": 8, "day": event.starts_on, **values}))
    at = dt.datetime.combine(trip.day or dt.date(2020, 4, 2), dt.time(8))
    for position, place in enumerate(places, 1):
        make_stop(session, trip, place, position=position, at=at + dt.timedelta(minutes=30 * (position - 1)))
    if places:
        trip.leaves_at, trip.arrives_at = at, at + dt.timedelta(minutes=30 * (len(places) - 1))
    session.flush()
    return trip


def make_stop(session: Session, trip: Trip, place: str = "Celje", **values: Any) -> TripStop:
    return _kept(session, TripStop(trip_id=trip.id, place=place, **values))


def make_leg(session: Session, registration: Registration, direction: str = "there", **values: Any) -> TravelLeg:
    return _kept(session, TravelLeg(registration_id=registration.id, direction=direction, **values))


def make_seat(session: Session, trip: Trip, registration: Registration, stop: TripStop | None = None) -> Seat:
    return _kept(session, Seat(trip_id=trip.id, registration_id=registration.id, stop_id=stop.id if stop else None))


def _kept(session: Session, record: R) -> R:
    session.add(record)
    session.flush()
    return record
