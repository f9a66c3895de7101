"""A newer export under another name and with a renamed column: asked about, and then compared like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import import_draft, importing
from mama_desktop.services.import_draft import Draft
from mama_desktop.services.returned_forms import open_any
from mama_desktop.store.database import Database
from tests.factories import make_event

V1 = ("Ime", "Priimek", "E-naslov", "Telefon", "Organizacija", "Majica")
V3 = ("Ime", "Priimek", "E-naslov", "Mobitel", "Organizacija", "Majica")
WORDS = language("en")


@pytest.fixture
def event(db: Database) -> str:
    return db.write(lambda session: make_event(session, "2020-04-klub").id, label=T("Test"))


def write(path: Path, headings: tuple[str, ...], *people: tuple[str, str]) -> Path:
    lines = [headings, *((given, "Izmišljeni", f"{given}@example.org", phone, "", "M") for given, phone in people)]
    path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    return path


def first(db: Database, event: str, folder: Path) -> None:
    path = write(folder / "v1.csv", V1, *((name, "041111222") for name in ("Ana", "Eva", "Nik", "Tim")))
    importing.take_in_defaults(db, importing.prepare(db, event, path))


def newer(folder: Path) -> Path:
    return write(folder / "v3.csv", V3, ("Ana", "041999888"), ("Eva", "041111222"), ("Nik", "041111222"))


def draft_of(db: Database, event: str, path: Path) -> Draft:
    return import_draft.make_draft(db, event, open_any(db, event, path))


def test_it_is_asked_and_the_likelier_answer_stands(db: Database, event: str, tmp_path: Path) -> None:
    first(db, event, tmp_path)
    draft = draft_of(db, event, newer(tmp_path))
    assert draft.perhaps is not None
    assert draft.profile == draft.perhaps
    found = import_draft.previewed(db, draft)
    assert [(c.field, c.after) for row in found.comparison.group("registered") for c in row.changes] == [
        ("phone", "041999888")
    ]
    assert [one.name for one in found.comparison.withdrawn] == ["Tim Izmišljeni"]
    other = import_draft.as_newer(draft, False)
    assert (other.profile, other.form == draft.form, other.name_wished) == (None, False, "v3")
    assert import_draft.previewed(db, other).comparison.withdrawn == ()
    assert import_draft.as_newer(other, True).form == draft.form


def test_taken_in_it_is_the_same_form_from_then_on(db: Database, event: str, tmp_path: Path) -> None:
    first(db, event, tmp_path)
    taken = importing.take_in_defaults(db, importing.prepare(db, event, newer(tmp_path), newer="V1"))
    assert (taken.new, taken.changed) == (0, 1)
    again = draft_of(db, event, newer(tmp_path).rename(tmp_path / "v4.csv"))
    assert (again.perhaps, again.was_known) == (None, True)
    db.undo()
    assert draft_of(db, event, newer(tmp_path)).perhaps is not None


def test_unsaid_at_the_command_line_it_is_said_in_words(db: Database, event: str, tmp_path: Path) -> None:
    first(db, event, tmp_path)
    plan = importing.prepare(db, event, newer(tmp_path))
    report = importing.report(plan, None, words=WORDS)
    assert (report["form"], report["perhaps_newer_of"], report["withdrawn"]) == (None, "v1", [])
    said = [WORDS.say(line) for line in importing.report_lines(plan, None)]
    assert "Is this a newer export of “v1”?" in said
    report = importing.report(importing.prepare(db, event, newer(tmp_path), newer="v1"), None, words=WORDS)
    assert (report["form"], report["perhaps_newer_of"], len(report["withdrawn"])) == ("v1", None, 1)
    report = importing.report(importing.prepare(db, event, newer(tmp_path), newer="none"), None, words=WORDS)
    assert (report["form"], report["perhaps_newer_of"], report["withdrawn"]) == (None, None, [])
    with pytest.raises(OfficeError, match="no form called “v2”"):
        importing.prepare(db, event, newer(tmp_path), newer="v2")


def test_half_alike_is_asked_but_another_form_until_somebody_says_so(db: Database, event: str, tmp_path: Path) -> None:
    first(db, event, tmp_path)
    headings = ("Ime", "Priimek", "E-naslov", "Mobitel", "Organizacija", "Soba")
    half = draft_of(db, event, write(tmp_path / "mentorji.csv", headings, ("Ana", "041999888")))
    assert (half.perhaps is not None, half.profile) == (True, None)
    few = draft_of(db, event, write(tmp_path / "drugo.csv", ("Ime", "Priimek", "Naslov", "Kraj", "Soba", "Prevoz")))
    assert few.perhaps is None


def test_a_form_of_another_event_is_not_asked_about(db: Database, event: str, tmp_path: Path) -> None:
    first(db, event, tmp_path)
    elsewhere = db.write(lambda session: make_event(session, "2020-05-tabor").id, label=T("Test"))
    assert draft_of(db, elsewhere, newer(tmp_path)).perhaps is None
