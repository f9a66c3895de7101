"""The journal: what each write changed, undo and redo."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.text import TN, T, Text
from mama_desktop.store.journal import label_from_json, label_to_json

PARAMS = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.datetimes() | st.times() | st.decimals(
        allow_nan=False, allow_infinity=False
    ),
    max_size=4,
)  # fmt: skip


@given(st.text(), st.text(), st.none() | st.integers(), PARAMS, st.text())
def test_a_label_comes_back_as_it_was(message: str, plural: str, count: int | None, params: dict, context: str) -> None:  # type: ignore[type-arg]  # values of every kind
    label = Text(message, plural, count, params, context)
    back = label_from_json(label_to_json(label))
    assert back == label
    assert {k: type(v) for k, v in back.params.items()} == {k: type(v) for k, v in params.items()}


def test_a_label_within_a_label() -> None:
    inner = TN("{count} row of {day}", "{count} rows of {day}", 3, day=dt.date(2020, 4, 2))
    label = T("Undo: {label} ({price})", label=inner, price=Decimal("1.50"))
    assert label_from_json(label_to_json(label)) == label
