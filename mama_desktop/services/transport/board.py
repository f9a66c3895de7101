"""Who rides in what, for one direction of an event: the trips, everybody with a place, and each one's nearest stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mama_desktop.domain.ages import age_on, is_below
from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import sort_key
from mama_desktop.domain.travel import NUMBERED_MEANS, TravelLeg
from mama_desktop.domain.trips import Seat
from mama_desktop.services import minors
from mama_desktop.services.transport import connections, roads, seats, trips
from mama_desktop.services.transport.nearest import Finder, Nearest
from mama_desktop.services.transport.roads import Place
from mama_desktop.services.transport.trips import TripInfo

BOTH = ("there", "back")
# Whoever says nothing of needing transport and comes so is in need of it, or nothing is known yet.
_NOT_OWN = frozenset({"", "event-bus"})
# The columns of a leg that nobody has keyed in.
_NOTHING_SAID: tuple[Any, ...] = (None, "", False, "", "", None, None, "", "", None, None)


def has_own_way(needs: bool | None, means: str) -> bool:
    """Whether somebody needs no seat by what is said of a leg of travel: in words, else by its means."""
    return needs is False or (needs is None and means not in _NOT_OWN)


@dataclass(frozen=True)
class Rider:
    """Somebody with a place at the event. place: where from (back: where to), of those who fly or come by train their
    airport or station; place_is_said: by their leg of travel, else it is their home or the town of whom they represent.

    needs: as said for the leg, None: not said. together: a key shared by those who travel together, "" for nobody.
    """

    id: str
    person_id: str
    name: str
    organisation: str
    place: Place
    place_is_said: bool
    party: str
    together: str
    minor: bool
    wheelchair: bool
    needs: bool | None
    means: str
    trip_id: str | None = None
    stop_id: str | None = None
    drives: bool = False
    nearest: Nearest | None = None
    # When their plane, train or public bus arrives (back: leaves); None: not known, or they come otherwise.
    due: dt.time | None = None
    due_on: dt.date | None = None

    @property
    def own_way(self) -> bool:
        """Needs no seat: said so, comes by other means, or drives a trip."""
        return self.drives or has_own_way(self.needs, self.means)


@dataclass(frozen=True)
class Counts:
    """Of one direction. free: seats of trips that are not called off."""

    seated: int = 0
    without: int = 0
    own_way: int = 0
    free: int = 0
    trips: int = 0


@dataclass(frozen=True)
class Board:
    """One direction of an event. Each list of riders in the order in which it is shown."""

    event_id: str
    direction: str
    trips: tuple[TripInfo, ...] = ()
    without: tuple[Rider, ...] = ()
    own_way: tuple[Rider, ...] = ()
    seated: Mapping[str, tuple[Rider, ...]] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)
    # Who sits beyond the seats of a smaller vehicle.
    over: frozenset[str] = frozenset()
    # Trip → the names of its driver and leader who do not come any more.
    away: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def here(self) -> Counts:
        return self.counts.get(self.direction, Counts())

    def trip(self, key: str | None) -> TripInfo | None:
        return next((t for t in self.trips if t.id == key), None)

    def riders(self) -> Iterable[Rider]:
        """Everybody, those without transport first."""
        yield from self.without
        yield from self.own_way
        for trip in self.trips:
            yield from self.seated.get(trip.id, ())


def board(session: Session, event_id: str, direction: str = "there", *, language: str = "sl") -> Board:
    """Both columns of the board for one direction, and the counts of both."""
    all_trips = trips.trips_of_event(session, event_id)
    people = _people(session, event_id, language=language)
    seated_in = _seats(session, event_id)
    found: dict[str, list[Rider]] = {}
    counts: dict[str, Counts] = {}
    for way in BOTH:
        of_way = [t for t in all_trips if t.direction == way]
        found[way] = _riders(session, event_id, way, of_way, people, seated_in)
        counts[way] = _counted(found[way], of_way)
    shown = tuple(t for t in all_trips if t.direction == direction)
    riders = _with_nearest(session, found[direction], shown)
    seated = {t.id: tuple(r for r in riders if r.trip_id == t.id and not r.drives) for t in shown}
    waiting = [r for r in riders if r.trip_id is None or r.drives]
    return Board(
        event_id, direction, shown,
        tuple(_in_order([r for r in waiting if not r.own_way], shown)),
        tuple(sorted((r for r in waiting if r.own_way), key=lambda r: (not r.drives, sort_key(r.name)))),
        {key: tuple(sorted(its, key=lambda r: sort_key(r.name))) for key, its in seated.items()},
        counts,
        frozenset(key for t in shown if t.over for key in seats.over(session, t.id)),
        connections.away(session, [t for t in shown if t.status != "cancelled"]),
    )  # fmt: skip


@dataclass(frozen=True)
class _Known:
    id: str
    person_id: str
    name: str
    organisation: str
    home: Place
    party: str
    together: str
    minor: bool


def _people(session: Session, event_id: str, *, language: str) -> list[_Known]:
    event = session.get(Event, event_id)
    day = event.starts_on if event else None
    limit = minors.child_age(session)
    query = (
        select(
            Registration.id, Registration.party_id, Party.name, Person.id, Person.given_name, Person.family_name,
            Person.town, Person.postal_code, Person.country, Person.birth_date, Person.birth_year, Person.age_group,
            Person.age_group_on, Organisation.name_sl, Organisation.name_en, Organisation.town,
            Organisation.postal_code, Organisation.country,
        )
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Party, Party.id == Registration.party_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id, Registration.status.in_(list(TAKES_PLACE)))
    )  # fmt: skip
    rows = session.execute(query).all()
    families = _families(session, event_id, [(row[0], row[3], row[1]) for row in rows])
    known = []
    for (
        key, _party_id, party, person, given, family, town, post, country, born, year, group, group_on, name_sl,
        name_en, its_town, its_post, its_country,
    ) in rows:  # fmt: skip
        age = age_on(day, birth_date=born, birth_year=year, age_group=group, age_group_on=group_on) if day else None
        home = (
            roads.located(town, country or "SI", post) if town
            else roads.located(its_town or "", its_country or "SI", its_post or "") if its_town else Place("")
        )  # fmt: skip
        known.append(
            _Known(
                key, person, f"{given} {family}".strip(), (name_en if language == "en" and name_en else name_sl) or "",
                home, party or "", families.get(key, ""), is_below(age, limit) is True,
            )
        )  # fmt: skip
    return known


def _families(session: Session, event_id: str, rows: Sequence[tuple[str, str, str | None]]) -> dict[str, str]:
    """Registration → a key of those who travel together: their party, and guardians with their minors.

    rows: (registration, person, party).
    """
    top: dict[str, str] = {}

    def root(key: str) -> str:
        while top.get(key, key) != key:
            key = top[key]
        return key

    of_person = {person: key for key, person, _ in rows}
    for key, _, party in rows:
        if party:
            top[root(key)] = root(party)
    mine, theirs = aliased(Registration), aliased(Registration)
    pairs = session.execute(
        select(Guardian.person_id, Guardian.guardian_id)
        .join(mine, mine.person_id == Guardian.person_id)
        .join(theirs, theirs.person_id == Guardian.guardian_id)
        .where(mine.event_id == event_id, theirs.event_id == event_id)
    )
    for child, guardian in pairs:
        if child in of_person and guardian in of_person:
            top.setdefault(of_person[guardian], of_person[guardian])
            top[root(of_person[child])] = root(of_person[guardian])
    return {key: root(key) for key, _, _ in rows if key in top}


def _seats(session: Session, event_id: str) -> dict[str, dict[str, str | None]]:
    """Trip → registration → stop."""
    query = (
        select(Seat.trip_id, Seat.registration_id, Seat.stop_id)
        .join(Registration, Registration.id == Seat.registration_id)
        .where(Registration.event_id == event_id)
    )
    found: dict[str, dict[str, str | None]] = {}
    for trip, registration, stop in session.execute(query):
        found.setdefault(trip, {})[registration] = stop
    return found


def _riders(
    session: Session,
    event_id: str,
    direction: str,
    of_way: Sequence[TripInfo],
    people: Sequence[_Known],
    seated_in: Mapping[str, Mapping[str, str | None]],
) -> list[Rider]:
    back = direction == "back"
    legs = {
        leg[0]: leg[1:]
        for leg in session.execute(
            select(
                TravelLeg.registration_id,
                TravelLeg.needs_transport, TravelLeg.means, TravelLeg.wheelchair,
                TravelLeg.to_place if back else TravelLeg.from_place,
                TravelLeg.to_country if back else TravelLeg.from_country,
                TravelLeg.to_latitude if back else TravelLeg.from_latitude,
                TravelLeg.to_longitude if back else TravelLeg.from_longitude,
                TravelLeg.point,
                TravelLeg.from_country if back else TravelLeg.to_country,
                TravelLeg.time, TravelLeg.day,
            )
            .join(Registration, Registration.id == TravelLeg.registration_id)
            .where(Registration.event_id == event_id, TravelLeg.direction == direction)
        )
    }  # fmt: skip
    sits = {person: (trip.id, stop) for trip in of_way for person, stop in seated_in.get(trip.id, {}).items()}
    driving = {trip.driver_id: trip.id for trip in of_way if trip.driver_id and trip.status != "cancelled"}
    riders = []
    for one in people:
        needs, means, wheelchair, place, country, north, east, point, here, time, day = legs.get(one.id, _NOTHING_SAID)
        # Whoever flies in from afar is fetched from the airport, not from home.
        at_point = bool(point) and means in NUMBERED_MEANS
        said = bool(place) or at_point
        if at_point:
            where = roads.located_point(point, here or "SI")
        elif not said:
            where = one.home
        elif north is None or east is None:
            where = roads.located(place, country or "SI")
        else:
            where = Place(place, country or "SI", north, east)
        trip, stop = sits.get(one.id, (None, None))
        drives = trip is None and one.id in driving
        riders.append(
            Rider(
                one.id, one.person_id, one.name, one.organisation, where, said, one.party, one.together, one.minor,
                bool(wheelchair), needs, means, driving[one.id] if drives else trip, stop, drives,
                due=time if means in NUMBERED_MEANS else None, due_on=day,
            )
        )  # fmt: skip
    return riders


def _counted(riders: Sequence[Rider], of_way: Sequence[TripInfo]) -> Counts:
    going = [t for t in of_way if t.status != "cancelled"]
    waiting = [r for r in riders if r.trip_id is None or r.drives]
    own = sum(r.own_way for r in waiting)
    return Counts(
        len(riders) - len(waiting), len(waiting) - own, own, sum(t.free for t in going), len(going),
    )  # fmt: skip


def _with_nearest(session: Session, riders: Sequence[Rider], shown: Sequence[TripInfo]) -> list[Rider]:
    """Each rider without a stop with the nearest one: of all trips, or of the trip in which they sit."""
    finder = Finder(session, shown)
    return [
        r if r.stop_id or r.own_way else replace(r, nearest=finder.nearest(r.place, trip_id=r.trip_id)) for r in riders
    ]


def _in_order(riders: Sequence[Rider], shown: Sequence[TripInfo]) -> list[Rider]:
    """By the nearest stop as the trips serve them, nearer people first; whose place is not known come last."""
    order = {stop.id: number for number, stop in enumerate(s for t in shown for s in t.stops)}

    def rank(rider: Rider) -> tuple[object, ...]:
        nearest = rider.nearest
        return (
            nearest is None,
            order.get(nearest.stop_id, 0) if nearest else 0,
            nearest.km if nearest else 0.0,
            not rider.place.name,
            sort_key(rider.place.name),
            rider.together,
            sort_key(rider.name),
        )

    return sorted(riders, key=rank)


def waiting_towns(shown: Board) -> list[tuple[Place, int]]:
    """From how many places how many people without transport wait, most first: the stops of a new trip."""
    found: dict[str, tuple[Place, int]] = {}
    for rider in shown.without:
        if rider.place.name:
            place, count = found.get(rider.place.key, (rider.place, 0))
            found[rider.place.key] = (place, count + 1)
    return sorted(found.values(), key=lambda one: (-one[1], sort_key(one[0].name)))


def usual_arrival(shown: Sequence[TripInfo]) -> dt.time | None:
    """When the other trips of this direction arrive (back: leave): offered for a new one."""
    times = [
        at.time() for t in shown if (at := t.leaves_at if t.direction == "back" else t.arrives_at) is not None
    ]  # fmt: skip
    return max(set(times), key=times.count) if times else None
