"""Moments of a page for the pictures: people chosen, a filter row open, a small sheet in front."""

from __future__ import annotations

from typing import Any


def states(db: Any) -> list[Any]:
    """Moments of a page: people chosen for a decision, the filter row open, a line of Today followed."""
    from mama_desktop.demo import EVENT
    from mama_desktop.services import events
    from mama_desktop.ui.pictures import View

    event = db.read(events.event_by_code, EVENT)

    def decide(window: Any) -> None:
        tab = window.page._registrations()
        tab.show_all()
        tab.table.select(tab.table.shown_keys()[:12])
        tab.show_strip()

    def filter_row(window: Any) -> None:
        window.page.table.filters.show_row(True)

    def views_menu(window: Any) -> None:
        window.page._registrations().tools.views.open()

    def bad_cells(window: Any) -> None:
        """Two cells of a pasted block that are no values of their columns."""
        tab = window.page._registrations()
        tab.show_all()
        tab.read_rest()
        tab.table.go_to_cell(tab.table.shown_keys()[0], "status")
        tab.table.doing.paste("morda\tudeleženec\nsprejeta\tkapitan")

    def options(window: Any) -> None:
        from PySide6.QtWidgets import QPushButton

        name = {"sl": "Spremeni izbrane", "en": "Change the options"}[window.page.speak.code]
        buttons = window.page.card.findChildren(QPushButton)
        next(b for b in buttons if b.isVisible() and b.accessibleName().startswith(name)).click()

    return [
        *_transport(event),
        *_vehicles(),
        View("state-decide", "event", event, "registrations", decide),
        View("state-filter-row", "people", "", "", filter_row),
        View("state-views", "event", event, "registrations", views_menu),
        View("state-paste-report", "event", event, "registrations", bad_cells),
        View("state-other-papers", "event", event, "documents:consents"),
        *(View("state-options", "person", one, "card", options) for one in _with_options(db)[:1]),
        View("state-no-answer", "event", event, "registrations:no-answer"),
    ]


def _with_options(db: Any) -> list[str]:
    """People of the sample whose next event offers options."""
    from mama_desktop.services import people, person_events

    now, keys = db.clock.now(), db.read(people.people).keys

    def offered(key: str) -> bool:
        coming = db.read(person_events.next_events, key, now=now)
        return any(line.field == "options" for one in coming for line in one.lines)

    return list(filter(offered, keys))


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
