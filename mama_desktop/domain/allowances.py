"""Mileage and what it has in common with per diems: the rate valid on a day, how sure it is, one rule of rounding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mama_desktop.domain.text import T, Text

# Amounts of rates are hundredths of a cent (0.37 € a km is 3,700), as in the workspace's table; amounts paid are cents.
PER_CENT = 100


@dataclass(frozen=True)
class AllowanceRow:
    """A rate valid from a day to a day, both included; `valid_to` None: until another comes.

    item: mileage, per_diem_over_12h, per_diem_8_12h, per_diem_6_8h, per_diem_abroad (of `country`).
    """

    item: str
    country: str
    valid_from: dt.date
    valid_to: dt.date | None
    amount: int
    unit: str = ""
    certainty: str = "C"
    source: str = ""


@dataclass(frozen=True)
class DoubtfulPeriod:
    """Days, both included, on which the rate of some items is known to be in doubt."""

    first: dt.date
    last: dt.date
    items: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True)
class AllowanceLine:
    """One line of a settlement: quantity (days or km) × unit (hundredths of a cent) = amount_cents.

    kind: mileage or per-diem. certainty: A, B or C (to be confirmed), the weaker of the rate's and the rule's.
    """

    kind: str
    what: Text
    quantity: float
    unit: int
    amount_cents: int
    day: dt.date
    certainty: str
    source: str


@dataclass(frozen=True)
class Allowances:
    """What a trip is worth. warnings: what is to be confirmed. missing: what has no rate and was not reckoned."""

    lines: tuple[AllowanceLine, ...] = ()
    warnings: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()

    @property
    def total_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines)

    def __add__(self, other: Allowances) -> Allowances:
        warnings = dict.fromkeys(self.warnings + other.warnings)
        return Allowances(self.lines + other.lines, tuple(warnings), self.missing + other.missing)


def half_up(amount: int, divisor: int) -> int:
    """The one rule of rounding: to the nearest whole, a half upwards. For amounts that are not negative."""
    return (2 * amount + divisor) // (2 * divisor)


def rate_on(rates: Iterable[AllowanceRow], item: str, country: str, day: dt.date) -> AllowanceRow | None:
    """The rate valid on a day, never the nearest one; the newest where two overlap."""
    here = [
        r
        for r in rates
        if (r.item, r.country) == (item, country) and r.valid_from <= day and (r.valid_to is None or day <= r.valid_to)
    ]
    return max(here, key=lambda r: r.valid_from, default=None)


def certainty_on(row: AllowanceRow, day: dt.date, doubtful: Iterable[DoubtfulPeriod]) -> str:
    """A, B or C. "A amount, C end date" is C only in the days of which the doubt is; a rate confirmed since is sure."""
    if row.certainty in ("A", "B"):
        return row.certainty
    if row.certainty.startswith(("A", "B")):
        in_doubt = any(d.first <= day <= d.last and row.item in d.items for d in doubtful)
        return "C" if in_doubt else row.certainty[0]
    return "C"


def to_be_confirmed(day: dt.date) -> Text:
    return T("The rate on {day} is to be confirmed.", day=day)


def mileage(
    km: float, day: dt.date, rates: Sequence[AllowanceRow], doubtful: Sequence[DoubtfulPeriod] = ()
) -> Allowances:
    """Kilometres of one's own car by the rate valid on the day of the trip."""
    rate = rate_on(rates, "mileage", "SI", day)
    if rate is None:
        return Allowances(missing=(T("There is no mileage rate for {day}.", day=day),))
    certainty = certainty_on(rate, day, doubtful)
    # The kilometres as they are written (12.35 is 12.35), not as the machine keeps them.
    exact = Decimal(str(km)) * rate.amount
    thousandths = int(exact * 1000)
    cents = half_up(thousandths, 1000 * PER_CENT)
    line = AllowanceLine("mileage", T("Mileage, own car"), km, rate.amount, cents, day, certainty, rate.source)
    return Allowances((line,), (to_be_confirmed(day),) if certainty == "C" else ())
