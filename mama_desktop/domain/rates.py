"""Rates an office may correct: Erasmus+ travel by distance and call year, mileage and per diems by day of the trip."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

# What an allowance is paid for; per diems at home by the hours of the trip.
RATE_ITEMS: Choices = {
    "mileage": T("Mileage, 1 km by one’s own car"),
    "per_diem_over_12h": T("Per diem at home, over 12 hours"),
    "per_diem_8_12h": T("Per diem at home, over 8 to 12 hours"),
    "per_diem_6_8h": T("Per diem at home, over 6 to 8 hours"),
    "per_diem_abroad": T("Per diem abroad, whole"),
}


class TravelRate(Base):
    """One band of one programme, action and run of call years; in cents per participant for the whole return journey.

    km_below None: no upper end. Without a standard amount nothing is paid; without a green one the standard applies.
    """

    __tablename__ = "travel_rate"
    __table_args__ = (Index("ix_travel_rate_programme_action", "programme", "action"),)

    id: Mapped[Key]
    programme: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(120))
    call_year_from: Mapped[int]
    call_year_to: Mapped[int | None]
    km_from: Mapped[float]
    km_below: Mapped[float | None]
    standard_cents: Mapped[int | None]
    green_cents: Mapped[int | None]
    certainty: Mapped[str] = mapped_column(String(1), default="C")
    source: Mapped[str] = mapped_column(default="")


class AllowanceRate(Base):
    """Mileage or a per diem valid from a day to a day (both included); in hundredths of a cent, as 0.37 € a km is 3700.

    item: mileage, per_diem_over_12h, per_diem_8_12h, per_diem_6_8h, per_diem_abroad (of `country`).
    """

    __tablename__ = "allowance_rate"
    __table_args__ = (Index("ix_allowance_rate_item_country", "item", "country"),)

    id: Mapped[Key]
    item: Mapped[str] = mapped_column(String(40))
    country: Mapped[str] = mapped_column(String(2), default="SI")
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    amount: Mapped[int]
    unit: Mapped[str] = mapped_column(String(60), default="")
    certainty: Mapped[str] = mapped_column(String(20), default="C")
    source: Mapped[str] = mapped_column(default="")
