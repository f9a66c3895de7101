"""The stop nearest to a place, of all trips of a direction or of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.services.transport import roads
from mama_desktop.services.transport.roads import Place
from mama_desktop.services.transport.trips import TripInfo


@dataclass(frozen=True)
class Nearest:
    """The stop nearest to somebody's place, with kilometres by road."""

    trip_id: str
    stop_id: str
    place: str
    km: float


class Finder:
    """Finds the nearest stop for a place; many people come from one town, so each pair is worked out once."""

    def __init__(self, session: Session, shown: Sequence[TripInfo]) -> None:
        self._typed = roads.typed(session)
        self._stops = [
            (trip, stop) for trip in shown if trip.status != "cancelled" for stop in trip.stops if not stop.is_venue
        ]
        self._known: dict[tuple[str, tuple[float, float] | None, str | None], Nearest | None] = {}

    def nearest(self, place: Place, *, trip_id: str | None = None) -> Nearest | None:
        """Of all trips (those with free seats before full ones where equally near), or of one."""
        asked = (place.key, place.at, trip_id)
        if asked not in self._known:
            self._known[asked] = self._find(place, trip_id)
        return self._known[asked]

    def _find(self, place: Place, trip_id: str | None) -> Nearest | None:
        best: tuple[float, bool, int] | None = None
        found: Nearest | None = None
        for number, (trip, stop) in enumerate(self._stops):
            if trip_id is not None and trip.id != trip_id:
                continue
            road = roads.between(self._typed, place, stop.where) if place.name else None
            if road is None or not road.is_known:
                continue
            rank = (road.km, trip.free == 0, number)
            if best is None or rank < best:
                best, found = rank, Nearest(trip.id, stop.id, stop.place, road.km)
        return found
