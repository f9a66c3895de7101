"""The sample's data files, and how their rows go into a workspace: the same keys, every column filled."""

from __future__ import annotations

import csv
import datetime as dt
import json
import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.base import Base

# A Monday: its week and the next are full, the spring's first deadlines are near.
SAMPLE_DAY = dt.date(2020, 3, 2)
_NAMESPACE = uuid.UUID("6d616d61-6465-736b-746f-702073616d70")


def key(kind: str, *names: str) -> str:
    """The key of a record of the sample: made from its name, so that every sample has the same keys."""
    return uuid.uuid5(_NAMESPACE, "/".join((kind, *names))).hex


def data(name: str) -> Any:
    """A JSON file of the sample."""
    return json.loads(resources.path("data", "sample", name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """A CSV file of the sample."""
    with resources.path("data", "sample", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(words: str | None) -> dt.date | None:
    """An ISO day, or the first of an ISO month; None for nothing."""
    if not words:
        return None
    return dt.date.fromisoformat(words if len(words) > 7 else f"{words}-01")


def add(session: Session, cls: type[Base], values: Iterable[dict[str, Any]]) -> None:
    """Insert records in bulk, every column filled, so that the journal sees them whole."""
    complete = [_complete(cls, row) for row in values]
    if complete:
        # Without this every other row with an empty column would begin a statement of its own.
        session.execute(insert(cls), complete, execution_options={"render_nulls": True})


def _complete(cls: type[Base], values: dict[str, Any]) -> dict[str, Any]:
    row = {name: make() if callable(make) else make for name, make in _defaults(cls).items()}
    row.update(values)
    return {**row, **cls.derived(row)}


@lru_cache
def _defaults(cls: type[Base]) -> dict[str, Any]:
    """Each column's default; of lists and dictionaries the type that makes a fresh one."""
    derived = cls.derived({})
    found: dict[str, Any] = {}
    for column in cls.__mapper__.columns:
        default: Any = column.default
        if column.key in derived or default is None:
            found[column.key] = None
        elif default.is_scalar:
            found[column.key] = default.arg
        elif column.key != "id":
            found[column.key] = type(default.arg(None))
    return found
