"""What a form said last time: the ground on which a newer export of it is compared with what the office has mended."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Json, Key


class SourceRow(Base):
    """One row of one form (`fingerprint` of its headings) as it was last read for an event.

    row_key: how the form itself tells its rows apart (its number, else the e-mail or the folded name).
    values: field key → value as stored then (JSON). gone_at: since when the form no longer has it, or says withdrawn.
    """

    __tablename__ = "source_row"
    __table_args__ = (UniqueConstraint("event_id", "fingerprint", "row_key"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    row_key: Mapped[str] = mapped_column(String(300))
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    file_name: Mapped[str] = mapped_column(String(300), default="")
    line: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[dt.datetime]
    gone_at: Mapped[dt.datetime | None]
