"""Columns of a file that answer an event's own questions.

On its way in an answer stands in words under the Slovene wording of its question, like any other extra answer, so that
it can be compared, shown and decided about; the question's key and the typed value take their place when it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake.candidates import Candidate, Candidates
from mama_desktop.intake.vocabulary import Target
from mama_desktop.services import answers
from mama_desktop.services.fields import ANSWER


def own_targets(questions: Sequence[QuestionRow], known: Sequence[Target]) -> tuple[Target, ...]:
    """What a column may fill: `known`, with the wordings of questions about fields as headings, and each question."""
    headings = {one.field_key: _headings(one) for one in questions if one.field_key}
    found = [
        replace(target, headings=tuple(dict.fromkeys((*target.headings, *headings[target.key]))))
        if target.key in headings
        else target
        for target in known
    ]
    asked = [one for one in questions if one.kind not in ("field", "file")]
    return (*found, *(Target(target_key(one), "text", _headings(one)) for one in asked))


def target_key(question: QuestionRow) -> str:
    """By its Slovene wording: files of one shape come for many events."""
    return ANSWER + question.label_in("sl")


def _headings(question: QuestionRow) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.labels.values()))


def in_words(read: Candidates, questions: Sequence[QuestionRow]) -> Candidates:
    """The rows with each answer to a question in our words under its Slovene wording; what is no answer stays as it is
    under its heading."""
    asked = _by_words(questions)
    return replace(
        read,
        rows=tuple(_row(one, asked) for one in read.rows),
        repeated=tuple(replace(one, candidate=_row(one.candidate, asked)) for one in read.repeated),
    )


def _row(row: Candidate, asked: Mapping[str, QuestionRow]) -> Candidate:
    moved = {key: value for key, value in row.values.items() if key.startswith(ANSWER)}
    if not moved and not (asked and row.answers):
        return row
    values = {key: value for key, value in row.values.items() if key not in moved} if moved else row.values
    said: dict[str, str] = {}
    notices: list[Text] = []
    for heading, words in (*row.answers.items(), *((k.removeprefix(ANSWER), str(v)) for k, v in moved.items())):
        question = asked.get(fold(heading))
        kept = _kept(question, words) if question is not None else None
        if question is not None and kept is not None:
            said[question.label_in("sl")] = answers.said(question, kept, "sl")
            continue
        said[heading] = words
        if question is not None:
            notices.append(T("“{value}” is no answer to “{question}”; it stays as an extra answer.",
                             value=words[:60], question=question.label))  # fmt: skip
    return replace(row, values=values, answers=said, notices=(*row.notices, *notices))


def told(kept: Mapping[str, Any] | None, questions: Sequence[QuestionRow]) -> dict[str, Any]:
    """The stored answers of a registration in words under headings, as rows of a file have them."""
    by_id = {one.id: one for one in questions}
    return {
        by_id[key].label_in("sl") if key in by_id else key:
        answers.said(by_id[key], value, "sl") if key in by_id else value
        for key, value in (kept or {}).items()
    }  # fmt: skip


def stored(said: Mapping[str, Any], questions: Sequence[QuestionRow]) -> dict[str, Any]:
    """Words under headings as they are stored: the answer to a question typed and under its key."""
    asked = _by_words(questions)
    found: dict[str, Any] = {}
    for heading, words in said.items():
        question = asked.get(fold(heading))
        kept = _kept(question, words) if question is not None else None
        if question is not None and kept is not None:
            found[question.id] = kept
        elif question is None or words:
            found[heading] = words
    return found


def _by_words(questions: Sequence[QuestionRow]) -> dict[str, QuestionRow]:
    asked = [one for one in questions if one.kind != "field"]
    return {fold(words): one for one in asked for words in one.labels.values()}


def _kept(question: QuestionRow, words: Any) -> Any:
    try:
        return answers.stored(question, words)
    except OfficeError:
        return None
