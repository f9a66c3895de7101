"""Rows with a problem go out as a workbook and come back mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from mama_desktop.domain.text import T
from mama_desktop.intake.candidates import candidates
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.reading import read_file
from mama_desktop.intake.tables import RawRow, Table
from mama_desktop.services import column_mapping
from mama_desktop.services.problem_file import save_problem_rows

EMSO = "0101006500006"
NOW = dt.datetime(2020, 3, 2, 9, 0)
TABLE = Table(
    "Odgovori",
    (1,),
    ("Ime in priimek", "E-pošta", "Datum rojstva", "Poštna številka", "Majica", "Majica", "EMŠO"),
    (
        RawRow(2, ("Ana Novak", "ana@example.org", dt.date(2000, 5, 6), "0820", 3, "M", EMSO)),
        RawRow(3, ("Eva Kos", "eva", dt.date(2001, 5, 6), "8270", 4, "=1+1", EMSO)),
        RawRow(5, ("", "tim@example.org", "", "8270", "velika", "", int(EMSO))),
    ),
)


def test_problem_rows_come_back_with_their_own_columns(tmp_path: Path) -> None:
    path = tmp_path / "popraviti.xlsx"
    reasons = {3: (T("“{value}” is not an e-mail address.", value="eva"),), 5: (T("Nobody is named in this row."),)}
    assert save_problem_rows(TABLE, reasons, path, now=NOW, language="en") == 2
    back = read_file(path).table
    assert back.headings == (
        "Ime in priimek", "E-pošta", "Datum rojstva", "Poštna številka", "Majica", "Majica (2)", "EMŠO",
        "Why it was not taken in",
    )  # fmt: skip
    assert back.rows[0].values[-1] == "“eva” is not an e-mail address"
    assert back.rows[0].values[2:6] == (dt.date(2001, 5, 6), "8270", "4", "=1+1")
    assert EMSO not in str(back) + "".join(str(r) for r in openpyxl.load_workbook(path).worksheets[0].values)
    mapping = recognise(back, column_mapping.targets())
    assert mapping.columns[-1].key == "computed:reason"
    read = candidates(back, mapping, choices=column_mapping.choices())
    assert read.rows[0].answers == {"E-pošta": "eva", "Majica": "4", "Majica (2)": "=1+1"}
    assert [row.blocked for row in read.rows] == [False, True]
