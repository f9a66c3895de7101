"""How somebody comes to an event and goes home: one leg of travel for each direction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

DIRECTIONS: Choices = {"there": T("outward"), "back": T("return")}
MEANS: Choices = {
    "event-bus": T("bus of the event"),
    "own-car": T("own car"),
    "passenger": T("passenger in somebody's car"),
    "public-bus": T("public bus"),
    "train": T("train"),
    "plane": T("plane"),
    "ship": T("ship or ferry"),
    "bicycle": T("bicycle"),
    "on-foot": T("on foot"),
    "other": T("other means"),
}
# Low-emission means (Erasmus+ Programme Guide 2021 on, glossary "green travel": bus, train, bicycle, car-pooling).
GREEN_MEANS = frozenset({"event-bus", "passenger", "public-bus", "train", "bicycle", "on-foot"})
# Means that have a number of a flight or train.
NUMBERED_MEANS = frozenset({"plane", "train", "public-bus", "ship"})
LEG_STATUSES: Choices = {
    "unknown": T("not known"),
    "asked": T("asked"),
    "known": T("known"),
    "changed": T("changed"),
}

# What the office still has to ask of somebody's leg, in the order in which it is asked.
MISSING: Choices = {
    "means": T("means of travel"),
    "place": T("place"),
    "place-unknown": T("place not found"),
    "day": T("day"),
    "time": T("time"),
    "number": T("number of the flight or train"),
    "stop": T("stop"),
}
# Somebody who comes so has to be met or waited for at a known hour.
_TIMED_MEANS = frozenset({"public-bus", "train", "plane", "ship"})
_HAS_A_FLIGHT = frozenset({"plane"})
# Whoever comes so lies on the road of somebody's vehicle: from where decides everything.
_PLACE_MATTERS = frozenset({"", "event-bus", "own-car", "passenger", "other"})


class TravelLeg(Base):
    """One direction of one registration. Places as said; coordinates in degrees WGS 84 where the place is known.

    day and time: of the departure when going home, of the arrival when coming, as the office asks for both.
    """

    __tablename__ = "travel_leg"
    __table_args__ = (
        UniqueConstraint("registration_id", "direction"),
        Index("ix_travel_leg_day_direction", "day", "direction"),
    )

    id: Mapped[Key]
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"))
    direction: Mapped[str] = mapped_column(String(10))
    from_place: Mapped[str] = mapped_column(String(120), default="")
    from_country: Mapped[str] = mapped_column(String(2), default="")
    from_latitude: Mapped[float | None]
    from_longitude: Mapped[float | None]
    to_place: Mapped[str] = mapped_column(String(120), default="")
    to_country: Mapped[str] = mapped_column(String(2), default="")
    to_latitude: Mapped[float | None]
    to_longitude: Mapped[float | None]
    # The station, airport or stop of arrival or departure near the event, by which lists of arrivals are grouped.
    point: Mapped[str] = mapped_column(String(120), default="")
    means: Mapped[str] = mapped_column(String(20), default="")
    day: Mapped[dt.date | None]
    time: Mapped[dt.time | None]
    # Flight or train.
    number: Mapped[str] = mapped_column(String(40), default="")
    # None: not said yet.
    needs_transport: Mapped[bool | None]
    wheelchair: Mapped[bool] = mapped_column(default=False)
    luggage: Mapped[int | None]
    # Whoever comes by own car may take others along.
    seats_offered: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(10), default="unknown")
    asked_at: Mapped[dt.datetime | None]
    # Who waits for them at the point, or takes them there, where it is no trip of the event.
    met_by: Mapped[str] = mapped_column(String(120), default="")
    remarks: Mapped[str] = mapped_column(default="")


def missing_of(
    *,
    means: str,
    needs_transport: bool | None,
    place: str,
    place_is_known: bool,
    day: dt.date | None,
    time: dt.time | None,
    number: str,
    is_seated: bool = False,
    has_stop: bool = False,
) -> tuple[str, ...]:
    """What is missing of a leg (keys of MISSING), by what its means need; nothing for whoever has a stop.

    place: the end that is not the event's, place_is_known: it was found on the map. is_seated: rides in a trip, so how
    they travel is known; without a stop their place says where they get on.
    """
    if is_seated and has_stop:
        return ()
    means = means or ("event-bus" if is_seated or needs_transport else "")
    found = ["means"] if not means else []
    if place and not place_is_known:
        found.append("place-unknown")
    elif not place and means == "event-bus" and is_seated:
        found.append("stop")
    elif not place and means in _PLACE_MATTERS:
        found.append("place")
    if means in _TIMED_MEANS:
        found += [key for key, value in (("day", day), ("time", time)) if value is None]
    if means in _HAS_A_FLIGHT and not number:
        found.append("number")
    return tuple(found)


def status_after(
    status: str, *, missing_before: Sequence[str], missing: Sequence[str], differs: bool, was_asked: bool
) -> str:
    """The status of a leg after its details were changed.

    differs: something that was said before is said otherwise now; filling in what was open is no change. Whoever was
    taken as known by hand stays so until something more is missing than was then.
    """
    if status in ("known", "changed"):
        if set(missing) - set(missing_before):
            return "asked" if was_asked else "unknown"
        return "changed" if differs else status
    if not missing:
        return "known"
    return "asked" if was_asked or status == "asked" else "unknown"


def shown_status(status: str, missing: Sequence[str]) -> str:
    """As kept, or known as soon as nothing is missing: a seat at a stop says all there is to know."""
    return "known" if status in ("unknown", "asked") and not missing else status


def usual_day(
    direction: str,
    *,
    arrival: dt.date | None,
    departure: dt.date | None,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    precision: str = "day",
) -> dt.date | None:
    """The day of a leg of which none is said: as they come and go, else the event's first or last day."""
    if precision == "month":
        starts_on = ends_on = None
    return (departure or ends_on or starts_on) if direction == "back" else (arrival or starts_on)
