"""Who was there: one mark per person and session."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

MARKS: Choices = {
    "present": T("present"),
    "absent": T("absent"),
    "excused": T("excused"),
}
NOT_KEYED_IN = T("not keyed in")


class Attendance(Base):
    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "registration_id"),)

    id: Mapped[Key]
    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"))
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)
    mark: Mapped[str] = mapped_column(String(10))
    # Minutes in an online meeting, joins added up; None where somebody signed.
    minutes: Mapped[int | None]
    keyed_at: Mapped[dt.datetime | None]
    keyed_by: Mapped[str] = mapped_column(String(120), default="")
