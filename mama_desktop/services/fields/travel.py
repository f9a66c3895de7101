"""The fields of the travel of an event's people: a row for each direction of each of them, said or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all

from mama_desktop.domain import registrations, travel
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TC, T
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.services.fields.field import Field, computed, plain, registry
from mama_desktop.services.fields.person import CONTACT, NAME
from mama_desktop.services.fields.registration import ORGANISATION

SEPARATOR = ":"
"""Between the key of the registration and the direction in the key of a row."""
YES_NO = {"yes": T("yes"), "no": T("no")}

WAYS = union_all(
    select(literal("there").label("direction")), select(literal("back").label("direction"))
).subquery("ways")  # fmt: skip
DIRECTION: ColumnElement[str] = WAYS.c.direction
KEY: ColumnElement[str] = Registration.id + SEPARATOR + DIRECTION
# Nobody sits in two trips of one event and direction, but two united registrations might: one of them is shown.
_SITS = (
    select(Seat.registration_id, Trip.direction, func.min(Seat.id).label("seat_id"))
    .join(Trip, Trip.id == Seat.trip_id)
    .where(Trip.status != "cancelled")
    .group_by(Seat.registration_id, Trip.direction)
    .subquery("sits")
)
_DRIVES = (
    select(Trip.driver_id, Trip.direction, func.min(Trip.name).label("name"))
    .where(Trip.status != "cancelled", Trip.driver_id.is_not(None))
    .group_by(Trip.driver_id, Trip.direction)
    .subquery("drives")
)


def travel_query(event_id: str | None) -> Select[str]:
    """Two rows for each registration of the event that has a place (None: of every event), there and back."""
    query = (
        select(KEY)
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .join(Person, Person.id == Registration.person_id)
        .join(WAYS, literal(True))
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(Party, Party.id == Registration.party_id)
        .outerjoin(TravelLeg, and_(TravelLeg.registration_id == Registration.id, TravelLeg.direction == DIRECTION))
        .outerjoin(_SITS, and_(_SITS.c.registration_id == Registration.id, _SITS.c.direction == DIRECTION))
        .outerjoin(Seat, Seat.id == _SITS.c.seat_id)
        .outerjoin(Trip, Trip.id == Seat.trip_id)
        .outerjoin(TripStop, TripStop.id == Seat.stop_id)
        .outerjoin(_DRIVES, and_(_DRIVES.c.driver_id == Registration.id, _DRIVES.c.direction == DIRECTION))
        .where(Registration.status.in_(list(registrations.TAKES_PLACE)))
    )
    return query if event_id is None else query.where(Registration.event_id == event_id)


def _words(_language: str, words: str | None) -> str:
    return words or ""


def _from(_language: str, direction: str, said: str | None, venue_town: str) -> str:
    return said or (venue_town if direction == "back" else "")


def _to(_language: str, direction: str, said: str | None, venue_town: str) -> str:
    return said or (venue_town if direction == "there" else "")


_DAY = (
    DIRECTION, TravelLeg.day, Registration.arrival, Registration.departure, Event.starts_on, Event.ends_on,
    Event.precision,
)  # fmt: skip


def day_of(_language: str, direction: str, said: dt.date | None, *usual: Any) -> dt.date | None:
    """As said for the leg, else as they come and go."""
    arrival, departure, starts_on, ends_on, precision = usual
    return said or travel.usual_day(
        direction, arrival=arrival, departure=departure, starts_on=starts_on, ends_on=ends_on, precision=precision
    )


_LEG = (
    TravelLeg.status, TravelLeg.means, TravelLeg.needs_transport, TravelLeg.from_place, TravelLeg.from_latitude,
    TravelLeg.to_place, TravelLeg.to_latitude, TravelLeg.time, TravelLeg.number, Seat.id, Seat.stop_id,
    _DRIVES.c.driver_id, *_DAY,
)  # fmt: skip


def missing(language: str, status: str | None, *leg: Any) -> list[str]:
    """What is missing, of the columns of `_LEG`; nothing where the office takes the leg as known."""
    if status in ("known", "changed"):
        return []
    means, needs, place_from, north_from, place_to, north_to, time, number, seat, stop, drives, *day = leg
    direction = day[0]
    place, north = (place_to, north_to) if direction == "back" else (place_from, north_from)
    if drives is not None:
        return []
    return list(
        travel.missing_of(
            means=means or "", needs_transport=needs, place=place or "", place_is_known=north is not None,
            day=day_of(language, *day), time=time, number=number or "", is_seated=seat is not None,
            has_stop=stop is not None,
        )
    )  # fmt: skip


def _status(language: str, status: str | None, *leg: Any) -> str:
    return travel.shown_status(status or "unknown", missing(language, status, *leg))


def _yes_no(_language: str, said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def _trip(_language: str, sits_in: str | None, drives: str | None) -> str:
    return sits_in or drives or ""


def _home(_language: str, town: str, its_town: str | None) -> str:
    return town or its_town or ""


def _means(_language: str, means: str | None, seat: str | None) -> str:
    """Whoever was given a seat comes by the event's bus, unless they say otherwise."""
    return means or ("event-bus" if seat else "")


