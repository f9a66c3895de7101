"""Events and their sessions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key, derived_column
from mama_desktop.domain.text import TC, T, fold, words_of

KINDS: Choices = {
    "conference": T("conference"),
    "partner-meeting": T("partner meeting"),
    "training": T("training"),
    "workshop": T("workshop"),
    "study-visit": T("study visit"),
    "youth-exchange": T("youth exchange"),
    "multiplier-event": T("multiplier event"),
    "local-event": T("local event"),
    "working-group": T("working group"),
    "general-assembly": T("general assembly"),
    "field-visit": T("field visit"),
    "liaison-visit": T("liaison visit"),
    "meeting": T("meeting"),
    "other": T("other"),
}
# The office comes to an organisation.
VISITS = frozenset({"field-visit", "liaison-visit"})
STATUSES: Choices = {
    "planned": TC("event", "planned"),
    "confirmed": TC("event", "confirmed"),
    "finished": TC("event", "finished"),
    "postponed": TC("event", "postponed"),
    "cancelled": TC("event", "cancelled"),
}
FORMATS: Choices = {"in-person": T("in person"), "online": T("online"), "hybrid": T("hybrid")}
PRECISIONS: Choices = {"month": T("month"), "day": T("day"), "time": T("day and time")}
SESSION_KINDS: Choices = {"day": T("whole day"), "half-day": T("half-day"), "session": T("session")}
# Words that say nothing in a short code.
_EMPTY_WORDS = frozenset({"in", "the", "of", "and", "za", "na", "v", "s", "z", "mama", "prvi", "drugi"})


class Event(Base):
    """One event. `starts_on` is the first of its month while only the month is known (`precision`)."""

    __tablename__ = "event"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title_sl: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(30), default="other")
    format: Mapped[str] = mapped_column(String(20), default="in-person")
    status: Mapped[str] = mapped_column(String(20), default="planned")
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True)
    starts_on: Mapped[dt.date | None] = mapped_column(index=True)
    ends_on: Mapped[dt.date | None]
    starts_at: Mapped[dt.time | None]
    ends_at: Mapped[dt.time | None]
    precision: Mapped[str] = mapped_column(String(10), default="day")
    venue: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(String(200), default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="SI")
    # Degrees WGS 84, typed where the town's own are not good enough.
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    online_link: Mapped[str] = mapped_column(String(300), default="")
    capacity: Mapped[int | None]
    deadline: Mapped[dt.date | None]
    # Whether one waiting person closes the event for newcomers; None: as the office's setting says.
    waiting_closes: Mapped[bool | None]
    # Whom a visit goes to.
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    responsible_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    # For letters, forms and consents: how people travel, and what they bring along.
    travel_note_sl: Mapped[str] = mapped_column(default="")
    travel_note_en: Mapped[str] = mapped_column(default="")
    bring_sl: Mapped[str] = mapped_column(default="")
    bring_en: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Event, "search"))

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        parts = (values.get(k) or "" for k in ("title_sl", "title_en", "code", "venue", "town"))
        return {"search": fold(" ".join(p for p in parts if p))}


class Session(Base):
    """A part of an event for which people sign: a day, a half-day, or one part of the programme."""

    __tablename__ = "session"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(20), default="day")
    title_sl: Mapped[str] = mapped_column(String(200), default="")
    title_en: Mapped[str] = mapped_column(String(200), default="")
    day: Mapped[dt.date]
    starts_at: Mapped[dt.time | None]
    ends_at: Mapped[dt.time | None]
    # A session counts only after its key-in was confirmed; until then it is "not keyed in".
    confirmed_at: Mapped[dt.datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(120), default="")


def event_code(title: str, starts_on: dt.date | None, taken: Container[str]) -> str:
    """A short readable code, e.g. 2020-04-klub; a number is added while it is taken."""
    words = [w for w in words_of(title) if w not in _EMPTY_WORDS and not w.isdigit()] or ["dogodek"]
    month = f"{starts_on:%Y-%m}-" if starts_on else ""
    code = month + re.sub(r"[^a-z0-9]", "", words[0])[:24]
    if code in taken and len(words) > 1:
        code = f"{code}-{words[1][:16]}"
    number, numbered = 2, code
    while numbered in taken:
        numbered = f"{code}-{number}"
        number += 1
    return numbered


def days_of(starts_on: dt.date, ends_on: dt.date | None) -> list[dt.date]:
    last = max(ends_on or starts_on, starts_on)
    return [starts_on + dt.timedelta(days=n) for n in range((last - starts_on).days + 1)]


def is_over_midnight(starts_at: dt.time | None, ends_at: dt.time | None) -> bool:
    """20.00–2.00 goes over midnight, at most twelve hours in all; 17.00–9.00 is more likely a slip."""
    if starts_at is None or ends_at is None or ends_at >= starts_at:
        return False
    minutes = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return minutes + 24 * 60 <= 12 * 60


def end_of(day: dt.date, starts_at: dt.time | None, ends_at: dt.time | None) -> dt.datetime:
    """When something that begins on `day` is over; without an hour at the end of that day."""
    if ends_at is None:
        return dt.datetime.combine(day, dt.time.max)
    return dt.datetime.combine(day + dt.timedelta(days=is_over_midnight(starts_at, ends_at)), ends_at)
