"""The journal's tables: what each write was called, who made it, and every row before and after."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Integer, delete, insert, select, text, update
from sqlalchemy import Text as LongText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, Session, mapped_column

from mama_desktop.domain.base import Base, Json
from mama_desktop.domain.clock import Clock
from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import InBoth, Text

# Rows are kept as the text SQLite itself wrote, so that two states compare letter by letter; PostgreSQL compares JSONB.
_RowJson = LongText().with_variant(JSONB(none_as_null=True), "postgresql")


class Change(Base):
    """One gesture: one call of `Database.write`, undo or redo. Numbers only grow."""

    __tablename__ = "change"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[dt.datetime]
    who: Mapped[str]
    machine: Mapped[str]
    # do, undo or redo; of whom an undo or redo speaks; which undo took this one back.
    kind: Mapped[str]
    of: Mapped[int | None]
    undone_by: Mapped[int | None]
    label: Mapped[dict[str, Any]] = mapped_column(Json)
    tables: Mapped[list[str]] = mapped_column(Json)
    # Rows of another schema cannot be put back as they were.
    schema_revision: Mapped[str]


class RowChange(Base):
    """One row of one table in one change; written by the database's own triggers (journal_triggers.py).

    before is empty for a new row, after for a deleted one. Several steps of one write on one row are one entry.
    """

    __tablename__ = "row_change"
    # The key leads, so that the history of one record is one look; a whole change is found by the other index.
    __table_args__ = (Index("ix_row_change_number_table_name", "number", "table_name"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    before: Mapped[Any] = mapped_column(_RowJson, nullable=True)
    after: Mapped[Any] = mapped_column(_RowJson, nullable=True)


class OpenChange(Base):
    """The number of the change being written, seen by no one else; the triggers refuse rows while it is empty."""

    __tablename__ = "open_change"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


JOURNAL_TABLES = frozenset({"change", "row_change", "open_change"})


def begin_change(
    session: Session, clock: Clock, who: str, machine: str, revision: str, *, kind: str = "do", of: int | None = None
) -> int:
    """Open a change at the beginning of a write; until `finish_change` every changed row goes under its number."""
    values = {
        "at": clock.now(), "who": who, "machine": machine, "kind": kind, "of": of, "label": {}, "tables": [],
        "schema_revision": revision,
    }  # fmt: skip
    number = int(session.execute(insert(Change).values(values).returning(Change.number)).scalar_one())
    if session.get_bind().dialect.name == "sqlite":
        session.execute(insert(OpenChange).values(number=number))
    else:
        session.execute(text("SELECT set_config('mama.change', :number, true)"), {"number": str(number)})
    return number


def finish_change(session: Session, number: int, label: Text) -> frozenset[str]:
    """Close the change and give the tables it touched; a change that touched nothing is not kept."""
    session.flush()
    if session.get_bind().dialect.name == "sqlite":
        session.execute(delete(OpenChange))
    else:
        session.execute(text("SELECT set_config('mama.change', '', true)"))
    same = RowChange.before.is_not_distinct_from(RowChange.after)
    session.execute(
        delete(RowChange).where(RowChange.number == number, same), execution_options={"synchronize_session": False}
    )
    tables = frozenset(session.scalars(select(RowChange.table_name).where(RowChange.number == number).distinct()))
    this = Change.number == number
    plain = {"synchronize_session": False}
    if tables:
        values = {"label": label_to_json(label), "tables": sorted(tables)}
        session.execute(update(Change).where(this).values(values), execution_options=plain)
    else:
        session.execute(delete(Change).where(this), execution_options=plain)
    return tables


def last_number(session: Session) -> int:
    return session.scalar(select(Change.number).order_by(Change.number.desc()).limit(1)) or 0


def info(change: Change) -> ChangeInfo:
    return ChangeInfo(
        number=change.number,
        at=change.at,
        who=change.who,
        machine=change.machine,
        label=label_from_json(change.label),
        kinds=frozenset(change.tables),
        is_undone=change.undone_by is not None,
        can_be_undone=change.kind == "do" and change.undone_by is None,
    )


def label_to_json(label: Text) -> dict[str, Any]:
    """A Text as kept in the journal, to be said later in either language; dates, times and decimals keep their type."""
    return {
        "message": label.message,
        "plural": label.plural,
        "count": label.count,
        "context": label.context,
        "params": {k: _tagged(v) for k, v in label.params.items()},
    }


def label_from_json(kept: dict[str, Any]) -> Text:
    return Text(
        kept.get("message", ""), kept.get("plural", ""), kept.get("count"),
        {k: _untagged(v) for k, v in kept.get("params", {}).items()}, kept.get("context", ""),
    )  # fmt: skip


def _tagged(value: Any) -> Any:
    match value:
        case Text():
            return {"$text": label_to_json(value)}
        case InBoth():
            return {"$both": [value.sl, value.en]}
        case dt.datetime():
            return {"$datetime": value.isoformat()}
        case dt.date():
            return {"$date": value.isoformat()}
        case dt.time():
            return {"$time": value.isoformat()}
        case Decimal():
            return {"$decimal": str(value)}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "$text": label_from_json,
    "$both": lambda words: InBoth(*words),
    "$datetime": dt.datetime.fromisoformat,
    "$date": dt.date.fromisoformat,
    "$time": dt.time.fromisoformat,
    "$decimal": Decimal,
}


def _untagged(value: Any) -> Any:
    if isinstance(value, dict) and len(value) == 1:
        ((tag, content),) = value.items()
        if tag in _READ:
            return _READ[tag](content)
    return value


def row_of(kept: Any) -> dict[str, Any] | None:
    """A row as kept: text on SQLite, a dictionary on PostgreSQL."""
    loaded = json.loads(kept) if isinstance(kept, str) else kept
    return dict(loaded) if loaded is not None else None
