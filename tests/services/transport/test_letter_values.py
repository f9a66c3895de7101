"""The personal letter of transport: everybody's own trip, stop and times, in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.services import letter_texts, letters
from mama_desktop.services.letters import Wish
from mama_desktop.services.recipients import Audience
from mama_desktop.services.transport import letter_values, stops, trips
from mama_desktop.services.transport.passengers import loads
from tests.factories import make_person, make_registration
from tests.services.transport.test_papers import event

__all__ = ("event",)
NOW = dt.datetime(2020, 3, 30, 10)


def written(session: Session, event: str, *registrations: str) -> dict[str, str]:
    text = letter_texts.letter_text(session, "travel-plan")
    wish = Wish(Audience(event, registrations), text.subjects, text.bodies, text.kind, "x", template=text.key)
    mailing = letters.compose(session, wish, now=NOW)
    assert mailing.problems == ()
    return {one.recipient.given_name: one.text for one in mailing.letters}


def test_everybody_reads_of_their_own_stop(session: Session, event: str) -> None:
    (bus, _) = loads(session, event)
    trips.return_trip(session, bus.trip.id, at=dt.datetime(2020, 4, 2, 18))
    stops.change_stop(session, bus.trip.stops[0].id, meeting_point="avtobusna postaja")
    told = written(session, event, *(one.registration_id for one in bus.people))
    assert "Tja: Maribor – Koper" in told["Ana"]
    assert "Vstopno mesto: Maribor, avtobusna postaja" in told["Ana"]
    assert "Nazaj: Koper – Maribor" in told["Ana"]
    assert "Odhod: 2. 4. 2020 ob 18.00" in told["Ana"]
    assert "Izstopno mesto: Celje" in told["Bor"]
    # The leader is a participant; their phone is the one to call.
    assert "Telefon vodje: 041 200 200" in told["Ana"]
    # Nothing of the others, and nothing of oneself but the trip.
    assert "orehi" not in told["Ana"]
    assert "040 700 701" not in told["Ana"]


def test_who_has_no_seat_is_noticed(session: Session, event: str) -> None:
    late = make_registration(session, session.get_one(Event, event), make_person(session, given_name="Eva"))
    text = letter_texts.letter_text(session, "travel-plan")
    wish = Wish(Audience(event, (late.id,)), text.subjects, text.bodies, text.kind, "x", template=text.key)
    mailing = letters.compose(session, wish, now=NOW)
    missing = {str(one.label) for one in mailing.empty}
    assert "Trip there" in missing
    # There is no way back yet, so nobody misses one.
    assert "Trip back" not in missing
    assert "Tja:" not in mailing.letters[0].text


@pytest.mark.parametrize("code", ["sl", "en"])
def test_the_words_are_in_the_language_of_the_reader(session: Session, event: str, code: str) -> None:
    (bus, _) = loads(session, event)
    one = bus.people[0]
    said = letter_values.trip_values(session, event, [one.registration_id], code)[one.registration_id]
    assert said["trip_there"] == "Maribor – Koper"
    assert said["arrival_there"] == ("2. 4. 2020 ob 9.00" if code == "sl" else "2 Apr 2020, 09:00")
    assert set(said) == {p.key for p in letter_values.PLACEHOLDERS if p.key.endswith("_there")}
