"""A file of registrations from opening to taking in, as the command line and the demonstration do it in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mama_desktop.domain.text import T, Text, fold, verbatim
from mama_desktop.i18n import Language
from mama_desktop.services import sources
from mama_desktop.services.column_mapping import label_of_field
from mama_desktop.services.import_draft import (
    Preview,
    as_newer,
    label_of,
    make_draft,
    previewed,
    store,
    words_of,
)
from mama_desktop.services.returned_forms import open_any
from mama_desktop.services.source_rows import plain_value
from mama_desktop.services.taking_in import Taken
from mama_desktop.store.database import Database

NO_FORM = "none"


def prepare(db: Database, event_id: str, path: Path, *, language: str = "sl", newer: str = "") -> Preview:
    """Read a file, recognise its columns (as remembered for its shape) and compare it; nothing is written.

    newer: the name of the form that the file is a newer export of, or NO_FORM; unsaid, a form that is only like an
    earlier one is another form, and the report asks.
    """
    draft = make_draft(db, event_id, open_any(db, event_id, path), language=language)
    if newer:
        profile = None if fold(newer) == NO_FORM else db.read(sources.form_called, newer)
        draft = as_newer(replace(draft, perhaps=profile), profile is not None, language=language)
    elif draft.perhaps is not None:
        draft = as_newer(draft, False, language=language)
    return previewed(db, draft)


def take_in_defaults(db: Database, preview: Preview, *, over_capacity: bool = False) -> Taken:
    """Take in the good rows as proposed; possible matches and rows with a problem stay out.

    Raises OverCapacity when the file accepts more than there are places for and nobody wants that.
    """
    taken: Taken = db.write(
        store, preview, db.clock.now(), over_capacity=over_capacity, label=partial(label_of, preview.draft.name)
    )
    return taken


def report(preview: Preview, taken: Taken | None, *, words: Language) -> dict[str, Any]:
    """For machines: the number of rows in each group, and every problem row with its reasons."""
    return {
        "file": preview.draft.name,
        "form": preview.draft.profile.name if preview.draft.profile else None,
        "perhaps_newer_of": _asked(preview) or None,
        "dry_run": taken is None,
        "groups": preview.comparison.counts(),
        "problems": [
            {"row": row.line, "name": row.name, "reasons": [words.say(p) for p in row.problems]}
            for row in preview.comparison.group("problem")
        ],
        "clash": [
            {"row": row.line, "name": row.name, "field": words.say(label_of_field(change.field)),
             "said_before": plain_value(change.said_before), "ours": plain_value(change.before),
             "theirs": plain_value(change.after)}
            for row, change in preview.clashes()
        ],
        "withdrawn": [
            {"row": one.line or None, "name": one.name, "status": one.status, "reason": words.say(one.reason),
             "cancelled": preview.decisions.cancels(one)}
            for one in preview.comparison.withdrawn
        ],
        "perhaps_only_a_part": preview.comparison.partial,
        "skipped": [
            {"row": row.line, "name": row.name, "reasons": [words.say(p) for p in row.problems]}
            for row in preview.comparison.group("skipped")
        ],
        "not_stored": [{"column": label, "reason": words.say(why)} for label, why in preview.read.dropped],
        "taken": None if taken is None else {
            "new": taken.new, "changed": taken.changed, "unchanged": taken.unchanged, "cancelled": taken.cancelled,
            "notes": [words.say(note) for note in taken.notes],
            "over_capacity": [
                {"kind": one.kind, "name": words.say(one.name) if one.name else one.value, "taken": one.taken,
                 "places": one.places}
                for one in taken.over
            ],
        },
    }  # fmt: skip


def _asked(preview: Preview) -> str:
    """The name of the form of which it is not said whether the file is a newer export."""
    draft = preview.draft
    return draft.perhaps.name if draft.perhaps is not None and draft.profile is None else ""


def report_lines(preview: Preview, taken: Taken | None) -> Iterator[Text]:
    """The same for people."""
    counts = preview.comparison.counts()
    yield T(
        "New: {new}. Already registered: {known} (to change: {changed}). Possible matches: {possible}. "
        "Repeated: {repeated}. Rows with a problem: {problem}. No registrations: {skipped}.",
        new=counts["new"], known=counts["registered"], changed=counts["changed"], possible=counts["possible"],
        repeated=counts["repeated"], problem=counts["problem"], skipped=counts["skipped"],
    )  # fmt: skip
    if asked := _asked(preview):
        yield T("Is this a newer export of “{form}”?", form=asked)
        yield T(
            "It was read as another form. With --newer-of “{form}” what was changed and who withdrew is found; with "
            "--newer-of none you will not be asked.", form=asked,
        )  # fmt: skip
    if counts["withdrawn"]:
        yield T("Withdrawn: {withdrawn} (of whom {cancelled} to be cancelled, because the tool says so).",
                withdrawn=counts["withdrawn"], cancelled=preview.cancelling())  # fmt: skip
    if preview.comparison.partial:
        yield T(
            "Much of the form is missing in this file; perhaps it is only a part of it. Nobody is cancelled for that."
        )
    for one in preview.comparison.withdrawn:
        yield T("{name}: {reason}", name=one.name, reason=one.reason)
    for row, change in preview.clashes():
        yield T(
            "Row {row}, {name}: {field} was changed here and in the form; ours stays until somebody decides.",
            row=row.line, name=row.name, field=label_of_field(change.field),
        )  # fmt: skip
    for line in preview.comparison.group("skipped") if preview.draft.is_forms else ():
        # Files out of which nobody is taken.
        yield from (T("{name}: {reason}", name=line.name, reason=problem) for problem in line.problems)
    for label, why in preview.read.dropped:
        yield T("Column “{column}”: {reason}", column=label, reason=why)
    for row in preview.comparison.group("problem"):
        for problem in row.problems:
            yield T("Row {row}: {reason}", row=row.line, reason=problem)
    if taken is None:
        yield T("Nothing was written: this was a trial.")
    else:
        yield words_of(taken)
        yield from taken.notes
        if taken.over:
            yield T("Accepted over capacity, as you asked:")
            yield from (T("{name}: {now}", name=one.name or verbatim(one.value), now=one.now) for one in taken.over)
