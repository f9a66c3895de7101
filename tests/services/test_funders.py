"""Funder profiles come as data and stay the office's own afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.everything import RECORDS
from mama_desktop.domain.projects import CERTAINTY, PAPER_LANGUAGES, FunderProfile, Project
from mama_desktop.services.funders import ensure_profiles, profile_of, shipped_profiles


@pytest.fixture
def session() -> Iterator[Session]:
    assert RECORDS
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


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


def test_the_sentences_are_those_of_the_programmes() -> None:
    by_key = {values["key"]: values for values in shipped_profiles()}
    assert {"own", "ursm", "movit", "erasmus-2014-20", "erasmus-2021-27", "rec-2014-20"} <= set(by_key)
    assert by_key["ursm"]["sentence_sl"] == "Program sofinancira Urad Republike Slovenije za mladino."
    assert by_key["erasmus-2021-27"]["sentence_en"].startswith("Funded by the European Union")
    assert "Rights, Equality and Citizenship" in by_key["rec-2014-20"]["sentence_en"]
    assert by_key["own"]["sentence_sl"] == by_key["own"]["logo_words"] == ""


def test_profiles_are_inserted_once_and_never_overwritten(session: Session) -> None:
    assert ensure_profiles(session) == len(shipped_profiles())
    profile = session.scalars(select(FunderProfile).where(FunderProfile.key == "ursm")).one()
    profile.sentence_sl = "Kakor piše v naši pogodbi."
    session.flush()
    assert ensure_profiles(session) == 0
    session.expire_all()
    assert profile.sentence_sl == "Kakor piše v naši pogodbi."


def test_the_project_decides_whose_papers_they_are(session: Session) -> None:
    assert profile_of(session, None).key == "own"
    assert not session.new
    ensure_profiles(session)
    ursm = session.scalars(select(FunderProfile).where(FunderProfile.key == "ursm")).one()
    session.add_all([Project(id="1", title_sl="Redna dejavnost", profile_id=ursm.id), Project(id="2", title_sl="Brez")])
    session.flush()
    assert profile_of(session, "1") is ursm
    assert profile_of(session, "2").key == "own"
    assert profile_of(session, None).id
