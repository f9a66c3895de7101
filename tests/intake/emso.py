"""Invented EMŠO numbers for tests and samples, with a right check digit."""

from __future__ import annotations

import datetime as dt

WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def make_emso(born: dt.date, *, woman: bool = False, number: int = 0) -> str:
    """An EMŠO of nobody: register 50, the number within the day; it avoids the numbers that are never issued."""
    while True:
        first = f"{born:%d%m}{born.year % 1000:03}50{(500 if woman else 0) + number:03}"
        check = 11 - sum(int(d) * w for d, w in zip(first, WEIGHTS, strict=True)) % 11
        if check != 10:
            return f"{first}{0 if check == 11 else check}"
        number += 1
