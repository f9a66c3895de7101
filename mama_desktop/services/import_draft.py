"""A file on its way in: what was read, which column means what, and what the person has decided; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.questions import QuestionRow
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.heading_row import with_heading
from mama_desktop.intake.headings import assign, recognise
from mama_desktop.intake.mapping import Column, Mapping
from mama_desktop.intake.sources import NAMES
from mama_desktop.intake.tables import Reading, Table
from mama_desktop.intake.vocabulary import Target
from mama_desktop.services import (
    asked_columns,
    column_mapping,
    events,
    import_parties,
    known_people,
    questions,
    sources,
)
from mama_desktop.services.comparison import PartyAnswer
from mama_desktop.services.deciding import over_words
from mama_desktop.services.import_parties import Split
from mama_desktop.services.sources import Profile
from mama_desktop.services.taking_in import LEAVE_OUT, Change, Comparison, Decisions, Row, Taken, compare, take_in
from mama_desktop.store.database import Database

KEEP, LEAVE_COLUMN_OUT = "", "leave-out"
NOUN = "registration"
_RETURNED = "returned-forms"


@dataclass(frozen=True)
class Draft:
    """`left_out`: indexes of columns the person does not want at all. `profile`: the form this is a newer export of,
    None for the first one. `name_wished`: what a form that comes for the first time will be called. `asked`: the
    questions of the event. `perhaps`: the form of this event that it may be a newer export of, to be asked; `profile`
    is then the answer."""

    event_id: str
    reading: Reading
    sheet: int
    table: Table
    mapping: Mapping
    left_out: frozenset[int] = frozenset()
    profile: Profile | None = None
    around: dt.date | None = None
    asked: tuple[QuestionRow, ...] = ()
    name_wished: str = ""
    perhaps: Profile | None = None

    @property
    def name(self) -> str:
        return self.reading.name

    @property
    def was_known(self) -> bool:
        return self.profile is not None

    @property
    def is_forms(self) -> bool:
        """Returned registration forms of our own: nobody has to say what their columns mean."""
        return bool(self.table.keys)

    @property
    def is_own(self) -> bool:
        """A list the program has written: no form, and whoever changed it outside meant to."""
        return self.mapping.is_own or self.mapping.column_for(column_mapping.SHORT_ID) is not None

    @property
    def form(self) -> str:
        """The key under which the rows of this form are kept; "" for a list of our own."""
        if self.is_own:
            return ""
        if self.is_forms:
            # Whatever was asked, and in however many files: each person's own form is compared with what it said.
            return sources.key_of(_RETURNED, NOUN)
        return self.profile.fingerprint if self.profile else sources.key_of(self.mapping.fingerprint, NOUN)

    @property
    def new_columns(self) -> tuple[str, ...]:
        """Headings that the form did not have when it came before."""
        if self.profile is None:
            return ()
        return tuple(c.label for c in self.mapping.columns if c.filled and not self.profile.knows(c.label))

    @property
    def tells_who_is_gone(self) -> bool:
        """Whether a missing row means something: of an export of a tool, or of the same file as before."""
        if self.profile is None or not self.name:
            return False
        if self.perhaps is not None and self.perhaps.fingerprint == self.profile.fingerprint:
            return True  # Somebody has said so, whatever the file is called.
        return self.mapping.source != "list" or sources.stem_of(self.name) == self.profile.stem


@dataclass(frozen=True)
class Preview:
    """What the draft would do, and what the person decided about single rows."""

    draft: Draft
    read: Candidates
    comparison: Comparison
    decisions: Decisions = field(default_factory=Decisions)
    organisations: Dictionary[str, str] = field(default_factory=dict)
    """Each organisation as the file calls it → the one it is with us, "" for one that would be made."""

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

    def withdrawing(self, registration_id: str, on: bool | None) -> Preview:
        """With a decision about somebody withdrawn: cancel or not; None takes it back."""
        rest = {k: v for k, v in self.decisions.withdrawals.items() if k != registration_id}
        decided = rest if on is None else {**rest, registration_id: on}
        return replace(self, decisions=replace(self.decisions, withdrawals=decided))

    def withdrawing_all(self, on: bool) -> Preview:
        """With one decision about everybody withdrawn."""
        decided = {one.registration_id: on for one in self.comparison.withdrawn}
        return replace(self, decisions=replace(self.decisions, withdrawals=decided))

    def whole(self, is_whole: bool | None) -> Preview:
        """With the answer whether the file is the whole form."""
        return replace(self, decisions=replace(self.decisions, whole=is_whole))

    def settled(self, line: int, field_key: str, theirs: bool | None) -> Preview:
        """With a clash settled: the form's value (True), ours (False), or open again (None)."""
        ticks = {k: v for k, v in self.decisions.ticks.items() if k != (line, field_key)}
        if theirs is not None:
            ticks[line, field_key] = theirs
        return replace(self, decisions=replace(self.decisions, ticks=ticks))

    def settled_all(self, theirs: bool) -> Preview:
        """With every clash settled: the form's values, or ours."""
        ticks = {(row.line, change.field): theirs for row, change in self.clashes()}
        return replace(self, decisions=replace(self.decisions, ticks={**self.decisions.ticks, **ticks}))

    def splits(self) -> tuple[Split, ...]:
        """The groups and families of which the file accepts only some."""
        return import_parties.splits(self.comparison, self.decisions)

    def unsplit(self, party_id: str, what: str, reason: str = "") -> Preview:
        """With a decision about a group that would be split (`import_parties.ANSWERS`); "" takes it back."""
        parties = {k: v for k, v in self.decisions.parties.items() if k != party_id}
        if what:
            parties[party_id] = PartyAnswer(what, reason)
        return replace(self, decisions=replace(self.decisions, parties=parties))

    def open_splits(self) -> int:
        """About how many of them nothing is decided yet: their people stay as they are."""
        return sum(not import_parties.is_decided(self.decisions, split) for split in self.splits())

    def clashes(self) -> list[tuple[Row, Change]]:
        """What changed on both sides since the form was read before."""
        return [(row, c) for row in self.comparison.group("registered") for c in row.changes if c.clash]

    def open_clashes(self) -> int:
        """About how many of them nothing is decided yet: ours stay, and they are asked again the next time."""
        return sum((row.line, change.field) not in self.decisions.ticks for row, change in self.clashes())

    def cancelling(self) -> int:
        """How many registrations would be cancelled."""
        return sum(self.decisions.cancels(one) for one in self.comparison.withdrawn)

    def has_something_to_do(self) -> bool:
        """Whether anything would be stored: registrations, or an answer to remember."""
        if any(self.counts()) or self.cancelling() or self.open_clashes() < len(self.clashes()):
            return True
        if self.decisions.withdrawals or LEAVE_OUT in self.decisions.people.values():
            return True
        if any(answer.what == import_parties.LEAVE for answer in self.decisions.parties.values()):
            return True
        decisions = import_parties.resolved(self.comparison, self.decisions).decisions
        return any(not decisions.undecided(row.line, row.changes) for row in self.comparison.unkept)

    def says_nothing_new(self) -> bool:
        """Whether everybody in the file is registered as it says, and nothing is asked."""
        counts = self.comparison.counts()
        return counts["unchanged"] > 0 and all(
            not counts[group] for group in ("new", "changed", "withdrawn", "possible", "problem", "left")
        )

    def counts(self) -> tuple[int, int]:
        """How many registrations would be new, and how many changed."""
        new = changed = 0
        parties = import_parties.resolved(self.comparison, self.decisions)
        decisions = parties.decisions
        for row in self.comparison.rows:
            decided = decisions.of(row)
            if decided is None or decided == LEAVE_OUT:
                continue
            option = next((o for o in (row.person, *row.options) if o is not None and o.person_id == decided), None)
            if option is None or option.registration_id is None:
                new += 1
            elif decisions.accepted(row.line, option.changes):
                changed += 1
        return new, changed + len(parties.together)

    def undecided(self) -> list[Row]:
        """Possible matches about which nothing is decided yet: they stay out."""
        return [row for row in self.comparison.group("possible") if self.decisions.of(row) is None]


