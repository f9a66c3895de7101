"""Guardians of minors, and consents: for what, given when and by whom, in which words, withdrawn when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key
from mama_desktop.domain.text import T

PURPOSES: Choices = {
    "participation": T("participation"),
    "photo": T("being photographed"),
    "publication": T("publication of photos"),
    "mailing": T("news and invitations"),
    "data": T("processing of personal data"),
}
RELATIONS: Choices = {
    "parent": T("parent"),
    "guardian": T("legal guardian"),
    "foster-parent": T("foster parent"),
    "relative": T("relative"),
    "other": T("somebody else"),
}
CONSENT_SOURCES: Choices = {
    "paper": T("signed paper"),
    "form": T("registration form"),
    "mail": T("e-mail"),
    "by-hand": T("entered by hand"),
}


class Guardian(Base):
    """A person who answers for a minor; `is_legal`: may sign for them."""

    __tablename__ = "guardian"
    __table_args__ = (UniqueConstraint("person_id", "guardian_id"),)

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    guardian_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(String(20), default="parent")
    is_legal: Mapped[bool] = mapped_column(default=True)


class ConsentText(Base):
    """The words somebody consents to; a new wording is a new version, the old one stays for those who gave it."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("purpose", "version"),)

    id: Mapped[Key]
    purpose: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    text_sl: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    since: Mapped[dt.date | None]


class Consent(Base):
    """One decision of one person (or of who signs for them) for one purpose, for an event or in general.

    given: False is a refusal, which is an answer too. given_by_id: the guardian who signed; None: the person.
    """

    __tablename__ = "consent"

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool] = mapped_column(default=True)
    given_on: Mapped[dt.date | None]
    given_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    # As written on the paper, where the one who signed is not among the people.
    given_by_name: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(20), default="by-hand")
    text_id: Mapped[str | None] = mapped_column(ForeignKey("consent_text.id"), index=True)
    withdrawn_on: Mapped[dt.date | None]
    attachment_id: Mapped[str | None] = mapped_column(ForeignKey("attachment.id"), index=True)
    remarks: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[dt.datetime | None]
