"""A suggestion asked from the workspace, applied as one change, refused when the plan has moved on."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.i18n import language
from mama_desktop.planning.proposal import Proposal
from mama_desktop.planning.transport import plan
from mama_desktop.services.transport import applying, board, proposing, proposing_words, seats, trips
from mama_desktop.services.transport.proposing import Asked, Wish
from mama_desktop.store.database import Database
from tests.factories import make_event, make_leg, make_person, make_registration, make_vehicle

TOWNS = ("Maribor", "Celje", "Velenje", "Ptuj", "Ljubljana", "Kranj", "Novo mesto", "Krško")


def an_event(session: Session, *, people: int = 16, towns: tuple[str, ...] = TOWNS) -> str:
    event = make_event(session, town="Koper", country="SI", starts_at=dt.time(9), ends_at=dt.time(16))
    for number in range(people):
        person = make_person(
            session, given_name=f"Ana{number}", family_name="Novak", town=towns[number % len(towns)], country="SI"
        )
        make_registration(session, event, person)
    make_vehicle(session, "Avtobus", seats=12, price_cents=20_000, price_per_km_cents=120)
    make_vehicle(session, "Kombi", seats=8, price_cents=0, price_per_km_cents=40)
    return event.id


def suggested(session: Session, event_id: str, **wish: object) -> tuple[Asked, Proposal]:
    asked = proposing.ask(session, event_id, Wish(**{"longest_ride_min": None, **wish}))  # type: ignore[arg-type]  # as the test says
    return asked, plan(asked.problem, seconds=0.2)


def test_everybody_is_seated_from_nothing_and_undone_as_one(db: Database) -> None:
    event_id = db.write(an_event, label=T("test"))
    asked, proposal = db.read(suggested, event_id)
    assert proposal.figures.left == 0
    assert not proposal.figures.broken
    applied = db.write(applying.apply, asked, proposal, label=T("Suggested transport"))
    assert (applied.made, applied.seated) == (2, 16)
    now = db.read(board.board, event_id)
    assert (now.here.seated, now.here.without) == (16, 0)
    for trip in now.trips:
        assert trip.taken <= trip.seats
        assert trip.stops[-1].is_venue
        assert trip.arrives_at == dt.datetime(2020, 4, 2, 9)
        assert all(stop.people for stop in trip.stops[:-1])
    db.undo()
    assert db.read(board.board, event_id).here.without == 16
    assert db.read(lambda session: session.scalars(select(Trip)).all()) == []


def test_who_was_put_in_by_hand_stays(session: Session) -> None:
    event_id = an_event(session, people=10)
    van = trips.add_trip(session, event_id, at=dt.time(9), places=("Celje",), vehicle_id=_vehicle(session, "Kombi"))
    ana = session.scalars(select(Registration.id).order_by(Registration.id)).first()
    assert ana
    seats.seat(session, [ana], van, stop_id=trips.trip_of(session, van).stops[0].id)
    asked, proposal = suggested(session, event_id)
    applying.apply(session, asked, proposal)
    sits = session.scalars(select(Seat).where(Seat.registration_id == ana)).one()
    assert (sits.trip_id, sits.by_hand) == (van, True)
    assert session.scalars(select(Seat.by_hand).where(Seat.registration_id != ana)).all() == [False] * 9


def test_a_plan_that_has_moved_on_is_not_overwritten(session: Session) -> None:
    event_id = an_event(session)
    asked, proposal = suggested(session, event_id)
    trips.add_trip(session, event_id, places=("Celje",))
    with pytest.raises(OfficeError, match="has changed"):
        applying.apply(session, asked, proposal)


def test_who_cannot_be_placed_is_named_with_the_reason(session: Session) -> None:
    event_id = an_event(session, people=22, towns=(*TOWNS, "Nikjer pri Nikomur", ""))
    asked, proposal = suggested(session, event_id)
    behind = proposing_words.behind(asked, proposal)
    assert len(behind) + proposal.figures.people == 22
    assert {key for key, _ in asked.left_out} <= set(asked.names)
    assert all(name for name, _ in behind)
    assert len(asked.left_out) == 4


def test_a_second_question_keeps_what_is_there(session: Session) -> None:
    event_id = an_event(session)
    asked, proposal = suggested(session, event_id)
    applying.apply(session, asked, proposal)
    before = {t.id: (t.arrives_at, [s.place for s in t.stops]) for t in trips.trips_of_event(session, event_id)}
    again, second = suggested(session, event_id)
    assert second.figures.people == 16
    assert second.figures.cost_cents <= second.present.cost_cents
    if second.is_present:
        applying.apply(session, again, second)
        after = {t.id: (t.arrives_at, [s.place for s in t.stops]) for t in trips.trips_of_event(session, event_id)}
        assert after == before


def test_the_way_back_begins_at_the_venue(session: Session) -> None:
    event_id = an_event(session, people=6)
    asked, proposal = suggested(session, event_id, direction="back")
    applying.apply(session, asked, proposal)
    for trip in trips.trips_of_event(session, event_id):
        assert trip.stops[0].is_venue
        assert trip.leaves_at == dt.datetime(2020, 4, 2, 16)


def test_people_of_one_group_ride_together(session: Session) -> None:
    event_id = an_event(session, people=8)
    from mama_desktop.domain.parties import Party

    family = Party(event_id=event_id, name="Novakovi")
    session.add(family)
    session.flush()
    members = session.scalars(select(Registration).order_by(Registration.id)).all()[:3]
    for member in members:
        member.party_id = family.id
    session.flush()
    asked, proposal = suggested(session, event_id)
    applying.apply(session, asked, proposal)
    assert len(set(session.scalars(select(Seat.trip_id).where(Seat.registration_id.in_([m.id for m in members]))))) == 1


def _vehicle(session: Session, name: str) -> str:
    from mama_desktop.domain.vehicles import Vehicle

    return session.scalars(select(Vehicle.id).where(Vehicle.name == name)).one()


def test_who_lands_at_an_hour_is_left_to_the_office(session: Session) -> None:
    event_id = an_event(session, people=6)
    flies = session.scalars(select(Registration).order_by(Registration.id)).all()[0]
    make_leg(session, flies, means="plane", time=dt.time(7, 50), needs_transport=True)
    asked, proposal = suggested(session, event_id)
    (name, why) = proposing_words.behind(asked, proposal)[-1]
    assert name == "Ana0 Novak"
    assert language("en").say(why) == "arrives by plane at 07:50: put them into a trip by hand"
    assert flies.id not in asked.riders