def make_draft(
    db: Database, event_id: str, reading: Reading, *, sheet: int | None = None, heading: int = -1, language: str = "sl"
) -> Draft:
    """The proposal for a file, as remembered for its shape. heading: a line chosen by the person, -1 as found.
    language: of the name under which a form that comes for the first time will be remembered."""
    head = db.read(events.event_head, event_id)
    if head is None:
        raise OfficeError(T("This event was deleted meanwhile."))
    place = reading.chosen if sheet is None else sheet
    table = reading.tables[place]
    if heading >= 0:
        table = with_heading(table, heading)
    asked = tuple(db.read(questions.of_event, event_id))
    targets = column_mapping.targets(asked)
    mapping = recognise(table, targets, own_titles=column_mapping.own_titles())
    mapping = mapping if table.keys else column_mapping.with_short_ids(table, mapping, targets)
    draft = Draft(event_id, reading, place, table, mapping, around=head.starts_on, asked=asked)
    if draft.is_own or draft.is_forms:
        return _of_form(draft, None, language)
    profile = db.read(sources.profile_for, mapping, reading.name, NOUN)
    asked_of = db.read(sources.perhaps_newer_of, mapping, event_id, NOUN) if profile is None else None
    if asked_of is None:
        return _of_form(draft, profile, language)
    perhaps, is_likely = asked_of
    return as_newer(replace(draft, perhaps=perhaps), is_likely, language=language)


