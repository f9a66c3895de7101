"""Figures of the store: search at a keystroke over 100,000 people, the price of the journal, and undo."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from mama_desktop.domain.base import new_key
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.store import journal_triggers
from mama_desktop.store.database import Actor
from mama_desktop.store.engine import WRITES
from mama_desktop.store.search import find
from mama_desktop.store.workspace import create_workspace
from tests.benchmarks.measuring import Figure, Measure, sized
from tests.factories import make_event

_PEOPLE = 100_000
_ROWS = 10_000
_SYLLABLES = "ba be bo ko lo la mi mo no na pe ra re ro sa si ta te va vo vi ze zo vak jan ma ja lu ka ter".split()
_QUERIES = (
    "a", "n", "an", "ov", "zz", "ana", "nov", "nova", "novak", "novak a", "a n", "z q", "ana no", "vak ana", "ovak",
    "xyz", "40 123", "example", "example.org", "mama.n", "žagar", "ovak@example",
)  # fmt: skip


def search() -> list[Figure]:
    """The slowest of typical queries, best of three each, with everything between the key and the hits."""
    with tempfile.TemporaryDirectory() as folder:
        db = create_workspace(Path(folder, "search.mama"), actor=Actor("Ana", "here"))
        db.write(lambda s: s.execute(insert(Person), _people(sized(_PEOPLE))), label=T("People"))
        worst = max(_best(lambda q=query: db.read(find, q, 30)) for query in _QUERIES)  # type: ignore[misc]
        db.close()
    return [("search over 100,000 people, slowest of typical words", worst * 1000, 10.0, "ms")]


def journal() -> list[Figure]:
    """10,000 people and 10,000 registrations in one write, with the journal and without; then undone."""
    with tempfile.TemporaryDirectory() as folder:
        with_journal, undoing = _import(Path(folder, "a.mama"), journalled=True)
        without, _ = _import(Path(folder, "b.mama"), journalled=False)
    return [
        ("10,000 people and registrations, journalled against bare", with_journal / without, 1.6, "×"),
        ("Undo of that import against the import", undoing / with_journal, 2.0, "×"),
    ]


FIGURES: list[Measure] = [search, journal]


def _import(path: Path, *, journalled: bool) -> tuple[float, float]:
    """Processor seconds of the import and of its undo, best of three: other work on the machine does not count."""
    db = create_workspace(path, actor=Actor("Ana", "here"))
    event = db.write(make_event, label=T("An event")).id
    if not journalled:
        with db.engine.execution_options(**{WRITES: True}).begin() as connection:
            journal_triggers.remove(connection)
    imports, undos = [], []
    for _ in range(3):
        rows = _people(sized(_ROWS)), []  # type: ignore[var-annotated]  # filled in the next line
        rows[1].extend({"event_id": event, "person_id": person["id"]} for person in rows[0])
        start = time.process_time()
        db.write(_insert, *rows, label=T("Import"))
        imports.append(time.process_time() - start)
        if journalled:
            start = time.process_time()
            db.undo()
            undos.append(time.process_time() - start)
    db.close()
    return min(imports), min(undos, default=0.0)


def _insert(session: Session, people: Sequence[dict[str, Any]], registrations: Sequence[dict[str, Any]]) -> None:
    session.execute(insert(Person), people)
    session.execute(insert(Registration), registrations)


def _people(count: int) -> list[dict[str, Any]]:
    chance = random.Random(1)
    people = []
    for number in range(count):
        given = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3))))
        family = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3)))) if number % 50 else "novak"
        values = {
            "given_name": given.capitalize(), "family_name": family.capitalize(), "town": "Krško", "country": "SI",
            "email": f"{given}.{family}{number % 97}@example.org", "phone": f"+38640{chance.randrange(10**6):06}",
        }  # fmt: skip
        people.append({"id": new_key(), **values, **Person.derived(values)})
    return people


def _best(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
