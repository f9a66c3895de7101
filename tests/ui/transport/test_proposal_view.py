"""A suggestion asked for, seen beside today's plan, applied and taken back in the real window."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mama_desktop.domain.text import T
from mama_desktop.services.transport import board, trips
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport.proposal_view import ProposalView
from tests.services.transport.test_proposing import an_event


@pytest.fixture
def event(real_window: MainWindow) -> str:
    return real_window.db.write(an_event, label=T("Event"))


@pytest.fixture
def view(real_window: MainWindow, event: str) -> ProposalView:
    real_window.go("event", event, "transport:suggestion")
    page: Any = real_window.page
    found: ProposalView = page.findChildren(ProposalView)[0]
    return found


def asked(view: ProposalView, qtbot: QtBot) -> None:
    view.ask_button.click()
    qtbot.waitUntil(lambda: view.answer is not None, timeout=20_000)


def test_it_is_asked_seen_applied_and_taken_back(
    view: ProposalView, real_window: MainWindow, event: str, qtbot: QtBot
) -> None:
    assert view.empty.isVisibleTo(view)
    view.ride.setCurrentIndex(view.ride.count() - 1)
    asked(view, qtbot)
    assert view.full.isVisibleTo(view)
    assert view.trips.topLevelItemCount() >= 2
    assert view.apply_button.isEnabled()
    view.apply_button.click()
    assert real_window.db.read(board.board, event).here.seated == 16
    assert view.answer is None
    real_window.db.undo()
    assert real_window.db.read(board.board, event).here.seated == 0


def test_a_plan_that_changes_takes_the_suggestion_off_the_screen(
    view: ProposalView, real_window: MainWindow, event: str, qtbot: QtBot
) -> None:
    asked(view, qtbot)
    real_window.db.write(trips.add_trip, event, places=("Celje",), label=T("Trip"))
    qtbot.waitUntil(lambda: view.answer is None)
    assert not view.apply_button.isEnabled()


def test_what_is_left_out_does_not_drive(view: ProposalView, qtbot: QtBot) -> None:
    for key, box in list(view._boxes.items()):
        box.setChecked("Kombi" in box.text())
        assert (key in view.wish().vehicles) == ("Kombi" in box.text())  # type: ignore[operator]  # chosen here
    asked(view, qtbot)
    assert view.answer
    assert view.answer[1].figures.vehicles == 1
    # The rest stays behind, by name and with the reason.
    assert view.answer[1].figures.left == 8
