"""Per diems: every edge of hours at home and abroad, free meals, several days, rates that end in the midst."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.allowances import Allowances
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.per_diem import BORDER, MEALS, WHOLE_TRIP, Trip, per_diems, spread_meals
from mama_desktop.domain.text import in_both
from mama_desktop.i18n import language
from mama_desktop.services.expenses.shipped import shipped_allowances, shipped_per_diem_rules

Meals = tuple[frozenset[str], ...]


def hours(words: str) -> dt.timedelta:
    h, m = words.split(":")
    return dt.timedelta(hours=int(h), minutes=int(m))


def of(
    time: str | dt.timedelta, day: str = "2021-05-04", country: str = "SI", meals: Meals = (), counting: str = ""
) -> Allowances:
    begins = dt.datetime.fromisoformat(f"{day}T07:00")
    time = hours(time) if isinstance(time, str) else time
    trip = Trip(begins, begins + time, country, meals=meals)
    return per_diems(trip, shipped_allowances(), shipped_per_diem_rules(), counting)


@pytest.mark.parametrize(
    ("time", "old", "new"),
    [
        ("0:00", 0, 0), ("5:59", 0, 0), ("6:00", 0, 0), ("6:01", 745, 969), ("8:00", 745, 969),
        ("8:01", 1068, 1388), ("12:00", 1068, 1388), ("12:01", 2139, 2781), ("14:00", 2139, 2781),
        ("23:59", 2139, 2781), ("24:00", 2139, 2781), ("24:01", 2139, 2781), ("30:00", 2139, 2781),
        ("30:01", 2884, 3750), ("32:01", 3207, 4169), ("36:01", 4278, 5562), ("48:00", 4278, 5562),
        ("72:00", 6417, 8343),
    ],
)  # fmt: skip
def test_every_edge_at_home(time: str, old: int, new: int) -> None:
    assert of(time).total_cents == old
    assert of(time, "2024-05-06").total_cents == new


@pytest.mark.parametrize(
    ("time", "percent"),
    [
        ("6:00", 0), ("6:01", 25), ("8:00", 25), ("8:01", 75), ("12:00", 75), ("12:01", 75), ("14:00", 75),
        ("14:01", 100), ("24:00", 100), ("30:00", 100), ("30:01", 125), ("38:00", 175), ("38:01", 200), ("48:00", 200),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("country", "euros"), [("HR", 40), ("AT", 55), ("BE", 63), ("HU", 40), ("LU", 55)])
def test_every_edge_abroad(time: str, percent: int, country: str, euros: int) -> None:
    assert of(time, country=country).total_cents == euros * percent


@pytest.mark.parametrize(("time", "cents"), [("6:30", 745), ("9:00", 908), ("13:00", 1925), ("24:00", 1925)])
def test_breakfast_in_the_hotel_s_bill_at_home(time: str, cents: int) -> None:
    # The published amounts with breakfast: 9.08 and 19.25 €. Lunch and dinner lower nothing at home.
    for meals in (("breakfast",), tuple(MEALS)):
        assert of(time, meals=(frozenset(meals),)).total_cents == cents


@pytest.mark.parametrize(
    ("time", "meals", "cents"),
    [
        ("7:00", "breakfast", 1375), ("7:00", "breakfast lunch dinner", 1375),
        ("9:00", "", 4125), ("9:00", "breakfast", 3506), ("9:00", "lunch", 2475), ("9:00", "dinner", 2475),
        ("9:00", "breakfast lunch", 1856), ("9:00", "lunch dinner", 825),
        # With every meal free a fifth stays, not the 5 % that the deductions would leave.
        ("9:00", "breakfast lunch dinner", 825),
        ("15:00", "breakfast", 4950), ("15:00", "lunch", 3575), ("15:00", "breakfast dinner", 3025),
        ("15:00", "lunch dinner", 1650), ("15:00", "breakfast lunch dinner", 1100), ("24:00", "lunch", 3575),
    ],
)  # fmt: skip
def test_free_meals_abroad(time: str, meals: str, cents: int) -> None:
    assert of(time, country="AT", meals=(frozenset(meals.split()),)).total_cents == cents


def test_meals_are_deducted_from_their_own_day() -> None:
    found = of("60:00", country="AT", meals=spread_meals(2, 1, 0))
    assert [(line.quantity, line.unit, line.amount_cents) for line in found.lines] == [
        (1, 302500, 3025), (1, 495000, 4950), (1, 412500, 4125),
    ]  # fmt: skip
    assert found.warnings == ()


def test_equal_days_are_one_line() -> None:
    (whole, rest) = of("57:00", meals=spread_meals(2, 0, 0)).lines
    assert (whole.quantity, whole.unit, whole.amount_cents, rest.amount_cents) == (2, 192500, 3850, 1068)
    assert [language("sl").say(line.what) for line in (whole, rest)] == [
        "Dnevnica v Sloveniji, nad 12 do 24 ur; brezplačno: zajtrk",
        "Dnevnica v Sloveniji, nad 8 do 12 ur",
    ]


def test_more_meals_than_days_are_pointed_out() -> None:
    found = of("20:00", country="AT", meals=spread_meals(3, 1, 0))
    assert [language("sl").say(w) for w in found.warnings] == [
        "Brezplačnih obrokov (2) je več, kot jih dopušča trajanje potovanja."
    ]
    assert found.total_cents == 3025


def test_said_in_both_languages() -> None:
    begins = dt.datetime(2021, 5, 4, 7)
    land = in_both("Avstrija", "Austria")
    trip = Trip(begins, begins + hours("15:00"), "AT", land, meals=(frozenset({"breakfast", "dinner"}),))
    (line,) = per_diems(trip, shipped_allowances(), shipped_per_diem_rules()).lines
    assert language("sl").say(line.what) == "Dnevnica, Avstrija, nad 14 do 24 ur; brezplačno: zajtrk, večerja"
    assert language("en").say(line.what) == "Per diem, Austria, over 14 to 24 hours; free: breakfast, dinner"
    assert (line.certainty, line.kind) == ("B", "per-diem")
    assert "UL RS 76/19" in line.source


@pytest.mark.parametrize(("day", "country"), [("2008-07-31", "SI"), ("2020-12-31", "AT"), ("2024-05-06", "US")])
def test_without_a_rate_nothing_and_said_so(day: str, country: str) -> None:
    found = of("20:00", day, country)
    assert (found.lines, found.total_cents, len(found.missing)) == ((), 0, 1)
    assert "per diem" in language("en").say(found.missing[0])


def test_a_day_without_a_rate_is_named_and_the_others_are_paid() -> None:
    found = of("48:00", "2020-12-31", "AT")
    assert (found.total_cents, [language("sl").say(w) for w in found.missing]) == (
        5500, ["Za dan 31. 12. 2020 ni postavke za dnevnico (AT)."],
    )  # fmt: skip


def test_rates_change_in_the_midst_of_a_trip() -> None:
    found = of("48:00", "2022-12-31")
    assert [(line.amount_cents, line.certainty) for line in found.lines] == [(2139, "C"), (2781, "C")]
    assert len(found.warnings) == 2


@pytest.mark.parametrize(
    ("day", "certainty"), [("2022-06-30", "B"), ("2022-07-01", "C"), ("2022-12-31", "C"), ("2023-01-01", "C")]
)
def test_the_doubtful_months(day: str, certainty: str) -> None:
    found = of("10:00", day)
    assert [line.certainty for line in found.lines] == [certainty]
    assert len(found.warnings) == (certainty == "C")


def border(out: str, back: str, counting: str = BORDER) -> Allowances:
    begins = dt.datetime(2021, 5, 4, 6)
    trip = Trip(
        begins, begins + hours("40:00"), "AT", None, begins + hours(out), begins + hours(back), spread_meals(1, 0, 0)
    )
    return per_diems(trip, shipped_allowances(), shipped_per_diem_rules(), counting)


def test_from_border_to_border() -> None:
    # 30 h abroad: a day with breakfast and 6 h (nothing); 10 h at home: one per diem of 8 to 12 hours.
    found = border("4:00", "34:00")
    assert [(line.amount_cents, line.certainty) for line in found.lines] == [(4950, "C"), (1068, "C")]
    assert border("1:00", "39:00").total_cents == 4950 + 4125
    assert border("0:00", "40:00").total_cents == 4950 + 5500 == border("4:00", "34:00", WHOLE_TRIP).total_cents


def test_the_decree_s_way_is_taken_when_none_is_named() -> None:
    assert border("4:00", "34:00", "") == border("4:00", "34:00", WHOLE_TRIP)
    assert {line.certainty for line in border("4:00", "34:00", "").lines} == {"B"}


@pytest.mark.parametrize(("out", "back"), [("34:00", "4:00"), ("0:00", "41:00")])
def test_a_border_outside_the_trip_is_refused(out: str, back: str) -> None:
    with pytest.raises(OfficeError, match="outside the trip"):
        border(out, back)


def test_times_that_cannot_be_are_refused() -> None:
    with pytest.raises(OfficeError, match="before the departure"):
        of(dt.timedelta(minutes=-1))
    with pytest.raises(OfficeError, match="not known when the border"):
        of("20:00", country="AT", counting=BORDER)


def test_spread() -> None:
    assert spread_meals(0, 0, 0) == ()
    assert spread_meals(1, 0, 2) == (frozenset({"breakfast", "dinner"}), frozenset({"dinner"}))


minutes = st.integers(0, 10 * 24 * 60).map(lambda n: dt.timedelta(minutes=n))
some_meals = st.lists(st.frozensets(st.sampled_from(sorted(MEALS))), max_size=11).map(tuple)


@given(minutes, minutes, st.sampled_from(["SI", "HR", "AT", "BE"]))
def test_a_longer_trip_never_pays_less(one: dt.timedelta, other: dt.timedelta, country: str) -> None:
    shorter, longer = sorted((one, other))
    assert of(shorter, country=country).total_cents <= of(longer, country=country).total_cents


@given(minutes, st.sampled_from(["SI", "AT", "BE"]), some_meals)
def test_free_meals_never_raise_it_and_never_take_all(time: dt.timedelta, country: str, meals: Meals) -> None:
    without, less = of(time, country=country), of(time, country=country, meals=meals)
    assert less.total_cents <= without.total_cents
    assert bool(less.total_cents) is bool(without.total_cents)
    assert less.total_cents == sum(round(line.quantity) * line.unit // 100 for line in less.lines)
    assert sum(line.quantity for line in less.lines) <= -(-time // dt.timedelta(hours=24))
