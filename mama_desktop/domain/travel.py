"""How somebody comes to an event and goes home: one leg of travel for each direction."""

from __future__ import annotations

import datetime as dt

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
    remarks: Mapped[str] = mapped_column(default="")
