"""Dates, times, numbers and money in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from mama_desktop.i18n import language

SL, EN = language("sl"), language("en")
DAY = dt.date(2020, 4, 2)


def test_dates() -> None:
    assert (SL.date(DAY), EN.date(DAY)) == ("2. 4. 2020", "2 Apr 2020")
    assert SL.long_date(DAY, weekday=True) == "četrtek, 2. april 2020"
    assert EN.long_date(DAY, weekday=True) == "Thursday, 2 April 2020"
    assert SL.month(DAY, genitive=True) == "aprila 2020"
    assert SL.date_time(dt.datetime(2020, 4, 2, 9, 12)) == "2. 4. 2020 ob 9.12"
    assert EN.date_time(dt.datetime(2020, 4, 2, 9, 12)) == "2 Apr 2020, 09:12"


@pytest.mark.parametrize(
    ("first", "last", "sl", "en"),
    [
        (DAY, None, "2. april 2020", "2 April 2020"),
        (DAY, dt.date(2020, 4, 3), "2.–3. april 2020", "2–3 April 2020"),
        (dt.date(2020, 4, 30), dt.date(2020, 5, 2), "30. april–2. maj 2020", "30 April–2 May 2020"),
        (
            dt.date(2019, 12, 30), dt.date(2020, 1, 2),
            "30. december 2019–2. januar 2020", "30 December 2019–2 January 2020",
        ),
    ],
)  # fmt: skip
def test_ranges(first: dt.date, last: dt.date | None, sl: str, en: str) -> None:
    assert (SL.date_range(first, last), EN.date_range(first, last)) == (sl, en)


def test_numbers_and_money() -> None:
    assert SL.number(1234.5, 1) == "1.234,5"
    assert EN.number(-1234) == "−1,234"
    assert SL.money(Decimal("1234.56")) == "1.234,56\u00a0€"
    assert EN.money(20) == "€20.00"


def test_countries_and_unknown_language() -> None:
    assert (SL.country("HR"), EN.country("HR"), SL.country("XX")) == ("Hrvaška", "Croatia", "XX")
    assert language("de").code == "sl"
