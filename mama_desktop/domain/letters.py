"""Letters and mails: texts to use again, and what was written to whom and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key
from mama_desktop.domain.text import T

LETTER_KINDS: Choices = {
    "invitation": T("invitation"),
    "receipt": T("confirmation of receipt"),
    "acceptance": T("acceptance"),
    "refusal": T("refusal"),
    "waiting": T("waiting list"),
    "reminder": T("reminder"),
    "consent": T("missing consent"),
    "travel": T("travel details"),
    "travel-plan": T("travel plan"),
    "cancellation": T("cancellation"),
    "before": T("before the event"),
    "thanks": T("thank-you"),
    "information": T("news"),
    "other": T("other letter"),
}
# What a person may refuse with the consent "mailing"; the others are about their own registration.
MAILING_KINDS = frozenset({"invitation", "information"})
CHANNELS: Choices = {
    "eml": T("mail drafts"),
    "pdf": T("letters as PDF"),
    "docx": T("letters for Word"),
    "mailto": T("mail program"),
    "clipboard": T("addresses on the clipboard"),
    "labels": T("address labels"),
}


class LetterTemplate(Base):
    """A text with placeholders, in both languages. key: that of the shipped text it replaces, empty for an own one."""

    __tablename__ = "letter_template"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(20), default="other")
    name: Mapped[str] = mapped_column(String(120), default="")
    subject_sl: Mapped[str] = mapped_column(String(300), default="")
    subject_en: Mapped[str] = mapped_column(String(300), default="")
    body_sl: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")


class Letter(Base):
    """One mailing: a text made for a list of people through one channel."""

    __tablename__ = "letter"

    id: Mapped[Key]
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="other")
    channel: Mapped[str] = mapped_column(String(20), default="eml")
    name: Mapped[str] = mapped_column(String(200), default="")
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(120), default="")


class LetterRecipient(Base):
    """What one of them was written. name, address and body as they were then; sent_at: when it really went out."""

    __tablename__ = "letter_recipient"

    id: Mapped[Key]
    letter_id: Mapped[str] = mapped_column(ForeignKey("letter.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(5), default="sl")
    subject: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[dt.datetime | None]
