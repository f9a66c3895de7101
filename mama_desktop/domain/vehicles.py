"""Carriers and what drives: the office's van, a hired bus, the cars of volunteers and participants."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key, derived_column
from mama_desktop.domain.text import T, fold

VEHICLE_KINDS: Choices = {
    "van": T("own van"),
    "bus": T("hired bus"),
    "minibus": T("minibus"),
    "car": T("car of the office"),
    "volunteer-car": T("volunteer's car"),
    "participant-car": T("participant's car"),
    "taxi": T("taxi"),
    "other": T("other vehicle"),
}


class Carrier(Base):
    """A firm whose vehicles the office hires."""

    __tablename__ = "carrier"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(200))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_person: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    remarks: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Carrier, "search"))

    @classmethod
    def derived(cls, values: dict[str, object]) -> dict[str, str]:
        parts = (str(values.get(k) or "") for k in ("name", "contact_person", "email", "phone", "town"))
        return {"search": fold(" ".join(p for p in parts if p))}


class Vehicle(Base):
    """seats: for passengers, without the driver. luggage: pieces that go in; None is not known. Prices in cents."""

    __tablename__ = "vehicle"
    __table_args__ = (
        CheckConstraint("seats >= 0", name="seats"),
        CheckConstraint("wheelchair_places >= 0", name="wheelchair_places"),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20), default="van")
    carrier_id: Mapped[str | None] = mapped_column(ForeignKey("carrier.id"), index=True)
    # Whose car it is.
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    seats: Mapped[int] = mapped_column(default=8)
    wheelchair_places: Mapped[int] = mapped_column(default=0)
    luggage: Mapped[int | None]
    driver_name: Mapped[str] = mapped_column(String(200), default="")
    driver_phone: Mapped[str] = mapped_column(String(60), default="")
    registration_number: Mapped[str] = mapped_column(String(20), default="")
    # Where it stands and starts from; empty: where the event is.
    home_place: Mapped[str] = mapped_column(String(120), default="")
    home_country: Mapped[str] = mapped_column(String(2), default="")
    price_cents: Mapped[int | None]
    price_per_km_cents: Mapped[int | None]
    in_use: Mapped[bool] = mapped_column(default=True)
    remarks: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Vehicle, "search"))

    @classmethod
    def derived(cls, values: dict[str, object]) -> dict[str, str]:
        parts = (str(values.get(k) or "") for k in ("name", "driver_name", "driver_phone", "registration_number"))
        return {"search": fold(" ".join(p for p in parts if p))}
