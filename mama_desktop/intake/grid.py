"""From the cells of a sheet to a table: where the headings are, what stands above and below, what is merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mama_desktop.domain.text import T, Text, fold
from mama_desktop.intake.tables import Cell, RawRow, Table, as_text
from mama_desktop.intake.vocabulary import is_known_heading

# First and last row and column of a merged range, counted from 0 in the sheet.
Merged = tuple[tuple[int, int], tuple[int, int]]
_LOOK_AT = 40
_VARIABLE = re.compile(r"^(Q\d+\w*|[a-z_]+\d*[a-z]?|XSIF\d+|recnum|uid)$")
_KA_META = {"recnum", "uid", "relevance", "lurker", "unx_ins_date", "itime", "testdata", "invitation", "status", "code"}
# Unanswered, skipped, dropped out, later question, empty; not applicable, refused, does not know (facts.md 7.3).
_KA_MISSING = frozenset("-1 -2 -3 -4 -5 -97 -98 -99".split())
_NUMBERED = re.compile(r"^[\d\s.,:/\-+()%€]+$")
_TOTAL = re.compile(r"^(skupaj|vsega|skupno|total|sum|opomb|opozoril|note|vir|legend|\*)")


@dataclass
class Grid:
    """Cells with the place of the first one in the sheet, counted from 0."""

    sheet: str
    rows: list[list[Cell]]
    top: int = 0
    left: int = 0
    merged: Sequence[Merged] = field(default=())
    epoch_1904: bool = False


def table_of(grid: Grid) -> Table | None:
    """The table of a sheet, or None when the sheet holds nothing."""
    rows = _fill_merged(grid)
    filled = [sum(1 for cell in row if cell != "") for row in rows]
    if not any(filled):
        return None
    first = _heading_row(rows, filled)
    if first is None:
        return _assemble(grid, rows, filled, heading=(), data_from=0)
    heading = _heading_rows(grid, rows, filled, first)
    return _assemble(grid, rows, filled, heading=heading, data_from=heading[-1] + 1)


def _fill_merged(grid: Grid) -> list[list[Cell]]:
    """What is merged over several rows belongs to each of them (one organisation for three people).

    A range over several columns is filled only where it is one row high and stands over another heading; titles that
    run across the page stay one cell.
    """
    rows = grid.rows
    for (top, left), (bottom, right) in grid.merged:
        row, column = top - grid.top, left - grid.left
        if bottom <= top or right > left or not (0 <= row < len(rows)) or bottom - top > len(rows):
            continue
        value = rows[row][column] if 0 <= column < len(rows[row]) else ""
        for below in rows[row + 1 : bottom - grid.top + 1]:
            if column < len(below) and below[column] == "" and any(cell != "" for cell in below):
                below[column] = value
    return rows


def _heading_row(rows: list[list[Cell]], filled: list[int]) -> int | None:
    """The row that looks most like headings among the first; None when the data begin at once."""
    best, best_score = None, 0.0
    width = max(filled)
    for index, row in enumerate(rows[:_LOOK_AT]):
        if not filled[index]:
            continue
        score = _heading_score(row, filled[index], width)
        if score > best_score + 1e-9:
            best, best_score = index, score
    if best is None or best_score < 0.5:
        return None
    return best


def _heading_score(row: list[Cell], filled: int, width: int) -> float:
    """How much a row looks like headings: known words count most, then different texts that fill the width."""
    texts = [cell for cell in row if isinstance(cell, str) and cell]
    known = sum(1 for text in texts if is_known_heading(text))
    data = sum(1 for text in texts if "@" in text or _NUMBERED.match(text) or text.startswith("http"))
    data += filled - len(texts)
    distinct = len({fold(text) for text in texts})
    if filled == 1 and width > 1:
        return 0.0
    if data and data >= known:
        return 0.0
    fullness = filled / width
    if known:
        return 1.0 + known + distinct / width - 2 * data / filled
    # Nobody's heading words: rather headings than data when wide, all text, all different and not names under names.
    return fullness * distinct / filled * 0.6 if width > 2 and filled >= 3 and _wordy(texts) else 0.0


def _wordy(texts: list[str]) -> bool:
    """Headings are words and questions; a row of data has at least one number, address or repeated capital."""
    return sum(1 for text in texts if text.endswith(("?", ":", "*")) or len(text) > 25) >= 1


def _heading_rows(grid: Grid, rows: list[list[Cell]], filled: list[int], best: int) -> tuple[int, ...]:
    """The best row, with the one above or below it that belongs to it."""
    if best and filled[best - 1] > 1:
        above = [as_text(cell) for cell in rows[best - 1] if cell != ""]
        if is_variable_row(above) or _is_group_row(grid, best - 1, len(rows[best])):
            return best - 1, best
    second = _second_heading(grid, rows, filled, best)
    return (best,) if second is None else (best, second)


def _is_group_row(grid: Grid, index: int, width: int) -> bool:
    """Whether headings of this row are merged over several columns, yet not over the whole table as a title is."""
    return any(
        top - grid.top == index == bottom - grid.top and 1 < right - left + 1 < width
        for (top, left), (bottom, right) in grid.merged
    )


def _second_heading(grid: Grid, rows: list[list[Cell]], filled: list[int], first: int) -> int | None:
    """The lower row of a heading in two rows: 1KA's questions under its variables, or parts under a merged group."""
    below = first + 1
    if below >= len(rows) or not filled[below]:
        return None
    lower = [cell for cell in rows[below] if cell != ""]
    if not all(isinstance(cell, str) and "@" not in cell and not _NUMBERED.match(cell) for cell in lower):
        return None
    upper = [as_text(cell) for cell in rows[first] if cell != ""]
    if is_variable_row(upper):
        return below if len(lower) >= len(upper) / 2 else None
    grouped = _groups(grid, rows[first], first) if _is_group_row(grid, first, len(rows[below])) else {}
    gaps = [i for i, cell in enumerate(rows[first]) if cell == "" and i < len(rows[below]) and rows[below][i] != ""]
    if grouped and all(cell == "" or i in grouped for i, cell in enumerate(rows[below])):
        return below
    if grouped or gaps:
        known = sum(1 for cell in lower if is_known_heading(str(cell)))
        if known >= max(1, len(lower) // 3):
            return below
    return None


def is_variable_row(names: Sequence[str]) -> bool:
    """Whether these are 1KA's variable names (Q1, Q2a, ime, priimek, recnum …)."""
    if not names or not all(_VARIABLE.match(name) for name in names):
        return False
    return any(re.match(r"^Q\d", name) for name in names) or len(_KA_META & set(names)) >= 2


def _assemble(
    grid: Grid, rows: list[list[Cell]], filled: list[int], *, heading: tuple[int, ...], data_from: int
) -> Table:
    end, tail = _end_of_data(rows, filled, data_from)
    used = _used_columns([rows[h] for h in heading] + rows[data_from:end])
    headings, variables = _headings(grid, rows, heading, used)
    skipped = [(i, rows[i]) for i in (*range(heading[0] if heading else 0), *tail) if filled[i]]
    width = len(used)
    straight = used == list(range(width))
    table_rows = []
    for i in range(data_from, end):
        if filled[i]:
            row = rows[i]
            short = len(row) < (used[-1] + 1 if used else 0)
            if short:
                row = row + [""] * (used[-1] + 1 - len(row))
            values = tuple(row[:width]) if straight else tuple([row[j] for j in used])
            if variables:
                values = tuple("" if as_text(cell) in _KA_MISSING else cell for cell in values)
            table_rows.append(RawRow(grid.top + i + 1, values))
    return Table(
        sheet=grid.sheet,
        heading_lines=tuple(grid.top + i + 1 for i in heading),
        headings=headings,
        rows=tuple(table_rows),
        variables=variables,
        columns=tuple(grid.left + j for j in used),
        skipped=tuple((grid.top + i + 1, " ".join(as_text(c) for c in row if c != "")) for i, row in skipped),
        notes=_notes(grid, heading, len(skipped)),
        epoch_1904=grid.epoch_1904,
    )


def _used_columns(rows: list[list[Cell]]) -> list[int]:
    """The columns with anything in them."""
    used: set[int] = set()
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        if len(used) == width:
            break
        used.update([i for i, cell in enumerate(row) if cell != ""])
    return sorted(used)


def _headings(
    grid: Grid, rows: list[list[Cell]], heading: tuple[int, ...], used: list[int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings of the used columns, and 1KA's variable names when the upper row holds them."""

    def at(row: int, column: int) -> str:
        return as_text(rows[row][column]) if column < len(rows[row]) else ""

    if not heading:
        return tuple("" for _ in used), ()
    upper = [at(heading[0], j) for j in used]
    if len(heading) == 1:
        return tuple(upper), tuple(upper) if is_variable_row([u for u in upper if u]) else ()
    lower = [at(heading[1], j) for j in used]
    if is_variable_row([u for u in upper if u]):
        return tuple(low or up for up, low in zip(upper, lower, strict=True)), tuple(upper)
    groups = _groups(grid, rows[heading[0]], heading[0])
    joined = []
    for j, up, low in zip(used, upper, lower, strict=True):
        group = up or groups.get(j, "")
        joined.append(f"{group} – {low}" if group and low and fold(group) != fold(low) else low or group)
    return tuple(joined), ()


def _groups(grid: Grid, row: list[Cell], index: int) -> dict[int, str]:
    """For columns under a heading that is merged over several: that heading."""
    groups = {}
    for (top, left), (bottom, right) in grid.merged:
        if top - grid.top <= index <= bottom - grid.top and right > left:
            name = as_text(row[left - grid.left]) if 0 <= left - grid.left < len(row) else ""
            groups.update({j - grid.left: name for j in range(left, min(right, left + 500) + 1)})
    return groups


def _end_of_data(rows: list[list[Cell]], filled: list[int], start: int) -> tuple[int, list[int]]:
    """Where the data end, and the rows of notes and totals below them."""
    last = max((i for i in range(start, len(rows)) if filled[i]), default=start - 1)
    typical = max(filled[start : last + 1], default=0)
    if typical < 3:
        return last + 1, []
    end = last + 1
    tail: list[int] = []
    while end > start + 1 and len(tail) < 30:
        i = end - 1
        if filled[i] and not _is_note(rows[i], filled[i], detached=_detached(filled, i, start)):
            break
        tail.append(i)
        end = i
    return end, sorted(i for i in tail if filled[i])


def _detached(filled: list[int], index: int, start: int) -> bool:
    """Whether an empty row stands between this row and the data, with only thin rows between."""
    while index > start:
        index -= 1
        if not filled[index]:
            return True
        if filled[index] > 2:
            return False
    return False


def _is_note(row: list[Cell], filled: int, *, detached: bool) -> bool:
    words = next((fold(cell) for cell in row if isinstance(cell, str) and cell), "")
    if _TOTAL.match(words) and filled <= 3:
        return True
    return detached and filled <= 2


def _notes(grid: Grid, heading: tuple[int, ...], skipped: int) -> tuple[Text, ...]:
    notes = []
    if len(heading) == 2:
        notes.append(T("The headings stand in two rows, {first} and {second}.",
                       first=grid.top + heading[0] + 1, second=grid.top + heading[1] + 1))  # fmt: skip
    elif heading and heading[0] + grid.top > 0:
        notes.append(T("The headings were found in row {row}.", row=grid.top + heading[0] + 1))
    if not heading:
        notes.append(T("The table has no headings; the columns were recognised by what is in them."))
    if skipped:
        notes.append(T("Titles and notes around the table were left out ({count}).", count=skipped))
    return tuple(notes)
