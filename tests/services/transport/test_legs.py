"""Both directions of everybody who comes: what is said, what is missing, what follows; on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rows import Found
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.services import editing
from mama_desktop.services.transport import legs
from tests.factories import (
    make_event,
    make_leg,
    make_organisation,
    make_person,
    make_registration,
    make_seat,
    make_stop,
    make_trip,
)

NOW = dt.datetime(2020, 3, 1, 9)
FIRST, LAST = dt.date(2020, 4, 2), dt.date(2020, 4, 4)


def rows(session: Session, event_id: str) -> dict[str, dict[str, Any]]:
    listing = legs.travel_of_event(session, event_id)
    names = [f.key for f in listing.fields]
    return {key: dict(zip(names, row, strict=True)) for key, row in zip(listing.keys, listing.rows, strict=True)}


def change(session: Session, keys: list[str], field: str, value: Any) -> None:
    editing.change(session, "travel_leg", keys, field, value, now=NOW)


def one_person(session: Session, **values: Any) -> tuple[str, str, str]:
    """The event's key and those of both rows of one person who has a place."""
    event = make_event(session, town="Koper", starts_on=FIRST, ends_on=LAST)
    person = make_person(session, **values)
    key = make_registration(session, event, person, status="accepted").id
    return event.id, legs.leg_key(key, "there"), legs.leg_key(key, "back")


def test_everybody_who_has_a_place_has_two_rows_and_nothing_is_taken_as_known(session: Session) -> None:
    event = make_event(session, town="Koper", starts_on=FIRST, ends_on=LAST)
    home = make_organisation(session, town="Celje")
    comes = make_registration(
        session, event, make_person(session), status="accepted", organisation_id=home.id, arrival=dt.date(2020, 4, 3)
    )
    make_registration(session, event, make_person(session, given_name="Bor"), status="applied")
    there, back = legs.leg_key(comes.id, "there"), legs.leg_key(comes.id, "back")
    found = rows(session, event.id)
    assert set(found) == {there, back}
    assert found[there]["to_place"] == "Koper"
    assert found[back]["from_place"] == "Koper"
    assert found[there]["from_place"] == found[back]["to_place"] == ""
    assert found[there]["home"] == "Celje"
    assert (found[there]["day"], found[back]["day"]) == (dt.date(2020, 4, 3), LAST)
    assert found[there]["status"] == "unknown"
    assert found[there]["missing"] == ["means", "place"]
    assert session.scalar(select(func.count()).select_from(TravelLeg)) == 0


def test_what_is_said_makes_the_leg_known_and_finds_the_place(session: Session) -> None:
    event, there, back = one_person(session)
    change(session, [there], "means", "own-car")
    assert rows(session, event)[there]["missing"] == ["place"]
    change(session, [there], "from_place", "Dunaj, Avstrija")
    leg = session.scalars(select(TravelLeg)).one()
    assert (leg.from_place, leg.from_country) == ("Dunaj", "AT")
    assert leg.from_latitude == pytest.approx(48.2, abs=0.1)
    assert leg.status == "known"
    assert rows(session, event)[there]["missing"] == []
    assert rows(session, event)[back]["status"] == "unknown"


def test_a_place_nobody_knows_is_kept_as_said_and_shown_as_not_found(session: Session) -> None:
    event, there, _ = one_person(session)
    change(session, [there], "means", "own-car")
    change(session, [there], "from_place", "Zgornje Nikjer")
    row = rows(session, event)[there]
    assert row["from_place"] == "Zgornje Nikjer"
    assert row["missing"] == ["place-unknown"]
    assert row["status"] == "unknown"


def test_a_plane_needs_a_time_and_a_number(session: Session) -> None:
    event, there, _ = one_person(session)
    change(session, [there], "means", "plane")
    assert rows(session, event)[there]["missing"] == ["time", "number"]
    change(session, [there], "time", dt.time(11, 5))
    change(session, [there], "number", "LX 1234")
    assert rows(session, event)[there]["status"] == "known"
    # Filling in what was open is no change, another time is one.
    change(session, [there], "point", "Letališče Jožeta Pučnika")
    assert rows(session, event)[there]["status"] == "known"
    change(session, [there], "time", dt.time(13, 40))
    assert rows(session, event)[there]["status"] == "changed"
    change(session, [there], "number", "")
    row = rows(session, event)[there]
    assert (row["status"], row["missing"]) == ("unknown", ["number"])


def test_what_the_office_takes_as_known_is_missing_nothing(session: Session) -> None:
    event, there, _ = one_person(session)
    change(session, [there], "status", "known")
    row = rows(session, event)[there]
    assert (row["status"], row["missing"]) == ("known", [])
    change(session, [there], "from_place", "Celje")
    assert rows(session, event)[there]["status"] == "known"


def test_who_was_asked_is_asked_until_all_is_known(session: Session) -> None:
    event, there, back = one_person(session)
    legs.mark_asked(session, [there, back], now=NOW)
    assert [rows(session, event)[key]["status"] for key in (there, back)] == ["asked", "asked"]
    change(session, [there], "means", "event-bus")
    assert rows(session, event)[there]["status"] == "asked"
    change(session, [there], "from_place", "Celje")
    assert rows(session, event)[there]["status"] == "known"
    assert rows(session, event)[there]["asked_at"] == NOW


