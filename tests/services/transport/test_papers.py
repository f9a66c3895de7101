"""The papers of trips, read back: each says what its reader needs, and nothing else of anybody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Carrier
from mama_desktop.services import documents
from mama_desktop.services.paper import Paper
from mama_desktop.services.transport import papers_bus_firm, papers_manifest, papers_plan, seats, trips
from tests.factories import make_event, make_leg, make_person, make_registration, make_vehicle
from tests.services.test_papers_consent import pages

NOW = dt.datetime(2020, 3, 30, 10)


def an_event(session: Session, code: str = "2020-04-klub") -> str:
    """A bus of a firm from Maribor through Celje, a minor in a wheelchair, a leader; and an empty van."""
    made = make_event(session, code=code, town="Koper", country="SI", venue="Hotel Žusterna")
    firm = Carrier(name="Prevozi Hribar", email="prevozi@example.org")
    session.add(firm)
    session.flush()
    bus = make_vehicle(
        session, "Avtobus", seats=20, wheelchair_places=1, carrier_id=firm.id, registration_number="LJ AB-123",
        driver_name="Marko Vozel", driver_phone="041 222 333",
    )  # fmt: skip
    trip = trips.add_trip(session, made.id, at=dt.time(9), vehicle_id=bus.id, places=("Maribor", "Celje"))
    mother = make_person(session, given_name="Marija", phone="040 700 701")
    people = {
        "Ana": make_person(session, birth_date=dt.date(2005, 1, 1), phone="041 100 100"),
        "Bor": make_person(session, given_name="Bor", family_name="Žagar", phone="041 200 200"),
        "Črt": make_person(session, given_name="Črt", family_name="Zupan", phone="041 300 300"),
    }
    session.add(Guardian(person_id=people["Ana"].id, guardian_id=mother.id))
    told: dict[str, Any] = {"diet": "vegan", "allergies": "orehi", "emergency_name": "Lojze", "emergency_phone": "051"}
    known = {name: make_registration(session, made, person, **told) for name, person in people.items()}
    make_leg(session, known["Ana"], wheelchair=True)
    maribor, celje, _ = trips.trip_of(session, trip).stops
    seats.seat(session, [known["Ana"].id], trip, stop_id=maribor.id)
    seats.seat(session, [known["Bor"].id, known["Črt"].id], trip, stop_id=celje.id)
    row = session.get_one(Trip, trip)
    row.leader_id = known["Bor"].id
    trips.add_trip(session, made.id, name="Kombi", at=dt.time(9), places=("Postojna",))
    session.flush()
    return made.id


@pytest.fixture
def event(session: Session) -> str:
    return an_event(session)


def made(session: Session, key: str, event: str, language: str = "sl", **options: Any) -> Paper:
    return documents.DOCUMENTS[key].make(session, event, language=language, options=options, now=NOW, who="Ana")


@pytest.mark.parametrize("language", ["sl", "en", "both"])
def test_the_leader_sees_phones_minors_and_whom_to_call(session: Session, event: str, language: str) -> None:
    first, second = pages(made(session, "manifest", event, language))
    for words in ("Novak Ana", "041 100 100", "Marija Novak", "040 700 701", "Maribor", "Hotel Žusterna", "LJ AB-123"):
        assert words in first, words
    # Of grown-ups the emergency contact, and the leader's phone is that of the participant who leads.
    assert "Lojze" in first
    assert "Bor Žagar, 041 200 200" in first.replace("\xa0", " ")
    assert ("minor" if language == "en" else "mladoletna oseba") in first
    assert "vegan" not in first
    assert "orehi" not in first
    assert "Kombi" in second


def test_the_driver_sees_names_and_counts_and_no_more(session: Session, event: str) -> None:
    first, _ = pages(made(session, "driver-sheet", event))
    assert "Ana Novak" in first
    assert "Bor Žagar" in first
    for words in ("041 100 100", "041 300 300", "040 700 701", "Lojze", "orehi", "vegan", "mladolet", "2005"):
        assert words not in first, words
    # Whom to turn to is the leader.
    assert "041 200 200" in first.replace("\xa0", " ")


def test_the_bus_firm_gets_its_own_trips_without_names(session: Session, event: str) -> None:
    (only,) = pages(made(session, "bus-firm-list", event))
    for words in ("Maribor", "Celje", "Prevozi Hribar", "2. april 2020"):
        assert words in only, words
    for words in ("Ana", "Novak", "Zupan", "041 100 100", "Kombi"):
        assert words not in only, words
    (named,) = pages(made(session, "bus-firm-list", event, names="da"))
    assert "Ana Novak" in named
    assert "041 100 100" not in named


def test_how_many_get_on_and_off(session: Session, event: str) -> None:
    from mama_desktop.services.transport.papers_trip import halts
    from mama_desktop.services.transport.passengers import loads

    bus, _ = loads(session, event)
    assert [(h.gets_on, h.gets_off, h.on_board, h.wheelchairs) for h in halts(bus)] == [
        (1, 0, 1, 1), (2, 0, 3, 0), (0, 3, 0, 0),
    ]  # fmt: skip
    trips.return_trip(session, bus.trip.id)
    back = next(load for load in loads(session, event) if load.trip.direction == "back")
    assert [(h.gets_on, h.gets_off, h.on_board) for h in halts(back)] == [(3, 0, 3), (0, 2, 1), (0, 1, 0)]


def test_whoever_has_no_stop_is_said(session: Session, event: str) -> None:
    ana = session.query(Registration).filter_by(event_id=event).first()
    assert ana is not None
    trip = trips.trips_of_event(session, event)[0]
    seats.seat(session, [ana.id], trip.id, stop_id=None)
    paper = made(session, "manifest", event, trip=trip.name)
    assert "no stop yet" in str(paper.warnings[0])
    assert "Celje" in pages(paper)[0]


def test_the_plan_counts_both_directions(session: Session, event: str) -> None:
    make_registration(session, session.get_one(Event, event), make_person(session, given_name="Eva"))
    paper = made(session, "transport-plan", event)
    said = " ".join(pages(paper))
    for words in ("Maribor", "Prevozi Hribar", "Kombi", "Eva Novak"):
        assert words in said, words
    assert any("no transport there" in str(words) for words in paper.warnings)


def test_one_trip_by_number_or_name(session: Session, event: str) -> None:
    assert len(pages(made(session, "manifest", event, trip="2"))) == 1
    assert "Kombi" in pages(made(session, "driver-sheet", event, trip="kombi"))[0]
    with pytest.raises(OfficeError, match="no such trip") as refused:
        made(session, "manifest", event, trip="Ptuj")
    assert len(refused.value.details) == 2
    with pytest.raises(OfficeError, match="no such trip"):
        made(session, "manifest", event, direction="back")


@pytest.mark.parametrize("key", [papers_manifest.MANIFEST, papers_bus_firm.BUS_FIRM, papers_plan.PLAN])
def test_an_event_without_trips_says_so(session: Session, key: str) -> None:
    with pytest.raises(OfficeError, match="no trips yet"):
        made(session, key, make_event(session).id)


def test_a_called_off_trip_is_on_no_list(session: Session, event: str) -> None:
    van = trips.trips_of_event(session, event)[1]
    trips.call_off(session, van.id)
    assert len(pages(made(session, "manifest", event))) == 1


def test_the_workbook_says_the_same(session: Session, event: str, tmp_path: Path) -> None:
    path = tmp_path / "seznam.xlsx"
    documents.write(made(session, "manifest", event, "en"), path)
    book = load_workbook(path)
    assert len(book.worksheets) == 2
    cells = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert "Novak Ana" in cells
    assert "041 100 100" in cells
