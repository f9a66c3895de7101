"""A file of registrations from opening to taking in, as the command line and the demonstration do it in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.i18n import Language
from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.mapping import Mapping
from mama_desktop.intake.opening import open_file
from mama_desktop.services import column_mapping, events
from mama_desktop.services.taking_in import Comparison, Taken, compare, take_in
from mama_desktop.store.database import Database


@dataclass(frozen=True)
class Plan:
    """What a file would do to an event, before anything is written."""

    file_name: str
    mapping: Mapping
    read: Candidates
    comparison: Comparison


def prepare(db: Database, event_id: str, path: Path) -> Plan:
    """Read a file, recognise its columns (as remembered for its shape) and compare it; nothing is written."""
    table = open_file(path).table
    proposal = recognise(table, column_mapping.targets())
    remembered = db.read(column_mapping.remembered, proposal.fingerprint)
    mapping = recognise(table, column_mapping.targets(), remembered) if remembered else proposal
    head = db.read(events.event_head, event_id)
    if head is None:
        raise OfficeError(T("This event was deleted meanwhile."))
    read = candidates(table, mapping, choices=column_mapping.choices(), around=head.starts_on)
    return Plan(path.name, mapping, read, db.read(compare, event_id, read, today=db.clock.today()))


def take_in_defaults(db: Database, plan: Plan) -> Taken:
    """Take in the good rows as proposed; possible matches and rows with a problem stay out."""

    def take(session: Session) -> Taken:
        column_mapping.remember(session, plan.mapping.fingerprint, plan.mapping.remember())
        return take_in(session, plan.comparison, source=plan.file_name, now=db.clock.now())

    def label(taken: Taken) -> Text:
        return TN(
            "Import from {file}: {count} new registration", "Import from {file}: {count} new registrations", taken.new,
            file=plan.file_name,
        )  # fmt: skip

    return db.write(take, label=label)


def report(plan: Plan, taken: Taken | None, *, words: Language) -> dict[str, Any]:
    """For machines: the number of rows in each group, and every problem row with its reasons."""
    counts = plan.comparison.counts()
    return {
        "file": plan.file_name,
        "dry_run": taken is None,
        "groups": counts,
        "problems": [
            {"row": row.line, "name": row.name, "reasons": [words.say(p) for p in row.problems]}
            for row in plan.comparison.group("problem")
        ],
        "not_stored": [{"column": label, "reason": words.say(why)} for label, why in plan.read.dropped],
        "taken": None if taken is None else {"new": taken.new, "changed": taken.changed, "unchanged": taken.unchanged},
    }


def report_lines(plan: Plan, taken: Taken | None) -> Iterator[Text]:
    """The same for people."""
    counts = plan.comparison.counts()
    yield T(
        "New: {new}. Already registered: {known} (to change: {changed}). Possible matches: {possible}. "
        "Repeated: {repeated}. Rows with a problem: {problem}. No registrations: {skipped}.",
        new=counts["new"], known=counts["registered"], changed=counts["changed"], possible=counts["possible"],
        repeated=counts["repeated"], problem=counts["problem"], skipped=counts["skipped"],
    )  # fmt: skip
    for label, why in plan.read.dropped:
        yield T("Column “{column}”: {reason}", column=label, reason=why)
    for row in plan.comparison.group("problem"):
        for problem in row.problems:
            yield T("Row {row}: {reason}", row=row.line, reason=problem)
    if taken is None:
        yield T("Nothing was written: this was a trial.")
    else:
        yield T(
            "Taken in: {new} new, {changed} changed. Left out: {skipped}.",
            new=taken.new, changed=taken.changed, skipped=len(taken.skipped),
        )  # fmt: skip
