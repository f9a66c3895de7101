"""A registration form goes out empty and comes back filled in by any program: nothing of it is lost or guessed."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, NameObject
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import ChosenOption, EventOption
from mama_desktop.domain.consents import Consent
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import capacity, documents, importing, office, papers_form, questions
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


def test_the_last_of_two_forms_counts(sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path) -> None:
    for number, town in (("a", "Krško"), ("b", "Koper")):
        path = ana(form, folder / f"{number}.pdf", keys, town=town)
        os.utime(path, (1_583_000_000 + ord(number), 1_583_000_000 + ord(number)))
    shutil.copy2(folder / "b.pdf", folder / "b - kopija.pdf")
    assert counts(sqlite_db, keys, folder) == {"new": 1, "repeated": 2}
    take_in(sqlite_db, keys, folder)
    ((person, _),) = registered(sqlite_db)
    assert person.town == "Koper"


def test_a_form_sent_anew_follows_the_person_and_not_the_office(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "a.pdf", keys)
    take_in(sqlite_db, keys, folder)

    def office_mends(session: Session) -> None:
        session.scalars(select(Registration)).one().remarks = "poklicala"
        session.scalars(select(Person)).one().town = "Ljubljana"

    sqlite_db.write(office_mends, label=T("Test"))
    path = ana(form, folder / "a.pdf", keys, **{f"q_{keys['years']}": "4"})
    os.utime(path, (1_900_000_000, 1_900_000_000))
    take_in(sqlite_db, keys, folder)
    ((person, registration),) = registered(sqlite_db)
    assert (registration.answers[keys["years"]], registration.remarks, person.town) == (4, "poklicala", "Ljubljana")


def test_what_is_no_form_is_said_and_the_others_go_on(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "dobra.pdf", keys)
    shutil.copy(form, folder / "prazna.pdf")
    (folder / "pokvarjena.pdf").write_bytes(b"%PDF-1.7\nnothing of the kind")
    (folder / "odrezana.pdf").write_bytes((folder / "dobra.pdf").read_bytes()[:9_000])
    (folder / "slika.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "sporocilo.eml").write_text("Subject: x")
    (folder / "seznam.csv").write_text("Ime;Priimek\nAna;Novak")
    (folder / "~$skupina.xlsx").write_bytes(b"x")
    writer = PdfWriter(clone_from=folder / "dobra.pdf")
    writer.encrypt("skrivnost", algorithm="RC4-128")
    writer.write(folder / "zaklenjena.pdf")
    flat = PdfWriter(clone_from=folder / "dobra.pdf")
    del flat.root_object["/AcroForm"]
    flat.write(folder / "natisnjena.pdf")
    preview = importing.prepare(sqlite_db, keys["event"], folder)
    said = {row.name: SAY(row.problems[0]) for row in preview.comparison.group("skipped")}
    assert set(said) == {
        "prazna.pdf", "pokvarjena.pdf", "odrezana.pdf", "slika.jpg", "sporocilo.eml", "seznam.csv", "zaklenjena.pdf",
        "natisnjena.pdf",
    }  # fmt: skip
    assert "geslom" in said["zaklenjena.pdf"]
    assert "prazna" in said["prazna.pdf"]
    assert "nima polj" in said["natisnjena.pdf"]
    assert said["pokvarjena.pdf"] == "Datoteka je poškodovana."
    assert preview.comparison.counts()["new"] == 1
    assert take_in(sqlite_db, keys, folder).new == 1


def test_a_form_of_another_event_stays_out(sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path) -> None:
    ana(form, folder / "a.pdf", keys)
    other = sqlite_db.write(lambda s: factories.make_event(s, "2020-05-drugi").id, label=T("Test"))
    preview = importing.prepare(sqlite_db, other, folder)
    (row,) = preview.comparison.rows
    assert "Klub mladih (2020-04-klub)" in SAY(row.problems[0])


def test_a_form_made_before_the_questions_changed_says_so(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "a.pdf", keys)

    def change(session: Session) -> None:
        questions.delete(session, keys["why"])
        questions.save(session, keys["event"], kind="text", label_sl="Novo vprašanje")

    sqlite_db.write(change, label=T("Test"))
    (row,) = importing.prepare(sqlite_db, keys["event"], folder).comparison.group("new")
    assert any("spremenil" in SAY(notice) for notice in row.notices)
    take_in(sqlite_db, keys, folder)
    ((_, registration),) = registered(sqlite_db)
    assert registration.answers["Zakaj?"].startswith("Ker rada hodim.")


@pytest.mark.parametrize(
    "raw",
    [
        b"\xfe\xff" + "Đurić Čuček".encode("utf-16-be"),
        b"\xff\xfe" + "Đurić Čuček".encode("utf-16-le"),
        b"\xef\xbb\xbf" + "Đurić Čuček".encode(),
        "Đurić Čuček".encode(),
        b"\xfe\xff" + "\x1bsl\x1bĐurić Čuček".encode("utf-16-be"),
    ],
    ids=["utf-16-be", "utf-16-le", "utf-8 with a mark", "bare utf-8", "with a language"],
)
def test_letters_in_any_encoding(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path, raw: bytes
) -> None:
    path = ana(form, folder / "a.pdf", keys)
    writer = PdfWriter(clone_from=path)
    for reference in writer.root_object["/AcroForm"]["/Fields"]:  # type: ignore[index]  # objects of the PDF
        field = reference.get_object()
        if field["/T"] == "family_name":
            field[NameObject("/V")] = ByteStringObject(raw)
        elif field["/T"] == "c_data":
            field[NameObject("/V")] = field[NameObject("/AS")] = NameObject("/1")
    writer.write(path)
    take_in(sqlite_db, keys, folder)
    ((person, _),) = registered(sqlite_db)
    assert person.family_name == "Đurić Čuček"
    assert sqlite_db.read(lambda s: {c.purpose for c in s.scalars(select(Consent))}) >= {"data"}


def test_a_group_fills_in_the_workbook(sqlite_db: Database, keys: dict[str, str], folder: Path) -> None:
    path = folder / "skupina.xlsx"
    documents.make(sqlite_db, "registration-form-xlsx", "2020-04-klub", path, language="both")
    book = load_workbook(path)
    page = book.worksheets[0]
    (names,) = (row for row in page.iter_rows(max_row=12) if str(row[0].value).startswith("MAMA-FORM"))
    at = {cell.value: cell.column for cell in names[1:]}
    first = names[0].row + 3
    for row, (given, how) in enumerate((("Živa", "peš, čez most / on foot"), ("Črt", "by train")), first):
        for name, value in {
            "given_name": given, "family_name": "Žagar", "birth_date": dt.date(1999, 3, 5), f"q_{keys['how']}": how,
            f"q_{keys['what']}__c1": "da / yes", f"q_{keys['first']}": "ne / no", f"q_{keys['years']}": 7,
            "c_publication": "Ne soglašam / I do not agree",
        }.items():  # fmt: skip
            page.cell(row, at[name], value)
    book.save(path)
    assert counts(sqlite_db, keys, path) == {"new": 2}
    take_in(sqlite_db, keys, folder)
    people = {person.given_name: registration for person, registration in registered(sqlite_db)}
    assert people["Živa"].answers == {
        keys["how"]: "c2", keys["what"]: ["c1"], keys["first"]: False, keys["years"]: 7,
    }  # fmt: skip
    assert people["Črt"].answers[keys["how"]] == "c1"
    assert people["Črt"].source_line == f"skupina.xlsx, vrstica {first + 1}"
    assert counts(sqlite_db, keys, folder) == {"registered": 2, "unchanged": 2}


def test_somebodys_own_form_holds_what_is_known_and_comes_back_the_same(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path
) -> None:
    ana(form, folder / "a.pdf", keys)
    take_in(sqlite_db, keys, folder)
    ((_, registration),) = registered(sqlite_db)
    own = sqlite_db.read(papers_form.form_for, registration.id, now=NOW, language="sl")
    (folder / "a.pdf").write_bytes(own)
    fields = PdfReader(folder / "a.pdf").get_fields() or {}
    assert fields["family_name"]["/V"] == "Đurić Čuček"
    assert fields["c_publication"]["/V"] == "/no"
    assert counts(sqlite_db, keys, folder) == {"registered": 1, "unchanged": 1}


def test_a_place_that_is_full_stays_a_wish(sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path) -> None:
    def full(session: Session) -> None:
        event = session.get_one(Event, keys["event"])
        taken = factories.make_registration(session, event, factories.make_person(session, "Iva", "Horvat"))
        capacity.choose_option(session, taken.id, keys["option1"])

    sqlite_db.write(full, label=T("Test"))
    ana(form, folder / "a.pdf", keys)
    take_in(sqlite_db, keys, folder)
    # Who is not accepted yet takes no place, so the wish is kept as a choice.
    assert len(sqlite_db.read(lambda s: list(s.scalars(select(ChosenOption))))) == 2


# The second is 14 on the day of the form and 15 on that of the event: what counts is the day of the consent.
@pytest.mark.parametrize("born", ["5. 3. 2008", "25. 3. 2005"])
def test_the_young_do_not_consent_for_themselves(
    sqlite_db: Database, keys: dict[str, str], form: Path, folder: Path, born: str
) -> None:
    ana(form, folder / "a.pdf", keys, birth_date=born)
    os.utime(folder / "a.pdf", (NOW.timestamp(), NOW.timestamp()))
    take_in(sqlite_db, keys, folder)
    decided = sqlite_db.read(lambda s: {c.purpose: c.given for c in s.scalars(select(Consent))})
    assert decided == {"publication": False}
    ((_, registration),) = registered(sqlite_db)
    assert registration.answers["Privolitev na prijavnici: fotografiranje"] == "Soglašam"


def test_an_empty_folder_is_said(sqlite_db: Database, keys: dict[str, str], folder: Path) -> None:
    with pytest.raises(OfficeError):
        importing.prepare(sqlite_db, keys["event"], folder)
