"""Money as the records keep it, whole cents, and as people write it."""

from __future__ import annotations

import re
from decimal import Decimal

MOST_CENTS = 10**9
_SIGNS = re.compile(r"€|\beur\b|\s", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
_PLAIN = re.compile(r"[+-]?\d*[.,]?\d{1,2}|[+-]?\d+(?:[.,](?:\d{1,2}|-{1,2}|–)?)?")


def euros(cents: int | None) -> Decimal | None:
    """123456 → 1234.56; None stays None."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def read_cents(words: str) -> int | None:
    """1.234,50 €, 1234.5, €1,234.50, 15,- EUR → whole cents; None for nothing, ValueError for what is no sum of money.

    A single mark with three digits after it groups thousands, in whichever language: cents have two digits at most.
    """
    plain = _SIGNS.sub("", words.replace("\u2212", "-").replace("\u00a0", " "))
    if not plain:
        return None
    if grouped := _GROUPED.fullmatch(plain):
        if plain.lstrip("+-").startswith("0"):
            raise ValueError(words)
        plain = plain.replace(grouped[1], "")
    elif not _PLAIN.fullmatch(plain):
        raise ValueError(words)
    else:
        plain = plain.rstrip("-–")
    return int(Decimal(plain.replace(",", ".").rstrip(".")) * 100)
