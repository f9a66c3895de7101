"""Minors, guardians and consents: who is missing what, what was decided when and by whom, in which words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.ages import Age
from mama_desktop.domain.consents import Consent, ConsentText
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import consent_table, consent_words, consents, guardians, minors, office, registrations
from mama_desktop.services.files import Brought
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)


@pytest.fixture
def camp(db: Database) -> dict[str, str]:
    """An event from 2. 4. 2020 with a child of 14, one of 17, one who comes of age on the first day, and two others."""

    def make(session: Session) -> dict[str, str]:
        event = factories.make_event(session, starts_on=dt.date(2020, 4, 2), ends_on=dt.date(2020, 4, 3))
        made = {"event": event.id}
        for name, born in (
            ("Žan", dt.date(2005, 5, 1)), ("Črt", dt.date(2002, 4, 3)), ("Ana", dt.date(2002, 4, 2)),
            ("Eva", dt.date(1980, 1, 1)), ("Neja", None),
        ):  # fmt: skip
            person = factories.make_person(session, name, "Novak")
            person.birth_date = born
            made[name] = person.id
            made[f"r-{name}"] = factories.make_registration(session, event, person, status="accepted").id
        return made

    return db.write(make, label=T("Test"))


def decide(db: Database, people: list[str], given: bool | None, purpose: str = "participation", **more: Any) -> None:
    if "given_by_id" not in more:
        more.setdefault("given_by_name", "Maja Novak")
    db.write(consents.record, people, purpose, given, now=more.pop("now", NOW), **more, label=T("Consent"))


def test_minors_are_those_below_the_age_on_the_first_day(db: Database, camp: dict[str, str]) -> None:
    rows = db.read(consents.minors_of_event, camp["event"])
    assert [(row.given_name, row.age, row.missing) for row in rows] == [
        ("Črt", Age(17, 17), ("participation",)),
        ("Žan", Age(14, 14), ("participation",)),
    ]
    db.write(office.set_settings, {minors.CHILD_AGE: 15}, label=T("Test"))
    assert [row.given_name for row in db.read(consents.minors_of_event, camp["event"])] == ["Žan"]


def test_a_table_says_who_is_a_minor_and_whose_consent_is_missing(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"]], True, event_id=camp["event"])
    decide(db, [camp["Eva"]], False, "photo", event_id=camp["event"])
    found = db.read(
        registrations.registrations, camp["event"], keys=["given_name", "minor", "consent_missing", "photo"]
    )
    assert {row[0]: row[1:] for row in found.rows} == {
        "Žan": ("yes", False, "none"), "Črt": ("yes", True, "none"), "Ana": ("no", False, "none"),
        "Eva": ("no", False, "refused"), "Neja": ("unknown", False, "none"),
    }  # fmt: skip


def test_the_decision_for_the_event_goes_before_a_general_one(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"]], True, "photo")
    decide(db, [camp["Žan"]], False, "photo", event_id=camp["event"])
    decide(db, [camp["Črt"]], True, "photo")
    rows = {row.given_name: row.states["photo"] for row in db.read(consents.minors_of_event, camp["event"])}
    assert rows == {"Žan": "refused", "Črt": "given"}
    found = db.read(registrations.registrations, camp["event"], keys=["given_name", "photo"])
    assert dict(found.rows)["Žan"] == "refused"
    assert dict(found.rows)["Črt"] == "given"


def test_every_purpose_is_a_column_of_the_table(db: Database, camp: dict[str, str]) -> None:
    keys = ["given_name", "consent_participation", "photo", "consent_publication", "consent_data", "consent_mailing"]
    decide(db, [camp["Žan"]], True, "data", event_id=camp["event"], source="paper")
    decide(db, [camp["Žan"]], True, "publication", event_id=camp["event"], source="paper")
    decide(db, [camp["Žan"]], False, "publication", event_id=camp["event"], now=NOW + dt.timedelta(days=1))
    decide(db, [camp["Ana"]], True, "mailing")
    (row,) = db.read(consents.consents_of, camp["Ana"])
    db.write(consents.withdraw, [row.key], on=NOW.date(), label=T("Withdraw"))
    found = {row[0]: row[1:] for row in db.read(registrations.registrations, camp["event"], keys=keys).rows}
    assert found["Žan"] == ("none", "none", "refused", "given", "none")
    assert found["Ana"] == ("none", "none", "none", "none", "withdrawn")
    assert set(found["Neja"]) == {"none"}
    shown = db.read(registrations.registrations, camp["event"], only={"family_name", "consent_data"})
    place = shown.column("consent_data")
    assert sorted(row[place] for row in shown.rows) == ["given", "none", "none", "none", "none"]
    assert {row[shown.column("consent_mailing")] for row in shown.rows} == {None}


def test_a_consent_is_withdrawn_and_stays_written(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"]], True, "mailing", given_on=dt.date(2020, 2, 1))
    (row,) = db.read(consents.consents_of, camp["Žan"])
    with pytest.raises(OfficeError, match="before the day it was given"):
        db.write(consents.withdraw, [row.key], on=dt.date(2020, 1, 1), label=T("Withdraw"))
    db.write(consents.withdraw, [row.key], on=dt.date(2020, 3, 1), label=T("Withdraw"))
    assert db.write(consents.withdraw, [row.key], on=dt.date(2020, 3, 2), label=T("Again")) == 0
    decide(db, [camp["Žan"]], True, "mailing")
    said = [(r.state, r.given_on, r.withdrawn_on) for r in db.read(consents.consents_of, camp["Žan"])]
    assert said == [("given", NOW.date(), None), ("withdrawn", dt.date(2020, 2, 1), dt.date(2020, 3, 1))]


def test_the_same_paper_keyed_in_twice_is_one_consent_and_a_mistake_is_taken_back(
    db: Database, camp: dict[str, str]
) -> None:
    for _ in range(2):
        decide(db, [camp["Žan"]], True, event_id=camp["event"], given_by_name="Maja Novak", source="paper")
    assert len(db.read(consents.consents_of, camp["Žan"])) == 1
    decide(db, [camp["Žan"]], None, event_id=camp["event"])
    assert db.read(consents.consents_of, camp["Žan"]) == []


def test_a_refusal_after_a_consent_withdraws_it(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"]], True, "photo", event_id=camp["event"], given_on=dt.date(2020, 2, 1))
    decide(db, [camp["Žan"]], False, "photo", event_id=camp["event"], now=NOW + dt.timedelta(days=1))
    said = [(r.state, r.withdrawn_on) for r in db.read(consents.consents_of, camp["Žan"])]
    assert said == [("refused", None), ("withdrawn", dt.date(2020, 3, 3))]


def test_other_words_are_a_new_version_for_those_who_come_later(db: Database, camp: dict[str, str]) -> None:
    assert db.read(consent_words.current_words, "photo")[0] == 1
    write, day = consent_words.new_wording, NOW.date()
    # The words the program came with may be printed already; what was written today may be mended today.
    assert db.write(write, "photo", "Besede.", "Words.", on=day, label=T("Words")) == 2
    assert db.write(write, "photo", "Besede še.", "Words too.", on=day, label=T("Words")) == 2
    decide(db, [camp["Žan"]], True, "photo")
    assert db.write(write, "photo", "Besede še.", "Words too.", on=day, label=T("Words")) == 2
    assert db.write(write, "photo", "Druge besede.", "Other words.", on=day, label=T("Words")) == 3
    assert db.read(consent_words.current_words, "photo") == (3, "Druge besede.", "Other words.")
    assert [row.version for row in db.read(consents.consents_of, camp["Žan"])] == [2]
    with pytest.raises(OfficeError, match="both languages"):
        db.write(write, "photo", "Besede.", " ", on=day, label=T("Words"))


def test_a_paper_keeps_the_version_that_stands_on_it(db: Database, camp: dict[str, str]) -> None:
    """Printed in February, its words changed on 1 March, keyed in on 2 March."""
    write = consent_words.new_wording
    db.write(write, "photo", "Druge.", "Other.", on=dt.date(2020, 3, 1), label=T("Words"))
    db.write(write, "photo", "Tretje.", "Third.", on=dt.date(2020, 3, 2), label=T("Words"))

    def version(name: str) -> int | None:
        return db.read(consents.consents_of, camp[name])[0].version

    decide(db, [camp["Žan"]], True, "photo", given_on=dt.date(2020, 2, 20), source="paper")
    decide(db, [camp["Črt"]], True, "photo", source="paper")
    assert (version("Žan"), version("Črt")) == (1, 3)
    decide(db, [camp["Črt"]], True, "photo", source="paper", version=2)
    assert version("Črt") == 2
    with pytest.raises(OfficeError, match="no version 9"):
        decide(db, [camp["Črt"]], True, "photo", source="paper", version=9)


def test_the_table_takes_day_and_version_from_the_paper_and_the_scan_dropped_before(
    db: Database, camp: dict[str, str]
) -> None:
    db.write(consent_words.new_wording, "photo", "Druge.", "Other.", on=dt.date(2020, 3, 1), label=T("Words"))
    key = camp["r-Žan"]
    scan = [Brought("sken.pdf", b"%PDF-1.7 first")]
    db.write(consent_table.attach_scan, [key], scan, now=NOW, who="Maja", label=T("Scan"))
    db.write(consent_table.decide, [key], consents.ON_PAPER, True, now=NOW, label=T("Paper"))

    def row() -> dict[str, Any]:
        found = db.read(consent_table.minors_table, camp["event"])
        fields = [info.key for info in found.fields]
        return dict(zip(fields, found.rows[list(found.keys).index(key)], strict=True))

    def change(field: str, value: Any) -> None:
        db.write(consent_table.change_cell, [key], field, value, now=NOW, label=T("Change"))

    assert (row()["scan"], row()["version"]) == (True, "1, 1, 2, 1")
    change("given_on", dt.date(2020, 2, 20))
    assert row()["version"] == "1"
    change("version", "2")
    assert row()["version"] == "1, 1, 2, 1"
    change("version", "[1]")
    assert row()["version"] == "1"
    change("version", "1, 1, 2, 1")
    assert row()["version"] == "1, 1, 2, 1"
    for wrong in ("9", "dva", "", "1, 2", "2, 2, 2, 2"):
        with pytest.raises(OfficeError):
            change("version", wrong)


def test_what_somebody_says_for_themselves_is_in_the_words_of_the_form(db: Database, camp: dict[str, str]) -> None:
    own = db.read(consent_words.current_words, "photo", own=True)
    assert own != db.read(consent_words.current_words, "photo")
    db.write(consent_words.new_wording, "photo", "Lahko me.", "You may.", on=NOW.date(), own=True, label=T("Words"))
    assert db.read(consent_words.current_words, "photo")[0] == 1
    decide(db, [camp["Eva"]], True, "photo", source="form", given_by_name="")
    decide(db, [camp["Žan"]], True, "photo", source="paper", given_by_name="")

    def said(session: Session, name: str) -> str:
        text = select(ConsentText.text_en).join(Consent, Consent.text_id == ConsentText.id)
        return session.scalars(text.where(Consent.person_id == camp[name])).one()

    assert db.read(said, "Eva") == "You may."
    assert "child" in db.read(said, "Žan")


def test_guardians_are_people_with_a_relation(db: Database, camp: dict[str, str]) -> None:
    add = guardians.add_guardian
    db.write(add, camp["Žan"], name="Maja Novak Šuštar", phone="041 111 222", email="maja@example.org", label=T("Add"))
    db.write(add, camp["Žan"], guardian_id=camp["Eva"], relation="relative", is_legal=False, label=T("Add"))
    db.write(add, camp["Žan"], guardian_id=camp["Eva"], relation="guardian", is_legal=True, label=T("Add"))
    found = db.read(guardians.guardians_of, [camp["Žan"]])[camp["Žan"]]
    assert [(g.name, g.relation, g.is_legal, g.phone) for g in found] == [
        ("Maja Novak Šuštar", "parent", True, "041 111 222"), ("Eva Novak", "guardian", True, ""),
    ]  # fmt: skip
    assert db.read(guardians.children_of, camp["Eva"]) == [(camp["Žan"], "Žan Novak")]
    decide(db, [camp["Žan"]], True, event_id=camp["event"], given_by_id=found[0].person_id)
    (row, *_) = [r for r in db.read(consents.minors_of_event, camp["event"]) if r.given_name == "Žan"]
    assert (row.given_by, row.missing) == ("Maja Novak Šuštar", ())
    with pytest.raises(OfficeError, match="themselves"):
        db.write(add, camp["Žan"], guardian_id=camp["Žan"], label=T("Add"))
    with pytest.raises(OfficeError, match="given name and the family name"):
        db.write(add, camp["Žan"], name="Maja", label=T("Add"))
    db.write(guardians.remove_guardians, [g.key for g in found], label=T("Remove"))
    assert db.read(guardians.guardians_of, [camp["Žan"]]) == {}


def test_nobody_too_young_consents_alone(db: Database, camp: dict[str, str]) -> None:
    """Žan is 14, Črt 17: by ZVOP-2 own consent is valid from 15; coming along is for the parents to allow until 18."""
    for name, purpose, is_valid in (
        ("Žan", "photo", False), ("Žan", "participation", False), ("Črt", "photo", True),
        ("Črt", "participation", False), ("Eva", "participation", True), ("Neja", "photo", True),
    ):  # fmt: skip
        assert db.read(consents.may_decide_alone, camp[name], purpose, NOW.date()) is is_valid
    with pytest.raises(OfficeError, match="not valid without a parent"):
        decide(db, [camp["Žan"]], True, "photo", given_by_name="")
    decide(db, [camp["Žan"]], False, "photo", given_by_name="")
    decide(db, [camp["Črt"]], True, "photo", given_by_name="")
    db.write(office.set_settings, {minors.OWN_CONSENT_AGE: 18}, label=T("Test"))
    with pytest.raises(OfficeError, match="not valid without a parent"):
        decide(db, [camp["Črt"]], True, "data", given_by_name="")


@pytest.mark.parametrize("stands", [True, False])
def test_an_older_paper_does_not_undo_a_newer_decision(db: Database, camp: dict[str, str], stands: bool) -> None:
    decide(db, [camp["Žan"]], stands, "photo", given_on=dt.date(2020, 2, 20))
    with pytest.raises(OfficeError, match="newer decision stands"):
        decide(db, [camp["Žan"]], not stands, "photo", given_on=dt.date(2020, 2, 10))
    decide(db, [camp["Žan"]], not stands, "photo", given_on=dt.date(2020, 2, 10), source="form")
    (row,) = db.read(consents.consents_of, camp["Žan"])
    assert (row.state, row.given_on) == ("given" if stands else "refused", dt.date(2020, 2, 20))
    # On the same day, the one keyed in last.
    decide(db, [camp["Žan"]], not stands, "photo", given_on=dt.date(2020, 2, 20))
    assert db.read(consents.consents_of, camp["Žan"])[0].state == ("refused" if stands else "given")


def test_no_consent_is_withdrawn_before_it_was_given(db: Database, camp: dict[str, str]) -> None:
    decide(db, [camp["Žan"]], True, "photo", given_on=dt.date(2020, 2, 20))
    decide(db, [camp["Žan"]], True, "photo", given_on=dt.date(2020, 2, 10), given_by_name="Jan Novak")
    said = [(r.state, r.given_on, r.withdrawn_on) for r in db.read(consents.consents_of, camp["Žan"])]
    newer = dt.date(2020, 2, 20)
    assert said == [("given", dt.date(2020, 2, 10), None), ("withdrawn", newer, newer)]
