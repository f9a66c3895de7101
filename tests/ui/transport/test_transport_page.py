"""The place Transport in the window: trips, vehicles and carriers corrected in cells, a vehicle booked, its doors."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from mama_desktop.domain.text import T
from mama_desktop.services.sample_data import key
from mama_desktop.services.transport import bookings, vehicles
from mama_desktop.services.transport.bookings import Wish
from mama_desktop.ui import dialogs
from mama_desktop.ui.event_page import EventPage
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.transport.booking_popup import BookingPopup
from mama_desktop.ui.transport.carrier_page import CarrierPage
from mama_desktop.ui.transport.transport_page import TransportPage
from mama_desktop.ui.transport.trip_page import TripPage
from mama_desktop.ui.transport.vehicle_page import VehiclePage
from mama_desktop.ui.widgets import ChipButton

VAN = key("vehicle", "van")


@pytest.fixture
def page(real_window: MainWindow) -> TransportPage:
    real_window.go("transport")
    assert isinstance(real_window.page, TransportPage)
    return real_window.page


@pytest.fixture
def van(real_window: MainWindow) -> VehiclePage:
    real_window.go("vehicle", VAN)
    assert isinstance(real_window.page, VehiclePage)
    return real_window.page


def tab(page: TransportPage, name: str) -> Any:
    page.show_tab(name)
    return page.current()


def shown(table: Any, column: str) -> list[Any]:
    place = table.rows.listing.column(column)
    return [table.rows.listing.rows[table.rows.order[n]][place] for n in range(table.rows.rowCount())]


def edit(table: Any, row_key: str, column: str, value: Any) -> None:
    table.edit_requested.emit(row_key, column, value)


def test_trips_of_all_events_stand_by_day_and_open(page: TransportPage, real_window: MainWindow) -> None:
    table = tab(page, "trips").table
    days = shown(table, "day")
    assert days == sorted(days)
    assert len(days) == 6
    tab(page, "trips").opened(key("trip", "club-east"))
    assert type(real_window.page) is TripPage
    real_window.go("transport", key("trip", "club-west"), "trips")
    assert table.current_key() == key("trip", "club-west")
    tab(page, "trips").open_board()
    opened: Any = real_window.page
    assert (type(opened), opened.tab) == (EventPage, "transport")


def test_a_view_shows_what_is_missing_and_a_driver_typed_in_the_cell_mends_it(
    page: TransportPage, real_window: MainWindow
) -> None:
    real_window.go("transport", "", "trips:without a driver")
    table = tab(page, "trips").table
    assert shown(table, "name") == ["Ljubljana – Maribor"]
    edit(table, key("trip", "evening-maribor"), "vehicle_id", key("vehicle", "minibus"))
    assert shown(table, "driver") == []
    table.set_filters({})
    row = table.rows.listing.keys.index(key("trip", "evening-maribor"))
    assert table.rows.listing.rows[row][table.rows.listing.column("driver")] == "Ivan Bogovič"
    real_window.undo()
    real_window.go("transport", "", "trips:without a driver")
    assert shown(table, "name") == ["Ljubljana – Maribor"]


def test_a_vehicle_that_is_elsewhere_meanwhile_is_refused(page: TransportPage, said: list[tuple[str, Any]]) -> None:
    table = tab(page, "trips").table
    edit(table, key("trip", "club-east"), "vehicle_id", VAN)
    assert said
    row = table.rows.listing.keys.index(key("trip", "club-east"))
    assert table.rows.listing.rows[row][table.rows.listing.column("vehicle_id")] == key("vehicle", "minibus")


def test_a_vehicle_is_added_in_one_step_and_its_price_typed_in_euros(page: TransportPage) -> None:
    table = tab(page, "vehicles").table
    before = table.rows.rowCount()
    page.new()
    assert table.rows.rowCount() == before + 1
    added = table.current_key()
    table.view.setCurrentIndex(table.rows.index(0, 0))
    edit(table, added, "price_cents", 12_550)
    edit(table, added, "carrier", "Nov prevoznik")
    card = page.db.read(vehicles.vehicle_card, added)
    assert card is not None
    assert (card.values["price_cents"], card.values["carrier"]) == (12_550, "Nov prevoznik")
    row, column = table.rows.listing.keys.index(added), table.rows.listing.column("price_cents")
    assert table.rows.words(table.rows.order.index(row), column) == "€125.50"
    assert "Nov prevoznik" in shown(tab(page, "carriers").table, "name")


def test_a_deletion_says_which_trips_are_without_a_vehicle(page: TransportPage, monkeypatch: Any) -> None:
    asked: list[Any] = []

    def ask(*_around: Any, details: Any, **_more: Any) -> int:
        asked.extend(page.say(line) for line in details)
        return 0

    monkeypatch.setattr(dialogs, "ask", ask)
    table = tab(page, "vehicles").table
    table.delete_requested.emit([VAN])
    assert asked[0] == "4 trips ahead are without a vehicle then."
    assert VAN not in table.rows.listing.keys


def test_the_button_says_what_is_added_here(page: TransportPage) -> None:
    page.show_tab("carriers")
    assert page._add.accessibleName() == "Add a carrier"
    page.show_tab("trips")
    assert not page._add.isVisible()


def test_a_vehicle_shows_its_bookings_and_kilometres(van: VehiclePage) -> None:
    table = van.bookings.table
    assert [words[:12] for words in shown(table, "purpose")[:2]] == ["Redni servis", "Prevoz stolo"]
    van.bookings.which.choose(1)
    assert shown(table, "purpose") == []
    assert [str(one.year) for one in van.db.read(vehicles.driven, VAN)] == ["2020"]
    assert any("2020: 4 trips" in chip.text() for chip in van.findChildren(ChipButton))


def test_a_vehicle_is_booked_changed_and_freed(van: VehiclePage, real_window: MainWindow, monkeypatch: Any) -> None:
    popup = BookingPopup(van, VAN, dt.date(2020, 3, 3), van)
    popup.editor("purpose").setText("Tehnični pregled")
    popup.times[0].setText("11")
    popup.times[1].setText("13.30")
    popup.give()
    assert "Redni servis" in popup._wrong.text()
    popup.times[0].setText("vedno")
    popup.give()
    assert popup._wrong.text() == "This cannot be read. Check what you typed."
    popup.times[0].setText("12:00")
    popup.give()
    table = van.bookings.table
    assert "Tehnični pregled" in shown(table, "purpose")
    row = next(row for row in table.rows.listing.keys if row.startswith(key("trip", "chairs")))
    van.bookings._on_opened(row)
    change = van.bookings.findChild(BookingPopup)
    assert change is not None
    assert change.editor("purpose").text().startswith("Prevoz stolov")
    change.editor("purpose").setText("Prevoz miz")
    change.give()
    assert "Prevoz miz" in shown(table, "purpose")
    monkeypatch.setattr(dialogs, "ask", lambda *_around, **_more: 0)
    table.delete_requested.emit([row])
    assert "Prevoz miz" not in shown(table, "purpose")
    real_window.undo()
    assert "Prevoz miz" in shown(table, "purpose")
    van.bookings._on_opened(next(r for r in table.rows.listing.keys if r.startswith(key("trip", "club-west"))))
    assert isinstance(real_window.page, TripPage)


def test_seats_in_the_form_change_the_trips_ahead(van: VehiclePage) -> None:
    van.show_tab("details")
    van._form._on_edit("seats", 5)
    over = van.db.read(lambda s: [t.over for t in _club(s)])
    assert over == [0, 3, 0]


def _club(session: Any) -> Any:
    from mama_desktop.services.transport import trips

    return trips.trips_of_event(session, key("event", "2020-04-klub"))


def test_a_carrier_has_its_vehicles_and_a_new_one_is_its_own(real_window: MainWindow) -> None:
    real_window.go("carrier", key("carrier", "posavski"), "vehicles")
    page = real_window.page
    assert isinstance(page, CarrierPage)
    assert shown(page.vehicles, "name") == ["Minibus 19"]
    page.new()
    assert len(shown(page.vehicles, "name")) == 2
    page.vehicles.opened.emit(key("vehicle", "minibus"))
    assert isinstance(real_window.page, VehiclePage)
    page.db.write(vehicles.delete_vehicles, [key("vehicle", "minibus")], label=T("Test"))
    assert isinstance(real_window.page, TransportPage)


def test_today_opens_the_board_of_an_event_whose_people_wait(real_window: MainWindow) -> None:
    from mama_desktop.services.today import today

    sections = {s.key: s for s in real_window.db.read(today, day=real_window.db.clock.today())}
    real_window.go("today")
    page: Any = real_window.page
    page._open(sections["no-seat"].lines[0])
    assert isinstance(real_window.page, EventPage)
    assert real_window.page.tab == "transport"


def test_a_booking_lies_where_everybody_sees_it(page: TransportPage) -> None:
    page.db.write(
        bookings.book, key("vehicle", "volunteer"),
        Wish("Nakup hrane", dt.datetime(2020, 3, 4, 8), dt.datetime(2020, 3, 4, 9)), label=T("Test"),
    )  # fmt: skip
    assert "Nakup hrane" in shown(tab(page, "trips").table, "name")
