"""The page of a trip on the sample: stops by mouse and keys, people ticked and moved, vehicles, the way back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.services import editing
from mama_desktop.services.transport import trips
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.trips import TripInfo
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport.board_view import BoardView
from mama_desktop.ui.transport.trip_page import TripPage
from mama_desktop.ui.where_button import WhereButton


def fullest(session: Session) -> str:
    """The outward trip with most people."""
    query = (
        select(Trip.id).join(Seat, Seat.trip_id == Trip.id).where(Trip.direction == "there")
        .group_by(Trip.id).order_by(func.count().desc(), Trip.id)
    )  # fmt: skip
    return session.scalars(query).first() or ""


@pytest.fixture
def page(real_window: MainWindow) -> TripPage:
    real_window.go("trip", real_window.db.read(fullest))
    assert isinstance(real_window.page, TripPage)
    return real_window.page


def now(page: TripPage) -> TripInfo:
    return page.db.read(trips.trip_of, page._key)


def places(page: TripPage) -> list[str]:
    return [stop.place for stop in now(page).stops]


def test_the_head_says_when_with_what_and_with_whom(page: TripPage) -> None:
    trip = now(page)
    assert page._title.text() == trip.name
    assert trip.vehicle in page._about.text()
    assert page.card is not None
    assert page.accessibleName() == trip.name


def test_a_stop_is_dragged_by_its_number(page: TripPage) -> None:
    view, before = page.stops.table.view, places(page)
    rows = page.stops.table.rows
    start = view.visualRect(rows.index(0, 0)).center()
    target = view.visualRect(rows.index(1, 0)).center() + QPoint(0, 12)
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, start + QPoint(0, 8))
    QTest.mouseMove(port, target)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    assert places(page) == [before[1], before[0], *before[2:]]


def test_a_stop_is_moved_by_keys_and_the_move_undone(page: TripPage, real_window: MainWindow) -> None:
    before = places(page)
    page.stops.table.focus_rows()
    QTest.keyClick(page.stops.table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert places(page) == [before[1], before[0], *before[2:]]
    assert page.stops.table.view.currentIndex().row() == 1
    real_window.undo()
    assert places(page) == before


def test_a_stop_is_added_by_name_and_taken_away(page: TripPage) -> None:
    before = places(page)
    page.stops.place.setText("Novo mesto")
    page.stops.add()
    assert set(places(page)) - set(before) == {"Novo mesto"}
    assert page.stops.table.current_key() == next(s.id for s in now(page).stops if s.place == "Novo mesto")
    page.stops.table.select([page.stops.table.current_key()])
    page.stops.remove()
    assert places(page) == before


def test_a_time_and_kilometres_are_typed_in_the_cell(page: TripPage) -> None:
    table = page.stops.table
    second = now(page).stops[1]
    assert second.at is not None
    typed = (second.at + dt.timedelta(minutes=2)).time()
    table.edit_requested.emit(second.id, "at", typed)
    assert now(page).stops[1].at_by_hand
    table.edit_requested.emit(second.id, "km", 44)
    assert (now(page).stops[1].km, now(page).stops[1].road_is_typed) == (44, True)
    row = table.rows.listing.rows[1]
    assert row[table.rows.listing.column("road")] == "typed"


def test_a_time_that_runs_backwards_is_refused_in_words(page: TripPage, said: list[tuple[str, Any]]) -> None:
    first, last = now(page).stops[0], now(page).stops[-1]
    assert last.at_by_hand
    assert last.at is not None
    page.stops.table.edit_requested.emit(first.id, "at", (last.at + dt.timedelta(hours=1)).time())
    assert [what for what, _ in said] == ["error"]
    assert said[0][1].what.message.startswith("The trip would be in")


def test_people_are_ticked_by_the_space_bar(page: TripPage) -> None:
    page.show_tab("people")
    table = page.people.table
    listing = table.rows.listing
    table.view.setCurrentIndex(table.rows.index(0, listing.column("boarded")))
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Space)
    assert page.card is not None
    assert page.card.boarded == 1
    table.select(list(listing.keys))
    page.people.tick()
    assert page.card.boarded == len(listing.keys)
    page.people.tick()
    assert page.card.boarded == 0


def test_somebody_is_moved_to_another_trip_and_taken_out(page: TripPage, said: list[tuple[str, Any]]) -> None:
    page.show_tab("people")
    taken, table = now(page).taken, page.people.table
    table.select([table.rows.key(0)])
    page.people.ask_where()
    popup: Any = QApplication.activePopupWidget()
    other = next(
        t for t in popup._offered
        if t.spot.trip_id and t.spot.trip_id != page._key and page.db.read(trips.trip_of, t.spot.trip_id).free
    )  # fmt: skip
    popup.close()
    popup.chosen.emit(Spot(other.spot.trip_id))
    assert now(page).taken == taken - 1
    table.select([table.rows.key(0)])
    page.people.take_out()
    assert now(page).taken == taken - 2
    assert said == []


def test_a_smaller_vehicle_says_who_is_over_and_they_are_taken_out(page: TripPage) -> None:
    def small(session: Session) -> str:
        car = Vehicle(name="Clio", seats=2)
        session.add(car)
        session.flush()
        return car.id

    car = page.db.write(small, label=T("Vehicle"))
    taken = now(page).taken
    at = page.db.clock.now()
    page.db.write(editing.change, "trip", [page._key], "vehicle_id", car, now=at, label=T("Vehicle"))
    assert now(page).over == taken - 2
    assert not page.callout.isHidden()
    page.take_out_over()
    assert (now(page).taken, now(page).over) == (2, 0)
    assert page.callout.isHidden() or "over" not in page.callout.words()


def test_the_way_back_is_made_once_and_then_opened(page: TripPage, real_window: MainWindow) -> None:
    def alone(session: Session) -> None:
        for back in session.scalars(select(Trip).where(Trip.return_of_id == page._key)):
            trips.delete_trip(session, back.id)

    page.db.write(alone, label=T("Trip"))
    there = page._key
    page.other_way()
    back = page._key
    assert now(page).return_of_id == there
    page.other_way()
    assert page._key == there
    page.other_way()
    assert page._key == back


def test_a_copy_opens_and_has_nobody_in_it(page: TripPage) -> None:
    event = now(page).event_id
    assert event is not None
    key = page.copy_to(event)
    assert page._key == key
    assert now(page).taken == 0


def test_the_board_opens_from_here_and_a_deleted_trip_leads_back(page: TripPage, real_window: MainWindow) -> None:
    key, event = page._key, now(page).event_id
    page.people.open_board()
    shown: Any = real_window.page
    assert isinstance(shown._lazy["transport"].built().board, BoardView)
    real_window.go("trip", key)
    page.db.write(trips.delete_trip, key, label=T("Delete the trip"))
    assert event is not None
    assert not isinstance(real_window.page, TripPage)


def test_history_names_who_sat_in_it(page: TripPage) -> None:
    page.show_tab("people")
    page.people.table.select([page.people.table.rows.key(0)])
    page.people.take_out()
    page.show_tab("history")
    assert "Take" in str(page._changes(5)[0].label.message)


def test_a_long_name_in_the_way_here_gives_way_before_the_buttons(page: TripPage, real_window: MainWindow) -> None:
    page.set_where(("Events", "events"), ("The longest name of an event " * 3, "event", "x"), ("Trip", ""))
    page.way_button.setText("  Open the way back of this trip")
    real_window.resize(1024, 640)
    QTest.qWait(20)
    steps = page.findChildren(WhereButton)
    assert [step.text() for step in steps if step.accessibleName() == "Events"][-1] == "Events"
    for made in (page.board_button, page.way_button, page.more_button):
        assert made.isHidden() or made.width() >= made.sizeHint().width()
