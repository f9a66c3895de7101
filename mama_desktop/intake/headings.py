"""Recognising columns: by their headings, by what is in them, and by what was remembered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mama_desktop.domain.text import fold
from mama_desktop.intake import names, sensitive
from mama_desktop.intake.dates import DateOrder, order_of
from mama_desktop.intake.mapping import Column, Mapping, fingerprint
from mama_desktop.intake.sources import is_tools_own, source_of
from mama_desktop.intake.tables import Cell, Table, as_text, collector_at_rest
from mama_desktop.intake.vocabulary import (
    KINDS,
    OTHERS,
    TARGETS,
    Target,
    given_names,
    known,
    phrase_in,
    plain,
    readings_of,
)

# Columns that are made of others: always understood, whether or not the office has a field of that name.
_OWN_KEYS = ("full_name", "postal_and_town", "birth_year", "submitted_at", "status", "registration_id")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE = re.compile(r"^\+?[\d\s()/.-]{6,20}$")
_NOBODY = frozenset({"anonymous", "anonimno", "/", "-", "n/a", "ni podatka"})
_INDICO_IMPORT = ("given_name", "family_name", "organisation", "function", "phone", "email")
_SAMPLE = 400
_FUZZY = 88.0


def recognise(
    table: Table,
    targets: Sequence[Target] = TARGETS,
    remembered: Dictionary[str, Any] | None = None,
    *,
    own_titles: frozenset[str] = frozenset(),
    is_own: bool = False,
) -> Mapping:
    """The proposal which column fills which field; each field at most once, the rest stay extra answers.

    targets: the office's fields, with further headings of their own. remembered: what `Mapping.remember` gave for a
    file with the same fingerprint. own_titles: what stands above a list the program itself has written; is_own: known
    to be one without its title.
    """
    with collector_at_rest():
        mapping = _recognise(table, targets, own_titles, is_own=is_own)
    return mapping.recalled(remembered) if remembered else mapping


def _recognise(table: Table, targets: Sequence[Target], own_titles: frozenset[str], *, is_own: bool) -> Mapping:
    kinds = {key: KINDS[key] for key in _OWN_KEYS} | {target.key: target.kind for target in targets}
    if table.keys:
        return _returned_forms(table, kinds)
    if is_own or any(words in own_titles for _, words in table.skipped):
        return _own_list(table, targets, kinds)
    source = source_of(table)
    own = {plain(heading): target.key for target in targets for heading in target.headings}
    columns = [_look_at(table, index) for index in range(len(table.headings))]
    scores = []
    for column, cells in columns:
        variable = table.variables[column.index] if table.variables else ""
        for key, score in _scores((table.headings[column.index], variable), cells, kinds, own).items():
            if key == "status" and source != "list":
                # What a tool calls paid or complete is no decision of the office; it stays an extra answer.
                continue
            if is_tools_own(source, table.headings[column.index], column.index):
                score -= 0.25 if KINDS.get(key) in ("email", "full_name", "given_name") else 0.05
            scores.append((score if column.filled else score / 2, key, column.index))
    if source == "indico-import":
        scores = [(1.0, key, index) for index, key in enumerate(_INDICO_IMPORT)]
    keys = _assign(scores)
    _settle_names(keys, table)
    return Mapping(
        columns=tuple(_finished(column, cells, keys.get(column.index), kinds) for column, cells in columns),
        source=source,
        fingerprint=fingerprint(table.headings),
    )


def _own_list(table: Table, targets: Sequence[Target], kinds: Dictionary[str, str]) -> Mapping:
    """A list the program has written: its headings are ours to the letter, and every other column is an answer.

    Neither what the answers are called (a form may ask for "Status" too) nor what they hold is guessed at.
    """
    ours: dict[str, str] = {}
    for target in targets:
        for heading in (*target.headings, " / ".join(target.headings)):
            ours.setdefault(heading, target.key)
    columns, taken = [], set[str]()
    for index, heading in enumerate(table.headings):
        column, cells = _look_at(table, index)
        key = ours.get(heading, "")
        if key and key not in taken:
            taken.add(key)
            columns.append(_finished(column, cells, (key, 1.0), kinds))
        else:
            columns.append(replace(column, answer=heading))
    return Mapping(tuple(columns), "list", fingerprint(table.headings), is_own=True)


def _returned_forms(table: Table, kinds: Dictionary[str, str]) -> Mapping:
    """Forms of our own: what each column fills is known, days come first, and what was asked for is kept."""
    columns = []
    for index, (key, heading) in enumerate(zip(table.keys, table.headings, strict=True)):
        column, cells = _look_at(table, index)
        column = _finished(column, cells, (key, 1.0), kinds) if key else replace(column, answer=heading)
        columns.append(replace(column, dates=DateOrder("dmy") if column.dates else None))
    asked_for = (c.index for c in columns if c.finding is not None and c.finding.kind != "emso")
    return Mapping(tuple(columns), "forms", fingerprint(table.headings), keep=frozenset(asked_for))


def assign(table: Table, mapping: Mapping, index: int, target: Target | None) -> Mapping:
    """The user's choice: the column fills this field, or none; another one that filled it becomes an extra answer."""
    found = (target.key, 1.0) if target else None
    kinds = {target.key: target.kind} if target else {}
    cells = [cell for row in table.rows if (cell := row.values[index]) != ""]
    columns = []
    for column in mapping.columns:
        if column.index == index:
            column = _finished(replace(column, dates=None, names="", names_certain=True), cells, found, kinds)
        elif target and column.key == target.key:
            column = replace(column, key="", kind="", sure=0.0)
        columns.append(column)
    return replace(mapping, columns=tuple(columns))


