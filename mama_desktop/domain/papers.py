"""Papers as issued: what stood on a sheet when it was printed stays as it was."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Json, Key

# Without I, L, O, 0, 1: a code is read off paper by tired eyes.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def issue_code() -> str:
    """Six letters and digits that are never mistaken for one another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


class StoredFile(Base):
    """The bytes of a file, stored once by content (SHA-256) and never changed.

    content: None where the bytes lie beside the database (a workspace file), and here on a server.
    """

    __tablename__ = "stored_file"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(default=0)


class Issue(Base):
    """One issue of a paper: to print again, to key in by its own numbers, to compare with today."""

    __tablename__ = "issue"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(10), unique=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    document: Mapped[str] = mapped_column(String(40), default="sign-in")
    # Sessions of the sheet in the order of its signature columns.
    sessions: Mapped[list[str]] = mapped_column(Json, default=list)
    number: Mapped[int] = mapped_column(default=1)
    supplement_to: Mapped[str | None] = mapped_column(ForeignKey("issue.id"))
    language: Mapped[str] = mapped_column(String(5), default="sl")
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    pages: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_hash: Mapped[str | None] = mapped_column(ForeignKey("stored_file.hash"))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = mapped_column(String(120), default="")
    # Of a list for one trip, one house …: its key; empty for a list of the whole event.
    subject: Mapped[str] = mapped_column(String(32), default="")
    # What it said, line by line, to be compared with today (services/kept_lists.py).
    said: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    sent_to: Mapped[str] = mapped_column(String(300), default="")
    sent_at: Mapped[dt.datetime | None]


class IssueRow(Base):
    """One numbered line of an issue; a blank line has no registration until somebody is keyed in on it."""

    __tablename__ = "issue_row"
    __table_args__ = (UniqueConstraint("issue_id", "number"),)

    id: Mapped[Key]
    issue_id: Mapped[str] = mapped_column(ForeignKey("issue.id"), index=True)
    number: Mapped[int]
    page: Mapped[int] = mapped_column(default=1)
    registration_id: Mapped[str | None] = mapped_column(ForeignKey("registration.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), default="")
    organisation: Mapped[str] = mapped_column(String(300), default="")


class ListTemplate(Base):
    """Columns in an order under a name, for one event or for the whole office."""

    __tablename__ = "list_template"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(120))
    document: Mapped[str] = mapped_column(String(40), default="participant-list")
    event_id: Mapped[str | None] = mapped_column(ForeignKey("event.id"), index=True)
    columns: Mapped[list[str]] = mapped_column(Json, default=list)
    options: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
