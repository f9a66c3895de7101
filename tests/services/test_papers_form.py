"""What a registration form asks, of whom, and what the office is told before it goes out."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.forms import ACCEPTED
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.services import office, papers_form, questions
from mama_desktop.services.papers_form import ALWAYS, FormOptions, form_of
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 1, 12)


def _asked(session: Session) -> str:
    event = factories.make_event(session, "2020-04-klub", deadline=dt.date(2020, 3, 25))
    office.set_settings(session, {"office.email": "info@primer.si"})
    first = questions.save(session, event.id, kind="bool", label_sl="Pridete z vlakom?", label_en="By train?")
    questions.save(session, event.id, kind="text", label_sl="Katera postaja?", shown_if_id=first, shown_if=["yes"])
    questions.save(session, event.id, kind="field", field_key="allergies", accepted_only=True)
    return event.id


@pytest.fixture
def event_id(db: Database) -> str:
    return db.write(_asked, label=T("Test"))


def _names(made: papers_form.MadeForm) -> list[str]:
    return [field.name if "_" not in field.name[:2] else field.name[:2] for field in made.form.fields()]


def test_everybody_is_asked_only_what_is_not_kept_for_the_accepted(db: Database, event_id: str) -> None:
    made = db.read(form_of, event_id, now=NOW, language="sl")
    assert _names(made) == [*ALWAYS, "q_", "q_", "c_", "c_", "c_"]
    later = next(field for field in made.form.fields() if field.label.first == "Katera postaja?")
    assert later.only_if.first == "Samo če je vaš odgovor na vprašanje »Pridete z vlakom?«: da"
    assert made.form.intro[0].endswith("Obrazec vrnite na naslov info@primer.si do 25. marca 2020.")
    accepted = db.read(form_of, event_id, now=NOW, language="sl", options=FormOptions(ACCEPTED))
    assert _names(accepted) == ["given_name", "family_name", "email", "allergies", "c_"]
    assert "marca" not in accepted.form.intro[0]
    assert any(section.lines for section in accepted.form.sections)


def test_the_version_follows_what_is_asked_and_not_the_language(db: Database, event_id: str) -> None:
    made = [db.read(form_of, event_id, now=NOW, language=code).form.identity.version for code in ("sl", "en", "both")]
    assert len(set(made)) == 1
    assert made[0] in db.read(papers_form.versions, event_id)
    db.write(questions.save, event_id, kind="text", label_sl="Še nekaj?", label=T("Test"))
    assert made[0] not in db.read(papers_form.versions, event_id)


def test_the_office_is_told_what_to_look_at(db: Database, event_id: str) -> None:
    made = db.read(form_of, event_id, now=dt.datetime(2020, 4, 1), language="both")
    said = [language("sl").say(words) for words in made.warnings]
    assert "Rok prijave je potekel: 25. 3. 2020." in said
    assert "Vprašanje »Katera postaja?« nima angleškega besedila; natisne se slovensko." in said
