"""How an office begins: an old list of organisations, people or events, compared with what is known, before a write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop import child
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.office import RememberedMapping
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.intake.heading_row import with_heading
from mama_desktop.intake.headings import assign
from mama_desktop.intake.lists import best_table, recognise_list, rows_of
from mama_desktop.intake.mapping import Mapping
from mama_desktop.intake.opening import open_file
from mama_desktop.intake.tables import Reading, Table
from mama_desktop.services import beginning_matching, list_fields
from mama_desktop.services.beginning_lookup import Along, Understood
from mama_desktop.services.beginning_matching import Option
from mama_desktop.services.list_fields import EVENT, ORGANISATION, PERSON
from mama_desktop.store.database import Database

NEW_ONE, CHANGED, SAME, POSSIBLE, REPEATED, PROBLEM = "new", "changed", "same", "possible", "repeated", "problem"
GROUPS = (NEW_ONE, CHANGED, SAME, POSSIBLE, PROBLEM, REPEATED)
NEW, LEAVE_OUT = "new", "leave-out"
_NEEDED = {
    ORGANISATION: (("name_sl", "short_name"), T("No organisation is named in this row.")),
    PERSON: (("family_name", "given_name"), T("Nobody is named in this row.")),
    EVENT: (("title_sl", "title_en"), T("No event is named in this row.")),
}
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class ListDraft:
    """A list that was read, and which column fills which field. around: the day from which months without a year are
    counted. was_known: its columns are remembered from the last time."""

    noun: str
    name: str
    reading: Reading
    sheet: int
    table: Table
    mapping: Mapping
    around: dt.date
    was_known: bool = False


@dataclass(frozen=True)
class Change:
    """A value that the list says otherwise. ticked: taken unless somebody says no."""

    field: str
    before: Any
    after: Any
    ticked: bool


@dataclass(frozen=True)
class Row:
    """One row of the list. key: of the record it is; options: which it might be; unread: values that stay out."""

    line: int
    group: str
    name: str
    values: dict[str, Any] = field(hash=False)
    key: str | None = None
    changes: tuple[Change, ...] = ()
    options: tuple[Option, ...] = ()
    problems: tuple[Text, ...] = ()
    notices: tuple[Text, ...] = ()
    unread: tuple[Text, ...] = ()


@dataclass(frozen=True)
class ListDecisions:
    """rows: line → key of a record, NEW or LEAVE_OUT. ticks: (line, field) → whether a change is taken. along: (kind,
    folded name) → whether a name that nobody knows is added."""

    rows: Dictionary[int, str] = field(default_factory=dict, hash=False)
    ticks: Dictionary[tuple[int, str], bool] = field(default_factory=dict, hash=False)
    along: Dictionary[tuple[str, str], bool] = field(default_factory=dict, hash=False)

    def decided(self, lines: Sequence[int], what: str) -> ListDecisions:
        rest = {line: kept for line, kept in self.rows.items() if line not in lines}
        return replace(self, rows=rest | dict.fromkeys(lines, what) if what else rest)

    def ticked(self, line: int, field_key: str, on: bool) -> ListDecisions:
        return replace(self, ticks={**self.ticks, (line, field_key): on})

    def bringing(self, names: Sequence[Along], on: bool) -> ListDecisions:
        """With names that nobody knows added along with the list, or not."""
        return replace(self, along={**self.along, **{one.key: on for one in names}})

    def takes(self, row: Row, change: Change) -> bool:
        return self.ticks.get((row.line, change.field), change.ticked)


@dataclass(frozen=True)
class ListPreview:
    """Every row in one group. along: names of other records that nobody knows here."""

    draft: ListDraft
    rows: tuple[Row, ...]
    decisions: ListDecisions = ListDecisions()
    along: tuple[Along, ...] = ()

    def unread(self) -> int:
        """How many values of rows that go in cannot be read."""
        return sum(len(row.unread) for row in self.rows if row.group not in (REPEATED, PROBLEM))

    def asked(self) -> tuple[Along, ...]:
        """Of the unknown names those about which nothing is decided and that are not added unasked."""
        return tuple(one for one in self.along if not one.taken and one.key not in self.decisions.along)

    def group(self, key: str) -> list[Row]:
        return [row for row in self.rows if row.group == key]

    def counts(self) -> dict[str, int]:
        return {key: len(self.group(key)) for key in GROUPS}

    def to_do(self) -> tuple[int, int]:
        """(how many are added, how many are changed)."""
        new = sum(row.group == NEW_ONE for row in self.rows)
        changed = sum(
            row.group == CHANGED and any(self.decisions.takes(row, c) for c in row.changes) for row in self.rows
        )
        return new, changed


def open_list(db: Database, noun: str, path: Path, report: child.Report | None = None) -> ListDraft:
    """Read a file of any kind and propose its columns, as remembered for its shape."""
    return make_draft(db, noun, open_file(path, report))


def make_draft(
    db: Database, noun: str, reading: Reading, *, sheet: int | None = None, heading: int | None = None
) -> ListDraft:
    """What was read, with proposed columns. sheet: its place; heading: the line of the headings, NO_HEADINGS where
    there are none; None for the ones that say most."""
    targets = list_fields.list_targets(noun)
    if sheet is None:
        sheet, table = best_table(reading, targets)
    else:
        table = best_table(replace(reading, tables=(reading.tables[sheet],)), targets)[1]
    if heading is not None:
        table = with_heading(reading.tables[sheet], heading)
    mapping = recognise_list(table, targets)
    known = db.read(_remembered, _fingerprint(noun, mapping))
    if known is not None:
        mapping = mapping.recalled(known)
    return ListDraft(noun, reading.name, reading, sheet, table, mapping, _around(db, reading, table), known is not None)


def assigned(draft: ListDraft, index: int, key: str) -> ListDraft:
    """With another field for a column; "" leaves it out."""
    target = next((one for one in list_fields.list_targets(draft.noun) if one.key == key), None)
    return replace(draft, mapping=assign(draft.table, draft.mapping, index, target))


def previewed(session: Session, draft: ListDraft, decisions: ListDecisions | None = None) -> ListPreview:
    """The list against the workspace; nothing is written."""
    decisions = decisions or ListDecisions()
    choices = list_fields.list_choices(draft.noun)
    read = rows_of(draft.table, draft.mapping, choices=choices, around=draft.around)
    understood, along = beginning_matching.understood(session, draft.noun, read, draft.around, decisions.along)
    found = beginning_matching.match(session, draft.noun, understood)
    chosen = {line: key for line, key in decisions.rows.items() if key not in (NEW, LEAVE_OUT)}
    records = beginning_matching.records(
        session, draft.noun, [key for _, key, _ in found if key] + list(chosen.values())
    )
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for one, (identity, key, options) in zip(understood, found, strict=True):
        rows.append(_row(draft.noun, one, identity, key, options, decisions.rows.get(one.line, ""), records, seen))
    order = {key: place for place, key in enumerate(GROUPS)}
    rows.sort(key=lambda row: (order[row.group], row.line))
    return ListPreview(draft, tuple(rows), decisions, along)


def words_of(noun: str, new: int, changed: int) -> Text:
    """How many were added and changed."""
    added = {
        ORGANISATION: TN("{count} organisation added", "{count} organisations added", new),
        PERSON: TN("{count} person added", "{count} people added", new),
        EVENT: TN("{count} event added", "{count} events added", new),
    }[noun]
    if not changed:
        return added
    return T("{added}, {changed}", added=added, changed=TN("{count} changed", "{count} changed", changed))


def remember(session: Session, draft: ListDraft, now: dt.datetime) -> None:
    """Keep which column filled which field for the next list of this shape."""
    key = _fingerprint(draft.noun, draft.mapping)
    known = session.get(RememberedMapping, key)
    if known is None:
        known = RememberedMapping(fingerprint=key, noun=draft.noun, name=Path(draft.name).stem[:120])
        session.add(known)
    known.columns, known.used_at = draft.mapping.remember(), now


def _fingerprint(noun: str, mapping: Mapping) -> str:
    return f"{noun}-{mapping.fingerprint}"


def _remembered(session: Session, key: str) -> dict[str, Any] | None:
    known = session.get(RememberedMapping, key)
    return dict(known.columns) if known is not None else None


def _around(db: Database, reading: Reading, table: Table) -> dt.date:
    """From when months without a year are counted: the year in the list's title or name, else today."""
    words = " ".join([reading.name, table.sheet, *(said for _, said in table.skipped)])
    years = set(_YEAR.findall(words))
    return dt.date(int(years.pop()), 1, 1) if len(years) == 1 else db.clock.today()


