"""What was decided about two records that look like one, and which records were merged."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

VERDICTS: Choices = {"different": T("different"), "later": T("decide later")}


class PairVerdict(Base):
    """Two people or organisations that are not one, or about whom nobody wants to decide yet.

    first, second: their keys in order, without a foreign key: a verdict outlives what it is about.
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


class Merged(Base):
    """A record that became part of another: its history is shown with that of the one that stayed."""

    __tablename__ = "merged"

    id: Mapped[Key]
    noun: Mapped[str] = mapped_column(String(20))
    kept: Mapped[str] = mapped_column(String(32), index=True)
    gone: Mapped[str] = mapped_column(String(32), index=True)
    merged_at: Mapped[dt.datetime]
    merged_by: Mapped[str] = mapped_column(String(120), default="")
