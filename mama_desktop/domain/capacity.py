"""What has a limited number of places besides the event itself: options of the form, places per centre or country."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

QUOTA_KINDS: Choices = {
    "organisation": T("places per organisation"),
    "country": T("places per country"),
    "region": T("places per region"),
    "gender": T("places per gender"),
    "role": T("places per role"),
}


class EventOption(Base):
    """Something a registered person may choose and that may be full: a workshop, a room type, an excursion.

    Options of one `group` are offered together; `only_one`: of its group a person takes at most one.
    """

    __tablename__ = "event_option"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    group_sl: Mapped[str] = mapped_column(String(120), default="")
    group_en: Mapped[str] = mapped_column(String(120), default="")
    name_sl: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    # None: as many as come.
    places: Mapped[int | None]
    only_one: Mapped[bool] = mapped_column(default=True)


class ChosenOption(Base):
    """A place of an option held for a registration; it is let go with the registration."""

    __tablename__ = "chosen_option"
    __table_args__ = (UniqueConstraint("option_id", "registration_id"),)

    id: Mapped[Key]
    option_id: Mapped[str] = mapped_column(ForeignKey("event_option.id"))
    registration_id: Mapped[str] = mapped_column(ForeignKey("registration.id"), index=True)


class Quota(Base):
    """At most so many places for one organisation, country … of an event; `value` empty: for each of them."""

    __tablename__ = "quota"
    __table_args__ = (UniqueConstraint("event_id", "kind", "value"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    # The key of an organisation, a country's code, a gender …
    value: Mapped[str] = mapped_column(String(40), default="")
    places: Mapped[int]
