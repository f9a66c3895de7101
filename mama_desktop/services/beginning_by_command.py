"""An old list of organisations, people or events from the command line: compared as proposed, said, taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import beginning, beginning_writing, list_fields
from mama_desktop.services.beginning import CHANGED, NEW_ONE, POSSIBLE, PROBLEM, REPEATED, SAME, ListPreview
from mama_desktop.services.beginning_writing import ListTaken
from mama_desktop.store.database import Database

KINDS = {
    "organisations": list_fields.ORGANISATION, "people": list_fields.PERSON, "events": list_fields.EVENT,
}  # fmt: skip


def prepare_list(db: Database, kind: str, path: Path) -> ListPreview:
    """Read a list and compare it; nothing is written. kind: a key of KINDS."""
    found: ListPreview = db.read(beginning.previewed, beginning.open_list(db, KINDS[kind], path))
    return found


def take_in_proposed(db: Database, preview: ListPreview) -> ListTaken | None:
    """Take in what is proposed; possible matches and problems stay out. None where there is nothing to do."""
    if preview.to_do() == (0, 0):
        return None
    taken: ListTaken = db.write(
        beginning_writing.take_in_list, preview, now=db.clock.now(),
        label=T("Take in {file}", file=preview.draft.name),
    )  # fmt: skip
    return taken


def list_report(preview: ListPreview, taken: ListTaken | None, *, dry_run: bool, words: Language) -> dict[str, Any]:
    """For machines."""
    return {
        "file": preview.draft.name, "kind": preview.draft.noun, "dry_run": dry_run, "groups": preview.counts(),
        "columns": {column.label: column.key for column in preview.draft.mapping.columns},
        "rows": [
            {"row": row.line, "group": row.group, "name": row.name,
             "reasons": [words.say(said) for said in (*row.problems, *row.unread, *row.notices)]}
            for row in preview.rows if row.problems or row.unread or row.notices or row.group == POSSIBLE
        ],
        "unread": preview.unread(),
        "along": [
            {"kind": one.kind, "name": one.name, "rows": one.rows, "added": one.taken} for one in preview.along
        ],
        "taken": None if taken is None else {
            "new": taken.new, "changed": taken.changed, "notes": [words.say(note) for note in taken.notes],
        },
    }  # fmt: skip


def list_lines(preview: ListPreview, taken: ListTaken | None, *, dry_run: bool) -> Iterator[Text]:
    """The same for people."""
    counts = preview.counts()
    yield T(
        "New: {new}. With changes: {changed}. Known, nothing new: {same}. Possible matches: {possible}. "
        "Rows with a problem: {problem}. Left out: {left}.",
        new=counts[NEW_ONE], changed=counts[CHANGED], same=counts[SAME], possible=counts[POSSIBLE],
        problem=counts[PROBLEM], left=counts[REPEATED],
    )  # fmt: skip
    for row in preview.rows:
        for said in (*row.problems, *row.unread, *row.notices):
            yield T("Row {row}: {reason}", row=row.line, reason=said)
        if row.group == POSSIBLE:
            names = ", ".join(option.name for option in row.options)
            yield T("Row {row}: {name} may be {names}.", row=row.line, name=row.name, names=names)
    if names := ", ".join(one.name for one in preview.along if one.taken):
        yield T("Will be added along with the list: {names}.", names=names)
    if names := ", ".join(one.name for one in preview.along if not one.taken):
        yield T("Not known here, the words go into the remarks: {names}.", names=names)
    if dry_run:
        yield T("Nothing was written: this was a trial.")
    elif taken is None:
        yield T("There is nothing to take in.")
    else:
        yield beginning.words_of(taken.noun, taken.new, taken.changed)
        yield from taken.notes
