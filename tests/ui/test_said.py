"""Words become values and values words, in both languages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.filters import Filter
from mama_desktop.domain.registrations import DIETS, STATUSES
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.ui.filter_words import read_filter, say_filter
from mama_desktop.ui.said import Unreadable, read_date, read_number, read_value, sayer

TODAY = dt.date(2020, 3, 2)
SL, EN = language("sl"), language("en")


@pytest.mark.parametrize("words", ["2. 4. 2020", "2.4.2020", "2.4.20", "2. 4.", "2/4/2020", "2020-04-02", "02.04.2020"])
def test_a_date_is_read_as_anybody_types_it(words: str) -> None:
    assert read_date(words, TODAY) == dt.date(2020, 4, 2)


@pytest.mark.parametrize("words", ["31. 2. 2020", "kmalu", "2020", "1. 13. 2020", "4. 2020. 2"])
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(Unreadable):
        read_date(words, TODAY)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_said_date_is_read_back(day: dt.date) -> None:
    assert read_date(SL.date(day), TODAY) == day


@pytest.mark.parametrize(
    ("words", "speak", "expected"),
    [("12", SL, 12), ("1.234", SL, 1234), ("1.234,5", SL, Decimal("1234.5")), ("12,5", SL, Decimal("12.5")),
     ("1,234", EN, 1234), ("12.5", EN, Decimal("12.5")), ("−3", EN, -3)],
)  # fmt: skip
def test_numbers_are_read_in_the_language(words: str, speak: Any, expected: Any) -> None:
    assert read_number(words, speak) == expected


@given(st.integers(-(10**9), 10**9))
def test_a_said_number_is_read_back(number: int) -> None:
    assert read_number(SL.number(number), SL) == number
    assert read_number(EN.number(number), EN) == number


@pytest.mark.parametrize("words", ["NaN", "Infinity", "pet", "1,2,3"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(Unreadable):
        read_number(words, SL)


def test_choices_are_read_by_their_words_without_accents() -> None:
    status = FieldInfo("status", T("Status"), "choice", choices=STATUSES)
    diet = FieldInfo("diet", T("Diet"), "choices", choices=DIETS)
    assert read_value(status, "na cakalnem seznamu", SL, TODAY) == "waiting"
    assert read_value(diet, "vegansko, brez glutena", SL, TODAY) == ["vegan", "gluten-free"]
    assert sayer(diet, SL)(["vegan", "gluten-free"]) == "vegansko, brez glutena"
    with pytest.raises(Unreadable):
        read_value(status, "morda", SL, TODAY)


@pytest.mark.parametrize("kind", ["text", "date", "number", "bool", "choice"])
def test_nothing_typed_is_no_value(kind: str) -> None:
    assert read_value(FieldInfo("x", T("Status"), kind), "  ", SL, TODAY) is None


def test_money_is_typed_in_euros_and_kept_in_cents() -> None:
    price = FieldInfo("price", T("Price"), "money")
    assert sayer(price, SL)(123_450) == "1.234,50\u00a0€"
    assert sayer(price, EN)(123_450) == "€1,234.50"
    assert sayer(price, SL)(None) == ""
    assert sayer(price, SL)(0) == "0,00\u00a0€"
    assert read_value(price, "1.234,5", SL, TODAY) == read_value(price, "1,234.5", EN, TODAY) == 123_450
    with pytest.raises(Unreadable):
        read_value(price, "0,375", SL, TODAY)
    assert read_filter(price, "100-200", SL, TODAY) == Filter(first=10_000, last=20_000)
    assert read_filter(price, "> 99,99", SL, TODAY) == Filter(first=10_000)
    assert say_filter(price, Filter(first=10_000), SL) == "≥ 100,00\u00a0€"