def as_newer(draft: Draft, is_newer: bool, *, language: str = "sl") -> Draft:
    """The draft with the answer whether it is a newer export of the form that it resembles."""
    return _of_form(draft, draft.perhaps if is_newer else None, language)


def _of_form(draft: Draft, profile: Profile | None, language: str) -> Draft:
    if profile is None:
        name = sources.proposed_name(draft.mapping.source, draft.name, language=language)
        return replace(draft, profile=None, name_wished=name)
    mapping = draft.mapping.recalled(profile.columns)
    labels = set(profile.columns.get(sources.LEFT_OUT, ()))
    left_out = frozenset(c.index for c in mapping.columns if c.label in labels)
    return replace(draft, mapping=mapping, left_out=left_out, profile=profile, name_wished=profile.name)


def assigned(draft: Draft, index: int, key: str) -> Draft:
    """The column means another field, is kept as an answer (KEEP), or left out (LEAVE_COLUMN_OUT)."""
    target: Target | None = next((t for t in column_mapping.targets(draft.asked) if t.key == key), None)
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
    read = asked_columns.in_words(read, draft.asked)
    # The ages on our own list are those on the first day of the event.
    today = draft.around if draft.is_own and draft.around else db.clock.today()
    comparison = db.read(
        compare, draft.event_id, read, today=today, form=draft.form, is_own=draft.is_own,
        notices_gone=draft.tells_who_is_gone,
    )  # fmt: skip
    said = {(str(row.values.get("organisation") or ""), str(row.values.get("organisation_town") or ""))
            for row in read.rows if not row.blocked}  # fmt: skip
    known = db.read(known_people.organisations_called, {one for one in said if one[0]})
    return Preview(draft, read, comparison, decisions or Decisions(), known)


def remembered_words(draft: Draft) -> Dictionary[str, Any]:
    """What to keep for the next file of this shape."""
    labels = [column.label for column in draft.mapping.columns if column.index in draft.left_out]
    return {**draft.mapping.remember(), sources.LEFT_OUT: labels}


def store(session: Session, preview: Preview, now: dt.datetime, *, over_capacity: bool = False) -> Taken:
    """Take in as decided, and remember the columns for the next file of this shape; OverCapacity as in `take_in`."""
    draft = preview.draft
    if not draft.is_own and not draft.is_forms:
        sources.remember(
            session, draft.mapping, remembered_words(draft), file_name=draft.name, name=draft.name_wished,
            event_id=draft.event_id, now=now, known=draft.profile, noun=NOUN,
        )  # fmt: skip
    return take_in(
        session, preview.comparison, preview.decisions, source=draft.name, files=dict(draft.table.files), now=now,
        over_capacity=over_capacity,
    )  # fmt: skip


def about(draft: Draft, speak: Language) -> list[str]:
    """The file, the tool it comes from, how many rows, and whether files of its shape came before."""
    source = speak.say(NAMES[draft.mapping.source])
    rows = speak.say(TN("{count} row", "{count} rows", len(draft.table.rows)))
    known = ""
    if draft.profile is not None:
        name = draft.profile.name
        known = speak.say(T("columns as last time: {form}", form=name) if name else T("columns as last time"))
    elif draft.is_own:
        known = speak.say(T("our own list: what was corrected in it is proposed"))
    return [draft.name or speak.say(T("pasted")), source, rows, known]


def label_of(name: str, taken: Taken) -> Text:
    """What a person would call the gesture; an acceptance over capacity keeps its numbers in the history."""
    if not (taken.new or taken.changed or taken.cancelled):
        return (
            T("Import from {file}: nothing changed", file=name)
            if name
            else T("Take in what was pasted: nothing changed")
        )
    if not name:
        words = TN("Take in {count} pasted registration", "Take in {count} pasted registrations", taken.new)
    else:
        words = TN(
            "Import from {file}: {count} new registration", "Import from {file}: {count} new registrations", taken.new,
            file=name,
        )  # fmt: skip
    return over_words(words, taken.over)


def words_of(taken: Taken) -> Text:
    """What was done."""
    if not (taken.new or taken.changed or taken.cancelled):
        return T("No registration was changed. What the form said and what you decided is remembered.")
    done: list[Text] = []
    if taken.new:
        done.append(TN("{count} registration was taken in.", "{count} registrations were taken in.", taken.new))
    if taken.changed:
        done.append(TN("{count} registration was changed.", "{count} registrations were changed.", taken.changed))
    if taken.cancelled:
        done.append(TN("{count} registration was cancelled.", "{count} registrations were cancelled.", taken.cancelled))
    if taken.skipped:
        left = len(taken.skipped)
        done.append(TN("{count} row was left out.", "{count} rows were left out.", left))
    return reduce(lambda one, two: T("{one} {two}", one=one, two=two), done)
