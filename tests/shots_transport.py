"""Moments of the pages of transport for the pictures: where people may be put, a new trip, a vehicle's bookings."""

from __future__ import annotations

from typing import Any


def transport_states(event: str) -> list[Any]:
    """Every moment there is a picture of."""
    return [*_transport(event), *_vehicles(), *_expenses(), *_orders()]


def _transport(event: str) -> list[Any]:
    """The board: where chosen people may be put, a new trip, the way back."""
    from mama_desktop.ui.pictures import View

    def put_into(window: Any) -> None:
        board = window.page._transport().board
        board.left.choose([line.rider for line in board.left.rows.lines() if line.rider][:3])
        board.ask_where()

    def new_trip(window: Any) -> None:
        from PySide6.QtTest import QTest

        board = window.page._transport().board
        board.ways.choose(0)
        # A first sheet may go with the window's first focus; the second one stays.
        for _ in range(2):
            board.new()
            QTest.qWait(60)

    def way_back(window: Any) -> None:
        window.page._transport().board.ways.choose(1)

    return [
        View("state-transport-put", "event", event, "transport", put_into),
        View("state-transport-new-trip", "event", event, "transport", new_trip),
        View("state-transport-back", "event", event, "transport", way_back),
    ]


def _vehicles() -> list[Any]:
    """A vehicle with its bookings and a new one, a carrier, the trips that lack a driver."""
    from mama_desktop.services.sample_data import key
    from mama_desktop.ui.pictures import View

    van, carrier = key("vehicle", "van"), key("carrier", "posavski")

    def book(window: Any) -> None:
        window.page.new()

    return [
        View("vehicle-bookings", "vehicle", van, "bookings"),
        View("vehicle-details", "vehicle", van, "details"),
        View("vehicle-files", "vehicle", van, "files"),
        View("carrier-details", "carrier", carrier, "details"),
        View("carrier-vehicles", "carrier", carrier, "vehicles"),
        View("state-vehicle-book", "vehicle", van, "bookings", book),
        View("state-trips-no-driver", "transport", "", "trips:without a driver"),
    ]


def _orders() -> list[Any]:
    """Travel orders in their table, one being written, a settled one in its parts, one that is not settled yet."""
    from mama_desktop.services.sample_data import key
    from mama_desktop.ui.pictures import View

    settled, issued = key("order", "1"), key("order", "2")

    def write(window: Any) -> None:
        window.page.new()

    return [
        View("transport-orders", "transport", "", "orders"),
        View("state-order-new", "transport", "", "orders", write),
        *(View(f"order-{tab}", "travel_order", settled, tab) for tab in ("order", "settlement", "paper", "files")),
        View("order-to-settle", "travel_order", issued, "settlement"),
    ]


def _expenses() -> list[Any]:
    """Claims in their table, one keyed in, its details, one approved, what waits to be paid, a payment being made."""
    from mama_desktop.ui.pictures import View

    def choose_all(window: Any) -> None:
        tab = window.page.current()
        tab.table.select(list(tab.table.rows.listing.keys))

    def pay(window: Any) -> None:
        window.page.current().new()

    def claim(picture: str, where: str, name: str) -> Any:
        def open_first(window: Any) -> None:
            tab = window.page.current()
            listing = tab.table.rows.listing
            names = [row[listing.column("name")] for row in listing.rows]
            window.go("travel_claim", listing.keys[names.index(name)], where)

        return View(picture, "transport", "", "claims", open_first)

    return [
        View("state-claims-chosen", "transport", "", "claims", choose_all),
        claim("claim-key-in", "key-in", "Tomšič Lana"),
        claim("claim-details", "details", "Tomšič Lana"),
        claim("claim-approved", "key-in", "Ćosić Ines"),
        View("state-payments", "transport", "", "payments"),
        View("state-payment-new", "transport", "", "payments", pay),
    ]
