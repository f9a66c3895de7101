"""The questions of an event's form: reading, writing, putting in order, deleting, and the fields their answers make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.questions import (
    AFTER_SELECTION,
    ALWAYS_ASKED,
    Question,
    QuestionRow,
    asked,
    depending,
)
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import TN, T, clean, clean_lines, fold, verbatim
from mama_desktop.services import answers
from mama_desktop.services.answers import Missing
from mama_desktop.services.fields import ANSWER, Field, answer_field, is_key
from mama_desktop.services.question_rules import (
    ASKABLE,
    check,
    condition_choices,
    field_of,
    hint,
    may_decide,
    with_keys,
)

__all__ = (
    "AFTER_SELECTION", "ALWAYS_ASKED", "ASKABLE", "QuestionRow", "Touched", "answer_field", "answer_fields", "asked",
    "by_key", "condition_choices", "delete", "field_of", "hint", "known_here", "may_decide", "missing_answers", "move",
    "of_event", "of_set", "save", "touched_by_deleting",
)  # fmt: skip

_UNCHANGED = T("Nothing was changed.")
_VALUES = frozenset({
    "kind", "field_key", "label_sl", "label_en", "help_sl", "help_en", "choices", "required", "accepted_only",
    "sensitivity", "shown_if_id", "shown_if",
})  # fmt: skip


@dataclass(frozen=True)
class Touched:
    """What deleting a question touches: how many have answered it, and what is asked only after an answer to it."""

    answers: int
    depending: tuple[QuestionRow, ...]


def of_event(session: Session, event_id: str) -> list[QuestionRow]:
    """The questions of an event's form in their order."""
    found = session.scalars(select(Question).where(Question.event_id == event_id))
    return [_row(one) for one in sorted(found, key=_order)]


def of_set(session: Session, set_id: str) -> list[QuestionRow]:
    """The questions of a set in their order."""
    found = session.scalars(select(Question).where(Question.set_id == set_id))
    return [_row(one) for one in sorted(found, key=_order)]


def answer_fields(session: Session, event_id: str) -> dict[str, Field]:
    """The fields in which an event's answers stand, by key; those of the program's own fields are not among them."""
    asked_for = [one for one in of_event(session, event_id) if one.kind != "field"]
    files = _file_names(session, event_id) if any(one.kind == "file" for one in asked_for) else {}
    made = [answer_field(one, files) for one in asked_for]
    return {f.key: f for f in made}


def known_here(session: Session, asked_for: Mapping[str, Field], keys: Iterable[str]) -> list[str]:
    """Keys of columns as this event has them: for a question of another event, this one's of the same wording.

    So a list template of the whole office serves each event that asks the same. asked_for: `answer_fields`.
    """
    wanted = list(keys)
    strange = [k.removeprefix(ANSWER) for k in wanted if k.startswith(ANSWER) and k not in asked_for]
    strange = [key for key in strange if is_key(key)]
    if not strange:
        return wanted
    here = {fold(i18n.language(code).say(f.info.label)): k for k, f in asked_for.items() for code in i18n.LANGUAGES}
    rows = [_row(one) for one in session.scalars(select(Question).where(Question.id.in_(strange)))]
    same = {ANSWER + row.id: here.get(fold(row.label_in(code))) for row in rows for code in ("en", "sl")}
    found = (same.get(key) or key for key in wanted)
    return list(dict.fromkeys(found))


def by_key(session: Session, key: str) -> QuestionRow | None:
    """One question; None when it was deleted meanwhile."""
    one = session.get(Question, key)
    return _row(one) if one is not None else None


def save(session: Session, event_id: str, *, key: str = "", **values: Any) -> str:
    """Add a question at the end of an event's form, or change the one of this key; returns its key.

    values: kind, field_key, label_sl, label_en, help_sl, help_en, choices ([{"key", "sl", "en"}], without a key for a
    new one), required, accepted_only, sensitivity, shown_if_id (an earlier question), shown_if (its choices, or "yes",
    "no"). Refused, in plain words, is what would leave the form or the answers given so far without sense.
    """
    if unknown := values.keys() - _VALUES:
        raise TypeError(f"no such values of a question: {sorted(unknown)}")
    known = of_event(session, event_id)
    if key:
        one = session.get_one(Question, key)
        before: QuestionRow | None = _row(one)
    else:
        one = Question(id=new_key(), event_id=event_id, position=len(known) + 1, **_NEW)
        before = None
    for name, value in values.items():
        setattr(one, name, _cleaned(name, value, one))
    _follow_the_kind(one)
    after = _row(one)
    with session.no_autoflush:
        check(after, before, known)
        if before is not None:
            _follow_the_answers(session, event_id, before, after)
    if before is None:
        session.add(one)
    session.flush()
    return one.id


def move(session: Session, key: str, place: int) -> None:
    """Put a question at a place of its form, from 0; never before the one it depends on, nor behind its dependents."""
    one = session.get_one(Question, key)
    same = (Question.event_id == one.event_id) & (Question.set_id == one.set_id if one.set_id else True)
    records = sorted(session.scalars(select(Question).where(same)), key=_order)
    records.remove(one)
    records.insert(max(0, min(place, len(records))), one)
    places = {record.id: number for number, record in enumerate(records, 1)}
    for record in records:
        if record.shown_if_id and places[record.shown_if_id] > places[record.id]:
            raise OfficeError(
                T(
                    "“{question}” is shown only after an answer to “{earlier}”, so it must stand behind it.",
                    question=_row(record).label, earlier=_row(session.get_one(Question, record.shown_if_id)).label,
                ),
                safe=T("The order stays as it was."),
            )  # fmt: skip
    for record in records:
        record.position = places[record.id]
    session.flush()


