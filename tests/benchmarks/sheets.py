"""How fast lists are written, as ratios against the bare libraries on the same rows in the same process."""

from __future__ import annotations

import datetime as dt
import statistics
import tempfile
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import documents
from mama_desktop.services.papers import SignInOptions, sign_in
from mama_desktop.sheets.pdf import print_pdf
from mama_desktop.sheets.sheet import Book, Column, Group, Name, Row, Sheet, Words
from mama_desktop.sheets.xlsx import write_xlsx
from mama_desktop.store.database import Actor
from mama_desktop.store.workspace import create_workspace
from tests.benchmarks.large import LARGE_EVENT, make_large
from tests.benchmarks.measuring import Figure, Measure, interleaved, note, ratio, seconds, sized, work_seconds

# 18 of them: words, dates, a number, choices of one and of several.
_COLUMNS = (
    "family_name", "given_name", "organisation", "town", "postal_code", "country", "email", "phone", "birth_date",
    "age", "gender", "status", "role", "arrival", "departure", "applied_at", "diet", "remarks",
)  # fmt: skip
_FAMILIES = "Bizjak Čater Ćosić Eriksson Hribar Kovač Kovačič Saar Šuštar Žagar Đurić Mlakar Zupančič".split()
_GIVENS = "Žan Špela Dario Linnea Neža Lucija Matija Kristjan Eva Tina Đorđe".split()
_ORGANISATIONS = (
    "Mladinski center Krško", "Center mladih Koper", "Udruga mladih Rijeka", "KEKS", "Zavod O",
    "Mladinski informativni in kulturni klub MIKK", "Mladinski center Dravinjske doline",
)  # fmt: skip
_TOWNS = "Krško Koper Rijeka Göteborg Trbovlje Tallinn Celje".split()


def list_from_database() -> list[Figure]:
    """10,000 registrations, 18 columns, from the database to .xlsx as the use case does it; and 1,000 in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        db = create_workspace(Path(folder, "list.mama"), actor=Actor("Ana", "here"))
        people = sized(10_000)
        db.write(make_large, people=people, events=2, registrations=people * 11 // 10, crowd=people, label=T("Large"))
        path, options = Path(folder, "list.xlsx"), {"columns": _COLUMNS}
        small = db.read(_other_event)

        def whole() -> None:
            documents.make(db, "participant-list", LARGE_EVENT, path, options=options)

        paper = db.read(
            documents.DOCUMENTS["participant-list"].make, db.read(documents.find_target, "event", LARGE_EVENT),
            language="sl", options=options, now=db.clock.now(), who="",
        )  # fmt: skip
        assert isinstance(paper.content, Book)
        sheet = paper.content.sheets[0]
        assert len(sheet.columns) == 18
        mine, bare = interleaved(whole, lambda: _bare_workbook(sheet, path), 5)
        few = statistics.median(
            seconds(lambda: documents.make(db, "participant-list", small, path, options=options)) for _ in range(3)
        )
        db.close()
    return [
        ratio("list of 10,000 × 18, database to .xlsx, against bare openpyxl write_only", mine, bare, 1.5),
        ("list of 1,000, database to .xlsx", few, 0.5, "s"),
    ]


def participant_list() -> list[Figure]:
    """10,000 people, 18 columns of which three are dates and two numbers: the writing alone, without the database."""
    large = _participants(sized(10_000))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx")
        mine, bare = interleaved(lambda: write_xlsx(large, path), lambda: _bare_workbook(large, path), 5)
    return [ratio("the same, the writing alone", mine, bare, 1.5)]


def sign_in_from_database() -> list[Figure]:
    """Four days, 1,000 people, one sheet, from the database to .pdf, against the bare table of the same names."""
    with tempfile.TemporaryDirectory() as folder:
        db = create_workspace(Path(folder, "sheet.mama"), actor=Actor("Ana", "here"))
        people = sized(1_000)
        db.write(make_large, people=people * 2, events=1, registrations=people, crowd=people, label=T("Large"))
        event_id = db.read(documents.find_target, "event", LARGE_EVENT)
        db.write(_ready_for_four_days, event_id, label=T("Four days"))
        options = SignInOptions(one_sheet=True)

        def whole() -> bytes:
            made = db.read(sign_in, event_id, now=db.clock.now(), sessions=(), language="sl", options=options)
            assert len(made.sheets) == 1
            return print_pdf(made.sheets[0].sheet)[0]

        sheet = _four_days(people)
        mine, bare = interleaved(whole, lambda: _bare_table(sheet), 5)
        db.close()
    return [ratio("four-day sign-in sheet of 1,000, database to .pdf, against bare reportlab", mine, bare, 2.0)]


def sign_in_sheet() -> list[Figure]:
    """Four days, 1,000 people: the printing alone."""
    sheet = _four_days(sized(1_000))
    mine, bare = interleaved(lambda: print_pdf(sheet), lambda: _bare_table(sheet), 5)
    return [ratio("the same, the printing alone", mine, bare, 2.0)]


def growth() -> list[Figure]:
    """Ten times the people, at most ten times the time: time per person at 10,000 over that at 1,000."""
    large, small = _four_days(sized(10_000)), _four_days(sized(1_000))
    # Processor seconds: a busy moment of the machine would fall on the long one alone.
    many = min(work_seconds(lambda: print_pdf(large)) for _ in range(3))
    few = min(work_seconds(lambda: print_pdf(small)) for _ in range(9))
    note(f"sign-in sheet of 10,000 people {many:.2f} s, of 1,000 people {few:.2f} s")
    return [("sign-in sheet, time per person at 10,000 over that at 1,000", many / few / 10, 1.2, "×")]


FIGURES: list[Measure] = [list_from_database, participant_list, sign_in_from_database, sign_in_sheet, growth]


def _other_event(session: Session) -> str:
    return session.scalars(select(Event.code).where(Event.code != LARGE_EVENT)).one()


def _ready_for_four_days(session: Session, event_id: str) -> None:
    """Four days from the first, and everybody accepted."""
    event = session.get_one(Event, event_id)
    assert event.starts_on is not None
    event.ends_on = event.starts_on + dt.timedelta(days=3)
    session.execute(delete(EventSession))
    session.execute(update(Registration).values(status="accepted"))


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
