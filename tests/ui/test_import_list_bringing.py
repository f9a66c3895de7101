"""How an old list comes to its page: dropped, pasted, from the first start, by another sheet or heading."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot

from mama_desktop.services.beginning import NEW_ONE
from mama_desktop.ui.first_start import FirstStartPage
from mama_desktop.ui.import_list_page import ImportListPage
from mama_desktop.ui.main_window import MainWindow

CELLS = "Naziv\tKraj\nČisto nov center\tKrško\nŠe en nov center\tBrežice\n"


@pytest.fixture
def page(real_window: MainWindow) -> ImportListPage:
    real_window.go("import-list", "organisation")
    shown = real_window.page
    assert isinstance(shown, ImportListPage)
    return shown


def new_ones(page: ImportListPage, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    assert page.preview is not None
    return [row.name for row in page.preview.group(NEW_ONE)]


def test_cells_are_pasted_by_the_button_and_by_the_keys(page: ImportListPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(CELLS)
    page.start.paste_button.click()
    assert new_ones(page, qtbot) == ["Čisto nov center", "Še en nov center"]
    page.other_button.click()
    assert page.draft is None
    page._paste_keys.activated.emit()
    assert new_ones(page, qtbot) == ["Čisto nov center", "Še en nov center"]


def test_an_empty_clipboard_is_said(page: ImportListPage, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    page.start.paste_button.click()
    qtbot.waitUntil(lambda: bool(page.start.note.words()), timeout=10_000)
    assert page.draft is None


def test_a_file_is_dropped(page: ImportListPage, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "članice.tsv"
    file.write_text(CELLS, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    where, button, keys = QPointF(40, 40), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dropped = QDropEvent(where, Qt.DropAction.CopyAction, data, button, keys)
    page.dropEvent(dropped)
    assert dropped.isAccepted()
    assert new_ones(page, qtbot) == ["Čisto nov center", "Še en nov center"]


def test_another_sheet_and_another_heading(page: ImportListPage, tmp_path: Path, qtbot: QtBot) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("Nečlanice")
    assert first is not None
    for sheet, name in ((first, "Čisto nov center"), (second, "Čisto drug center")):
        for row in (["Naziv", "Kraj"], [name, "Krško"], ["Še eden", "Brežice"]):
            sheet.append(row)
    book.save(tmp_path / "dva.xlsx")
    page.read_file(tmp_path / "dva.xlsx")
    assert "Čisto nov center" in new_ones(page, qtbot)
    page.columns.sheets.activated.emit(1)
    assert "Čisto drug center" in new_ones(page, qtbot)
    place = page.columns.headings.count() - 1
    page.columns.headings.activated.emit(place)
    qtbot.waitUntil(lambda: page.preview is not None, timeout=10_000)
    assert page.draft is not None
    # Without headings nothing says what the columns are: nobody is taken in under a wrong name.
    assert (len(page.draft.table.rows), page.draft.mapping.columns[0].key) == (3, "")


@pytest.mark.parametrize(
    ("noun", "place"), [("organisation", "organisations"), ("person", "people"), ("event", "events")]
)
def test_the_page_stands_under_its_noun(real_window: MainWindow, noun: str, place: str) -> None:
    real_window.go("import-list", noun)
    assert real_window.navigation._buttons[place].isChecked()


def test_old_lists_at_the_first_start(real_window: MainWindow) -> None:
    real_window.go("first-start")
    start = real_window.page
    assert isinstance(start, FirstStartPage)
    titles = []
    for action in start.lists_button.menu().actions():
        action.trigger()
        assert isinstance(real_window.page, ImportListPage)
        titles.append(real_window.page.under)
        real_window.go("first-start")
    assert titles == ["organisations", "people", "events"]
