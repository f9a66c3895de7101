"""Trips: one drive of one vehicle along its stops, and who sits in it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

TRIP_DIRECTIONS: Choices = {"there": T("outward"), "back": T("return"), "other": T("other drive")}
TRIP_STATUSES: Choices = {"planned": T("planned trip"), "ordered": T("ordered"), "cancelled": T("cancelled trip")}


class Trip(Base):
    """A drive for an event, or (without one) any booking of a vehicle: an errand, a drive to the service.

    seats, wheelchair_places: as the vehicle has them, or as said for this drive; the database refuses one passenger
    more (`store/seat_triggers.py`). leaves_at, arrives_at: from the first stop to the last, kept with the stops, so
    that nobody and no vehicle is in two drives at the same time. return_of_id: the outward trip this one brings back.
    """

    __tablename__ = "trip"
    __table_args__ = (
        CheckConstraint("seats >= 0", name="seats"),
        CheckConstraint("wheelchair_places >= 0", name="wheelchair_places"),
    )

    id: Mapped[Key]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    direction: Mapped[str] = mapped_column(String(10), default="there")
    status: Mapped[str] = mapped_column(String(20), default="planned")
    position: Mapped[int] = mapped_column(default=1)
    day: Mapped[dt.date | None]
    vehicle_id: Mapped[str | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    seats: Mapped[int] = mapped_column(default=0)
    wheelchair_places: Mapped[int] = mapped_column(default=0)
    driver_name: Mapped[str] = mapped_column(String(200), default="")
    driver_phone: Mapped[str] = mapped_column(String(60), default="")
    # A participant who drives: takes no passenger's seat, and is in this drive all the same.
    driver_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    # The one of the group to whom the driver turns, who ticks people off.
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    leader_name: Mapped[str] = mapped_column(String(200), default="")
    leader_phone: Mapped[str] = mapped_column(String(60), default="")
    leaves_at: Mapped[dt.datetime | None]
    arrives_at: Mapped[dt.datetime | None]
    return_of_id: Mapped[str | None] = mapped_column(ForeignKey("trip.id"), index=True)
    price_cents: Mapped[int | None]
    # Typed over where the estimate is not believed.
    km: Mapped[float | None]
    remarks: Mapped[str] = mapped_column(default="")


class TripStop(Base):
    """One stop in the order of the drive. at_by_hand: its time was set by hand, not by the distance."""

    __tablename__ = "trip_stop"

    id: Mapped[Key]
    trip_id: Mapped[str] = mapped_column(ForeignKey("trip.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    place: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="SI")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    # Where exactly: "in front of the railway station".
    meeting_point: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[dt.datetime | None]
    at_by_hand: Mapped[bool] = mapped_column(default=False)
    # Minutes it stands here.
    minutes: Mapped[int] = mapped_column(default=5)
    # The event's own place: the last stop there, the first one back.
    is_venue: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[str] = mapped_column(default="")


class Seat(Base):
    """A place in a trip held for a registration. stop_id: where they get on (outward) or off (return).

    by_hand: put here by a person, so that a suggestion leaves them. boarded: None until somebody ticked it.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("trip_id", "registration_id"),)

    id: Mapped[Key]
    trip_id: Mapped[str] = mapped_column(ForeignKey("trip.id"))
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)
    stop_id: Mapped[str | None] = mapped_column(ForeignKey("trip_stop.id"), index=True)
    wheelchair: Mapped[bool] = mapped_column(default=False)
    by_hand: Mapped[bool] = mapped_column(default=True)
    boarded: Mapped[bool | None]
    remarks: Mapped[str] = mapped_column(default="")


class RoadDistance(Base):
    """Kilometres and minutes by road between two places, remembered once typed.

    first, second: `place|country` folded, in the order of the alphabet: a road is as long in both directions.
    """

    __tablename__ = "road_distance"
    __table_args__ = (UniqueConstraint("first", "second"), CheckConstraint("km >= 0", name="km"))

    id: Mapped[Key]
    first: Mapped[str] = mapped_column(String(140))
    second: Mapped[str] = mapped_column(String(140))
    km: Mapped[float]
    minutes: Mapped[int | None]
    remarks: Mapped[str] = mapped_column(default="")
