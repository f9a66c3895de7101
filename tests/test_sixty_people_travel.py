"""Sixty people from twenty towns travel: suggested from nothing, changed by hand, printed, sent, cancelled, undone."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.domain.vehicles import Carrier
from mama_desktop.i18n import language
from mama_desktop.planning.transport import plan
from mama_desktop.services import deciding, documents, issues, kept_lists, papers_changes
from mama_desktop.services.kept_states import KeptInfo, kept_of_event
from mama_desktop.services.paper import Paper
from mama_desktop.services.taking_back import follow_the_rules
from mama_desktop.services.transport import applying, board, moving, proposing, seats
from mama_desktop.services.transport.board import Board
from mama_desktop.services.transport.proposing import Wish
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration, make_vehicle
from tests.services.test_papers_consent import pages
from tests.services.test_undo_everything import state

TOWNS = (
    "Maribor", "Ptuj", "Murska Sobota", "Celje", "Velenje", "Slovenske Konjice", "Trbovlje", "Krško", "Brežice",
    "Novo mesto", "Ljubljana", "Domžale", "Kamnik", "Kranj", "Jesenice", "Škofja Loka", "Postojna", "Nova Gorica",
    "Ajdovščina", "Vrhnika",
)  # fmt: skip
PEOPLE = 60
NOW, SENT, LATER = dt.datetime(2020, 3, 30, 10), dt.datetime(2020, 3, 30, 11), dt.datetime(2020, 3, 31, 9)


def begin(session: Session) -> str:
    """The event in Koper with everybody accepted, a hired bus and four smaller vehicles; nobody rides anywhere yet."""
    event = make_event(
        session, code="2020-04-klub", town="Koper", country="SI", venue="Hotel Žusterna", starts_at=dt.time(11),
        ends_at=dt.time(16),
    )  # fmt: skip
    for number in range(PEOPLE):
        town = TOWNS[number % len(TOWNS)]
        person = make_person(
            session, given_name=f"Ana{number:02}", family_name=town.split()[0], town=town, country="SI",
            phone=f"041 100 {number:03}",
        )  # fmt: skip
        make_registration(session, event, person)
    firm = Carrier(name="Prevozi Hribar", email="prevozi@example.org")
    session.add(firm)
    session.flush()
    make_vehicle(session, "Avtobus", seats=30, carrier_id=firm.id, price_cents=60_000, price_per_km_cents=0)
    for number in range(4):
        make_vehicle(session, f"Kombi {number}", seats=9, price_per_km_cents=40)
    return event.id


@pytest.fixture
def event(db: Database) -> str:
    follow_the_rules(db)
    return db.write(begin, label=T("Begin"))


def test_sixty_people_travel(db: Database, event: str, tmp_path: Path) -> None:
    empty = state(db)
    steps = [empty]

    # Planned from nothing: everybody is seated, no vehicle is over-full, each gets on in their own town.
    asked = db.read(proposing.ask, event, Wish(longest_ride_min=None))
    proposal = plan(asked.problem, seconds=2)
    assert (proposal.figures.people, proposal.figures.left, asked.left_out) == (PEOPLE, 0, ())
    assert not proposal.figures.broken
    assert state(db) == empty
    db.write(applying.apply, asked, proposal, label=T("Suggested transport"))
    steps.append(state(db))
    shown = everybody_rides(db, event)
    assert all(trip.arrives_at == dt.datetime(2020, 4, 2, 11) for trip in shown.trips)
    for trip in shown.trips:
        times = [stop.at for stop in trip.stops]
        assert None not in times
        assert times == sorted(times, key=str)
        place_of = {stop.id: stop.place for stop in trip.stops}
        assert all(place_of[rider.stop_id or ""] == rider.place.name for rider in shown.seated[trip.id])

    # One is moved by hand, into a van that has room and does not stop where they live.
    bus = next(trip for trip in shown.trips if trip.seats == 30)
    van = next(trip for trip in shown.trips if trip.seats == 9 and trip.free)
    moved = shown.seated[bus.id][0]
    db.write(moving.move, event, "there", [moved.id], moving.Spot(van.id), label=T("By hand"))
    steps.append(state(db))
    shown = everybody_rides(db, event)
    assert moved.id in {rider.id for rider in shown.seated[van.id]}
    # A new suggestion leaves them where the hand has put them.
    again = db.read(proposing.ask, event, Wish(longest_ride_min=None))
    second = plan(again.problem, seconds=1)
    assert second.figures.people == PEOPLE
    assert {
        one.vehicle for one in second.plan.trips for stop in one.stops if moved.id in stop.travellers
    } == {f"trip:{van.id}"}  # fmt: skip

    # The manifest and the list of the bus firm go out and are kept; the firm has its list.
    for key in ("manifest", "bus-firm-list"):
        assert printed(db, key, event, tmp_path)
        steps.append(state(db))
    kept = db.read(kept_of_event, event)
    assert Counter(one.document for one in kept) == {"manifest": len(shown.trips), "bus-firm-list": 1}
    assert {one.state for one in kept} == {"made"}
    of_firm = next(one for one in kept if one.document == "bus-firm-list")
    assert of_firm.subject == bus.id
    db.write(kept_lists.mark_sent, of_firm.id, to="Prevozi Hribar", at=SENT, label=T("Sent"))
    steps.append(state(db))

    # Somebody cancels: the seat is free in the same change, and the list the firm has is out of date.
    leaves = shown.seated[bus.id][1]
    free = next(trip for trip in shown.trips if trip.id == bus.id).free
    decided = db.write(deciding.decide, [leaves.id], "cancelled", now=LATER, label=T("Cancelled"))
    steps.append(state(db))
    assert [(one.registration_id, str(one.what)) for one in decided.released] == [(leaves.id, bus.name)]
    assert leaves.name in decided.to_tell
    after = db.read(board.board, event)
    assert next(trip for trip in after.trips if trip.id == bus.id).free == free + 1
    assert after.here.seated == PEOPLE - 1
    states = {(one.document, one.subject): one.state for one in db.read(kept_of_event, event)}
    assert states["bus-firm-list", bus.id] == "out-of-date"
    assert states["manifest", bus.id] == "out-of-date"
    assert {state for (_, trip), state in states.items() if trip != bus.id} == {"made"}
    the_note_says_one_less(db, event, leaves.name)

    # Everything is taken back, step by step, and done again.
    for before in reversed(steps[:-1]):
        db.undo()
        assert state(db) == before
    for then in steps[1:]:
        db.redo()
        assert state(db) == then


def everybody_rides(db: Database, event: str) -> Board:
    shown = db.read(board.board, event)
    assert (shown.here.seated, shown.here.without) == (PEOPLE, 0)
    assert all(trip.taken <= trip.seats and not trip.over for trip in shown.trips)
    assert len({rider.id for its in shown.seated.values() for rider in its}) == PEOPLE
    return shown


def printed(db: Database, key: str, event: str, tmp_path: Path) -> Paper:
    """A list as it goes out: kept, and read back from its pages and from its workbook."""
    how = documents.DOCUMENTS[key].keep
    assert how is not None
    paper: Paper = db.write(how, event, language="sl", options={}, now=NOW, who="Ana", label=T("Printed"))
    words = " ".join(pages(paper))
    shown = db.read(board.board, event)
    listed = [rider for its in shown.seated.values() for rider in its]
    family_first = key == "manifest"
    for rider in listed:
        # The firm drives people and needs no names.
        given = rider.name.split()[0]
        assert (given in words) is family_first, rider.name
    assert ("041 100" in words) is family_first
    kept = [one for one in db.read(kept_of_event, event) if one.document == key]
    assert all(one.code in words for one in kept)
    assert all(db.read(issues.printed_again, one.id).pdf.startswith(b"%PDF") for one in kept)
    path = tmp_path / f"{key}.xlsx"
    english = db.read(
        documents.DOCUMENTS[key].make, event, language="en", options={"suffix": ".xlsx"}, now=NOW, who="Ana"
    )
    documents.write(english, path)
    book = load_workbook(io.BytesIO(path.read_bytes()))
    assert len(book.worksheets) == len(kept)
    return paper


def the_note_says_one_less(db: Database, event: str, name: str) -> None:
    found: dict[str, KeptInfo] = {
        one.document: one for one in db.read(kept_of_event, event) if one.state == "out-of-date"
    }
    manifest = found["manifest"].changes
    assert (manifest.count("removed"), manifest.count("added")) == (1, 0)
    # The stop has fewer people to wait for, which may stand there as changed.
    assert str(papers_changes.summary(manifest)).startswith("+ 0, – 1")
    said = papers_changes.lines(manifest, language("sl"))
    assert any(line.startswith("– ") and name in line for line in said), said
    for_firm = papers_changes.lines(found["bus-firm-list"].changes, language("sl"))
    assert name not in " ".join(for_firm)
    note = db.read(lambda session: papers_changes.make_note(
        session, event, language="sl", options={"list": found["manifest"].code}, now=LATER, who="Ana"
    ))  # fmt: skip
    assert name in " ".join(pages(note)).replace("\xa0", " ")


def test_a_full_vehicle_refuses_the_one_too_many(db: Database, event: str) -> None:
    asked = db.read(proposing.ask, event, Wish(longest_ride_min=None))
    db.write(applying.apply, asked, plan(asked.problem, seconds=1), label=T("Suggested transport"))
    shown = db.read(board.board, event)
    van = min(shown.trips, key=lambda trip: trip.free)
    others = [r.id for trip in shown.trips if trip.id != van.id for r in shown.seated[trip.id]][: van.free + 1]
    before = state(db)
    with pytest.raises(seats.VehicleFull):
        db.write(moving.move, event, "there", others, moving.Spot(van.id), label=T("Too many"))
    assert state(db) == before
