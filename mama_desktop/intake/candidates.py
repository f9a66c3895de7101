"""Rows of a table as people who want to come: typed values, extra answers, and what is wrong, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from mama_desktop.domain.text import TN, T, Text, fold
from mama_desktop.intake import sensitive
from mama_desktop.intake.dates import parse_date
from mama_desktop.intake.mapping import Column, Mapping
from mama_desktop.intake.meaning import NOTHING, Meaning
from mama_desktop.intake.names import is_shouted
from mama_desktop.intake.repeats import Repeat, repeats
from mama_desktop.intake.sources import Dismissed, number_of, skip_of
from mama_desktop.intake.tables import Cell, RawRow, Table, as_text, collector_at_rest
from mama_desktop.intake.values import Setting, reader_for


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row. blocking: the row cannot be taken in at all (nobody is named)."""

    text: Text
    label: str = ""
    value: str = ""
    blocking: bool = False


@dataclass(frozen=True)
class Candidate:
    """One row understood. line: its number in the sheet. values: key → typed value, only of filled cells.

    Values: given_name, family_name, email, phone … str; birth_date, arrival, departure date; birth_year, age int;
    submitted_at datetime; country ISO 3166-1 alpha-2; gender, role, status a choice; diet a list of kinds of meal.
    answers: label of the column → words, for every column that fills no field or says more than the field holds.
    number: by which the tool tells its rows apart, "" where it has none.
    """

    line: int
    values: dict[str, Any]
    answers: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Text, ...] = ()
    number: str = ""

    @property
    def blocked(self) -> bool:
        return any(problem.blocking for problem in self.problems)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.values.get("given_name"), self.values.get("family_name"))))


@dataclass(frozen=True)
class Skipped:
    """A row that is no registration, and why; its words, so that it can be looked up.

    word: what the tool says of somebody who was registered and has withdrawn ("Refunded"), with who that is.
    """

    line: int
    name: str
    reason: Text
    word: str = ""
    candidate: Candidate | None = None


@dataclass(frozen=True)
class Candidates:
    """rows: to be taken in, blocked ones included. skipped: no registrations. repeated: earlier sign-ups of the same
    person, left out because the last one counts. dropped: sensitive columns that are not stored. notices: for all.
    asked: what the columns of the file are about: keys of fields, and the headings of answers."""

    rows: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...] = ()
    repeated: tuple[Repeat, ...] = ()
    dropped: tuple[tuple[str, Text], ...] = ()
    notices: tuple[Text, ...] = ()
    asked: frozenset[str] = frozenset()


def candidates(
    table: Table,
    mapping: Mapping,
    *,
    choices: Dictionary[str, Dictionary[str, str]] | None = None,
    around: dt.date | None = None,
) -> Candidates:
    """The rows of a table by its mapping.

    choices: field → the office's own label of a choice → its value, beside the words known anyway. around: the first
    day of the event, which gives "2. aprila" its year.
    """
    setting = Setting(mapping.proper_case, around, table.epoch_1904, choices or {})
    columns = [_cells(c, mapping, setting) for c in mapping.columns if not _is_plain(c)]
    plain = [(c.index, c.kept_as, c.key, c.index not in mapping.keep) for c in mapping.columns if _is_plain(c)]
    skip, number = skip_of(table, mapping.source), number_of(table, mapping.source)
    counter = _counting_column(table)
    heading = tuple(fold(words) for words in table.headings)
    rows: list[Candidate] = []
    skipped: list[Skipped] = []
    with collector_at_rest():
        for raw in table.rows:
            dismissed = skip(raw) or _no_registration(raw, counter, heading)
            if dismissed is None:
                rows.append(_candidate(raw, columns, plain, number(raw)))
            else:
                reason, word = dismissed
                who = _candidate(raw, columns, plain, number(raw)) if word else None
                skipped.append(Skipped(raw.line, _shown_name(raw, mapping), reason, word, who))
        earlier = repeats(rows) if mapping.last_wins else ()
    if earlier:
        gone = {repeat.line for repeat in earlier}
        last = {repeat.last_line: repeat for repeat in earlier}
        rows = [_with_earlier(row, last.get(row.line)) for row in rows if row.line not in gone]
    if table.remarks:
        said: dict[int, tuple[Text, ...]] = {}
        for line, remark in table.remarks:
            said[line] = (*said.get(line, ()), remark)
        rows = [replace(row, notices=(*said[row.line], *row.notices)) if row.line in said else row for row in rows]
    skipped += [Skipped(line, name, reason) for line, name, reason in table.left]
    asked = frozenset(c.key or c.kept_as for c in mapping.columns)
    return Candidates(tuple(rows), tuple(skipped), earlier, _dropped(mapping), _notices(table, mapping, rows), asked)


