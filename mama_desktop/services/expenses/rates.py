"""The rates in force: those the program brings along, each as the office has corrected it, and what it has added.

Only corrections and additions are kept in the workspace, so a newer program brings newer rates to every office.
"""

from __future__ import annotations

import uuid
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import AllowanceRow
from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.domain.travel_bands import BandRate
from mama_desktop.services.expenses.shipped import shipped_allowances, shipped_travel_rates

# Two offices that bring their copies together must meet in the same corrections.
_NAMESPACE = uuid.UUID("6d616d61-6465-736b-746f-702d72617465")


def travel_rates(session: Session) -> tuple[BandRate, ...]:
    """Every band of every programme, action and call year in force."""
    return tuple(effective_travel_rates(session).values())


def allowances(session: Session) -> tuple[AllowanceRow, ...]:
    """Mileage and per diems in force, of all days."""
    return tuple(effective_allowances(session).values())


def effective_travel_rates(session: Session) -> dict[str, BandRate]:
    """The same by key: of the shipped ones the key a correction of them has."""
    kept = {row.id: _band(row) for row in session.scalars(select(TravelRate).order_by(TravelRate.id))}
    return {**shipped_bands(), **kept}


def effective_allowances(session: Session) -> dict[str, AllowanceRow]:
    kept = {row.id: _allowance(row) for row in session.scalars(select(AllowanceRate).order_by(AllowanceRate.id))}
    return {**shipped_allowance_rows(), **kept}


@lru_cache(maxsize=1)
def shipped_bands() -> dict[str, BandRate]:
    """Key → band as the program brings it along."""
    return {key_of(r): r for r in shipped_travel_rates()}


@lru_cache(maxsize=1)
def shipped_allowance_rows() -> dict[str, AllowanceRow]:
    return {_key("allowance", r.item, r.country, r.valid_from): r for r in shipped_allowances()}


def key_of(rate: BandRate) -> str:
    """The key a shipped band has on every machine."""
    return _key("travel", rate.programme, rate.action, rate.call_year_from, rate.km_from)


def _key(*parts: object) -> str:
    return uuid.uuid5(_NAMESPACE, "|".join(str(part) for part in parts)).hex


def _band(row: TravelRate) -> BandRate:
    return BandRate(
        programme=row.programme, action=row.action, call_year_from=row.call_year_from, call_year_to=row.call_year_to,
        km_from=row.km_from, km_below=row.km_below, standard_cents=row.standard_cents, green_cents=row.green_cents,
        certainty=row.certainty, source=row.source,
    )  # fmt: skip


def _allowance(row: AllowanceRate) -> AllowanceRow:
    return AllowanceRow(
        item=row.item, country=row.country, valid_from=row.valid_from, valid_to=row.valid_to, amount=row.amount,
        unit=row.unit, certainty=row.certainty, source=row.source,
    )  # fmt: skip
