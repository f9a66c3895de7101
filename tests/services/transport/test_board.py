"""The board of an event: who waits, who rides, the nearest stop of each, and moving them; on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.consents import Guardian
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.parties import Party
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, verbatim
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.i18n import language
from mama_desktop.services import history
from mama_desktop.services.transport import board as boards
from mama_desktop.services.transport import connections, moving, offered, trip_card, trips
from mama_desktop.services.transport.board import Board
from mama_desktop.services.transport.moving import Spot
from mama_desktop.services.transport.seats import VehicleFull
from mama_desktop.store.database import Database
from tests.factories import make_event, make_leg, make_person, make_registration, make_vehicle


@pytest.fixture
def event(session: Session) -> Event:
    return make_event(session, town="Koper", country="SI")


def comes(session: Session, event: Event, name: str, town: str = "Celje", **values: object) -> Registration:
    given, _, family = name.partition(" ")
    person = make_person(session, given_name=given, family_name=family or "Novak", town=town, country="SI")
    return make_registration(session, event, person, **values)


def a_trip(session: Session, event: Event, *places: str, seats: int = 8, direction: str = "there") -> str:
    van = make_vehicle(session, seats=seats)
    return trips.add_trip(
        session, event.id, direction=direction, at=dt.time(9), vehicle_id=van.id, places=places
    )  # fmt: skip


def shown(session: Session, event: Event, direction: str = "there") -> Board:
    return boards.board(session, event.id, direction)


def test_who_has_a_place_waits_sorted_by_the_stops_of_the_trips(session: Session, event: Event) -> None:
    comes(session, event, "Ana", "Ljubljana")
    comes(session, event, "Bor", "Žalec")
    comes(session, event, "Cilka", "Celje")
    comes(session, event, "Dan", "Krajevje Nikjer")
    comes(session, event, "Eva", "Celje", status="waiting")
    a_trip(session, event, "Celje", "Ljubljana")
    board = shown(session, event)
    assert [r.name.split()[0] for r in board.without] == ["Cilka", "Bor", "Ana", "Dan"]
    assert [r.nearest.place if r.nearest else "" for r in board.without] == ["Celje", "Celje", "Ljubljana", ""]
    zalec = board.without[1].nearest
    assert zalec is not None
    assert 5 < zalec.km < 20
    assert board.counts["there"] == boards.Counts(seated=0, without=4, own_way=0, free=8, trips=1)
    assert board.counts["back"] == boards.Counts(without=4)


def test_who_said_they_need_none_or_comes_by_train_stands_apart(session: Session, event: Event) -> None:
    own = comes(session, event, "Ana")
    train = comes(session, event, "Bor")
    wants = comes(session, event, "Cilka")
    bus = comes(session, event, "Dan")
    make_leg(session, own, needs_transport=False)
    make_leg(session, train, means="train")
    make_leg(session, wants, means="train", needs_transport=True)
    make_leg(session, bus, means="event-bus")
    board = shown(session, event)
    assert {r.id for r in board.own_way} == {own.id, train.id}
    assert {r.id for r in board.without} == {wants.id, bus.id}
    assert not shown(session, event, "back").own_way


def test_the_place_of_the_leg_wins_over_home(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana", "Celje")
    make_leg(session, ana, from_place="Maribor", from_country="SI", needs_transport=True)
    make_leg(session, ana, "back", to_place="Ptuj", to_country="SI", needs_transport=True)
    (there,) = shown(session, event).without
    (back,) = shown(session, event, "back").without
    assert (there.place.name, there.place_is_said, back.place.name) == ("Maribor", True, "Ptuj")
    assert there.place.at is not None


def test_who_flies_in_is_fetched_from_the_airport_not_from_home(session: Session, event: Event) -> None:
    def flies(name: str, way: str, point: str) -> None:
        far = {"from_place": "Göteborg", "from_country": "SE"} if way == "there" else {"to_place": "Göteborg"}
        make_leg(session, comes(session, event, name), way, means="plane", needs_transport=True, point=point, **far)

    flies("Åke", "there", "Letališče Jožeta Pučnika Ljubljana")
    flies("Sofia", "there", "Letališče Nikjer")
    flies("Maja", "back", "Celje, železniška postaja")
    a_trip(session, event, "Murska Sobota", "Ljubljana")
    there = {r.name.split()[0]: r for r in shown(session, event).without}
    assert there["Åke"].place.name == "Letališče Jožeta Pučnika Ljubljana"
    assert there["Åke"].nearest is not None
    assert (there["Åke"].nearest.place, round(there["Åke"].nearest.km)) == ("Ljubljana", 0)
    assert there["Sofia"].place.at is None
    assert there["Sofia"].nearest is None
    back = {r.name.split()[0]: r.place for r in shown(session, event, "back").without}
    assert back["Maja"].at == there["Maja"].place.at


def test_a_drop_on_a_trip_gives_everybody_their_nearest_stop(session: Session, event: Event) -> None:
    ana, bor = comes(session, event, "Ana", "Maribor"), comes(session, event, "Bor", "Žalec")
    nowhere = comes(session, event, "Cilka", "")
    key = a_trip(session, event, "Maribor", "Celje")
    moving.move(session, event.id, "there", [ana.id, bor.id, nowhere.id], Spot(key))
    board = shown(session, event)
    stops = {s.id: s.place for s in board.trips[0].stops}
    assert {r.name.split()[0]: stops.get(r.stop_id or "", "") for r in board.seated[key]} == {
        "Ana": "Maribor", "Bor": "Celje", "Cilka": "",
    }  # fmt: skip
    assert board.here == boards.Counts(seated=3, without=0, own_way=0, free=5, trips=1)


def test_a_full_vehicle_refuses_all_of_a_drop_on_several_stops(session: Session, event: Event) -> None:
    people = [comes(session, event, name, town) for name, town in (("Ana", "Celje"), ("Bor", "Maribor"))]
    key = a_trip(session, event, "Maribor", "Celje", seats=1)
    with pytest.raises(VehicleFull) as refused:
        moving.move(session, event.id, "there", [r.id for r in people], Spot(key))
    assert (refused.value.free, refused.value.wanted) == (1, 2)
    assert session.scalars(select(Seat)).all() == []


def test_those_who_fit_are_whole_parties_first(session: Session, event: Event) -> None:
    party = Party(event_id=event.id, name="Novakovi")
    session.add(party)
    session.flush()
    ana = comes(session, event, "Ana", party_id=party.id)
    bor = comes(session, event, "Bor")
    cilka = comes(session, event, "Cilka", party_id=party.id)
    key = a_trip(session, event, "Celje")
    board = shown(session, event)
    wanted = [ana.id, bor.id, cilka.id]
    assert moving.those_who_fit(board, wanted, key, 1) == [bor.id]
    assert moving.those_who_fit(board, wanted, key, 2) == [ana.id, cilka.id]
    assert moving.those_who_fit(board, [ana.id, cilka.id], key, 1) == [ana.id]
    assert moving.those_who_fit(board, wanted, key, 0) == []


def test_a_party_and_guardians_with_minors_go_together_from_where_they_are(session: Session, event: Event) -> None:
    party = Party(event_id=event.id, name="Novakovi")
    session.add(party)
    session.flush()
    ana = comes(session, event, "Ana", party_id=party.id)
    bor = comes(session, event, "Bor", party_id=party.id)
    child = comes(session, event, "Cilka Kos")
    session.add(Guardian(person_id=child.person_id, guardian_id=bor.person_id))
    drives = comes(session, event, "Dan", party_id=party.id)
    make_leg(session, drives, needs_transport=False)
    comes(session, event, "Eva")
    board = shown(session, event)
    assert set(moving.companions(board, [ana.id])) == {bor.id, child.id}
    assert set(moving.companions(board, [child.id])) == {ana.id, bor.id}
    assert moving.companions(board, [drives.id]) == []
    key = a_trip(session, event, "Celje")
    moving.move(session, event.id, "there", [bor.id], Spot(key))
    assert moving.companions(shown(session, event), [ana.id]) == [child.id]


def test_minors_and_wheelchairs_are_seen(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana")
    session.flush()
    from mama_desktop.domain.people import Person

    session.get_one(Person, ana.person_id).birth_date = dt.date(2005, 5, 5)
    make_leg(session, ana, wheelchair=True)
    (one,) = shown(session, event).without
    assert (one.minor, one.wheelchair) == (True, True)
    assert not shown(session, event, "back").without[0].wheelchair


def test_out_of_a_trip_and_on_their_own_way_is_said_on_the_leg(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana")
    key, back = a_trip(session, event, "Celje"), a_trip(session, event, "Celje", direction="back")
    moving.move(session, event.id, "there", [ana.id], Spot(key))
    moving.move(session, event.id, "back", [ana.id], Spot(back))
    assert session.scalars(select(TravelLeg)).all() == []
    moving.move(session, event.id, "there", [ana.id], Spot(own_way=True))
    assert [r.id for r in shown(session, event).own_way] == [ana.id]
    assert len(shown(session, event, "back").seated[back]) == 1
    moving.move(session, event.id, "there", [ana.id], Spot())
    assert [r.id for r in shown(session, event).without] == [ana.id]
    leg = session.scalars(select(TravelLeg)).one()
    assert leg.needs_transport is True


def test_a_seat_for_somebody_who_needed_none_says_that_they_need_it(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana")
    leg = make_leg(session, ana, means="own-car")
    key = a_trip(session, event, "Celje")
    moving.move(session, event.id, "there", [ana.id], Spot(key))
    assert leg.needs_transport is True
    assert shown(session, event).here.seated == 1


def test_a_participant_who_drives_is_on_their_own_way(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana")
    key = a_trip(session, event, "Celje")
    session.get_one(Trip, key).driver_id = ana.id
    board = shown(session, event)
    assert [(r.id, r.drives, r.trip_id) for r in board.own_way] == [(ana.id, True, key)]
    assert board.here.seated == 0


def test_over_is_shown_after_a_smaller_vehicle(session: Session, event: Event) -> None:
    people = [comes(session, event, name) for name in ("Ana", "Bor")]
    key = a_trip(session, event, "Celje", seats=2)
    for one in people:
        moving.move(session, event.id, "there", [one.id], Spot(key))
    trips.choose_vehicle(session, key, make_vehicle(session, seats=1).id)
    assert shown(session, event).over == {people[1].id}


def test_nobody_is_moved_into_a_trip_that_was_called_off(session: Session, event: Event) -> None:
    ana = comes(session, event, "Ana")
    key = a_trip(session, event, "Celje")
    trips.call_off(session, key)
    assert shown(session, event).here.free == 0
    assert shown(session, event).without[0].nearest is None
    with pytest.raises(OfficeError, match="called off"):
        moving.move(session, event.id, "there", [ana.id], Spot(key))


def test_a_new_trip_stops_where_people_wait_the_farthest_first_and_takes_as_many_as_fit(
    session: Session, event: Event
) -> None:
    for name, town in (("Ana", "Ljubljana"), ("Bor", "Maribor"), ("Cilka", "Celje"), ("Dan", "Celje")):
        comes(session, event, name, town)
    board = shown(session, event)
    towns = boards.waiting_towns(board)
    assert [(place.name, count) for place, count in towns] == [("Celje", 2), ("Ljubljana", 1), ("Maribor", 1)]
    van = make_vehicle(session, seats=3)
    key = offered.new_trip(
        session, event.id, direction="there", at=dt.time(10), vehicle_id=van.id,
        towns=[place.key for place, _ in towns], seat_them=True,
    )  # fmt: skip
    trip = trips.trip_of(session, key)
    assert [stop.place for stop in trip.stops] == ["Maribor", "Celje", "Ljubljana", "Koper"]
    assert (trip.name, trip.taken, trip.seats) == ("Maribor – Koper", 3, 3)
    assert trip.arrives_at == dt.datetime(2020, 4, 2, 10)
    assert boards.usual_arrival([trip]) == dt.time(10)
    back = offered.new_trip(
        session, event.id, direction="back", at=None, vehicle_id=None, towns=[place.key for place, _ in towns]
    )  # fmt: skip
    assert [stop.place for stop in trips.trip_of(session, back).stops] == ["Koper", "Ljubljana", "Celje", "Maribor"]


def test_labels_say_who_went_where() -> None:
    to = verbatim("Celje – Koper")
    assert str(moving.label(["Ana Novak"], to)) == "Ana Novak → Celje – Koper"
    assert str(moving.label(["Ana Novak", "Bor Kos", "Eva Lah"], to)) == "Ana Novak and 2 more → Celje – Koper"


def test_the_history_of_the_event_says_who_moved_whom_also_after_they_were_taken_out(db: Database) -> None:
    def plan(session: Session) -> tuple[str, str, str]:
        event = make_event(session, town="Koper", country="SI")
        key = trips.add_trip(session, event.id, vehicle_id=make_vehicle(session, seats=1).id, places=("Celje",))
        return event.id, key, comes(session, event, "Ana Novak").id

    event, key, ana = db.write(plan, label=T("Plan"))
    other, _, _ = db.write(plan, label=T("Another event"))
    db.write(moving.move, event, "there", [ana], Spot(key), label=moving.label(["Ana Novak"], verbatim("Celje")))
    db.write(moving.move, event, "there", [ana], Spot(), label=moving.label(["Ana Novak"], verbatim("out")))
    found = db.read(history.changes_of_event, event, limit=10)
    assert [str(change.label) for change in found] == ["Ana Novak → out", "Ana Novak → Celje", "Plan"]
    assert found[0].who == "Ana Kovač"
    assert [str(change.label) for change in db.read(history.changes_of_event, other, limit=10)] == ["Another event"]
    said = db.read(history.said_rows, found[0].number, words=language("en"))
    assert said == ["Seat “Ana Novak (Celje – Koper)”: deleted"]


def test_a_trip_that_leaves_before_somebody_has_landed_is_known(session: Session, event: Event) -> None:
    lands, early, own = (comes(session, event, name) for name in ("Ana Novak", "Bor Novak", "Cene Novak"))
    key = trips.add_trip(session, event.id, at=dt.time(9), vehicle_id=make_vehicle(session).id, places=("Celje",))
    stop = next(s for s in trips.trip_of(session, key).stops if not s.is_venue)
    assert stop.at is not None
    assert stop.leaves is not None
    late = (stop.leaves + dt.timedelta(minutes=1)).time()
    for one, means, time in ((lands, "plane", late), (early, "train", stop.leaves.time()), (own, "own-car", late)):
        make_leg(session, one, means=means, time=time, needs_transport=True)
    moving.move(session, event.id, "there", [lands.id, early.id, own.id], Spot(key, stop.id))
    shown = boards.board(session, event.id)
    by_id = {rider.id: rider for rider in shown.riders()}
    assert [by_id[one.id].due for one in (lands, early, own)] == [late, stop.leaves.time(), None]
    assert [rider.id for rider, _ in connections.missed(shown, set(by_id))] == [lands.id]
    assert connections.missed(shown, {early.id, own.id}) == []
    landed = replace(by_id[lands.id], due_on=stop.leaves.date() - dt.timedelta(days=1))
    assert not connections.misses(landed, stop, "there")
    assert connections.misses(landed, stop, "back")


def test_the_board_knows_of_a_leader_who_does_not_come_any_more(session: Session, event: Event) -> None:
    leader = comes(session, event, "Ana Novak")
    key = trips.add_trip(session, event.id, at=dt.time(9), vehicle_id=make_vehicle(session).id, places=("Celje",))
    session.get_one(Trip, key).leader_id = leader.id
    session.flush()
    assert boards.board(session, event.id).away == {}
    leader.status = "cancelled"
    session.flush()
    assert boards.board(session, event.id).away == {key: ("Ana Novak",)}
    card = trip_card.trip_card(session, key)
    assert card is not None
    assert (card.away, card.away_field) == (("Ana Novak",), "leader_id")
