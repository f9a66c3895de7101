"""Who sits in which trip: put in, moved, taken out; a full vehicle refuses, nobody is in two at the same time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STAYS_AWAY, Registration
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.services import counting

_MOST_NAMES = 10


@dataclass(frozen=True)
class Seated:
    """What became of a wish to seat people: how many sit there now who did not, and out of which trips they came."""

    trip_id: str
    seated: int
    left: tuple[str, ...] = ()


class VehicleFull(OfficeError):
    """More were to be put in than seats are free. free: seats left; wanted: people who would need one."""

    def __init__(self, name: str, free: int, wanted: int) -> None:
        super().__init__(
            TN("“{name}” has {count} free seat left.", "“{name}” has {count} free seats left.", free, name=name)
            if free
            else T("“{name}” is full.", name=name),
            safe=T("Everybody keeps the seat they have."),
            todo=TN(
                "{count} person would need a seat: choose another trip, or a larger vehicle.",
                "{count} people would need a seat: choose fewer people, another trip, or a larger vehicle.",
                wanted,
            ),
        )
        self.name, self.free, self.wanted = name, free, wanted

    def __reduce__(self) -> tuple[object, ...]:
        return (VehicleFull, (self.name, self.free, self.wanted))


def seat(
    session: Session,
    registration_ids: Sequence[str],
    trip_id: str,
    *,
    stop_id: str | None = None,
    by_hand: bool = True,
) -> Seated:
    """Give these people seats in a trip, at a stop (None: to be decided); out of other trips of the same direction.

    Counts, compares and inserts while nobody else can. Raises VehicleFull, or OfficeError for people who do not come,
    have no wheelchair place, or would be in two vehicles at the same time. All or nobody.
    """
    wanted = list(dict.fromkeys(registration_ids))
    trip = _locked(session, trip_id)
    if stop_id is not None and session.scalar(select(TripStop.trip_id).where(TripStop.id == stop_id)) != trip_id:
        raise OfficeError(T("This stop belongs to another trip."), safe=T("Everybody keeps the seat they have."))
    _check_coming(session, trip, wanted)
    session.flush()
    here = {
        s.registration_id: s
        for s in session.scalars(select(Seat).where(Seat.trip_id == trip_id, Seat.registration_id.in_(wanted)))
    }
    newcomers = [key for key in wanted if key not in here]
    left = _take_out_of_others(session, trip, newcomers)
    _check_seats(session, trip, newcomers)
    _check_times(session, trip, newcomers)
    wheelchairs = _wheelchairs(session, trip, newcomers)
    for sits in here.values():
        sits.stop_id, sits.by_hand = stop_id, by_hand
    session.add_all(
        Seat(trip_id=trip_id, registration_id=key, stop_id=stop_id, wheelchair=key in wheelchairs, by_hand=by_hand)
        for key in newcomers
    )
    session.flush()
    return Seated(trip_id, len(newcomers), left)


def unseat(session: Session, registration_ids: Collection[str], *, trip_ids: Collection[str] | None = None) -> int:
    """Take people out of these trips, or out of all of them; returns how many seats became free."""
    freed = 0
    for some in counting.chunks(registration_ids):
        query = delete(Seat).where(Seat.registration_id.in_(some))
        if trip_ids is not None:
            query = query.where(Seat.trip_id.in_(list(trip_ids)))
        freed += len(session.execute(query.returning(Seat.id)).all())
    return freed


def over(session: Session, trip_id: str) -> list[str]:
    """The registrations beyond the seats of a trip, those seated last first taken: shown after a smaller vehicle."""
    trip = session.get_one(Trip, trip_id)
    rows = list(
        session.execute(select(Seat.registration_id, Seat.wheelchair).where(Seat.trip_id == trip_id).order_by(Seat.id))
    )
    in_wheelchairs = [key for key, wheelchair in rows if wheelchair]
    beyond = dict.fromkeys(in_wheelchairs[trip.wheelchair_places :])
    staying = [key for key, _ in rows if key not in beyond]
    return [*staying[trip.seats :], *beyond]


def _locked(session: Session, trip_id: str) -> Trip:
    """The trip, and until the end of this write nobody else counts its seats (a file is locked as a whole)."""
    trip = session.scalars(
        select(Trip).where(Trip.id == trip_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if trip is None:
        raise OfficeError(
            T("This trip is not there any more."),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Choose another trip."),
        )
    if trip.status == "cancelled":
        raise OfficeError(
            T("This trip has been called off."),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Choose another trip, or plan this one again."),
        )
    return trip


def _check_coming(session: Session, trip: Trip, keys: Sequence[str]) -> None:
    rows = session.execute(
        select(Registration.event_id, Registration.status, Person.given_name, Person.family_name)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.id.in_(keys))
    ).all()
    if any(event != trip.event_id for event, *_ in rows):
        raise OfficeError(
            T("This trip belongs to another event."),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Register the people at that event first."),
        )
    away = [f"{given} {family}".strip() for _, status, given, family in rows if status in STAYS_AWAY]
    if away:
        raise OfficeError(
            TN(
                "{count} person has no place at the event, and gets no seat.",
                "{count} people have no place at the event, and get no seats.",
                len(away),
            ),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Accept their registrations first, or leave them out."),
            details=_names(away),
        )


def _take_out_of_others(session: Session, trip: Trip, keys: Sequence[str]) -> tuple[str, ...]:
    """Somebody moved leaves the other trips of the same event and direction."""
    if trip.direction == "other" or not keys:
        return ()
    others = select(Trip.id).where(Trip.event_id == trip.event_id, Trip.direction == trip.direction, Trip.id != trip.id)
    query = delete(Seat).where(Seat.registration_id.in_(keys), Seat.trip_id.in_(others)).returning(Seat.trip_id)
    return tuple(dict.fromkeys(session.execute(query).scalars()))


def _check_seats(session: Session, trip: Trip, newcomers: Sequence[str]) -> None:
    taken = session.scalar(select(func.count()).select_from(Seat).where(Seat.trip_id == trip.id)) or 0
    if newcomers and taken + len(newcomers) > trip.seats:
        raise VehicleFull(trip.name, max(trip.seats - taken, 0), len(newcomers))


def _wheelchairs(session: Session, trip: Trip, keys: Sequence[str]) -> set[str]:
    direction = "back" if trip.direction == "back" else "there"
    query = select(TravelLeg.registration_id).where(
        TravelLeg.registration_id.in_(keys), TravelLeg.direction == direction, TravelLeg.wheelchair
    )
    wanted = set(session.scalars(query))
    taken = session.scalar(select(func.count()).select_from(Seat).where(Seat.trip_id == trip.id, Seat.wheelchair)) or 0
    if wanted and taken + len(wanted) > trip.wheelchair_places:
        raise OfficeError(
            T("“{name}” has no free place for a wheelchair.", name=trip.name),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Choose a vehicle with places for wheelchairs, or correct those of this trip."),
            details=_names(list(_called(session, wanted).values())),
        )
    return wanted


def _check_times(session: Session, trip: Trip, keys: Sequence[str]) -> None:
    """Nobody sits in, or drives, another trip of whatever event at the same time."""
    if trip.leaves_at is None or trip.arrives_at is None or not keys:
        return
    me, other = aliased(Registration), aliased(Registration)
    overlaps = (
        Trip.id != trip.id,
        Trip.status != "cancelled",
        Trip.leaves_at < trip.arrives_at,
        Trip.arrives_at > trip.leaves_at,
    )
    sits = (
        select(me.id, Trip.name)
        .join(other, other.person_id == me.person_id)
        .join(Seat, Seat.registration_id == other.id)
        .join(Trip, Trip.id == Seat.trip_id)
        .where(me.id.in_(keys), *overlaps)
    )
    drives = (
        select(me.id, Trip.name)
        .join(other, other.person_id == me.person_id)
        .join(Trip, Trip.driver_id == other.id)
        .where(me.id.in_(keys), *overlaps)
    )
    there = {key: name for query in (sits, drives) for key, name in session.execute(query)}
    if there:
        called = _called(session, there)
        raise OfficeError(
            TN(
                "{count} person is in another vehicle at the same time.",
                "{count} people are in another vehicle at the same time.",
                len(there),
            ),
            safe=T("Everybody keeps the seat they have."),
            todo=T("Take them out of the other trip first, or change the times of the trips."),
            details=_names([f"{called.get(key, '')} ({name})" for key, name in there.items()]),
        )


def _called(session: Session, keys: Collection[str]) -> dict[str, str]:
    query = select(Registration.id, Person.given_name, Person.family_name).join(
        Person, Person.id == Registration.person_id
    )
    rows = session.execute(query.where(Registration.id.in_(list(keys))))
    return {key: f"{given} {family}".strip() for key, given, family in rows}


def _names(names: Sequence[str]) -> list[Text]:
    shown = [verbatim(name) for name in names[:_MOST_NAMES]]
    rest = len(names) - len(shown)
    return [*shown, TN("and {count} more", "and {count} more", rest)] if rest else shown
