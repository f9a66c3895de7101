"""Two people become one, and each has a seat: nobody rides the same way in two vehicles afterwards."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip
from mama_desktop.services.merging import carry_out, plan_merge
from mama_desktop.services.transport import seats
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration, make_trip


def test_two_seats_of_one_way_become_one_and_the_other_is_free(db: Database) -> None:
    def begin(session: Session) -> tuple[str, str]:
        event = make_event(session)
        ana, anna = (make_person(session, given_name=name) for name in ("Ana", "Anna"))
        one, other = (make_registration(session, event, person).id for person in (ana, anna))
        for name, key, direction in (("Bus", one, "there"), ("Van", other, "there"), ("Back", other, "back")):
            # Without times the database cannot see that both are driven at once.
            seats.seat(session, [key], make_trip(session, event, name=name, direction=direction).id)
        return ana.id, anna.id

    keep, gone = db.write(begin, label=T("Begin"))
    plan = db.read(plan_merge, "person", keep, gone)
    assert "Trip: “Bus” stays, “Van” is left out" in [str(words) for words in plan.clashes]
    db.write(carry_out, plan, now=dt.datetime(2020, 3, 2, 9), label=T("Merge"))
    query = select(Trip.name).join(Seat, Seat.trip_id == Trip.id).order_by(Trip.name)
    assert db.read(lambda session: session.scalars(query).all()) == ["Back", "Bus"]
    db.undo()
    assert db.read(lambda session: session.scalars(query).all()) == ["Back", "Bus", "Van"]
