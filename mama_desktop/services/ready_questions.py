"""The ready sets of questions that come with the program: resources/questions, one file a set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mama_desktop import resources
from mama_desktop.domain.questions import QuestionRow

# As the window offers them: what an office asks most often first.
_ORDER = (
    "emergency-contact", "diet-and-allergies", "travel", "birth-and-gender", "address", "photo-consent", "motivation",
    "special-needs", "t-shirt",
)  # fmt: skip


@dataclass(frozen=True)
class ReadySet:
    """name: words by language code. questions: without keys of their own; `shown_if_id` is the id given here."""

    key: str
    name: Mapping[str, str]
    questions: tuple[QuestionRow, ...]


@lru_cache(maxsize=1)
def ready_sets() -> dict[str, ReadySet]:
    """Key → set, in the order in which they are offered."""
    found = {}
    for key in _ORDER:
        told = json.loads(resources.path("questions", f"{key}.json").read_text(encoding="utf-8"))
        rows = tuple(_row(place, one) for place, one in enumerate(told["questions"], 1))
        found[key] = ReadySet(key, told["name"], rows)
    return found


def _row(place: int, told: Mapping[str, Any]) -> QuestionRow:
    choices = {f"c{number}": dict(words) for number, words in enumerate(told.get("choices", ()), 1)}
    condition = told.get("shown_if") or {}
    shown_if = tuple(f"c{one}" if isinstance(one, int) else str(one) for one in condition.get("choices", ()))
    return QuestionRow(
        id=str(place),
        position=place,
        kind="field" if "field_key" in told else told["kind"],
        field_key=told.get("field_key", ""),
        labels=told.get("label", {}),
        helps=told.get("help", {}),
        choices=choices,
        required=told.get("required", False),
        accepted_only=told.get("accepted_only", False),
        sensitivity=told.get("sensitivity", "personal"),
        shown_if_id=str(condition["question"]) if condition else None,
        shown_if=shown_if,
    )
