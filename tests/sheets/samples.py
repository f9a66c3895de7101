"""Sheets for the tests: a sign-in sheet and a participant list, of any length."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from PIL import Image

from mama_desktop.sheets.sheet import Column, Fact, Group, Name, Row, Sheet, Total, Words

PEOPLE = (
    (Name("Bizjak", "Žan"), "Mladinski center Krško", "Krško, SI"),
    (Name("Čater", "Špela"), "Center mladih Koper", "Koper, SI"),
    (Name("Ćosić", "Dario"), "Udruga mladih Rijeka", "Rijeka, HR"),
    (Name("Đurić", "Đorđe"), "Udruženje „Omladina za mir“", "Novi Sad, RS"),
    (Name("Eriksson", "Linnea"), "KEKS", "Göteborg, SE"),
    (Name("Hribar", "Neža"), "Mladinski informativni in kulturni klub MIKK", "Murska Sobota, SI"),
    (Name("Rodríguez-Hernández de la Torre", "María del Carmen"), "Zavod O", "Škofja Loka, SI"),
    (
        Name("Šuštar", "Eva"),
        "Javni zavod za mladinske dejavnosti, turizem, kulturo in šport Občine Sveti Jurij v Slovenskih goricah",
        "Sveti Jurij v Slovenskih goricah, SI",
    ),
)
CREATED = dt.datetime(2020, 3, 30, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def logo(colour: str = "#0B6E69") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (300, 100), colour).save(data, "PNG")
    return data.getvalue()


def sign_in(count: int, *, days: int = 1, both: bool = True, staff: int = 0, **changes: Any) -> Sheet:
    """A sign-in sheet of `count` people and `staff` in a group of their own."""

    def words(first: str, second: str) -> Words:
        return Words(first, second if both else "")

    rows: list[Row] = [(None, *PEOPLE[i % len(PEOPLE)], *((None,) * days)) for i in range(count + staff)]
    groups: tuple[Group, ...] = (Group(tuple(rows[:count])),)
    if staff:
        groups += (Group(tuple(rows[count:]), words("Predavatelji in osebje", "Speakers and staff")),)
    signatures = tuple(
        Column(f"signature_{i}", words("Podpis", "Signature") if days == 1 else Words(f"{i + 2}. 4."), "signature")
        for i in range(days)
    )
    values: dict[str, Any] = {
        "heading_right": words("četrtek, 2. april 2020", "Thursday, 2 April 2020"),
        "facts": (
            Fact(words("Dogodek", "Event"), "Klub MaMa in Zbor MaMa 2020", strong=True),
            Fact(words("Kraj", "Venue"), "Mladinski center Krško, 8270 Krško"),
            Fact(words("Čas", "Time"), "10.00–17.30"),
        ),
        "totals": (
            Total(words("Prisotnih na tej strani", "Present on this page"), each_page=True),
            Total(words("Skupaj", "Total")),
        ),
        "signatures": (words("Organizator (ime, podpis, žig)", "Organiser (name, signature, stamp)"),),
        "notices": ("Osebne podatke obdelujemo zaradi izvedbe dogodka in poročanja financerju.",),
        "funding": ("Program sofinancira Urad Republike Slovenije za mladino.",),
        "logos_left": (logo(),),
        "logos_right": (logo("#1F5FBF"),),
        "blank_rows": 4,
        "code": "MAMA:K7Q2M",
        "footer_left": "2020-04-klub · 1. dan · izdaja 2, 30. 3. 2020 · K7Q2M",
        "page_word": words("stran {page} od {pages}", "page {page} of {pages}"),
        "author": "Zavod Mladinska mreža MaMa",
        "created": CREATED,
    }
    columns = (
        Column("no", Words(""), "line_number"),
        Column("name", words("Priimek in ime", "Family and given name")),
        Column("organisation", words("Organizacija", "Organisation")),
        Column("town", words("Kraj, država", "Town, country")),
        *signatures,
    )
    values["groups"] = groups
    return Sheet("sign-in", words("Lista prisotnosti", "Attendance list"), columns, **(values | changes))


def participants(*rows: Row, language: str = "sl", **changes: Any) -> Sheet:
    """A participant list with one column of each kind; without rows given it has one ordinary one."""
    columns = (
        Column("no", Words("Zap. št."), "line_number"),
        Column("family", Words("Priimek")),
        Column("phone", Words("Telefon")),
        Column("postal", Words("Poštna številka")),
        Column("born", Words("Datum rojstva"), "date"),
        Column("registered", Words("Prijava"), "datetime"),
        Column("from", Words("Od"), "time"),
        Column("fee", Words("Kotizacija"), "money"),
        Column("age", Words("Starost"), "integer"),
        Column("vegetarian", Words("Vegetarijansko"), "yesno"),
        Column("remarks", Words("Opombe")),
    )
    given: tuple[Row, ...] = rows or (
        (
            None, "Žagar", "+386 41 123 456", "0900", dt.date(1999, 3, 4), dt.datetime(2020, 3, 1, 9, 5),
            dt.time(9, 30), Decimal("1234.50"), 21, True, "=1+1",
        ),
    )  # fmt: skip
    values: dict[str, Any] = {
        "groups": (Group(given),),
        "facts": (Fact(Words("Dogodek"), "Klub MaMa", strong=True), Fact(Words("Projekt"), "Redna dejavnost")),
        "heading_right": Words("2.–3. april 2020"),
        "page_word": Words("stran {page} od {pages}"),
        "footer_left": "2020-04-klub & co",
        "author": "Zavod Mladinska mreža MaMa",
        "created": CREATED,
        "tab": "Udeleženci",
        "language": language,
    }
    return Sheet("participant-list", Words("Seznam udeležencev"), columns, **(values | changes))
