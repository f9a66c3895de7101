"""What may be held at an event besides the place itself: what options, seats, beds and meals have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text
from mama_desktop.services import counting


@dataclass(frozen=True)
class Released:
    """Something let go. what: its name ("Delavnica A", said in the reader's language); days: which days of it, empty
    for all of it.

    to_tell: who has to be told besides the person (the driver, the hotel).
    """

    noun: Text
    what: Text
    registration_id: str
    person: str
    days: tuple[dt.date, ...] = ()
    to_tell: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        return T("{person}: {noun} “{what}”", person=self.person, noun=self.noun, what=self.what)


class Holding(Protocol):
    """One kind of thing that registrations hold, kept as rows of one table."""

    noun: Text
    table: str

    def held(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        """What these hold (on these days), as it would be let go."""

    def release(
        self, session: Session, registration_ids: Collection[str], *, days: Sequence[dt.date] | None = None
    ) -> list[Released]:
        """Let it go and say what it was."""

    def still_free(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        """Of rows that an undo would put back into `table`, the keys of those whose place nobody has taken since."""

    def words_of(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Released]:
        """The same rows as something a person has lost for good."""


def names_of(session: Session, registration_ids: Collection[str]) -> dict[str, str]:
    """Registration → "Ana Novak"."""
    found: dict[str, str] = {}
    for some in counting.chunks(registration_ids):
        query = select(Registration.id, Person.given_name, Person.family_name).join(
            Person, Person.id == Registration.person_id
        )
        rows = session.execute(query.where(Registration.id.in_(some)))
        found |= {key: f"{given} {family}".strip() for key, given, family in rows}
    return found
