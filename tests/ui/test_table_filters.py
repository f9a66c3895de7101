"""The filters of a table as a person uses them, what is chosen in it, and the columns that stand still."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mama_desktop.domain.filters import Filter, as_json, from_json
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language, language
from mama_desktop.ui.column_filter import ColumnFilter
from mama_desktop.ui.editors import as_editor
from mama_desktop.ui.filter_row import FilterCell, FilterRow
from mama_desktop.ui.filter_words import read_filter, say_filter
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.theme import Theme
from tests.ui.invented import FIELDS, make_listing

LISTING = make_listing(30)
TODAY = dt.date(2020, 3, 2)
BY_KEY = {field.key: field for field in FIELDS}


def column(key: str) -> int:
    return LISTING.column(key)


@pytest.fixture
def habits(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "habits.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def table(theme: Theme, speak: Language, habits: QSettings, qtbot: QtBot) -> RowTable:
    made = RowTable("test", speak, habits, today=lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(760, 500)
    made.set_listing(LISTING)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def cell(table: RowTable, key: str) -> FilterCell:
    row = table.filters._row
    assert isinstance(row, FilterRow)
    return row._cells[key]


def typed(table: RowTable, key: str, words: str, qtbot: QtBot) -> None:
    cell(table, key).setFocus()
    qtbot.keyClicks(cell(table, key), words)


def shown(table: RowTable, key: str) -> list[Any]:
    return [LISTING.rows[place][column(key)] for place in table.rows.order]


@pytest.mark.parametrize(
    ("key", "words", "asked"),
    [
        ("town", "krško", Filter(words="krško")),
        ("town", "empty", Filter(empty=True)),
        ("town", "Not empty", Filter(empty=False)),
        ("age", "15-29", Filter(first=15, last=29)),
        ("age", "18+", Filter(first=18)),
        ("age", "> 18", Filter(first=19)),
        ("age", "<=30", Filter(last=30)),
        ("age", "17", Filter(first=17, last=17)),
        ("age", "kdo ve", Filter(words="kdo ve")),
        ("arrival", "2. 4.", Filter(first=dt.date(2020, 4, 2), last=dt.date(2020, 4, 2))),
        ("arrival", "2. 4. – 5. 4. 2020", Filter(first=dt.date(2020, 4, 2), last=dt.date(2020, 4, 5))),
        ("arrival", "4. 2020", Filter(first=dt.date(2020, 4, 1), last=dt.date(2020, 4, 30))),
        ("arrival", "2020", Filter(first=dt.date(2020, 1, 1), last=dt.date(2020, 12, 31))),
        ("arrival", "< 3. 4. 2020", Filter(last=dt.date(2020, 4, 2))),
        ("arrival", ">= 2020-04-03", Filter(first=dt.date(2020, 4, 3))),
        ("arrival", "", None),
    ],
)
def test_typed_words_are_a_filter_of_the_columns_kind(key: str, words: str, asked: Filter | None) -> None:
    found = read_filter(BY_KEY[key], words, language("en"), TODAY)
    assert found == asked
    if asked is not None and not asked.words:
        assert read_filter(BY_KEY[key], say_filter(BY_KEY[key], asked, language("en")), language("en"), TODAY) == asked


@pytest.mark.parametrize(
    "asked",
    [
        Filter(words="a b"), Filter(values=frozenset({"x", None, True})), Filter(first=3, last=dt.date(2020, 4, 2)),
        Filter(empty=False), Filter(first=dt.datetime(2020, 4, 2, 9, 30)), Filter(),
    ],
)  # fmt: skip
def test_a_filter_is_kept_and_read_again(asked: Filter) -> None:
    assert from_json(as_json(asked)) == asked


def test_what_was_never_a_filter_asks_nothing() -> None:
    never: tuple[Any, ...] = (None, 3, [], {"values": 3}, {"first": {"date": "jutri"}}, {"empty": "da"})
    for kept in never:
        assert not from_json(kept)


def test_ctrl_f_twice_opens_the_row_and_it_is_remembered(
    table: RowTable, habits: QSettings, speak: Language, qtbot: QtBot
) -> None:
    table.view.setFocus()
    table.focus_filter()
    assert table.search.hasFocus()
    assert not table.filters.has_row()
    table.focus_filter()
    assert table.filters.has_row()
    assert cell(table, "family").hasFocus()
    again = RowTable("test", speak, habits, today=lambda: TODAY)
    qtbot.addWidget(again)
    assert again.filters.has_row()
    table.focus_filter()
    assert not table.filters.has_row()


def test_the_row_filters_while_one_types_and_the_chips_lift(table: RowTable, qtbot: QtBot) -> None:
    table.filters.show_row(True)
    typed(table, "family", "zag", qtbot)
    assert set(shown(table, "family")) == {"Žagar"}
    typed(table, "age", "15-29", qtbot)
    assert all(15 <= age <= 29 for age in shown(table, "age"))
    assert table.filters.bar.isVisible()
    assert [words for _, words in table.filters.bar._shown] == ["Family name: zag", "Age: 15 – 29"]
    # Nothing fits: the row with what is typed stays.
    typed(table, "town", "nikjer", qtbot)
    assert table.rows.rowCount() == 0
    assert cell(table, "town").isVisible()
    table.filters.bar.lifted.emit("town")
    assert cell(table, "town").text() == "" or cell(table, "town").hasFocus()
    qtbot.keyClick(cell(table, "age"), Qt.Key.Key_Escape)
    assert "age" not in table.rows.filters
    table.filters.bar.all_lifted.emit()
    assert table.rows.rowCount() == 30
    assert not table.filters.bar.isVisible()


def test_tab_goes_from_field_to_field_and_down_into_the_rows(table: RowTable, qtbot: QtBot) -> None:
    table.filters.show_row(True)
    cell(table, "family").setFocus()
    qtbot.keyClick(cell(table, "family"), Qt.Key.Key_Tab)
    assert cell(table, "given").hasFocus()
    cell(table, "remarks").setFocus()
    assert table.view.horizontalScrollBar().value() > 0
    qtbot.keyClick(cell(table, "remarks"), Qt.Key.Key_Down)
    assert table.view.hasFocus()


def test_the_sheet_and_the_row_are_one_filter(table: RowTable, speak: Language, qtbot: QtBot) -> None:
    table.filters.show_row(True)
    sheet = ColumnFilter(table.rows, column("status"), speak, lambda: TODAY, table)
    sheet.changed.connect(table.after_change)
    qtbot.addWidget(sheet)
    sheet._list.item(0).setCheckState(Qt.CheckState.Checked)
    sheet._list.item(1).setCheckState(Qt.CheckState.Checked)
    said = cell(table, "status").text()
    assert said == say_filter(BY_KEY["status"], table.rows.filter_of("status"), speak)
    assert len(said.split(", ")) == 2
    dates = ColumnFilter(table.rows, column("arrival"), speak, lambda: TODAY, table)
    dates.changed.connect(table.after_change)
    qtbot.addWidget(dates)
    as_editor(dates._edges[0]).set_value(dt.date(2020, 4, 3))
    dates._on_edge()
    assert table.rows.filter_of("arrival") == Filter(first=dt.date(2020, 4, 3))
    assert set(shown(table, "arrival")) == {dt.date(2020, 4, 3)}
    dates._emptiness[True].click()
    assert table.rows.rowCount() == 0
    dates._on_all()
    assert "arrival" not in table.rows.filters


def test_alt_down_opens_the_sheet_of_the_current_column(table: RowTable, qtbot: QtBot) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(table.rows.index(0, column("given")))
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    sheet = next(s for s in table.findChildren(ColumnFilter) if s.isVisible())
    assert sheet._key == "given"
    sheet.close()


def test_frozen_columns_stay_under_keys_and_mouse(table: RowTable, qtbot: QtBot) -> None:
    table.columns.set_frozen(2)
    across = table.view.horizontalScrollBar()
    across.setValue(across.maximum())
    width = table.headings.sectionSize(0)
    at = QPoint(width + 12, table.view.rowViewportPosition(4) + 5)
    assert (table.view.indexAt(at).row(), table.view.indexAt(at).column()) == (4, 1)
    assert table.view.visualRect(table.rows.index(4, 1)).left() == width
    before = across.value()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.view.currentIndex() == table.rows.index(4, 1)
    assert across.value() == before
    qtbot.keyClick(table.view, Qt.Key.Key_Right)
    shown_at = table.view.visualRect(table.rows.index(4, 2)).left()
    assert shown_at >= table.headings.frozen_width()
    across.setValue(across.maximum())
    qtbot.mouseClick(table.headings.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert table.rows.sorted_by == [("family", False)]


def test_a_row_with_a_chosen_cell_counts_as_chosen(table: RowTable, qtbot: QtBot) -> None:
    view = table.view
    view.setFocus()
    view.setCurrentIndex(table.rows.index(1, 1))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_keys() == ["r1", "r2"]
    assert table.chosen.cells([0, 1, 2, 3]) == {1: [1, 2], 2: [1, 2]}
    # New rows from the workspace leave the same cells chosen.
    table.set_listing(Listing(LISTING.fields, list(LISTING.keys), list(LISTING.rows)))
    assert table.chosen.cells([0, 1, 2, 3]) == {1: [1, 2], 2: [1, 2]}
    qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen.are_whole_rows(table.columns.shown_places())
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_keys()) == 30


def test_cells_are_copied_without_headings_and_summed(table: RowTable) -> None:
    model = table.view.selectionModel()
    corners = table.rows.index(0, column("town")), table.rows.index(2, column("age"))
    model.select(QItemSelection(*corners), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    table.doing.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == [f"{LISTING.rows[n][column('town')]}\t{LISTING.rows[n][column('age')]}" for n in range(3)]
    ages = [LISTING.rows[n][column("age")] for n in range(3)]
    assert table.selection_words().startswith(f"Selected: 3 of 30  ·  6 cells filled  ·  sum {sum(ages)}  ·  average")
    table.doing.copy_with_headings()
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Town\tAge"


def test_a_second_column_is_sorted_by_from_its_sheet(table: RowTable, speak: Language) -> None:
    def sheet(key: str) -> ColumnFilter:
        made = ColumnFilter(table.rows, column(key), speak, lambda: TODAY, table)
        made.sort_asked.connect(table.rows.sort_by)
        return made

    table.sort_by()
    first = sheet("town")
    assert first.as_well.isHidden()
    table.sort_by(("town", False))
    sheet("age").as_well.click()
    assert table.rows.sorted_by == [("town", False), ("age", False)]
    sheet("age").as_well.click()
    assert table.rows.sorted_by == [("town", False), ("age", True)]
    own = sheet("town")
    own.as_well.click()
    assert table.rows.sorted_by == [("age", True), ("town", True)]


def test_a_hint_of_the_filter_row_that_does_not_fit_is_left_out(qapp: QApplication) -> None:
    holder = QWidget()
    cell = FilterCell(FieldInfo("age", T("Age"), "number"), language("sl"), holder)
    cell.resize(200, 28)
    QApplication.sendEvent(cell, QResizeEvent(cell.size(), QSize()))
    assert cell.placeholderText() == "od – do"
    cell.resize(48, 28)
    QApplication.sendEvent(cell, QResizeEvent(cell.size(), QSize()))
    assert cell.placeholderText() == ""
