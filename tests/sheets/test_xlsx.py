"""The workbook: typed, formatted, printable, and text that stays text."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from mama_desktop.sheets.sheet import Book, Column, Group, Name, Sheet, Words
from mama_desktop.sheets.workbook_values import tidy
from mama_desktop.sheets.xlsx import write_xlsx
from tests.sheets.samples import participants

HEADER = 6


def written(sheet: Sheet | Book, folder: Path) -> Any:
    path = folder / "list.xlsx"
    write_xlsx(sheet, path)
    return openpyxl.load_workbook(path)


def test_values_are_typed(tmp_path: Path) -> None:
    page = written(participants(), tmp_path).active
    cells = page[HEADER + 1]
    assert [cell.value for cell in cells] == [
        1, "Žagar", "+386 41 123 456", "0900", dt.datetime(1999, 3, 4), dt.datetime(2020, 3, 1, 9, 5),
        dt.time(9, 30), 1234.5, 21, "da", "=1+1",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["n", "s", "s", "s", "d", "d", "d", "n", "n", "s", "s"]
    assert cells[4].number_format == r"d\.\ m\.\ yyyy"
    assert cells[5].number_format == r"d\.\ m\.\ yyyy\ h\.mm"
    assert cells[3].number_format == "@"
    assert "€" in cells[7].number_format


def test_dates_in_english(tmp_path: Path) -> None:
    page = written(participants(language="en"), tmp_path).active
    assert page.cell(HEADER + 1, 5).number_format == "[$-409]d mmm yyyy"
    assert page.cell(HEADER + 1, 5).is_date
    assert page.cell(HEADER + 1, 10).value == "yes"


def test_title_block_header_and_print_settings(tmp_path: Path) -> None:
    workbook = written(participants(), tmp_path)
    page = workbook.active
    assert [page.cell(row, 1).value for row in range(1, HEADER)] == [
        "Seznam udeležencev", "Dogodek: Klub MaMa", "Projekt: Redna dejavnost", "2.–3. april 2020", None,
    ]  # fmt: skip
    assert [cell.value for cell in page[HEADER]][:3] == ["Zap. št.", "Priimek", "Telefon"]
    assert all(cell.font.b for cell in page[HEADER])
    assert page.freeze_panes == f"A{HEADER + 1}"
    assert page.auto_filter.ref == f"A{HEADER}:K{HEADER + 1}"
    assert page.print_title_rows == f"${HEADER}:${HEADER}"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.oddFooter.right.text == "stran &P od &N"
    assert page.oddFooter.left.text.strip() == "2020-04-klub && co"
    assert page.title == "Udeleženci"
    about = workbook.properties
    assert (about.title, about.creator, about.language) == (
        "Seznam udeležencev", "Zavod Mladinska mreža MaMa", "sl-SI",
    )  # fmt: skip
    assert about.created == dt.datetime(2020, 3, 30, 9, 12)


def test_widths_fit_and_long_texts_wrap(tmp_path: Path) -> None:
    words = "zelo dolga opomba o prihodu " * 8
    row = (None, "Žagar", "041", "1000", None, None, None, None, None, None, words)
    page = written(participants(row), tmp_path).active
    widths = {letter: dimension.width for letter, dimension in page.column_dimensions.items()}
    assert widths["B"] < widths["K"] <= 40
    cell = page.cell(HEADER + 1, 11)
    assert cell.alignment.wrap_text
    assert page.row_dimensions[HEADER + 1].height >= 5 * 15


DANGEROUS = ["=1+1", "+386 41 123 456", "-12", "@SUM(A1)", "#N/A", "=cmd|' /C calc'!A0", "TRUE", "1e5", "'x", "0041"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_a_formula_an_error_or_a_number(text: str, tmp_path: Path) -> None:
    row = (None, text, text, text, None, None, None, None, None, None, text)
    cell = written(participants(row), tmp_path).active.cell(HEADER + 1, 2)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is (text[0] in "=+-@" or None) or bool(cell.quotePrefix) == (text[0] in "=+-@")
    (rows,) = [
        CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python(skip_empty_area=False)
    ]
    assert rows[HEADER][1] == text


def test_what_excel_cannot_hold(tmp_path: Path) -> None:
    moment = dt.datetime(2020, 3, 1, 9, 5, tzinfo=dt.UTC)
    row = (
        None, "Ž\x00a\x07g\x1bar\ud800", "a\tb\r\nc", "  x ", dt.date(1899, 5, 6), moment, None,
        Decimal("NaN"), 10**20, None, "_x0041_ <b>&amp;",
    )  # fmt: skip
    page = written(participants(row), tmp_path).active
    assert [cell.value for cell in page[HEADER + 1]][1:9] == [
        "Žagar", "a b\nc", "x", "6. 5. 1899", dt.datetime(2020, 3, 1, 9, 5), None, None, str(10**20),
    ]  # fmt: skip
    path = tmp_path / "list.xlsx"
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_ &lt;b&gt;&amp;amp;" in xml


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_comes_back(texts: list[str], tmp_path: Path) -> None:
    sheet = Sheet("x", Words("x"), (Column("a", Words("A")),), (Group(tuple((text,) for text in texts)),))
    page = written(sheet, tmp_path).active
    values = [page.cell(4 + i, 1).value for i in range(len(texts))]
    assert values == [tidy(text) or None for text in texts]


def test_read_through_calamine(tmp_path: Path) -> None:
    written(participants(), tmp_path)
    rows = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_name("Udeleženci").to_python()
    assert rows[HEADER][4] == dt.date(1999, 3, 4)
    assert rows[HEADER][2] == "+386 41 123 456"


def test_counts_on_a_second_sheet(tmp_path: Path) -> None:
    counts = Sheet(
        "counts",
        Words("Pregled"),
        (Column("what", Words("Kaj")), Column("count", Words("Število"), "integer")),
        (
            Group((("sprejeta", 12), ("nova", 3)), Words("Stanje")),
            Group((("ženska", 15),), Words("Spol")),
        ),
        orientation="portrait",
    )
    workbook = written(Book((participants(), counts, counts)), tmp_path)
    assert workbook.sheetnames == ["Udeleženci", "Pregled", "Pregled (2)"]
    page = workbook["Pregled"]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=3)] == [
        ["Kaj", "Število"], ["Stanje", None], ["sprejeta", 12], ["nova", 3], ["Spol", None], ["ženska", 15],
    ]  # fmt: skip
    assert page.auto_filter.ref is None
    assert page.page_setup.orientation == "portrait"


def test_names_numbers_and_no_rows(tmp_path: Path) -> None:
    columns = (Column("no", Words("Št."), "line_number"), Column("name", Words("Ime", "Name")))
    sheet = Sheet("x", Words("Seznam", "List"), columns, (Group(((None, Name("Žagar", "Tina")), (7, Name("Čuk")))),))
    page = written(sheet, tmp_path).active
    assert page["A1"].value == "Seznam / List"
    assert page["B3"].value == "Ime / Name"
    assert [(row[0].value, row[1].value) for row in page.iter_rows(min_row=4)] == [(1, "Žagar Tina"), (7, "Čuk")]
    empty = written(Sheet("x", Words("[Seznam]: *"), columns), tmp_path)
    assert empty.sheetnames == ["Seznam"]
    assert empty.active.max_row == 3


def test_the_same_list_makes_the_same_bytes(tmp_path: Path) -> None:
    write_xlsx(participants(), tmp_path / "a.xlsx")
    write_xlsx(participants(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
