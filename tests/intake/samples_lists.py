"""Sample files of people's own making: lists with titles and notes, old encodings, pasted tables, old workbooks."""

from __future__ import annotations

import datetime as dt
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.intake.emso import make_emso
from tests.intake.people import PEOPLE
from tests.intake.writing import FOLDER, save, write_book, write_csv
from tests.intake.xlsb import xlsb_of


def own_list() -> None:
    """The office's own: titles above, merged cells, headings in two rows, an EMŠO, notes below, a hidden sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Seznam"
    sheet["B1"] = "SEZNAM PRIJAVLJENIH – DELOVNI VIKEND EUYOU"
    sheet["B1"].font = Font(bold=True, size=14)
    sheet.merge_cells("B1:K1")
    sheet["B2"] = "Brežice, 13.–15. marec 2020"
    top = ["Zap. št.", "Priimek", "Ime", "EMŠO", "Organizacija", "Kontakt", None, "Rojen/-a", "Opombe"]
    low = [None, None, None, None, None, "telefon", "e-pošta", None, None]
    for place, (upper, lower) in enumerate(zip(top, low, strict=True), 2):
        sheet.cell(4, place, upper)
        sheet.cell(5, place, lower)
    sheet.merge_cells("G4:H4")
    for column in "BCDEFIJ":
        sheet.merge_cells(f"{column}4:{column}5")
    line = 6
    for number, person in enumerate(PEOPLE[:18]):
        if number == 9:
            line += 1
        emso = make_emso(person.born, woman=person.sex == "f", number=number)
        born: Any = person.born if number % 3 else f"{person.born.day}. {person.born.month}. {person.born.year}"
        values = [
            number + 1, person.family.upper(), person.given.upper(), int(emso) if emso.startswith("0") else emso,
            person.centre.name if number not in (1, 2) else None, person.phone, person.email, born,
            "vegetarijanec" if number == 5 else None,
        ]  # fmt: skip
        for place, value in enumerate(values, 2):
            sheet.cell(line, place, value)
        line += 1
    sheet.merge_cells("F6:F8")
    for empty in range(19, 22):
        sheet.cell(line, 2, empty)
        line += 1
    sheet.cell(line + 1, 2, "Opomba: prevoz plača organizator.")
    sheet.cell(line + 2, 2, "Skupaj:")
    sheet.cell(line + 2, 3, 18)
    hidden = book.create_sheet("Skrito")
    hidden.append(["Ime", "Priimek", "E-pošta"])
    hidden.append(["Skrita", "Oseba", "skrita@example.org"])
    hidden.sheet_state = "hidden"
    save(book, FOLDER / "seznam-delovni-vikend.xlsx")


def old_text() -> None:
    """windows-1250 with semicolons, day and month that cannot be told apart, an account and health."""
    rows: list[list[Any]] = [
        ["Ime", "Priimek", "Datum rojstva", "E-pošta", "Telefon", "Naslov", "Pošta", "TRR", "Zdravstvene posebnosti"]
    ]
    for number, person in enumerate(PEOPLE[2:14]):
        born = dt.date(person.born.year, person.born.month, person.born.day % 12 + 1)
        rows.append([
            person.given, person.family, f"{born.day}/{born.month}/{born.year}", person.email,
            "0" + person.phone[1:].replace(" ", ""), person.street, f"{person.centre.postal_code} {person.centre.town}",
            "SI56 1920 0123 4567 892" if number == 2 else "", "astma" if number == 7 else "",
        ])  # fmt: skip
    write_csv("prijave-stari-excel.csv", rows, separator=";", encoding="cp1250")


def pasted() -> None:
    """What Outlook and Word put on the clipboard."""
    rows = [["Ime in priimek", "Organizacija", "E-naslov"]] + [[p.name, p.centre.name, p.email] for p in PEOPLE[5:15]]
    cell = (
        '<td width=200 valign=top style="border:solid windowtext 1.0pt">'
        "<p class=MsoNormal><span lang=SL>{}<o:p></o:p></span></p></td>"
    )
    body = "\n".join("<tr>" + "".join(cell.format(value) for value in row) + "</tr>" for row in rows)
    (FOLDER / "outlook-tabela.html").write_text(
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><style>p.MsoNormal '
        "{margin:0cm}</style></head><body lang=SL><p class=MsoNormal>Pozdravljeni, pošiljamo prijave:</p>"
        f"<table class=MsoNormalTable border=1 cellspacing=0>\n{body}\n</table><p>Lep pozdrav</p></body></html>\n",
        encoding="utf-8",
    )
    (FOLDER / "outlook-tabela.txt").write_text("\n".join("\t".join(row) for row in rows) + "\n", encoding="utf-8")
    (FOLDER / "imena.txt").write_text("\n".join(f"{n}. {p.name}" for n, p in enumerate(PEOPLE[:10], 1)) + "\n", "utf-8")


def binary() -> None:
    rows = [["Ime", "Priimek", "E-pošta", "Organizacija"]]
    rows += [[p.given, p.family, p.email, p.centre.name] for p in PEOPLE[4:16]]
    (FOLDER / "prijave.xlsb").write_bytes(xlsb_of(rows))


def converted() -> None:
    """A true old .xls (BIFF 8) and an .ods, made by LibreOffice from the same small list."""
    rows: list[list[Any]] = [
        ["Priimek in ime", "Rojstni datum", "Mobitel", "Mail", "Mladinski center", "Kraj", "Prehrana"]
    ]
    for number, person in enumerate(PEOPLE[8:22]):
        rows.append([
            f"{person.family} {person.given}", person.born, person.phone, person.email, person.centre.name,
            person.centre.town,
            ("vse", "vegi", "")[number % 3],
        ])  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in (("seznam-stari-excel", "xls"), ("seznam-libreoffice", "ods")):
            source = Path(folder) / f"{name}.xlsx"
            write_book(source, {"List1": rows})
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                 "--outdir", str(FOLDER), str(source)],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
