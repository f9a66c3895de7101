"""History as read: the changes of the workspace or of one record, and what each did to its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, LargeBinary, Time, exists, select
from sqlalchemy.orm import Session

from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.store.journal import Change, RowChange, info, row_of
from mama_desktop.store.schema import METADATA

Row = dict[str, Any]


def changes(session: Session, limit: int, offset: int = 0) -> list[ChangeInfo]:
    """The latest changes first."""
    latest = select(Change).order_by(Change.number.desc()).limit(limit).offset(offset)
    return [info(change) for change in session.scalars(latest)]


def changes_of(session: Session, table: str, key: str) -> list[ChangeInfo]:
    """All changes of one record, the latest first."""
    touches = exists().where(RowChange.number == Change.number, RowChange.table_name == table, RowChange.key == key)
    return [info(change) for change in session.scalars(select(Change).where(touches).order_by(Change.number.desc()))]


def row_changes(session: Session, number: int) -> list[tuple[str, str, Row | None, Row | None]]:
    """(table, key, before, after) of each row of a change; values are those the mapped classes hold."""
    columns = (RowChange.table_name, RowChange.key, RowChange.before, RowChange.after)
    query = select(*columns).where(RowChange.number == number).order_by(RowChange.table_name, RowChange.key)
    return [(t, key, _typed(t, before), _typed(t, after)) for t, key, before, after in session.execute(query)]


def _typed(table: str, kept: Any) -> Row | None:
    row = row_of(kept)
    known = METADATA.tables.get(table)
    if row is None or known is None:
        return row
    # SQLite keeps lists and answers as a text within the text; PostgreSQL has read them already.
    as_text = isinstance(kept, str)
    return {name: _value(known.c[name], raw, as_text) if name in known.c else raw for name, raw in row.items()}


def _value(column: Column[Any], raw: Any, as_text: bool) -> Any:
    if raw is None:
        return None
    match column.type:
        case Boolean():
            return bool(raw)
        case DateTime():
            return dt.datetime.fromisoformat(raw)
        case Date():
            return dt.date.fromisoformat(raw)
        case Time():
            return dt.time.fromisoformat(raw)
        case LargeBinary():
            return bytes.fromhex(raw.removeprefix("\\x"))
        case JSON() if as_text and isinstance(raw, str):
            import json

            return json.loads(raw)
        case _:
            return raw
