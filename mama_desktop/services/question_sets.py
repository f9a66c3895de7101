"""Questions to use again: the ready sets, those the office kept under a name, and those of another event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.questions import Question, QuestionRow, QuestionSet, said
from mama_desktop.domain.text import T, Text, clean, fold, sort_key, verbatim
from mama_desktop.services import questions
from mama_desktop.services.ready_questions import ready_sets


@dataclass(frozen=True)
class SetInfo:
    """A set to choose. key: a ready one's name or a kept one's id."""

    key: str
    name: Text
    count: int
    is_ready: bool = False


@dataclass(frozen=True)
class EventWithQuestions:
    """An event whose questions may be taken over. detail: its dates; count: how many it asks."""

    key: str
    title: str
    detail: str
    count: int


def sets(session: Session) -> list[SetInfo]:
    """The ready sets, then those of the office by name."""
    ready = [SetInfo(one.key, said(one.name), len(one.questions), is_ready=True) for one in ready_sets().values()]
    count = select(func.count()).where(Question.set_id == QuestionSet.id).correlate(QuestionSet).scalar_subquery()
    kept = session.execute(select(QuestionSet.id, QuestionSet.name, count)).all()
    own = [SetInfo(key, verbatim(name), number) for key, name, number in sorted(kept, key=lambda s: sort_key(s[1]))]
    return ready + own


def save_as_set(session: Session, event_id: str, name: str, keys: Collection[str] | None = None) -> str:
    """Keep questions of an event (all, when none are named) under a name; the same name is replaced. → its key.

    A condition on a question that is not kept is left out.
    """
    name = clean(name)
    if not name:
        raise OfficeError(T("Please write the name of the set."), safe=T("Nothing was saved."))
    rows = [one for one in questions.of_event(session, event_id) if keys is None or one.id in keys]
    if not rows:
        raise OfficeError(T("The form has no questions to keep yet."), safe=T("Nothing was saved."))
    known = session.scalars(select(QuestionSet)).all()
    one = next((kept for kept in known if fold(kept.name) == fold(name)), None)
    if one is None:
        one = QuestionSet(id=new_key(), name=name)
        session.add(one)
    else:
        session.execute(delete(Question).where(Question.set_id == one.id))
    session.flush()
    _copy(session, rows, 0, set_id=one.id)
    return one.id


def delete_set(session: Session, key: str) -> None:
    """Delete a set of the office; questions put into forms from it stay there."""
    session.execute(delete(Question).where(Question.set_id == key))
    session.delete(session.get_one(QuestionSet, key))
    session.flush()


def insert_set(session: Session, event_id: str, key: str) -> list[str]:
    """Put the questions of a set (its id, or a ready one's name) at the end of a form; → the keys of the new ones.

    What the form asks already is left out.
    """
    ready = ready_sets().get(key)
    return _insert(session, event_id, ready.questions if ready else questions.of_set(session, key))


def copy_questions(session: Session, from_event: str, to_event: str) -> list[str]:
    """Put the questions of another event at the end of a form; what it asks already is left out. → the new ones."""
    return _insert(session, to_event, questions.of_event(session, from_event))


def events_with_questions(
    session: Session, beginning: str = "", *, besides: str = "", language: str = "sl", limit: int = 30
) -> list[EventWithQuestions]:
    """Events that ask questions of their own, by any part of title or code, the newest first."""
    count = select(func.count()).where(Question.event_id == Event.id).correlate(Event).scalar_subquery()
    words = fold(beginning)
    query = (
        select(Event.id, Event.title_sl, Event.title_en, Event.starts_on, Event.ends_on, Event.precision, count)
        .where(Event.id != besides, count > 0)
        .where(or_(Event.search.contains(words, autoescape=True), Event.code.contains(words)))
        .order_by(Event.starts_on.desc().nulls_last(), Event.code)
        .limit(limit)
    )
    speak = i18n.language(language)
    return [
        EventWithQuestions(key, title_en if language == "en" and title_en else title_sl, speak.event_dates(*when), asks)
        for key, title_sl, title_en, *when, asks in session.execute(query)
    ]


def _insert(session: Session, event_id: str, rows: Sequence[QuestionRow]) -> list[str]:
    there = questions.of_event(session, event_id)
    same: dict[str, str] = {}
    for row in rows:
        known = next((one for one in there if _is_same(row, one)), None)
        if known is not None:
            same[row.id] = known.id
    wanted = [row for row in rows if row.id not in same]
    return _copy(session, wanted, len(there), event_id=event_id, instead={
        one: key for one, key in same.items() if _waits_alike(rows, there, one, key)
    })  # fmt: skip


def _is_same(row: QuestionRow, known: QuestionRow) -> bool:
    if row.field_key or known.field_key:
        return row.field_key == known.field_key
    return bool({fold(words) for words in row.labels.values()} & {fold(words) for words in known.labels.values()})


def _waits_alike(rows: Sequence[QuestionRow], there: Sequence[QuestionRow], one: str, key: str) -> bool:
    """Whether what waits for an answer of a set can wait for the same of the question the form has already."""
    wanted = {choice for row in rows if row.shown_if_id == one for choice in row.shown_if}
    known = next(question for question in there if question.id == key)
    return questions.may_decide(known) and wanted <= questions.condition_choices(known).keys()


def _copy(
    session: Session, rows: Sequence[QuestionRow], behind: int, *, event_id: str | None = None,
    set_id: str | None = None, instead: dict[str, str] | None = None,
) -> list[str]:  # fmt: skip
    """New questions like these; conditions follow to the copies, or to what stands in their place."""
    keys = {row.id: new_key() for row in rows}
    conditions = keys | (instead or {})
    for place, row in enumerate(rows, behind + 1):
        condition = conditions.get(row.shown_if_id or "")
        session.add(Question(
            id=keys[row.id], event_id=event_id, set_id=set_id, position=place, **_values(row),
            shown_if_id=condition, shown_if=list(row.shown_if) if condition else [],
        ))  # fmt: skip
        # One by one: each may point to the one before it.
        session.flush()
    return list(keys.values())


def _values(row: QuestionRow) -> dict[str, Any]:
    return {
        "kind": row.kind, "field_key": row.field_key,
        "label_sl": row.labels.get("sl", ""), "label_en": row.labels.get("en", ""),
        "help_sl": row.helps.get("sl", ""), "help_en": row.helps.get("en", ""),
        "choices": [{"key": key, "sl": w.get("sl", ""), "en": w.get("en", "")} for key, w in row.choices.items()],
        "required": row.required, "accepted_only": row.accepted_only, "sensitivity": row.sensitivity,
    }  # fmt: skip
