"""A newer export of the same form: what changed there, what changed here, who is new and who has withdrawn."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.office import RememberedMapping
from mama_desktop.domain.people import Person
from mama_desktop.domain.sources import SourceRow
from mama_desktop.domain.text import T
from mama_desktop.services import importing, people, sources
from mama_desktop.services.taking_in import LEAVE_OUT, TAKE
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person
from tests.services.source_forms import (
    ANA,
    EVA,
    HEADINGS,
    ZAN,
    edit,
    line,
    preview,
    proposed,
    registration,
    take,
)


@pytest.fixture
def event(db: Database) -> str:
    return db.write(lambda session: make_event(session, "2020-04-klub").id, label=T("Test"))


def test_a_newer_export_changes_adds_and_withdraws(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN, EVA)
    edit(db, "Žan", phone="031 999 999")  # Mended by hand; the form says the same as before.
    edit(db, "Ana", remarks="pride z avtom")
    newer = [{**ANA, "Opombe": "avtobus", "Majica": "XL"}, ZAN, line(4, "Nik", "Rus")]
    found = preview(db, event, tmp_path, *newer)
    assert found.draft.profile is not None
    assert proposed(found) == [
        ("Ana Kovač", "remarks", "avtobus", False, True), ("Ana Kovač", "answer:Majica", "XL", True, False),
    ]  # fmt: skip
    assert found.clashes()[0][1].said_before == "vlak"
    assert found.comparison.counts()["clash"] == 1
    assert [(w.name, w.word, w.ticked, w.status) for w in found.comparison.withdrawn] == [
        ("Eva Kos", "", False, "applied")
    ]
    assert not found.comparison.partial
    eva = found.comparison.withdrawn[0].registration_id
    before = db.read(
        lambda s: [(r.id, r.values, r.gone_at) for r in s.scalars(select(SourceRow).order_by(SourceRow.id))]
    )
    taken = importing.take_in_defaults(db, found.withdrawing(eva, True))
    assert (taken.new, taken.changed, taken.unchanged, taken.cancelled) == (1, 1, 1, 1)
    assert registration(db, "Ana").answers == {"Majica": "XL"}
    assert registration(db, "Ana").remarks == "pride z avtom"
    cancelled = registration(db, "Eva")
    assert (cancelled.status, cancelled.cancelled_by) == ("cancelled", "participant")
    assert "4" in cancelled.reason
    db.undo()
    assert registration(db, "Eva").status == "applied"
    after = db.read(
        lambda s: [(r.id, r.values, r.gone_at) for r in s.scalars(select(SourceRow).order_by(SourceRow.id))]
    )
    assert after == before


def test_undo_of_the_first_import_leaves_nothing_of_the_form(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN)
    assert db.read(lambda s: len(s.scalars(select(SourceRow)).all())) == 2
    db.undo()
    assert db.read(lambda s: s.scalars(select(SourceRow)).all()) == []
    assert db.read(lambda s: s.scalars(select(RememberedMapping)).all()) == []


def test_the_same_export_again_says_nothing_whatever_the_office_mended(
    db: Database, event: str, tmp_path: Path
) -> None:
    take(db, event, tmp_path, ANA, ZAN, EVA)
    edit(db, "Ana", given_name="Anamarija", email="nova@example.org", phone="", remarks="", answers={"Majica": "S"})
    again = preview(db, event, tmp_path, ZAN, EVA, ANA)
    assert proposed(again) == []
    assert again.comparison.counts()["unchanged"] == 3
    assert not again.has_something_to_do()


def test_a_settled_clash_is_not_asked_again_and_an_open_one_is(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA)
    edit(db, "Ana", remarks="z avtom", phone="031 000 000")
    newer = {**ANA, "Opombe": "peš", "Telefon": "051 777 888"}
    first = preview(db, event, tmp_path, newer)
    row = first.comparison.rows[0].line
    assert first.open_clashes() == 2
    assert not first.has_something_to_do()
    settled = first.settled(row, "remarks", False)
    assert (settled.open_clashes(), settled.has_something_to_do()) == (1, True)
    importing.take_in_defaults(db, settled)
    second = preview(db, event, tmp_path, newer)
    assert [c.field for _, c in second.clashes()] == ["phone"]
    assert second.clashes()[0][1].said_before == "041 111 222"
    importing.take_in_defaults(db, second.settled(row, "phone", True))
    assert (registration(db, "Ana").remarks) == "z avtom"
    assert db.read(lambda s: s.scalars(select(Person)).one()).phone == "051 777 888"
    assert proposed(preview(db, event, tmp_path, newer)) == []


def test_a_declined_proposal_is_not_made_again(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA)
    newer = {**ANA, "Opombe": "peš", "Majica": "S"}
    first = preview(db, event, tmp_path, newer)
    importing.take_in_defaults(db, first.ticked(2, "remarks", False))
    assert (registration(db, "Ana").remarks, registration(db, "Ana").answers) == ("vlak", {"Majica": "S"})
    assert proposed(preview(db, event, tmp_path, newer)) == []


def test_a_name_mended_in_the_form_is_the_same_row(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN)
    newer = preview(db, event, tmp_path, {**ANA, "Priimek": "Kovačič"}, ZAN)
    assert proposed(newer) == [("Ana Kovačič", "family_name", "Kovačič", True, False)]
    importing.take_in_defaults(db, newer)
    assert db.read(lambda s: {p.family_name for p in s.scalars(select(Person))}) == {"Kovačič", "Đurić"}


def test_who_is_sent_again_at_another_time_is_the_same_row(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN, EVA)
    later = {**ANA, "Časovni žig": "2020-02-09 10:00:00", "Majica": "S"}
    newer = preview(db, event, tmp_path, ZAN, EVA, ANA, later)
    assert proposed(newer) == [("Ana Kovač", "answer:Majica", "S", True, False)]
    assert newer.comparison.withdrawn == ()


def test_an_emptied_answer_is_emptied_and_an_emptied_phone_is_a_question(
    db: Database, event: str, tmp_path: Path
) -> None:
    take(db, event, tmp_path, ANA, ZAN)
    newer = preview(db, event, tmp_path, {**ANA, "Telefon": "", "Opombe": "", "Majica": ""}, ZAN)
    assert proposed(newer) == [
        ("Ana Kovač", "phone", "", False, False), ("Ana Kovač", "remarks", "", True, False),
        ("Ana Kovač", "answer:Majica", "", True, False),
    ]  # fmt: skip
    importing.take_in_defaults(db, newer)
    assert (registration(db, "Ana").remarks, registration(db, "Ana").answers.get("Majica")) == ("", "")
    fewer = tuple(heading for heading in HEADINGS if heading not in ("Telefon", "Opombe"))
    assert proposed(preview(db, event, tmp_path, {**ANA, "Majica": ""}, ZAN, headings=fewer)) == []


def test_a_form_that_gained_lost_and_moved_questions_is_the_same_form(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN)
    moved = (
        "Časovni žig",
        "Priimek",
        "Ime",
        "E-naslov",
        "Majica",
        "Telefon",
        "Organizacija",
        "Datum rojstva",
        "Prevoz",
    )
    newer = preview(
        db, event, tmp_path, {**ANA, "Prevoz": "bus"}, ZAN, line(5, "Tim", "Zupan"), headings=moved,
        name="Klub (Odgovori) (1).xlsx",
    )  # fmt: skip
    assert newer.draft.profile is not None
    assert newer.draft.new_columns == ("Prevoz",)
    assert proposed(newer) == [("Ana Kovač", "answer:Prevoz", "bus", True, False)]
    assert newer.counts() == (1, 1)
    importing.take_in_defaults(db, newer)
    assert [row.name for row in db.read(sources.profiles)] == ["Google Obrazci – Klub"]
    back = preview(db, event, tmp_path, ANA, ZAN, line(5, "Tim", "Zupan"))
    assert proposed(back) == []


def test_a_part_of_the_form_withdraws_nobody(db: Database, event: str, tmp_path: Path) -> None:
    everybody = [line(n, name, "Test") for n, name in enumerate(("Ana", "Žan", "Eva", "Nik", "Tim", "Lea"), 1)]
    take(db, event, tmp_path, *everybody)
    part = preview(db, event, tmp_path, *everybody[:2], line(9, "Rok", "Nov"))
    assert part.comparison.partial
    assert (len(part.comparison.withdrawn), part.cancelling()) == (4, 0)
    importing.take_in_defaults(db, part)
    assert db.read(lambda s: [r.gone_at for r in s.scalars(select(SourceRow)) if r.gone_at]) == []
    whole = preview(db, event, tmp_path, *everybody[:2], line(9, "Rok", "Nov")).whole(True)
    one = whole.comparison.withdrawn[0].registration_id
    taken = importing.take_in_defaults(db, whole.withdrawing(one, True))
    assert taken.cancelled == 1
    later = preview(db, event, tmp_path, *everybody[:2], line(9, "Rok", "Nov"))
    assert later.comparison.withdrawn == ()


def test_who_comes_back_is_noticed(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN, EVA)
    gone = preview(db, event, tmp_path, ANA, ZAN)
    importing.take_in_defaults(db, gone.withdrawing(gone.comparison.withdrawn[0].registration_id, True))
    assert registration(db, "Eva").status == "cancelled"
    back = preview(db, event, tmp_path, ANA, ZAN, EVA)
    assert proposed(back) == [("Eva Kos", "status", "applied", True, False)]
    assert [str(n) for r in back.comparison.rows for n in r.notices] == ["In the form again, after it was gone."]
    importing.take_in_defaults(db, back)
    assert registration(db, "Eva").status == "applied"
    assert proposed(preview(db, event, tmp_path, ANA, ZAN, EVA)) == []


def test_siblings_on_one_address_stay_apart(db: Database, event: str, tmp_path: Path) -> None:
    shared = {"E-naslov": "starsi@example.org"}
    rows = [line(1, "Ana", "Novak", **shared, Majica="S"), line(1, "Anja", "Novak", **shared, Majica="M")]
    take(db, event, tmp_path, *rows)
    again = preview(db, event, tmp_path, rows[1], rows[0])
    assert proposed(again) == []
    assert again.comparison.counts()["unchanged"] == 2


def test_what_was_decided_of_a_possible_match_is_not_asked_again(db: Database, event: str, tmp_path: Path) -> None:
    def known(session: Session) -> str:
        return make_person(session, "Ana", "Kovač", email="ana@example.org", birth_date=dt.date(2000, 5, 6)).id

    key = db.write(known, label=T("Test"))
    rows = [{**ANA, "Datum rojstva": "5. 6. 2000"}, {**ZAN, "Datum rojstva": "1. 1. 2001"}]
    first = preview(db, event, tmp_path, *rows)
    assert [r.name for r in first.comparison.group("possible")] == ["Ana Kovač"]
    importing.take_in_defaults(db, first.decided(2, key))
    again = preview(db, event, tmp_path, *rows)
    assert (again.comparison.counts()["possible"], again.comparison.counts()["unchanged"]) == (0, 2)


@pytest.mark.parametrize("decision", [LEAVE_OUT, "removed"])
def test_who_was_left_out_or_removed_stays_out(db: Database, event: str, tmp_path: Path, decision: str) -> None:
    first = preview(db, event, tmp_path, ANA, ZAN)
    if decision == LEAVE_OUT:
        importing.take_in_defaults(db, first.decided(2, LEAVE_OUT))
    else:
        importing.take_in_defaults(db, first)
        db.write(people.delete_registrations, [registration(db, "Ana").id], label=T("Test"))
    again = preview(db, event, tmp_path, ANA, ZAN)
    assert [r.name for r in again.comparison.group("left")] == ["Ana Kovač"]
    assert not again.has_something_to_do()
    assert importing.take_in_defaults(db, again.decided(2, TAKE)).new == 1
    assert preview(db, event, tmp_path, ANA, ZAN).comparison.counts()["unchanged"] == 2


def test_of_deleted_people_the_form_keeps_nothing(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN)
    db.write(people.delete_people, [registration(db, "Ana").person_id], label=T("Test"))
    assert db.read(lambda s: [r.values["given_name"] for r in s.scalars(select(SourceRow))]) == ["Žan"]
    db.undo()
    assert db.read(lambda s: len(s.scalars(select(SourceRow)).all())) == 2


def test_a_pasted_bit_of_a_list_says_nothing_of_who_is_missing(db: Database, event: str, tmp_path: Path) -> None:
    take(db, event, tmp_path, ANA, ZAN, name="seznam.xlsx", headings=HEADINGS[1:])
    other = preview(db, event, tmp_path, ANA, name="drugi-kraj.xlsx", headings=HEADINGS[1:])
    assert other.comparison.withdrawn == ()


def test_no_emso_is_kept_of_a_form(db: Database, event: str, tmp_path: Path) -> None:
    emso = "0101006500006"
    take(db, event, tmp_path, {**ANA, "Opombe": f"moj {emso}", "Majica": emso, "Priimek": f"Kovač {emso}"})
    assert emso not in db.read(lambda s: str([(r.values, r.row_key) for r in s.scalars(select(SourceRow))]))
