"""Travel of an event's people: both directions of everybody who comes, what is said of each, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain import travel
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, clean
from mama_desktop.domain.travel import DIRECTIONS, TravelLeg
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services import counting, fields, located
from mama_desktop.services.countries import country_of
from mama_desktop.services.fields.travel import KEY, SEPARATOR, TRAVEL_FIELDS, travel_query

# What is said of the drive itself; a remark or a suitcase more makes no list false.
_DETAILS = ("from_place", "to_place", "means", "day", "time", "number", "point", "needs_transport")
_PLACES = ("from_place", "to_place")
_WORDS = ("means", "number", "point", "met_by", "remarks")
_LONGEST_PLACE = 120


@dataclass(frozen=True)
class Said:
    """A place as somebody wrote it: words, country and degrees WGS 84; None where nothing of that name is known."""

    name: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


def travel_of_event(
    session: Session, event_id: str, *, language: str = "sl", only: Container[str] | None = None
) -> Listing:
    """Two rows for everybody who has a place, there and back, also where nothing is known; keys as `leg_key`."""
    return fields.listing(
        session, list(TRAVEL_FIELDS.values()), travel_query(event_id), KEY, language=language, only=only
    )


def leg_key(registration_id: str, direction: str) -> str:
    """The key of a row: a leg of travel need not stand in the workspace to have one."""
    return f"{registration_id}{SEPARATOR}{direction}"


def registrations_of(keys: Iterable[str]) -> list[str]:
    """The registrations of these rows, each once."""
    return list(dict.fromkeys(key.partition(SEPARATOR)[0] for key in keys))


def place_said(words: str, *, country: str = "") -> Said:
    """A place by any of its names, with its country; kept as said where it is unknown, or could be several.

    country: where the person comes from, which decides between namesakes.
    """
    name = clean(words)[:_LONGEST_PLACE]
    if not name:
        return Said("")
    found = located.locate(name).place or (located.locate(name, "", country).place if country else None)
    before, comma, behind = (part.strip() for part in name.rpartition(","))
    if comma and before and country_of(behind):
        name = before
    return Said(name, found.country, found.latitude, found.longitude) if found else Said(name)


def set_field(session: Session, keys: Sequence[str], attribute: str, value: Any, *, now: dt.datetime) -> int:
    """Give the legs of these rows a value, and what follows: coordinates of a place, the status. Makes missing legs.

    value: as it is kept; a yes or no in words ("yes", "no"), None where nothing is said any more.
    """
    known = _known(session, registrations_of(keys))
    for key, leg in _legs(session, keys).items():
        _give(leg, known[key.partition(SEPARATOR)[0]], attribute, value, now)
    session.flush()
    if attribute == "wheelchair":
        _seats_follow(session, keys, bool(value))
    return len(keys)


def take_home(session: Session, keys: Sequence[str]) -> int:
    """Take the home town (else the organisation's) as where these people come from and go to, where nothing is said.

    Returns for how many legs that was new.
    """
    known = _known(session, registrations_of(keys))
    taken = 0
    for key, leg in _legs(session, keys).items():
        one = known[key.partition(SEPARATOR)[0]]
        at_home = "to_place" if leg.direction == "back" else "from_place"
        if one.home and not getattr(leg, at_home):
            _give(leg, one, at_home, one.home, None)
            taken += 1
    session.flush()
    return taken


def the_same_back(session: Session, keys: Sequence[str]) -> int:
    """Let these people go home as they came: places the other way round, means, needs; what is said already stays.

    Day, time and number of the way back are other ones. Returns how many ways back were filled in.
    """
    registrations = registrations_of(keys)
    known = _known(session, registrations)
    there = _kept(session, [leg_key(key, "there") for key in registrations])
    said = {key: leg for key, leg in there.items() if _says_something(leg)}
    backs = _legs(session, [leg_key(leg.registration_id, "back") for leg in said.values()])
    filled = 0
    for leg in said.values():
        back = backs[leg_key(leg.registration_id, "back")]
        one = known[leg.registration_id]
        new = {
            "means": leg.means, "to_place": _in_words(leg.from_place, leg.from_country),
            "from_place": _in_words(leg.to_place, leg.to_country), "point": leg.point,
            "needs_transport": leg.needs_transport, "wheelchair": leg.wheelchair, "luggage": leg.luggage,
            "seats_offered": leg.seats_offered,
        }  # fmt: skip
        wanted = {
            name: value for name, value in new.items() if value not in (None, "", False) and not getattr(back, name)
        }
        for name, value in wanted.items():
            if name == "needs_transport" and back.needs_transport is not None:
                continue
            _give(back, one, name, value, None)
        filled += bool(wanted)
    session.flush()
    return filled


def mark_asked(session: Session, keys: Sequence[str], *, now: dt.datetime) -> int:
    """Remember that these people were asked how they travel; what is known stays known. Returns how many legs."""
    count = 0
    for leg in _legs(session, keys).values():
        leg.asked_at = now
        if leg.status == "unknown":
            leg.status = "asked"
        count += 1
    session.flush()
    return count


def both_directions(registration_ids: Iterable[str]) -> list[str]:
    """The keys of both rows of each."""
    return [leg_key(key, direction) for key in registration_ids for direction in DIRECTIONS]


def incomplete(session: Session, event_id: str | None, *, language: str = "sl") -> Listing:
    """Whose details are not complete: name, direction and what is missing, as a listing."""
    shown = [TRAVEL_FIELDS[key] for key in ("family_name", "given_name", "direction", "missing")]
    found = fields.listing(session, shown, travel_query(event_id), KEY, language=language)
    rows = [(key, row) for key, row in zip(found.keys, found.rows, strict=True) if row[3]]
    return Listing(found.fields, [key for key, _ in rows], [row for _, row in rows])


def _seats_follow(session: Session, keys: Sequence[str], wheelchair: bool) -> None:
    """Whoever needs a place for a wheelchair needs it in the trip in which they sit already; refused where none is."""
    for direction in DIRECTIONS:
        people = registrations_of(key for key in keys if key.endswith(SEPARATOR + direction))
        for some in counting.chunks(people):
            query = (
                select(Seat, Trip)
                .join(Trip, Trip.id == Seat.trip_id)
                .where(Seat.registration_id.in_(some), Trip.direction == direction, Seat.wheelchair != wheelchair)
            )
            for seat, trip in session.execute(query).all():
                if wheelchair and _taken_by_wheelchairs(session, trip.id) >= trip.wheelchair_places:
                    raise OfficeError(
                        T("“{name}” has no free place for a wheelchair.", name=trip.name),
                        safe=T("The old value stays."),
                        todo=T("Choose a vehicle with places for wheelchairs, or correct those of this trip."),
                    )
                seat.wheelchair = wheelchair
                session.flush()


def _taken_by_wheelchairs(session: Session, trip_id: str) -> int:
    query = select(func.count()).select_from(Seat).where(Seat.trip_id == trip_id, Seat.wheelchair)
    return session.scalar(query) or 0


# What is known of somebody when a leg of theirs is changed


@dataclass(frozen=True)
class _Known:
    home: str
    country: str
    arrival: dt.date | None
    departure: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    precision: str
    venue_town: str


def _known(session: Session, registration_ids: Collection[str]) -> dict[str, _Known]:
    found = {}
    for some in counting.chunks(registration_ids):
        query = (
            select(
                Registration.id, Person.town, Person.country, Organisation.town, Organisation.country,
                Registration.arrival, Registration.departure, Event.starts_on, Event.ends_on, Event.precision,
                Event.town,
            )
            .join(Person, Person.id == Registration.person_id)
            .join(Event, Event.id == Registration.event_id)
            .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
            .where(Registration.id.in_(some))
        )  # fmt: skip
        for key, town, country, its_town, its_country, *rest in session.execute(query):
            land = country if town else its_country or country
            found[key] = _Known(_in_words(town or its_town or "", land or ""), land or "", *rest)
    return found


def _kept(session: Session, keys: Sequence[str]) -> dict[str, TravelLeg]:
    wanted = set(keys)
    found = {}
    for some in counting.chunks(registrations_of(keys)):
        for leg in session.scalars(select(TravelLeg).where(TravelLeg.registration_id.in_(some))):
            key = leg_key(leg.registration_id, leg.direction)
            if key in wanted:
                found[key] = leg
    return found


def _legs(session: Session, keys: Sequence[str]) -> dict[str, TravelLeg]:
    """The legs of these rows, in their order; those of registrations that are gone meanwhile are left out."""
    kept = _kept(session, keys)
    new = [key for key in dict.fromkeys(keys) if key not in kept]
    there = _known(session, registrations_of(new))
    for key in new:
        registration, _, direction = key.partition(SEPARATOR)
        if registration in there and direction in DIRECTIONS:
            leg = TravelLeg(
                registration_id=registration, direction=direction, from_place="", to_place="", point="", means="",
                number="", status="unknown", wheelchair=False, met_by="", remarks="",
            )  # fmt: skip
            session.add(leg)
            kept[key] = leg
    return {key: kept[key] for key in keys if key in kept}


def _give(leg: TravelLeg, one: _Known, attribute: str, value: Any, now: dt.datetime | None) -> None:
    if attribute == "status":
        leg.status = value or "unknown"
        if leg.status == "asked" and leg.asked_at is None:
            leg.asked_at = now
        return
    missing_before, before = _missing(leg, one), getattr(leg, attribute)
    if attribute in _PLACES:
        end = attribute.removesuffix("_place")
        said = place_said(value or "", country=one.country)
        leg_end = {"place": said.name, "country": said.country, "latitude": said.latitude, "longitude": said.longitude}
        for name, part in leg_end.items():
            setattr(leg, f"{end}_{name}", part)
    elif attribute == "needs_transport":
        leg.needs_transport = {"yes": True, "no": False, "": None}.get(value, value)
    elif attribute == "wheelchair":
        leg.wheelchair = bool(value)
    else:
        setattr(leg, attribute, "" if value is None and attribute in _WORDS else value)
    after = getattr(leg, attribute)
    if attribute in _DETAILS and after != before:
        leg.status = travel.status_after(
            leg.status, missing_before=missing_before, missing=_missing(leg, one),
            differs=before not in (None, ""), was_asked=leg.asked_at is not None,
        )  # fmt: skip


def _missing(leg: TravelLeg, one: _Known) -> tuple[str, ...]:
    back = leg.direction == "back"
    place, north = (leg.to_place, leg.to_latitude) if back else (leg.from_place, leg.from_latitude)
    day = leg.day or travel.usual_day(
        leg.direction, arrival=one.arrival, departure=one.departure, starts_on=one.starts_on, ends_on=one.ends_on,
        precision=one.precision,
    )  # fmt: skip
    return travel.missing_of(
        means=leg.means, needs_transport=leg.needs_transport, place=place, place_is_known=north is not None, day=day,
        time=leg.time, number=leg.number,
    )  # fmt: skip


def _says_something(leg: TravelLeg) -> bool:
    return bool(leg.means or leg.from_place or leg.needs_transport is not None)


def _in_words(place: str, country: str) -> str:
    return f"{place}, {country}" if place and country else place