def touched_by_deleting(session: Session, key: str) -> Touched:
    one = _row(session.get_one(Question, key))
    event_id = session.get_one(Question, key).event_id or ""
    return Touched(len(_given(session, event_id, one)), tuple(depending(of_event(session, event_id), key)))


def delete(session: Session, key: str, *, keep_answers: bool = True) -> int:
    """Delete a question; returns how many had answered it.

    keep_answers: what they said stays in their registrations as an extra answer in words, under the question's Slovene
    label; else it goes too (always refused for a sensitive question: nothing would say any more that it is sensitive).
    Refused while other questions depend on it.
    """
    record = session.get_one(Question, key)
    one, event_id = _row(record), record.event_id or ""
    touched = touched_by_deleting(session, key)
    if touched.depending:
        raise OfficeError(
            T("“{question}” cannot be deleted: other questions are shown only after an answer to it.",
              question=one.label),
            safe=_UNCHANGED,
            todo=T("First change or delete these:"),
            details=[other.label for other in touched.depending],
        )  # fmt: skip
    given = _given(session, event_id, one)
    if given and keep_answers and one.sensitivity == "sensitive":
        raise OfficeError(
            T("Sensitive answers cannot stay without their question."),
            safe=_UNCHANGED,
            todo=T("Delete the answers along with the question, or make it less sensitive first."),
        )
    heading = one.label_in("sl")
    # The file itself stays with the registration; what is left in words is its name.
    names = _file_names(session, event_id) if one.kind == "file" and keep_answers else {}
    for registration in given:
        left = {name: value for name, value in registration.answers.items() if name != key}
        if keep_answers:
            value = registration.answers[key]
            left.setdefault(heading, names.get(value) or answers.said(one, value, "sl"))
        registration.answers = left
    session.delete(record)
    session.flush()
    return len(given)


def missing_answers(session: Session, event_id: str) -> list[Missing]:
    """Who has not answered required questions that apply to them: those who applied, wait, or are accepted."""
    return answers.missing_answers(session, event_id, of_event(session, event_id))


_NEW: dict[str, Any] = {
    "kind": "text", "field_key": "", "label_sl": "", "label_en": "", "help_sl": "", "help_en": "", "choices": [],
    "required": False, "accepted_only": False, "sensitivity": "personal", "shown_if_id": None, "shown_if": [],
}  # fmt: skip


def _file_names(session: Session, event_id: str) -> dict[str, str]:
    query = select(Attachment.id, Attachment.name).join(Registration, Registration.id == Attachment.registration_id)
    return {key: name for key, name in session.execute(query.where(Registration.event_id == event_id))}


def _order(one: Question) -> tuple[int, str]:
    return one.position, one.id


def _row(one: Question) -> QuestionRow:
    labels = {code: words for code, words in (("sl", one.label_sl), ("en", one.label_en)) if words}
    sensitivity = one.sensitivity
    if one.kind == "field" and one.field_key in ASKABLE:
        info = ASKABLE[one.field_key]
        labels = {code: i18n.language(code).say(info.label) for code in i18n.LANGUAGES} | labels
        sensitivity = info.sensitivity
    return QuestionRow(
        one.id, one.position, one.kind, one.field_key, labels,
        {code: words for code, words in (("sl", one.help_sl), ("en", one.help_en)) if words},
        {str(c["key"]): {code: str(c[code]) for code in ("sl", "en") if c.get(code)} for c in one.choices or ()},
        one.required, one.accepted_only, sensitivity, one.shown_if_id, tuple(one.shown_if or ()),
    )  # fmt: skip


def _cleaned(name: str, value: Any, one: Question) -> Any:
    if name in ("label_sl", "label_en"):
        return clean(str(value or ""))
    if name in ("help_sl", "help_en"):
        return clean_lines(str(value or ""))
    if name == "choices":
        return with_keys(value or (), {str(c["key"]) for c in one.choices or ()})
    if name == "shown_if":
        return list(dict.fromkeys(value or ()))
    return (value or None) if name == "shown_if_id" else value


def _follow_the_kind(one: Question) -> None:
    if one.kind not in ("choice", "choices"):
        one.choices = []
    if one.kind != "field":
        one.field_key = ""
    if not one.shown_if_id:
        one.shown_if = []


def _given(session: Session, event_id: str, one: QuestionRow) -> list[Registration]:
    """The registrations that hold an answer to a question."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.answers != {})
    return [registration for registration in session.scalars(query) if one.id in registration.answers]


def _follow_the_answers(session: Session, event_id: str, before: QuestionRow, after: QuestionRow) -> None:
    """Answers follow the kind of their question where each can; a choice somebody has made does not go."""
    if before.kind == after.kind and set(before.choices) <= set(after.choices):
        return
    refused: list[str] = []
    for registration in _given(session, event_id, before):
        value = registration.answers[before.id]
        asking = before if before.kind == "field" else after
        words = value if before.kind == after.kind else answers.said(before, value, "sl")
        try:
            kept = answers.stored(asking, words)
        except OfficeError:
            refused.append(answers.said(before, value, "sl"))
            continue
        if kept != value:
            registration.answers = registration.answers | {before.id: kept}
    if refused:
        raise OfficeError(
            TN(
                "{count} answer would not fit the question any more.",
                "{count} answers would not fit the question any more.", len(refused),
            ),
            safe=_UNCHANGED,
            todo=T("Change these answers in the registrations first:"),
            details=[verbatim(words) for words in dict.fromkeys(refused)][:12],
        )  # fmt: skip
