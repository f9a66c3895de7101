"""What was decided about two records that look like one, and which records were merged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key
from mama_desktop.domain.text import T, Text

VERDICTS: Choices = {"different": T("different"), "later": T("decide later")}


class PairVerdict(Base):
    """Two people or organisations that are not one, or about whom nobody wants to decide yet.

    first, second: their keys in order, without a foreign key: a verdict outlives what it is about. seen: what of each
    (by its key) was read then; when one of both changes much, they are asked about again.
    """

    __tablename__ = "pair_verdict"
    __table_args__ = (UniqueConstraint("noun", "first", "second"),)

    id: Mapped[Key]
    noun: Mapped[str] = mapped_column(String(20))
    first: Mapped[str] = mapped_column(String(32))
    second: Mapped[str] = mapped_column(String(32))
    verdict: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    seen: Mapped[dict[str, str]] = mapped_column(Json, default=dict)


class Merged(Base):
    """A record that became part of another: its history is shown with that of the one that stayed."""

    __tablename__ = "merged"

    id: Mapped[Key]
    noun: Mapped[str] = mapped_column(String(20))
    kept: Mapped[str] = mapped_column(String(32), index=True)
    gone: Mapped[str] = mapped_column(String(32), index=True)
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[str] = mapped_column(String(120), default="")


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as compared with others. birth: digits of the date (19990219) or year (1999), as good as they are."""

    key: str
    given_name: str = ""
    family_name: str = ""
    birth: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    street: str = ""
    postal_code: str = ""
    town: str = ""
    # Any mark of it, the same for those who belong to the same.
    organisation: str = ""
    gender: str = ""
    # A number that belongs to one person (of a tax office, an insurance); never stored, but a list may hold it.
    personal_number: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation as compared with others; its names in any language and spelling, the full one first."""

    key: str
    names: tuple[str, ...]
    kind: str = ""
    street: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that look like one. score: 0 to 100; is_same: sure enough to be merged without a second look;
    reasons: in words what speaks for it, then what speaks against."""

    first: str
    second: str
    score: int
    is_same: bool
    reasons: tuple[Text, ...] = field(default=())
    against: tuple[Text, ...] = field(default=())
