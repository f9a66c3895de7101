"""The table as a person uses it: keys, mouse, editors; what it sends out and that it never changes itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from mama_desktop.domain.rows import FieldInfo, Found
from mama_desktop.domain.text import T
from mama_desktop.i18n import Language
from mama_desktop.ui.editors import PickEditor
from mama_desktop.ui.row_table import RowTable
from mama_desktop.ui.theme import Theme
from tests.ui.invented import make_listing

LISTING = make_listing(30)


def column(key: str) -> int:
    return LISTING.column(key)


@pytest.fixture
def habits(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "habits.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def table(theme: Theme, speak: Language, habits: QSettings, qtbot: QtBot) -> RowTable:
    made = RowTable("test", speak, habits, today=lambda: dt.date(2020, 3, 2), complete=_complete)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.set_listing(LISTING)
    made.show()
    qtbot.waitExposed(made)
    return made


def _complete(kind: str, words: str) -> list[Found]:
    return [Found(kind, "o9", "Mladinski center Velenje", "Velenje")] if words.lower().startswith("vel") else []


def go(table: RowTable, row: int, key: str) -> None:
    table.view.setFocus()
    table.view.setCurrentIndex(table.rows.index(row, column(key)))


def editor(table: RowTable, kind: type[Any]) -> Any:
    found = table.view.indexWidget(table.view.currentIndex())
    assert isinstance(found, kind)
    return found


def test_an_edit_goes_out_and_the_cell_stays(table: RowTable, qtbot: QtBot) -> None:
    go(table, 2, "town")
    before = table.rows.words(2, column("town"))
    with qtbot.waitSignal(table.edit_requested) as asked:
        qtbot.keyClick(table.view, Qt.Key.Key_F2)
        line = editor(table, QLineEdit)
        line.setText("  Velenje ")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == ["r2", "town", "Velenje"]
    assert table.rows.words(2, column("town")) == before


def test_an_unchanged_cell_sends_nothing(table: RowTable, qtbot: QtBot) -> None:
    for key in ("town", "status", "arrival", "diet"):
        go(table, 3, key)
        with qtbot.assertNotEmitted(table.edit_requested):
            table.edit_current()
            kinds = {"status": QComboBox, "diet": QListWidget}
            qtbot.keyClick(editor(table, kinds.get(key, QLineEdit)), Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: not table.view.is_editing())


def test_a_date_is_stored_as_a_date_and_nonsense_refused(table: RowTable, qtbot: QtBot) -> None:
    go(table, 0, "arrival")
    with qtbot.waitSignal(table.edit_requested) as asked:
        table.edit_current()
        line = editor(table, QLineEdit)
        line.setText("4. 4.")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == ["r0", "arrival", dt.date(2020, 4, 4)]
    with qtbot.waitSignal(table.refused):
        table.edit_current()
        line = editor(table, QLineEdit)
        line.setText("jutri")
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_choice_is_made_with_the_keyboard(table: RowTable, qtbot: QtBot) -> None:
    go(table, 0, "status")
    with qtbot.waitSignal(table.edit_requested) as asked:
        table.edit_current()
        box = editor(table, QComboBox)
        box.setCurrentIndex(box.findData("waiting"))
        box.activated.emit(box.currentIndex())
    assert asked.args == ["r0", "status", "waiting"]


def test_a_check_list_marks_several(table: RowTable, qtbot: QtBot) -> None:
    row = next(i for i, r in enumerate(LISTING.rows) if r[column("diet")] == [])
    go(table, row, "diet")
    with qtbot.waitSignal(table.edit_requested) as asked:
        table.edit_current()
        marks = editor(table, QListWidget)
        marks.setFocus()
        qtbot.keyClick(marks, Qt.Key.Key_Space)
        qtbot.keyClick(marks, Qt.Key.Key_Down)
        qtbot.keyClick(marks, Qt.Key.Key_Space)
        qtbot.keyClick(marks, Qt.Key.Key_Return)
    assert asked.args == [f"r{row}", "diet", ["vegetarian", "vegan"]]


def test_yes_or_no_turns_by_the_space_bar(table: RowTable, qtbot: QtBot) -> None:
    row = next(i for i, r in enumerate(LISTING.rows) if r[column("photo")] is True)
    go(table, row, "photo")
    with qtbot.waitSignal(table.edit_requested) as asked:
        qtbot.keyClick(table.view, Qt.Key.Key_Space)
    assert asked.args == [f"r{row}", "photo", False]


def test_an_organisation_is_picked_from_its_completions(table: RowTable, qtbot: QtBot) -> None:
    go(table, 0, "organisation")
    with qtbot.waitSignal(table.edit_requested) as asked:
        table.edit_current()
        line = editor(table, PickEditor)
        line.selectAll()
        qtbot.keyClicks(line, "vel")
        line._on_picked("Mladinski center Velenje · Velenje")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args[2] == Found("organisation", "o9", "Mladinski center Velenje", "Velenje")


def test_new_rows_wait_while_a_cell_is_edited(table: RowTable, qtbot: QtBot) -> None:
    go(table, 0, "town")
    table.edit_current()
    table.set_listing(make_listing(3))
    assert table.rows.rowCount() == 30
    qtbot.keyClick(editor(table, QLineEdit), Qt.Key.Key_Escape)
    assert table.rows.rowCount() == 3


def test_selection_and_place_stay_over_new_rows(table: RowTable) -> None:
    table.select(["r5", "r7"])
    table.sort_by(("family", True))
    table.set_listing(make_listing(20))
    assert set(table.selected_keys()) == {"r5", "r7"}
    assert table.current_key() == "r5"


def test_headings_sort_and_shift_adds(table: RowTable, qtbot: QtBot) -> None:
    headings = table.headings

    def click(key: str, *modifiers: Any) -> None:
        at = QPoint(headings.sectionViewportPosition(column(key)) + 30, 10)
        qtbot.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, *modifiers, pos=at)

    click("family")
    click("given", Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.sorted_by == [("family", False), ("given", False)]
    click("given", Qt.KeyboardModifier.ShiftModifier)
    assert table.rows.sorted_by == [("family", False), ("given", True)]
    click("family")
    assert table.rows.sorted_by == [("family", True)]


def test_columns_are_remembered_by_the_tables_name(
    table: RowTable, habits: QSettings, speak: Language, qtbot: QtBot
) -> None:
    table.columns.set_shown("town", False)
    table.columns.set_order(["age", "family"])
    table.headings.resizeSection(column("status"), 222)
    table.columns.save()
    again = RowTable("test", speak, habits, today=lambda: dt.date(2020, 3, 2))
    qtbot.addWidget(again)
    again.set_listing(LISTING)
    assert again.shown_fields()[:2] == ["age", "family"]
    assert "town" not in again.shown_fields()
    assert again.headings.sectionSize(column("status")) == 222


def test_copies_for_excel_with_headings(table: RowTable) -> None:
    table.select(["r0", "r1"])
    table.doing.copy()
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\r\n")
    assert lines[0].split("\t")[:3] == ["Family name", "Given name", "Organisation"]
    assert lines[1].split("\t")[0] == "Bizjak"
    assert len(lines) == 4
    assert "<th class='t'>Family name</th>" in data.html()


def test_many_rows_are_changed_at_once(table: RowTable, qtbot: QtBot) -> None:
    table.select(["r1", "r2", "r3"])
    assert table._change_button.isVisible()
    from mama_desktop.ui.change_many import ChangeMany

    go_column = column("town")
    popup = ChangeMany(LISTING.fields, go_column, table.selected_keys(), table.editing, table._speak, table)
    popup.changed.connect(table.change_many_requested)
    line = popup._editor
    assert isinstance(line, QLineEdit)
    line.setText("Velenje")
    with qtbot.waitSignal(table.change_many_requested) as asked:
        qtbot.mouseClick(popup._go, Qt.MouseButton.LeftButton)
    assert asked.args == [["r1", "r2", "r3"], "town", "Velenje"]


def test_nobody_gives_many_people_one_name(table: RowTable) -> None:
    from mama_desktop.ui.change_many import ChangeMany

    fields = [FieldInfo(key, T("Town")) for key in ("family_name", "given_name", "town", "status")]
    popup = ChangeMany(fields, 0, ["r1", "r2"], table.editing, table._speak, table)
    assert [popup._choice.itemData(i) for i in range(popup._choice.count())] == ["town", "status"]
    assert popup._choice.currentData() == "status"


def test_filter_says_how_many_are_shown(table: RowTable) -> None:
    assert table.selection_words() == "30 rows"
    table.set_filter("zagar")
    assert table.selection_words() == "Shown: 2 of 30"
    table.view.selectAll()
    assert table.selection_words().startswith("Selected: 2 of 2  ·  average age")
    table.set_filter("tega ni")
    assert table._stack.currentIndex() == 1


def test_a_read_only_table_opens_no_editor(table: RowTable, qtbot: QtBot) -> None:
    table.set_read_only(True)
    go(table, 0, "town")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == ["r0"]
    table.edit_current()
    assert not table.view.is_editing()
