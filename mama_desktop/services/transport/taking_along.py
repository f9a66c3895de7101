"""Passengers taken along in a participant's car: its trip is made or used, stops on the way, seats, in one change."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.i18n import language
from mama_desktop.services.transport import carpool, roads, seats, stops, trip_edits, trips
from mama_desktop.services.transport.carpool import Offer
from mama_desktop.services.transport.roads import Place


def take_along(session: Session, event_id: str, direction: str, pairs: Sequence[tuple[str, str]]) -> int:
    """(driver, passenger) as registrations: each passenger gets a seat in the driver's car; returns how many.

    The driver's trip of this direction is used, or made with their car. All of them or nobody; OfficeError as for any
    seat (`seats.seat`), and for a driver who offers none.
    """
    shown = carpool.carpool(session, event_id, direction)
    found = {offer.registration_id: offer for offer in shown.offers}
    places = {seeker.registration_id: seeker.place for seeker in shown.seekers}
    taken = 0
    for driver in dict.fromkeys(driver for driver, _ in pairs):
        offer = found.get(driver)
        if offer is None:
            raise OfficeError(
                T("This driver offers no seats any more."), safe=T("Everybody keeps the seat they have."),
                todo=T("Look at who offers seats, and choose again."),
            )  # fmt: skip
        trip_id = offer.trip_id or _make_trip(session, event_id, direction, offer)
        riders = [passenger for of, passenger in pairs if of == driver]
        # All at once first: a full car refuses the whole wish, not its last passenger.
        taken += seats.seat(session, riders, trip_id).seated
        for passenger in riders:
            place = places.get(passenger)
            if place is not None and place.name:
                stop = _stop_at(session, trip_id, direction, place)
                seats.seat(session, [passenger], trip_id, stop_id=stop)
    return taken


def _make_trip(session: Session, event_id: str, direction: str, offer: Offer) -> str:
    trip_id = trips.add_trip(
        session, event_id, direction=direction, day=offer.day, at=offer.time, places=[offer.place],
        vehicle_id=_car(session, offer),
    )  # fmt: skip
    trip_edits.set_driver(session, trip_id, offer.registration_id)
    # What is offered for this drive counts, whatever the car holds.
    session.get_one(Trip, trip_id).seats = offer.seats
    session.flush()
    return trip_id


def _car(session: Session, offer: Offer) -> str:
    """The driver's car, known from before or noted now."""
    person = session.scalar(select(Registration.person_id).where(Registration.id == offer.registration_id))
    query = select(Vehicle.id).where(Vehicle.owner_id == person, Vehicle.kind == "participant-car", Vehicle.in_use)
    known = session.scalars(query.order_by(Vehicle.id)).first()
    if known is not None:
        return known
    name = language("sl").say(T("Car: {name}", name=offer.name))
    car = Vehicle(name=name, kind="participant-car", owner_id=person, seats=offer.seats)
    session.add(car)
    session.flush()
    return car.id


def _stop_at(session: Session, trip_id: str, direction: str, place: Place) -> str:
    """The trip's stop in this place, or a new one where it lengthens the drive least: the driver still begins (going
    home: ends) at their own place."""
    infos = stops.stops_of(session, [trip_id])[trip_id]
    for info in infos:
        if info.where.key == place.key and not info.is_venue:
            return info.id
    known = roads.typed(session)

    def longer(at: int) -> float:
        first, then = infos[at - 1].where, infos[at].where
        added = roads.between(known, first, place).km + roads.between(known, place, then).km
        return added - roads.between(known, first, then).km

    between = [number for number, _ in enumerate(pairwise(infos), 1)]
    if between:
        before: str | None = infos[min(between, key=longer)].id
    else:
        before = infos[0].id if infos and direction != "back" else None
    return stops.add_stop(session, trip_id, place.name, country=place.country, before=before)
