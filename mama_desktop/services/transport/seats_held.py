"""Seats among what registrations hold: a cancellation frees them, an undo gives back only what is still free."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, verbatim
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services import counting
from mama_desktop.services.holdings import Released, names_of


class SeatsHeld:
    """See `holdings.Holding`. A seat belongs to the day its trip leaves, else to the day said for it."""

    noun = T("seat")
    table = Seat.__tablename__

    def held(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        found: list[Released] = []
        for some in counting.chunks(registration_ids):
            query = (
                select(Registration.id, Person.given_name, Person.family_name, Trip)
                .select_from(Seat)
                .join(Trip, Trip.id == Seat.trip_id)
                .join(Registration, Registration.id == Seat.registration_id)
                .join(Person, Person.id == Registration.person_id)
                .where(Seat.registration_id.in_(some))
                .order_by(Person.family_name, Person.given_name, Trip.leaves_at)
            )
            for key, given, family, trip in session.execute(query):
                day = day_of(trip)
                if days is None or day in days:
                    found.append(self._said(trip, key, f"{given} {family}".strip(), days=(day,) if day else ()))
        return found

    def release(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        released = self.held(session, registration_ids, days=days)
        if released:
            trips = None if days is None else self._trips_on(session, days)
            for some in counting.chunks({r.registration_id for r in released}):
                query = delete(Seat).where(Seat.registration_id.in_(some))
                session.execute(query if trips is None else query.where(Seat.trip_id.in_(trips)))
        return released

    def still_free(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        trips = {row["trip_id"] for row in rows}
        places = {
            key: (seats, wheelchairs)
            for key, seats, wheelchairs in session.execute(
                select(Trip.id, Trip.seats, Trip.wheelchair_places).where(Trip.id.in_(trips)).with_for_update()
            )
        }
        taken = Counter(session.scalars(select(Seat.trip_id).where(Seat.trip_id.in_(trips))))
        in_wheelchairs = Counter(session.scalars(select(Seat.trip_id).where(Seat.trip_id.in_(trips), Seat.wheelchair)))
        free: set[str] = set()
        for row in rows:
            trip = row["trip_id"]
            if trip not in places:
                # Its trip is put back by the same undo, or by nobody: the store itself refuses that.
                free.add(row["id"])
                continue
            seats, wheelchairs = places[trip]
            if taken[trip] < seats and (not row["wheelchair"] or in_wheelchairs[trip] < wheelchairs):
                free.add(row["id"])
                taken[trip] += 1
                in_wheelchairs[trip] += bool(row["wheelchair"])
        return free

    def words_of(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Released]:
        trips = {
            trip.id: trip for trip in session.scalars(select(Trip).where(Trip.id.in_({row["trip_id"] for row in rows})))
        }
        people = names_of(session, {row["registration_id"] for row in rows})
        return [
            self._said(trips.get(row["trip_id"]), row["registration_id"], people.get(row["registration_id"], ""))
            for row in rows
        ]

    def _said(self, trip: Trip | None, key: str, person: str, *, days: tuple[dt.date, ...] = ()) -> Released:
        told = [who for who in (trip.leader_name, trip.driver_name) if who] if trip else []
        return Released(self.noun, verbatim(trip.name if trip else ""), key, person, days=days, to_tell=tuple(told))

    def _trips_on(self, session: Session, days: Sequence[dt.date]) -> list[str]:
        return [trip.id for trip in session.scalars(select(Trip)) if day_of(trip) in days]


def day_of(trip: Trip) -> dt.date | None:
    """The day of a trip: when it leaves, else the day said for it."""
    return trip.leaves_at.date() if trip.leaves_at else trip.day
