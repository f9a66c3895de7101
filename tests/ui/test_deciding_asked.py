"""What is asked before a decision: of a mixed choice, of half a party, of a pasted refusal; and groups made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.services import capacity, parties, people, registrations
from mama_desktop.services.pasting import Cell
from mama_desktop.ui import dialogs
from mama_desktop.ui.add_person import AddPerson
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.party_popup import PartyPopup
from mama_desktop.ui.reason_popup import ReasonPopup
from mama_desktop.ui.registrations_tab import RegistrationsTab
from mama_desktop.ui.table_blocks import Block
from tests.ui.test_deciding import _cell, _of, _popup, tab

__all__ = ("tab",)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions, each answered with its first answer."""
    questions: list[str] = []

    def ask(_parent: Any, speak: Any, question: Any, *_answers: Any, more: Any = "", **_more: Any) -> int:
        questions.append(f"{speak.say(question)} {speak.say(more)}")
        return 0

    monkeypatch.setattr(dialogs, "ask", ask)
    return questions


def _party(window: MainWindow, event: str, keys: list[str]) -> None:
    def make(session: Any) -> None:
        parties.put_together(session, keys, parties.make_party(session, event, name="Družina Kos"))

    window.db.write(make, label=T("Test"))


def test_half_a_waiting_party_is_asked_about_once(
    tab: RegistrationsTab, real_window: MainWindow, asked: list[str]
) -> None:
    waits = _of(tab, "waiting")
    _party(real_window, tab._event, waits)
    tab.table.edit_requested.emit(waits[0], "status", "accepted")
    assert len(asked) == 2
    assert "Družina Kos" in asked[0]
    # What the second question asks about is known in the first.
    assert "There are 60 places; with the whole group it would be 62." in asked[0]
    assert "62" in asked[1]
    # Nobody fits, so nothing is explained that cannot be chosen.
    assert "As many as fit" not in asked[1]
    assert _of(tab, "waiting") == []


def test_only_one_of_a_party_on_purpose(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = _of(tab, "waiting")
    _party(real_window, tab._event, waits)
    tab.decisions.do(_of(tab, "accepted")[:1], "cancelled")
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: 1)
    tab.decisions.do(waits[:1], "accepted")
    assert _of(tab, "waiting") == waits[1:]


@pytest.mark.parametrize("many", [False, True])
def test_a_cell_asks_for_the_reason_as_the_menu_does(tab: RegistrationsTab, many: bool) -> None:
    keys = _of(tab, "accepted")[: 1 + many]
    if many:
        tab.table.change_many_requested.emit(keys, "status", "cancelled")
    else:
        tab.table.edit_requested.emit(keys[0], "status", "cancelled")
    popup = _popup()
    assert isinstance(popup, ReasonPopup)
    popup.reason.setText("Bolezen")
    popup.give()
    assert {_cell(tab, key, "reason") for key in keys} == {"Bolezen"}
    assert "To be told:" in tab.free.box.words()


def test_a_pasted_status_asks_for_one_reason_and_says_what_was_freed(
    tab: RegistrationsTab, real_window: MainWindow
) -> None:
    keys = _of(tab, "accepted")[:2]

    def hold(session: Any) -> None:
        option = capacity.save_option(session, tab._event, name_sl="Delavnica", places=5)
        capacity.choose_option(session, keys[0], option)

    real_window.db.write(hold, label=T("Test"))
    _paste(tab, dict.fromkeys(keys, "cancelled"))
    popup = _popup()
    assert isinstance(popup, ReasonPopup)
    popup.reason.setText("Stavka")
    popup.give()
    assert [(_cell(tab, key, "status"), _cell(tab, key, "reason")) for key in keys] == [("cancelled", "Stavka")] * 2
    assert "Freed: Delavnica (" in tab.free.box.words()


def test_pasted_acceptances_over_capacity_are_asked_about_once(tab: RegistrationsTab, asked: list[str]) -> None:
    keys = _of(tab, "applied")[:2]
    _paste(tab, dict.fromkeys(keys, "accepted"))
    assert len(asked) == 1
    assert {_cell(tab, key, "status") for key in keys} == {"accepted"}


def _paste(tab: RegistrationsTab, wanted: dict[str, str]) -> None:
    status = next(f for f in tab.table.rows.listing.fields if f.key == "status")
    cells = [Cell(key, status, words, row) for row, (key, words) in enumerate(wanted.items(), 1)]
    tab.table.cells_requested.emit(Block(tuple(cells)), T("Paste"))


