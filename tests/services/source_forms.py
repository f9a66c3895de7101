"""Exports of a form as a test writes them, and what is asked after they are taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T, fold
from mama_desktop.services import importing
from mama_desktop.services.import_draft import Preview
from mama_desktop.store.database import Database

HEADINGS = ("Časovni žig", "Ime", "Priimek", "E-naslov", "Telefon", "Organizacija", "Datum rojstva", "Opombe", "Majica")
Line = dict[str, Any]


def line(day: int, given: str, family: str, **more: str) -> Line:
    sent = f"2020-02-{day:02} 08:15:30"
    return {"Časovni žig": sent, "Ime": given, "Priimek": family, "E-naslov": f"{fold(given)}@example.org", **more}


ANA = line(1, "Ana", "Kovač", Telefon="041 111 222", Majica="M", Opombe="vlak")
ZAN = line(2, "Žan", "Đurić", Telefon="041 333 444", Majica="L")
EVA = line(3, "Eva", "Kos", Majica="S", Organizacija="MC Krško")


def write(folder: Path, *lines: Line, name: str = "Klub (Odgovori).xlsx", headings: tuple[str, ...] = HEADINGS) -> Path:
    book = Workbook()
    book.active.append(list(headings))
    for one in lines:
        book.active.append([one.get(heading) for heading in headings])
    book.save(folder / name)
    return folder / name


def preview(db: Database, event: str, folder: Path, *lines: Line, **more: Any) -> Preview:
    return importing.prepare(db, event, write(folder, *lines, **more))


def take(db: Database, event: str, folder: Path, *lines: Line, **more: Any) -> None:
    importing.take_in_defaults(db, preview(db, event, folder, *lines, **more))


def edit(db: Database, given: str, **values: Any) -> None:
    def change(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.given_name == given)).one()
        ours = session.scalars(select(Registration).where(Registration.person_id == person.id)).one()
        for key, value in values.items():
            setattr(person if hasattr(Person, key) and key != "remarks" else ours, key, value)

    db.write(change, label=T("Test"))


def registration(db: Database, given: str) -> Registration:
    query = select(Registration).join(Person, Person.id == Registration.person_id).where(Person.given_name == given)
    found: Registration = db.read(lambda s: s.scalars(query).one())
    return found


def kept(db: Database) -> list[Any]:
    query = select(SourceRow).order_by(SourceRow.id)
    found: list[Any] = db.read(lambda s: [(r.id, r.values, r.gone_at, r.registration_id) for r in s.scalars(query)])
    return found


def proposed(preview: Preview) -> list[tuple[str, str, Any, bool, bool]]:
    return [(r.name, c.field, c.after, c.ticked, c.clash) for r in preview.comparison.rows for c in r.changes]