def _flag(_language: str, said: bool | None) -> bool:
    return bool(said)


def _written(field: Field, *columns: Any, value: Any) -> Field:
    """A plain field that is shown otherwise than it is kept."""
    return Field(field.info, columns, value, writes=field.writes)


TRAVEL_FIELDS = registry(
    *NAME,
    computed("direction", T("Direction"), (DIRECTION,), None, "choice", choices=travel.DIRECTIONS, width=100),
    Field(
        FieldInfo("status", T("Travel details"), "choice", choices=travel.LEG_STATUSES, width=120), _LEG, _status,
        writes=TravelLeg.status,
    ),
    computed("missing", T("What is missing"), _LEG, missing, "choices", choices=travel.MISSING, width=190),
    _written(
        plain(TravelLeg.means, T("Means of travel"), "choice", choices=travel.MEANS, width=160), TravelLeg.means,
        Seat.id, value=_means,
    ),
    _written(
        plain(TravelLeg.from_place, TC("of a journey", "From"), "town", width=150), DIRECTION, TravelLeg.from_place,
        Event.town,
        value=_from,
    ),
    _written(
        plain(TravelLeg.to_place, TC("of a journey", "To"), "town", width=150), DIRECTION, TravelLeg.to_place,
        Event.town, value=_to,
    ),
    _written(plain(TravelLeg.day, T("Day"), "date"), *_DAY, value=day_of),
    plain(TravelLeg.time, T("Time"), "time", width=80),
    _written(plain(TravelLeg.number, T("Flight or train")), TravelLeg.number, value=_words),
    _written(plain(TravelLeg.point, T("Station, airport or stop"), width=170), TravelLeg.point, value=_words),
    Field(
        FieldInfo("needs_transport", T("Needs transport"), "choice", choices=YES_NO, width=120),
        (TravelLeg.needs_transport,), _yes_no, writes=TravelLeg.needs_transport,
    ),
    computed("trip", T("Trip"), (Trip.name, _DRIVES.c.name), _trip, width=170),
    computed("stop", T("Stop"), (TripStop.place,), _words, width=140),
    computed("stop_time", T("Time at the stop"), (TripStop.at,), None, "datetime", width=150),
    ORGANISATION,
    *CONTACT[:2],
    computed("home", T("Home town, or town of the organisation"), (Person.town, Organisation.town), _home, width=150),
    _written(plain(TravelLeg.wheelchair, T("Wheelchair"), "bool", width=110), TravelLeg.wheelchair, value=_flag),
    plain(TravelLeg.luggage, T("Pieces of luggage"), "number", width=90),
    plain(TravelLeg.seats_offered, T("Offers seats"), "number", width=90),
    _written(
        plain(TravelLeg.remarks, T("Remarks on travel"), "long-text", sensitivity="personal", width=220),
        TravelLeg.remarks, value=_words,
    ),
    _written(plain(TravelLeg.met_by, T("Who meets them"), width=190), TravelLeg.met_by, value=_words),
    plain(Registration.role, T("Role"), "choice", choices=registrations.ROLES, width=120),
    computed("party", T("Group or family"), (Party.name,), _words, width=160),
    CONTACT[2],
    plain(TravelLeg.asked_at, T("Asked on"), "datetime", editable=False, width=150),
)  # fmt: skip


