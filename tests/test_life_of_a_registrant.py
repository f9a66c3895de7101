"""The life of one registrant: from a row in the office's workbook to a signed sheet and a counted presence.

Real files, a real workspace, no mocks: read, preview, one write, the list in Excel, the list read back, a printed
sheet, late registrations, the key-in by the sheet's own numbers, a walk-in, and everything taken back again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import (
    attendance,
    documents,
    events,
    importing,
    issues,
    overview,
    people,
    registrations,
    sessions,
    walk_ins,
)  # fmt: skip
from mama_desktop.sheets.pages import page_count
from mama_desktop.store.database import Database

FILE = resources.path("samples", "prijave-klub-mama.xlsx")
NOW = dt.datetime(2020, 4, 3, 18, 0)
DONE = T("Test")


@pytest.fixture
def event(db: Database) -> str:
    return db.write(
        events.add_event, "Klub MaMa 2020", starts_on=dt.date(2020, 4, 2), ends_on=dt.date(2020, 4, 3), capacity=60,
        venue="Mladinski center Krško", town="Krško", country="SI", label=DONE,
    )  # fmt: skip


def _count(db: Database, record: type) -> int:
    return db.read(lambda session: session.scalar(select(func.count()).select_from(record)) or 0)


def _keys(db: Database, event: str, *statuses: str) -> list[str]:
    return list(db.read(registrations.registrations, event, keys=["family_name"], statuses=statuses or None).keys)


def test_the_life_of_one_registrant(db: Database, event: str, tmp_path: Path) -> None:
    # A row in the office's workbook is read and compared; nothing is written yet.
    plan = importing.prepare(db, event, FILE)
    before = plan.comparison.counts()
    assert before["new"] >= 20
    assert before["problem"] == 2
    assert _count(db, Registration) == 0

    # One write takes all in.
    taken = importing.take_in_defaults(db, plan)
    assert taken.new == before["new"] == _count(db, Registration)

    # It is decided.
    accepted = _keys(db, event)[:15]
    db.write(registrations.set_status, accepted, "accepted", now=NOW, label=DONE)
    (row,) = db.read(overview.events_overview)
    assert (row.registered, row.accepted, row.present) == (taken.new, 15, None)

    # The list goes to Excel, and coming back it finds everyone registered, with nothing to change.
    path = tmp_path / "seznam.xlsx"
    documents.make(db, "participant-list", row.code, path, language="sl")
    book = openpyxl.load_workbook(path)
    assert book.worksheets[0].freeze_panes is not None
    again = importing.prepare(db, event, path).comparison.counts()
    assert (again["new"], again["changed"], again["possible"], again["problem"]) == (0, 0, 0, 0)
    assert again["unchanged"] == taken.new

    # A sheet is printed for the first day; then three more are accepted.
    day_one = db.write(_first_session, event, label=DONE)
    issued = db.write(issues.issue_sign_in, event, now=NOW, sessions=[day_one], language="both", label=DONE)
    assert issued.pdf.startswith(b"%PDF")
    assert page_count(issued.pdf) == issued.pages
    late = _from_the_first_day(db, event, "applied")[:3]
    db.write(registrations.set_status, late, "accepted", now=NOW, label=DONE)

    # The printed sheet is keyed in by its own rows and numbers.
    shown = db.read(attendance.rows_to_key_in, code=issued.code)
    on_paper = [r for r in shown.rows if r.registration_id]
    # Whoever arrives on the second day is not on the first day's sheet.
    assert 12 <= len(on_paper) <= 15
    assert [r.number for r in on_paper] == list(range(1, len(on_paper) + 1))
    assert not {r.registration_id for r in on_paper} & set(late)
    assert {r.proposed for r in on_paper} <= {"present", "absent"}

    # The late ones stand on a supplement that counts on.
    added = db.write(issues.supplement, issued.issue_id, now=NOW, label=DONE)
    numbers = [r.number for r in db.read(attendance.rows_to_key_in, code=added.code).rows if r.registration_id]
    assert len(numbers) == 3
    assert min(numbers) > max(r.number for r in shown.rows)

    # Somebody unannounced signed on a blank line.
    blank = next(r for r in shown.rows if r.registration_id is None)
    db.write(
        walk_ins.add_walk_in, event, day_one, name="Žiga Nenapovedan", organisation="MC Krško", number=blank.number,
        code=issued.code, who="Ana", now=NOW, label=DONE,
    )  # fmt: skip

    # Until it is confirmed it says "not keyed in"; then it counts, one exception marked.
    assert db.read(overview.events_overview)[0].present is None
    marks = dict(db.read(attendance.rows_to_key_in, code=issued.code).proposals())
    marks[on_paper[0].registration_id or ""] = "absent"
    db.write(
        attendance.confirm, day_one, who="Ana", now=NOW, code=issued.code, marks=marks, without_other_sheets=True,
        label=DONE,
    )  # fmt: skip
    expected = sum(1 for mark in marks.values() if mark == "present")
    assert db.read(overview.events_overview)[0].present == expected

    # Every step is taken back, one by one, down to the empty workspace.
    while db.undo_label() is not None:
        db.undo()
    assert [_count(db, r) for r in (Registration, Person, Organisation)] == [0, 0, 0]


def _from_the_first_day(db: Database, event: str, status: str) -> list[str]:
    """Registrations of people who do not arrive only on the second day."""
    listing = db.read(registrations.registrations, event, keys=["arrival"], statuses=[status])
    rows = zip(listing.keys, listing.rows, strict=True)
    return [key for key, (arrival,) in rows if arrival is None or arrival <= dt.date(2020, 4, 2)]


def _first_session(session: Session, event: str) -> str:
    sessions.ensure_sessions(session, event)
    return sessions.sessions_of(session, event)[0].id


def test_siblings_on_one_address_stay_two_people(db: Database, event: str, tmp_path: Path) -> None:
    path = tmp_path / "prijave.csv"
    path.write_text(
        "Ime;Priimek;E-pošta\nAna;Zupan;druzina@example.org\nBor;Zupan;druzina@example.org\n", encoding="utf-8"
    )
    assert importing.take_in_defaults(db, importing.prepare(db, event, path)).new == 2
    assert {name for name, _ in db.read(_names)} == {"Ana", "Bor"}


def _names(session: Session) -> list[tuple[str, str]]:
    return [(given, family) for given, family in session.execute(select(Person.given_name, Person.family_name))]


SHAPES = sorted(p.name for p in resources.path("samples").iterdir() if p.is_file() and p.suffix != ".md")


@pytest.mark.parametrize("name", SHAPES)
def test_every_sample_file_is_taken_in_and_then_known(sqlite_db: Database, name: str) -> None:
    key = sqlite_db.write(events.add_event, "Vzorec", starts_on=dt.date(2020, 4, 2), label=DONE)
    path = resources.path("samples", name)
    taken = importing.take_in_defaults(sqlite_db, importing.prepare(sqlite_db, key, path))
    assert taken.new >= 3
    again = importing.prepare(sqlite_db, key, path).comparison.counts()
    assert (again["new"], again["changed"]) == (0, 0)
    assert sqlite_db.read(people.people).rows
