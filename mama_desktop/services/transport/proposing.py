"""What a suggestion of transport is asked about, gathered from the workspace: riders, vehicles, roads, today's plan."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text
from mama_desktop.domain.travel import MEANS, NUMBERED_MEANS, TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.planning import problem as planning
from mama_desktop.planning.problem import Bond, Limits, Party, Plan, PlannedStop, PlannedTrip, Problem, Traveller
from mama_desktop.planning.roads import Place as PlanningPlace
from mama_desktop.planning.roads import drives
from mama_desktop.services.transport import roads
from mama_desktop.services.transport.board import Board, Rider, board
from mama_desktop.services.transport.roads import Place
from mama_desktop.services.transport.trips import TripInfo

# Where an event says no hour, people are there by nine and leave at four.
_ARRIVE, _LEAVE = dt.time(9), dt.time(16)
# What nobody is asked to sit through, unless the office says otherwise: so many minutes in a bus, so many times the
# direct drive or so many minutes more than it, whichever is more.
LONGEST_RIDE_MIN, DETOUR_FACTOR, DETOUR_MIN = 300.0, 2.0, 45.0


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. direction: "there" or "back". vehicles: keys of `Offer`s that may drive; None: all.

    at: everybody is there by then (back: leaves then); None: as the trips or the event say. keep_by_hand: who was put
    into a vehicle by hand stays there. together: parties and groups ride in one vehicle where one is large enough.
    """

    direction: str = "there"
    vehicles: tuple[str, ...] | None = None
    at: dt.datetime | None = None
    longest_ride_min: float | None = LONGEST_RIDE_MIN
    detour_factor: float | None = DETOUR_FACTOR
    keep_by_hand: bool = True
    together: bool = True


@dataclass(frozen=True)
class Offer:
    """What could drive: a trip that is planned already (trip_id), or a vehicle free at that time (vehicle_id)."""

    key: str
    name: str
    seats: int
    wheelchair_places: int
    trip_id: str | None
    vehicle_id: str | None
    passengers: int = 0


@dataclass(frozen=True)
class Asked:
    """The question with all that is needed to show and to apply its answer.

    riders: by registration; places: by the keys the problem uses; left_out: who is not in the question, and why.
    fingerprint: of the plan as it stood; an answer to an older plan is not applied.
    """

    event_id: str
    direction: str
    at: dt.datetime
    problem: Problem
    offers: tuple[Offer, ...]
    riders: dict[str, Rider]
    places: dict[str, Place]
    left_out: tuple[tuple[str, Text], ...]
    # Registration → name, of everybody.
    names: dict[str, str]
    fingerprint: str

    def offer(self, key: str) -> Offer:
        return next(o for o in self.offers if o.key == key)


def offers(session: Session, event_id: str, direction: str) -> list[Offer]:
    """What could drive people of an event in a direction: its trips first, then vehicles in use, largest first."""
    return _offers(session, board(session, event_id, direction))


def ask(session: Session, event_id: str, wish: Wish) -> Asked:
    """The question of one direction of an event; reads only."""
    now = board(session, event_id, wish.direction)
    event = session.get_one(Event, event_id)
    known = [o for o in _offers(session, now) if wish.vehicles is None or o.key in wish.vehicles]
    at = wish.at or _at(event, now, wish.direction)
    venue = _venue(event)
    places: dict[str, Place] = {venue.key: venue}
    trips = {t.id: t for t in now.trips if t.status != "cancelled"}
    driving: dict[str | None, str] = {o.trip_id: o.key for o in known if o.trip_id}
    left_out: list[tuple[str, Text]] = []
    riders: dict[str, Rider] = {}
    connections = _connections(session, event_id, wish.direction)
    for rider in _wanting(now, driving):
        if rider.id in connections:
            # A search that knows no hour but the event's would fetch them before they have landed.
            left_out.append((rider.id, connections[rider.id]))
        elif rider.place.at is None:
            name = rider.place.name
            why = T("The place “{place}” is not in the list of places.", place=name) if name else _NOWHERE
            left_out.append((rider.id, why))
        else:
            riders[rider.id] = rider
            places.setdefault(rider.place.key, rider.place)
    if venue.at is None:
        left_out += [(key, T("The place of the event is not known.")) for key in riders]
        riders = {}
    present = _present(trips, driving, riders, now, places)
    vehicles = [_vehicle(session, offer, trips, riders, now, venue, places) for offer in known]
    parties = _parties(session, now, riders, driving, known, wish)
    problem = Problem(
        direction="back" if wish.direction == "back" else "there",
        venue=venue.key,
        at=at,
        parties=tuple(parties),
        vehicles=tuple(vehicles),
        roads=drives(
            [PlanningPlace(p.key, *p.at) for p in places.values() if p.at],
            {pair: said for pair, said in roads.typed(session).items() if pair[0] in places and pair[1] in places},
        ),
        limits=Limits(longest_ride_min=wish.longest_ride_min, detour_factor=wish.detour_factor, detour_min=DETOUR_MIN),
        present=present,
    )
    return Asked(
        event_id, wish.direction, at, problem, tuple(known), riders, places, tuple(left_out),
        {r.id: r.name for r in now.riders()},
        fingerprint(session, event_id, wish.direction),
    )  # fmt: skip


