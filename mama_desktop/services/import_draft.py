"""A file on its way in: what was read, which column means what, and what the person has decided; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.heading_row import with_heading
from mama_desktop.intake.headings import assign, recognise
from mama_desktop.intake.mapping import Column, Mapping
from mama_desktop.intake.sources import NAMES
from mama_desktop.intake.tables import Reading, Table
from mama_desktop.intake.vocabulary import Target
from mama_desktop.services import asked_columns, column_mapping, events, questions
from mama_desktop.services.fields import ANSWER
from mama_desktop.services.taking_in import LEAVE_OUT, Comparison, Decisions, Row, Taken, compare, take_in
from mama_desktop.store.database import Database

KEEP, LEAVE_COLUMN_OUT = "", "leave-out"
_LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Draft:
    """`left_out`: indexes of columns the person does not want at all. `was_known`: a file of this shape came before."""

    event_id: str
    reading: Reading
    sheet: int
    table: Table
    mapping: Mapping
    left_out: frozenset[int] = frozenset()
    was_known: bool = False
    around: dt.date | None = None

    @property
    def name(self) -> str:
        return self.reading.name


@dataclass(frozen=True)
class Preview:
    """What the draft would do, and what the person decided about single rows."""

    draft: Draft
    read: Candidates
    comparison: Comparison
    decisions: Decisions = field(default_factory=Decisions)

    def decided(self, line: int, what: str) -> Preview:
        """With a decision about a row: the key of a person, NEW, TAKE or LEAVE_OUT; "" takes it back."""
        people = {k: v for k, v in self.decisions.people.items() if k != line}
        if what:
            people[line] = what
        return replace(self, decisions=replace(self.decisions, people=people))

    def ticked(self, line: int, field_key: str, tick: bool) -> Preview:
        """With a change of one value taken or not."""
        ticks = {**self.decisions.ticks, (line, field_key): tick}
        return replace(self, decisions=replace(self.decisions, ticks=ticks))

    def is_ticked(self, line: int, field_key: str, proposed: bool) -> bool:
        return bool(self.decisions.ticks.get((line, field_key), proposed))

    def counts(self) -> tuple[int, int]:
        """How many registrations would be new, and how many changed."""
        new = changed = 0
        for row in self.comparison.rows:
            decided = self.decisions.of(row)
            if decided is None or decided == LEAVE_OUT:
                continue
            option = next((o for o in (row.person, *row.options) if o is not None and o.person_id == decided), None)
            if option is None or option.registration_id is None:
                new += 1
            elif self.decisions.accepted(row.line, option.changes):
                changed += 1
        return new, changed

    def undecided(self) -> list[Row]:
        """Possible matches about which nothing is decided yet: they stay out."""
        return [row for row in self.comparison.group("possible") if self.decisions.of(row) is None]


def make_draft(db: Database, event_id: str, reading: Reading, *, sheet: int | None = None, heading: int = -1) -> Draft:
    """The proposal for a file, as remembered for its shape. heading: a line chosen by the person, -1 as found."""
    head = db.read(events.event_head, event_id)
    if head is None:
        raise OfficeError(T("This event was deleted meanwhile."))
    place = reading.chosen if sheet is None else sheet
    table = reading.tables[place]
    if heading >= 0:
        table = with_heading(table, heading)
    targets = column_mapping.targets(db.read(questions.of_event, event_id))
    mapping = recognise(table, targets, own_titles=column_mapping.own_titles())
    known = db.read(column_mapping.remembered, mapping.fingerprint)
    left_out: frozenset[int] = frozenset()
    if known:
        mapping = mapping.recalled(known)
        labels = set(known.get(_LEFT_OUT, ()))
        left_out = frozenset(c.index for c in mapping.columns if c.label in labels)
    return Draft(event_id, reading, place, table, mapping, left_out, known is not None, head.starts_on)


def assigned(draft: Draft, index: int, key: str) -> Draft:
    """The column means another field, is kept as an answer (KEEP), or left out (LEAVE_COLUMN_OUT)."""
    own = (Target(key, "text"),) if key.startswith(ANSWER) else ()
    target: Target | None = next((t for t in (*own, *column_mapping.targets()) if t.key == key), None)
    left_out = draft.left_out - {index} | ({index} if key == LEAVE_COLUMN_OUT else set())
    return replace(draft, mapping=assign(draft.table, draft.mapping, index, target), left_out=frozenset(left_out))


def key_of(draft: Draft, column: Column) -> str:
    """What is chosen for a column."""
    return LEAVE_COLUMN_OUT if column.index in draft.left_out else column.key


def previewed(db: Database, draft: Draft, decisions: Decisions | None = None) -> Preview:
    """Every row against the workspace."""
    wanted = tuple(column for column in draft.mapping.columns if column.index not in draft.left_out)
    mapping = replace(draft.mapping, columns=wanted)
    read = candidates(draft.table, mapping, choices=column_mapping.choices(), around=draft.around)
    read = asked_columns.in_words(read, db.read(questions.of_event, draft.event_id))
    comparison = db.read(compare, draft.event_id, read, today=db.clock.today())
    return Preview(draft, read, comparison, decisions or Decisions())


def remembered_words(draft: Draft) -> Dictionary[str, Any]:
    """What to keep for the next file of this shape."""
    labels = [column.label for column in draft.mapping.columns if column.index in draft.left_out]
    return {**draft.mapping.remember(), _LEFT_OUT: labels}


def store(session: Session, preview: Preview, now: dt.datetime) -> Taken:
    """Take in as decided, and remember the columns for the next file of this shape."""
    draft = preview.draft
    column_mapping.remember(session, draft.mapping.fingerprint, remembered_words(draft))
    return take_in(session, preview.comparison, preview.decisions, source=draft.name, now=now)


def about(draft: Draft, speak: Language) -> list[str]:
    """The file, the tool it comes from, how many rows, and whether files of its shape came before."""
    source = speak.say(NAMES[draft.mapping.source])
    rows = speak.say(TN("{count} row", "{count} rows", len(draft.table.rows)))
    known = speak.say(T("columns as last time")) if draft.was_known else ""
    return [draft.name or speak.say(T("pasted")), source, rows, known]


def label_of(name: str, taken: Taken) -> Text:
    """What a person would call the gesture."""
    if not name:
        return TN("Take in {count} pasted registration", "Take in {count} pasted registrations", taken.new)
    return TN(
        "Import from {file}: {count} new registration", "Import from {file}: {count} new registrations", taken.new,
        file=name,
    )  # fmt: skip


def words_of(taken: Taken) -> Text:
    """What was done."""
    return T("Taken in: {new} new, {changed} changed. Left out: {left_out}.",
             new=taken.new, changed=taken.changed, left_out=len(taken.skipped))  # fmt: skip
