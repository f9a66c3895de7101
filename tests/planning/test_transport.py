"""The suggestion of transport: examples a person can check by head."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from mama_desktop.domain.errors import Cancelled
from mama_desktop.planning.problem import (
    Bond,
    Limits,
    Party,
    Plan,
    PlannedStop,
    PlannedTrip,
    Problem,
    Traveller,
    Vehicle,
)
from mama_desktop.planning.proposal import REASONS, RULES, Proposal, Reason, Rule
from mama_desktop.planning.roads import Drive
from mama_desktop.planning.transport import evaluate, plan, plan_in_child, search_seconds

TEN = dt.datetime(2020, 4, 2, 10)
# A road: venue V, then A, B, C, each 60 km and an hour from the next; D lies an hour the other way.
_AT = {"V": 0, "A": 1, "B": 2, "C": 3, "D": -1}
ROADS = {(a, b): Drive(60.0 * abs(x - y), 60.0 * abs(x - y)) for a, x in _AT.items() for b, y in _AT.items() if a != b}


def party(key: str, place: str, count: int = 1, **more: object) -> Party:
    wheelchairs, luggage = int(str(more.pop("wheelchairs", 0))), int(str(more.pop("luggage", 0)))
    people = tuple(Traveller(f"{key}{n}", n < wheelchairs, luggage) for n in range(count))
    return Party(key, place, people, **more)  # type: ignore[arg-type]  # what is left are fields of a party


def problem(*parties: Party, vehicles: tuple[Vehicle, ...] = (Vehicle("van", 8),), **more: object) -> Problem:
    more = {"direction": "there", "limits": Limits(stop_min=0), **more}
    return Problem(venue="V", at=TEN, parties=parties, vehicles=vehicles, roads=ROADS, **more)  # type: ignore[arg-type]  # fields of a problem


def planned(asked: Problem) -> Proposal:
    return plan(asked, seconds=0.05)


def trip(vehicle: str, *stops: tuple[str, str]) -> PlannedTrip:
    return PlannedTrip(vehicle, tuple(PlannedStop(place, tuple(keys.split())) for place, keys in stops))


def reasons(found: Proposal) -> dict[str, Reason]:
    return {each.party: each.reason for each in found.unplaced}


def test_one_van_collects_along_the_road_and_arrives_in_time() -> None:
    van = Vehicle("van", 8, start="C", fixed_cents=1000, per_km_cents=50)
    asked = problem(party("a", "A", 2), party("b", "B", 3), vehicles=(van,), limits=Limits(stop_min=5))
    found = planned(asked)
    assert found.plan == Plan((trip("van", ("B", "b0 b1 b2"), ("A", "a0 a1")),))
    (drive,) = found.figures.trips
    assert [(stop.place, f"{stop.arrives:%H:%M}", f"{stop.leaves:%H:%M}", stop.km) for stop in drive.stops] == [
        ("B", "07:50", "07:55", 60.0), ("A", "08:55", "09:00", 60.0),
    ]  # fmt: skip
    assert (f"{drive.leaves:%H:%M}", drive.arrives) == ("06:50", TEN)
    assert [(stop.ride_minutes, stop.direct_minutes) for stop in drive.stops] == [(125.0, 120.0), (60.0, 60.0)]
    assert (drive.km, drive.minutes, drive.empty_seats, drive.cost_cents) == (180.0, 190.0, 3, 10_000)
    assert (found.figures.people, found.figures.left, found.unplaced, found.figures.broken) == (5, 0, (), ())


def test_going_home_is_the_same_the_other_way_round() -> None:
    van = Vehicle("van", 8, start="C", per_km_cents=50)
    asked = problem(
        party("a", "A", 2), party("b", "B", 3), vehicles=(van,), direction="back", limits=Limits(stop_min=5)
    )
    found = planned(asked)
    assert found.plan == Plan((trip("van", ("A", "a0 a1"), ("B", "b0 b1 b2")),))
    (drive,) = found.figures.trips
    assert [f"{stop.arrives:%H:%M}-{stop.leaves:%H:%M}" for stop in drive.stops] == ["11:00-11:05", "12:05-12:10"]
    assert (drive.leaves, f"{drive.arrives:%H:%M}", drive.minutes) == (TEN, "13:10", 190.0)


def test_a_vehicle_that_is_not_needed_stays_at_home_the_dear_one_first() -> None:
    vehicles = (Vehicle("bus", 50, fixed_cents=40_000), Vehicle("van", 8, start="V", per_km_cents=37))
    found = planned(problem(party("a", "A", 4), party("b", "B", 4), vehicles=vehicles))
    assert [(drive.vehicle, drive.people) for drive in found.figures.trips] == [("van", 8)]
    assert found.figures.cost_cents == 240 * 37


def test_a_wheelchair_needs_its_place() -> None:
    vehicles = (Vehicle("van", 8), Vehicle("lift", 8, wheelchair_places=1, fixed_cents=5_000))
    asked = problem(party("a", "A", 1, wheelchairs=1), party("b", "B", 1, wheelchairs=1), vehicles=vehicles)
    found = planned(asked)
    assert found.figures.people == 1
    assert [drive.vehicle for drive in found.figures.trips] == ["lift"]
    (left,) = found.unplaced
    assert left.reason is Reason.WHEELCHAIR_PLACES_TAKEN
    assert dict(left.vehicles) == {"van": Reason.NO_WHEELCHAIR_PLACE, "lift": Reason.WHEELCHAIR_PLACES_TAKEN}


def test_a_party_larger_than_a_vehicle_is_split_only_if_it_may_be() -> None:
    vehicles = (Vehicle("one", 4), Vehicle("two", 4))
    assert planned(problem(party("a", "A", 7), vehicles=vehicles)).figures.people == 7
    held = planned(problem(party("a", "A", 7, bonds=(Bond.GROUP,)), vehicles=vehicles))
    assert held.figures.people == 0
    assert reasons(held) == {"a": Reason.TOO_LARGE}


def test_three_parties_are_split_to_fill_two_vehicles() -> None:
    vehicles = (Vehicle("one", 8), Vehicle("two", 8))
    parties = [party(key, place, 5) for key, place in (("a", "A"), ("b", "B"), ("c", "C"))]
    found = planned(problem(*parties, vehicles=vehicles))
    assert (found.figures.people, found.figures.empty_seats) == (15, 1)


def test_guardian_and_minor_of_two_places_ride_in_one_vehicle() -> None:
    bond: dict[str, object] = {"bonds": (Bond.GUARDIAN,), "group": "family"}
    vehicles = (Vehicle("one", 3), Vehicle("two", 3))
    parent, child, others = party("p", "A", 1, **bond), party("m", "D", 1, **bond), party("o", "A", 4)
    found = planned(problem(parent, child, others, vehicles=vehicles))
    rides_in = {key: t.vehicle for t in found.plan.trips for stop in t.stops for key in stop.travellers}
    assert found.figures.people == 6
    assert rides_in["p0"] == rides_in["m0"]
    apart = Plan((trip("one", ("A", "p0")), trip("two", ("D", "m0"))))
    assert [broken.rule for broken in evaluate(problem(parent, child, vehicles=vehicles), apart).broken] == [
        Rule.TOGETHER
    ]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (problem(party("a", "V")), Reason.AT_VENUE),
        (problem(party("a", "Nowhere")), Reason.ROAD_UNKNOWN),
        (problem(party("a", "A"), vehicles=()), Reason.NO_VEHICLE),
        (problem(party("a", "A", pinned="lost")), Reason.NO_VEHICLE),
        (problem(party("a", "A", group="g", pinned="van"), party("b", "B", group="g", pinned="car")),
         Reason.PINS_DIFFER),
        (problem(party("a", "A"), vehicles=(Vehicle("van", 8, free_to=TEN - dt.timedelta(hours=1)),)),
         Reason.NOT_AVAILABLE),
        (problem(party("a", "B"), vehicles=(Vehicle("van", 8, free_from=TEN - dt.timedelta(hours=1)),)),
         Reason.NOT_IN_TIME),
        (problem(party("a", "A", wheelchairs=1)), Reason.NO_WHEELCHAIR_PLACE),
        (problem(party("a", "A", luggage=3), vehicles=(Vehicle("van", 8, luggage=2),)), Reason.LUGGAGE_TOO_LARGE),
        (problem(party("a", "A", 5, wheelchairs=1, bonds=(Bond.GROUP,)),
                 vehicles=(Vehicle("bus", 50), Vehicle("lift", 3, 1))), Reason.NO_ONE_VEHICLE),
        (problem(party("a", "C"), limits=Limits(longest_ride_min=179)), Reason.TOO_FAR),
        (problem(party("a", "C"), limits=Limits(longest_ride_min=180)), None),
        (problem(party("a", "A", 9, wheelchairs=0)), Reason.NO_SEATS),
        (problem(party("a", "A", 3, luggage=1), vehicles=(Vehicle("van", 8, luggage=2),)), Reason.NO_LUGGAGE_ROOM),
        (problem(party("b", "A"), party("a", "D"), limits=Limits(longest_ride_min=170)), Reason.RIDE),
        (problem(party("b", "A"), party("a", "D"), limits=Limits(detour_factor=1.5, detour_min=30)), Reason.DETOUR),
        (problem(party("b", "A"), party("a", "D"),
                 vehicles=(Vehicle("van", 8, free_from=TEN - dt.timedelta(hours=2)),)), Reason.LATE),
    ],
)  # fmt: skip
def test_the_reason_is_the_true_one(asked: Problem, reason: Reason | None) -> None:
    found = planned(asked)
    assert set(reasons(found).values()) == ({reason} if reason else set())
    assert found.figures.broken == ()


def test_every_reason_and_rule_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(RULES) == set(Rule)


def test_pinned_people_stay_and_say_so() -> None:
    """The van is full of people put there by hand; one more for it stays behind, though the bus has room."""
    vehicles = (Vehicle("van", 2), Vehicle("bus", 50))
    parties = (party("a", "A", 2, pinned="van"), party("b", "A", 1, pinned="van"), party("c", "A", 1))
    today = Plan((trip("van", ("A", "a0 a1")),))
    found = planned(problem(*parties, vehicles=vehicles, present=today))
    rides_in = {key: t.vehicle for t in found.plan.trips for stop in t.stops for key in stop.travellers}
    assert rides_in == {"a0": "van", "a1": "van", "c0": "bus"}
    (left,) = found.unplaced
    assert (left.party, left.reason, left.pinned) == ("b", Reason.NO_SEATS, "van")
    assert str(left.words) == "vehicle chosen by hand: no seats are left"


def test_somebody_put_in_by_hand_may_ride_as_long_as_today() -> None:
    asked = problem(party("a", "C", pinned="van"), party("b", "C"), limits=Limits(longest_ride_min=100, stop_min=0),
                    present=Plan((trip("van", ("C", "a0 b0")),)))  # fmt: skip
    found = planned(asked)
    assert found.figures.people == 1
    assert reasons(found) == {"b": Reason.TOO_FAR}
    assert [(broken.rule, broken.travellers) for broken in found.present.broken] == [(Rule.RIDE, ("b0",))]


def test_whoever_has_a_stop_keeps_it() -> None:
    """They live at C, and were told to be at A."""
    asked = problem(party("a", "C", 2), present=Plan((trip("van", ("A", "a0 a1")),)))
    found = planned(asked)
    assert found.is_present
    assert found.plan == asked.present


def test_a_bad_plan_of_today_is_bettered_and_its_faults_named() -> None:
    vehicles = (Vehicle("one", 2, per_km_cents=10), Vehicle("two", 4, per_km_cents=10))
    asked = problem(party("a", "A", 2), party("b", "B", 2), vehicles=vehicles,
                    present=Plan((trip("one", ("A", "a0 a1"), ("B", "b0 b1")),)))  # fmt: skip
    found = planned(asked)
    assert [broken.rule for broken in found.present.broken] == [Rule.SEATS]
    assert (found.is_present, found.figures.people, found.figures.cost_cents) == (False, 4, 1_200)
    assert found.present.km == 180.0


def test_stops_one_after_the_other_at_one_place_are_one() -> None:
    asked = problem(party("a", "A"), party("b", "A"), limits=Limits(stop_min=5))
    once = evaluate(asked, Plan((trip("van", ("A", "a0 b0")),)))
    assert evaluate(asked, Plan((trip("van", ("A", "a0"), ("A", "b0")),))) == once
    assert (once.minutes, len(once.trips[0].stops)) == (65.0, 1)


def test_keys_that_are_wrong_are_our_mistake() -> None:
    with pytest.raises(ValueError):
        planned(problem(party("a", "A"), party("a", "B")))
    with pytest.raises(ValueError):
        evaluate(problem(party("a", "A")), Plan((trip("van", ("A", "x0")),)))
    with pytest.raises(ValueError):
        evaluate(problem(party("a", "A")), Plan((trip("car", ("A", "a0")),)))


def test_twice_asked_is_twice_the_same() -> None:
    parties = [party(f"p{n}", "ABCD"[n % 4], 1 + n % 3) for n in range(9)]
    asked = problem(*parties, vehicles=(Vehicle("one", 8), Vehicle("two", 8), Vehicle("three", 6)))
    # Time enough that the search ends by its steps.
    assert plan(asked, seconds=2.0) == plan(asked, seconds=2.0)


def test_in_the_child_with_progress_and_cancel() -> None:
    asked = problem(party("a", "A", 2), party("b", "B", 3))
    steps: list[tuple[int, int]] = []
    found = plan_in_child(asked, lambda done, total: steps.append((done, total)), seconds=0.2)
    assert found.figures.people == 5
    assert steps

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        plan_in_child(asked, stop, seconds=5.0)


def test_the_time_grows_with_the_people_and_ends() -> None:
    assert search_seconds(problem(party("a", "A"))) == 0.2
    assert 0.3 <= search_seconds(problem(party("a", "A", 60))) <= 0.6
    assert search_seconds(problem(party("a", "A", 2_000))) == 6.0
    assert replace(problem(), direction="back").direction == "back"
