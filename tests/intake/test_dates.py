"""Dates in every writing the office meets, and the order of day and month of a column."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.intake.dates import order_of, parse_date, parse_moment
from mama_desktop.intake.tables import Cell

APRIL = dt.date(2020, 4, 2)


@pytest.mark.parametrize("words", [
    "2. 4. 2020", "2.4.2020", "02.04.2020", "2. 4. 20", "2/4/2020", "2-4-2020", "2. april 2020", "2. aprila 2020",
    "2 April 2020",
    "April 2, 2020", "apr 2nd 2020", "2020-04-02", "2020-04-02T09:12:00", "2020/4/2", "Ljubljana, 2. 4. 2020",
    "četrtek, 2. aprila 2020", "2. travnja 2020", "43923", "2. apr. 2020", "2020. 4. 2",
])  # fmt: skip
def test_writings_of_one_day(words: str) -> None:
    assert parse_date(words) == APRIL


@pytest.mark.parametrize(
    "words", ["", "jutri", "31. 2. 2020", "0. 4. 2020", "12", "2020", "2. 4. 1820", "040 123 456", "a.b.c"]
)
def test_no_date(words: str) -> None:
    assert parse_date(words) is None


def test_without_a_year_the_event_decides() -> None:
    assert parse_date("2. aprila", around=dt.date(2020, 3, 30)) == APRIL
    assert parse_date("2. 1.", around=dt.date(2019, 12, 30)) == dt.date(2020, 1, 2)
    assert parse_date("2. aprila") is None


def test_serial_numbers_and_the_year_1904() -> None:
    assert parse_date(43923) == APRIL
    assert parse_date(43923 - 1462, epoch_1904=True) == APRIL


def test_month_first_only_where_it_is_possible() -> None:
    assert parse_date("4/2/2020", "mdy") == APRIL
    assert parse_date("13/4/2020", "mdy") == dt.date(2020, 4, 13)
    assert parse_date("4/13/2020", "dmy") == dt.date(2020, 4, 13)


@pytest.mark.parametrize(("words", "hour", "minute"), [
    ("3/20/2026 19:10:37", 19, 10), ("20. 3. 2026 ob 19.10", 19, 10), ("2026/03/20 7:10:37 PM GMT+1", 19, 10),
    ("2026/03/20 7:10:37 pop. GMT+1", 19, 10), ("2026-03-20", 0, 0), ("20.3.2026 08:05", 8, 5),
])  # fmt: skip
def test_moments(words: str, hour: int, minute: int) -> None:
    moment = parse_moment(words)
    assert moment is not None
    assert (moment.date(), moment.hour, moment.minute) == (dt.date(2026, 3, 20), hour, minute)


DAYS = st.dates(dt.date(1920, 1, 1), dt.date(2029, 12, 31))


@given(DAYS)
def test_every_day_is_read_as_written(day: dt.date) -> None:
    for words in (f"{day.day}. {day.month}. {day.year}", day.isoformat(), f"{day.day:02}.{day.month:02}.{day.year}"):
        assert parse_date(words) == day
    assert parse_date(f"{day.month}/{day.day}/{day.year}", "mdy") == day


@given(st.text(max_size=30))
def test_no_text_breaks_it(words: str) -> None:
    parse_date(words)
    parse_moment(words)
    order_of([words])


@given(st.lists(DAYS, min_size=2, max_size=20))
def test_a_column_is_never_read_against_its_evidence(days: list[dt.date]) -> None:
    cells: list[Cell] = [f"{d.month}/{d.day}/{d.year}" for d in days]
    order = order_of(cells)
    if any(d.day > 12 for d in days):
        assert order.order == "mdy"
        assert not order.ambiguous
    else:
        assert order.ambiguous == any(d.day != d.month for d in days)


def test_full_stops_mean_day_first_and_sign_ups_only_grow() -> None:
    assert not order_of(["2. 4. 2020", "3. 5. 2020"]).ambiguous
    assert order_of(["1/12/2020", "2/1/2020", "2/3/2020"], in_sequence=True).order == "mdy"
    assert order_of(["1/2/2020", "30/4/2020", "4/30/2020"]).mixed


def test_dotted_dates_say_nothing_of_one_with_slashes() -> None:
    found = order_of(["12. 3. 1990", "15. 4. 1991", "1. 5. 1992", "7/9/1999"])
    assert (found.order, found.ambiguous, found.example) == ("dmy", True, "7/9/1999")
    assert not order_of(["12. 3. 1990", "7/9/1999", "30/9/1999"]).ambiguous
    # Whoever answers "month first" does not mean those with full stops.
    assert parse_date("7/9/1999", "mdy") == dt.date(1999, 7, 9)
    assert parse_date("7. 9. 1999", "mdy") == dt.date(1999, 9, 7)
