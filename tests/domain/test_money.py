"""Sums of money as people write them are whole cents, and nothing else is taken for one."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.money import euros, read_cents
from mama_desktop.i18n import language


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        ("1.234,50 €", 123_450), ("€1,234.50", 123_450), ("1234,5", 123_450), ("1 234,50 EUR", 123_450),
        ("1.234", 123_400), ("1,234", 123_400), ("1.234.567,89", 123_456_789), ("15,-", 1_500), ("15", 1_500),
        ("0,43", 43), (",5", 50), ("-12,30", -1_230), ("\u221212,30", -1_230), ("", None), (" € ", None),
        ("12,", 1_200), ("1\u00a0234,50\u00a0€", 123_450), ("0,00", 0),
    ],
)  # fmt: skip
def test_a_sum_is_read_however_it_is_written(words: str, cents: int | None) -> None:
    assert read_cents(words) == cents


@pytest.mark.parametrize(
    "words", ["0,375", "0.375", "12,345,6", "1.23.4", "dva", "12 €/km", "1,2,3", "-", "12,505,5€x"]
)
def test_what_is_no_sum_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        read_cents(words)


@given(st.integers(-(10**9), 10**9), st.sampled_from(["sl", "en"]))
def test_a_said_sum_is_read_back(cents: int, code: str) -> None:
    assert read_cents(language(code).money(euros(cents) or 0)) == cents


def test_cents_as_euros() -> None:
    assert euros(123_456) == Decimal("1234.56")
    assert euros(None) is None
