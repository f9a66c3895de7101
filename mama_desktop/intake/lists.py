"""An office's old list: which column fills which field, and its rows as typed values with what is wrong in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mama_desktop import resources
from mama_desktop.domain.text import Text
from mama_desktop.intake import names, sensitive
from mama_desktop.intake.dates import order_of
from mama_desktop.intake.heading_row import with_heading
from mama_desktop.intake.mapping import Column, Mapping, fingerprint
from mama_desktop.intake.tables import Reading, Table, as_text
from mama_desktop.intake.values import Setting, reader_for
from mama_desktop.intake.vocabulary import Target, plain, readings_of

_ROWS_LOOKED_AT = 12
_SAMPLES = 3


@dataclass(frozen=True)
class ListRow:
    """One row. line: its number in the sheet. values: key → typed value, only of filled cells."""

    line: int
    values: dict[str, Any]
    problems: tuple[Text, ...] = ()
    notices: tuple[Text, ...] = ()


def best_table(reading: Reading, targets: Sequence[Target]) -> tuple[int, Table]:
    """The sheet whose headings say most of these fields, with the row that holds them; (its place, the table)."""
    words = headings_of(targets)
    found = []
    for place, table in enumerate(reading.tables):
        variants = [table] + [with_heading(table, row.line) for row in table.rows[:_ROWS_LOOKED_AT]]
        best = max(variants, key=lambda one: _known(one, words))
        found.append((_known(best, words), len(best.rows), -place, best))
    known = max(found, key=lambda one: one[:3])
    return -known[2], known[3]


def recognise_list(table: Table, targets: Sequence[Target], remembered: Dictionary[str, Any] | None = None) -> Mapping:
    """The proposal by the headings; each field once. A column of personal numbers (EMŠO) fills none."""
    words, kinds = headings_of(targets), {target.key: target.kind for target in targets}
    taken: set[str] = set()
    keys: dict[int, str] = {}
    for place in range(2):
        # Whole headings before their halves: "Kraj" before "Kraj / Place of the office".
        for index, heading in enumerate(table.headings):
            readings = readings_of(heading)
            for reading in readings[:1] if place == 0 else readings[1:]:
                key = words.get(reading, "")
                if index not in keys and key and key not in taken:
                    keys[index] = key
                    taken.add(key)
    columns = [_column(table, index, keys.get(index, ""), kinds) for index in range(len(table.headings))]
    mapping = Mapping(tuple(columns), fingerprint=fingerprint(table.headings))
    return mapping.recalled(remembered) if remembered else mapping


def headings_of(targets: Sequence[Target]) -> dict[str, str]:
    """Plain heading → key; the first field to claim a heading has it."""
    found: dict[str, str] = {}
    for target in targets:
        for heading in target.headings:
            found.setdefault(plain(heading), target.key)
    return found


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """ "noun.key" → further headings, from resources/intake/beginning_headings.txt."""
    found: dict[str, tuple[str, ...]] = {}
    for line in resources.path("intake", "beginning_headings.txt").read_text(encoding="utf-8").splitlines():
        key, _, headings = line.partition(":")
        if headings and not line.startswith("#"):
            found[key] = tuple(heading.strip() for heading in headings.split("|"))
    return found


def rows_of(
    table: Table, mapping: Mapping, *, choices: Dictionary[str, Dictionary[str, str]], around: dt.date
) -> list[ListRow]:
    """The rows of a table by its mapping; rows without any value are left out. choices: key → word → value."""
    setting = Setting(True, around, table.epoch_1904, choices)
    readers = [
        (column, reader_for(column, setting)) for column in mapping.columns if column.key and not _is_emso(column)
    ]
    rows = []
    for raw in table.rows:
        values: dict[str, Any] = {}
        problems: list[Text] = []
        notices: list[Text] = []
        for column, read in readers:
            cell = raw.values[column.index]
            if cell == "":
                continue
            if column.kind == "cell":
                values[column.key] = cell
                continue
            meaning = read(cell)
            for key, value in meaning.values:
                values.setdefault(key, sensitive.mask(value) if isinstance(value, str) else value)
            if meaning.problem is not None:
                problems.append(meaning.problem)
            if meaning.notice is not None:
                notices.append(meaning.notice)
        if values:
            rows.append(ListRow(raw.line, values, tuple(problems), tuple(notices)))
    return rows


def _known(table: Table, words: Dictionary[str, str]) -> int:
    return len({words[r] for heading in table.headings for r in readings_of(heading)[:1] if r in words})


def _column(table: Table, index: int, key: str, kinds: Dictionary[str, str]) -> Column:
    cells = [cell for row in table.rows if (cell := row.values[index]) != ""]
    samples = tuple(dict.fromkeys(sensitive.mask(as_text(cell))[:80] for cell in cells[:40]))[:_SAMPLES]
    finding = sensitive.examine(table.headings[index], cells)
    kind = kinds.get(key, "")
    order, certain = "", True
    if kind == "full_name":
        says = names.order_in_heading(table.headings[index])
        order, certain = names.order_of_names((as_text(cell) for cell in cells[:400]), heading_says=says)
    return Column(
        index, table.labels[index], key, kind, 1.0 if key else 0.0, len(cells), samples,
        order_of(cells) if kind == "date" else None, order, certain, finding,
    )  # fmt: skip


def _is_emso(column: Column) -> bool:
    return column.finding is not None and column.finding.kind == "emso"