# Values, words for the extra answer, problem, notice.
_Read = tuple[tuple[tuple[str, Any], ...], str, Problem | None, Text | None]
# Index, label, what was read so far (most columns repeat a few answers thousands of times), how to read.
_Cells = tuple[int, str, dict[Cell, _Read], Callable[[Cell], _Read]]
# Index, label, key or "", whether an IBAN is masked.
_Plain = tuple[int, str, str, bool]
_EMPTY: _Read = ((), "", None, None)


def _cells(column: Column, mapping: Mapping, setting: Setting) -> _Cells:
    kind = column.finding.kind if column.finding else ""
    insisted = column.index in mapping.keep
    read: Callable[[Cell], _Read]
    if kind == "emso":
        read = _emso_year if mapping.emso_year else _unread
    elif kind in ("iban", "health") and not insisted and column.kind != "diet":
        read = _unread
    else:
        meaning = reader_for(column, setting) if column.key else None
        # Beside kinds of meal a question about allergies holds what is not stored.
        read = partial(_read, read=meaning, keep_rest=kind != "health" or insisted, iban=not insisted)
    return column.index, column.kept_as, {}, read


def _unread(_cell: Cell) -> _Read:
    return _EMPTY


def _emso_year(cell: Cell) -> _Read:
    year = sensitive.birth_year_of(cell)
    return ((("birth_year", year),), "", None, None) if year else _EMPTY


def _read(cell: Cell, read: Callable[[Cell], Meaning] | None, *, keep_rest: bool, iban: bool) -> _Read:
    if read is None:
        return (), sensitive.mask(as_text(cell), iban=iban), None, None
    meaning = read(cell)
    if meaning is NOTHING:
        return _EMPTY
    values, trouble, notice, keep = meaning
    for _, value in values:
        if type(value) is str and len(value) > 11:
            values = tuple((key, sensitive.mask(v, iban=iban) if type(v) is str else v) for key, v in values)
            break
    if trouble is None and not keep:
        return values, "", None, notice
    words = sensitive.mask(as_text(cell), iban=iban)
    problem = Problem(trouble, value=words) if trouble is not None else None
    return values, words if keep and keep_rest else "", problem, notice


def _is_plain(column: Column) -> bool:
    """Whether its cells are taken as they are: an extra answer, or a field of free words."""
    free = not column.key or (column.kind in ("text", "organisation") and column.key != "language")
    return free and column.finding is None


def _candidate(raw: RawRow, columns: list[_Cells], plain: list[_Plain], number: str) -> Candidate:
    values: dict[str, Any] = {}
    answers: dict[str, str] = {}
    problems: list[Problem] = []
    notices: list[Text] = []
    cells = raw.values
    for index, label, known, read in columns:
        cell = cells[index]
        if cell == "":
            continue
        found = known.get(cell)
        if found is None:
            found = known[cell] = read(cell)
        pairs, words, problem, notice = found
        for key, value in pairs:
            # The column of its own comes before what another one lets guess (a country in SI-1000).
            if key not in values:
                values[key] = value
        if words:
            answers[label] = words
        if problem is not None:
            problems.append(replace(problem, label=label))
        if notice is not None:
            notices.append(notice)
    _take_plain(cells, plain, values, answers)
    if "family_name" not in values and "given_name" not in values:
        problems.insert(0, Problem(T("Nobody is named in this row."), blocking=True))
    return Candidate(raw.line, values, answers, tuple(problems), tuple(notices), number)


