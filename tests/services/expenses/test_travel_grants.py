"""Distance, band and amount of each participant, through the whole path; test distances of the funder's rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration
from mama_desktop.services.expenses import travel_grants
from tests.factories import (
    make_event,
    make_leg,
    make_organisation,
    make_person,
    make_project,
    make_registration,
)


def at_ljubljana(session: Session, town: str, country: str = "", **project: Any) -> Registration:
    values: dict[str, Any] = {"programme": "Erasmus+", "action": "KA153", "call_year": 2024, **project}
    event = make_event(session, town="Ljubljana", country="SI", project_id=make_project(session, **values).id)
    centre = make_organisation(session, town=town, country=country)
    return make_registration(session, event, make_person(session), organisation_id=centre.id)


@pytest.mark.parametrize(
    ("town", "country", "km", "cents"),
    [
        ("Koper", "SI", 82.7, 2_800),
        ("Maribor", "SI", 103.6, 21_100),
        ("Zagreb", "HR", 117.3, 21_100),
        ("Dunaj", "AT", 277.8, 21_100),
        ("Beograd", "RS", 484.7, 21_100),
        ("Bruselj", "BE", 917.9, 30_900),
        ("Lizbona", "PT", 2_096.1, 39_500),
        ("Tbilisi", "GE", 2_461.8, 39_500),
    ],
)
def test_distances_of_the_rules(session: Session, town: str, country: str, km: float, cents: int) -> None:
    registration = at_ljubljana(session, town, country)
    (grant,) = travel_grants.grants_of_event(session, registration.event_id)
    assert grant.km == pytest.approx(km, rel=0.012)
    assert grant.cents == cents


def test_near_an_edge_is_pointed_out_and_the_commissions_calculator_wins(session: Session) -> None:
    registration = at_ljubljana(session, "Reykjavik", "IS")
    (grant,) = travel_grants.grants_of_event(session, registration.event_id)
    assert grant.worth
    assert grant.worth.near_edge == 3_000
    assert grant.cents == 39_500
    travel_grants.set_grant(session, registration.id, km_typed=3_001.2, km_typed_on=dt.date(2024, 5, 1))
    (typed,) = travel_grants.grants_of_event(session, registration.event_id)
    assert (typed.km, typed.km_computed, typed.cents) == (3_001.2, grant.km, 58_000)


def test_green_follows_the_means_and_what_the_office_says(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    make_leg(session, registration, means="train")
    (by_train,) = travel_grants.grants_of_event(session, registration.event_id)
    assert (by_train.green, by_train.cents, by_train.most_days) == (True, 28_500, 6)
    travel_grants.set_grant(session, registration.id, green=False)
    (said,) = travel_grants.grants_of_event(session, registration.event_id)
    assert (said.green, said.cents, said.most_days) == (False, 21_100, 2)


def test_a_project_without_a_row_has_no_travel_rate(session: Session) -> None:
    for project in ({"call_year": 2016}, {"programme": "REC"}, {"action": "KA220"}):
        registration = at_ljubljana(session, "Dunaj", "AT", **project)
        (grant,) = travel_grants.grants_of_event(session, registration.event_id)
        assert grant.km
        assert grant.cents is None


def test_from_home_from_another_place_and_from_nowhere(session: Session) -> None:
    registration = at_ljubljana(session, "")
    (nowhere,) = travel_grants.grants_of_event(session, registration.event_id)
    assert nowhere.km is None
    assert nowhere.remarks
    travel_grants.set_grant(session, registration.id, origin="other", place="Benetke", country="IT")
    (other,) = travel_grants.grants_of_event(session, registration.event_id)
    assert other.km == pytest.approx(190, abs=25)
    assert registration.event_id == other.event_id


def test_a_project_lists_everybody_of_all_its_events(session: Session) -> None:
    registration = at_ljubljana(session, "Koper", "SI")
    project_id = session.get_one(Event, registration.event_id).project_id
    other = make_event(session, town="Maribor", country="SI", project_id=project_id)
    person_id = registration.person_id
    session.add(Registration(event_id=other.id, person_id=person_id, status="confirmed"))
    session.flush()
    assert project_id
    assert len(travel_grants.grants_of_project(session, project_id)) == 2
    assert travel_grants.grants_of_project(session, project_id, present_only=True) == []
