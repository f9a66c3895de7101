"""Carpool: participants who offer seats in their cars, and who could ride with whom by place and time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import sort_key
from mama_desktop.domain.travel import TravelLeg, usual_day
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import roads
from mama_desktop.services.transport.board import Rider
from mama_desktop.services.transport.roads import Place

# Beyond these nobody is proposed to anybody; by hand everything goes.
MOST_DETOUR_KM = 40.0
MOST_MINUTES_APART = 120
_LOOKS_FOR_A_RIDE = frozenset({"passenger"})


@dataclass(frozen=True)
class Offer:
    """A driver with seats. seats: for passengers, as offered, or of the trip they drive; taken: of them; day and time:
    when they arrive (going home: leave), as far as it is said."""

    registration_id: str
    person_id: str
    name: str
    phone: str
    place: Place
    together: str
    seats: int
    taken: int = 0
    trip_id: str | None = None
    day: dt.date | None = None
    time: dt.time | None = None

    @property
    def free(self) -> int:
        return max(self.seats - self.taken, 0)


@dataclass(frozen=True)
class Seeker:
    """Somebody without a seat who wants to ride along, or needs transport."""

    registration_id: str
    person_id: str
    name: str
    phone: str
    place: Place
    together: str
    minor: bool
    day: dt.date | None = None
    time: dt.time | None = None


@dataclass(frozen=True)
class Match:
    """A seeker in a driver’s car. detour_km: what the driver drives more; minutes_apart: None where no hour is said.

    needs_agreement: a minor with a driver who is not their guardian: nobody rides so without the guardians knowing.
    """

    seeker: Seeker
    offer: Offer
    detour_km: float
    minutes_apart: int | None
    needs_agreement: bool

    @property
    def is_near(self) -> bool:
        """Whether it may be proposed without being asked for."""
        return self.detour_km <= MOST_DETOUR_KM and (self.minutes_apart or 0) <= MOST_MINUTES_APART


@dataclass(frozen=True)
class Carpool:
    """One direction of an event. matches: of each seeker all drivers that are known to lie on a road, best first;
    proposed: at most one of them each, nobody beyond the seats a driver has left."""

    event_id: str
    direction: str
    offers: tuple[Offer, ...] = ()
    seekers: tuple[Seeker, ...] = ()
    matches: Mapping[str, tuple[Match, ...]] = field(default_factory=dict)
    proposed: Mapping[str, Match] = field(default_factory=dict)

    def match(self, seeker_id: str, driver_id: str) -> Match | None:
        return next((m for m in self.matches.get(seeker_id, ()) if m.offer.registration_id == driver_id), None)

    @property
    def free(self) -> int:
        return sum(offer.free for offer in self.offers)


def offers(session: Session, event_id: str, direction: str) -> tuple[Offer, ...]:
    """Who comes by own car and offers seats, with a place at the event; by name."""
    return carpool(session, event_id, direction).offers


def matches(session: Session, event_id: str, direction: str) -> list[Match]:
    """Who could ride with whom, by detour and time; nobody twice, and nobody beyond the seats."""
    return sorted(carpool(session, event_id, direction).proposed.values(), key=_rank)


def carpool(session: Session, event_id: str, direction: str, *, language: str = "sl") -> Carpool:
    """Drivers, seekers and who fits whom, for one direction of an event."""
    shown = boards.board(session, event_id, direction, language=language)
    said = _said(session, event_id, direction)
    driven = {trip.driver_id: trip for trip in shown.trips if trip.status != "cancelled"}
    found, seekers = [], []
    for rider in shown.riders():
        leg = said.get(rider.id)
        if leg is None:
            continue
        phone, seats, day, time = leg
        if rider.means == "own-car" and seats and (rider.trip_id is None or rider.drives):
            trip = driven.get(rider.id)
            # Where a trip is planned, its seats count: the driver may have another vehicle.
            found.append(
                Offer(
                    rider.id, rider.person_id, rider.name, phone, rider.place, rider.together,
                    trip.seats if trip else seats, trip.taken if trip else 0, trip.id if trip else None, day, time,
                )
            )  # fmt: skip
        elif _seeks(rider):
            seekers.append(
                Seeker(
                    rider.id, rider.person_id, rider.name, phone, rider.place, rider.together, rider.minor, day, time
                )
            )  # fmt: skip
    found.sort(key=lambda offer: sort_key(offer.name))
    seekers.sort(key=lambda seeker: sort_key(seeker.name))
    pairs = _matches(session, event_id, found, seekers)
    chosen = propose(found, pairs)
    # Whom somebody can take along leads.
    seekers.sort(key=lambda seeker: seeker.registration_id not in chosen)
    return Carpool(event_id, direction, tuple(found), tuple(seekers), pairs, chosen)


def propose(found: Sequence[Offer], pairs: Mapping[str, Sequence[Match]]) -> dict[str, Match]:
    """The nearest first: each seeker at most once, each driver as often as seats are free."""
    left = {offer.registration_id: offer.free for offer in found}
    chosen: dict[str, Match] = {}
    for match in sorted((m for of_one in pairs.values() for m in of_one if m.is_near), key=_rank):
        seeker, driver = match.seeker.registration_id, match.offer.registration_id
        if seeker not in chosen and left[driver] > 0:
            chosen[seeker] = match
            left[driver] -= 1
    return chosen


def _rank(match: Match) -> tuple[object, ...]:
    """Who travels together first, then the smallest detour, then the least waiting; an unknown hour comes last."""
    together = bool(match.seeker.together) and match.seeker.together == match.offer.together
    apart = match.minutes_apart
    return (not together, match.detour_km, apart is None, apart or 0, sort_key(match.seeker.name), match.offer.name)


def _seeks(rider: Rider) -> bool:
    if rider.trip_id is not None or rider.drives:
        return False
    return rider.needs is True or (rider.needs is None and rider.means in _LOOKS_FOR_A_RIDE)


def _said(
    session: Session, event_id: str, direction: str
) -> dict[str, tuple[str, int, dt.date | None, dt.time | None]]:
    """Registration → phone, seats offered, day and time of its leg."""
    event = session.get_one(Event, event_id)
    query = (
        select(
            Registration.id, Registration.arrival, Registration.departure, Person.phone, Person.other_phone,
            TravelLeg.seats_offered, TravelLeg.day, TravelLeg.time,
        )
        .join(Person, Person.id == Registration.person_id)
        .join(TravelLeg, TravelLeg.registration_id == Registration.id)
        .where(Registration.event_id == event_id, TravelLeg.direction == direction)
    )  # fmt: skip
    found = {}
    for key, arrival, departure, phone, other, seats, day, time in session.execute(query):
        usual = usual_day(
            direction, arrival=arrival, departure=departure, starts_on=event.starts_on, ends_on=event.ends_on,
            precision=event.precision,
        )  # fmt: skip
        found[key] = (phone or other, seats or 0, day or usual, time)
    return found


def _matches(
    session: Session, event_id: str, found: Sequence[Offer], seekers: Sequence[Seeker]
) -> dict[str, tuple[Match, ...]]:
    known = roads.typed(session)
    venue = roads.of_event(session.get_one(Event, event_id))
    guardians = _guardians(session, seekers)
    alone = {offer.registration_id: roads.between(known, offer.place, venue) for offer in found}
    detours: dict[tuple[str, str], float | None] = {}
    pairs: dict[str, tuple[Match, ...]] = {}
    for seeker in seekers:
        mine = []
        for offer in found:
            # Many come from one town: each pair of places is worked out once.
            asked = (offer.place.key, seeker.place.key)
            if asked not in detours:
                detours[asked] = _detour(known, offer.place, seeker.place, venue, alone[offer.registration_id])
            detour = detours[asked]
            if detour is not None and offer.person_id != seeker.person_id:
                agreed = not seeker.minor or (seeker.person_id, offer.person_id) in guardians
                mine.append(Match(seeker, offer, detour, _apart(seeker, offer), not agreed))
        pairs[seeker.registration_id] = tuple(sorted(mine, key=_rank))
    return pairs


def _detour(known: roads.Typed, driver: Place, seeker: Place, venue: Place, alone: roads.Road) -> float | None:
    """Kilometres that the driver drives more; None where a place is not known."""
    if not driver.name or not seeker.name:
        return None
    if driver.key == seeker.key:
        return 0.0
    there, on = roads.between(known, driver, seeker), roads.between(known, seeker, venue)
    if not (there.is_known and on.is_known and alone.is_known):
        return None
    return round(max(there.km + on.km - alone.km, 0.0), 1)


def _apart(seeker: Seeker, offer: Offer) -> int | None:
    if seeker.time is None or offer.time is None:
        # Whoever comes on another day does not ride along, whatever the hour.
        days = abs((seeker.day - offer.day).days) if seeker.day and offer.day else 0
        return days * 24 * 60 or None
    first = dt.datetime.combine(seeker.day or offer.day or dt.date.min, seeker.time)
    then = dt.datetime.combine(offer.day or seeker.day or dt.date.min, offer.time)
    return round(abs((first - then).total_seconds()) / 60)


def _guardians(session: Session, seekers: Iterable[Seeker]) -> set[tuple[str, str]]:
    """(minor, guardian)."""
    minors = [seeker.person_id for seeker in seekers if seeker.minor]
    query = select(Guardian.person_id, Guardian.guardian_id).where(Guardian.person_id.in_(minors))
    return {(child, guardian) for child, guardian in session.execute(query)}


def with_chosen(shown: Carpool, chosen: Mapping[str, str]) -> Carpool:
    """The same with drivers chosen by a person: seeker → driver, "" for nobody; the others are proposed anew."""
    fixed = {seeker: match for seeker, driver in chosen.items() if (match := shown.match(seeker, driver)) is not None}
    used = [match.offer.registration_id for match in fixed.values()]
    left = [replace(o, taken=o.taken + used.count(o.registration_id)) for o in shown.offers]
    rest = {key: some for key, some in shown.matches.items() if key not in chosen}
    return replace(shown, proposed={**propose(left, rest), **fixed})