def _take_plain(cells: tuple[Cell, ...], plain: list[_Plain], values: dict[str, Any], answers: dict[str, str]) -> None:
    """The columns of free words, which nothing but an EMŠO or an account keeps from being taken as they are."""
    for index, label, key, iban in plain:
        cell = cells[index]
        if cell == "":
            continue
        said = cell if type(cell) is str else as_text(cell)
        if len(said) > 11:
            said = sensitive.mask(said, iban=iban)
        if key:
            values[key] = said
        else:
            answers[label] = said


def _counting_column(table: Table) -> int | None:
    """The column of running numbers (Zap. št.), which is filled in also where nobody has signed up."""
    for index, heading in enumerate(table.headings[:2]):
        if fold(heading).strip(" .") in ("zap. st", "zap.st", "st", "zs", "zaporedna stevilka", "no", "nr", "#", "zap"):
            return index
    return None


def _no_registration(raw: RawRow, counter: int | None, heading: tuple[str, ...]) -> Dismissed | None:
    if counter is not None and not any(c != "" for i, c in enumerate(raw.values) if i != counter):
        return Dismissed(T("The row is empty but for its number."))
    first = raw.values[0]
    if isinstance(first, str) and first and heading[0] == fold(first):
        same = sum(1 for words, cell in zip(heading, raw.values, strict=True) if words == fold(as_text(cell)))
        if same == len(heading) and any(heading):
            return Dismissed(T("The headings are repeated here."))
    return None


def _shown_name(raw: RawRow, mapping: Mapping) -> str:
    parts = [mapping.column_for(key) for key in ("given_name", "family_name", "full_name")]
    return " ".join(as_text(raw.values[column.index]) for column in parts if column and raw.values[column.index] != "")


def _with_earlier(row: Candidate, repeat: Repeat | None) -> Candidate:
    if repeat is None:
        return row
    notice = T("Signed up several times; the last time counts (row {row}).", row=row.line)
    return replace(row, notices=(*row.notices, notice))


def _dropped(mapping: Mapping) -> tuple[tuple[str, Text], ...]:
    return tuple(
        (column.label, column.finding.text)
        for column in mapping.columns
        if column.finding is not None and (column.finding.kind == "emso" or column.index not in mapping.keep)
    )


def _notices(table: Table, mapping: Mapping, rows: list[Candidate]) -> tuple[Text, ...]:
    notices = []
    full = mapping.column_for("full_name")
    if full is not None and not full.names_certain:
        notices.append(T("It is not certain whether the given name or the surname comes first in “{column}”.",
                         column=full.label))  # fmt: skip
    for column in mapping.columns:
        if column.key and column.dates and column.dates.ambiguous:
            notices.append(T(
                "It is not certain whether the day or the month comes first in “{column}”; {example} is read as {day}.",
                column=column.label, example=column.dates.example,
                day=parse_date(column.dates.example, column.dates.order) or "",
            ))  # fmt: skip
        elif column.key and column.dates and column.dates.answered and column.dates.example:
            notices.append(T(
                "“{column}”: {example} is read as {day}.", column=column.label, example=column.dates.example,
                day=parse_date(column.dates.example, column.dates.order) or "",
            ))  # fmt: skip
        if column.key and column.dates and column.dates.mixed:
            notices.append(T("Dates in “{column}” are written in both orders, day first and month first.",
                             column=column.label))  # fmt: skip
    shouted = _shouted(table, mapping)
    if shouted and mapping.proper_case:
        notices.append(TN("{count} name was in capitals and is written as usual.",
                          "{count} names were in capitals and are written as usual.", shouted))  # fmt: skip
    nobody = sum(1 for row in rows if row.blocked)
    if nobody:
        notices.append(TN("{count} row names nobody.", "{count} rows name nobody.", nobody))
    return tuple(notices)


def _shouted(table: Table, mapping: Mapping) -> int:
    places = [c.index for c in mapping.columns if c.key in ("given_name", "family_name", "full_name")]
    return sum(1 for row in table.rows if any(is_shouted(as_text(row.values[place])) for place in places))
