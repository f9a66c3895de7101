"""Thousands of complete rows into one table, without what a statement for any row costs anew for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnDefault, Table, insert
from sqlalchemy.orm import Session


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns; the journal's triggers see each of them.

    A column that is not given has its default, when that is the same for every row; one that is made anew for each
    (a key, a derived column) the rows must bring. They are not looked at by the classes: derived columns are theirs.
    """
    if not rows:
        return
    given = rows[0].keys()
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        # A server takes many rows in one message, which is what its driver's own way is made for.
        connection.execute(insert(table), rows)
        return
    left_out = {c.name: _constant(c) for c in table.c if c.name not in given and c.default is not None}
    statement = insert(table).compile(dialect=connection.dialect, column_keys=[*given, *left_out])
    # Column by column: what makes a day or a list a value of the database is looked up once, not once a row.
    columns = []
    for name in statement.positiontup or ():
        values = [left_out[name]] * len(rows) if name in left_out else [row[name] for row in rows]
        written_by = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        columns.append(values if written_by is None else list(map(written_by, values)))
    connection.exec_driver_sql(str(statement), list(zip(*columns, strict=True)))


def _constant(column: Column[Any]) -> Any:
    default = column.default
    if not isinstance(default, ColumnDefault) or not default.is_scalar:
        raise ValueError(f"rows for {column.table.name} without {column.name}")
    return default.arg
