"""A file whose headings are the questions of the event: read into their answers, and the same again changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.intake.opening import open_file
from mama_desktop.services import column_mapping, import_draft, importing, questions, registrations
from mama_desktop.store.database import Database
from tests import factories

LABEL = T("Test")
STATION = {"sl": "Celje, postaja", "en": "Celje, station"}
NOW = dt.datetime(2020, 3, 2, 9)
HEADINGS = ("Name", "Surname", "Kje vstopite?", "Are you coming by bus?", "Dan prihoda na morje", "Kaj boste jedli",
            "Kontakt v sili: telefon", "Majica")  # fmt: skip


def _questions(session: Session) -> tuple[str, dict[str, str]]:
    event = factories.make_event(session).id

    def ask(name: str, kind: str, **values: Any) -> str:
        return questions.save(session, event, label_sl=name, kind=kind, **values)

    keys = {
        "bus": ask("Pridete z avtobusom?", "bool", label_en="Are you coming by bus?"),
        "stop": ask("Kje vstopite?", "choice", choices=[STATION, {"sl": "drugje"}]),
        "day": ask("Dan prihoda na morje", "date"),
        "food": ask("Kaj boste jedli", "choices", choices=[{"sl": "juho, gosto"}, {"sl": "ribe"}, {"sl": "sladico"}]),
        "phone": ask("Kontakt v sili: telefon", "field", field_key="emergency_phone"),
    }  # fmt: skip
    return event, keys


def _file(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def ana() -> tuple[Any, ...]:
    return ("Ana", "Žagar", "Celje, station", "da", dt.datetime(2020, 7, 1), "ribe, juho, gosto", "041 111 222", "M")


def test_answers_come_in_typed_and_the_same_file_again_changes_nothing(
    db: Database, tmp_path: Path, ana: tuple[Any, ...]
) -> None:
    event, keys = db.write(_questions, label=LABEL)
    path = _file(tmp_path / "prijave.xlsx", ana)
    preview = importing.prepare(db, event, path)
    db.write(import_draft.store, preview, NOW, label=LABEL)
    one = db.read(lambda s: s.scalars(select(Registration)).one())
    assert one.answers == {
        keys["bus"]: True, keys["stop"]: "c1", keys["day"]: "2020-07-01", keys["food"]: ["c1", "c2"], "Majica": "M",
    }  # fmt: skip
    assert one.emergency_phone == "041 111 222"
    again = importing.prepare(db, event, path)
    assert [row.changes for row in again.comparison.group("registered")] == [()]


def test_a_changed_answer_is_proposed_in_words_and_stored_typed(
    db: Database, tmp_path: Path, ana: tuple[Any, ...]
) -> None:
    event, keys = db.write(_questions, label=LABEL)
    path = _file(tmp_path / "prijave.xlsx", ana)
    preview = importing.prepare(db, event, path)
    db.write(import_draft.store, preview, NOW, label=LABEL)
    other = (*ana[:2], "drugje", "ne", *ana[4:])
    path = _file(tmp_path / "prijave.xlsx", other)
    again = importing.prepare(db, event, path)
    (row,) = again.comparison.group("registered")
    found = {change.field: (change.before, change.after) for change in row.changes}
    assert found == {
        "answer:Kje vstopite?": ("Celje, postaja", "drugje"), "answer:Pridete z avtobusom?": ("da", "ne"),
    }  # fmt: skip
    for change in row.changes:
        again = again.ticked(row.line, change.field, True)
    db.write(import_draft.store, again, NOW, label=LABEL)
    answers = db.read(lambda s: s.scalars(select(Registration.answers)).one())
    assert (answers[keys["stop"]], answers[keys["bus"]], answers[keys["day"]]) == ("c2", False, "2020-07-01")


def test_what_is_no_answer_stays_as_it_was_written(db: Database, tmp_path: Path, ana: tuple[Any, ...]) -> None:
    event, keys = db.write(_questions, label=LABEL)
    path = _file(tmp_path / "prijave.xlsx", (*ana[:2], "na vogalu", "mogoče", "julija", "ribe", "", "L"))
    preview = importing.prepare(db, event, path)
    db.write(import_draft.store, preview, NOW, label=LABEL)
    answers = db.read(lambda s: s.scalars(select(Registration.answers)).one())
    assert answers == {
        keys["food"]: ["c2"], "Kje vstopite?": "na vogalu", "Pridete z avtobusom?": "mogoče",
        "Dan prihoda na morje": "julija", "Majica": "L",
    }  # fmt: skip
    assert "answer:Majica" in {one.key for one in db.read(registrations.answer_infos, event)}
    (row,) = preview.comparison.group("new")
    assert next(str(words) for words in row.notices) == (
        "“na vogalu” is no answer to “Kje vstopite?”; it stays as an extra answer."
    )


def test_a_question_is_among_what_a_column_may_mean(db: Database, tmp_path: Path, ana: tuple[Any, ...]) -> None:
    event, _ = db.write(_questions, label=LABEL)
    draft = import_draft.make_draft(db, event, open_file(_file(tmp_path / "prijave.xlsx", ana)))
    majica = next(column for column in draft.mapping.columns if column.label == "Majica")
    assert majica.key == ""
    taken = next(column for column in draft.mapping.columns if column.label == "Kje vstopite?")
    assert taken.key == column_mapping.key_of_question(draft.asked[1])
    wanted = import_draft.assigned(draft, majica.index, taken.key)
    assert {c.label: c.key for c in wanted.mapping.columns}["Majica"] == taken.key
