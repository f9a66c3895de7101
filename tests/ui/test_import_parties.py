"""A list that would split a waiting group: asked on a card in the preview, while the rest of the file goes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import deciding, parties
from mama_desktop.services.import_parties import APART, LEAVE, TOGETHER
from mama_desktop.ui.import_page import ImportPage
from mama_desktop.ui.main_window import MainWindow
from tests.ui.test_import_again import _own_list
from tests.ui.test_import_page import _page


@pytest.fixture
def page(real_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> ImportPage:
    """Ana and Eva wait as a family; our own list comes back with Ana and Nik accepted."""
    view = _own_list(real_window, tmp_path, Ana="accepted", Eva="waiting", Nik="accepted")
    now = real_window.db.clock.now()

    def wait(session: Session) -> None:
        query = select(Registration).join(Person, Person.id == Registration.person_id)
        two = list(session.scalars(query.where(Person.family_name == "Izmišljeni", Person.given_name != "Nik")))
        session.get_one(Event, two[0].event_id).capacity = 200
        keys = [registration.id for registration in two]
        deciding.decide(session, keys, "waiting", now=now)
        parties.gather(session, two[0].event_id, keys, name="Družina Kos")

    real_window.db.write(wait, label=T("Test"))
    return _page(real_window, qtbot, view)[1]


def statuses(window: MainWindow) -> dict[str, str]:
    query = select(Person.given_name, Registration.status).join(Registration, Registration.person_id == Person.id)
    return {given: status for given, status in window.db.read(
        lambda s: s.execute(query.where(Person.family_name == "Izmišljeni")).all()
    )}  # fmt: skip


def test_the_question_stands_in_the_preview_and_without_an_answer_the_rest_goes_in(
    page: ImportPage, real_window: MainWindow
) -> None:
    groups = page.groups
    assert groups.pills["party"].text() == "1 group would be split"
    groups.show_group("party")
    assert "1 group is not decided yet" in groups.note.words()
    assert page.import_button.text().strip() == "Import 1 registration"
    page.take_in()
    assert statuses(real_window) == {"Ana": "waiting", "Eva": "waiting", "Nik": "accepted"}
    assert "Ana Izmišljeni" in page.start.note.words()


def test_kept_together_all_are_accepted(page: ImportPage, real_window: MainWindow) -> None:
    (card,) = page.groups.parties.cards.values()
    card.answers[TOGETHER].click()
    assert page.import_button.text().strip() == "Import 3 registrations"
    page.take_in()
    assert set(statuses(real_window).values()) == {"accepted"}


def test_taken_apart_asks_for_its_reason(page: ImportPage, real_window: MainWindow) -> None:
    page.groups.show_group("party")
    (card,) = page.groups.parties.cards.values()
    card.answers[APART].click()
    assert not card.reason.isHidden()
    assert "not decided yet" in page.groups.note.words()
    card.reason.setText("Eva pride pozneje")
    card.reason.editingFinished.emit()
    assert "Everything is decided" in page.groups.note.words()
    assert page.groups.parties.cards[card._party] is card
    page.take_in()
    assert statuses(real_window) == {"Ana": "accepted", "Eva": "waiting", "Nik": "accepted"}


def test_another_answer_hides_the_reason(page: ImportPage) -> None:
    (card,) = page.groups.parties.cards.values()
    card.answers[APART].click()
    card.answers[LEAVE].click()
    assert card.reason.isHidden()
    assert page.import_button.text().strip() == "Import 1 registration"