def _row(
    noun: str, one: Understood, identity: str, key: str | None, options: tuple[Option, ...], decided: str,
    records: Dictionary[str, Any], seen: dict[str, int],
) -> Row:  # fmt: skip
    name = beginning_matching.name_of(noun, one.values)
    needed, missing = _NEEDED[noun]
    if not any(one.values.get(field_key) for field_key in needed):
        return Row(one.line, PROBLEM, name, one.values, problems=(missing,), notices=one.notices, unread=one.unread)
    if decided == LEAVE_OUT:
        problem = (T("You leave this row out."),)
        return Row(
            one.line,
            REPEATED,
            name,
            one.values,
            options=options,
            problems=problem,
            notices=one.notices,
            unread=one.unread,
        )
    if decided and decided != NEW:
        key = decided if decided in records else key
    if decided == NEW:
        key, options = None, ()
    unique = key or identity
    if unique in seen and decided != NEW:
        problem = (T("The same as row {row}.", row=seen[unique]),)
        return Row(one.line, REPEATED, name, one.values, problems=problem, notices=one.notices, unread=one.unread)
    if key is None and options:
        return Row(one.line, POSSIBLE, name, one.values, options=options, notices=one.notices, unread=one.unread)
    seen[unique] = one.line
    if key is None:
        return Row(one.line, NEW_ONE, name, one.values, notices=one.notices, unread=one.unread)
    changes = tuple(
        Change(field_key, before, after, ticked=one.is_ours or not before)
        for field_key, before, after in beginning_matching.differences(records[key], one.values)
    )
    return Row(
        one.line,
        CHANGED if changes else SAME,
        name,
        one.values,
        key,
        changes,
        options,
        notices=one.notices,
        unread=one.unread,
    )


def refuse_nothing(preview: ListPreview) -> None:
    if preview.to_do() == (0, 0):
        raise OfficeError(T("There is nothing to take in."), safe=T("Nothing was changed."))
