"""Registrations: one person at one event, and which step may follow which."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key
from mama_desktop.domain.text import T

STATUSES: Choices = {
    "invited": T("invited"),
    "applied": T("new"),
    "accepted": T("accepted"),
    "confirmed": T("confirmed"),
    "waiting": T("on the waiting list"),
    "declined": T("declined"),
    "cancelled": T("cancelled"),
}
TAKES_PLACE = frozenset({"accepted", "confirmed"})
# Who gives back what the event holds for them.
GIVES_BACK = frozenset({"declined", "cancelled"})
# Who never stands on a sign-in sheet.
STAYS_AWAY = frozenset({"invited", "applied", "waiting", "declined", "cancelled"})
# Back to "invited": a wrong click, or somebody is asked once more.
_NEXT = {
    "invited": {"applied", "accepted", "confirmed", "waiting", "declined", "cancelled"},
    "applied": {"accepted", "waiting", "declined", "cancelled", "confirmed", "invited"},
    "accepted": {"confirmed", "waiting", "declined", "cancelled", "applied"},
    "confirmed": {"accepted", "cancelled", "waiting", "declined"},
    "waiting": {"accepted", "confirmed", "declined", "cancelled", "applied"},
    "declined": {"applied", "accepted", "waiting", "confirmed"},
    "cancelled": {"applied", "accepted", "waiting", "confirmed", "invited"},
}
ROLES: Choices = {
    "participant": T("participant"),
    "group-leader": T("group leader"),
    "speaker": T("speaker"),
    "trainer": T("trainer"),
    "staff": T("staff"),
    "volunteer": T("volunteer"),
    "guest": T("guest"),
}
# They stand as a group at the end of a sign-in sheet.
SPEAKERS_AND_STAFF = frozenset({"speaker", "trainer", "staff"})
# Urad RS za mladino counts planners, organisers and performers as active, never the audience (contract duty).
ACTIVE_ROLES = frozenset({"speaker", "trainer", "staff", "volunteer", "group-leader"})
DIETS: Choices = {
    "vegetarian": T("vegetarian"),
    "vegan": T("vegan"),
    "pescatarian": T("pescatarian"),
    "no-pork": T("no pork"),
    "gluten-free": T("gluten-free"),
    "lactose-free": T("lactose-free"),
    "other": T("other diet"),
}
REPLIES: Choices = {"none": T("no answer"), "coming": T("coming"), "not-coming": T("not coming")}
# Who called a registration off.
CANCELLED_BY: Choices = {
    "": T("not said"),
    "participant": T("the participant"),
    "guardian": T("parent or guardian"),
    "organisation": T("the sending organisation"),
    "office": T("the office"),
}
SOURCES: Choices = {
    "import": T("from a file"),
    "by-hand": T("by hand"),
    "walk-in": T("walk-in"),
    "form": T("from a form"),
    "organisation": T("from an organisation"),
    "group": T("from a working group"),
    "earlier-event": T("from an earlier event"),
    "sample": T("sample"),
}


class Registration(Base):
    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        Index("ix_registration_event_id_status", "event_id", "status"),
    )

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    # Whom the person represents at this event; an auditor's list must not change when somebody changes jobs.
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    status: Mapped[str] = mapped_column(String(20), default="applied")
    status_since: Mapped[dt.datetime | None]
    # The answer of somebody invited, and since when.
    reply: Mapped[str] = mapped_column(String(20), default="none")
    replied_at: Mapped[dt.datetime | None]
    # Why declined or cancelled, and by whom.
    reason: Mapped[str] = mapped_column(default="")
    cancelled_by: Mapped[str] = mapped_column(String(20), default="")
    # The order of the waiting list; None for who does not wait.
    waiting_position: Mapped[int | None]
    party_id: Mapped[str | None] = mapped_column(ForeignKey("party.id"), index=True)
    role: Mapped[str] = mapped_column(String(30), default="participant")
    active: Mapped[bool | None]
    arrival: Mapped[dt.date | None]
    departure: Mapped[dt.date | None]
    diet: Mapped[list[str]] = mapped_column(Json, default=list)
    # Sensitive, apart from diet, with its own short retention.
    allergies: Mapped[str] = mapped_column(default="")
    remarks: Mapped[str] = mapped_column(default="")
    # Sensitive, asked of the accepted only.
    emergency_name: Mapped[str] = mapped_column(String(200), default="")
    emergency_relation: Mapped[str] = mapped_column(String(100), default="")
    emergency_phone: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(20), default="by-hand")
    source_line: Mapped[str] = mapped_column(String(300), default="")
    applied_at: Mapped[dt.datetime | None]
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


def may_follow(status: str, following: str) -> bool:
    return status == following or following in _NEXT.get(status, set())


def newcomers_status(wanted: str, *, somebody_waits: bool, waiting_closes: bool) -> str:
    """The status somebody registered now gets: behind who waits already, where one waiting person closes the event."""
    closed = somebody_waits and waiting_closes
    return "waiting" if closed and wanted in {"applied", "accepted", "confirmed"} else wanted


def is_late(applied_at: dt.datetime | None, deadline: dt.date | None) -> bool:
    """Who applied on the day of the deadline is in time."""
    return bool(applied_at and deadline and applied_at.date() > deadline)


def is_active(role: str, active: bool | None) -> bool:
    """As said on the registration, else by the role."""
    return role in ACTIVE_ROLES if active is None else active


def is_there(day: dt.date, arrival: dt.date | None, departure: dt.date | None) -> bool:
    """Not before the day of arrival, not after the day of departure."""
    return not ((arrival and day < arrival) or (departure and day > departure))


def is_international(*, venue_country: str, organisation_country: str, person_country: str) -> bool | None:
    """By the country of the sending organisation, without one by residence; None when neither is known."""
    from_country = organisation_country or person_country
    return from_country != venue_country if from_country and venue_country else None
