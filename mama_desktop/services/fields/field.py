"""What a field is, and how its columns become the values of a table."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import Text
from mama_desktop.intake.tables import collector_at_rest


@dataclass(frozen=True)
class Field:
    """A field declared once.

    columns: what is selected for it. value: computes the shown value from them, in the reader's language code
    (None: the single column as it is). writes: the mapped attribute an edit goes to.
    """

    info: FieldInfo
    columns: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]
    value: Callable[..., Any] | None = None
    writes: InstrumentedAttribute[Any] | None = None

    @property
    def key(self) -> str:
        return self.info.key

    @property
    def record(self) -> type[Base] | None:
        return self.writes.class_ if self.writes is not None else None


def plain(
    attribute: InstrumentedAttribute[Any],
    label: Text,
    kind: str = "text",
    *,
    key: str = "",
    sensitivity: str = "open",
    choices: dict[str, Text] | None = None,
    width: int = 120,
    editable: bool = True,
) -> Field:
    info = FieldInfo(key or attribute.key, label, kind, sensitivity, editable, choices or {}, width)
    return Field(info, (attribute,), writes=attribute if editable else None)


def computed(
    key: str, label: Text, columns: Sequence[Any], value: Callable[..., Any] | None, kind: str = "text", **more: Any
) -> Field:
    return Field(FieldInfo(key, label, kind, editable=False, **more), tuple(columns), value)


def name_in(language: str, name_sl: str | None, name_en: str | None) -> str:
    return (name_en if language == "en" and name_en else name_sl) or ""


def registry(*fields: Field) -> dict[str, Field]:
    return {f.key: f for f in fields}


def listing(
    session: Session,
    fields: Sequence[Field],
    query: Select[Any],
    key: ColumnElement[Any] | Any,
    *,
    language: str,
    only: Container[str] | None = None,
) -> Listing:
    """Run one statement for the columns of `fields`; `query` brings joins and conditions, `key` the record's key.

    only: keys of the fields that are read; the others have no value (None) yet, for a table that shows a few of many.
    """
    with collector_at_rest():
        return _listing(session, fields, query, key, language, only)


def _listing(
    session: Session, fields: Sequence[Field], query: Select[Any], key: Any, language: str, only: Container[str] | None
) -> Listing:
    places: dict[int, int] = {}
    columns: list[Any] = []
    read_now = [only is None or f.key in only for f in fields]
    for column in (c for f, is_read in zip(fields, read_now, strict=True) if is_read for c in f.columns):
        if id(column) not in places:
            places[id(column)] = len(columns) + 1
            columns.append(column)
    statement = query.with_only_columns(key, *columns, maintain_column_froms=True)
    # Plain columns need nothing of the mapper, which would take half as long again for 5,000 rows.
    session.flush()
    found = session.connection().execute(statement).all()
    # Column by column, because most stay as they are.
    read = list(zip(*found, strict=True)) or [()] * (len(columns) + 1)
    nothing = [None] * len(found)
    shown = [
        _shown(f, [read[places[id(c)]] for c in f.columns], language) if is_read else nothing
        for f, is_read in zip(fields, read_now, strict=True)
    ]
    return Listing(tuple(f.info for f in fields), list(read[0]), list(zip(*shown, strict=True)))


def _shown(field: Field, read: Sequence[Sequence[Any]], language: str) -> Sequence[Any]:
    return read[0] if field.value is None else list(map(partial(field.value, language), *read))
