"""How far it is by road: as typed for a pair of places, else estimated from coordinates with a stated factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.text import T, clean, fold
from mama_desktop.domain.trips import RoadDistance
from mama_desktop.planning import roads as estimate
from mama_desktop.services import located as places

# Words of the names of stations and airports that are villages somewhere, too.
_NOT_TOWNS = frozenset("postaja letalisce kolodvor terminal station airport glavna avtobusna zelezniska".split())

Typed = Mapping[tuple[str, str], tuple[float, int | None]]


@dataclass(frozen=True)
class Place:
    """A place of a stop or a person; coordinates in degrees WGS 84, None where the place is not known."""

    name: str
    country: str = "SI"
    latitude: float | None = None
    longitude: float | None = None

    @property
    def at(self) -> tuple[float, float] | None:
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    @property
    def key(self) -> str:
        return f"{fold(self.name)}|{self.country or 'SI'}"


@dataclass(frozen=True)
class Road:
    """km and minutes by road. is_typed: said by the office; is_known: False where a place has no coordinates."""

    km: float
    minutes: int
    is_typed: bool = False
    is_known: bool = True


def typed(session: Session) -> Typed:
    """All distances the office has typed over, by their two keys in the order of the alphabet."""
    rows = session.execute(select(RoadDistance.first, RoadDistance.second, RoadDistance.km, RoadDistance.minutes))
    return {(first, second): (km, minutes) for first, second, km, minutes in rows}


def between(known: Typed, one: Place, other: Place) -> Road:
    """The road between two places, the same in both directions."""
    if one.key == other.key:
        return Road(0.0, 0)
    said = known.get(_pair(one, other))
    if said is not None:
        km, minutes = said
        return Road(km, minutes if minutes is not None else round(estimate.driving_minutes(km)), is_typed=True)
    if one.at is None or other.at is None:
        return Road(0.0, 0, is_known=False)
    drive = estimate.estimate(estimate.Place(one.key, *one.at), estimate.Place(other.key, *other.at))
    return Road(drive.km, round(drive.minutes))


def said(session: Session, one: Place, other: Place) -> tuple[float, int | None] | None:
    """Kilometres and minutes as the office typed them for a pair of places; None: it typed nothing."""
    first, second = _pair(one, other)
    row = session.execute(
        select(RoadDistance.km, RoadDistance.minutes).where(RoadDistance.first == first, RoadDistance.second == second)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def remember(session: Session, one: Place, other: Place, km: float | None, minutes: int | None = None) -> None:
    """Type over the kilometres of a pair of places; None: they are estimated again."""
    first, second = _pair(one, other)
    row = session.scalars(
        select(RoadDistance).where(RoadDistance.first == first, RoadDistance.second == second)
    ).one_or_none()
    if km is None:
        if row is not None:
            session.delete(row)
    elif km < 0 or km > 20_000:
        raise OfficeError(T("A distance by road lies between 0 and 20,000 km."), safe=T("The old value stays."))
    elif row is None:
        session.add(RoadDistance(first=first, second=second, km=km, minutes=minutes))
    else:
        row.km, row.minutes = km, minutes
    session.flush()


def located(name: str, country: str = "SI", postal_code: str = "") -> Place:
    """A place with its coordinates, or without where nothing of that name is known.

    A name unknown in the country the office is used to is looked for everywhere: Zagreb is not in Slovenia.
    """
    found = places.locate(name, postal_code, country).place
    if found is None and country == "SI" and not postal_code:
        found = places.locate(name).place
    if found is None:
        return Place(clean(name), country)
    return Place(clean(name), found.country or country, found.latitude, found.longitude)


def located_point(name: str, country: str = "SI") -> Place:
    """A station or an airport, where the town lies that its name begins or ends with; without coordinates otherwise.

    "Letališče Jožeta Pučnika Ljubljana" and "Ljubljana, železniška postaja" both lie in Ljubljana.
    """
    words = name.replace(",", " ").split()
    ends = [" ".join(words[cut:]) for cut in range(len(words))]
    starts = [" ".join(words[:cut]) for cut in range(len(words) - 1, 0, -1)]
    for part in sorted((*ends, *starts), key=len, reverse=True):
        if fold(part) in _NOT_TOWNS:
            continue
        found = places.locate(part, "", country).place
        if found is not None:
            return Place(clean(name), found.country or country, found.latitude, found.longitude)
    return Place(clean(name), country)


def of_event(event: Event) -> Place:
    """Where an event is held: as the office set it on the map, else by its town or venue."""
    place = located(event.town or event.venue, event.country or "SI", event.postal_code)
    if event.latitude is not None and event.longitude is not None:
        return Place(place.name, place.country, event.latitude, event.longitude)
    return place


def _pair(one: Place, other: Place) -> tuple[str, str]:
    first, second = sorted((one.key, other.key))
    return first, second