def _look_at(table: Table, index: int) -> tuple[Column, list[Cell]]:
    cells = [cell for row in table.rows if (cell := row.values[index]) != ""]
    samples: list[str | dt.date] = []
    for cell in cells[:_SAMPLE]:
        words = _day(cell) or as_text(cell)
        if words not in samples:
            samples.append(words)
        if len(samples) == 4:
            break
    finding = sensitive.examine(table.headings[index], cells)
    # A column of nothing but "anonymous" says nothing.
    meaning = 0 if all(isinstance(cell, str) and fold(cell) in _NOBODY for cell in cells[:_SAMPLE]) else len(cells)
    shown = tuple(sensitive.mask(words) if isinstance(words, str) else words for words in samples)
    return Column(index, table.labels[index], filled=meaning, samples=shown, finding=finding), cells


def _day(cell: Cell) -> dt.date | None:
    """A day or a moment; a day that a spreadsheet gives as midnight is a day."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell if isinstance(cell, dt.date) else None


def _scores(
    named: tuple[str, str], cells: list[Cell], kinds: Dictionary[str, str], own: Dictionary[str, str]
) -> dict[str, float]:
    """Key → how sure, by the heading first (or 1KA's variable); what the cells hold may add to it or refute it."""
    heading = named[0]
    found: dict[str, float] = {}
    for name in filter(None, named):
        found = found or _by_heading(name, tuple(kinds), tuple(sorted(own.items())))
    sample = cells[:_SAMPLE]
    result = {key: score for key, score in found.items() if not _refuted(kinds[key], sample)}
    if not any(score >= 0.75 for score in result.values()):
        for key, score in _by_content(sample, heading=heading).items():
            if key in kinds:
                result[key] = max(score, result.get(key, 0.0))
    return result


@lru_cache(maxsize=2000)
def _by_heading(heading: str, keys: tuple[str, ...], own: tuple[tuple[str, str], ...]) -> dict[str, float]:
    words = {**known(), **dict(own)}
    readings = readings_of(heading)
    whole = plain(heading)
    of_others = bool(OTHERS & set(whole.split()))
    found: dict[str, float] = {}
    for place, reading in enumerate(readings):
        key = words.get(reading)
        if key in keys and (not of_others or reading == whole):
            assert key is not None
            found.setdefault(key, 1.0 if place == 0 else 0.96)
    if found or of_others:
        return found
    inside = phrase_in(heading)
    if inside and inside[0] in keys:
        found[inside[0]] = min(0.9, 0.74 + 0.06 * inside[1])
    from rapidfuzz import fuzz, process

    for reading in readings[:2]:
        if len(reading) < 4:
            continue
        best = process.extractOne(reading, words.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY)
        if best and words[best[0]] in keys:
            found[words[best[0]]] = max(found.get(words[best[0]], 0), best[1] / 100 * 0.85)
    return found


def _refuted(kind: str, cells: list[Cell]) -> bool:
    """Whether the cells cannot be what the heading says."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    match kind:
        case "email":
            return bool(cells) and not any("@" in text for text in texts) and any(fold(t) not in _NOBODY for t in texts)
        case "phone":
            return bool(cells) and sum(1 for cell in cells if any(c.isdigit() for c in as_text(cell))) * 3 < len(cells)
        case "given_name" | "family_name" | "full_name":
            return bool(cells) and len(texts) * 2 < len(cells)
        case "date" | "datetime" | "year" | "number":
            return bool(cells) and not any(c.isdigit() for cell in cells for c in as_text(cell))
        case "text" | "town":
            return False
        case _:
            return False


def _by_content(cells: list[Cell], *, heading: str) -> dict[str, float]:
    """What a column with an unknown heading, or with none, seems to hold."""
    if not cells:
        return {}
    texts = [cell for cell in cells if isinstance(cell, str)]
    half = len(cells) * 0.6
    if OTHERS & set(plain(heading).split()):
        return {}
    if sum(1 for text in texts if _EMAIL.match(text)) > half:
        return {"email": 0.6}
    if heading:
        return {}
    if sum(1 for cell in cells if _PHONE.match(as_text(cell)) and sum(map(str.isdigit, as_text(cell))) >= 8) > half:
        return {"phone": 0.5}
    return _names_by_content(texts, half)


def _names_by_content(texts: list[str], half: float) -> dict[str, float]:
    wordy = [text for text in texts if re.fullmatch(r"[^\W\d_]['’.\-\w]*(,?\s+[^\W\d_]['’.\-\w]*){0,4}", text)]
    if len(wordy) <= half:
        return {}
    common = given_names()
    with_given = sum(1 for text in wordy if any(fold(word) in common for word in re.split(r"[\s,]+", text)))
    several = sum(1 for text in wordy if " " in text)
    share = with_given / len(wordy)
    if several * 2 > len(wordy):
        return {"full_name": 0.5 + share * 0.3} if share > 0.2 or len(wordy) < 5 else {"full_name": 0.4}
    return {"given_name": 0.4 + share * 0.4} if share > 0.4 else {"family_name": 0.4}


def _assign(scores: Iterable[tuple[float, str, int]]) -> dict[int, tuple[str, float]]:
    """Index → key, the surest first; of equals the first column, as tools repeat headings for the invoice."""
    keys: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, key, index in sorted(scores, key=lambda entry: (-entry[0], entry[2])):
        if score > 0.2 and index not in keys and key not in taken:
            keys[index] = (key, score)
            taken.add(key)
    return keys


def _settle_names(keys: dict[int, tuple[str, float]], table: Table) -> None:
    """ "Ime" is a given name beside "Priimek" and the whole name alone; of whole and parts together the parts count."""
    place = {key: index for index, (key, _) in keys.items()}
    given, family, full = place.get("given_name"), place.get("family_name"), place.get("full_name")
    if given is not None and family is not None:
        if full is not None:
            del keys[full]
    elif family is not None and full is not None:
        keys[full] = ("given_name", keys[full][1]) if plain(table.headings[full]) in ("name", "ime") else keys[full]
        if keys[full][0] == "full_name":
            del keys[family]
    elif given is not None and full is None:
        keys[given] = ("full_name", keys[given][1])
    elif given is not None:
        del keys[given]
    elif family is not None:
        keys[family] = ("full_name", keys[family][1])


def _finished(
    column: Column, cells: list[Cell], found: tuple[str, float] | None, kinds: Dictionary[str, str]
) -> Column:
    key, sure = found or ("", 0.0)
    kind = kinds.get(key, "")
    column = replace(column, key=key, kind=kind, sure=sure)
    if kind in ("date", "datetime"):
        column = replace(column, dates=order_of(cells, in_sequence=key == "submitted_at"))
    if kind == "full_name":
        says = names.order_in_heading(column.label)
        order, certain = names.order_of_names((as_text(cell) for cell in cells[:_SAMPLE]), heading_says=says)
        column = replace(column, names=order, names_certain=certain)
    return column
