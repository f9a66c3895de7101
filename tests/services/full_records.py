"""A person, an event and an organisation on which something of every table hangs: found from the schema itself."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, LargeBinary, String, Time
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.everything import RECORDS

NOW = dt.datetime(2020, 3, 2, 9, 0)
_number = itertools.count(1)
CLASSES: dict[str, type[Base]] = {record.__tablename__: record for record in RECORDS}


def fill_everything(session: Session) -> dict[str, str]:
    """One record of each table, every foreign key filled; a second registration besides. Returns table → key."""
    made: dict[str, str] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in CLASSES:
            # A line of costs belongs to a claim or to an order, never to both.
            known = {**made, "travel_order": None} if table.name == "cost_line" else made
            more = {"seats": 8} if table.name == "trip" else {}
            made[table.name] = add_one(session, table.name, known, **more)
    second = add_one(session, "event", {}, title_sl="Drugi")
    add_one(session, "registration", {**made, "event": second, "party": None})
    return made


def add_one(session: Session, table_name: str, known: dict[str, Any], **values: Any) -> str:
    """Add a row of a table that names the known ones; unique words get a number."""
    record = CLASSES[table_name]
    table = Base.metadata.tables[table_name]
    row: dict[str, Any] = {}
    for column in table.columns:
        targets = [key.column.table.name for key in column.foreign_keys]
        if targets:
            row[column.name] = known.get(targets[0])
        elif not column.nullable and column.default is None:
            row[column.name] = _some(column)
    row.update(values)
    attributes = {prop.columns[0].name: prop.key for prop in record.__mapper__.column_attrs}
    made = record(**{attributes[name]: value for name, value in row.items()})
    session.add(made)
    session.flush()
    (key,) = record.__mapper__.primary_key_from_instance(made)
    return str(key)


def _some(column: Column[Any]) -> Any:
    match column.type:
        case DateTime():
            return NOW
        case Date():
            return NOW.date()
        case Time():
            return NOW.time()
        case Boolean():
            return False
        case Integer():
            return next(_number)
        case Float():
            return float(next(_number))
        case LargeBinary():
            return b"x"
        case String():
            return f"x{next(_number)}"[: column.type.length or 20]
        case _:
            return {}
