"""Funder profiles come as data and stay the office's own afterwards."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.projects import CERTAINTY, PAPER_LANGUAGES, FunderProfile, Project
from mama_desktop.domain.text import T
from mama_desktop.services.fields import REGISTRATION_FIELDS
from mama_desktop.services.funders import ensure_profiles, profile_of, shipped_profile_id, shipped_profiles
from mama_desktop.services.papers import SIGN_IN_COLUMNS
from mama_desktop.store.database import Database

LABEL = T("Change the profiles")


def test_every_shipped_profile_is_complete_and_to_be_confirmed() -> None:
    columns = {c.key for c in FunderProfile.__mapper__.column_attrs}
    for values in shipped_profiles():
        assert set(values) == columns
        assert values["languages"] in PAPER_LANGUAGES
        assert values["certainty"] in CERTAINTY
        assert values["certainty"] == "C"
        assert values["source"]
        # A sentence in one language only would leave half a page without it.
        assert bool(values["sentence_sl"]) == bool(values["sentence_en"])
        assert set(values["sign_in_columns"]) <= set(SIGN_IN_COLUMNS)
        assert set(values["list_columns"]) <= set(REGISTRATION_FIELDS)
        assert ("email" in values["sign_in_columns"]) == values["email_on_sheet"]


def test_the_sentences_are_those_of_the_programmes() -> None:
    by_key = {values["key"]: values for values in shipped_profiles()}
    assert {"own", "ursm", "movit", "erasmus-2014-20", "erasmus-2021-27", "rec-2014-20"} <= set(by_key)
    assert by_key["ursm"]["sentence_sl"] == "Program sofinancira Urad Republike Slovenije za mladino."
    assert by_key["erasmus-2021-27"]["sentence_en"].startswith("Funded by the European Union")
    assert "Rights, Equality and Citizenship" in by_key["rec-2014-20"]["sentence_en"]
    assert by_key["own"]["sentence_sl"] == by_key["own"]["logo_words"] == ""


def test_profiles_are_inserted_once_and_never_overwritten(db: Database) -> None:
    def change(session: Session) -> None:
        session.execute(update(FunderProfile).where(FunderProfile.key == "ursm").values(sentence_sl="Po pogodbi."))

    assert db.write(ensure_profiles, label=LABEL) == len(shipped_profiles())
    db.write(change, label=LABEL)
    assert db.write(ensure_profiles, label=LABEL) == 0
    assert (
        db.read(Session.scalar, select(FunderProfile.sentence_sl).where(FunderProfile.key == "ursm")) == "Po pogodbi."
    )


def test_the_project_decides_whose_papers_they_are(db: Database) -> None:
    def two_projects(session: Session) -> None:
        ensure_profiles(session)
        ursm = shipped_profile_id("ursm")
        session.add_all(
            [Project(id="1", title_sl="Redna dejavnost", profile_id=ursm), Project(id="2", title_sl="Brez")]
        )

    # Reading a workspace without any profile writes nothing and still answers.
    assert db.read(profile_of, None).key == "own"
    db.write(two_projects, label=LABEL)
    assert [db.read(profile_of, project).key for project in ("1", "2", None)] == ["ursm", "own", "own"]
