"""What has a limited number of places besides the event itself: options of the form, places per centre or country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T, Text

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


@dataclass(frozen=True)
class Taker:
    """Somebody who takes places: what a registration counts for. Empty: not known, and counted nowhere."""

    key: str
    organisation: str = ""
    country: str = ""
    region: str = ""
    gender: str = ""
    role: str = ""
    options: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Limits:
    """What an event has places for. quotas: (kind, value) → places; options: key → places, only those that have any."""

    capacity: int | None = None
    quotas: Mapping[tuple[str, str], int] = field(default_factory=dict)
    options: Mapping[str, int] = field(default_factory=dict)

    @property
    def are_none(self) -> bool:
        return self.capacity is None and not self.quotas and not self.options

    def places(self, kind: str, value: str) -> int | None:
        """The places of one thing; a quota of its own goes before the one for each."""
        if kind == "event":
            return self.capacity
        if kind == "option":
            return self.options.get(value)
        return self.quotas.get((kind, value), self.quotas.get((kind, "")))


@dataclass(frozen=True)
class Exceeded:
    """More than there are places for. kind: event, option or one of QUOTA_KINDS; value: as in Quota, or an option's."""

    kind: str
    value: str
    taken: int
    places: int
    name: Text | None = None

    @property
    def now(self) -> str:
        """ "61 / 60"."""
        return f"{self.taken} / {self.places}"


def counted(takers: Iterable[Taker]) -> Counter[tuple[str, str]]:
    """How many places of each thing these take together."""
    found: Counter[tuple[str, str]] = Counter()
    for taker in takers:
        found["event", ""] += 1
        found.update(("option", key) for key in taker.options)
        for kind in QUOTA_KINDS:
            value = getattr(taker, kind)
            if value and value != "unknown":
                found[kind, value] += 1
    return found


def exceeded(
    limits: Limits, taken: Mapping[tuple[str, str], int], coming: Mapping[tuple[str, str], int] | None = None
) -> tuple[Exceeded, ...]:
    """What would be over with `coming` on top of `taken`; only what they add to, or all that is over without them."""
    over = []
    for kind, value in taken if coming is None else coming:
        places = limits.places(kind, value)
        more = (coming or {}).get((kind, value), 0)
        total = taken.get((kind, value), 0) + more
        if places is not None and total > places and (coming is None or more > 0):
            over.append(Exceeded(kind, value, total, places))
    return tuple(over)
