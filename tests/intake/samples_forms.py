"""Sample files of forms: the office's own, Google, Microsoft, 1KA; with the faults of real ones."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.intake.people import CENTRES, PEOPLE
from tests.intake.writing import FOLDER, plain_letters, write_book, write_csv


def klub_mama() -> None:
    """The office's own Google form, with everything that goes wrong in one."""
    head = [
        "Časovni žig", "E-poštni naslov", "Ime in priimek udeleženca/-ke", "Organizacija (mladinski center)",
        "Funkcija v organizaciji", "Mobilni telefon", "Pošta in kraj", "Datum prihoda", "Datum odhoda",
        "Prehranske posebnosti", "Alergije in intolerance", "Ali potrebujete prenočišče?", "Kako boste prišli?",
        "Želite še kaj sporočiti?",
    ]  # fmt: skip
    rows: list[list[Any]] = [head]
    start = dt.datetime(2020, 2, 10, 8, 12, 5)
    meals = ("", "vse", "Vegetarijansko", "vegansko", "jem vse", "brez laktoze", "Vegetarijansko, brez glutena", "/")
    ways = ("z vlakom", "z avtom", "z avtobusom", "skupni prevoz")
    for number, person in enumerate(PEOPLE[:22]):
        rows.append([
            start + dt.timedelta(hours=7 * number, minutes=11 * number, seconds=37 * number),
            person.email, person.name, person.centre.name, person.function, person.phone,
            f"{person.centre.postal_code} {person.centre.town}",
            dt.datetime(2020, 4, 2), dt.datetime(2020, 4, 3), meals[number % len(meals)],
            {3: "oreščki", 9: "laktozna intoleranca", 14: "cvetni prah"}.get(number, ""),
            ("da", "ne")[number % 2], ways[number % 4], "",
        ])  # fmt: skip
    rows[3][2] = plain_letters(PEOPLE[2].name)
    rows[4][2] = PEOPLE[3].name.upper()
    rows[5][2] = f"  {PEOPLE[4].given}   {PEOPLE[4].family} "
    rows[6][5] = int(PEOPLE[5].phone.replace(" ", ""))
    rows[7][5] = "+386 " + PEOPLE[6].phone[1:]
    rows[8][6] = "SI-8270 Krško"
    rows[9][7] = "2. april"
    rows[10][7], rows[10][8] = "3. 4. 2020", "3. 4. 2020"
    rows[11][13] = "Pridem z zamudo, okoli 11. ure.\nProsim za prostor na parkirišču."
    rows[12][1] = rows[13][1] = "info@mc-brezice.example.org"
    rows[14][1] = "sara.novak@example"
    rows[15][9] = "ne jem rib"
    rows[16][2] = f"{PEOPLE[15].name}"
    rows[17][3] = "MC Brezice"
    rows[18][2] = f"mag. {PEOPLE[17].name}"
    # Brother and sister on one address, one who signed up again and changed her mind, and somebody without a name.
    rows.append([dt.datetime(2020, 2, 18, 9, 1, 44), "druzina.zupan@example.org", "Neža Zupan", CENTRES[4].name,
                 "prostovoljka", "041 555 014", "8000 Novo mesto", dt.datetime(2020, 4, 2), dt.datetime(2020, 4, 3),
                 "vse", "", "da", "z avtom", ""])  # fmt: skip
    rows.append([dt.datetime(2020, 2, 18, 9, 3, 2), "druzina.zupan@example.org", "Jakob Zupan", CENTRES[4].name,
                 "prostovoljec", "041 555 014", "8000 Novo mesto", dt.datetime(2020, 4, 2), dt.datetime(2020, 4, 3),
                 "vse", "", "da", "z avtom", ""])  # fmt: skip
    again = list(rows[1])
    again[0], again[9], again[11], again[13] = (
        dt.datetime(2020, 2, 20, 16, 40, 9),
        "vegansko",
        "ne",
        "Popravljam prijavo.",
    )
    rows.append(again)
    rows.append([dt.datetime(2020, 2, 21, 10, 0, 1), "pisarna@example.org", "", CENTRES[6].name, "", "", "", "",
                 "", "", "",
                 "ne", "", "Ime sporočimo naknadno."])  # fmt: skip
    write_book(FOLDER / "prijave-klub-mama.xlsx", {"Odzivi na obrazec 1": rows})


def google_english() -> None:
    """Checkbox answers joined by ;, a grid question, a line break in a question, month first."""
    rows: list[list[Any]] = [[
        "Timestamp", "Email Address", "First name", "Last name", "Date of birth", "Country", "Sending organisation",
        "Dietary requirements", "Which workshops interest you?", "Rate your experience [Youth work]",
        "Anything else?\n(travel, roommates, allergies)",
    ]]  # fmt: skip
    people = PEOPLE[24:36]
    for number, person in enumerate(people):
        at = dt.datetime(2020, 1, 20, 19, 10, 37) + dt.timedelta(days=3 * number, minutes=17 * number)
        born = person.birth_date
        rows.append([
            f"{at.month}/{at.day}/{at.year} {at:%H:%M:%S}", person.email, person.given, person.family,
            f"{born.month}/{born.day}/{born.year}", person.country, person.centre_name,
            ("Vegetarian", "None", "Gluten free", "")[number % 4], "Logbook;Participation, rights",
            "good", "" if number else "I arrive a day early, late at night",
        ])  # fmt: skip
    write_csv("google-forms-en.csv", rows)


