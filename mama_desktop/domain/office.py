"""The office itself: its settings, its staff, and what it taught the program about files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Json, Key


class Setting(Base):
    """One setting of the workspace; keys and defaults are declared in settings.py."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class StaffMember(Base):
    """Somebody of the office who may be responsible for an event."""

    __tablename__ = "staff_member"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class RememberedMapping(Base):
    """Which heading meant which field in a file of one shape (fingerprint of its headings)."""

    __tablename__ = "remembered_mapping"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    # What the office calls this source, what its rows are ("registration", "person" …), and when it last came.
    name: Mapped[str] = mapped_column(String(120), default="")
    noun: Mapped[str] = mapped_column(String(20), default="registration")
    used_at: Mapped[dt.datetime | None]
