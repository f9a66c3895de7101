"""Countries, postal codes and towns as people write them, alone or together in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from mama_desktop.domain.text import T, fold
from mama_desktop.intake import names
from mama_desktop.intake.meaning import NOTHING, SAYS_NOTHING, Meaning
from mama_desktop.intake.tables import Cell, as_text
from mama_desktop.intake.vocabulary import meanings, plain

_POSTAL = re.compile(
    r"^(?:([A-Z]{1,3})[-\s])?(\d{3,6}|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4}-\d{3}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})$"
)
_POSTAL_TOWN = re.compile(
    r"^(?:([A-Z]{1,3})[-\s])?(\d{3}\s\d{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{4,6})[\s,]+(\D.*)$", re.IGNORECASE
)
_TOWN_POSTAL = re.compile(r"^(\D+?)[\s,]+(?:([A-Z]{1,3})[-\s])?(\d{4,6})$", re.IGNORECASE)


def country(key: str, cell: Cell) -> Meaning:
    """ISO code of the country in a cell; an unknown one stays an extra answer."""
    words = as_text(cell)
    code = country_code(words)
    if code:
        return Meaning(((key, code),))
    if fold(words) in SAYS_NOTHING:
        return NOTHING
    return Meaning(notice=T("The country “{value}” is not known.", value=words), keep=True)


@lru_cache(maxsize=2000)
def country_code(words: str) -> str:
    """ISO 3166-1 alpha-2 of a country's Slovene or English name, common short form or code; "" when unknown."""
    said = plain(words)
    aliases = meanings("country")
    if said in aliases:
        return aliases[said]
    if len(words.strip()) == 2 and words.strip().upper() in _countries().values():
        return words.strip().upper()
    found = _countries().get(said)
    if found is None and "(" in words:
        found = _countries().get(plain(words.partition("(")[0]))
    return found or ""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from mama_desktop.i18n import country_names

    return {plain(name): code for territories in country_names().values() for code, name in territories.items()}


def postal_code(key: str, cell: Cell) -> Meaning:
    """1000, SI-1000, or with its town in the same cell."""
    words = as_text(cell).strip()
    match = _POSTAL.match(words.upper())
    if match:
        return Meaning((*_of_country(match[1]), (key, match[2])))
    both = _POSTAL_TOWN.match(words)
    if both:
        return Meaning((*_of_country(both[1]), (key, both[2]), ("town", _town_name(both[3]))))
    return NOTHING if fold(words) in SAYS_NOTHING else Meaning(((key, words[:20]),), keep=len(words) > 20)


def postal_and_town(_key: str, cell: Cell) -> Meaning:
    """8270 Krško, SI-1000 Ljubljana, Ljubljana 1000, or only one of the two."""
    words = as_text(cell).strip()
    if match := _POSTAL_TOWN.match(words):
        return Meaning((*_of_country(match[1]), ("postal_code", match[2]), ("town", _town_name(match[3]))))
    if match := _TOWN_POSTAL.match(words):
        return Meaning((*_of_country(match[2]), ("postal_code", match[3]), ("town", _town_name(match[1]))))
    if words.isdigit():
        return Meaning((("postal_code", words),))
    return Meaning((("town", _town_name(words)),)) if fold(words) not in SAYS_NOTHING else NOTHING


def _of_country(prefix: str | None) -> tuple[tuple[str, str], ...]:
    code = country_code(prefix) if prefix else ""
    return (("country", code),) if code else ()


def town(key: str, cell: Cell) -> Meaning:
    """A town; a postal code before it is taken too."""
    words = as_text(cell).strip()
    if key == "town" and _POSTAL_TOWN.match(words):
        return postal_and_town(key, cell)
    return Meaning(((key, _town_name(words)),)) if fold(words) not in SAYS_NOTHING else NOTHING


def _town_name(words: str) -> str:
    bare = words.strip(" ,.;")
    return names.proper_case(bare) if len(bare) > 3 else bare