def _arrives(_language: str, said: dt.time | None, direction: str, leaves: Any, arrives: Any) -> dt.time | None:
    """The hour of a flight or train as said; else of the trip in which they sit: at the venue."""
    at = leaves if direction == "back" else arrives
    return said or (at.time() if at else None)


def _arrives_at(_language: str, said: str | None, time: dt.time | None, trip: str | None, venue_town: str) -> str:
    """The station or airport; whoever only rides in a trip comes to the venue with it."""
    return said or (venue_town if trip and time is None else "")


def _met_by(_language: str, said: str | None, trip: str | None, driver: str | None, phone: str | None) -> str:
    if said or not trip:
        return said or ""
    return ", ".join(part for part in (trip, driver, phone) if part)


def _other_end(_language: str, direction: str, place_from: str | None, place_to: str | None) -> str:
    return (place_to if direction == "back" else place_from) or ""


def _arrival_day(language: str, leaves: Any, *day: Any) -> dt.date | None:
    return day[1] or (leaves.date() if leaves else None) or day_of(language, *day)


# Of the same rows what is asked on the day: when, where, with what, and who meets them.
ARRIVAL_FIELDS = registry(
    Field(TRAVEL_FIELDS["day"].info, (Trip.leaves_at, *_DAY), _arrival_day, writes=TravelLeg.day),
    TRAVEL_FIELDS["direction"],
    Field(
        TRAVEL_FIELDS["time"].info, (TravelLeg.time, DIRECTION, Trip.leaves_at, Trip.arrives_at), _arrives,
        writes=TravelLeg.time,
    ),
    Field(
        TRAVEL_FIELDS["point"].info, (TravelLeg.point, TravelLeg.time, Trip.name, Event.town), _arrives_at,
        writes=TravelLeg.point,
    ),
    TRAVEL_FIELDS["means"],
    TRAVEL_FIELDS["number"],
    *NAME,
    computed(
        "other_end", T("From where or to where"), (DIRECTION, TravelLeg.from_place, TravelLeg.to_place), _other_end,
        width=150,
    ),
    TRAVEL_FIELDS["phone"],
    Field(
        TRAVEL_FIELDS["met_by"].info, (TravelLeg.met_by, Trip.name, Trip.driver_name, Trip.driver_phone), _met_by,
        writes=TravelLeg.met_by,
    ),
    TRAVEL_FIELDS["remarks"],
    ORGANISATION,
    TRAVEL_FIELDS["luggage"],
    TRAVEL_FIELDS["wheelchair"],
    TRAVEL_FIELDS["needs_transport"],
    TRAVEL_FIELDS["status"],
    TRAVEL_FIELDS["missing"],
    TRAVEL_FIELDS["other_phone"],
    TRAVEL_FIELDS["email"],
    TRAVEL_FIELDS["party"],
    TRAVEL_FIELDS["role"],
)  # fmt: skip
ARRIVAL_DEFAULT = (
    "day", "direction", "time", "point", "means", "number", "family_name", "given_name", "other_end", "phone",
    "met_by", "remarks", "organisation",
)  # fmt: skip
TRAVEL_DEFAULT = (
    "family_name", "given_name", "direction", "status", "missing", "means", "from_place", "to_place", "day", "time",
    "number", "point", "needs_transport", "trip", "stop", "organisation", "phone", "email", "home", "wheelchair",
    "luggage", "seats_offered", "remarks",
)  # fmt: skip
