"""The user's own answer to which row holds the headings, where the program has found another."""

from __future__ import annotations

from dataclasses import replace

from mama_desktop.intake.tables import RawRow, Table, as_text

NO_HEADINGS = 0
_OFFERED = 8


def heading_choices(table: Table) -> tuple[tuple[int, str], ...]:
    """(line, its first words) of the rows that may hold the headings: the found one and the rows that follow it."""
    found = [(table.heading_lines[-1], " · ".join(filter(None, table.headings)))] if table.heading_lines else []
    rows = [(row.line, " · ".join(as_text(cell) for cell in row.values if cell != "")) for row in table.rows[:_OFFERED]]
    return (*found, *rows)


def with_heading(table: Table, line: int) -> Table:
    """The same table with the headings in that line; NO_HEADINGS: the first row is a person already.

    Rows above the new headings are named among `skipped`. An unknown line leaves the table as it is.
    """
    if line in table.heading_lines:
        return table
    if line == NO_HEADINGS:
        first = tuple(table.headings)
        rows = (RawRow(table.heading_lines[-1], first), *table.rows) if table.heading_lines else table.rows
        return replace(table, heading_lines=(), headings=("",) * len(first), rows=rows, variables=())
    place = next((i for i, row in enumerate(table.rows) if row.line == line), None)
    if place is None:
        return table
    above = [(row.line, " ".join(as_text(cell) for cell in row.values if cell != "")) for row in table.rows[:place]]
    return replace(
        table,
        heading_lines=(line,),
        headings=tuple(as_text(cell) for cell in table.rows[place].values),
        rows=table.rows[place + 1 :],
        variables=(),
        skipped=(*table.skipped, *above),
    )