def test_a_seat_at_a_stop_says_all_there_is_to_know(session: Session) -> None:
    event, there, back = one_person(session)
    registration = session.scalars(select(TravelLeg)).first()
    assert registration is None
    from mama_desktop.domain.events import Event
    from mama_desktop.domain.registrations import Registration

    comes = session.scalars(select(Registration)).one()
    trip = make_trip(session, session.get_one(Event, event), name="Celje – Koper", seats=8)
    stop = make_stop(session, trip, "Celje")
    seat = make_seat(session, trip, comes, stop)
    row = rows(session, event)[there]
    assert (row["means"], row["trip"], row["stop"], row["status"]) == ("event-bus", "Celje – Koper", "Celje", "known")
    assert rows(session, event)[back]["status"] == "unknown"
    seat.stop_id = None
    session.flush()
    assert rows(session, event)[there]["missing"] == ["stop"]


def test_needs_transport_can_be_unsaid_again(session: Session) -> None:
    event, there, _ = one_person(session)
    for value, shown in (("yes", "yes"), ("no", "no"), (None, "")):
        change(session, [there], "needs_transport", value)
        assert rows(session, event)[there]["needs_transport"] == shown
    with pytest.raises(OfficeError):
        change(session, [there], "needs_transport", "maybe")


def test_home_is_offered_and_taken_only_when_asked(session: Session) -> None:
    event, there, back = one_person(session, town="Novo mesto", country="SI")
    change(session, [there], "from_place", "Celje")
    assert legs.take_home(session, [there, back]) == 1
    found = rows(session, event)
    assert (found[there]["from_place"], found[back]["to_place"]) == ("Celje", "Novo mesto")
    kept = session.scalars(select(TravelLeg).where(TravelLeg.direction == "back")).one()
    assert kept.to_latitude is not None
    assert kept.to_country == "SI"


def test_the_same_way_back(session: Session) -> None:
    event, there, back = one_person(session)
    for field, value in (("means", "train"), ("from_place", "Maribor"), ("time", dt.time(9)), ("luggage", 2)):
        change(session, [there], field, value)
    assert legs.the_same_back(session, [there]) == 1
    row = rows(session, event)[back]
    assert (row["means"], row["to_place"], row["luggage"]) == ("train", "Maribor", 2)
    assert row["missing"] == ["time"]
    assert legs.the_same_back(session, [there]) == 0


def test_the_persons_own_columns_are_written_to_the_person(session: Session) -> None:
    event, there, back = one_person(session)
    change(session, [there, back], "phone", "040 123 456")
    assert {row["phone"] for row in rows(session, event).values()} == {"040 123 456"}
    change(
        session, [there], "organisation", Found("organisation", make_organisation(session, "MC Celje").id, "MC Celje")
    )
    assert rows(session, event)[back]["organisation"] == "MC Celje"


def test_the_incomplete_say_what_is_missing(session: Session) -> None:
    event, there, back = one_person(session)
    change(session, [there], "status", "known")
    listing = legs.incomplete(session, event)
    assert listing.keys == [back]
    assert listing.rows[0][3] == ["means", "place"]


def test_a_leg_goes_with_its_registration(session: Session) -> None:
    from mama_desktop.domain.registrations import Registration
    from mama_desktop.services import registrations

    _, there, _ = one_person(session)
    change(session, [there], "means", "train")
    comes = session.scalars(select(Registration)).one()
    make_leg(session, comes, "back")
    registrations.remove(session, [comes.id])
    assert session.scalar(select(func.count()).select_from(TravelLeg)) == 0


def test_merging_two_people_keeps_what_was_said_of_their_travel(session: Session) -> None:
    from mama_desktop.services import merging

    event = make_event(session, town="Koper")
    keep, gone = make_person(session), make_person(session, given_name="Anna")
    one = make_registration(session, event, keep, status="accepted")
    other = make_registration(session, event, gone, status="accepted")
    make_leg(session, one, "there", means="train")
    make_leg(session, other, "there", means="train", number="LP 2412", from_place="Celje")
    make_leg(session, other, "back", means="own-car")
    merging.carry_out(session, merging.plan_merge(session, "person", keep.id, gone.id), now=NOW)
    session.expire_all()
    kept = {leg.direction: leg for leg in session.scalars(select(TravelLeg))}
    assert set(kept) == {"there", "back"}
    assert {leg.registration_id for leg in kept.values()} == {one.id}
    assert (kept["there"].means, kept["there"].number, kept["there"].from_place) == ("train", "LP 2412", "Celje")
    assert kept["back"].means == "own-car"


def test_a_wheelchair_said_later_is_known_of_the_seat_too(session: Session) -> None:
    event = make_event(session, town="Koper")
    comes = make_registration(session, event, make_person(session), status="accepted")
    trip = make_trip(session, event, name="Celje – Koper", seats=8, wheelchair_places=1)
    seat = make_seat(session, trip, comes, make_stop(session, trip, "Celje"))
    change(session, [legs.leg_key(comes.id, "there")], "wheelchair", True)
    session.refresh(seat)
    assert seat.wheelchair
    change(session, [legs.leg_key(comes.id, "there")], "wheelchair", False)
    session.refresh(seat)
    assert not seat.wheelchair


def test_a_wheelchair_without_a_place_for_it_is_refused_in_words(session: Session) -> None:
    event = make_event(session, town="Koper")
    comes = make_registration(session, event, make_person(session), status="accepted")
    trip = make_trip(session, event, name="Celje – Koper", seats=8, wheelchair_places=0)
    make_seat(session, trip, comes, make_stop(session, trip, "Celje"))
    with pytest.raises(OfficeError, match="wheelchair"):
        change(session, [legs.leg_key(comes.id, "there")], "wheelchair", True)
