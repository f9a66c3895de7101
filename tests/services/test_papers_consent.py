"""The paper for parents and the list of whom to call: filled from the registration, open where nothing is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import consent_words, consents, guardians, papers_consent
from mama_desktop.services.paper import Paper
from mama_desktop.sheets.sheet import Book
from mama_desktop.store.database import Database
from tests.services.test_consents import NOW, camp

__all__ = ("camp",)


def pages(paper: Paper) -> list[str]:
    document = pypdfium2.PdfDocument(paper.pdf())
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def papers(db: Database, event: str, language: str = "sl", **options: Any) -> Paper:
    return db.read(papers_consent.make_consents, event, language=language, options=options, now=NOW, who="Ana")


def fill(session: Session, camp: dict[str, str]) -> None:
    event = session.get_one(Event, camp["event"])
    event.bring_sl, event.travel_note_sl = "Spalna vreča in copati.", "Avtobus ob 7.30 s postaje Tivoli."
    registration = session.get_one(Registration, camp["r-Žan"])
    registration.emergency_name, registration.emergency_phone = "Maja Šuštar", "041 111 222"
    guardians.add_guardian(session, camp["Žan"], name="Maja Šuštar", phone="041 111 222")


def test_each_minor_has_a_paper_filled_from_the_registration(db: Database, camp: dict[str, str]) -> None:
    db.write(fill, camp, label=T("Test"))
    paper = papers(db, camp["event"])
    first, second = pages(paper)
    assert "Črt Novak" in first
    for words in (
        "Žan Novak",
        "1. 5. 2005",
        "Maja Šuštar",
        "041 111 222",
        "Spalna vreča",
        "Tivoli",
        "2.–3. april 2020",
    ):
        assert words in second
    assert "Maja Šuštar" not in first
    for purpose in consents.ON_PAPER:
        assert consent_words.shipped_texts()["texts"][purpose]["sl"].split(".")[0].split(",")[0] in second
    assert any("no parent or guardian" in str(w) for w in paper.warnings)


def test_what_is_known_of_stay_and_health_stands_on_the_paper(db: Database, camp: dict[str, str]) -> None:
    def more(session: Session) -> None:
        for registration in session.scalars(select(Registration).where(Registration.event_id == camp["event"])):
            registration.allergies, registration.arrival = "arašidi", dt.date(2020, 4, 1)

    db.write(more, label=T("Test"))
    assert all("arašidi" in page and "1. 4. 2020" in page for page in pages(papers(db, camp["event"])))


def test_only_those_missing_or_chosen_and_papers_without_a_name(db: Database, camp: dict[str, str]) -> None:
    db.write(
        consents.record,
        [camp["Črt"]],
        "participation",
        True,
        event_id=camp["event"],
        now=NOW,
        source="paper",
        label=T("Test"),
    )
    assert len(pages(papers(db, camp["event"], missing=True))) == 1
    assert "Črt Novak" in pages(papers(db, camp["event"], registrations=[camp["r-Črt"]]))[0]
    assert len(pages(papers(db, camp["event"], missing=True, blank=2))) == 3
    db.write(
        consents.record,
        [camp["Žan"]],
        "participation",
        True,
        event_id=camp["event"],
        now=NOW,
        source="paper",
        label=T("Test"),
    )
    with pytest.raises(OfficeError, match="Nobody"):
        papers(db, camp["event"], missing=True)


def test_the_notice_of_the_office_does_not_contradict_the_question_about_photos(
    db: Database, camp: dict[str, str]
) -> None:
    """Where parents tick yes or no, nobody is photographed because they said nothing."""
    (page, *_) = pages(papers(db, camp["event"], "both", registrations=[camp["r-Žan"]]))
    assert "Osebne podatke obdelujemo zaradi izvedbe dogodka" in page
    assert "Personal data are processed to run the event" in page
    assert "Na dogodku fotografiramo" not in page
    assert "The event is photographed" not in page


@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_long_words_go_on_to_a_second_page_whole(db: Database, camp: dict[str, str], language: str) -> None:
    def long(session: Session) -> None:
        event = session.get_one(Event, camp["event"])
        event.travel_note_sl = event.travel_note_en = event.bring_sl = event.bring_en = (
            "Dolgo besedilo. " * 90 + "Konec."
        )

    db.write(long, label=T("Test"))
    found = pages(papers(db, camp["event"], language, registrations=[camp["r-Žan"]]))
    assert len(found) >= 2
    assert "".join(found).count("Konec.") == 2


def test_emergency_contacts_stand_for_all_who_are_accepted(db: Database, camp: dict[str, str]) -> None:
    db.write(fill, camp, label=T("Test"))
    paper = db.read(papers_consent.make_emergency, camp["event"], language="sl", options={}, now=NOW, who="Ana")
    assert isinstance(paper.content, Book)
    (group,) = paper.content.sheets[0].groups
    said = {str(row[1]): (row[5], row[6]) for row in group.rows}
    assert len(said) == 5
    assert said["Novak Žan"] == ("Maja Šuštar", "041 111 222")
    assert said["Novak Ana"] == ("—", "")
    assert [w.count for w in paper.warnings] == [4]


def test_a_day_is_said_only_when_it_is_known(db: Database, camp: dict[str, str]) -> None:
    def month(session: Session) -> None:
        event = session.get_one(Event, camp["event"])
        event.precision, event.starts_on, event.ends_on = "month", dt.date(2020, 4, 1), None

    db.write(month, label=T("Test"))
    assert "1. april" not in pages(papers(db, camp["event"]))[0]
