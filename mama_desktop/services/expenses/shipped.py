"""The rates and rules that the program brings along as data, read once into plain values."""

from __future__ import annotations

import csv
import datetime as dt
import json
from decimal import Decimal
from functools import lru_cache

from mama_desktop import resources
from mama_desktop.domain.allowances import AllowanceRow
from mama_desktop.domain.per_diem import PerDiemRules, rules_from
from mama_desktop.domain.travel_bands import BandRate, TravelDayRule


@lru_cache(maxsize=1)
def shipped_travel_rates() -> tuple[BandRate, ...]:
    """resources/data/erasmus_travel_rates.csv: empty amounts are None."""
    return tuple(
        BandRate(
            programme=r["programme"],
            action=r["action"],
            call_year_from=int(r["call_year_from"]),
            call_year_to=int(r["call_year_to"]) if r["call_year_to"] else None,
            km_from=float(r["km_from"]),
            km_below=float(r["km_below"]) if r["km_below"] else None,
            standard_cents=_cents(r["standard_eur"]),
            green_cents=_cents(r["green_eur"]),
            certainty=r["certainty"],
            source=r["source"],
        )
        for r in _rows("erasmus_travel_rates.csv")
    )


@lru_cache(maxsize=1)
def shipped_travel_days() -> tuple[TravelDayRule, ...]:
    """resources/data/travel_days.csv: how many travel days are funded at most."""
    return tuple(
        TravelDayRule(
            programme=r["programme"],
            action=r["action"],
            call_year_from=int(r["call_year_from"]),
            call_year_to=int(r["call_year_to"]) if r["call_year_to"] else None,
            standard_days=int(r["standard_days"]),
            green_days=int(r["green_days"]),
            certainty=r["certainty"],
            source=r["source"],
        )
        for r in _rows("travel_days.csv")
    )


@lru_cache(maxsize=1)
def shipped_allowances() -> tuple[AllowanceRow, ...]:
    """resources/data/si_travel_rates.csv: mileage and per diems, amounts in hundredths of a cent."""
    return tuple(
        AllowanceRow(
            item=r["item"],
            country=r["country"],
            valid_from=dt.date.fromisoformat(r["valid_from"]),
            valid_to=dt.date.fromisoformat(r["valid_to"]) if r["valid_to"] else None,
            amount=int(Decimal(r["amount_eur"]) * 10_000),
            unit=r["unit"],
            certainty=r["certainty"],
            source=r["source"],
        )
        for r in _rows("si_travel_rates.csv")
    )


@lru_cache(maxsize=1)
def shipped_per_diem_rules() -> PerDiemRules:
    """resources/data/per_diem_rules.json: bands of hours, deductions for free meals, doubtful periods."""
    return rules_from(json.loads(resources.path("data", "per_diem_rules.json").read_text(encoding="utf-8")))


def _cents(euros: str) -> int | None:
    return int(Decimal(euros) * 100) if euros else None


def _rows(name: str) -> list[dict[str, str]]:
    with resources.path("data", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
