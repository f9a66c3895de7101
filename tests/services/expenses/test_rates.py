"""Rates in force are the shipped ones, as the office has corrected them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.shipped import shipped_allowances, shipped_travel_rates


def test_without_corrections_the_shipped_rates_are_in_force(session: Session) -> None:
    assert rates.travel_rates(session) == shipped_travel_rates()
    assert rates.allowances(session) == shipped_allowances()


def test_a_correction_replaces_the_shipped_rate_and_an_addition_joins(session: Session) -> None:
    key, band = next(iter(rates.shipped_bands().items()))
    corrected = dataclasses.replace(band, standard_cents=2_500, certainty="A", source="agreement 2026")
    session.add(TravelRate(id=key, **dataclasses.asdict(corrected)))
    session.add(
        AllowanceRate(
            item="mileage", country="SI", valid_from=dt.date(2027, 1, 1), amount=4_500, unit="km", certainty="A"
        )
    )
    session.flush()
    assert rates.effective_travel_rates(session)[key] == corrected
    assert len(rates.travel_rates(session)) == len(shipped_travel_rates())
    assert len(rates.allowances(session)) == len(shipped_allowances()) + 1
