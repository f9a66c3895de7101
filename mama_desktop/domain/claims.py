"""Claims of participants for travel costs: which status may follow which, and what may be paid of what is claimed."""

from __future__ import annotations

import re

from mama_desktop.domain.text import T, Text

# Which step may follow which: forward, and one step back for whatever was done by mistake.
_NEXT = {
    "made": frozenset({"returned", "refused"}),
    "returned": frozenset({"made", "approved", "refused"}),
    "approved": frozenset({"returned", "paid"}),
    "paid": frozenset({"approved"}),
    "refused": frozenset({"returned", "made"}),
}
# What stands on the paper may be changed until somebody has decided on it.
OPEN = frozenset({"made", "returned"})
# Costs a participant may claim: per diems belong to travel orders.
CLAIMED_KINDS = ("ticket", "mileage", "toll", "parking", "lodging", "other")
_SLOVENE_TAX_NUMBER = re.compile(r"[1-9]\d{7}")


def may_follow(status: str, following: str) -> bool:
    return following in _NEXT.get(status, frozenset())


def payable_cents(claimed_cents: int, most_cents: int | None) -> int:
    """What is claimed, cut at the most that is paid; None: there is no such limit."""
    return claimed_cents if most_cents is None else min(claimed_cents, most_cents)


def over_cents(claimed_cents: int, most_cents: int | None) -> int:
    """By how much a claim exceeds the most that is paid, 0 when it does not."""
    return claimed_cents - payable_cents(claimed_cents, most_cents)


def tax_number_fault(words: str) -> Text | None:
    """What is wrong with a Slovene tax number: eight digits, the last of which checks the others; a foreign one is
    any other word and is not checked. (Modulus 11 with weights 8 to 2; 10 becomes 0. ZDavP, as ministries publish it.)
    """
    plain = compact_tax_number(words)
    if not plain or not plain.isdigit():
        return None
    if not _SLOVENE_TAX_NUMBER.fullmatch(plain):
        return T("A Slovene tax number has eight digits.")
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(plain[:7], range(8, 1, -1), strict=True)) % 11
    check = 0 if rest == 10 else rest
    return None if check == int(plain[7]) else T("A digit of the tax number is wrong: its last digit does not agree.")


def compact_tax_number(words: str) -> str:
    """As it is kept: "SI 1234 5679" → "12345679"; a foreign one without spaces."""
    plain = re.sub(r"[\s.\-/]", "", words).upper()
    return re.sub(r"^SI(?=\d{8}$)", "", plain)
