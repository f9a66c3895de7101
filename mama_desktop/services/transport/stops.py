"""The stops of a trip: added, moved, taken away; their times follow from the distances, or are set by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, clean
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.services.transport import clashes, roads


@dataclass(frozen=True)
class StopInfo:
    """One stop as it is shown. at: arrival; people: who gets on or off; km, minutes: from the stop before."""

    id: str
    trip_id: str
    position: int
    place: str
    country: str
    latitude: float | None
    longitude: float | None
    meeting_point: str
    at: dt.datetime | None
    at_by_hand: bool
    minutes: int
    is_venue: bool
    remarks: str
    people: int = 0
    km: float | None = None
    drive_minutes: int | None = None
    road_is_typed: bool = False
    road_is_known: bool = True

    @property
    def leaves(self) -> dt.datetime | None:
        return self.at + dt.timedelta(minutes=self.minutes) if self.at else None

    @property
    def where(self) -> roads.Place:
        return roads.Place(self.place, self.country, self.latitude, self.longitude)


def stops_of(session: Session, trip_ids: Sequence[str]) -> dict[str, list[StopInfo]]:
    """The stops of each trip in the order of the drive."""
    counted = select(Seat.stop_id, func.count()).where(Seat.trip_id.in_(trip_ids)).group_by(Seat.stop_id)
    people = {stop: count for stop, count in session.execute(counted)}
    found: dict[str, list[StopInfo]] = {key: [] for key in trip_ids}
    rows = session.scalars(
        select(TripStop).where(TripStop.trip_id.in_(trip_ids)).order_by(TripStop.trip_id, TripStop.position)
    )
    known = roads.typed(session)
    for row in rows:
        stops = found[row.trip_id]
        road = roads.between(known, stops[-1].where, _place(row)) if stops else None
        stops.append(
            StopInfo(
                row.id, row.trip_id, row.position, row.place, row.country, row.latitude, row.longitude,
                row.meeting_point, row.at, row.at_by_hand, row.minutes, row.is_venue, row.remarks,
                people.get(row.id, 0), road.km if road and road.is_known else None,
                road.minutes if road and road.is_known else None, bool(road and road.is_typed),
                road is None or road.is_known,
            )
        )  # fmt: skip
    return found


def add_stop(
    session: Session,
    trip_id: str,
    place: str,
    *,
    country: str = "SI",
    before: str | None = None,
    meeting_point: str = "",
) -> str:
    """Add a stop before another one (None: where it lengthens the drive least, never beyond the venue)."""
    place = clean(place)
    if not place:
        raise OfficeError(T("A stop needs a place."), safe=T("The trip stays as it was."))
    rows = _rows(session, trip_id)
    where = roads.located(place, country)
    at = (
        next((i for i, row in enumerate(rows) if row.id == before), None) if before else _cheapest(session, rows, where)
    )
    stop = TripStop(
        trip_id=trip_id, place=place, country=where.country, latitude=where.latitude, longitude=where.longitude,
        meeting_point=clean(meeting_point),
    )  # fmt: skip
    session.add(stop)
    rows.insert(len(rows) if at is None else at, stop)
    session.flush()
    _numbered(session, rows)
    follow(session, trip_id)
    return stop.id


def move_stop(session: Session, stop_id: str, position: int) -> None:
    """Put a stop at a position counted from 1; those behind it move on."""
    stop = _stop(session, stop_id)
    rows = [row for row in _rows(session, stop.trip_id) if row.id != stop_id]
    rows.insert(max(position - 1, 0), stop)
    _numbered(session, rows)
    follow(session, stop.trip_id)


def set_time(session: Session, stop_id: str, at: dt.datetime | None) -> None:
    """Set the arrival at a stop by hand (None: it follows from the distances again); the others follow.

    Refuses a time before a stop that comes first or after one that comes later, where these were set by hand too.
    """
    stop = _stop(session, stop_id)
    if at is not None:
        _refuse_backwards(session, stop, at)
    stop.at, stop.at_by_hand = at, at is not None
    session.flush()
    follow(session, stop.trip_id)


def moment(session: Session, stop_id: str, time: dt.time) -> dt.datetime:
    """The day on which a time of day typed for a stop falls: as near as can be to where it would follow from the
    others, so that a trip goes on over midnight."""
    stop = _stop(session, stop_id)
    rows = _rows(session, stop.trip_id)
    near = _followed(session, rows, rows.index(stop)) or stop.at
    if near is None:
        day = session.get_one(Trip, stop.trip_id).day
        if day is None:
            raise OfficeError(
                T("The trip has no day yet."), safe=T("The old value stays."), todo=T("Say the day of the trip first.")
            )
        return dt.datetime.combine(day, time)
    days = (near.date() + dt.timedelta(days=step) for step in (0, -1, 1))
    return min((dt.datetime.combine(day, time) for day in days), key=lambda at: abs(at - near))


def driving_between(session: Session, trip_id: str, one: roads.Place, other: roads.Place) -> list[str]:
    """This trip and the others of its event that drive from one place to the other, either way."""
    event_id = session.scalar(select(Trip.event_id).where(Trip.id == trip_id))
    query = select(Trip.id).where(Trip.event_id == event_id, Trip.status != "cancelled", Trip.id != trip_id)
    others = list(session.scalars(query)) if event_id else []
    wanted = {one.key, other.key}
    found = stops_of(session, others)
    return [trip_id, *(k for k in others if any({a.where.key, b.where.key} == wanted for a, b in pairwise(found[k])))]


def change_stop(session: Session, stop_id: str, **values: object) -> None:
    """Change place, country, meeting_point, minutes or remarks; a new place is looked up, the times follow."""
    stop = _stop(session, stop_id)
    for name, value in values.items():
        if name not in ("place", "country", "meeting_point", "minutes", "remarks"):
            raise ValueError(name)
        setattr(stop, name, clean(value) if isinstance(value, str) else value)
    if "place" in values or "country" in values:
        where = roads.located(stop.place, str(values.get("country") or "SI"))
        stop.country, stop.latitude, stop.longitude = where.country, where.latitude, where.longitude
    session.flush()
    follow(session, stop.trip_id)


def remove_stop(session: Session, stop_id: str) -> int:
    """Take a stop away; who got on there keeps the seat without a stop. Returns how many these are."""
    stop = _stop(session, stop_id)
    people = session.execute(update(Seat).where(Seat.stop_id == stop_id).values(stop_id=None).returning(Seat.id)).all()
    trip_id = stop.trip_id
    session.delete(stop)
    session.flush()
    _numbered(session, _rows(session, trip_id))
    follow(session, trip_id)
    return len(people)


def follow(session: Session, trip_id: str) -> None:
    """Work out the times that were not set by hand, forwards and backwards from those that were, and the trip's own.

    Where none was set by hand the first known time stays and the others follow it. Refuses times at which the vehicle
    or somebody in it would be in another trip.
    """
    rows = _rows(session, trip_id)
    trip = session.get_one(Trip, trip_id)
    fixed = [i for i, row in enumerate(rows) if row.at_by_hand and row.at]
    if not fixed:
        fixed = [i for i, row in enumerate(rows) if row.at][:1]
    if fixed:
        known = roads.typed(session)
        drive = [roads.between(known, _place(a), _place(b)).minutes for a, b in pairwise(rows)]
        for i in range(fixed[0] - 1, -1, -1):
            after = rows[i + 1].at
            rows[i].at = after and after - dt.timedelta(minutes=drive[i] + rows[i].minutes)
        for i in range(fixed[0] + 1, len(rows)):
            before = rows[i - 1].at
            if i not in fixed:
                rows[i].at = before and before + dt.timedelta(minutes=rows[i - 1].minutes + drive[i - 1])
    times = [row.at for row in rows if row.at]
    if trip.event_id is None:
        # A vehicle that is booked from – to may stand somewhere in between: its hours only grow by its stops.
        times += [at for at in (trip.leaves_at, trip.arrives_at) if at]
    trip.leaves_at, trip.arrives_at = (min(times), max(times)) if times else (None, None)
    if trip.leaves_at:
        trip.day = trip.leaves_at.date()
    session.flush()
    clashes.refuse_clashes(session, trip)


def _refuse_backwards(session: Session, stop: TripStop, at: dt.datetime) -> None:
    rows = _rows(session, stop.trip_id)
    place = rows.index(stop)
    for number, row in enumerate(rows):
        if row.at is None or not row.at_by_hand or row is stop:
            continue
        if (number < place and at < row.at) or (number > place and at > row.at):
            first, then = (row, stop) if number < place else (stop, row)
            raise OfficeError(
                T("The trip would be in {place} before it was in {other}.", place=then.place, other=first.place),
                safe=T("The old time stays."),
                todo=T("Type another time, or empty the time of {place}, which was set by hand.", place=row.place),
            )


def _followed(session: Session, rows: Sequence[TripStop], place: int) -> dt.datetime | None:
    """When a stop would be reached by the nearest stop set by hand before it, else behind it."""
    known = roads.typed(session)
    for step in (-1, 1):
        taken, at = 0, place
        while 0 <= at + step < len(rows):
            first, then = (rows[at + step], rows[at]) if step < 0 else (rows[at], rows[at + step])
            taken += first.minutes + roads.between(known, _place(first), _place(then)).minutes
            at += step
            if (fixed := rows[at].at) is not None and rows[at].at_by_hand:
                return fixed - step * dt.timedelta(minutes=taken)
    return None


def _stop(session: Session, stop_id: str) -> TripStop:
    stop = session.get(TripStop, stop_id)
    if stop is None:
        raise OfficeError(T("This stop is not there any more."), safe=T("Nothing was changed."))
    return stop


def _rows(session: Session, trip_id: str) -> list[TripStop]:
    return list(session.scalars(select(TripStop).where(TripStop.trip_id == trip_id).order_by(TripStop.position)))


def _numbered(session: Session, rows: Sequence[TripStop]) -> None:
    for number, row in enumerate(rows, 1):
        row.position = number
    session.flush()


def _cheapest(session: Session, rows: Sequence[TripStop], where: roads.Place) -> int | None:
    """The position at which a new stop lengthens the drive least; the venue stays where it is."""
    if not rows:
        return None
    known = roads.typed(session)
    first = 1 if rows[0].is_venue else 0
    last = len(rows) - 1 if rows[-1].is_venue else len(rows)
    if first >= last:
        return last

    def longer(at: int) -> float:
        before = _place(rows[at - 1]) if at > 0 else None
        after = _place(rows[at]) if at < len(rows) else None
        added = sum(roads.between(known, where, other).km for other in (before, after) if other)
        return added - (roads.between(known, before, after).km if before and after else 0.0)

    return min(range(first, last + 1), key=longer)


def _place(row: TripStop) -> roads.Place:
    return roads.Place(row.place, row.country, row.latitude, row.longitude)
