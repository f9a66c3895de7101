"""The page of an event, driven by its actions on the sample."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mama_desktop.services import events, registrations
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.registrations_tab import RegistrationsTab

CLUB = "2020-04-klub"


def _open(window: MainWindow, view: str = "registrations") -> tuple[str, RegistrationsTab]:
    key = window.db.read(events.event_by_code, CLUB)
    window.go("event", key, view)
    page: Any = window.page
    tab: RegistrationsTab = page._lazy["registrations"].built()
    return key, tab


def _status(window: MainWindow, event: str, key: str) -> str:
    listing = window.db.read(registrations.registrations, event, keys=["status"])
    return str(listing.rows[list(listing.keys).index(key)][0])


def _of_status(tab: RegistrationsTab, status: str) -> list[str]:
    listing = tab.table.rows.listing
    place = listing.column("status")
    return [k for k, row in zip(listing.keys, listing.rows, strict=True) if row[place] == status]


def test_the_head_counts_live(real_window: MainWindow) -> None:
    event, tab = _open(real_window)
    before = real_window.db.read(registrations.counts, event)
    key = _of_status(tab, "accepted")[0]
    tab.table.edit_requested.emit(key, "status", "cancelled")
    popup: Any = QApplication.activePopupWidget()
    popup.give()
    after = real_window.db.read(registrations.counts, event)
    assert after.accepted == before.accepted - 1
    assert _status(real_window, event, key) == "cancelled"
    real_window.undo()
    assert _status(real_window, event, key) == "accepted"


def test_accepting_over_capacity_asks_once(real_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    event, tab = _open(real_window)
    new = _of_status(tab, "applied")[:2]
    asked: list[str] = []

    def refuse(_parent: Any, speak: Any, question: Any, *_answers: Any, **_more: Any) -> int | None:
        asked.append(speak.say(question))
        return None

    monkeypatch.setattr(dialogs, "ask", refuse)
    tab.table.select(new)
    tab.menu.on_decided("accepted")
    assert asked == ["There are 60 places; with these it would be 62. Accept all the same?"]
    assert _status(real_window, event, new[0]) == "applied"
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    tab.menu.on_decided("accepted")
    assert real_window.db.read(registrations.counts, event).accepted == 62


def test_a_step_that_may_not_be_is_said_and_the_cell_keeps_its_value(
    real_window: MainWindow, said: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    event, tab = _open(real_window)
    key = _of_status(tab, "declined")[0]
    tab.table.edit_requested.emit(key, "status", "cancelled")
    assert [what for what, _ in said] == ["error"]
    assert _status(real_window, event, key) == "declined"


def test_many_are_changed_at_once_and_taken_back_as_one(real_window: MainWindow) -> None:
    event, tab = _open(real_window)
    keys = list(tab.table.rows.listing.keys)[:20]
    tab.table.change_many_requested.emit(keys, "role", "volunteer")
    listing = real_window.db.read(registrations.registrations, event, keys=["role"])
    assert sum(row[0] == "volunteer" for row in listing.rows) >= 20
    real_window.undo()
    listing = real_window.db.read(registrations.registrations, event, keys=["role"])
    assert sum(row[0] == "volunteer" for row in listing.rows) < 20


def test_deleting_asks_and_can_be_undone(real_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    event, tab = _open(real_window)
    keys = list(tab.table.rows.listing.keys)[:3]
    before = len(tab.table.rows.listing.keys)
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: None)
    tab.table.delete_requested.emit(keys)
    assert len(real_window.db.read(registrations.registrations, event).keys) == before
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 0)
    tab.table.delete_requested.emit(keys)
    assert len(real_window.db.read(registrations.registrations, event).keys) == before - 3
    real_window.undo()
    assert len(real_window.db.read(registrations.registrations, event).keys) == before


def test_a_new_person_is_registered_by_hand(real_window: MainWindow, qtbot: QtBot) -> None:
    from mama_desktop.ui.add_person import AddPerson

    event, tab = _open(real_window, "attendance")
    before = real_window.db.read(registrations.counts, event).registered
    real_window.page.new()
    qtbot.waitUntil(lambda: bool(tab.findChildren(AddPerson)))
    popup = tab.findChildren(AddPerson)[0]
    popup.search.setText("Žiga Novinec")
    assert (popup.given_name.text(), popup.family_name.text()) == ("Žiga", "Novinec")
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert popup.organisation.hasFocus()
    qtbot.keyClick(popup.organisation, Qt.Key.Key_Return)
    assert real_window.db.read(registrations.counts, event).registered == before + 1
    (chosen,) = tab.table.selected_keys()
    assert tab.table.rows.listing.rows[list(tab.table.rows.listing.keys).index(chosen)][0] == "Novinec"
    qtbot.waitUntil(tab.table.view.hasFocus)


def test_somebody_known_is_found_without_sumniki(real_window: MainWindow, qtbot: QtBot) -> None:
    from mama_desktop.ui.add_person import AddPerson

    event, tab = _open(real_window)
    popup = AddPerson(real_window.page, event, tab)
    qtbot.addWidget(popup)
    popup.search.setText("cater")
    assert popup.found.count() > 0
    assert "Čater" in popup.found.item(0).text()


def test_a_count_of_today_opens_the_filtered_list(real_window: MainWindow) -> None:
    _, tab = _open(real_window, "registrations:applied")
    listing = tab.table.rows.listing
    place = listing.column("status")
    shown = set(tab.table.shown_keys())
    assert shown == {k for k, row in zip(listing.keys, listing.rows, strict=True) if row[place] == "applied"}


def test_details_are_stored_without_a_save_button(real_window: MainWindow) -> None:
    event, _ = _open(real_window, "details")
    page: Any = real_window.page
    details = page._lazy["details"].built()
    details._form.edit_requested.emit("capacity", 80)
    head = real_window.db.read(events.event_head, event)
    assert head is not None
    assert head.capacity == 80
    details._form.edit_requested.emit("capacity", -5)
    assert details._form._shown["capacity"].error.text()


def test_an_event_deleted_elsewhere_leads_back_to_the_list(real_window: MainWindow) -> None:
    from mama_desktop.domain.text import T

    event, _ = _open(real_window)
    real_window.db.write(events.delete_events, [event], label=T("Test"))
    assert real_window._now[0] == "events"


def test_the_table_begins_with_the_columns_an_office_looks_at_first(real_window: MainWindow) -> None:
    _event, tab = _open(real_window)
    shown = tab.table.shown_fields()
    assert shown[:3] == ["family_name", "given_name", "organisation"]
    assert "age_group_stated" not in shown
    tab.table.columns.set_shown("street", True)
    tab.table.columns.reset()
    assert tab.table.shown_fields() == shown
