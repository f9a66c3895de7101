"""Travel paid back: distances for a grant, claims of participants, travel orders and their settlement, payments."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import TC, T

ORIGINS: Choices = {"organisation": T("sending organisation"), "home": T("home"), "other": T("another place")}
CLAIM_STATUSES: Choices = {
    "made": TC("claim", "made"),
    "returned": TC("claim", "returned"),
    "approved": TC("claim", "approved"),
    "paid": TC("claim", "paid"),
    "refused": TC("claim", "refused"),
}
ORDER_STATUSES: Choices = {
    "issued": TC("travel order", "issued"),
    "settled": TC("travel order", "settled"),
    "approved": TC("travel order", "approved"),
    "paid": TC("travel order", "paid"),
    "cancelled": TC("travel order", "cancelled"),
}
COST_KINDS: Choices = {
    "ticket": T("ticket"),
    "mileage": T("mileage"),
    "per-diem": T("per diem"),
    "toll": T("toll or vignette"),
    "parking": T("parking"),
    "lodging": T("lodging"),
    "other": T("other cost"),
}


class TravelGrant(Base):
    """What the office says about the distance of one registration; without a row everything is computed.

    km_typed: kilometres one way from the Commission's calculator, read on `km_typed_on`; they win over the computed.
    green: None is as the means of travel say.
    """

    __tablename__ = "travel_grant"

    id: Mapped[Key]
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), unique=True)
    origin: Mapped[str] = mapped_column(String(20), default="organisation")
    place: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    km_typed: Mapped[float | None]
    km_typed_on: Mapped[dt.date | None]
    green: Mapped[bool | None]
    green_note: Mapped[str] = mapped_column(String(300), default="")
    travel_days: Mapped[int | None]
    remarks: Mapped[str] = mapped_column(default="")


class BankAccount(Base):
    """Where a person is paid; sensitive, both columns."""

    __tablename__ = "bank_account"

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), unique=True)
    holder: Mapped[str] = mapped_column(String(200), default="")
    iban: Mapped[str] = mapped_column(String(34), default="")
    bic: Mapped[str] = mapped_column(String(11), default="")
    tax_number: Mapped[str] = mapped_column(String(20), default="")


class Payment(Base):
    """One list handed to the accountant or the bank. message_id: of the bank's file, never used twice."""

    __tablename__ = "payment"

    id: Mapped[Key]
    message_id: Mapped[str] = mapped_column(String(35), unique=True)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(120), default="")
    pay_on: Mapped[dt.date | None]
    paid_on: Mapped[dt.date | None]
    total_cents: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_hash: Mapped[str | None] = mapped_column(ForeignKey("stored_file.hash"))


class TravelClaim(Base):
    """A participant's claim for travel costs at one event. most_cents: what is paid at most, as printed."""

    __tablename__ = "travel_claim"

    id: Mapped[Key]
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), unique=True)
    status: Mapped[str] = mapped_column(String(20), default="made")
    route: Mapped[str] = mapped_column(String(300), default="")
    means: Mapped[str] = mapped_column(String(20), default="")
    km: Mapped[float | None]
    most_cents: Mapped[int | None]
    approved_cents: Mapped[int | None]
    green_declared: Mapped[bool | None]
    made_on: Mapped[dt.date | None]
    returned_on: Mapped[dt.date | None]
    signed: Mapped[bool] = mapped_column(default=False)
    approved_on: Mapped[dt.date | None]
    approved_by: Mapped[str] = mapped_column(String(120), default="")
    paid_on: Mapped[dt.date | None]
    payment_id: Mapped[str | None] = mapped_column(ForeignKey("payment.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="")


class TravelOrder(Base):
    """An order to travel (potni nalog), numbered per year, and its settlement; fields as customary, none prescribed."""

    __tablename__ = "travel_order"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("advance_cents >= 0", name="advance_cents"),
    )

    id: Mapped[Key]
    year: Mapped[int]
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(20), default="issued")
    issued_on: Mapped[dt.date]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    # As on the day of the order: post, and home address.
    post: Mapped[str] = mapped_column(String(120), default="")
    home_address: Mapped[str] = mapped_column(String(300), default="")
    ordered_by: Mapped[str] = mapped_column(String(200), default="")
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(300), default="")
    task: Mapped[str] = mapped_column(default="")
    # Exact, with all stops: "Ljubljana – Celje – Maribor – Ljubljana".
    route: Mapped[str] = mapped_column(String(500), default="")
    country: Mapped[str] = mapped_column(String(2), default="SI")
    leaves_at: Mapped[dt.datetime | None]
    returns_at: Mapped[dt.datetime | None]
    means: Mapped[str] = mapped_column(String(20), default="")
    vehicle_id: Mapped[str | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    registration_number: Mapped[str] = mapped_column(String(20), default="")
    payer: Mapped[str] = mapped_column(String(200), default="")
    per_diem: Mapped[bool] = mapped_column(default=True)
    advance_cents: Mapped[int] = mapped_column(default=0)
    # The settlement: as it was.
    left_at: Mapped[dt.datetime | None]
    returned_at: Mapped[dt.datetime | None]
    border_out_at: Mapped[dt.datetime | None]
    border_back_at: Mapped[dt.datetime | None]
    km: Mapped[float | None]
    odometer_start: Mapped[int | None]
    odometer_end: Mapped[int | None]
    breakfasts: Mapped[int] = mapped_column(default=0)
    lunches: Mapped[int] = mapped_column(default=0)
    dinners: Mapped[int] = mapped_column(default=0)
    report: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[dt.date | None]
    approved_on: Mapped[dt.date | None]
    approved_by: Mapped[str] = mapped_column(String(120), default="")
    paid_on: Mapped[dt.date | None]
    payment_id: Mapped[str | None] = mapped_column(ForeignKey("payment.id"), index=True)
    remarks: Mapped[str] = mapped_column(default="")


class CostLine(Base):
    """One line of a claim or of a settlement (exactly one of the two keys is given).

    quantity × unit, in hundredths of a cent; amount_cents is what the paper says. computed: follows from a rate.
    """

    __tablename__ = "cost_line"
    __table_args__ = (
        CheckConstraint("(claim_id IS NULL) <> (order_id IS NULL)", name="of_one"),
        CheckConstraint("amount_cents >= 0", name="amount_cents"),
    )

    id: Mapped[Key]
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("travel_claim.id"), index=True)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("travel_order.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20), default="ticket")
    day: Mapped[dt.date | None]
    what: Mapped[str] = mapped_column(String(300), default="")
    quantity: Mapped[float | None]
    unit: Mapped[int | None]
    amount_cents: Mapped[int] = mapped_column(default=0)
    computed: Mapped[bool] = mapped_column(default=False)
    certainty: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(default="")
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"), index=True)
