"""What a column has to hold for a row to be shown; as a value it is kept in the office's named views."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Filter:
    """Everything that is given must hold.

    words: all of them occur in what the cell says, accents or not. values: the cell holds one of these (None among
    them: nothing). first, last: dates or numbers, both inclusive. empty: True only empty cells, False only filled ones.
    """

    words: str = ""
    values: frozenset[Any] | None = None
    first: Any = None
    last: Any = None
    empty: bool | None = None

    def __bool__(self) -> bool:
        given = (self.values, self.first, self.last, self.empty)
        return bool(self.words.strip()) or any(part is not None for part in given)


def as_json(asked: Filter) -> dict[str, Any]:
    """Only what is given, dates as {"date": "2020-04-02"}."""
    kept: dict[str, Any] = {"words": asked.words} if asked.words else {}
    if asked.values is not None:
        kept["values"] = sorted((_out(v) for v in asked.values), key=repr)
    for name in ("first", "last"):
        if (value := getattr(asked, name)) is not None:
            kept[name] = _out(value)
    if asked.empty is not None:
        kept["empty"] = asked.empty
    return kept


def from_json(kept: Any) -> Filter:
    """The filter of what `as_json` gave; what cannot be understood is left out."""
    if not isinstance(kept, dict):
        return Filter()
    values = kept.get("values")
    empty = kept.get("empty")
    return Filter(
        words=str(kept.get("words") or ""),
        values=frozenset(_in(v) for v in values) if isinstance(values, list) else None,
        first=_in(kept.get("first")),
        last=_in(kept.get("last")),
        empty=empty if isinstance(empty, bool) else None,
    )


def _out(value: Any) -> Any:
    match value:
        case dt.datetime():
            return {"moment": value.isoformat()}
        case dt.date():
            return {"date": value.isoformat()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _in(value: Any) -> Any:
    if not isinstance(value, dict):
        return tuple(value) if isinstance(value, list) else value
    try:
        if "moment" in value:
            return dt.datetime.fromisoformat(value["moment"])
        return dt.date.fromisoformat(value["date"])
    except (KeyError, ValueError, TypeError):
        return None
