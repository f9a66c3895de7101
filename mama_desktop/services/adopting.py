"""Answers that came in a file under a heading before the form asked that question, and taking them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import fold
from mama_desktop.services import answers, fields, questions


@dataclass(frozen=True)
class Adoption:
    """A question and the heading of the same words. answers: how many can be taken over; unreadable: what cannot,
    because it is no such value (a choice the question has not), and stays where it is."""

    question: QuestionRow
    heading: str
    answers: int
    unreadable: tuple[str, ...]


def adoptable(session: Session, event_id: str) -> list[Adoption]:
    """The questions of an event whose words, in either language, are a heading under which answers stand."""
    asked = [one for one in questions.of_event(session, event_id) if one.kind not in ("field", "file")]
    wanted = {fold(words): one for one in asked for words in one.labels.values()}
    found: dict[tuple[str, str], tuple[int, dict[str, None]]] = {}
    meant: dict[str, QuestionRow | None] = {}
    query = select(Registration.answers).where(Registration.event_id == event_id, Registration.answers != {})
    for given in session.scalars(query) if wanted else ():
        for heading, value in given.items():
            # Thousands of people answer under a few headings.
            if heading not in meant:
                meant[heading] = None if fields.is_key(heading) else wanted.get(fold(heading))
            question = meant[heading]
            if question is None or question.id in given:
                continue
            count, unreadable = found.get((question.id, heading), (0, {}))
            kept = _stored(question, value)
            if kept is None:
                unreadable[str(value)] = None
            found[question.id, heading] = (count + (kept is not None), unreadable)
    by_id = {one.id: one for one in asked}
    return [
        Adoption(by_id[key], heading, count, tuple(unreadable))
        for (key, heading), (count, unreadable) in found.items()
        if count
    ]


def adopt(session: Session, event_id: str, question_id: str) -> int:
    """Move the answers under headings of the same words to the question; → how many registrations that were.

    Where the question has an answer already, that one stays, and the other stays where it is.
    """
    question = next(one for one in questions.of_event(session, event_id) if one.id == question_id)
    wanted = {fold(words) for words in question.labels.values()}
    moved = 0
    for registration in _answered(session, event_id):
        after = _adopted(question, wanted, registration.answers)
        if after != registration.answers:
            registration.answers = after
            moved += 1
    session.flush()
    return moved


def _adopted(question: QuestionRow, wanted: set[str], given: Mapping[str, Any]) -> dict[str, Any]:
    left = dict(given)
    for heading, value in given.items():
        if question.id in left or fields.is_key(heading) or fold(heading) not in wanted:
            continue
        kept = _stored(question, value)
        if kept is not None:
            del left[heading]
            left[question.id] = kept
    return left


def _answered(session: Session, event_id: str) -> list[Registration]:
    query = select(Registration).where(Registration.event_id == event_id, Registration.answers != {})
    return list(session.scalars(query))


def _stored(question: QuestionRow, value: Any) -> Any:
    try:
        return answers.stored(question, value)
    except OfficeError:
        return None
