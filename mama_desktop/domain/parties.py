"""Parties: people of one event who come together or not at all (a family, the group of one centre)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Key


class Party(Base):
    """`contact_id`: who registered them and gets their mail."""

    __tablename__ = "party"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    contact_email: Mapped[str] = mapped_column(String(200), default="")
    remarks: Mapped[str] = mapped_column(default="")
