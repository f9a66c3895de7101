"""Vehicles and carriers: corrected in cells, booked without clashes, kilometres per year, deleted with a warning."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found, Listing
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.i18n import language
from mama_desktop.services import editing, history, people
from mama_desktop.services.transport import bookings, carriers, trip_list, vehicles
from mama_desktop.services.transport.bookings import Wish
from mama_desktop.services.views import ready_views
from mama_desktop.store.database import Database
from mama_desktop.store.search import find
from tests.factories import make_event, make_person, make_registration, make_seat, make_trip, make_vehicle

NOW = dt.datetime(2020, 3, 2, 9, 0)
TODAY = NOW.date()
LABEL = T("Test")


def cell(listing: Listing, row: int, key: str) -> Any:
    return listing.rows[row][listing.column(key)]


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2020, 3, day, hour)


def change(session: Session, noun: str, key: str, field: str, value: Any) -> None:
    editing.change(session, noun, [key], field, value, now=NOW)


def test_everything_of_a_vehicle_is_corrected_in_its_cells(db: Database) -> None:
    def fill(session: Session) -> str:
        key = vehicles.add_vehicle(session, " Kombi ")
        make_person(session, "Mateja", "Hočevar")
        for field, value in (
            ("kind", "bus"), ("seats", 49), ("carrier", "Avtobusi Sever"), ("owner", "mateja hocevar"),
            ("price_cents", 52_000), ("price_per_km_cents", "1,65 €"), ("in_use", False),
            ("home_place", Found("town", "2000", "Maribor")),
        ):  # fmt: skip
            change(session, "vehicle", key, field, value)
        return key

    key = db.write(fill, label=LABEL)
    card = db.read(vehicles.vehicle_card, key)
    assert card is not None
    shown = {k: card.values[k] for k in ("name", "kind", "seats", "carrier", "owner", "price_cents", "in_use")}
    assert shown == {
        "name": "Kombi", "kind": "bus", "seats": 49, "carrier": "Avtobusi Sever", "owner": "Mateja Hočevar",
        "price_cents": 52_000, "in_use": False,
    }  # fmt: skip
    assert (card.values["price_per_km_cents"], card.values["home_place"]) == (165, "Maribor")
    assert db.read(vehicles.vehicle_card, "nobody") is None
    # A carrier typed in a cell is a carrier from then on, once.
    db.write(change, "vehicle", key, "carrier", "avtobusi SEVER", label=LABEL)
    assert [row[0] for row in db.read(carriers.carriers).rows] == ["Avtobusi Sever"]
    db.write(change, "vehicle", key, "carrier", None, label=LABEL)
    assert db.read(vehicles.vehicles, carrier_id=card.carrier_id or "").keys == []


@pytest.mark.parametrize(
    ("noun", "field", "value"),
    [
        ("vehicle", "name", ""), ("vehicle", "seats", None), ("vehicle", "seats", -1), ("vehicle", "kind", "rocket"),
        ("vehicle", "owner", "Nihče Neznan"), ("vehicle", "price_cents", "drago"), ("vehicle", "trips", 3),
        ("carrier", "name", " "), ("carrier", "email", "brez afne"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(db: Database, noun: str, field: str, value: Any) -> None:
    def fill(session: Session) -> dict[str, str]:
        return {"vehicle": vehicles.add_vehicle(session, "Kombi"), "carrier": carriers.add_carrier(session, "Sever")}

    keys = db.write(fill, label=LABEL)
    with pytest.raises(OfficeError):
        db.write(change, noun, keys[noun], field, value, label=LABEL)


def test_trips_ahead_follow_the_seats_of_their_vehicle_and_what_was_said_stays(db: Database) -> None:
    def fill(session: Session) -> tuple[str, dict[str, str]]:
        van, event = make_vehicle(session, seats=8), make_event(session)
        made = {
            "ahead": make_trip(session, event, vehicle_id=van.id, seats=8, day=dt.date(2020, 4, 2)),
            "said": make_trip(session, event, vehicle_id=van.id, seats=6, day=dt.date(2020, 4, 3)),
            "past": make_trip(session, event, vehicle_id=van.id, seats=8, day=dt.date(2020, 2, 2)),
            "off": make_trip(session, event, vehicle_id=van.id, seats=8, status="cancelled"),
        }
        for name in ("Ana", "Bor"):
            make_seat(session, made["ahead"], make_registration(session, event, make_person(session, name)))
        change(session, "vehicle", van.id, "seats", 1)
        return van.id, {name: trip.id for name, trip in made.items()}

    _, keys = db.write(fill, label=LABEL)
    seats = {name: db.read(Session.scalar, select(Trip.seats).where(Trip.id == key)) for name, key in keys.items()}
    assert seats == {"ahead": 1, "said": 6, "past": 8, "off": 8}
    listed = db.read(trip_list.trip_list, today=TODAY)
    rows = {key: listed.rows[n] for n, key in enumerate(listed.keys)}
    assert keys["past"] not in rows
    assert rows[keys["ahead"]][listed.column("over")] == 1
    assert rows[keys["said"]][listed.column("over")] is None


def test_a_vehicle_is_booked_and_what_clashes_is_named(db: Database) -> None:
    def fill(session: Session) -> str:
        return vehicles.add_vehicle(session, "Kombi", driver_name="Dino", driver_phone="070")

    van = db.write(fill, label=LABEL)
    first = db.write(bookings.book, van, Wish(" Servis ", at(3, 8), at(3, 12), km=18.0), label=LABEL)
    with pytest.raises(OfficeError) as refused:
        db.write(bookings.book, van, Wish("Stoli", at(3, 11), at(3, 15)), label=LABEL)
    assert "Servis" in language("sl").say(refused.value.details[0])
    # One ends as the other begins.
    second = db.write(bookings.book, van, Wish("Stoli", at(3, 12), at(4, 9), "Maja"), label=LABEL)
    shown = db.read(bookings.bookings, van, first=TODAY, last=dt.date(2020, 3, 31))
    days = [(cell(shown, n, "day").day, cell(shown, n, "weekday"), cell(shown, n, "purpose")) for n in range(3)]
    assert days == [(3, "torek", "Servis"), (3, "torek", "Stoli"), (4, "sreda", "Stoli")]
    assert [cell(shown, n, "from") for n in range(3)] == [dt.time(8), dt.time(12), None]
    assert [cell(shown, n, "to") for n in range(3)] == [dt.time(12), None, dt.time(9)]
    assert [cell(shown, n, "driver") for n in range(3)] == ["Dino", "Maja", "Maja"]
    assert {bookings.trip_of_row(key) for key in shown.keys} == {first, second}
    with pytest.raises(OfficeError):
        db.write(bookings.change_booking, second, Wish("Stoli", at(3, 9), at(3, 10)), label=LABEL)
    db.write(bookings.change_booking, second, Wish("Stoli in mize", at(5, 9), at(5, 10)), label=LABEL)
    assert db.read(bookings.booking_of, second) == Wish("Stoli in mize", at(5, 9), at(5, 10))
    assert db.write(bookings.delete_bookings, [first, second], label=LABEL) == 2


@pytest.mark.parametrize(
    "wish",
    [Wish("", at(3, 8), at(3, 9)), Wish("Servis", at(3, 9), at(3, 9)), Wish("Servis", at(3, 9), at(3, 8)),
     Wish("Servis", at(3, 9), dt.datetime(2021, 3, 3, 9))],
)  # fmt: skip
def test_a_booking_needs_a_purpose_and_an_end_after_its_beginning(db: Database, wish: Wish) -> None:
    van = db.write(vehicles.add_vehicle, "Kombi", label=LABEL)
    with pytest.raises(OfficeError):
        db.write(bookings.book, van, wish, label=LABEL)
    assert db.read(lambda s: list(s.scalars(select(Trip.id)))) == []


def test_what_is_out_of_use_is_not_offered_and_not_booked(db: Database) -> None:
    def fill(session: Session) -> str:
        make_vehicle(session, "Kombi mreže")
        return make_vehicle(session, "Stari kombi", in_use=False).id

    old = db.write(fill, label=LABEL)
    assert [hit.title for hit in db.read(vehicles.like, "kombi")] == ["Kombi mreže"]
    with pytest.raises(OfficeError):
        db.write(bookings.book, old, Wish("Servis", at(3, 8), at(3, 9)), label=LABEL)
    assert {hit.title for hit in db.read(find, "kombi")} == {"Kombi mreže", "Stari kombi"}


def test_kilometres_are_counted_by_year_and_what_was_called_off_is_not(db: Database) -> None:
    def fill(session: Session) -> str:
        van = make_vehicle(session)
        for year, km, status in ((2019, 100.5, "planned"), (2020, 50.0, "planned"), (2020, 20.0, "ordered"),
                                 (2020, 900.0, "cancelled")):  # fmt: skip
            event = make_event(session, starts_on=dt.date(year, 2, 1))
            make_trip(session, event, vehicle_id=van.id, km=km, status=status)
        return van.id

    found = db.read(vehicles.driven, db.write(fill, label=LABEL))
    assert [(one.year, one.trips, one.km) for one in found] == [(2020, 2, 70.0), (2019, 1, 100.5)]


def test_a_deletion_says_what_it_touches_and_is_undone(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str, str]:
        firm = carriers.add_carrier(session, "Sever")
        bus = make_vehicle(session, "Avtobus", carrier_id=firm)
        trip = make_trip(session, make_event(session), vehicle_id=bus.id, seats=49)
        return firm, bus.id, trip.id

    firm, bus, trip = db.write(fill, label=LABEL)
    said = [str(line) for line in db.read(vehicles.touched_by_deleting, [bus], today=TODAY)]
    stays = "This stays, but without a link to what is deleted: 1 {}."
    assert said == ["1 trip ahead is without a vehicle then.", stays.format("trip")]
    db.write(vehicles.delete_vehicles, [bus], label=LABEL)
    assert db.read(lambda s: (s.get_one(Trip, trip).vehicle_id, s.get_one(Trip, trip).seats)) == (None, 49)
    db.undo()
    assert db.read(lambda s: s.get_one(Trip, trip).vehicle_id) == bus
    assert [str(x) for x in db.read(carriers.touched_by_deleting, [firm])] == [stays.format("vehicle")]
    db.write(carriers.delete_carriers, [firm], label=LABEL)
    assert db.read(lambda s: s.get_one(Vehicle, bus).carrier_id) is None


def test_a_car_outlives_its_owner_and_history_tells_in_words(db: Database) -> None:
    def fill(session: Session) -> tuple[str, str]:
        owner = make_person(session, "Mateja", "Hočevar")
        return owner.id, make_vehicle(session, "Avto", owner_id=owner.id).id

    owner, car = db.write(fill, label=LABEL)
    db.write(change, "vehicle", car, "price_cents", 1_250, label=LABEL)
    newest = db.read(history.changes_of_record, "vehicle", car)[0]
    assert db.read(history.said_rows, newest.number, words=language("sl")) == [
        "Vozilo »Avto«: Cena vožnje: — → 12,50\u00a0€"
    ]
    db.write(people.delete_people, [owner], label=LABEL)
    assert db.read(lambda s: s.get_one(Vehicle, car).owner_id) is None


def test_the_list_of_trips_says_what_is_missing(db: Database) -> None:
    def fill(session: Session) -> dict[str, str]:
        van, event = make_vehicle(session, seats=8), make_event(session)
        leader = make_registration(session, event, make_person(session, "Neža", "Čuček"))
        return {
            "led": make_trip(session, event, "Celje", "Krško", vehicle_id=van.id, leader_id=leader.id).id,
            "bare": make_trip(session, event, driver_name="Dino").id,
            "booked": bookings.book(session, van.id, Wish("Servis", at(2, 8), at(2, 12))),
            "over": bookings.book(
                session, van.id, Wish("Lani", dt.datetime(2019, 3, 2, 8), dt.datetime(2019, 3, 2, 9))
            ),
        }

    keys = db.write(fill, label=LABEL)
    listed = db.read(trip_list.trip_list, today=TODAY)
    assert set(listed.keys) == set(keys.values()) - {keys["over"]}
    assert set(db.read(trip_list.trip_list, today=TODAY, everything=True).keys) == set(keys.values())
    rows = {key: dict(zip([f.key for f in listed.fields], row, strict=True))
            for key, row in zip(listed.keys, listed.rows, strict=True)}  # fmt: skip
    assert (rows[keys["led"]]["leader"], rows[keys["led"]]["driver"]) == ("Neža Čuček", "")
    assert (rows[keys["bare"]]["vehicle_id"], rows[keys["bare"]]["driver"]) == (None, "Dino")
    assert (rows[keys["booked"]]["event"], rows[keys["booked"]]["free"]) == ("", None)
    assert db.read(trip_list.event_of, keys["booked"]) is None
    names = [str(view.name) for view in ready_views("trips", [f.key for f in listed.fields], today=TODAY)]
    assert names[:5] == ["this week", "next 14 days", "without a vehicle", "without a driver", "over-full"]


def test_five_thousand_trips_are_one_question(sqlite_db: Database) -> None:
    from time import perf_counter

    def fill(session: Session) -> None:
        event = make_event(session)
        session.add_all(Trip(event_id=event.id, name=f"Vožnja {n}", day=event.starts_on, seats=8) for n in range(5_000))
        session.add(Carrier(name="Sever"))

    sqlite_db.write(fill, label=LABEL)
    sqlite_db.read(trip_list.trip_list, today=TODAY)
    begun = perf_counter()
    assert len(sqlite_db.read(trip_list.trip_list, today=TODAY).keys) == 5_000
    assert perf_counter() - begun < 3.0
