"""What should not be stored: EMŠO, IBAN, and columns about health; found by their headings and by their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mama_desktop.domain.text import TN, Text, fold
from mama_desktop.intake.tables import Cell, as_text

MASKED_EMSO = "[EMŠO izpuščen]"
MASKED_IBAN = "[IBAN izpuščen]"
_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ENOUGH = 2_000
_THIRTEEN = re.compile(r"(?<![\d+])\d{13}(?!\d)")
# Almost every text is passed by these searches, the first written out because a repeated group takes twice as long.
_TWELVE = re.compile(r"[\s.-]?".join([r"\d"] * 12))
_LIKE_AN_IBAN = re.compile(r"[A-Z]{2}\d{2}")
_SCIENTIFIC = re.compile(r"^\d[.,]\d{1,12}E\+1[12]$", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_IBAN_LENGTH = {"SI": 19, "HR": 21, "AT": 20, "DE": 22, "IT": 27, "BE": 16, "SE": 24, "EE": 20, "FI": 18, "PT": 25}
_EMSO_WORDS = ("emso", "enotna maticna", "maticna stevilka obcana", "personal identification", "jmbg")
_IBAN_WORDS = ("iban", "trr", "transakcijski racun", "bancni racun", "bank account", "stevilka racuna")
_HEALTH_WORDS = (
    "alergij", "alergen", "intoleranc", "allerg", "zdravstven", "zdravje", "bolez", "invalid", "zdravil", "diagnoz",
    "medical", "health", "disab", "disease", "illness", "medication", "gibalno ovir", "posebne potrebe",
    "special needs", "dieta zaradi", "celiak", "astm", "nosecnost", "cepljen", "vaccin", "oviranost", "hendikep",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """What a column holds. kind: "emso", "iban" or "health". count: cells concerned. text: for the user."""

    kind: str
    count: int
    text: Text


def is_emso(digits: str) -> bool:
    """Whether 13 digits are an EMŠO: a real day of birth and the right check digit (facts.md 6.2)."""
    if len(digits) != 13 or not digits.isdigit():
        return False
    if birth_date_parts(digits) is None:
        return False
    rest = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False)) % 11
    check = 11 - rest
    return int(digits[12]) == (0 if check > 9 else check)


def birth_date_parts(digits: str) -> tuple[int, int, int] | None:
    """(year, month, day) in the first seven digits, None when they are no day."""
    day, month, short = int(digits[:2]), int(digits[2:4]), int(digits[4:7])
    year = short + (1000 if short >= 800 else 2000)
    if not (1 <= day <= 31 and 1 <= month <= 12) or year >= 2100:
        return None
    if month in (4, 6, 9, 11) and day == 31:
        return None
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if month == 2 and day > (29 if leap else 28):
        return None
    return year, month, day


def emso_in(cell: Cell) -> str:
    """The EMŠO a cell consists of, also one that lost its leading zero in Excel; "" when it is none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return ""
    words = re.sub(r"[\s.-]", "", as_text(cell))
    if not words.isdigit() or len(words) not in (12, 13):
        return ""
    digits = words.zfill(13)
    return digits if is_emso(digits) else ""


def birth_year_of(cell: Cell) -> int | None:
    """The year of birth in an EMŠO, the only thing that may be kept of it; None when the cell holds none."""
    digits = emso_in(cell)
    parts = birth_date_parts(digits) if digits else None
    return parts[0] if parts else None


def is_iban(words: str) -> bool:
    """Whether it is an international account number: length of its country and remainder 1 modulo 97."""
    bare = re.sub(r"\s", "", words).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare):
        return False
    if len(bare) != _IBAN_LENGTH.get(bare[:2], len(bare)):
        return False
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def mask(words: str, *, iban: bool = True) -> str:
    """The text without any EMŠO (never stored) and, unless insisted upon, without any IBAN."""
    if not (_TWELVE.search(words) or (iban and _LIKE_AN_IBAN.search(words))):
        return words
    masked = _THIRTEEN.sub(lambda m: MASKED_EMSO if is_emso(m.group()) else m.group(), words)
    if iban:
        masked = _IBAN.sub(lambda m: MASKED_IBAN if is_iban(m.group()) else m.group(), masked)
    return MASKED_EMSO if emso_in(masked) else masked


def is_health_heading(heading: str) -> bool:
    folded = fold(heading)
    return any(word in folded for word in _HEALTH_WORDS)


def examine(heading: str, cells: Sequence[Cell]) -> Finding | None:
    """What is sensitive in a column, by its heading and its filled cells."""
    folded = fold(heading)
    count = len(cells)
    # Some thousand tell what a column holds; a single number among other answers is masked one by one anyway.
    different = set(cells if count <= _ENOUGH else cells[:: count // _ENOUGH])
    emso = sum(1 for cell in different if _maybe_emso(cell) and emso_in(cell))
    if (emso and emso * 2 >= len(different)) or any(word in folded for word in _EMSO_WORDS):
        return Finding("emso", count, TN(
            "The column holds {count} EMŠO. It is never stored; only the year of birth can be taken from it.",
            "The column holds {count} EMŠO. They are never stored; only the years of birth can be taken from them.",
            count))  # fmt: skip
    mangled = sum(1 for cell in different if type(cell) is str and _SCIENTIFIC.match(cell))
    if mangled and mangled * 2 >= len(different):
        return Finding("emso", count, TN(
            "The column holds {count} number that Excel has cut short, perhaps an EMŠO. It is not stored.",
            "The column holds {count} numbers that Excel has cut short, perhaps EMŠO. They are not stored.",
            count))  # fmt: skip
    iban = any(type(cell) is str and len(cell) >= 15 and cell[2:4].isdigit() and is_iban(cell) for cell in different)
    if iban or any(re.search(rf"\b{word}\b", folded) for word in _IBAN_WORDS):
        return Finding("iban", count, TN(
            "The column holds {count} bank account. It is not stored unless you insist.",
            "The column holds {count} bank accounts. They are not stored unless you insist.", count))  # fmt: skip
    if is_health_heading(heading):
        return Finding("health", count, TN(
            "The column speaks of health ({count} answer). It is not stored unless you insist.",
            "The column speaks of health ({count} answers). They are not stored unless you insist.",
            count))  # fmt: skip
    return None


def _maybe_emso(cell: Cell) -> bool:
    if type(cell) is int:
        return cell > 10**10
    return type(cell) is str and 12 <= len(cell) <= 20 and cell[-1:].isdigit()
