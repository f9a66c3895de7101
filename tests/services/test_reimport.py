"""An exported participant list that comes back finds everybody registered, with no change."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import DIETS
from mama_desktop.domain.text import T, fold
from mama_desktop.intake.candidates import candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.reading import read_file
from mama_desktop.services import (
    column_mapping,
    documents,
    fields,
    importing,
    papers_list,
    papers_table,
    registrations,
    taking_in,
)
from mama_desktop.services.taking_in import Comparison
from mama_desktop.sheets.xlsx import write_xlsx
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 12, 30)


def fill(session: Session) -> str:
    event = make_event(session, country="SI")
    centre = make_organisation(session, "Mladinski center Krško", name_en="Youth Centre Krško", town="Krško")
    abroad = make_organisation(session, "Fritidsgården Kärnan", town="Göteborg", country="SE")
    make_registration(
        session, event,
        make_person(session, "Žan", "Đurić", email="zan@example.org", phone="+386 41 123 456",
                    other_phone="07 49 12 345", birth_date=dt.date(2000, 5, 6), gender="male",
                    street="Cesta krških žrtev 2", postal_code="8270", town="Krško", country="SI", region="SI036",
                    language="sl", organisation_id=centre.id, function="mladinski delavec"),
        diet=["vegetarian", "no-pork"], allergies="oreščki", remarks="Pride\nz vlakom", role="trainer",
        arrival=dt.date(2020, 4, 1), departure=dt.date(2020, 4, 3), applied_at=dt.datetime(2020, 2, 20, 8, 15, 30),
        source="import", source_line="prijave.xlsx, 2", answers={"Velikost majice": "M", "Fotografiranje": "da"},
    )  # fmt: skip
    make_registration(
        session, event,
        make_person(session, "Linnea Astrid", "Öberg", birth_year=2003, gender="non-binary", country="SE",
                    town="Göteborg", organisation_id=abroad.id),
        status="waiting", applied_at=NOW, diet=["vegan"],
    )  # fmt: skip
    make_registration(
        session, event,
        make_person(session, "Eva", "Kos-Novak", age_group="25-29", age_group_on=dt.date(2018, 5, 1)),
        status="cancelled", role="group-leader",
    )  # fmt: skip
    for _ in range(2):
        make_registration(session, event, make_person(session, "Ana", "Novak"), status="declined")
    make_registration(session, event, make_person(session, "", "Madonna"), status="invited", active=False)
    for name in ("Ana", "Anja"):
        make_registration(session, event, make_person(session, name, "Kovač", email="starsi@example.org"))
    return event.id


def reimported(db: Database, event_id: str, path: Path, *, language: str, columns: tuple[str, ...]) -> Comparison:
    everything = db.read(papers_list.everything, event_id)
    options = replace(everything, columns=columns or everything.columns)
    write_xlsx(db.read(papers_list.participant_list, event_id, now=NOW, options=options, language=language), path)
    table = read_file(path).table
    mapping = recognise(table, column_mapping.targets(), own_titles=column_mapping.own_titles())
    mapping = mapping.keeping(range(len(mapping.columns)))
    read = candidates(table, mapping, choices=column_mapping.choices(), around=dt.date(2020, 4, 2))
    return db.read(taking_in.compare, event_id, read, today=NOW.date())


@pytest.mark.parametrize("language", ["sl", "en", "both"])
@pytest.mark.parametrize(
    "columns",
    [
        (),
        (*fields.REGISTRATION_FIELDS, "answer:Velikost majice"),
        fields.REGISTRATION_DEFAULT,
        ("family_name", "given_name"),
        ("family_name", "given_name", "age_band", "region", "source"),
    ],
    ids=["everything", "sensitive too", "default", "names", "computed"],
)
def test_an_exported_list_comes_back_unchanged(
    sqlite_db: Database, tmp_path: Path, language: str, columns: tuple[str, ...]
) -> None:
    event_id = sqlite_db.write(fill, label=T("Test"))
    comparison = reimported(sqlite_db, event_id, tmp_path / "seznam.xlsx", language=language, columns=columns)
    odd = [
        (row.name, row.group, [(c.field, c.before, c.after) for c in row.changes], [str(p) for p in row.problems])
        for row in comparison.rows
        if not row.unchanged
    ]
    assert odd == []
    assert comparison.counts()["unchanged"] == 8


@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_every_kind_of_meal_comes_back(sqlite_db: Database, tmp_path: Path, language: str) -> None:
    def hungry(session: Session) -> str:
        event, kinds = make_event(session, "2020-04-klub"), list(DIETS)
        for number in range(len(kinds)):
            person = make_person(session, f"Ana{number}", "Kos")
            make_registration(session, event, person, diet=sorted(kinds[number : number + 3], key=kinds.index))
        return event.id

    event_id, path = sqlite_db.write(hungry, label=T("Test")), tmp_path / "seznam.xlsx"
    documents.make(sqlite_db, "participant-list", "2020-04-klub", path, language=language)
    rows = importing.prepare(sqlite_db, event_id, path).comparison.rows
    assert [(c.field, c.before, c.after) for row in rows for c in row.changes] == []


# What tools and questionnaires call their columns, the words of our own list among them.
LIKE_OURS = {
    "attendee status": "Attending", "order #": "1", "ticket type": "Basic", "ID": "7", "Status": "5", "Prazna": "0",
    "E-pošta": "anonymous", "Email": "orders@example.org", "Prehrana": "je vse", "Čas začetka": "2020-02-08 09:30",
    "Prijava": "da", "Vloga": "poslušalec", "Region": "Posavska", "Ime": "Klub", "Telefon": "ni",
}  # fmt: skip


@pytest.mark.parametrize("template", ["everything", "contact-list", "funder", "hotel", "bus-firm"])
@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_answers_called_like_our_columns_come_back_as_answers(
    sqlite_db: Database, tmp_path: Path, language: str, template: str
) -> None:
    def answered(session: Session) -> str:
        event = make_event(session, "2020-04-klub")
        for given in ("Žan", "Ana", "Eva"):
            person = make_person(session, given, "Kos", email=f"{fold(given)}@example.org", phone="041 123 456")
            make_registration(session, event, person, answers=LIKE_OURS, diet=["vegan"], applied_at=NOW)
        return event.id

    event_id, path = sqlite_db.write(answered, label=T("Test")), tmp_path / "seznam.xlsx"
    documents.make(
        sqlite_db, "participant-list", "2020-04-klub", path, language=language, options={"template": template}
    )
    comparison = importing.prepare(sqlite_db, event_id, path).comparison
    assert [(c.field, c.before, c.after) for row in comparison.rows for c in row.changes] == []
    assert comparison.counts()["unchanged"] == 3


@pytest.mark.parametrize("language", ["sl", "en"])
def test_a_table_with_ids_comes_back_unchanged_whatever_its_order(
    sqlite_db: Database, tmp_path: Path, language: str
) -> None:
    event_id = sqlite_db.write(fill, label=T("Test"))
    shown = sqlite_db.read(registrations.registrations, event_id, language=language)
    rows = list(zip(shown.keys, shown.rows, strict=True))[::-1]
    sheet = papers_table.table_sheet(
        shown.fields, [row for _, row in rows], title="Klub", keys=[key for key, _ in rows], language=language, now=NOW
    )
    papers_table.write_table(sheet, tmp_path / "tabela.xlsx")
    plan = importing.prepare(sqlite_db, event_id, tmp_path / "tabela.xlsx")
    assert plan.draft.is_own
    odd = [(r.name, r.group, [(c.field, c.before, c.after) for c in r.changes], [str(p) for p in r.problems])
           for r in plan.comparison.rows if not r.unchanged]  # fmt: skip
    assert odd == []
    assert plan.comparison.counts()["unchanged"] == 8
