"""The table's model, tested as a drawing: what stands where after sort and filter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pytestqt.modeltest import ModelTester

from mama_desktop.domain.registrations import DIETS, STATUSES
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T
from mama_desktop.i18n import language
from mama_desktop.ui.rows_model import RowsModel

FIELDS = (
    FieldInfo("name", T("Family name")),
    FieldInfo("age", T("Age"), "age", editable=False),
    FieldInfo("status", T("Status"), "choice", choices=STATUSES),
    FieldInfo("arrival", T("Arrival"), "date"),
    FieldInfo("diet", T("Diet"), "choices", choices=DIETS),
    FieldInfo("photo", T("Photo consent"), "bool"),
)
ROWS: list[tuple[Any, ...]] = [
    ("Žagar", 19, "accepted", dt.date(2020, 4, 2), ["vegan"], True),
    ("Čater", 9, "waiting", dt.date(2020, 4, 10), [], False),
    ("Cerar", 31, "accepted", None, [], None),
    ("Ćosić", None, "applied", dt.date(2020, 4, 3), ["vegan", "gluten-free"], True),
    ("đurić", 19, "cancelled", None, [], None),
]
LISTING = Listing(FIELDS, ["z", "č", "c", "ć", "đ"], ROWS)


def model(code: str = "sl") -> RowsModel:
    made = RowsModel(language(code))
    made.set_listing(LISTING)
    return made


def drawing(rows: RowsModel) -> str:
    return "\n".join(" | ".join(rows.words(r, c) for c in range(rows.columnCount())) for r in range(rows.rowCount()))


def keys(rows: RowsModel) -> str:
    return "".join(rows.key(r) for r in range(rows.rowCount()))


def test_says_everything_in_slovene() -> None:
    assert drawing(model()) == (
        "Žagar | 19 | sprejeta | 2. 4. 2020 | vegansko | da\n"
        "Čater | 9 | na čakalnem seznamu | 10. 4. 2020 |  | ne\n"
        "Cerar | 31 | sprejeta |  |  | \n"
        "Ćosić |  | nova | 3. 4. 2020 | vegansko, brez glutena | da\n"
        "đurić | 19 | odjavljena |  |  | "
    )


def test_says_dates_and_choices_in_english() -> None:
    assert drawing(model("en")).splitlines()[1] == "Čater | 9 | on the waiting list | 10 Apr 2020 |  | no"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([("name", False)], "cčćđz"),
        ([("name", True)], "zđćčc"),
        ([("age", False)], "čzđcć"),
        ([("age", True)], "czđčć"),
        ([("arrival", False)], "zćčcđ"),
        ([("age", False), ("name", False)], "čđzcć"),
        ([("age", False), ("name", True)], "čzđcć"),
        ([("status", False), ("name", False)], "ćczčđ"),
    ],
)
def test_sorts_raw_values_with_empty_cells_last(order: list[tuple[str, bool]], expected: str) -> None:
    rows = model()
    rows.sort_by(order)
    assert keys(rows) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cosic", "ć"),
        ("DURIC", "đ"),
        ("sprejeta zag", "z"),
        ("glutena", "ć"),
        ("10. 4.", "č"),
        ("xyz", ""),
        ("", "zčcćđ"),
    ],
)
def test_filters_all_columns_without_accents(words: str, expected: str) -> None:
    rows = model()
    rows.set_filter(words)
    assert keys(rows) == expected


def test_filters_a_column_by_its_values() -> None:
    rows = model()
    rows.set_wanted("status", frozenset({"accepted", "applied"}))
    assert keys(rows) == "zcć"
    rows.set_wanted("diet", frozenset({None}))
    assert keys(rows) == "c"
    rows.set_wanted("status", None)
    assert keys(rows) == "čcđ"


def test_values_of_a_column_are_counted_in_their_order() -> None:
    rows = model()
    assert [(said, n) for _, said, n in rows.values_of(2)] == [
        ("nova", 1), ("sprejeta", 2), ("na čakalnem seznamu", 1), ("odjavljena", 1),
    ]  # fmt: skip
    assert [(value, n) for value, _, n in rows.values_of(4)] == [("gluten-free", 1), ("vegan", 2), (None, 3)]


def test_keeps_filter_and_order_over_a_new_listing() -> None:
    rows = model()
    rows.sort_by([("name", False)])
    rows.set_filter("sprejeta")
    rows.set_listing(Listing(FIELDS, ["z", "c", "a"], [ROWS[0], ROWS[2], ("Adamič", 20, "accepted", None, [], None)]))
    assert keys(rows) == "acz"


def test_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    rows = model()
    rows.sort_by([("age", True)])
    qtmodeltester.check(rows)


def test_an_edit_is_never_taken_by_the_model() -> None:
    rows = model()
    assert not rows.setData(rows.index(0, 0), "Novak")
    assert rows.words(0, 0) == "Žagar"
