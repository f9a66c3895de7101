"""Questions to use again: ready sets, own sets, those of another event, and answers that were there before."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.questions import Question
from mama_desktop.domain.text import T
from mama_desktop.i18n import LANGUAGES, language
from mama_desktop.services import adopting, events, question_sets, questions
from mama_desktop.services.ready_questions import ready_sets
from mama_desktop.store.database import Database
from tests import factories


@pytest.fixture
def event(session: Session) -> Event:
    return factories.make_event(session)


def _labels(session: Session, event_id: str, code: str = "sl") -> list[str]:
    return [one.label_in(code) for one in questions.of_event(session, event_id)]


@pytest.mark.parametrize("key", ready_sets())
def test_a_ready_set_goes_into_a_form_in_both_languages(session: Session, event: Event, key: str) -> None:
    added = question_sets.insert_set(session, event.id, key)
    rows = questions.of_event(session, event.id)
    assert [one.id for one in rows] == added
    assert len(rows) == len(ready_sets()[key].questions) > 0
    for one in rows:
        # The form keeps what the rules of a form would take.
        questions.save(session, event.id, key=one.id, required=one.required)
        assert all(one.labels.get(code) for code in LANGUAGES)
        if one.shown_if_id:
            decides = next(q for q in rows if q.id == one.shown_if_id)
            assert set(one.shown_if) <= questions.condition_choices(decides).keys()
    assert question_sets.insert_set(session, event.id, key) == []


def test_the_emergency_contact_is_sensitive_and_asked_of_the_accepted_only(session: Session, event: Event) -> None:
    question_sets.insert_set(session, event.id, "emergency-contact")
    rows = questions.of_event(session, event.id)
    assert [one.field_key for one in rows] == ["emergency_name", "emergency_relation", "emergency_phone"]
    assert {(one.sensitivity, one.accepted_only) for one in rows} == {("sensitive", True)}
    assert [questions.hint(one) for one in rows] == [None] * 3


def test_a_field_asked_before_the_selection_is_pointed_out(session: Session, event: Event) -> None:
    key = questions.save(session, event.id, kind="field", field_key="birth_date")
    said = questions.hint(questions.of_event(session, event.id)[0])
    assert said is not None
    assert "TCA/NET" in language("sl").say(said)
    questions.save(session, event.id, key=key, accepted_only=True)
    assert questions.hint(questions.of_event(session, event.id)[0]) is None


def test_a_set_of_the_office_keeps_its_conditions(session: Session, event: Event) -> None:
    bus = questions.save(session, event.id, kind="bool", label_sl="Pridete z avtobusom?")
    stop = questions.save(session, event.id, label_sl="Kje vstopite?", shown_if_id=bus, shown_if=["yes"])
    kept = question_sets.save_as_set(session, event.id, " Prevoz ")
    other = factories.make_event(session)
    first, second = question_sets.insert_set(session, other.id, kept)
    row = questions.of_event(session, other.id)[1]
    assert (row.id, row.shown_if_id, row.shown_if) == (second, first, ("yes",))
    assert {bus, stop}.isdisjoint({first, second})
    # Only the second: what it waits for is not in the set.
    question_sets.save_as_set(session, event.id, "prevoz", [stop])
    assert [(one.label_in("sl"), one.shown_if_id) for one in questions.of_set(session, kept)] == [
        ("Kje vstopite?", None)
    ]
    names = [language("sl").say(one.name) for one in question_sets.sets(session) if not one.is_ready]
    assert names == ["Prevoz"]
    question_sets.delete_set(session, kept)
    assert _labels(session, other.id) == ["Pridete z avtobusom?", "Kje vstopite?"]


def test_a_set_needs_a_name_and_questions(session: Session, event: Event) -> None:
    with pytest.raises(OfficeError, match="no questions"):
        question_sets.save_as_set(session, event.id, "Prazno")
    questions.save(session, event.id, label_sl="Kaj pričakujete?")
    with pytest.raises(OfficeError, match="name of the set"):
        question_sets.save_as_set(session, event.id, "  ")


def test_what_the_form_asks_already_is_not_asked_twice(session: Session, event: Event) -> None:
    bus = questions.save(session, event.id, kind="bool", label_sl="Pridete z avtobusom?")
    other = factories.make_event(session)
    same = questions.save(session, other.id, kind="bool", label_sl="pridete z avtobusom")
    questions.save(session, other.id, label_sl="Kje vstopite?", shown_if_id=same, shown_if=["yes"])
    questions.save(session, other.id, key=same, label_sl="Pridete z avtobusom?")
    (added,) = question_sets.copy_questions(session, other.id, event.id)
    row = questions.of_event(session, event.id)[1]
    # The question that waits for the answer waits now for the one that was there.
    assert (row.id, row.shown_if_id) == (added, bus)


def test_a_copied_event_takes_its_questions_along_and_a_deleted_one_too(session: Session, event: Event) -> None:
    question_sets.insert_set(session, event.id, "special-needs")
    copy = events.copy_event(session, event.id, starts_on=None)
    assert _labels(session, copy) == _labels(session, event.id)
    events.delete_events(session, [event.id])
    assert len(_labels(session, copy)) == 2


def test_deleting_an_event_with_questions_is_undone(db: Database) -> None:
    label = T("Test")
    key = db.write(lambda s: factories.make_event(s).id, label=label)
    db.write(question_sets.insert_set, key, "photo-consent", label=label)
    before = db.read(questions.of_event, key)
    db.write(events.delete_events, [key], label=label)
    assert db.read(lambda s: s.scalar(select(func.count()).select_from(Question))) == 0
    db.undo()
    assert db.read(questions.of_event, key) == before


def test_answers_under_a_heading_of_the_same_words_are_taken_over(db: Database) -> None:
    label = T("Test")

    def make(session: Session) -> str:
        event = factories.make_event(session)
        for name, size in (("Ana", "l"), ("Bor", "velika"), ("Cene", "")):
            person = factories.make_person(session, name)
            said = {"Velikost majice": size, "Opomba": "x"} if size else {"Opomba": "y"}
            factories.make_registration(session, event=event, person=person, answers=said)
        return event.id

    event = db.write(make, label=label)
    key = db.write(
        questions.save, event, kind="choice", label_sl="Velikost", label_en="velikost  MAJICE",
        choices=[{"sl": "M"}, {"sl": "L"}], label=label,
    )  # fmt: skip
    (offer,) = db.read(adopting.adoptable, event)
    assert (offer.heading, offer.answers, offer.unreadable) == ("Velikost majice", 1, ("velika",))
    assert db.write(adopting.adopt, event, key, label=label) == 1
    assert db.read(adopting.adoptable, event) == []
    assert db.read(questions.touched_by_deleting, key).answers == 1
    db.undo()
    assert len(db.read(adopting.adoptable, event)) == 1
