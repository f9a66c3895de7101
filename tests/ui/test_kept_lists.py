"""Kept lists in the window: printed, marked as sent, out of date, the note of changes, the mail, made anew."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.services import kept_states
from mama_desktop.services.kept_states import KeptInfo
from mama_desktop.services.transport import seats
from mama_desktop.services.transport.passengers import loads
from mama_desktop.ui import dialogs, kept_doing
from mama_desktop.ui.documents_tab import OTHER, PRINTED, DocumentsTab
from mama_desktop.ui.kept_card import KeptCard
from mama_desktop.ui.main_window import MainWindow
from tests.services.transport.test_papers import an_event


@pytest.fixture
def event(real_window: MainWindow) -> str:
    return real_window.db.write(an_event, "2020-04-prevoz", label=T("Test"))


def _tab(window: MainWindow, qtbot: QtBot, event: str) -> DocumentsTab:
    window.go("event", event, "documents")
    page: Any = window.page
    tab: DocumentsTab = page._lazy["documents"].built()
    _idle(window, qtbot)
    return tab


def _idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window._jobs.running, timeout=20_000)


def _kept(window: MainWindow, event: str) -> list[KeptInfo]:
    return window.db.read(kept_states.kept_of_event, event)


def _print(
    window: MainWindow, qtbot: QtBot, event: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[DocumentsTab, KeptInfo]:
    """The bus firm's list saved from the window: it stands among the printed papers."""
    tab = _tab(window, qtbot, event)
    tab.show_paper("bus-firm-list")
    qtbot.waitUntil(lambda: tab.made is not None and bool(tab.made.pdf), timeout=20_000)
    monkeypatch.setattr(dialogs, "save_file", lambda *_asked: path)
    tab.pdf_button.click()
    _idle(window, qtbot)
    (one,) = _kept(window, event)
    qtbot.waitUntil(lambda: one.id in tab.issued.cards, timeout=5_000)
    tab.tabs.choose(PRINTED)
    return tab, one


def _take_out(window: MainWindow, event: str, given_name: str) -> None:
    def work(session: Session) -> None:
        people = [p for load in loads(session, event) for p in load.people if p.given_name == given_name]
        seats.unseat(session, [people[0].registration_id])

    window.db.write(work, label=T("Test"))


def test_what_is_saved_is_kept_and_marked_as_sent(
    real_window: MainWindow, qtbot: QtBot, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, one = _print(real_window, qtbot, event, tmp_path / "prevoznik.pdf", monkeypatch)
    card = tab.issued.cards[one.id]
    assert isinstance(card, KeptCard)
    assert set(card.buttons) == {"sent"}
    popup = kept_doing.ask_sent(tab._page, one, card)
    # Whom it usually goes to is written already.
    assert popup.to.text() == "Prevozi Hribar <prevozi@example.org>"
    popup.to.setText("")
    popup.give()
    assert _kept(real_window, event)[0].sent_at is None
    popup.to.setText("Janez")
    popup.give()
    sent = _kept(real_window, event)[0]
    assert (sent.state, sent.sent_to) == ("sent", "Janez")
    qtbot.waitUntil(lambda: set(getattr(tab.issued.cards[one.id], "buttons", ())) == {"not-sent"}, timeout=5_000)
    real_window.db.undo()
    assert _kept(real_window, event)[0].state == "made"


def test_out_of_date_is_said_and_leads_to_the_note(
    real_window: MainWindow, qtbot: QtBot, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, one = _print(real_window, qtbot, event, tmp_path / "prevoznik.pdf", monkeypatch)
    _take_out(real_window, event, "Ana")
    tab.refresh()
    card = tab.issued.cards[one.id]
    assert isinstance(card, KeptCard)
    tab.issued.choose(one.id)
    assert "out of date" in card.accessibleName()
    assert "1 → —" in card.told.text()
    card.buttons["note"].click()
    assert tab.tabs.current == OTHER
    assert tab.other.options == {"list": one.code}
    qtbot.waitUntil(lambda: tab.made is not None and bool(tab.made.pdf), timeout=20_000)


def test_the_mail_is_opened_and_the_new_list_kept(
    real_window: MainWindow, qtbot: QtBot, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, one = _print(real_window, qtbot, event, tmp_path / "prevoznik.pdf", monkeypatch)
    _take_out(real_window, event, "Ana")
    tab.refresh()
    opened: list[Path] = []
    monkeypatch.setattr(dialogs, "open_path", opened.append)
    tab.issued.choose(one.id)
    card = tab.issued.cards[one.id]
    assert isinstance(card, KeptCard)
    card.buttons["mail"].click()
    _idle(real_window, qtbot)
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    mail = message_from_bytes(opened[0].read_bytes(), policy=default)
    assert "prevozi@example.org" in mail["To"]
    assert [one.state for one in _kept(real_window, event)] == ["made", "replaced"]


def test_made_anew_stands_in_front(
    real_window: MainWindow, qtbot: QtBot, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, one = _print(real_window, qtbot, event, tmp_path / "prevoznik.pdf", monkeypatch)
    _take_out(real_window, event, "Bor")
    tab.refresh()
    tab._on_kept("again", one.id)
    newest = _kept(real_window, event)[0]
    assert newest.id != one.id
    assert tab.issued.current == newest.id


def test_a_trip_and_names_are_chosen(real_window: MainWindow, qtbot: QtBot, event: str) -> None:
    tab = _tab(real_window, qtbot, event)
    choices = tab.other.choices
    tab.show_paper("manifest")
    assert not choices._trip.isHidden()
    assert choices.names.isHidden()
    assert choices.trip.itemText(0) == "All trips"
    choices.trip.setCurrentIndex(1)
    trip = choices.trip.currentData()
    assert tab.other.options == {"trip": trip}
    tab.show_paper("bus-firm-list")
    choices.names.click()
    assert tab.other.options == {"trip": trip, "names": True}
    tab.show_paper("transport-plan")
    assert tab.other.options == {}
    assert choices.isHidden()
    # What was chosen is still chosen after a change elsewhere.
    tab.refresh()
    assert choices.trip.currentData() == trip