def test_a_mixed_choice_is_decided_for_whom_it_is_possible(tab: RegistrationsTab, asked: list[str]) -> None:
    new, accepted = _of(tab, "applied")[0], _of(tab, "accepted")[0]
    tab.decisions.do([new], "declined")
    tab.table.select([new])
    tab.menu.show_possible()
    assert not tab.menu.steps["cancelled"].isEnabled()
    tab.table.select([new, accepted])
    tab.menu.show_possible()
    assert tab.menu.steps["cancelled"].isEnabled()
    tab.menu.on_decided("cancelled")
    assert [question.strip() for question in asked] == [
        "“Cancel the registration” is possible for 1 of 2 chosen. Only for those?"
    ]
    popup = _popup()
    popup.give()
    assert (_cell(tab, new, "status"), _cell(tab, accepted, "status")) == ("declined", "cancelled")


def test_a_group_is_made_changed_and_left_by_hand(tab: RegistrationsTab, real_window: MainWindow) -> None:
    db, keys = real_window.db, _of(tab, "applied")[:3]
    tab.table.select(keys)
    tab.menu.put_together()
    popup: Any = _popup()
    assert isinstance(popup, PartyPopup)
    person = db.read(registrations.person_of, keys[0])
    popup.name.setText("Skupina iz Kopra")
    popup.contact.set_value(Found("person", person or "", "Ana Kos"))
    popup.email.setText("skupina@example.org")
    popup.give()
    (row,) = db.read(parties.parties, tab._event)
    assert (row.name, row.contact_id, row.contact_email, row.people) == (
        "Skupina iz Kopra", person, "skupina@example.org", 3,
    )  # fmt: skip
    tab.table.select(keys[:1])
    tab.menu.put_together()
    popup = QApplication.activePopupWidget()
    assert (popup.name.text(), popup.email.text()) == ("Skupina iz Kopra", "skupina@example.org")
    popup.name.setText("Druga skupina")
    popup.give()
    (row,) = db.read(parties.parties, tab._event)
    assert (row.name, row.people) == ("Druga skupina", 3)
    tab.table.select(keys[:1])
    tab.menu.show_possible()
    assert tab.menu.apart.isEnabled()
    tab.menu.take_out()
    assert db.read(parties.parties, tab._event)[0].people == 2


def test_a_shorter_stay_says_what_it_frees_and_deleting_what_goes(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _of(tab, "accepted")[0]

    def hold(session: Any) -> None:
        option = capacity.save_option(session, tab._event, name_sl="Delavnica", places=5)
        capacity.choose_option(session, key, option)

    real_window.db.write(hold, label=T("Test"))
    _party(real_window, tab._event, [key])
    said: list[str] = []

    def ask(_parent: Any, speak: Any, *_words: Any, details: Any = (), **_more: Any) -> None:
        said.extend(map(speak.say, details))

    monkeypatch.setattr(dialogs, "ask", ask)
    tab.table.delete_requested.emit([key])
    assert any("Delavnica" in line for line in said)
    assert any("Družina Kos" in line for line in said)
    assert real_window.db.read(lambda s: s.scalar(select(Registration.id).where(Registration.id == key)))


def test_the_strip_of_one_shows_only_what_would_be_exceeded(tab: RegistrationsTab) -> None:
    tab.table.select(_of(tab, "applied")[:1])
    tab.show_strip()
    assert tab.strip.isVisible()
    assert tab.strip.over.text().startswith("still 1 too many")
    assert not tab.strip._all.isVisible()
    tab.table.select(_of(tab, "accepted")[:1])
    tab.show_strip()
    assert tab.strip.isHidden()


@pytest.mark.parametrize(("answer", "more"), [(0, 0), (1, 1)])
def test_a_known_name_is_asked_about_before_a_double_is_made(
    tab: RegistrationsTab, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: int, more: int
) -> None:
    db = real_window.db
    db.write(people.add_person, family_name="Novinec", given_name="Žiga", label=T("Test"))
    before = len(db.read(people.people).keys)
    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: answer)
    popup = AddPerson(real_window.page, tab._event, tab)
    popup.registered.connect(tab._on_registered)
    popup.given_name.setText("Ziga")
    popup.family_name.setText("Novinec")
    popup.email.setText("ziga@example.org")
    popup._on_new()
    assert len(db.read(people.people).keys) == before + more
    (chosen,) = tab.table.selected_keys()
    assert _cell(tab, chosen, "email") == ("ziga@example.org" if more else "")
    # Somebody waits at this event.
    assert _cell(tab, chosen, "status") == "waiting"


def test_the_places_in_the_queue_are_not_added_up(tab: RegistrationsTab) -> None:
    tab.table.select(_of(tab, "waiting"))
    tab.read_rest()
    assert "waiting list together" not in tab.selection_words()
