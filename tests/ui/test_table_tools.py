"""Views, blocks of cells and exports, as a person uses them on the real pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mama_desktop.domain.filters import Filter
from mama_desktop.services import events, people, short_ids
from mama_desktop.ui import dialogs, table_export
from mama_desktop.ui.main_window import MainWindow
from mama_desktop.ui.row_table import RowTable

SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect


@pytest.fixture
def page(real_window: MainWindow) -> Any:
    real_window.go("people")
    return real_window.page


def choose(table: RowTable, first: tuple[int, str], last: tuple[int, str]) -> None:
    """Cells from one corner to the other, as they stand on the screen."""
    column = table.rows.listing.column
    corners = [table.rows.index(row, column(key)) for row, key in (first, last)]
    table.view.setFocus()
    table.view.setCurrentIndex(corners[0])
    table.view.selectionModel().select(QItemSelection(*corners), SELECT)


def paste(table: RowTable, words: str, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(words)
    qtbot.keyClick(table.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def said(table: RowTable, rows: int, key: str) -> list[str]:
    return [table.rows.words(row, table.rows.listing.column(key)) for row in range(rows)]


def test_a_block_of_20_by_5_with_two_bad_cells(page: Any, qtbot: QtBot) -> None:
    table: RowTable = page.table
    keys = ["email", "phone", "birth_date", "gender", "country"]
    table.columns.set_order(["family_name", "given_name", *keys])
    choose(table, (0, "email"), (0, "email"))
    before = page.db.read(people.people, language="en")
    lines = [[f"oseba{n}@example.org", "040 123 456", "2. 4. 2005", "ženski", "Hrvaška"] for n in range(20)]
    lines[4][2], lines[15][0] = "30. 2. 2005", "brez pike"
    paste(table, "\r\n".join("\t".join(line) for line in lines) + "\r\n", qtbot)
    emails = said(table, 20, "email")
    assert emails[:15] == [f"oseba{n}@example.org" for n in range(15)]
    assert emails[15] == before.rows[before.keys.index(table.rows.key(15))][before.column("email")]
    assert said(table, 20, "country") == ["Croatia"] * 20
    assert said(table, 20, "birth_date").count("2 Apr 2005") == 19
    report = page.tools.writes._report
    assert report.isVisible()
    assert report._words.text() == "98 cells taken. 2 cells not taken."
    assert [report._list.item(n).text().split(":")[0] for n in range(2)] == ["Row 5, Birth date", "Row 16, E-mail"]
    assert set(table.rows.marks) == {(table.rows.key(4), "birth_date"), (table.rows.key(15), "email")}
    report._list.itemClicked.emit(report._list.item(1))
    assert (table.view.currentIndex().row(), table.current_key()) == (15, table.rows.key(15))
    report.close_report()
    assert not table.rows.marks
    page.db.undo()
    assert page.db.read(people.people, language="en") == before


def test_one_value_fills_what_is_chosen_and_computed_columns_are_said(page: Any, qtbot: QtBot) -> None:
    table: RowTable = page.table
    choose(table, (2, "function"), (6, "function"))
    paste(table, "prostovoljka", qtbot)
    assert said(table, 8, "function")[2:7] == ["prostovoljka"] * 5
    choose(table, (0, "events"), (3, "events"))
    paste(table, "7", qtbot)
    assert "cannot be changed" in page.tools.writes._report._list.item(0).text()


def test_ctrl_d_fills_down_and_delete_empties_cells(page: Any, qtbot: QtBot) -> None:
    table: RowTable = page.table
    choose(table, (0, "function"), (0, "function"))
    paste(table, "vodja", qtbot)
    choose(table, (0, "function"), (3, "function"))
    qtbot.keyClick(table.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert said(table, 4, "function") == ["vodja"] * 4
    assert [r[2:] for r in table.chosen.ranges()] == [(table.rows.listing.column("function"),) * 2]
    count = table.rows.rowCount()
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert said(table, 4, "function") == [""] * 4
    assert table.rows.rowCount() == count


def test_rows_too_many_are_said(page: Any, qtbot: QtBot) -> None:
    table: RowTable = page.table
    last = table.rows.rowCount() - 1
    choose(table, (last, "function"), (last, "function"))
    paste(table, "a\nb\nc", qtbot)
    assert said(table, last + 1, "function")[-1] == "a"
    assert "2 rows did not fit" in page.tools.writes._report._list.item(0).text()


def test_many_cells_go_beside_the_window(page: Any, qtbot: QtBot) -> None:
    table: RowTable = page.table
    many = min(table.rows.rowCount(), 450)
    if many <= 400:
        table = page.table
        columns = ["function", "street", "remarks", "town"]
        table.columns.set_order([*columns])
        block = "\n".join("\t".join(f"{c}{n}" for c in "abcd") for n in range(table.rows.rowCount()))
    else:
        columns, block = ["function"], "\n".join(f"a{n}" for n in range(many))
    choose(table, (0, columns[0]), (0, columns[0]))
    paste(table, block, qtbot)
    qtbot.waitUntil(lambda: said(table, 3, columns[0]) == ["a0", "a1", "a2"], timeout=20_000)


def test_emails_are_copied_once_each(page: Any) -> None:
    table: RowTable = page.table
    listing = table.rows.listing
    emails = [row[listing.column("email")] for row in listing.rows]
    table.view.clearSelection()
    table.doing.copy_emails()
    copied = QGuiApplication.clipboard().text().split("; ")
    assert len(copied) == len({e.casefold() for e in emails if e})
    assert "" not in copied


def test_a_view_is_kept_shown_changed_renamed_and_deleted(page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    table: RowTable = page.table
    views = page.tools.views
    table.filter_by("country", Filter(values=frozenset({"SI"})))
    table.set_filter("novak")
    table.columns.set_frozen(2)
    table.sort_by(("town", True))
    shown, columns = table.shown_keys(), table.shown_fields()
    views.save("Novaki")
    table.set_filters({})
    table.columns.set_frozen(0)
    table.columns.set_shown("town", False)
    table.sort_by()
    (own,) = views.own()
    views.show(own)
    assert table.shown_keys() == shown
    assert table.shown_fields() == columns
    assert (table.headings.frozen, table.rows.sorted_by, table.search.text()) == (2, [("town", True)], "novak")
    table.set_filter("kovač")
    views.change(own)
    views.rename(own, "Kovači")
    (own,) = views.own()
    assert (str(own.name), own.state.words) == ("Kovači", "kovač")
    assert any(a.text() == "Kovači" and a.isChecked() for a in views.menu().actions())
    monkeypatch.setattr(dialogs, "ask", lambda *_a, **_k: 0)
    views.delete(own)
    assert views.own() == []
    page.db.undo()
    assert len(views.own()) == 1


def test_ready_views_are_those_an_office_needs(real_window: MainWindow) -> None:
    real_window.go("events")
    page: Any = real_window.page
    assert "from today on" in [str(v.name) for v in page.tools.views.ready()]
    page.opened(page.table.shown_keys()[0])
    tab: Any = real_window.page._registrations()  # type: ignore[attr-defined]  # the page of an event
    names = [str(view.name) for view in tab.tools.views.ready()]
    assert names[:3] == ["to decide", "no answer", "not confirmed"]
    assert {"no birth date", "vegetarian", "from abroad", "waiting", "late", "minors without consent"} <= set(names)
    for view in tab.tools.views.ready():
        tab.tools.views.show(view)
        assert tab.table.rows.filters == dict(view.state.filters)


def test_what_is_shown_goes_to_excel_with_the_id_column(
    page: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table: RowTable = page.table
    table.filter_by("country", Filter(values=frozenset({"SI"})))
    table.columns.set_order(["town", "family_name"])
    path = tmp_path / "osebe.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_a, **_k: path)
    page.tools.export.with_ids()
    qtbot.waitUntil(lambda: path.exists() and not page.jobs.running, timeout=20_000)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "ID")
    assert rows[head][1:3] == ("Town", "Family name")
    assert [row[0] for row in rows[head + 1 :]] == [short_ids.short_id(key) for key in table.shown_keys()]
    assert any("Country: Slovenia" in str(row[0]) for row in rows[:head])


def test_ctrl_e_writes_a_pdf_too(page: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    path = tmp_path / "osebe.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_a, **_k: path)
    page.table.columns.set_order(["family_name", "given_name", "town"])
    for key in page.table.shown_fields()[3:]:
        page.table.columns.set_shown(key, False)
    page.tools.export.to_pdf()
    qtbot.waitUntil(lambda: path.exists() and not page.jobs.running, timeout=20_000)
    assert "People" in PdfReader(path).pages[0].extract_text()


def test_sensitive_columns_leave_only_when_somebody_says_so(
    real_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_window.go("event", real_window.db.read(events.event_by_code, "2020-04-klub"), "registrations")
    event: Any = real_window.page
    tab = event._registrations()
    made: list[Any] = []
    monkeypatch.setattr(table_export, "save_with", lambda _page, name, _work, _said: made.append(name))
    seen: list[Any] = []
    real_sheet = tab.tools.export.sheet

    def sheet(**how: Any) -> Any:
        seen.append(real_sheet(**how))
        return seen[-1]

    monkeypatch.setattr(tab.tools.export, "sheet", sheet)
    asked: list[str] = []

    def answers(answer: int | None) -> Any:
        def ask(_parent: Any, _speak: Any, question: Any, *_rest: Any, **_more: Any) -> int | None:
            asked.append(str(question))
            return answer

        return ask

    for key in tab.table.shown_fields():
        tab.table.columns.set_shown(key, key in ("family_name", "given_name"))
    monkeypatch.setattr(dialogs, "ask", answers(0))
    tab.tools.export.to_excel()
    assert asked == []
    tab.table.columns.set_shown("allergies", True)
    tab.tools.export.to_excel()
    assert asked == ["1 sensitive column is on the screen: Allergies"]
    assert "allergies" not in [one.key for one in seen[-1].columns]
    assert "Confidential" not in str(seen[-1].facts)
    monkeypatch.setattr(dialogs, "ask", answers(1))
    tab.tools.export.to_pdf()
    assert "allergies" in [one.key for one in seen[-1].columns]
    assert "Confidential" in str(seen[-1].facts)
    monkeypatch.setattr(dialogs, "ask", answers(None))
    tab.tools.export.to_excel()
    assert len(made) == 3


def test_a_paste_that_renames_people_asks_once_and_new_organisations_are_said(
    page: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table: RowTable = page.table
    table.columns.set_order(["given_name", "family_name", "organisation"])
    choose(table, (0, "given_name"), (0, "given_name"))
    before = [said(table, 2, key) for key in ("given_name", "family_name", "organisation")]
    asked: list[list[str]] = []

    def answer(place: int | None) -> None:
        def ask(
            _parent: Any, speak: Any, _question: Any, *_answers: Any, details: Any = (), **_more: Any
        ) -> int | None:
            asked.append([speak.say(line) for line in details])
            return place

        monkeypatch.setattr(dialogs, "ask", ask)

    words = "Prva\tOseba\tXX\nDruga\tOseba\tYY\n"
    answer(None)
    paste(table, words, qtbot)
    assert [said(table, 2, key) for key in ("given_name", "family_name", "organisation")] == before
    assert sorted(asked[0]) == sorted(
        f"{before[0][n]} {before[1][n]} → {name} Oseba" for n, name in enumerate(("Prva", "Druga"))
    )
    answer(1)
    paste(table, words, qtbot)
    assert [said(table, 2, "given_name"), said(table, 2, "family_name")] == before[:2]
    assert said(table, 2, "organisation") == ["XX", "YY"]
    assert str(page.db.undo_label()) == "Paste: 2 cells; 2 new organisations: XX, YY"
    answer(0)
    paste(table, words, qtbot)
    assert "Oseba" in {*said(table, table.rows.rowCount(), "family_name")}
