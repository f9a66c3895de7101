"""A registration form goes out empty and comes back filled in by any program: nothing of it is lost or guessed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, NameObject, TextStringObject
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption, EventOption
from mama_desktop.domain.consents import Consent
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import documents, importing, office, papers_form, questions
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 1, 12)
SAY = language("sl").say


def _filled(session: Session) -> dict[str, str]:
    event = factories.make_event(
        session, "2020-04-klub", title_sl="Klub mladih", title_en="Youth club", deadline=dt.date(2020, 3, 25)
    )
    office.set_settings(session, {"office.email": "info@primer.si", "office.name_sl": "Mreža"})

    def ask(**values: Any) -> str:
        return questions.save(session, event.id, **values)

    both = [{"sl": "z vlakom", "en": "by train"}, {"sl": "peš, čez most", "en": "on foot"}]
    themes = [{"sl": "gozd", "en": "forest"}, {"sl": "reka", "en": "river"}, {"sl": "žetev", "en": "harvest"}]
    keys = {
        "event": event.id,
        "why": ask(kind="long-text", label_sl="Zakaj?", label_en="Why?"),
        "how": ask(kind="choice", label_sl="Kako pridete?", label_en="How will you come?", choices=both),
        "what": ask(kind="choices", label_sl="Kaj vas zanima?", label_en="What interests you?", choices=themes),
        "first": ask(kind="bool", label_sl="Ste prvič tu?", label_en="Is it your first time?"),
        "years": ask(kind="number", label_sl="Koliko let?", label_en="How many years?"),
        "when": ask(kind="date", label_sl="Od kdaj?", label_en="Since when?"),
        "birth": ask(kind="field", field_key="birth_date"),
        "diet": ask(kind="field", field_key="diet"),
    }
    for number, name in enumerate(("Gledališče", "Čebelarstvo")):
        option = EventOption(
            event_id=event.id, position=number, group_sl="Delavnica", group_en="Workshop", name_sl=name,
            places=1 if number else None,
        )  # fmt: skip
        session.add(option)
        session.flush()
        keys[f"option{number}"] = option.id
    return keys


@pytest.fixture
def keys(sqlite_db: Database) -> dict[str, str]:
    return sqlite_db.write(_filled, label=T("Test"))


@pytest.fixture
def form(sqlite_db: Database, keys: dict[str, str], tmp_path: Path) -> Path:
    assert keys
    path = tmp_path / "prijavnica.pdf"
    documents.make(sqlite_db, "registration-form", "2020-04-klub", path, language="sl")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "vrnjene"
    path.mkdir()
    return path


def fill(form: Path, to: Path, words: Mapping[str, str], boxes: Mapping[str, str] | None = None) -> Path:
    """As a program fills a form in: texts, and the states of boxes and circles."""
    writer = PdfWriter(clone_from=form)
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(words), auto_regenerate=False)
        for annotation in page["/Annots"]:  # type: ignore[attr-defined]  # an array of the PDF
            widget = annotation.get_object()
            owner = widget.get("/Parent", widget).get_object()
            wanted = (boxes or {}).get(str(owner.get("/T")))
            if wanted is None or owner.get("/FT") != "/Btn":
                continue
            state = NameObject(f"/{wanted}")
            if widget is owner or state in widget["/AP"]["/N"]:
                widget[NameObject("/AS")] = state
                owner[NameObject("/V")] = state
    writer.write(to)
    writer.close()
    return to


def ana(form: Path, to: Path, keys: Mapping[str, str], **more: str) -> Path:
    words = {
        "given_name": "Špela", "family_name": "Đurić Čuček", "email": "spela@primer.si", "phone": "+386 40 123 456",
        "organisation": "Mladinski center Žužemberk", "town": "Žužemberk", "country": "Hrvaška",
        f"q_{keys['why']}": "Ker rada hodim.\nIn ker je čez mejo še lepše: šumniki čšž ČŠŽ đĐ ćĆ.",
        f"q_{keys['years']}": "3", f"q_{keys['when']}": "2.4.2019", "birth_date": "5. marec 1999",
        **more,
    }  # fmt: skip
    boxes = {
        f"q_{keys['how']}": "c2", f"q_{keys['what']}__c1": "Yes", f"q_{keys['what']}__c3": "Yes",
        f"q_{keys['first']}": "no", "diet__vegan": "Yes", f"o_{keys['option0']}": keys["option1"], "c_photo": "yes",
        "c_publication": "no", "c_data": "Yes",
    }  # fmt: skip
    return fill(form, to, words, boxes)


def registered(db: Database) -> list[tuple[Person, Registration]]:
    def query(session: Session) -> list[tuple[Person, Registration]]:
        found = session.execute(select(Person, Registration).join(Registration).order_by(Person.family_name))
        return [(person, registration) for person, registration in found]

    return db.read(query)


def counts(db: Database, keys: Mapping[str, str], path: Path) -> dict[str, int]:
    found = importing.prepare(db, keys["event"], path).comparison.counts()
    return {name: number for name, number in found.items() if number}


def take_in(db: Database, keys: Mapping[str, str], path: Path) -> Any:
    return importing.take_in_defaults(db, importing.prepare(db, keys["event"], path))


def test_a_filled_form_is_read_back_to_the_letter(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "Špela Đurić.pdf", keys)
    assert take_in(sqlite_db, keys, folder).new == 1
    ((person, registration),) = registered(sqlite_db)
    assert (person.given_name, person.family_name) == ("Špela", "Đurić Čuček")
    assert (person.email, person.phone) == ("spela@primer.si", "+386 40 123 456")
    assert (person.town, person.country, person.language) == ("Žužemberk", "HR", "sl")
    assert person.birth_date == dt.date(1999, 3, 5)
    assert registration.diet == ["vegan"]
    assert registration.answers == {
        keys["why"]: "Ker rada hodim.\nIn ker je čez mejo še lepše: šumniki čšž ČŠŽ đĐ ćĆ.",
        keys["how"]: "c2", keys["what"]: ["c1", "c3"], keys["first"]: False, keys["years"]: 3,
        keys["when"]: "2019-04-02",
    }  # fmt: skip
    assert registration.source_line == "Špela Đurić.pdf"


def test_consents_and_choices_go_where_they_belong(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "a.pdf", keys)
    take_in(sqlite_db, keys, folder)
    decided = sqlite_db.read(lambda s: {c.purpose: (c.given, c.source) for c in s.scalars(select(Consent))})
    assert decided == {"photo": (True, "form"), "publication": (False, "form"), "data": (True, "form")}
    assert sqlite_db.read(lambda s: list(s.scalars(select(ChosenOption.option_id)))) == [keys["option1"]]
    sqlite_db.undo()
    assert sqlite_db.read(lambda s: list(s.scalars(select(Consent)))) == []


def test_the_same_form_again_changes_nothing(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "a.pdf", keys)
    take_in(sqlite_db, keys, folder)
    assert counts(sqlite_db, keys, folder) == {"registered": 1, "unchanged": 1}
