"""How fast lists are written, as ratios against the bare libraries on the same rows in the same process."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mama_desktop.sheets.pdf import print_pdf
from mama_desktop.sheets.sheet import Column, Group, Name, Row, Sheet, Words
from mama_desktop.sheets.xlsx import write_xlsx

# What a figure is: its label, the value, its limit and the unit.
Figure = tuple[str, float, float, str]
_FAMILIES = "Bizjak Čater Ćosić Eriksson Hribar Kovač Kovačič Saar Šuštar Žagar Đurić Mlakar Zupančič".split()
_GIVENS = "Žan Špela Dario Linnea Neža Lucija Matija Kristjan Eva Tina Đorđe".split()
_ORGANISATIONS = (
    "Mladinski center Krško", "Center mladih Koper", "Udruga mladih Rijeka", "KEKS", "Zavod O",
    "Mladinski informativni in kulturni klub MIKK", "Mladinski center Dravinjske doline",
)  # fmt: skip
_TOWNS = "Krško Koper Rijeka Göteborg Trbovlje Tallinn Celje".split()


def participant_list() -> list[Figure]:
    """10,000 people, 18 columns, to .xlsx; and 1,000 people in seconds."""
    large, small = _participants(10_000), _participants(1_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx")
        mine, bare = _interleaved(lambda: write_xlsx(large, path), lambda: _bare_workbook(large, path), 3)
        few = statistics.median(_seconds(lambda: write_xlsx(small, path)) for _ in range(3))
    return [
        _ratio("participant list, 10,000 × 18, against bare openpyxl write_only", mine, bare, 1.5),
        ("participant list, 1,000 people", few, 0.5, "s"),
    ]


def sign_in_sheet() -> list[Figure]:
    """Four days, 1,000 people, to .pdf."""
    sheet = _four_days(1_000)
    mine, bare = _interleaved(lambda: print_pdf(sheet), lambda: _bare_table(sheet), 5)
    return [_ratio("four-day sign-in sheet, 1,000 people, against the bare reportlab table", mine, bare, 2.0)]


def growth() -> list[Figure]:
    """Ten times the people, at most ten times the time: time per person at 10,000 over that at 1,000."""
    large, small = _four_days(10_000), _four_days(1_000)
    many, few = _interleaved(lambda: print_pdf(large), lambda: print_pdf(small), 3)
    print(f"sign-in sheet growth: 10,000 people {many:.2f} s, 1,000 people {few:.2f} s")
    return [("sign-in sheet, time per person at 10,000 over that at 1,000", many / few / 10, 1.2, "×")]


FIGURES: list[Callable[[], list[Figure]]] = [participant_list, sign_in_sheet, growth]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _interleaved(mine: Callable[[], object], bare: Callable[[], object], times: int) -> tuple[float, float]:
    """Medians of both, run in turn, so that a busy moment of the machine meets both alike."""
    pairs = [(_seconds(mine), _seconds(bare)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _ratio(name: str, mine: float, bare: float, limit: float) -> Figure:
    print(f"{name}: measured {mine:.2f} s, bare {bare:.2f} s, ratio {mine / bare:.2f} (limit {limit})")
    return name, mine / bare, limit, "×"


def _participants(count: int) -> Sheet:
    kinds = {"no": "line_number", "born": "date", "age": "integer", "arrives": "date", "registered": "datetime"}
    keys = (
        "no family given organisation town postal country email phone born age gender status role arrives "
        "registered diet remarks"
    ).split()
    columns = tuple(Column(key, Words(key.capitalize()), kinds.get(key, "text")) for key in keys)  # type: ignore[arg-type]  # a plain dict of the literals
    rows: list[Row] = []
    for i in range(count):
        family, given = _FAMILIES[i % len(_FAMILIES)], _GIVENS[i % len(_GIVENS)]
        rows.append(
            (
                i + 1, f"{family}-{i}", given, _ORGANISATIONS[i % 7], _TOWNS[i % 7], f"{1000 + i % 9000:04}",
                "Slovenija", f"{i}@example.org", f"+386 41 {i:06}", dt.date(1990 + i % 15, 1 + i % 12, 9),
                15 + i % 15,
                "ženska", "sprejeta", "udeleženec", dt.date(2020, 4, 2), dt.datetime(2020, 3, 1, i % 24, i % 60),
                "vegetarijansko", None if i % 3 else "pride kasneje",
            )
        )  # fmt: skip
    return Sheet("participant-list", Words("Seznam udeležencev"), columns, (Group(tuple(rows)),))


def _four_days(count: int) -> Sheet:
    days = tuple(Column(f"day{i}", Words(f"{i + 2}. 4. 2020", f"{i + 2} Apr 2020"), "signature") for i in range(4))
    columns = (
        Column("no", Words(""), "line_number"),
        Column("name", Words("Priimek in ime", "Family and given name")),
        Column("organisation", Words("Organizacija", "Organisation")),
        Column("town", Words("Kraj", "Town")),
        *days,
    )
    rows: tuple[Row, ...] = tuple(
        (
            None,
            Name(f"{_FAMILIES[i % len(_FAMILIES)]} {_FAMILIES[i % 7]}", _GIVENS[i % len(_GIVENS)]),
            _ORGANISATIONS[i % 7],
            _TOWNS[i % 7],
            None, None, None, None,
        )
        for i in range(count)
    )  # fmt: skip
    return Sheet("sign-in", Words("Lista prisotnosti", "Attendance list"), columns, (Group(rows),), code="MAMA:K7Q2M")


def _bare_workbook(sheet: Sheet, path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    page = workbook.create_sheet()
    page.append([column.heading.first for column in sheet.columns])
    for row in sheet.groups[0].rows:
        page.append(row)
    workbook.save(path)


def _bare_table(sheet: Sheet) -> None:
    """The plain table of the library: the same strings, typeface, row height and repeated header row."""
    from io import BytesIO

    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

    from mama_desktop.sheets.typeface import REGULAR, fonts

    fonts()
    data = [[column.heading.first for column in sheet.columns]]
    data += [
        [f"{i}."] + ["" if value is None else str(value) for value in row[1:]]
        for i, row in enumerate(sheet.groups[0].rows, 1)
    ]
    table = LongTable(data, colWidths=[25, 150, 150, 90, 75, 75, 75, 75], rowHeights=30, repeatRows=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, HexColor("#C3CAD2")), ("FONT", (0, 0), (-1, -1), REGULAR, 8)])
    )
    SimpleDocTemplate(BytesIO(), pagesize=landscape(A4)).build([table])


if __name__ == "__main__":
    for figures in FIGURES:
        for figure in figures():
            print(figure)
