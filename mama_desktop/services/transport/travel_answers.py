"""Travel details out of answers that stand with the registrations: of the event's form, or of a file's columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.intake.mapping import Column
from mama_desktop.intake.values import Setting, reader_for
from mama_desktop.intake.vocabulary import known, readings_of
from mama_desktop.services import column_mapping, known_people
from mama_desktop.services.transport import travel_columns
from mama_desktop.services.transport.travel_columns import TRAVEL_COLUMNS


def take_from_answers(session: Session, event_id: str, registration_ids: Collection[str], *, now: dt.datetime) -> int:
    """Fill the legs of these registrations from what they have answered, where nothing is said yet.

    The answers stay as they are. Returns of how many people something was taken.
    """
    wanted: dict[str, dict[str, Any]] = {}
    asked = set(registration_ids)
    for one in known_people.registered(session, event_id).values():
        if one.id in asked:
            said = _said(one.answers)
            new = {key: value for key, value in said.items() if key not in one.travel}
            if new:
                wanted[one.id] = new
    travel_columns.take(session, wanted, now=now)
    return len(wanted)


def column_of(heading: str) -> str:
    """The column of travel that a heading or a question names, "" for none."""
    found = known()
    return next((key for one in readings_of(heading) if (key := found.get(one, "")) in TRAVEL_COLUMNS), "")


def _said(answers: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for heading, words in answers.items():
        key = column_of(heading) if words else ""
        if key and key not in said:
            column = Column(0, heading, key=key, kind=TRAVEL_COLUMNS[key].kind)
            said |= dict(reader_for(column, Setting(choices=column_mapping.choices()))(str(words)).values)
    # What cannot be read is an answer already.
    travel_columns.tidy(said, {}, str)
    return said
