"""What of transport waits before the next events: people without a seat, trips without vehicle or driver, over-full."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.text import T
from mama_desktop.services import today_transport
from mama_desktop.services.today import today
from mama_desktop.store.database import Database
from tests.factories import make_event, make_leg, make_person, make_registration, make_seat, make_trip, make_vehicle

DAY = dt.date(2020, 3, 25)


def waits(session: Session) -> today_transport.Waiting:
    return today_transport.waiting(session, [Event.status != "cancelled"], DAY)


def test_who_needs_transport_and_has_no_seat_that_way_is_counted_once(db: Database) -> None:
    def fill(session: Session) -> str:
        event = make_event(session)
        there = make_trip(session, event, "Celje", "Krško", driver_name="Dino", vehicle_id=make_vehicle(session).id)

        def somebody(name: str, **leg: Any) -> Any:
            registration = make_registration(session, event, make_person(session, name))
            make_leg(session, registration, **leg)
            return registration

        seated = somebody("Ana", needs_transport=True)
        make_seat(session, there, seated)
        make_leg(session, seated, "back", needs_transport=True)
        nowhere = somebody("Bor", needs_transport=True)
        make_leg(session, nowhere, "back", needs_transport=True)
        somebody("Cene", means="event-bus")
        somebody("Drago", means="own-car")
        somebody("Eva", means="event-bus", needs_transport=False)
        driver = somebody("Fani", needs_transport=True)
        make_trip(session, event, direction="there", driver_id=driver.id, vehicle_id=make_vehicle(session).id)
        gone = somebody("Gal", needs_transport=True)
        gone.status = "cancelled"
        return event.id

    event = db.write(fill, label=T("Test"))
    # Ana has no seat back, Bor none at all, Cene none there; Fani drives.
    assert db.read(waits).without_seat == [(event, 3)]


def test_trips_are_counted_by_what_they_lack(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        near, far = make_event(session), make_event(session, starts_on=dt.date(2020, 6, 1))
        van = make_vehicle(session).id
        make_trip(session, near, driver_name="Dino", vehicle_id=van)
        make_trip(session, near)
        make_trip(session, near, vehicle_id=van)
        make_trip(session, near, status="cancelled")
        make_trip(session, near, day=DAY - dt.timedelta(days=1))
        small = make_trip(session, near, driver_name="Dino", vehicle_id=van, seats=2)
        for name in ("Ana", "Bor"):
            make_seat(session, small, make_registration(session, near, make_person(session, name)))
        small.seats = 1
        make_trip(session, far)
        return near.id, far.id

    near, _ = db.write(fill, label=T("Test"))
    found = db.read(waits)
    assert found.without_vehicle == [(near, 1)]
    assert found.without_driver == [(near, 1)]
    assert found.over == [(near, 1)]
    sections = {section.key: section for section in db.read(today, day=DAY)}
    assert [sections[key].total for key in ("no-vehicle", "no-driver", "over-full")] == [1, 1, 1]
    assert {line.kind for key in ("no-vehicle", "over-full") for line in sections[key].lines} == {"transport"}
