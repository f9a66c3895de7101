"""Deciding in the window: the strip, reasons, what was freed, the waiting list by keys, invited people's answers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import capacity, deciding, events, parties, registrations, waiting_blocks
from mama_desktop.services.adding import Wish, add
from mama_desktop.store import history
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.reason_popup import ReasonPopup
from mama_desktop.ui.registrations_tab import RegistrationsTab

PLACES = 60


def _full_event(session: Any, event: str, now: Any) -> None:
    """Whatever the sample has: 60 of 60 places taken, no options or quotas, two who wait, the others new or away."""
    for option in capacity.options(session, event):
        capacity.delete_option(session, option.id)
    for quota in capacity.quotas(session, event):
        capacity.delete_quota(session, quota.id)
    keys = list(registrations.registrations(session, event, keys=["status"]).keys)
    parties.put_together(session, keys, None)
    session.get_one(Event, event).capacity = None
    for registration in session.scalars(select(Registration).where(Registration.event_id == event)):
        registration.status, registration.waiting_position = "applied", None
    session.flush()
    deciding.decide(session, keys[:PLACES], "accepted", now=now)
    deciding.decide(session, keys[PLACES : PLACES + 2], "waiting", now=now)
    session.get_one(Event, event).capacity = PLACES


@pytest.fixture
def tab(real_window: MainWindow) -> RegistrationsTab:
    event = real_window.db.read(events.event_by_code, "2020-04-klub")
    real_window.db.write(_full_event, event, real_window.db.clock.now(), label=T("Test"))
    real_window.go("event", event, "registrations")
    page: Any = real_window.page
    made: RegistrationsTab = page._registrations()
    return made


def _of(tab: RegistrationsTab, status: str) -> list[str]:
    listing = tab._page.db.read(registrations.registrations, tab._event, keys=["status", "reason", "cancelled_by"])
    return [key for key, row in zip(listing.keys, listing.rows, strict=True) if row[0] == status]


def _cell(tab: RegistrationsTab, key: str, field: str) -> Any:
    listing = tab._page.db.read(registrations.registrations, tab._event, keys=[field])
    return listing.rows[list(listing.keys).index(key)][0]


def _popup() -> Any:
    return QApplication.activePopupWidget()


def test_the_strip_comes_with_two_chosen_and_follows(tab: RegistrationsTab, qtbot: QtBot) -> None:
    new = _of(tab, "applied")
    tab.table.select(_of(tab, "accepted")[:1])
    tab.show_strip()
    assert tab.strip.isHidden()
    tab.table.select(new[:3])
    qtbot.waitUntil(tab.strip.isVisible)
    assert tab.strip.sum.text() == "60 accepted + 3 chosen = 63 / 60"
    assert tab.strip.over.text().startswith("still 3 too many")
    tab.table.select(_of(tab, "accepted")[:2])
    tab.show_strip()
    assert tab.strip.over.text() == ""
    tab.table.select([])
    tab.show_strip()
    assert tab.strip.isHidden()


def test_the_strip_names_quotas_options_and_half_parties(tab: RegistrationsTab, real_window: MainWindow) -> None:
    new = _of(tab, "applied")

    def prepare(session: Any) -> None:
        option = capacity.save_option(session, tab._event, name_sl="Delavnica", places=1)
        for key in new[:2]:
            capacity.choose_option(session, key, option)
        party = parties.make_party(session, tab._event, name="Družina")
        parties.put_together(session, new[1:3], party)

    real_window.db.write(prepare, label=T("Test"))
    tab.table.select(new[:2])
    tab.show_strip()
    assert "Delavnica 2 / 1: still 1 too many" in tab.strip.over.text()
    assert "only a part of the group “Družina” is chosen" in tab.strip.over.text()


def test_a_refusal_asks_for_its_reason_and_keeps_it(tab: RegistrationsTab) -> None:
    key = _of(tab, "applied")[0]
    tab.table.select([key])
    tab.menu.on_decided("declined")
    popup = _popup()
    assert isinstance(popup, ReasonPopup)
    popup.ready.setCurrentRow(0)
    wanted = popup.ready.item(0).text()
    popup._on_activated(popup.ready.item(0))
    assert (_cell(tab, key, "status"), _cell(tab, key, "reason")) == ("declined", wanted)


def test_a_cancellation_says_by_whom_what_was_freed_and_proposes_who_comes(
    tab: RegistrationsTab, real_window: MainWindow
) -> None:
    key = _of(tab, "accepted")[0]
    waits = _of(tab, "waiting")

    def hold(session: Any) -> None:
        option = capacity.save_option(session, tab._event, name_sl="Delavnica", places=5)
        capacity.choose_option(session, key, option)

    real_window.db.write(hold, label=T("Test"))
    tab.table.select([key])
    tab.menu.on_decided("cancelled")
    popup = _popup()
    popup.by.setCurrentIndex(popup.by.findData("guardian"))
    popup.reason.setText("Bolezen")
    popup.give()
    assert (_cell(tab, key, "cancelled_by"), _cell(tab, key, "reason")) == ("guardian", "Bolezen")
    words = tab.free.box.words()
    assert "Freed: Delavnica (" in words
    assert "To be told:" in words
    assert "1 place is free and somebody waits." in words
    assert _of(tab, "waiting") == waits
    assert tab.free._to_tell == (key,)
    tab.free.propose()
    popup = _popup()
    assert popup.keys()
    popup.accept()
    assert len(_of(tab, "waiting")) == len(waits) - 1
    assert real_window.db.read(registrations.counts, tab._event).accepted == 60


def test_a_party_that_does_not_fit_is_named_and_the_list_is_a_button_away(
    tab: RegistrationsTab, real_window: MainWindow
) -> None:
    waits = _of(tab, "waiting")

    def together(session: Any) -> None:
        parties.put_together(session, waits, parties.make_party(session, tab._event, name="Družina"))

    real_window.db.write(together, label=T("Test"))
    gone = _of(tab, "accepted")[:1]
    tab.decisions.do(gone, "cancelled")
    size = len(waits)
    assert size > 1
    assert f"1 place is free; the first on the waiting list is a party of {size}." in tab.free.box.words()
    said = {b.accessibleName() or b.text(): b for b in tab.free.box.findChildren(QPushButton)}
    assert "Propose who comes" not in said
    said["Waiting list"].click()
    assert tab._stack.currentIndex() == 1
    said["Write to the person"].click()
    letters: Any = real_window.page
    assert letters._audience.registration_ids == tuple(gone)


def test_what_is_put_off_stays_away_until_something_else_can_be_proposed(tab: RegistrationsTab) -> None:
    tab.decisions.do(_of(tab, "accepted")[:1], "cancelled")
    assert tab.free.isVisible()
    tab.free._close()
    tab.refresh()
    assert not tab.free.isVisible()
    tab.decisions.do(_of(tab, "accepted")[:1], "cancelled")
    assert tab.free.isVisible()


def test_over_capacity_stays_in_the_history_and_in_the_head(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    tab.table.select(_of(tab, "applied")[:1])
    tab.menu.on_decided("accepted")
    change = real_window.db.read(history.changes, limit=1)[0]
    assert "61 / 60" in str(change.label)
    page: Any = real_window.page
    head = real_window.db.read(events.event_head, tab._event)
    assert "accepted 61 / 60, over capacity" in [chip.words for chip in page._chips_of(head)]


def test_the_waiting_list_is_reordered_by_keys_with_one_reason(tab: RegistrationsTab, qtbot: QtBot) -> None:
    tab.decisions.do(_of(tab, "applied")[:3], "waiting")
    tab.show_waiting()
    rows = tab.waiting.list
    before = [rows.item(n).data(Qt.ItemDataRole.UserRole).keys for n in range(rows.count())]
    rows.setCurrentRow(1)
    qtbot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    popup = _popup()
    assert isinstance(popup, ReasonPopup)
    popup.give()
    assert popup.isVisible(), "a reason is needed"
    popup.reason.setText("Mladi z manj priložnostmi")
    popup.give()
    after = tab._page.db.read(waiting_blocks.waiting_blocks, tab._event).blocks
    assert [block.keys for block in after][:2] == [before[1], before[0]]
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    after = tab._page.db.read(waiting_blocks.waiting_blocks, tab._event).blocks
    assert [block.keys for block in after][:2] == before[:2]


def test_a_dropped_block_that_gets_no_reason_goes_back(tab: RegistrationsTab, qtbot: QtBot) -> None:
    tab.decisions.do(_of(tab, "applied")[:2], "waiting")
    tab.show_waiting()
    rows = tab.waiting.list
    before = [rows.item(n).data(Qt.ItemDataRole.UserRole).keys for n in range(rows.count())]
    rows.model().moveRow(rows.rootIndex(), 0, rows.rootIndex(), 3)
    _popup().close()

    def is_back() -> bool:
        return [rows.item(n).data(Qt.ItemDataRole.UserRole).keys for n in range(rows.count())] == before

    qtbot.waitUntil(is_back)


def test_a_party_is_promoted_whole(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = _of(tab, "applied")[:2]

    def together(session: Any) -> None:
        party = parties.make_party(session, tab._event, name="Družina")
        parties.put_together(session, two, party)
        deciding.decide(session, two, "waiting", now=real_window.db.clock.now())

    real_window.db.write(together, label=T("Test"))
    asked: list[str] = []

    def agree(_parent: Any, speak: Any, question: Any, *_answers: Any, **_more: Any) -> int:
        asked.append(speak.say(question))
        return 0

    monkeypatch.setattr(dialogs, "ask", agree)
    tab.show_waiting()
    tab.waiting.list.choose(two[0])
    tab.waiting.promote()
    assert {_cell(tab, key, "status") for key in two} == {"accepted"}
    assert asked == ["There are 60 places; with these it would be 62. Accept all the same?"]


def test_the_chip_of_the_waiting_opens_their_list(tab: RegistrationsTab, real_window: MainWindow) -> None:
    page: Any = real_window.page
    page._on_chip("waiting")
    assert tab.waiting.isVisible()
    page._on_chip("*")
    assert tab.table.isVisible()


def test_what_the_invited_said_is_counted_in_the_head(tab: RegistrationsTab, real_window: MainWindow) -> None:
    from mama_desktop.services import people

    db = real_window.db
    wish = Wish(person_ids=tuple(db.read(people.people).keys[-3:]), status="invited")
    keys = db.write(add, event_id=tab._event, wish=wish, now=db.clock.now(), label=T("Test")).keys
    tab.table.select(list(keys[:2]))
    tab.menu.show_possible()
    assert all(action.isVisible() for action in tab.menu.replies)
    tab.menu.on_reply("coming")
    page: Any = real_window.page
    words = [chip.words for chip in page._chips_of(db.read(events.event_head, tab._event))]
    assert "3 invited: 2 coming, 0 not coming, 1 without an answer" in words
    tab.table.select(_of(tab, "accepted")[:1])
    tab.menu.show_possible()
    assert not any(action.isVisible() for action in tab.menu.replies)


def test_an_option_is_chosen_for_many_and_let_go(tab: RegistrationsTab, real_window: MainWindow) -> None:
    key = real_window.db.write(
        capacity.save_option, tab._event, name_sl="Delavnica", places=5, label=T("Test")
    )  # fmt: skip
    chosen = _of(tab, "accepted")[:2]
    tab.menu.options.show_for(tab._event, chosen)
    action = next(a for a in tab.menu.options.actions() if a.text().startswith("Delavnica"))
    assert not action.isChecked()
    action.trigger()
    assert real_window.db.read(capacity.options, tab._event)[0].taken == 2
    tab.menu.options.show_for(tab._event, chosen)
    action = next(a for a in tab.menu.options.actions() if a.text().startswith("Delavnica"))
    assert action.isChecked()
    action.trigger()
    assert real_window.db.read(capacity.options, tab._event)[0].taken == 0
    assert key


def test_who_came_after_the_deadline_is_marked(tab: RegistrationsTab) -> None:
    from mama_desktop.ui.tones import is_status

    field = next(f for f in tab.table.rows.listing.fields if f.key == "is_late")
    assert is_status(field.choices)
