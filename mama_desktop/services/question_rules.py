"""What a form may ask, and the rules between its questions: kinds, wording, choices, conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import (
    AFTER_SELECTION,
    ALWAYS_ASKED,
    DECIDES,
    NO,
    QUESTION_KINDS,
    SENSITIVITIES,
    YES,
    QuestionRow,
    depending,
)
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, clean, fold
from mama_desktop.services import fields
from mama_desktop.services.fields import answer_field

_UNCHANGED = T("Nothing was changed.")
# Fields of the program that a form may ask for besides what it always asks.
ASKABLE = {
    key: f.info
    for key, f in fields.REGISTRATION_FIELDS.items()
    if f.writes is not None and f.value is None and f.info.editable
    and key not in (*ALWAYS_ASKED, "status", "role", "region", "age_group")
}  # fmt: skip


def field_of(question: QuestionRow) -> FieldInfo:
    """What a form has to know to ask this question: kind, choices, label; of a field of the program, its own."""
    if question.kind == "field":
        return replace(ASKABLE[question.field_key], label=question.label)
    return answer_field(question).info


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
        return T("Where places are given by selection, as on the TCA/NET platform, ask this only of those accepted.")
    if question.sensitivity == "sensitive":
        return T(
            "A sensitive question is better asked only of those accepted: of the others you would keep it in vain."
        )
    return None


def check(after: QuestionRow, before: QuestionRow | None, known: Sequence[QuestionRow]) -> None:
    """Refuse, in plain words, what would leave the form without sense. known: the questions it has now."""
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


def with_keys(choices: Sequence[Mapping[str, Any]], used: set[str]) -> list[dict[str, str]]:
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
