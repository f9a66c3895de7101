"""Reading tables: sheets, headings, encodings, separators, pasted text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from mama_desktop.domain.errors import OfficeError
from mama_desktop.intake import delimited, encoding
from mama_desktop.intake.opening import open_file, open_text
from mama_desktop.intake.reading import join_parts, read_file, read_parts
from mama_desktop.intake.tables import RawRow, Table, column_letter

ROWS = [["Ime", "Priimek", "E-pošta", "Telefon"], ["Ana", "Čuš", "ana@example.org", "040123456"],
        ["Žiga", "Đurić", "ziga@example.org", "031555666"], ["Špela", "Ćosić", "", "0038640111222"]]  # fmt: skip


def text_of(separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso8859-2"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encodings_and_separators(code: str, separator: str, tmp_path: Path) -> None:
    path = tmp_path / "prijave.txt"
    path.write_bytes(text_of(separator).encode(code))
    reading = read_file(path)
    assert [list(row.values) for row in reading.table.rows] == ROWS[1:]
    assert reading.table.headings == tuple(ROWS[0])
    assert reading.separator == separator


def test_western_letters_are_not_taken_for_ours() -> None:
    words = "Förnamn;Ort\r\nÅsa;Malmö\r\nJörg;Köln\r\nPäivi;Jyväskylä\r\n"
    assert encoding.decode(words.encode("cp1252"))[0] == words


@given(
    st.lists(st.sampled_from(["Čuš", "Šuštar", "Žiga", "Ana", "Kovačič", "Đurić", "Ćosić"]), min_size=3, max_size=30)
)
def test_either_central_european_page_gives_the_same_words(names: list[str]) -> None:
    words = "\n".join(names)
    assert encoding.decode(words.encode("cp1250"))[0] == words
    if any(c in "šžŠŽ" for c in words):
        assert encoding.decode(words.encode("iso8859-2"))[0] == words


_WORDS = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=12).filter(lambda s: s.strip())


@settings(max_examples=60)
@given(st.lists(st.lists(_WORDS, min_size=3, max_size=5), min_size=3, max_size=10), st.sampled_from(";\t,"))
def test_a_written_table_is_cut_as_it_was_written(rows: list[list[str]], separator: str) -> None:
    rows = [row[:3] for row in rows]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(delimited.cells(out.getvalue(), separator)) == [
        [c.removeprefix("'") if c[:2] in _MARKED else c for c in r] for r in rows
    ]


_MARKED = {f"'{c}" for c in "0123456789+=@-"}


def test_names_with_commas_are_still_lines() -> None:
    reading = open_text("Kovač, Ana\nŠuštar, Žiga\nČeh, Špela")
    assert len(reading.table.rows) == 3


def test_excel_says_its_separator_itself() -> None:
    reading = open_text("sep=;\r\nIme;Priimek\r\nAna;Kovač, Novak\r\n")
    assert reading.table.rows[0] == RawRow(3, ("Ana", "Kovač, Novak"))


def test_line_breaks_within_a_cell_do_not_count_as_rows() -> None:
    reading = open_text('Ime;Priimek;Opombe\nAna;Kovač;"prva\ndruga; in tretja"\nŽiga;Šuštar;\n')
    assert [row.line for row in reading.table.rows] == [2, 3]
    assert reading.table.rows[0].values[2] == "prva druga; in tretja"


def test_a_quotation_mark_left_open_does_not_swallow_the_file() -> None:
    lines = ["Ime;Priimek;Opombe", 'Ana;Kovač;"nekaj'] + [f"Oseba;Priimek{n};" for n in range(800)]
    assert len(open_text("\n".join(lines)).table.rows) == 801


def sheet_of(rows: list[list[object]], path: Path, *, merge: str = "") -> Table:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(path)
    return read_file(path).table


def test_titles_above_and_notes_below(tmp_path: Path) -> None:
    table = sheet_of(
        [["Seznam prijavljenih"], [], ["Klub MaMa", None, "april 2020"], [], [None, "Ime", "Priimek", None, "Telefon"],
         [None, "Ana", "Kovač", None, 40123456], [], [None, "Žiga", "Šuštar", None, "031 1"], [], ["Skupaj", 2],
         ["Opomba: prevoz plača organizator."]],
        tmp_path / "a.xlsx")  # fmt: skip
    assert table.headings == ("Ime", "Priimek", "Telefon")
    assert table.heading_lines == (5,)
    assert table.rows == (RawRow(6, ("Ana", "Kovač", 40123456)), RawRow(8, ("Žiga", "Šuštar", "031 1")))
    assert [line for line, _ in table.skipped] == [1, 3, 10, 11]
    assert table.columns == (1, 2, 4)


def test_what_is_merged_downwards_belongs_to_each_row(tmp_path: Path) -> None:
    table = sheet_of([["Organizacija", "Ime", "Priimek"], ["MC Brežice", "Ana", "Kovač"], [None, "Žiga", "Šuštar"],
                      ["MC Krško", "Špela", "Čeh"]], tmp_path / "a.xlsx", merge="A2:A3")  # fmt: skip
    assert [row.values[0] for row in table.rows] == ["MC Brežice", "MC Brežice", "MC Krško"]


def test_a_group_of_headings_is_joined_to_its_parts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Ime", "Priimek", "Prihod", None],
        [None, None, "datum", "ura"],
        ["Ana", "Kovač", "2. 4. 2020", "9.00"],
    ]
    table = sheet_of(rows, tmp_path / "a.xlsx", merge="C1:D1")
    assert table.headings[2:] == ("Prihod – datum", "Prihod – ura")


def test_hidden_sheets_are_left_alone_and_the_fullest_is_proposed(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Navodila"
    book.active.append(["Preberite navodila pred uporabo."])
    hidden = book.create_sheet("Skrito")
    hidden.append(["Ime", "Priimek", "E-pošta", "Telefon"])
    hidden.sheet_state = "hidden"
    good = book.create_sheet("Prijave")
    good.append(["Ime", "Priimek"])
    good.append(["Ana", "Kovač"])
    book.save(tmp_path / "a.xlsx")
    reading = open_file(tmp_path / "a.xlsx")
    assert [table.sheet for table in reading.tables] == ["Navodila", "Prijave"]
    assert reading.table.sheet == "Prijave"


def test_repeated_and_missing_headings_get_different_names(tmp_path: Path) -> None:
    table = sheet_of(
        [["Ime", "Priimek", None, "Company", "Company"], ["Ana", "Kovač", "x", "A", "B"]], tmp_path / "a.xlsx"
    )
    assert table.labels == ("Ime", "Priimek", "[C]", "Company", "Company (2)")
    assert column_letter(27) == "AB"


def test_pasted_table_of_word() -> None:
    reading = open_text(
        "<html><body><table><tr><td><p>Ime&nbsp;in<br>priimek</p></td><td>E-naslov</td></tr>"
        "<tr><td><b>Ana</b> Kovač</td><td rowspan=2>mc@example.org</td></tr>"
        "<tr><td>Žiga Šuštar</td></tr></table></body></html>"
    )
    assert reading.table.headings == ("Ime in priimek", "E-naslov")
    assert [row.values for row in reading.table.rows] == [
        ("Ana Kovač", "mc@example.org"),
        ("Žiga Šuštar", "mc@example.org"),
    ]


def test_pasted_lines_of_names() -> None:
    reading = open_text("1. Ana Kovač <ana@example.org>\n2. Žiga Šuštar\n\n- Špela Čeh (spela@example.org)")
    assert [row.values for row in reading.table.rows] == [
        ("Ana Kovač", "ana@example.org"), ("Žiga Šuštar", ""), ("Špela Čeh", "spela@example.org"),
    ]  # fmt: skip


def test_nothing_pasted() -> None:
    with pytest.raises(OfficeError, match="nothing to paste"):
        open_text(" \n ")


def test_reading_in_parts_is_the_same_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Ime;Priimek\n" + "\n".join(f"Ana;Kovač{n}" for n in range(1000)), encoding="utf-8")
    assert join_parts(list(read_parts(str(path)))) == read_file(path)


def test_old_macintosh_dates(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Ime", "Priimek", "Datum rojstva"])
    book.active.append(["Ana", "Kovač", 30000])
    book.save(tmp_path / "a.xlsx")
    assert read_file(tmp_path / "a.xlsx").table.epoch_1904
