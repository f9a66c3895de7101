"""A list of people from outside, read only to look for duplicates in it: no workspace, nothing is kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from mama_desktop.domain.duplicates import PersonCard
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.intake.dates import parse_date
from mama_desktop.intake.headings import recognise
from mama_desktop.intake.names import split_full_name
from mama_desktop.intake.opening import open_file
from mama_desktop.intake.tables import Cell, Table
from mama_desktop.intake.vocabulary import KINDS, meanings, plain
from mama_desktop.services.column_mapping import targets

# What lists of people have that a registration form has not, and how registers of other countries call things.
_HEADINGS = {
    "key": "rec id|id|key|record id|zap st|zaporedna stevilka|st|no|sifra",
    "number": "soc sec id|social security number|emso|davcna stevilka|tax number|personal number|maticna stevilka",
    "given_name": "given name|first name|ime", "family_name": "surname|last name|family name|priimek",
    "birth_date": "date of birth|birth date|dob|datum rojstva", "house": "street number|house number|hisna stevilka",
    "street": "address 1|address|street|ulica|naslov", "town": "suburb|town|city|kraj",
    "postal_code": "postcode|postal code|zip|postna stevilka",
}  # fmt: skip
_KNOWN = {heading: key for key, headings in _HEADINGS.items() for heading in headings.split("|")}


def people_of_file(path: str | os.PathLike[str]) -> list[PersonCard]:
    """A card for each row; its key is that of a column like ID, else "line 12". OfficeError when it is no such list."""
    table = open_file(path).table
    columns = _columns(table)
    if not columns.keys() & {"family_name", "given_name", "full_name"}:
        raise OfficeError(
            T("No column with names was found in “{file}”.", file=os.fspath(path)),
            todo=T("The first row has to say what the columns are: given name, family name, birth date …"),
        )
    has_keys = "key" in columns and _all_different(table, columns["key"])
    return [_card(row.line, row.values, columns, has_keys) for row in table.rows]


def _columns(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, heading in enumerate(table.headings):
        key = _KNOWN.get(plain(heading))
        if key is not None:
            found.setdefault(key, place)
    for column in recognise(table, targets()).columns:
        if column.key in KINDS and column.index not in found.values():
            found.setdefault(column.key, column.index)
    return found


def _all_different(table: Table, place: int) -> bool:
    values = [row.values[place] for row in table.rows]
    return len(set(values)) == len(values) and "" not in values


def _card(line: int, values: Sequence[Cell], columns: dict[str, int], has_keys: bool) -> PersonCard:
    def of(key: str) -> Any:
        place = columns.get(key)
        return values[place] if place is not None and place < len(values) else ""

    given, family = str(of("given_name")).strip(), str(of("family_name")).strip()
    if not (given or family) and of("full_name"):
        given, family = split_full_name(str(of("full_name")))
    street = f"{of('street')} {of('house')}".strip()
    gender = meanings("gender").get(plain(str(of("gender"))), "")
    return PersonCard(
        str(of("key")).strip() if has_keys else f"line {line}",
        given,
        family,
        _birth(of("birth_date")) or _birth(of("birth_year")),
        tuple(filter(None, [str(of("email")).strip()])),
        tuple(filter(None, [str(of("phone")).strip()])),
        street,
        str(of("postal_code")).strip(),
        str(of("town")).strip(),
        str(of("organisation")).strip().casefold(),
        gender,
        str(of("number")).strip(),
    )


def _birth(cell: Cell) -> str:
    """Eight digits as they are (a register's 19081209, be it no day of any calendar), a date, or a year."""
    digits = str(cell).strip()
    if digits.isdigit() and len(digits) in (4, 8) and digits[:2] in ("18", "19", "20"):
        return digits
    day = parse_date(cell)
    return f"{day:%Y%m%d}" if day else ""
