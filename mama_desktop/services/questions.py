"""The questions of an event's form: reading, writing, putting in order, deleting, and the fields their answers make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import (
    AFTER_SELECTION,
    ALWAYS_ASKED,
    DECIDES,
    NO,
    QUESTION_KINDS,
    SENSITIVITIES,
    YES,
    Question,
    QuestionRow,
    asked,
    depending,
)
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import TN, T, Text, clean, clean_lines, fold, verbatim
from mama_desktop.services import answers, fields
from mama_desktop.services.answers import Missing
from mama_desktop.services.fields import Field, answer_field

__all__ = (
    "ALWAYS_ASKED", "ASKABLE", "QuestionRow", "Touched", "answer_field", "answer_fields", "asked", "condition_choices",
    "delete", "field_of", "hint", "may_decide", "missing_answers", "move", "of_event", "of_set", "save",
    "touched_by_deleting",
)  # fmt: skip

_UNCHANGED = T("Nothing was changed.")
# Fields of the program that a form may ask for besides what it always asks.
ASKABLE = {
    key: f.info
    for key, f in fields.REGISTRATION_FIELDS.items()
    if f.writes is not None and f.value is None and f.info.editable
    and key not in (*ALWAYS_ASKED, "status", "role", "region", "age_group")
}  # fmt: skip
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
    made = [answer_field(one) for one in of_event(session, event_id) if one.kind != "field"]
    return {f.key: f for f in made}


def field_of(question: QuestionRow) -> FieldInfo:
    """What a form has to know to ask this question: kind, choices, label; of a field of the program, its own."""
    if question.kind == "field":
        return replace(ASKABLE[question.field_key], label=question.label)
    return answer_field(question).info


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
        _check(after, before, known)
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
    for registration in given:
        left = {name: value for name, value in registration.answers.items() if name != key}
        if keep_answers:
            left.setdefault(heading, answers.said(one, registration.answers[key], "sl"))
        registration.answers = left
    session.delete(record)
    session.flush()
    return len(given)


def missing_answers(session: Session, event_id: str) -> list[Missing]:
    """Who has not answered required questions that apply to them: those who applied, wait, or are accepted."""
    return answers.missing_answers(session, event_id, of_event(session, event_id))


def may_decide(question: QuestionRow) -> bool:
    """Whether another question may be shown by its answer."""
    kind = ASKABLE[question.field_key].kind if question.kind == "field" else question.kind
    return kind in DECIDES


def condition_choices(question: QuestionRow) -> dict[str, Text]:
    """What another question may wait for: the key of an answer → its words."""
    info = field_of(question)
    if info.kind == "bool":
        return {YES: T("yes"), NO: T("no")}
    return dict(info.choices)


def hint(question: QuestionRow) -> Text | None:
    """What to think of before asking this of everybody; None when there is nothing to say."""
    if question.accepted_only:
        return None
    if question.field_key in AFTER_SELECTION:
        return T(
            "Where places are given by selection, ask this only of those accepted: the European rules for application "
            "forms (TCA/NET platform) leave birth date, diet, health and emergency contact for after the selection."
        )
    if question.sensitivity == "sensitive":
        return T(
            "A sensitive question is better asked only of those accepted: of the others you would keep it in vain."
        )
    return None


_NEW: dict[str, Any] = {
    "kind": "text", "field_key": "", "label_sl": "", "label_en": "", "help_sl": "", "help_en": "", "choices": [],
    "required": False, "accepted_only": False, "sensitivity": "personal", "shown_if_id": None, "shown_if": [],
}  # fmt: skip


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
        return _with_keys(value or (), {str(c["key"]) for c in one.choices or ()})
    if name == "shown_if":
        return list(dict.fromkeys(value or ()))
    return (value or None) if name == "shown_if_id" else value


def _with_keys(choices: Sequence[Mapping[str, Any]], used: set[str]) -> list[dict[str, str]]:
    """Choices with a key each: short, and never the one of another choice, also not of one that is gone."""
    made: list[dict[str, str]] = []
    number = 1
    for choice in choices:
        key = str(choice.get("key") or "")
        while not key or (not choice.get("key") and key in used):
            key, number = f"c{number}", number + 1
        used.add(key)
        words = {code: clean(str(choice.get(code) or "")) for code in ("sl", "en")}
        if any(words.values()):
            made.append({"key": key, **words})
    return made


def _follow_the_kind(one: Question) -> None:
    if one.kind not in ("choice", "choices"):
        one.choices = []
    if one.kind != "field":
        one.field_key = ""
    if not one.shown_if_id:
        one.shown_if = []


def _check(after: QuestionRow, before: QuestionRow | None, known: Sequence[QuestionRow]) -> None:
    others = [one for one in known if one.id != after.id]
    if after.kind not in QUESTION_KINDS or after.sensitivity not in SENSITIVITIES:
        raise ValueError(f"no such question: {after.kind}, {after.sensitivity}")
    if after.kind == "field" and after.field_key not in ASKABLE:
        raise ValueError(f"a form cannot ask for the field {after.field_key}")
    if not after.labels:
        raise OfficeError(T("Please write the question."), safe=T("The old value stays."))
    if after.kind == "field" and any(one.field_key == after.field_key for one in others):
        raise OfficeError(T("The form asks for “{field}” already.", field=after.label), safe=_UNCHANGED)
    _refuse_same_words(after, others)
    _check_condition(after, before, others)
    gone = set(before.choices) - set(after.choices) if before else set()
    for one in depending(others, after.id):
        if not may_decide(after) or gone & set(one.shown_if):
            raise OfficeError(
                T("“{question}” is shown only after this answer.", question=one.label),
                safe=_UNCHANGED,
                todo=T("Change first when that question is shown."),
            )


def _refuse_same_words(after: QuestionRow, others: Sequence[QuestionRow]) -> None:
    taken = {fold(words) for one in others for words in one.labels.values()}
    for words in after.labels.values():
        if fold(words) in taken:
            raise OfficeError(
                T("The form asks “{question}” already.", question=words),
                safe=_UNCHANGED,
                todo=T("Word one of them otherwise, so that their columns can be told apart."),
            )
    for code in ("sl", "en"):
        seen: set[str] = set()
        for words in (both.get(code, "") for both in after.choices.values()):
            if words and fold(words) in seen:
                raise OfficeError(T("“{choice}” is among the choices already.", choice=words), safe=_UNCHANGED)
            seen.add(fold(words))


def _check_condition(after: QuestionRow, before: QuestionRow | None, others: Sequence[QuestionRow]) -> None:
    if not after.shown_if_id or (
        before and (before.shown_if_id, before.shown_if) == (after.shown_if_id, after.shown_if)
    ):
        return
    earlier = next((one for one in others if one.id == after.shown_if_id), None)
    if earlier is None or earlier.position >= after.position:
        # So there is no circle either: each looks only at what stands before it.
        raise OfficeError(T("A question can be shown only after an answer to an earlier one."), safe=_UNCHANGED)
    if not may_decide(earlier) or not set(after.shown_if) <= condition_choices(earlier).keys():
        raise OfficeError(
            T("“{question}” has no such answer to wait for.", question=earlier.label),
            safe=_UNCHANGED,
            todo=T("Choose a question with yes and no, or with choices."),
        )


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
