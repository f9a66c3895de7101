"""Adding many to an event, and its places and options, driven as a person drives them."""

from __future__ import annotations

from typing import Any

import pytest

from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import capacity, editing, events, organisations, people, registrations
from mama_desktop.services.adding import people_of
from mama_desktop.ui import dialogs
from mama_desktop.ui.add_to_event_page import AddToEventPage
from mama_desktop.ui.main_window import MainWindow


@pytest.fixture
def event(real_window: MainWindow) -> str:
    return real_window.db.read(events.event_by_code, "2020-03-euyou-spoznavni-mkc")


@pytest.fixture
def adding(real_window: MainWindow, event: str) -> AddToEventPage:
    real_window.go("add-to-event", event, "people")
    assert isinstance(real_window.page, AddToEventPage)
    return real_window.page


def _registered(window: MainWindow, event: str) -> int:
    return len(window.db.read(registrations.registrations, event, keys=["status"]).keys)


def _strangers(window: MainWindow, event: str, number: int) -> list[str]:
    known = {row[0] for row in window.db.read(registrations.registrations, event, keys=["email"]).rows}
    found = window.db.read(people.people)
    place = found.column("email")
    return [key for key, row in zip(found.keys, found.rows, strict=True) if row[place] not in known][:number]


def _pick(page: AddToEventPage, key: str) -> None:
    way: Any = page.way
    way.who.set_value(Found("person", key, key))
    way.who.finished.emit()


def test_people_are_picked_one_by_one_and_written_as_one(
    adding: AddToEventPage, real_window: MainWindow, event: str
) -> None:
    before = _registered(real_window, event)
    for key in _strangers(real_window, event, 3):
        _pick(adding, key)
    assert adding._do.text().strip() == "Add 3 people"
    adding._on_ticked(adding._candidates[0].person_id, "take", False)
    assert adding._do.text().strip() == "Add 2 people"
    adding.add()
    assert _registered(real_window, event) == before + 2
    real_window.undo()
    assert _registered(real_window, event) == before


def test_nothing_can_be_added_while_nobody_is_chosen(adding: AddToEventPage) -> None:
    assert not adding._do.isEnabled()
    adding.tick_all(True)
    assert not adding._do.isEnabled()


def test_a_centre_sends_known_and_new_people(adding: AddToEventPage, real_window: MainWindow, event: str) -> None:
    db = real_window.db
    key = next(k for k in db.read(organisations.organisations).keys if len(db.read(people_of, k)) > 3)
    real_window.go("add-to-event", event, f"organisation:{key}")
    way: Any = adding.way
    assert adding._do.text().strip() == "Add"
    way.new.setPlainText("Žiga Črnič\n\nMaša Šuštar")
    sender = db.read(organisations.name_of, key, language=real_window.speak.code)
    assert sender
    assert {one.organisation for one in adding._candidates if one.person_id.startswith("new:")} == {sender}
    assert adding._do.text().strip() == "Add 2 people"
    wish = adding.wish()
    assert (wish.way, wish.source_id, wish.new_names) == ("organisation", key, ("Žiga Črnič", "Maša Šuštar"))
    assert wish.together
    before = _registered(real_window, event)
    adding.add()
    assert _registered(real_window, event) == before + 2


def test_who_is_registered_cannot_be_ticked(adding: AddToEventPage, real_window: MainWindow, event: str) -> None:
    real_window.go("add-to-event", event, f"event:{event}")
    assert adding._candidates
    assert not any(adding._is_taken(one) for one in adding._candidates)
    adding.tick_all(True)
    assert not adding._do.isEnabled()


def test_over_capacity_is_one_question(
    adding: AddToEventPage, real_window: MainWindow, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = real_window.db.clock.now()
    real_window.db.write(editing.change, "event", [event], "capacity", 1, now=now, label=T("Test"))
    for key in _strangers(real_window, event, 2):
        _pick(adding, key)
    adding.how.status.setCurrentIndex(adding.how.status.findData("accepted"))
    adding._show_preview()
    assert "More than there are places for" in adding.how.warning.text()
    before = _registered(real_window, event)
    asked: list[Any] = []
    monkeypatch.setattr(dialogs, "ask", lambda *question, **_more: asked.append(question))
    adding.add()
    assert (_registered(real_window, event), len(asked)) == (before, 1)
    monkeypatch.setattr(dialogs, "ask", lambda *_question, **_more: 0)
    adding.add()
    assert _registered(real_window, event) == before + 2


def test_options_and_quotas_are_kept_where_they_are_typed(
    real_window: MainWindow, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_window.go("event", event, "details")
    page: Any = real_window.page
    tab = page._lazy["details"].inside
    tab._options.delete([one.id for one in real_window.db.read(capacity.options, event)])
    tab._quotas.delete([one.id for one in real_window.db.read(capacity.quotas, event)])
    tab._options.add()
    (option,) = real_window.db.read(capacity.options, event)
    tab._options.edit(option.id, "name_sl", "Delavnica")
    tab._options.edit(option.id, "places", "12")
    (option,) = real_window.db.read(capacity.options, event)
    assert (option.name, option.places) == ("Delavnica", 12)
    tab._quotas.kind.setCurrentIndex(tab._quotas.kind.findData("country"))
    tab._quotas.which.setCurrentIndex(tab._quotas.which.findData("HR"))
    tab._quotas.places.setText("3")
    tab._quotas.add()
    (quota,) = real_window.db.read(capacity.quotas, event)
    assert (quota.kind, quota.value, quota.places) == ("country", "HR", 3)
    tab._quotas.edit(quota.id, "places", 2)
    assert real_window.db.read(capacity.quotas, event)[0].places == 2
    tab._options.delete([option.id])
    tab._quotas.delete([quota.id])
    assert real_window.db.read(capacity.options, event) == []
    assert real_window.db.read(capacity.quotas, event) == []


def test_fewer_places_throw_nobody_out_and_say_what_is_over(real_window: MainWindow) -> None:
    event = real_window.db.read(events.event_by_code, "2020-04-klub")
    before = real_window.db.read(registrations.counts, event).accepted
    real_window.go("event", event, "details")
    page: Any = real_window.page
    tab = page._lazy["details"].inside
    assert "Places of the event" not in tab.over.words()
    tab._on_edit("capacity", 5)
    assert f"Places of the event: {before} / 5" in tab.over.words()
    assert real_window.db.read(registrations.counts, event).accepted == before


def test_whether_one_waiting_person_closes_the_event(real_window: MainWindow, event: str) -> None:
    real_window.go("event", event, "details")
    page: Any = real_window.page
    tab = page._lazy["details"].inside
    for said, value in (("no", False), ("yes", True), ("office", None)):
        tab._on_edit("closes", said)
        head = real_window.db.read(events.event_head, event)
        assert head is not None
        assert head.waiting_closes is value
