"""Deciding where the hand is: the menu of a row, as many as fit, what stands still, who is no longer chosen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from mama_desktop.domain.registrations import STATUSES
from mama_desktop.domain.text import T
from mama_desktop.services import people, questions, registrations
from mama_desktop.services.adding import Wish, add
from mama_desktop.store import history
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.reason_popup import ReasonPopup
from mama_desktop.ui.registrations_tab import RegistrationsTab
from tests.ui.test_deciding import _cell, _of, _popup, tab

__all__ = ("tab",)


def _row_menu(tab: RegistrationsTab) -> QMenu:
    menu = QMenu(tab)
    tab.table.doing.fill_menu(menu)
    return menu


def _words(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def test_the_menu_of_a_row_decides_in_the_words_of_the_button(tab: RegistrationsTab) -> None:
    keys = _of(tab, "accepted")[:5]
    tab.table.select(keys)
    words = _words(_row_menu(tab))
    assert {"Put on the waiting list", "Decline", "Confirm", "Cancel the registration"} <= set(words)
    assert "Accept" not in words, "they are accepted"
    assert "Delete the 5 registrations" in words
    tab.table.select(keys[:1])
    menu = _row_menu(tab)
    assert "Delete the registration" in _words(menu)
    next(a for a in menu.actions() if a.text() == "Cancel the registration").trigger()
    popup = _popup()
    assert isinstance(popup, ReasonPopup)
    popup.give()
    assert _cell(tab, keys[0], "status") == "cancelled"


def test_the_menu_of_the_button_names_deeds_not_states(tab: RegistrationsTab) -> None:
    said = {action.text() for action in tab.menu.steps.values()}
    assert len(said) == len(STATUSES)
    assert not said & {str(words) for words in STATUSES.values()}


def test_as_many_as_fit_are_accepted_in_one_change_after_showing_who(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = _of(tab, "applied")[:3]
    tab.decisions.do(_of(tab, "accepted")[:1], "cancelled")
    asked: list[list[str]] = []

    def second(_parent: Any, speak: Any, _question: Any, *answers: Any, details: Any = (), **_more: Any) -> int:
        asked.append([speak.say(words) for words in (*answers, *details)])
        return 1

    monkeypatch.setattr(dialogs, "ask", second)
    tab.table.select(new)
    tab.menu.on_decided("accepted")
    (said,) = asked
    assert said[:2] == ["Accept over capacity", "Accept 1, 2 on the waiting list"]
    assert said[2] == "There is a place for:"
    assert said[4] == "For the waiting list:"
    assert sorted(_cell(tab, key, "status") for key in new) == ["accepted", "waiting", "waiting"]
    change = real_window.db.read(history.changes, limit=1)[0]
    assert str(change.label) == "1 registration accepted, 2 registrations put on the waiting list"
    real_window.db.undo()
    assert {_cell(tab, key, "status") for key in new} == {"applied"}


def test_when_nobody_fits_all_may_wait(tab: RegistrationsTab, monkeypatch: pytest.MonkeyPatch) -> None:
    new = _of(tab, "applied")[:2]
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 1)
    tab.decisions.do(new, "accepted")
    assert {_cell(tab, key, "status") for key in new} == {"waiting"}


def test_who_is_filtered_away_is_no_longer_chosen(tab: RegistrationsTab, qtbot: QtBot) -> None:
    table, accepted = tab.table, _of(tab, "accepted")
    table.select([*accepted[:2], *_of(tab, "applied")[:3]])
    table.set_wanted("status", ["accepted"])
    assert sorted(table.selected_keys()) == sorted(accepted[:2])
    with qtbot.waitSignal(table.selection_changed):
        table.set_wanted("status", ["waiting"])
    assert table.selected_keys() == []
    table.set_wanted("status", None)
    assert table.selected_keys() == []
    # All of them, then fewer rows: those that are left.
    table.view.selectAll()
    table.set_wanted("status", ["accepted"])
    assert sorted(table.selected_keys()) == sorted(accepted)


def test_escape_first_empties_what_is_typed_then_lets_go_of_the_chosen(tab: RegistrationsTab, qtbot: QtBot) -> None:
    table = tab.table
    table.select(_of(tab, "accepted")[:2])
    table.search.setText("a")
    assert table.selected_keys()
    qtbot.keyClick(table.search, Qt.Key.Key_Escape)
    assert (table.search.text(), len(table.selected_keys())) == ("", 2)
    qtbot.keyClick(table.view, Qt.Key.Key_Escape)
    assert table.selected_keys() == []


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_row_of_buttons_stands_still_and_in_one_line(
    tab: RegistrationsTab, real_window: MainWindow, width: int
) -> None:
    real_window.resize(width, 720)
    QApplication.sendPostedEvents()

    def places() -> list[tuple[int, int, int]]:
        shown = [b for b in (tab._decide, tab._write, tab._import, tab._add, tab.table.search) if b.isVisible()]
        assert len(shown) == 5
        return [(b.mapTo(tab, b.rect().topLeft()).x(), b.mapTo(tab, b.rect().topLeft()).y(), b.width()) for b in shown]

    before, height = places(), tab.table.bar.height()
    assert len({y for _, y, _ in before}) == 1
    assert not tab._decide.isEnabled()
    tab.table.select(_of(tab, "accepted")[:3])
    QApplication.sendPostedEvents()
    assert (places(), tab.table.bar.height()) == (before, height)
    assert tab._decide.isEnabled()


def test_the_waiting_list_is_behind_more_where_there_is_no_room(tab: RegistrationsTab) -> None:
    entries = [entry for entry in tab._more_entries() if entry is not None]
    assert [str(entry[0]) for entry in entries] == ["Waiting list (2)"]
    entries[0][3]()
    assert tab.waiting.isVisible()


def test_the_count_of_registrations_opens_as_many_rows(tab: RegistrationsTab, real_window: MainWindow) -> None:
    db, page = real_window.db, real_window.page
    wish = Wish(person_ids=tuple(db.read(people.people).keys[-3:]), status="invited")
    db.write(add, event_id=tab._event, wish=wish, now=db.clock.now(), label=T("Test"))
    rows = len(tab.table.shown_keys())
    assert tab.selection_words() == f"{rows} rows: {rows - 3} registrations, 3 only invited"
    any_page: Any = page
    chip = next(c for c in any_page._chips_of(any_page._head) if c.view == "*")
    assert chip.words == f"{rows - 3} registrations"
    assert "3 people are only invited and are not counted." in chip.tip
    any_page._on_chip("*")
    assert len(tab.table.shown_keys()) == rows - 3


def test_who_owes_an_answer_is_filtered(tab: RegistrationsTab, real_window: MainWindow) -> None:
    db, event = real_window.db, tab._event
    db.write(questions.save, event, kind="text", label_sl="Kaj?", required=True, accepted_only=True, label=T("Test"))
    owing = {one.registration_id for one in db.read(questions.missing_answers, event)}
    assert owing
    real_window.go("event", event, "registrations:owing")
    assert set(tab.table.shown_keys()) == owing
    assert len(owing) < len(db.read(registrations.registrations, event, keys=["status"]).keys)
    assert tab.table.filters.bar.isVisible()
    assert "A required answer is missing" in str(tab.table.filters.bar._shown)
    tab.table.filters.bar.lifted.emit("")
    assert len(tab.table.shown_keys()) > len(owing)


def test_sensitive_cells_ask_before_they_leave_by_the_clipboard(
    tab: RegistrationsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.read_rest()
    table, clipboard = tab.table, QApplication.clipboard()
    column = next(n for n, f in enumerate(table.rows.listing.fields) if f.sensitivity == "sensitive")
    table.view.setColumnHidden(column, False)
    label = tab._page.say(table.rows.field(column).label)
    asked: list[str] = []
    answers: list[int | None] = [None, 0, 1]

    def ask(_parent: Any, speak: Any, question: Any, *_answers: Any, **_more: Any) -> int | None:
        asked.append(speak.say(question))
        return answers.pop(0)

    monkeypatch.setattr(dialogs, "ask", ask)
    table.select(_of(tab, "accepted")[:2])
    clipboard.setText("before")
    table.doing.copy()
    assert clipboard.text() == "before", "left"
    table.doing.copy()
    assert label not in clipboard.text()
    assert "\t" in clipboard.text()
    table.doing.copy()
    assert label in clipboard.text()
    assert len(asked) == 3
    assert label in asked[0]
    # One cell is taken as meant.
    table.chosen.go_to(table.rows.index(0, column))
    table.doing.copy()
    assert len(asked) == 3
