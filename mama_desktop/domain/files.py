"""Files kept with a record: scans, photos, receipts, agendas; the bytes are stored once, by their content."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

ATTACHMENT_KINDS: Choices = {
    "scan": T("scan of a signed paper"),
    "consent": T("consent"),
    "photo": T("photo"),
    "receipt": T("receipt"),
    "agenda": T("agenda or minutes"),
    "form": T("returned form"),
    "other": T("other"),
}


class Attachment(Base):
    """One file of one record: exactly one of the eight keys is given (a registration's file is also its event's)."""

    __tablename__ = "attachment"

    id: Mapped[Key]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    claim_id: Mapped[str | None] = mapped_column(ForeignKey("travel_claim.id"), index=True)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("travel_order.id"), index=True)
    # Registration, insurance, the contract of hire.
    vehicle_id: Mapped[str | None] = mapped_column(ForeignKey("vehicle.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="other")
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100), default="")
    # Bytes of the stored content.
    size: Mapped[int] = mapped_column(default=0)
    file_hash: Mapped[str] = mapped_column(ForeignKey("stored_file.hash"), index=True)
    remarks: Mapped[str] = mapped_column(default="")
    added_at: Mapped[dt.datetime]
    added_by: Mapped[str] = mapped_column(String(120), default="")
