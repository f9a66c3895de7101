"""The questions of an event's form: order, conditions, kinds, what is refused, what becomes of the answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.questions import QuestionRow, chosen_of
from mama_desktop.i18n import language
from mama_desktop.services import editing, fields, papers_list, questions, registrations
from tests import factories

SIZES = [{"sl": "M", "en": "M"}, {"sl": "L", "en": "L"}]


@pytest.fixture
def event(session: Session) -> Event:
    return factories.make_event(session)


def _ask(session: Session, event: Event, label_sl: str, kind: str = "text", **values: Any) -> str:
    return questions.save(session, event.id, label_sl=label_sl, kind=kind, **values)


def _one(session: Session, event: Event, key: str) -> QuestionRow:
    return next(one for one in questions.of_event(session, event.id) if one.id == key)


def test_questions_stand_in_the_order_in_which_they_were_added(session: Session, event: Event) -> None:
    _ask(session, event, "Velikost majice", "choice", label_en="T-shirt size", choices=SIZES)
    _ask(session, event, "Kaj pričakujete?", "long-text")
    found = questions.of_event(session, event.id)
    assert [(one.position, one.label_in("en")) for one in found] == [(1, "T-shirt size"), (2, "Kaj pričakujete?")]
    assert found[0].choices_in("sl") == {"c1": "M", "c2": "L"}
    assert language("sl").say(found[0].label) == "Velikost majice"
    assert language("en").say(found[0].label) == "T-shirt size"


def test_a_choice_keeps_its_key_when_it_is_renamed_or_moved(session: Session, event: Event) -> None:
    key = _ask(session, event, "Velikost", "choice", choices=SIZES)
    questions.save(
        session, event.id, key=key, choices=[{"key": "c2", "sl": "Velika"}, {"sl": "XL"}, {"key": "c1", "sl": "M"}]
    )
    assert _one(session, event, key).choices_in("sl") == {"c2": "Velika", "c3": "XL", "c1": "M"}


def test_a_field_of_the_program_brings_its_own_words_and_sensitivity(session: Session, event: Event) -> None:
    key = questions.save(session, event.id, kind="field", field_key="allergies")
    one = _one(session, event, key)
    assert (one.label_in("sl"), one.label_in("en"), one.sensitivity) == ("Alergije", "Allergies", "sensitive")
    with pytest.raises(OfficeError, match="already"):
        questions.save(session, event.id, kind="field", field_key="allergies")


def test_a_condition_looks_only_at_an_earlier_question(session: Session, event: Event) -> None:
    bus = _ask(session, event, "Pridete z avtobusom?", "bool")
    stop = _ask(session, event, "Kje vstopite?", shown_if_id=bus, shown_if=["yes"])
    with pytest.raises(OfficeError, match="earlier"):
        questions.save(session, event.id, key=bus, shown_if_id=stop, shown_if=["yes"])
    with pytest.raises(OfficeError, match="no such answer"):
        questions.save(session, event.id, key=stop, shown_if=["maybe"])
    with pytest.raises(OfficeError, match="behind"):
        questions.move(session, stop, 0)
    with pytest.raises(OfficeError, match="cannot be deleted"):
        questions.delete(session, bus)
    assert [one.id for one in questions.of_event(session, event.id)] == [bus, stop]


def test_only_what_applies_is_asked(session: Session, event: Event) -> None:
    bus = _ask(session, event, "Pridete z avtobusom?", "bool")
    stop = _ask(
        session,
        event,
        "Kje vstopite?",
        "choice",
        choices=[{"sl": "Celje"}, {"sl": "Drugje"}],
        shown_if_id=bus,
        shown_if=["yes"],
    )
    where = _ask(session, event, "Kje drugje?", shown_if_id=stop, shown_if=["c2"])
    emergency = questions.save(session, event.id, kind="field", field_key="diet", accepted_only=True)
    asked = questions.of_event(session, event.id)

    def keys(answers: dict[str, Any], *, accepted: bool = False) -> list[str]:
        return [one.id for one in questions.asked(asked, answers, accepted=accepted)]

    assert keys({}) == [bus]
    assert keys({bus: True}) == [bus, stop]
    assert keys({bus: True, stop: "c2"}, accepted=True) == [bus, stop, where, emergency]
    # What was answered before the first answer changed asks nothing more.
    assert keys({bus: False, stop: "c2"}) == [bus]


def test_the_kind_changes_where_every_answer_fits(session: Session, event: Event) -> None:
    key = _ask(session, event, "Prihod")
    first = factories.make_registration(session, event=event, answers={key: "2. 4. 2020"})
    questions.save(session, event.id, key=key, kind="date")
    assert first.answers == {key: "2020-04-02"}
    first.answers = {key: "2020-04-02", "Opomba": "pozno"}
    with pytest.raises(OfficeError, match="would not fit"):
        questions.save(session, event.id, key=key, kind="number")


def test_a_choice_somebody_has_made_does_not_go(session: Session, event: Event) -> None:
    key = _ask(session, event, "Velikost", "choice", choices=SIZES)
    factories.make_registration(session, event=event, answers={key: "c2"})
    with pytest.raises(OfficeError, match="would not fit"):
        questions.save(session, event.id, key=key, choices=[{"key": "c1", "sl": "M"}])


def test_deleting_says_what_it_touches_and_keeps_what_was_said(session: Session, event: Event) -> None:
    key = _ask(session, event, "Velikost majice", "choice", choices=SIZES)
    one = factories.make_registration(session, event=event, answers={key: "c2"})
    assert questions.touched_by_deleting(session, key).answers == 1
    assert questions.delete(session, key) == 1
    assert one.answers == {"Velikost majice": "L"}


def test_sensitive_answers_do_not_outlive_their_question(session: Session, event: Event) -> None:
    key = _ask(session, event, "Zdravila", sensitivity="sensitive")
    one = factories.make_registration(session, event=event, answers={key: "inzulin", "Drugo": "da"})
    with pytest.raises(OfficeError, match="Sensitive"):
        questions.delete(session, key)
    questions.delete(session, key, keep_answers=False)
    assert one.answers == {"Drugo": "da"}


def test_two_questions_are_not_worded_alike(session: Session, event: Event) -> None:
    _ask(session, event, "Velikost majice")
    with pytest.raises(OfficeError, match="already"):
        _ask(session, event, "velikost  majice")
    with pytest.raises(OfficeError, match="Please write"):
        _ask(session, event, "  ")
    with pytest.raises(OfficeError, match="among the choices"):
        _ask(session, event, "Barva", "choice", choices=[{"sl": "Rdeča"}, {"sl": "rdeca"}])


def test_who_has_not_answered_what_applies_to_them(session: Session, event: Event) -> None:
    bus = _ask(session, event, "Pridete z avtobusom?", "bool", required=True)
    stop = _ask(session, event, "Kje vstopite?", required=True, shown_if_id=bus, shown_if=["yes"])
    born = questions.save(session, event.id, kind="field", field_key="birth_date", required=True, accepted_only=True)
    people = {name: factories.make_person(session, name, "Žagar") for name in ("Ana", "Bor", "Cene", "Dan")}
    people["Bor"].birth_date = dt.date(2000, 1, 1)
    for name, status, said in (
        ("Ana", "applied", {bus: False}), ("Bor", "accepted", {bus: True}), ("Cene", "accepted", {bus: False}),
        ("Dan", "cancelled", {}),
    ):  # fmt: skip
        factories.make_registration(session, event=event, person=people[name], status=status, answers=said)
    found = questions.missing_answers(session, event.id)
    assert [(one.name, [q.id for q in one.questions]) for one in found] == [
        ("Bor Žagar", [stop]),
        ("Cene Žagar", [born]),
    ]


def _answered(session: Session, event: Event) -> dict[str, str]:
    keys = {
        "size": _ask(session, event, "Velikost majice", "choice", label_en="T-shirt size", choices=SIZES),
        "day": _ask(session, event, "Dan prihoda na morje", "date"),
        "pets": _ask(session, event, "Koliko psov", "number"),
        "bus": _ask(session, event, "Z avtobusom?", "bool"),
        "pills": _ask(session, event, "Zdravila", sensitivity="sensitive"),
    }
    for name, said in (
        ("Ana", {keys["size"]: "c2", keys["day"]: "2020-04-02", keys["bus"]: False, keys["pills"]: "da", "ID": "7"}),
        ("Bor", {keys["pets"]: 2.5}),
    ):
        person = factories.make_person(session, name, "Žagar")
        factories.make_registration(session, event=event, person=person, answers=said)
    return keys


def test_answers_are_typed_fields_under_the_words_of_their_question(session: Session, event: Event) -> None:
    keys = _answered(session, event)
    found = registrations.registrations(session, event.id, language="en")
    rows = {row[found.column("given_name")]: row for row in found.rows}
    column = {name: found.column(fields.ANSWER + key) for name, key in keys.items()}
    assert [rows["Ana"][column[name]] for name in keys] == ["c2", dt.date(2020, 4, 2), None, False, "da"]
    assert [rows["Bor"][column[name]] for name in keys] == [None, None, 2.5, None, ""]
    infos = [found.fields[place] for place in column.values()]
    assert [info.kind for info in infos] == ["choice", "date", "number", "bool", "text"]
    assert next(language("en").say(info.label) for info in infos) == "T-shirt size"
    assert [info.key for info in found.fields][-1] == "answer:ID"


def test_sensitive_answers_are_not_in_a_list_of_everything(session: Session, event: Event) -> None:
    keys = _answered(session, event)
    columns = papers_list.everything(session, event.id).columns
    assert fields.ANSWER + keys["size"] in columns
    assert fields.ANSWER + keys["pills"] not in columns
    assert {"emergency_name", "emergency_phone"}.isdisjoint(columns)


def test_a_list_says_choices_and_dates_as_a_list_does(session: Session, event: Event) -> None:
    keys = _answered(session, event)
    wanted = tuple(fields.ANSWER + keys[name] for name in ("size", "day", "pets", "bus"))
    options = papers_list.ListOptions(("given_name", *wanted))
    book = papers_list.participant_list(session, event.id, now=dt.datetime(2020, 3, 2), options=options, language="en")
    sheet = book.sheets[0]
    assert [column.heading.first for column in sheet.columns][1] == "T-shirt size"
    assert [row for group in sheet.groups for row in group.rows] == [
        ("Ana", "L", dt.date(2020, 4, 2), None, False), ("Bor", None, None, 2.5, None),
    ]  # fmt: skip


def test_a_template_of_the_office_finds_the_same_question_of_another_event(session: Session, event: Event) -> None:
    keys = _answered(session, event)
    other = factories.make_event(session)
    same = _ask(session, other, "velikost majice", "choice", choices=SIZES)
    columns = ["family_name", fields.ANSWER + keys["size"], fields.ANSWER + keys["day"], "answer:Majica"]
    chosen = registrations.chosen_fields(session, other.id, columns)
    assert [f.key for f in chosen] == ["family_name", fields.ANSWER + same, "answer:Majica"]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("size", "m", "c1"), ("size", "c2", "c2"), ("day", "3. 4. 2020", "2020-04-03"), ("pets", "2,5", 2.5),
     ("pets", 3, 3), ("bus", "da", True), ("bus", False, False), ("pills", " tri  ", "tri"), ("pills", "", None)],
)  # fmt: skip
def test_an_answer_is_edited_by_its_kind(session: Session, event: Event, name: str, value: Any, kept: Any) -> None:
    key = _answered(session, event)[name]
    one = factories.make_registration(session, event=event)
    editing.change(session, "registration", [one.id], fields.ANSWER + key, value, now=dt.datetime(2020, 3, 2))
    assert one.answers == ({} if kept is None else {key: kept})


@pytest.mark.parametrize(("name", "value"), [("size", "XXL"), ("day", "julija"), ("pets", "dva"), ("bus", "morda")])
def test_an_answer_that_is_none_is_refused(session: Session, event: Event, name: str, value: str) -> None:
    key = _answered(session, event)[name]
    one = factories.make_registration(session, event=event, answers={key: "x"})
    with pytest.raises(OfficeError):
        editing.change(session, "registration", [one.id], fields.ANSWER + key, value, now=dt.datetime(2020, 3, 2))
    assert one.answers == {key: "x"}


KINDS = st.sampled_from(["bool", "choice", "choices", "text"])


@given(st.lists(st.tuples(KINDS, st.integers(0, 5), st.booleans(), st.integers(0, 3)), max_size=6), st.booleans())
def test_what_is_asked_never_waits_for_what_is_not(form: list[tuple[str, int, bool, int]], accepted: bool) -> None:
    """Whatever the form and the answers: who is asked something was asked what it depends on, and answered so."""
    said: dict[str, Any] = {}
    rows: list[QuestionRow] = []
    for place, (kind, earlier, only, answer) in enumerate(form):
        condition = str(earlier) if earlier < place else None
        rows.append(QuestionRow(str(place), place, kind, accepted_only=only, shown_if_id=condition,
                                shown_if=("yes", "c1") if condition else ()))  # fmt: skip
        said[str(place)] = {"bool": answer > 1, "choice": f"c{answer}", "choices": ["c1"] * answer}.get(kind, "x")
    asked = questions.asked(rows, said, accepted=accepted)
    keys = [one.id for one in asked]
    assert keys == sorted(keys, key=int)
    for one in asked:
        assert accepted or not one.accepted_only
        if one.shown_if_id:
            earlier_one = next(row for row in asked if row.id == one.shown_if_id)
            assert chosen_of(earlier_one.answered(said)) & {"yes", "c1"}
