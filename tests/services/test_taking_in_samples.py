"""Each sample file goes in, and coming again finds everybody registered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mama_desktop import resources
from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import Candidates, candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.reading import read_file
from mama_desktop.services import column_mapping, taking_in
from mama_desktop.services.taking_in import NEW, TAKE, Comparison, Decisions
from mama_desktop.store.database import Database
from tests.factories import make_event

NOW = dt.datetime(2020, 3, 2, 9, 12)
FILES = sorted(path for path in resources.path("samples").iterdir() if path.is_file() and path.suffix != ".md")


def read(path: Path) -> tuple[Candidates, int]:
    table = read_file(path).table
    mapping = recognise(table, column_mapping.targets())
    found = candidates(table, mapping, choices=column_mapping.choices(), around=dt.date(2020, 4, 2))
    return found, len(table.rows)


def decided(comparison: Comparison) -> Decisions:
    """Everybody is somebody new, and what is only odd is taken as it is."""
    people = dict.fromkeys((row.line for row in comparison.group("possible")), NEW)
    return Decisions(people=people | dict.fromkeys((row.line for row in comparison.group("problem")), TAKE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_goes_in_and_is_known_the_next_time(sqlite_db: Database, path: Path) -> None:
    event_id = sqlite_db.write(lambda session: make_event(session).id, label=T("Test"))
    found, rows = read(path)
    first = sqlite_db.read(taking_in.compare, event_id, found, today=NOW.date())
    assert len(first.rows) == len({row.line for row in first.rows}) == rows
    taken = sqlite_db.write(
        taking_in.take_in, first, decided(first), source=path.name, now=NOW, label=T("Take in registrations")
    )
    assert taken.new + len(taken.skipped) == rows
    assert taken.new > 0
    again = sqlite_db.read(taking_in.compare, event_id, found, today=NOW.date())
    counts = again.counts()
    changed = [(row.line, row.name, row.changes) for row in again.rows if row.changes]
    assert changed == []
    assert counts["new"] == counts["possible"] == 0
    assert counts["unchanged"] + sum(bool(row.person) for row in again.group("problem")) == taken.new
