"""The whole schema: the office's tables and the journal's, and the number by which a program knows it."""

from __future__ import annotations

from sqlalchemy import MetaData, Table

from mama_desktop.domain.base import Base
from mama_desktop.domain.everything import NOT_JOURNALLED
from mama_desktop.store import journal

# The last revision in migrations/versions; SQLite's user_version holds it as a number. A test compares.
HEAD = "0003"


def _complete() -> MetaData:
    for table in Base.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            # Undo puts rows back in an order of its own and has them checked at the end.
            constraint.deferrable = True
            constraint.initially = "IMMEDIATE"
    return Base.metadata


METADATA = _complete()


def journalled() -> list[Table]:
    """The tables whose rows are journalled in full, parents before children."""
    left_out = NOT_JOURNALLED | journal.JOURNAL_TABLES
    return [t for t in METADATA.sorted_tables if t.name not in left_out]


def key_column(table: Table) -> str:
    """The name of a table's key; the journal asks for one column."""
    (column,) = table.primary_key.columns
    return column.name