def google_slovene() -> None:
    rows: list[list[Any]] = [[
        "Časovni žig", "E-naslov", "Ime", "Priimek", "Leto rojstva", "Spol", "Občina", "Mladinski center", "Telefon",
        "Način prehrane",
    ]]  # fmt: skip
    for number, person in enumerate(PEOPLE[6:20]):
        at = dt.datetime(2020, 2, 3, 7, 55) + dt.timedelta(hours=5 * number)
        rows.append([
            at, person.email, plain_letters(person.given) if number == 4 else person.given, person.family,
            person.born.year,
            {"f": "ženski", "m": "moški"}[person.sex] if number != 7 else "Ne želim povedati",
            "MOL" if number == 3 else person.centre.town, person.centre.name, person.phone,
            ("vegetarijansko", "vse", "")[number % 3],
        ])  # fmt: skip
    write_book(FOLDER / "google-forms-sl (Odgovori).xlsx", {"Odgovori na obrazec 1": rows})


def microsoft_english() -> None:
    """Signed in: the tool's own e-mail and name beside the questions."""
    rows: list[list[Any]] = [[
        "ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "Phone number", "Organisation",
        "Role in the organisation", "Country of residence", "Age group", "Workshops",
    ]]  # fmt: skip
    for number, person in enumerate(PEOPLE[24:34]):
        at = dt.datetime(2020, 2, 5, 9, 30) + dt.timedelta(hours=9 * number)
        rows.append([
            number + 1, at, at + dt.timedelta(minutes=4, seconds=9), person.email, person.name, None, person.phone,
            person.centre_name, person.function_en, person.country, ("18-24", "25-30", "30+")[number % 3],
            "Logbook;Human rights;",
        ])  # fmt: skip
    write_book(FOLDER / "microsoft-forms-en.xlsx", {"Form1": rows})


def microsoft_slovene() -> None:
    """Anonymous: everybody's e-mail is `anonymous`, the real one is a question."""
    rows: list[list[Any]] = [[
        "ID", "Začetni čas", "Čas dokončanja", "E-pošta", "Ime", "Vpišite svoje ime in priimek",
        "Na kateri e-naslov vam lahko pišemo?", "Iz katere organizacije prihajate?", "Telefonska številka",
        "Vrsta prehrane",
    ]]  # fmt: skip
    for number, person in enumerate(PEOPLE[10:22]):
        at = dt.datetime(2020, 2, 12, 14, 2) + dt.timedelta(hours=4 * number)
        rows.append([
            number + 1, at, at + dt.timedelta(minutes=3), "anonymous", None, person.name, person.email,
            person.centre.name, person.phone, ("vegetarijansko;", "mesno;", "vegansko;brez glutena;")[number % 3],
        ])  # fmt: skip
    write_book(FOLDER / "microsoft-forms-sl.xlsx", {"Sheet1": rows})


def one_ka() -> None:
    """Two heading rows, every value an Excel text formula, and the same as HTML that calls itself .xls."""
    variables = [
        "recnum",
        "status",
        "lurker",
        "itime",
        "ime",
        "priimek",
        "email",
        "telefon",
        "Q5",
        "Q6",
        "Q7a",
        "Q7b",
        "Q8",
    ]
    texts = [
        "Record number", "Status", "Prazna", "Datum", "Ime", "Priimek", "E-pošta", "Telefon",
        "Iz katerega mladinskega centra prihajaš?", "Leto rojstva", "Prevoz: potrebujem", "Prevoz: ponujam", "Spol",
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for number, person in enumerate(PEOPLE[:16]):
        at = dt.datetime(2020, 2, 20, 8, 0) + dt.timedelta(minutes=95 * number)
        status, lurker = (5, 0) if number % 5 == 4 else (6, 0)
        rows.append([
            number + 1, status, lurker, f"{at:%d.%m.%Y %H:%M}", person.given, person.family, person.email,
            "-1" if number % 4 == 1 else person.phone, person.centre.name, "-99" if number == 6 else person.born.year,
            1 if number % 3 == 0 else "-2", 0, {"f": "Ženski", "m": "Moški"}[person.sex],
        ])  # fmt: skip
    for number, (status, lurker) in enumerate([(4, 0), (3, 1), (5, 1)]):
        rows.append([17 + number, status, lurker, "21.02.2020 10:00", *["-3"] * 9])
    lines = [";".join([*variables, ""]), ";".join([*(f'"{t}"' for t in texts), ""])]
    lines += [";".join([*(f'="{value}"' for value in row), ""]) for row in rows]
    (FOLDER / "anketa31415-2020-02-21.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode())
    html = ["<table border='1'>"]
    html += ["<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in (variables, texts, *rows)]
    html.append("</table>")
    (FOLDER / "anketa31415-2020-02-21.xls").write_bytes(b"\xef\xbb\xbf" + "\n".join(html).encode())
