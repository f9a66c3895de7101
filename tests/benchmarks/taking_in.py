"""Figures of the intake: 10,000 rows of a workbook into a workspace of 100,000 people."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import insert

from mama_desktop.domain.base import new_key
from mama_desktop.domain.clock import Clock
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.opening import open_file
from mama_desktop.services import column_mapping, taking_in
from mama_desktop.store import journal_triggers
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.engine import WRITES
from mama_desktop.store.workspace import create_workspace, open_workspace
from tests.benchmarks.large import make_large, person
from tests.benchmarks.measuring import Figure, Measure, is_tiny, note, ratio, sized
from tests.factories import make_event

PEOPLE = 100_000
ROWS = 10_000
_TIMES = 3
_HEADINGS = (
    "Časovni žig", "Ime", "Priimek", "E-pošta", "Telefon", "Datum rojstva", "Spol", "Ulica in hišna številka",
    "Poštna številka", "Kraj", "Država", "Organizacija", "Prehrana", "Opombe", "Velikost majice",
)  # fmt: skip
_GENDERS = {"female": "ženski", "male": "moški", "unknown": ""}


def import_of_many() -> list[Figure]:
    """Reading, matching, writing and the journal, against calamine's reading and the bare inserts of the same rows.

    Processor seconds, those of the reading child process included, of each the best of several in turn: other work on
    the machine counts little, though it makes the processor itself slower.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "prijave.xlsx")
        make_file(file, sized(ROWS), sized(PEOPLE))
        workspace = Path(folder, "large.mama")
        event_id = _make(workspace)
        runs, bare_runs = [], []
        for _ in range(1 if is_tiny() else _TIMES):
            runs.append(_whole(workspace, event_id, file, _import))
            bare_runs.append(_whole(workspace, event_id, file, _bare))
    parts, bare_parts = min(runs, key=_without_undo), min(bare_runs, key=_without_undo)
    whole, bare, undoing = _without_undo(parts), _without_undo(bare_parts), parts["undo"]
    each = zip(map(_without_undo, runs), map(_without_undo, bare_runs), strict=True)
    note("each time " + ", ".join(f"{mine:.2f} against {theirs:.2f} s" for mine, theirs in each))
    for what in (parts, bare_parts):
        note(", ".join(f"{name} {seconds:.2f} s" for name, seconds in what.items()))
    return [
        ratio("import of 10,000 rows into 100,000 people, against calamine and bare inserts", whole, bare, 5.0),
        ratio("undo of that import, against its writing alone", undoing, parts["writing"], 2.0),
    ]


FIGURES: list[Measure] = [import_of_many]


def make_file(path: Path, rows: int, people: int) -> None:
    """Of ten rows three are of known people as we know them, one of a known person with a new e-mail, one with a
    typing error in the name, five of people whom nobody knows (whose name may well be somebody's)."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet("Odgovori")
    page.append(list(_HEADINGS))
    for number in range(rows):
        turn = number % 10
        who = person(number * (people // rows) if turn < 5 else people + number)
        family = who["family_name"]
        if turn >= 5 and turn % 2:
            family = f"{family}{'bcdfghkl'[number // 10 % 8]}e"
        if turn == 4:
            family = family[:-1] + "x"
        page.append([
            "20. 2. 2020 8:15:30", who["given_name"], family,
            f"nov{number}@example.org" if turn == 3 else who["email"], who["phone"], who["birth_date"],
            _GENDERS[who["gender"]], who["street"], who["postal_code"], who["town"], "Slovenija",
            f"MC Vzorec {number % 250 + 1}", "vegetarijansko" if number % 5 == 0 else "", "", "SML"[number % 3],
        ])  # fmt: skip
    workbook.save(path)


def _make(workspace: Path) -> str:
    """A new workspace of 100,000 people; the key of an event without registrations."""
    db = create_workspace(workspace, actor=Actor("Ana", "here"))
    people = sized(PEOPLE)
    db.write(make_large, people=people, events=2, registrations=people // 50, crowd=people // 100, label=T("Large"))
    event_id = db.write(make_event, label=T("An event")).id
    db.close()
    return event_id


def _whole(
    workspace: Path, event_id: str, file: Path, work: Callable[[Database, str, Path], dict[str, float]]
) -> dict[str, float]:
    """Processor seconds of the parts of `work` in a copy of the workspace."""
    with tempfile.TemporaryDirectory(dir=workspace.parent) as folder:
        db = open_workspace(shutil.copy(workspace, Path(folder, "copy.mama")), actor=Actor("Ana", "here"), window=False)
        parts = work(db, event_id, file)
        db.close()
    return parts


def _without_undo(parts: dict[str, float]) -> float:
    return sum(seconds for name, seconds in parts.items() if name != "undo")


def _import(db: Database, event_id: str, file: Path) -> dict[str, float]:
    parts: dict[str, float] = {}
    with _timed(parts, "reading"):
        table = open_file(file).table
    with _timed(parts, "understanding"):
        mapping = recognise(table, column_mapping.targets())
        read = candidates(table, mapping, choices=column_mapping.choices())
    clock = Clock()
    with _timed(parts, "matching"):
        comparison = db.read(taking_in.compare, event_id, read, today=clock.today(), form=mapping.fingerprint)
    note(str(comparison.counts()))
    decisions = taking_in.Decisions(people={row.line: taking_in.NEW for row in comparison.group("possible")})
    with _timed(parts, "writing"):
        taken = db.write(
            taking_in.take_in,
            comparison,
            decisions,
            source=file.name,
            now=clock.now(),
            label=T("Take in registrations"),
        )
    note(f"{taken.new} registrations, {taken.new_people} people, {taken.new_organisations} organisations")
    with _timed(parts, "undo"):
        db.undo()
    return parts


def _bare(db: Database, event_id: str, file: Path) -> dict[str, float]:
    with db.engine.execution_options(**{WRITES: True}).begin() as connection:
        journal_triggers.remove(connection)
    people = [_ready(person(sized(PEOPLE) + number)) for number in range(sized(ROWS))]
    registrations = [
        {"id": new_key(), "event_id": event_id, "person_id": who["id"], "status": "applied", "role": "participant",
         "diet": [], "allergies": "", "remarks": "", "source": "import", "source_line": "", "answers": {}}
        for who in people
    ]  # fmt: skip
    parts: dict[str, float] = {}
    with _timed(parts, "calamine"):
        CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    with db.engine.execution_options(**{WRITES: True}).begin() as connection, _timed(parts, "inserts"):
        connection.execute(insert(Person.metadata.tables["person"]), people)
        connection.execute(insert(Person.metadata.tables["registration"]), registrations)
    return parts


def _ready(values: dict[str, Any]) -> dict[str, Any]:
    more = {"id": new_key(), "other_phone": "", "age_group": "", "function": "", "remarks": ""}
    return values | more | Person.derived(values)


class _timed:
    """Processor seconds of this process and its children, put under a name."""

    def __init__(self, parts: dict[str, float], name: str) -> None:
        self.parts, self.name = parts, name

    def __enter__(self) -> None:
        self.start = sum(os.times()[:4])

    def __exit__(self, *_: object) -> None:
        self.parts[self.name] = sum(os.times()[:4]) - self.start
