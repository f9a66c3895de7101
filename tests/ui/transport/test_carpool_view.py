"""The carpool of an event on the sample: another driver chosen in a cell, minors asked about, taken along, undone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat
from mama_desktop.services import events
from mama_desktop.ui import dialogs
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport.carpool_view import CarpoolView

CLUB = "2020-04-klub"


@pytest.fixture
def view(real_window: MainWindow) -> CarpoolView:
    event = real_window.db.read(events.event_by_code, CLUB)
    assert event
    real_window.go("event", event, "transport:carpool")
    page: Any = real_window.page
    shown = page._lazy["transport"].built().current()
    assert isinstance(shown, CarpoolView)
    return shown


def seated(session: Session, registration: str) -> bool:
    return session.scalar(select(Seat.id).where(Seat.registration_id == registration)) is not None


def test_those_proposed_come_first_and_all_are_counted(view: CarpoolView) -> None:
    assert view.shown.offers
    listing = view.seekers.rows.listing
    proposed = [bool(row[listing.column("driver")]) for row in listing.rows]
    assert proposed == sorted(proposed, reverse=True)
    assert len(view.wanted()) == len(view.shown.proposed) > 0


def test_one_is_taken_along_and_it_is_undone(
    view: CarpoolView, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *_a, **_k: 0)
    (driver, passenger), *_ = view.wanted()
    view.seekers.select([passenger])
    view.take_along()
    assert real_window.db.read(seated, passenger)
    assert passenger not in [s.registration_id for s in view.shown.seekers]
    assert next(o for o in view.shown.offers if o.registration_id == driver).trip_id
    real_window.undo()
    assert not real_window.db.read(seated, passenger)


def test_another_driver_chosen_in_the_cell_is_kept_until_taken(view: CarpoolView) -> None:
    key = next(s.registration_id for s in view.shown.seekers if len(view.shown.matches[s.registration_id]) > 1)
    other = view.shown.matches[key][-1].offer.registration_id
    view.seekers.edit_requested.emit(key, "driver", other)
    assert view.shown.proposed[key].offer.registration_id == other
    view.refresh()
    assert view.shown.proposed[key].offer.registration_id == other
    view.seekers.edit_requested.emit(key, "driver", "")
    assert key not in view.shown.proposed


def test_a_minor_is_never_taken_along_without_a_word(
    view: CarpoolView, real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    passenger = view.wanted()[0][1]

    def younger(session: Session) -> None:
        registration = session.get_one(Registration, passenger)
        person = session.get_one(Person, registration.person_id)
        person.birth_date, person.birth_year = None, 2008

    real_window.db.write(younger, label=T("Person"))
    view.seekers.select([passenger])
    asked: list[Any] = []

    def ask(*question: Any, **_more: Any) -> int | None:
        asked.append(question[2])
        return None

    monkeypatch.setattr(dialogs, "ask", ask)
    view.take_along()
    assert len(asked) == 1
    assert not real_window.db.read(seated, passenger)


def test_drivers_stand_behind_the_second_word(view: CarpoolView) -> None:
    view.which.choose(1)
    assert view.drivers.isVisible()
    assert view.take_button.isHidden()
    assert view.drivers.rows.rowCount() == len(view.shown.offers)
