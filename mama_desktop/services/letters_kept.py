"""What was written to whom and when: of an event, of a person, and when it really went out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.letters import Letter, LetterRecipient
from mama_desktop.domain.text import sort_key


@dataclass(frozen=True)
class MailingRow:
    """One mailing in a list. count: letters in it; sent: how many are known to have gone out."""

    id: str
    event_id: str
    name: str
    kind: str
    channel: str
    made_at: dt.datetime
    made_by: str
    count: int
    sent: int


@dataclass(frozen=True)
class LetterRow:
    """What one of them was written, as it was then."""

    id: str
    letter_id: str
    event_id: str
    event: str
    name: str
    kind: str
    channel: str
    made_at: dt.datetime
    made_by: str
    reader: str
    address: str
    language: str
    subject: str
    body: str
    sent_at: dt.datetime | None


def of_event(session: Session, event_id: str) -> list[MailingRow]:
    """The mailings of an event, newest first; those of no event for an empty key."""
    query = (
        select(Letter, func.count(LetterRecipient.id), func.count(LetterRecipient.sent_at))
        .outerjoin(LetterRecipient, LetterRecipient.letter_id == Letter.id)
        .where(Letter.event_id == event_id if event_id else Letter.event_id.is_(None))
        .group_by(Letter.id)
        .order_by(Letter.made_at.desc(), Letter.id.desc())
    )
    return [
        MailingRow(
            one.id, one.event_id or "", one.name, one.kind, one.channel, one.made_at, one.made_by, count, sent
        )
        for one, count, sent in session.execute(query)
    ]  # fmt: skip


def readers(session: Session, letter_id: str) -> list[LetterRow]:
    """Everybody of one mailing, in Slovene order of their names."""
    found = _rows(session, LetterRecipient.letter_id == letter_id)
    # Kept as they were then, given name first: the last word is what a list is ordered by.
    return sorted(found, key=lambda row: (sort_key(row.reader.rpartition(" ")[2]), sort_key(row.reader), row.id))


def of_person(session: Session, person_id: str) -> list[LetterRow]:
    """What a person was written, newest first."""
    return _rows(session, LetterRecipient.person_id == person_id, Letter.made_at.desc(), LetterRecipient.id.desc())


def of_organisation(session: Session, organisation_id: str) -> list[LetterRow]:
    """What was written to an organisation, or to somebody as one of its people, newest first."""
    where = LetterRecipient.organisation_id == organisation_id
    return _rows(session, where, Letter.made_at.desc(), LetterRecipient.id.desc())


def _rows(session: Session, where: object, *order: object) -> list[LetterRow]:
    query = (
        select(LetterRecipient, Letter, Event.title_sl)
        .join(Letter, Letter.id == LetterRecipient.letter_id)
        .outerjoin(Event, Event.id == Letter.event_id)
        .where(where)  # type: ignore[arg-type]  # a condition of SQLAlchemy, given by this file
        .order_by(*order)  # type: ignore[arg-type]
    )
    return [
        LetterRow(
            one.id, letter.id, letter.event_id or "", title or "", letter.name, letter.kind, letter.channel,
            letter.made_at, letter.made_by, one.name, one.address, one.language, one.subject, one.body, one.sent_at,
        )
        for one, letter, title in session.execute(query)
    ]  # fmt: skip


def mark_sent(
    session: Session, letter_id: str, *, at: dt.datetime | None, recipient_ids: Sequence[str] = ()
) -> int:  # fmt: skip
    """Say when a mailing, or some letters of it, went out; None takes it back. Returns how many changed."""
    query = select(LetterRecipient).where(LetterRecipient.letter_id == letter_id)
    changed = 0
    for one in session.scalars(query):
        if (not recipient_ids or one.id in recipient_ids) and (one.sent_at is None) != (at is None):
            one.sent_at = at
            changed += 1
    session.flush()
    return changed


def delete_mailing(session: Session, letter_id: str) -> None:
    """Take a mailing out of the list: it was only made, never sent."""
    session.execute(delete(LetterRecipient).where(LetterRecipient.letter_id == letter_id))
    session.execute(delete(Letter).where(Letter.id == letter_id))
