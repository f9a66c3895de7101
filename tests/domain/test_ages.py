"""Age at the date of the event, and what is "to check"."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.ages import (
    DEFAULT_BANDS,
    TO_CHECK,
    UNKNOWN,
    Age,
    age_on,
    band_edges,
    band_of,
    completed_years,
    is_below,
)  # fmt: skip

DAY = dt.date(2020, 4, 2)
days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "years"),
    [(dt.date(1990, 4, 2), 30), (dt.date(1990, 4, 3), 29), (dt.date(2002, 4, 2), 18), (dt.date(2002, 4, 3), 17)],
)
def test_a_birthday_counts_on_its_day(born: dt.date, years: int) -> None:
    assert completed_years(born, DAY) == years


def test_born_on_29_february_completes_the_year_on_1_march() -> None:
    assert completed_years(dt.date(2004, 2, 29), dt.date(2022, 2, 28)) == 17
    assert completed_years(dt.date(2004, 2, 29), dt.date(2022, 3, 1)) == 18


def test_only_a_year_is_two_possible_ages() -> None:
    assert age_on(DAY, birth_year=1990) == Age(29, 30)
    assert band_of(age_on(DAY, birth_year=1990)) == TO_CHECK
    assert band_of(age_on(DAY, birth_year=1993)) == "25-29"


def test_a_stated_group_is_true_on_its_day_and_grows_older() -> None:
    assert age_on(DAY, age_group="18-24", age_group_on=DAY) == Age(18, 24)
    later = age_on(dt.date(2021, 4, 1), age_group="18-24", age_group_on=DAY)
    assert later == Age(18, 25)
    assert band_of(later) == TO_CHECK
    assert age_on(DAY, age_group="18-24") == Age(18, 24)


def test_nothing_known_and_nonsense_are_unknown() -> None:
    assert band_of(age_on(DAY)) == UNKNOWN
    assert age_on(DAY, birth_date=dt.date(2030, 1, 1)) is None
    assert age_on(DAY, birth_year=1234) is None
    assert age_on(DAY, age_group="mladi") is None


def test_minors() -> None:
    assert is_below(Age(17, 17), 18) is True
    assert is_below(Age(18, 18), 18) is False
    assert is_below(Age(17, 18), 18) is None
    assert is_below(None, 18) is None


@given(st.integers(0, 130))
def test_every_age_has_exactly_one_band(years: int) -> None:
    edges = [band_edges(b) for b in DEFAULT_BANDS]
    assert sum(1 for e in edges if e and e[0] <= years <= e[1]) == 1
    assert band_of(Age(years, years)) in DEFAULT_BANDS


@given(days, days)
def test_a_year_alone_always_holds_the_true_age(born: dt.date, day: dt.date) -> None:
    true_age = age_on(day, birth_date=born)
    from_year = age_on(day, birth_year=born.year)
    if true_age is not None and from_year is not None:
        assert from_year.low <= true_age.low <= from_year.high


@given(days, st.integers(0, 4000), st.sampled_from(["13-14", "15-17", "18-24", "31+"]))
def test_a_stated_group_always_holds_the_true_age(born: dt.date, passed: int, group: str) -> None:
    edges = band_edges(group)
    assert edges is not None
    stated = dt.date(born.year + edges[0], 6, 15)
    years = completed_years(born, stated)
    if edges[0] <= years <= edges[1]:
        day = stated + dt.timedelta(days=passed)
        age = age_on(day, age_group=group, age_group_on=stated)
        assert age is not None
        assert age.low <= completed_years(born, day) <= age.high
