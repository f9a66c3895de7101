"""Dates of events as anybody types them, and what is not understood."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.i18n import language
from mama_desktop.services.when import When, read_when, said_when

TODAY = dt.date(2020, 3, 2)
SECOND, THIRD = dt.date(2020, 4, 2), dt.date(2020, 4, 3)
MAY = When(dt.date(2020, 5, 1), precision="month")


@pytest.mark.parametrize(
    "words", ["maj 2020", "maja 2020", "Maj 2020", "May 2020", "maj", "5/2020", "5. 2020", "2020-05", "v maju"[2:]]
)
def test_a_month(words: str) -> None:
    assert read_when(words, TODAY) == MAY


@pytest.mark.parametrize(
    "words",
    [
        "2. 4. 2020", "2.4.2020", "2.4.20", "2. 4.", "2.4", "2. april 2020", "2. aprila", "2 April 2020",
        "April 2, 2020", "2nd April 2020", "2020-04-02", "četrtek, 2. 4. 2020", "dne 2. 4. 2020",
    ],
)  # fmt: skip
def test_a_day(words: str) -> None:
    assert read_when(words, TODAY) == When(SECOND)


@pytest.mark.parametrize(
    "words",
    [
        "2.–3. 4. 2020", "2.-3.4.2020", "2. – 3. april 2020", "2–3 April 2020", "April 2–3, 2020", "2. in 3. aprila",
        "od 2. do 3. aprila 2020", "2. 4.–3. 4. 2020", "2. 4. 2020 - 3. 4. 2020", "2020-04-02 – 2020-04-03",
        "from 2 to 3 April 2020",
    ],
)  # fmt: skip
def test_several_days(words: str) -> None:
    assert read_when(words, TODAY) == When(SECOND, THIRD)


def test_several_days_over_the_end_of_a_month_and_of_a_year() -> None:
    assert read_when("30. april–2. maj 2020", TODAY) == When(dt.date(2020, 4, 30), dt.date(2020, 5, 2))
    assert read_when("30. 12.–2. 1. 2021", TODAY) == When(dt.date(2020, 12, 30), dt.date(2021, 1, 2))


@pytest.mark.parametrize(
    ("words", "ends_at"),
    [
        ("2. 4. 2020 ob 9.00", None), ("2. 4. 2020 ob 9", None), ("2. 4. 2020 9:00", None),
        ("2. 4. 2020 ob 9.00–17.30", dt.time(17, 30)), ("2 April 2020, 09:00-17:30", dt.time(17, 30)),
        ("2. 4. od 9.00 do 17.30", dt.time(17, 30)),
    ],
)  # fmt: skip
def test_an_hour(words: str, ends_at: dt.time | None) -> None:
    assert read_when(words, TODAY) == When(SECOND, None, "time", dt.time(9), ends_at)


@pytest.mark.parametrize("words", ["2. 4. 2020 ob 20.00–2.00", "2. 4. 2020 20:00-2:00"])
def test_an_evening_that_goes_over_midnight(words: str) -> None:
    assert read_when(words, TODAY) == When(SECOND, None, "time", dt.time(20), dt.time(2))


def test_without_a_year_it_is_the_nearest_that_is_not_long_over() -> None:
    assert read_when("10. 1.", TODAY) == When(dt.date(2020, 1, 10))
    assert read_when("10. 10.", dt.date(2020, 12, 1)) == When(dt.date(2020, 10, 10))
    assert read_when("10. 1.", dt.date(2020, 12, 1)) == When(dt.date(2021, 1, 10))
    assert read_when("februar", TODAY) == When(dt.date(2021, 2, 1), precision="month")
    assert read_when("marec", TODAY) == When(dt.date(2020, 3, 1), precision="month")


@pytest.mark.parametrize(
    "words",
    ["", "2020", "kmalu", "31. 2. 2020", "5. 4.–2. 4. 2020", "2. 4. 2020 ob 25.00", "maj 2020 ob 9.00", "13/2020",
     "2. 4. 2020 ob 17.00–9.00", "1. 2. 3. 4.", "29. 2. 2021", "majhen 2020", "2.–3.", "2. aprla"],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(words: str) -> None:
    assert read_when(words, TODAY) is None


@given(st.text(max_size=30))
def test_no_words_break_it(words: str) -> None:
    read_when(words, TODAY)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)), st.integers(0, 40), st.sampled_from(["sl", "en"]),
    st.sampled_from(["month", "day"]),
)  # fmt: skip
def test_what_the_program_writes_it_reads_back(first: dt.date, days: int, code: str, precision: str) -> None:
    if precision == "month":
        when = When(first.replace(day=1), precision="month")
    else:
        when = When(first, first + dt.timedelta(days=days) if days else None)
    assert read_when(said_when(when, language(code)), TODAY) == when


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)), st.times(), st.sampled_from(["sl", "en"]))
def test_an_hour_is_read_back_too(day: dt.date, at: dt.time, code: str) -> None:
    when = When(day, None, "time", at.replace(second=0, microsecond=0))
    assert read_when(said_when(when, language(code)), TODAY) == when
