"""Mileage and the rate of a day: every edge of validity, the doubt in 2022, rounding."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.allowances import AllowanceRow, Allowances, half_up, mileage, rate_on
from mama_desktop.i18n import language
from mama_desktop.services.expenses.shipped import shipped_allowances, shipped_per_diem_rules


def drive(km: float, day: str) -> Allowances:
    return mileage(km, dt.date.fromisoformat(day), shipped_allowances(), shipped_per_diem_rules().doubtful)


@pytest.mark.parametrize(
    ("day", "cents", "certainty"),
    [
        ("2008-08-01", 3700, "A"),
        ("2022-06-30", 3700, "A"),
        ("2022-07-01", 3700, "C"),
        ("2022-12-31", 3700, "C"),
        ("2023-01-01", 4300, "C"),
        ("2026-11-22", 4300, "C"),
    ],
)
def test_mileage_by_the_day_of_the_trip(day: str, cents: int, certainty: str) -> None:
    found = drive(100, day)
    (line,) = found.lines
    assert (line.kind, line.quantity, line.unit, line.amount_cents) == ("mileage", 100, cents, cents)
    assert line.certainty == certainty
    assert len(found.warnings) == (certainty == "C")


def test_before_the_first_rate_there_is_none_and_never_the_nearest() -> None:
    found = drive(100, "2008-07-31")
    assert (found.lines, found.total_cents) == ((), 0)
    assert language("sl").say(found.missing[0]) == "Za dan 31. 7. 2008 ni postavke za kilometrino."
    assert language("en").say(found.missing[0]) == "There is no mileage rate for 31 Jul 2008."


@pytest.mark.parametrize(
    # 0.37 € a km: 12.5 km are 462.5 cents, half a cent goes up.
    ("km", "cents"),
    [(0, 0), (0.1, 4), (12.5, 463), (12.4, 459), (1.35, 50), (0.01, 0), (1234.5, 45677)],
)
def test_a_half_goes_up(km: float, cents: int) -> None:
    assert drive(km, "2020-04-02").total_cents == cents


@pytest.mark.parametrize(("amount", "by", "whole"), [(0, 2, 0), (1, 2, 1), (2, 4, 1), (1, 3, 0), (149, 100, 1)])
def test_rounding(amount: int, by: int, whole: int) -> None:
    assert half_up(amount, by) == whole


def test_the_newest_of_two_rates_and_a_rate_of_one_day() -> None:
    day = dt.date(2024, 5, 1)
    rows = [AllowanceRow("mileage", "SI", dt.date(2020, 1, 1), None, 100), AllowanceRow("mileage", "SI", day, day, 200)]
    assert [getattr(rate_on(rows, "mileage", "SI", day + dt.timedelta(n)), "amount", None) for n in (-1, 0, 1)] == [
        100, 200, 100,
    ]  # fmt: skip
    assert rate_on(rows, "mileage", "HR", day) is None


def test_a_rate_that_the_office_confirmed_is_sure_again() -> None:
    rows = [AllowanceRow("mileage", "SI", dt.date(2008, 8, 1), dt.date(2022, 12, 31), 3700, certainty="A")]
    assert mileage(10, dt.date(2022, 9, 1), rows, shipped_per_diem_rules().doubtful).warnings == ()


def test_two_parts_say_the_same_warning_once() -> None:
    both = drive(10, "2024-05-01") + drive(20, "2024-05-01")
    assert (both.total_cents, len(both.lines), len(both.warnings)) == (1290, 2, 1)
    assert language("sl").say(both.warnings[0]) == "Postavka na dan 1. 5. 2024 je še za potrditev."


@given(st.decimals(0, 5000, places=2), st.decimals(0, 5000, places=2), st.dates(dt.date(2008, 8, 1)))
def test_a_longer_way_never_pays_less(one: float, other: float, day: dt.date) -> None:
    less, more = sorted((float(one), float(other)))
    rates, doubtful = shipped_allowances(), shipped_per_diem_rules().doubtful
    assert mileage(less, day, rates, doubtful).total_cents <= mileage(more, day, rates, doubtful).total_cents