_NOWHERE = T("It is not known from where.")


def fingerprint(session: Session, event_id: str, direction: str) -> str:
    """Equal as long as the trips, stops and seats of a direction stand as they stood."""
    trips = session.execute(
        select(Trip.id, Trip.status, Trip.vehicle_id, Trip.seats, Trip.wheelchair_places)
        .where(Trip.event_id == event_id, Trip.direction == direction)
        .order_by(Trip.id)
    ).all()
    keys = [row[0] for row in trips]
    stops = session.execute(
        select(TripStop.trip_id, TripStop.position, TripStop.id, TripStop.place, TripStop.country)
        .where(TripStop.trip_id.in_(keys))
        .order_by(TripStop.trip_id, TripStop.position)
    ).all()
    seats = session.execute(
        select(Seat.trip_id, Seat.registration_id, Seat.stop_id)
        .where(Seat.trip_id.in_(keys))
        .order_by(Seat.trip_id, Seat.registration_id)
    ).all()
    said = repr([[tuple(row) for row in rows] for rows in (trips, stops, seats)])
    return hashlib.sha256(said.encode()).hexdigest()


def _wanting(now: Board, driving: Collection[str | None]) -> Iterable[Rider]:
    """Who is to be seated: whoever has no way of their own, and who sits in one of the trips that may be changed."""
    yield from now.without
    for trip in now.trips:
        if trip.id in driving:
            yield from now.seated.get(trip.id, ())


def _connections(session: Session, event_id: str, direction: str) -> dict[str, Text]:
    """Who has a plane, train or bus of their own to catch or comes by it at a known hour, and what is said of them."""
    rows = session.execute(
        select(TravelLeg.registration_id, TravelLeg.time, TravelLeg.means)
        .join(Registration, Registration.id == TravelLeg.registration_id)
        .where(
            Registration.event_id == event_id,
            TravelLeg.direction == direction,
            TravelLeg.means.in_(sorted(NUMBERED_MEANS)),
            TravelLeg.time.is_not(None),
        )
    )
    back = direction == "back"
    return {
        key: T("leaves by {means} at {time}: put them into a trip by hand", means=MEANS[means], time=time)
        if back
        else T("arrives by {means} at {time}: put them into a trip by hand", means=MEANS[means], time=time)
        for key, time, means in rows
    }


def _at(event: Event, now: Board, direction: str) -> dt.datetime:
    """As the venue's stop of a trip says, else as the event does."""
    for trip in now.trips:
        for stop in trip.stops:
            if stop.is_venue and stop.at and trip.status != "cancelled":
                return stop.at
    if direction == "back":
        day = event.ends_on or event.starts_on or dt.date.min
        return dt.datetime.combine(day, event.ends_at or _LEAVE)
    return dt.datetime.combine(event.starts_on or dt.date.min, event.starts_at or _ARRIVE)


def _venue(event: Event) -> Place:
    found = roads.located(event.town or event.venue, event.country or "SI", event.postal_code)
    if event.latitude is not None and event.longitude is not None:
        return replace(found, latitude=event.latitude, longitude=event.longitude)
    return found


def _offers(session: Session, now: Board) -> list[Offer]:
    found = [
        Offer(
            f"trip:{t.id}", t.name, t.seats, t.wheelchair_places, t.id, t.vehicle_id, t.taken,
        )
        for t in now.trips
        if t.status != "cancelled" and t.seats
    ]  # fmt: skip
    taken = {o.vehicle_id for o in found} | {t.vehicle_id for t in now.trips if t.status != "cancelled"}
    rows = session.scalars(
        select(Vehicle).where(Vehicle.in_use, Vehicle.seats > 0).order_by(Vehicle.seats.desc(), Vehicle.name)
    )
    found += [
        Offer(f"vehicle:{v.id}", v.name, v.seats, v.wheelchair_places, None, v.id)
        for v in rows
        if v.id not in taken and v.kind != "participant-car"
    ]
    return found


