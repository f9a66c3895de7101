"""Answers to the questions of a form: typed or imported words made into what is stored, and who has not answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.questions import QuestionRow, asked
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, Text, clean, clean_lines, fold, sort_key
from mama_desktop.intake.dates import parse_date
from mama_desktop.intake.vocabulary import meanings
from mama_desktop.services import fields

# Who is asked at all: nobody waits for the answers of those who do not come.
ASKED = ("applied", "waiting", "accepted", "confirmed")
_BETWEEN = re.compile(r"[;,\n]")
_MOST = 10**12


@dataclass(frozen=True)
class Missing:
    """Somebody who has not answered required questions that apply to them."""

    registration_id: str
    person_id: str
    name: str
    status: str
    questions: tuple[QuestionRow, ...]


def stored(question: QuestionRow, value: Any) -> Any:
    """What is kept in `Registration.answers` for a value from an editor or a file; None for no answer.

    value: of the question's kind, or words. Raises OfficeError for what is no such value: a date as ISO text, a number
    as int or float, True or False, the key of a choice or a list of them, the key of an attachment, words.
    """
    if isinstance(value, str):
        value = clean_lines(value) if question.kind == "long-text" else clean(value)
    if value in (None, "", [], ()):
        return None
    match question.kind:
        case "number":
            return _number(value)
        case "date":
            day = parse_date(value)
            if day is None:
                raise _refused(T("“{value}” is not a date.", value=str(value)))
            return day.isoformat()
        case "bool":
            return _yes_or_no(value)
        case "choice":
            return _one(question, value)
        case "choices":
            return _some(question, value)
        case "file" if not fields.is_key(str(value)):
            raise _refused(T("“{value}” is not a file of this registration.", value=str(value)))
        case _:
            return str(value)


def said(question: QuestionRow, value: Any, code: str) -> str:
    """A stored answer in words of a language (dates as ISO text); where it becomes free words again."""
    if value is None:
        return ""
    words = question.choices_in(code)
    if isinstance(value, bool):
        return {("sl", True): "da", ("sl", False): "ne", ("en", True): "yes"}.get((code, value), "no")
    if isinstance(value, list):
        return ", ".join(words.get(key, str(key)) for key in value)
    return words.get(value, str(value)) if isinstance(value, str) else str(value)


def missing_answers(
    session: Session,
    event_id: str,
    questions: Sequence[QuestionRow],
    *,
    statuses: Sequence[str] = ASKED,
    only: str | None = None,
) -> list[Missing]:
    """Who has not answered required questions that apply to them, in Slovene order of their names.

    only: the key of one registration, for one person's card.
    """
    if not any(question.required for question in questions):
        return []
    own = {q.field_key: fields.REGISTRATION_FIELDS[q.field_key] for q in questions if q.field_key}
    columns = [column for field in own.values() for column in field.columns]
    query = (
        select(Registration.id, Person.id, Person.given_name, Person.family_name, Registration.status,
               Registration.answers, *columns)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.event_id == event_id, Registration.status.in_(statuses))
    )  # fmt: skip
    if only is not None:
        query = query.where(Registration.id == only)
    found = []
    for registration, person, given_name, family_name, status, answers, *values in session.execute(query):
        known: Mapping[str, Any] = dict(answers or {}) | dict(zip(own, map(_known, values), strict=True))
        applies = asked(questions, known, accepted=status in TAKES_PLACE)
        open_ones = tuple(q for q in applies if q.required and q.answered(known) is None)
        if open_ones:
            name = f"{given_name} {family_name}".strip()
            found.append((sort_key(family_name), sort_key(given_name), Missing(registration, person, name, status,
                                                                               open_ones)))  # fmt: skip
    return [missing for *_, missing in sorted(found, key=lambda one: one[:2])]


def _known(value: Any) -> Any:
    return None if value == "unknown" else value


def _refused(what: Text) -> OfficeError:
    return OfficeError(what, safe=T("The old value stays."))


def _number(value: Any) -> int | float:
    words = str(value).replace(" ", "").replace("\u00a0", "").replace(",", ".")
    try:
        number = Decimal(words)
        if isinstance(value, bool) or not number.is_finite() or abs(number) >= _MOST:
            raise ValueError(words)
    except (ValueError, ArithmeticError):
        raise _refused(T("“{value}” is not a number.", value=str(value))) from None
    return int(number) if number == number.to_integral_value() else float(number)


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    meant = meanings("bool").get(fold(str(value)))
    if meant is None:
        raise _refused(T("“{value}” is neither yes nor no.", value=str(value)))
    return meant == "yes"


def _one(question: QuestionRow, value: Any) -> str:
    key = _choices(question).get(fold(str(value)))
    if key is None:
        raise _refused(T("“{value}” is not one of the choices.", value=str(value)))
    return key


def _some(question: QuestionRow, value: Any) -> list[str] | None:
    known = _choices(question)
    parts = [p for p in _BETWEEN.split(value) if p.strip()] if isinstance(value, str) else [str(v) for v in value]
    chosen: set[str] = set()
    while parts:
        # A choice may hold a comma ("s kolesom, peš"): the longest known words come first.
        tries = [(n, known.get(fold(",".join(parts[:n])))) for n in range(len(parts), 0, -1)]
        length, key = next(((n, key) for n, key in tries if key), (1, None))
        if key is None:
            raise _refused(T("“{value}” is not one of the choices.", value=parts[0].strip()))
        chosen.add(key)
        parts = parts[length:]
    return [key for key in question.choices if key in chosen] or None


def _choices(question: QuestionRow) -> dict[str, str]:
    """Folded key or words in either language → key."""
    known = {fold(words): key for key, both in question.choices.items() for words in both.values() if words}
    return {fold(key): key for key in question.choices} | known
