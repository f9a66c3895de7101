"""Who sits in each trip, with what the papers of a trip may say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.ages import age_on, is_below
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, fold, sort_key, verbatim
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services import guardians as guardians_known
from mama_desktop.services import minors
from mama_desktop.services.transport import trips
from mama_desktop.services.transport.trips import TripInfo


@dataclass(frozen=True)
class Passenger:
    """Somebody with a seat. call, call_phone: whom to call for them, a minor's guardian, else the emergency contact."""

    registration_id: str
    family_name: str
    given_name: str
    organisation: str
    phone: str
    stop_id: str | None
    minor: bool
    wheelchair: bool
    remarks: str
    call: str = ""
    call_phone: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Load:
    """A trip with its people in Slovene order; leader and driver are resolved: name and phone as said for the trip,
    else those of the participant who leads or drives."""

    trip: TripInfo
    people: tuple[Passenger, ...]

    def at(self, stop_id: str | None) -> tuple[Passenger, ...]:
        """Who gets on (going home: off) here; None: whose stop is not said."""
        return tuple(one for one in self.people if one.stop_id == stop_id)

    @property
    def wheelchairs(self) -> int:
        return sum(one.wheelchair for one in self.people)


def loads(session: Session, event_id: str) -> list[Load]:
    """The trips of an event with their people, in their order; without those called off."""
    found = [trip for trip in trips.trips_of_event(session, event_id) if trip.status != "cancelled"]
    return _loads(session, event_id, found)


def _loads(session: Session, event_id: str, found: Sequence[TripInfo]) -> list[Load]:
    people = _people(session, event_id, [trip.id for trip in found])
    named = _named(session, found)
    return [Load(_resolved(trip, named), tuple(people.get(trip.id, ()))) for trip in found]


def chosen_loads(
    session: Session, event_id: str, *, trip: str = "", direction: str = "", carrier: str = ""
) -> list[Load]:  # fmt: skip
    """Those a person asks for. trip: its key, its name, or its number in the event counted from 1 in the order of the
    list; direction: "there", "back", "other"; carrier: the name of a firm. Raises OfficeError when there are none."""
    found = loads(session, event_id)
    if not found:
        raise OfficeError(
            T("The event has no trips yet."),
            safe=T("Nothing was printed."),
            todo=T("Plan them on the event’s page under Transport."),
        )
    numbered = {one.trip.id: str(i) for i, one in enumerate(found, 1)}
    wanted = [
        one
        for one in found
        if (not trip or trip in (one.trip.id, numbered[one.trip.id]) or fold(trip) == fold(one.trip.name))
        and (not direction or one.trip.direction == direction)
        and (not carrier or fold(carrier) == fold(one.trip.carrier))
    ]
    if not wanted:
        raise OfficeError(
            T("The event has no such trip."),
            safe=T("Nothing was printed."),
            todo=T("These are its trips:"),
            details=[verbatim(f"{numbered[one.trip.id]}. {one.trip.name}") for one in found],
        )
    return wanted


def load_of(session: Session, trip_id: str) -> Load | None:
    """One trip, called off or not; None when it is not there any more."""
    event_id = session.scalar(select(Trip.event_id).where(Trip.id == trip_id))
    return _loads(session, event_id, [trips.trip_of(session, trip_id)])[0] if event_id else None


def _people(session: Session, event_id: str, trip_ids: Sequence[str]) -> dict[str, list[Passenger]]:
    query = (
        select(
            Seat.trip_id, Seat.stop_id, Seat.wheelchair, Seat.remarks, Registration.id, Registration.emergency_name,
            Registration.emergency_relation, Registration.emergency_phone, Organisation.name_sl, Person,
        )
        .join(Registration, Registration.id == Seat.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Seat.trip_id.in_(list(trip_ids)))
    )  # fmt: skip
    rows = session.execute(query).all()
    day = session.scalar(select(Event.starts_on).where(Event.id == event_id))
    limit = minors.child_age(session)
    young: set[str] = set()
    for person in {row[-1] for row in rows}:
        age = age_on(
            day, birth_date=person.birth_date, birth_year=person.birth_year, age_group=person.age_group,
            age_group_on=person.age_group_on,
        ) if day else None  # fmt: skip
        if is_below(age, limit) is True:
            young.add(person.id)
    guardians = guardians_known.guardians_of(session, sorted(young))
    found: dict[str, list[Passenger]] = {}
    for trip, stop, wheelchair, remarks, key, call, relation, call_phone, organisation, person in rows:
        whom, phone = ", ".join(part for part in (call, relation) if part), call_phone
        for guardian in guardians.get(person.id, ()):
            if guardian.phone:
                whom, phone = guardian.name, guardian.phone
                break
        found.setdefault(trip, []).append(
            Passenger(
                key, person.family_name, person.given_name, organisation or "", person.phone or person.other_phone,
                stop, person.id in young, bool(wheelchair), remarks, whom, phone,
            )
        )  # fmt: skip
    for its in found.values():
        its.sort(key=lambda one: (sort_key(one.family_name or one.given_name), sort_key(one.given_name)))
    return found


def _named(session: Session, found: Sequence[TripInfo]) -> dict[str, tuple[str, str]]:
    """Registration of a leader or driver → name, phone."""
    keys = {key for trip in found for key in (trip.leader_id, trip.driver_id) if key}
    if not keys:
        return {}
    query = (
        select(Registration.id, Person.given_name, Person.family_name, Person.phone, Person.other_phone)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.id.in_(keys))
    )
    return {
        key: (f"{given} {family}".strip(), phone or other)
        for key, given, family, phone, other in session.execute(query)
    }


def _resolved(trip: TripInfo, named: dict[str, tuple[str, str]]) -> TripInfo:
    leads, drives = named.get(trip.leader_id or "", ("", "")), named.get(trip.driver_id or "", ("", ""))
    return replace(
        trip, leader_name=trip.leader_name or leads[0], leader_phone=trip.leader_phone or leads[1],
        driver_name=trip.driver_name or drives[0], driver_phone=trip.driver_phone or drives[1],
    )  # fmt: skip