def _vehicle(
    session: Session,
    offer: Offer,
    trips: dict[str, TripInfo],
    riders: dict[str, Rider],
    now: Board,
    venue: Place,
    places: dict[str, Place],
) -> planning.Vehicle:
    """Seats of people who are not in the question (their place is not known) are taken already."""
    row = session.get(Vehicle, offer.vehicle_id) if offer.vehicle_id else None
    trip = trips.get(offer.trip_id or "")
    others = [r for r in now.seated.get(offer.trip_id or "", ()) if r.id not in riders]
    start = venue
    if row is not None and row.home_place:
        home = roads.located(row.home_place, row.home_country or "SI")
        if home.at is not None:
            start = places.setdefault(home.key, home)
    price = trip.price_cents if trip and trip.price_cents is not None else row.price_cents if row else None
    free_from, free_to = _free(session, offer, now)
    return planning.Vehicle(
        offer.key,
        max(offer.seats - len(others), 0),
        max(offer.wheelchair_places - sum(r.wheelchair for r in others), 0),
        luggage=row.luggage if row else None,
        start=start.key,
        fixed_cents=price or 0,
        per_km_cents=float(row.price_per_km_cents or 0) if row else 0.0,
        free_from=free_from,
        free_to=free_to,
    )


def _free(session: Session, offer: Offer, now: Board) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Between its other trips, of whatever event."""
    if offer.vehicle_id is None:
        return None, None
    event = session.get_one(Event, now.event_id)
    near = _at(event, now, now.direction)
    rows = session.execute(
        select(Trip.leaves_at, Trip.arrives_at).where(
            Trip.vehicle_id == offer.vehicle_id, Trip.status != "cancelled", Trip.leaves_at.is_not(None),
            Trip.id != (offer.trip_id or ""),
        )
    ).all()  # fmt: skip
    before = [arrives for leaves, arrives in rows if leaves and arrives and leaves < near]
    after = [leaves for leaves, _arrives in rows if leaves and leaves >= near]
    return max(before, default=None), min(after, default=None)


def _present(
    trips: dict[str, TripInfo],
    driving: dict[str | None, str],
    riders: dict[str, Rider],
    now: Board,
    places: dict[str, Place],
) -> Plan:
    planned = []
    for trip_id, key in driving.items():
        trip = trips.get(trip_id or "")
        seated = [r for r in now.seated.get(trip_id or "", ()) if r.id in riders]
        if trip is None or not seated:
            continue
        stops: list[tuple[str, list[str]]] = []
        for stop in trip.stops:
            if stop.is_venue or stop.where.at is None:
                continue
            here = [r.id for r in seated if r.stop_id == stop.id]
            if here:
                places.setdefault(stop.where.key, stop.where)
                stops.append((stop.where.key, here))
        known = {key for _, people in stops for key in people}
        # Who sits there without a stop gets on where they live.
        for rider in seated:
            if rider.id not in known:
                same = next((people for place, people in stops if place == rider.place.key), None)
                if same is not None:
                    same.append(rider.id)
                else:
                    stops.append((rider.place.key, [rider.id]))
        planned.append(PlannedTrip(key, tuple(PlannedStop(place, tuple(people)) for place, people in stops)))
    return Plan(tuple(planned))


def _parties(
    session: Session,
    now: Board,
    riders: dict[str, Rider],
    driving: dict[str | None, str],
    known: Sequence[Offer],
    wish: Wish,
) -> list[Party]:
    """One for each place, group (else organisation) and vehicle chosen by hand."""
    luggage = {
        key: pieces or 0
        for key, pieces in session.execute(
            select(TravelLeg.registration_id, TravelLeg.luggage).where(
                TravelLeg.registration_id.in_(list(riders)), TravelLeg.direction == wish.direction
            )
        )
    }
    by_hand = set(
        session.scalars(
            select(Seat.registration_id)
            .join(Trip, Trip.id == Seat.trip_id)
            .where(Trip.event_id == now.event_id, Trip.direction == wish.direction, Seat.by_hand)
        )
    )
    largest = max((o.seats for o in known), default=0)
    sizes: dict[str, int] = {}
    for rider in riders.values():
        if rider.together:
            sizes[rider.together] = sizes.get(rider.together, 0) + 1
    grouped: dict[tuple[str, str, str, str], list[Rider]] = {}
    for rider in riders.values():
        pinned = driving.get(rider.trip_id, "") if wish.keep_by_hand and rider.id in by_hand else ""
        # A group no vehicle is large enough for rides in several.
        bound = rider.together if wish.together and 1 < sizes.get(rider.together, 0) <= largest else ""
        grouped.setdefault((rider.place.key, bound, "" if bound else rider.organisation, pinned), []).append(rider)
    return [
        Party(
            "|".join(key),
            key[0],
            tuple(Traveller(r.id, r.wheelchair, luggage.get(r.id, 0)) for r in people),
            bonds=() if not key[1] else (Bond.REGISTERED_TOGETHER if people[0].party else Bond.GUARDIAN,),
            group=key[1] or None,
            pinned=key[3] or None,
        )
        for key, people in grouped.items()
    ]
