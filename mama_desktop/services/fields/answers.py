"""Answers to an event's own questions as fields like any other, and those that came under a heading nobody declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, repeat
from typing import Any

from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import verbatim
from mama_desktop.services.fields.field import Field

ANSWER = "answer:"
ANSWERS = Field(FieldInfo("answers", verbatim(""), editable=False), (Registration.answers,))
_WIDTHS = {"number": 90, "date": 120, "bool": 90, "choice": 140, "long-text": 220}


def answer_field(question: QuestionRow, files: Mapping[str, str] | None = None) -> Field:
    """A question of an event's form as a field, typed by its kind; `files`: key of an attachment → its name."""
    info = FieldInfo(
        ANSWER + question.id, question.label, question.kind, question.sensitivity, question.kind != "file",
        question.texts, _WIDTHS.get(question.kind, 160),
    )  # fmt: skip
    value = partial(_answer, _reader(question.kind, files or {}), question.id)
    return Field(info, (Registration.answers,), value, writes=Registration.answers)


def heading_field(heading: str) -> Field:
    """An answer that came in a file under a heading of its own."""
    info = FieldInfo(ANSWER + heading, verbatim(heading), "text", "personal", True, {}, 160)
    return Field(info, (Registration.answers,), partial(_answer, _words, heading), writes=Registration.answers)


def with_answers_apart(found: Listing, questions: Sequence[Field] = ()) -> Listing:
    """A listing whose last field is ANSWERS, with the event's questions in its place, then every other heading."""
    answers = [row[-1] for row in found.rows]
    asked = {f.key.removeprefix(ANSWER) for f in questions}
    headings = (h for h in dict.fromkeys(chain.from_iterable(filter(None, answers))) if h not in asked)
    apart = [*questions, *map(heading_field, headings)]
    columns = [_column(field, answers) for field in apart]
    said = zip(*columns, strict=True) if columns else repeat(())
    rows = [row[:-1] + more for row, more in zip(found.rows, said, strict=False)]
    return Listing(found.fields[:-1] + tuple(f.info for f in apart), found.keys, rows)


def chosen(registry: Mapping[str, Field], keys: Iterable[str]) -> list[Field]:
    """The fields of these keys in this order; keys that no longer exist are left out.

    registry: with the questions of the event among them, where answers are asked for.
    """
    found = []
    for key in keys:
        if key in registry:
            found.append(registry[key])
        elif key.startswith(ANSWER) and not is_key(key.removeprefix(ANSWER)):
            found.append(heading_field(key.removeprefix(ANSWER)))
    return found


def is_key(words: str) -> bool:
    """Whether an answer stands under the key of a question (32 hexadecimal digits), not under a heading."""
    return len(words) == 32 and not set(words) - _HEX


_HEX = set("0123456789abcdef")


def _column(field: Field, answers: Sequence[Mapping[str, Any] | None]) -> list[Any]:
    """Of thousands of people most have answered, or nobody has: one look into each dictionary, nothing more."""
    assert isinstance(field.value, partial)
    read, key = field.value.args
    if read is _as_it_is:
        return [given.get(key) if given else None for given in answers]
    return [read(given.get(key) if given else None) for given in answers]


def _answer(read: Callable[[Any], Any], key: str, _language: str, answers: Mapping[str, Any] | None) -> Any:
    return read((answers or {}).get(key))


def _reader(kind: str, files: Mapping[str, str]) -> Callable[[Any], Any]:
    if kind == "file":
        return lambda key: files.get(key, "") if isinstance(key, str) else ""
    return {"date": _date, "choices": _several, "text": _words, "long-text": _words}.get(kind, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else []


def _date(value: Any) -> dt.date | None:
    return _day(value) if value else None


@lru_cache(maxsize=5000)
def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        # Two copies of a workspace were merged, and the question was of another kind in one: no table fails of that.
        return None
