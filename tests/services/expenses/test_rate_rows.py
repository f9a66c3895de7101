"""Rates corrected, added, copied for the next call, given back as shipped; what does not hold together is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.domain.travel_bands import BandRate
from mama_desktop.i18n import language
from mama_desktop.services import editing
from mama_desktop.services.expenses import rate_checks, rate_rows, rates, travel_grants
from mama_desktop.services.expenses.rate_rows import ALLOWANCE, TRAVEL
from mama_desktop.services.expenses.shipped import shipped_allowances, shipped_travel_rates
from tests.services.expenses.test_travel_grants import at_ljubljana

NOW = dt.datetime(2026, 11, 22, 9)
SAY = language("en").say


def change(session: Session, noun: str, key: str, field: str, value: object) -> None:
    editing.change(session, noun, [key], field, value, now=NOW)


def row(session: Session, noun: str, key: str) -> dict[str, Any]:
    table = rate_rows.travel_rate_rows if noun == TRAVEL else rate_rows.allowance_rows
    listing = table(session, language="en")
    return dict(zip((f.key for f in listing.fields), listing.rows[listing.keys.index(key)], strict=True))


def band_of_2024(km_from: float = 100) -> str:
    found = rates.shipped_bands().items()
    return next(key for key, r in found if r.call_year_from == 2024 and r.km_from == km_from)


def mileage_of_2023() -> str:
    found = rates.shipped_allowance_rows().items()
    return next(key for key, r in found if r.item == "mileage" and r.valid_from.year == 2023)


def kept(session: Session, record: type) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


def test_a_correction_is_kept_reckoned_with_and_given_back(session: Session) -> None:
    registration = at_ljubljana(session, "Dunaj", "AT")
    key = band_of_2024()
    change(session, TRAVEL, key, "standard_cents", 22_250)
    change(session, TRAVEL, key, "certainty", "A")
    (grant,) = travel_grants.grants_of_event(session, registration.event_id)
    assert grant.cents == 22_250
    said = row(session, TRAVEL, key)
    assert said["state"] == "corrected"
    assert said["differs"] == "Standard: €211.00; Certainty: second-hand source"
    assert kept(session, TravelRate) == 1
    assert rate_rows.as_shipped(session, TRAVEL, [key]) == 1
    assert rates.travel_rates(session) == shipped_travel_rates()
    assert kept(session, TravelRate) == 0
    with pytest.raises(OfficeError, match="corrected by the office"):
        rate_rows.as_shipped(session, TRAVEL, [key])


def test_a_correction_typed_back_is_none_any_more(session: Session) -> None:
    key = mileage_of_2023()
    change(session, ALLOWANCE, key, "amount", 0.4567)
    assert rates.effective_allowances(session)[key].amount == 4_567
    assert row(session, ALLOWANCE, key)["amount"] == 0.4567
    assert row(session, ALLOWANCE, key)["differs"] == "Amount in €: 0.43"
    change(session, ALLOWANCE, key, "amount", "0.43")
    assert kept(session, AllowanceRate) == 0
    assert row(session, ALLOWANCE, key)["state"] == "shipped"


def test_the_table_shows_every_rate_in_force(session: Session) -> None:
    listing = rate_rows.travel_rate_rows(session, language="sl")
    assert len(listing.keys) == len(shipped_travel_rates())
    first = listing.rows[0]
    assert (first[listing.column("call_year_from")], first[listing.column("km_from")]) == (2026, 10)
    listing = rate_rows.allowance_rows(session, language="sl")
    assert len(listing.keys) == len(shipped_allowances())
    assert listing.rows[0][listing.column("item")] == "mileage"


@pytest.mark.parametrize(
    ("noun", "field", "value", "why"),
    [
        (TRAVEL, "km_below", 50, "before the beginning"),
        (TRAVEL, "call_year_to", 2020, "before the beginning"),
        (TRAVEL, "call_year_from", 1024, "not possible"),
        (TRAVEL, "programme", " ", "empty"),
        (TRAVEL, "km_from", None, "empty"),
        (TRAVEL, "standard_cents", -5, "not possible"),
        (TRAVEL, "differs", "x", "computed"),
        (ALLOWANCE, "valid_to", dt.date(2020, 1, 1), "before the beginning"),
        (ALLOWANCE, "valid_from", None, "empty"),
        (ALLOWANCE, "amount", None, "empty"),
        (ALLOWANCE, "amount", 200_000, "not possible"),
        (ALLOWANCE, "item", "taxi", "not one of the choices"),
    ],
)
def test_what_cannot_be_is_refused(session: Session, noun: str, field: str, value: object, why: str) -> None:
    with pytest.raises(OfficeError, match=why):
        change(session, noun, band_of_2024() if noun == TRAVEL else mileage_of_2023(), field, value)
    assert not kept(session, TravelRate) + kept(session, AllowanceRate)


def test_a_call_is_copied_to_the_next_and_stands_where_a_shipped_one_would(session: Session) -> None:
    newest = [key for key, r in rates.shipped_bands().items() if r.call_year_from in (2025, 2026)]
    made = rate_rows.copy_to_next_call(session, newest)
    assert len(made) == 7
    copied = [rates.effective_travel_rates(session)[key] for key in made]
    assert {(r.call_year_from, r.call_year_to, r.certainty) for r in copied} == {(2027, 2027, "C")}
    assert made == [rates.key_of(r) for r in copied]
    assert not rate_rows.doubts(session, TRAVEL)
    registration = at_ljubljana(session, "Dunaj", "AT", call_year=2027)
    (grant,) = travel_grants.grants_of_event(session, registration.event_id)
    assert grant.cents
    assert grant.asks == ("confirm",)
    with pytest.raises(OfficeError, match="2027 already"):
        rate_rows.copy_to_next_call(session, newest)
    # The newest of all is the copy itself now.
    assert len(rate_rows.copy_to_next_call(session, [*newest, *made])) == 7


def test_a_rate_is_added_and_deleted_and_a_shipped_one_stays(session: Session) -> None:
    key = rate_rows.add_rate(session, ALLOWANCE, mileage_of_2023(), today=NOW.date())
    assert row(session, ALLOWANCE, key)["state"] == "own"
    assert [SAY(d) for d in rate_rows.doubts(session, ALLOWANCE)] == [
        "Mileage, 1 km by one’s own car: two rates are valid on 22 Nov 2026. The later one counts."
    ]
    with pytest.raises(OfficeError, match="comes with the program"):
        rate_rows.delete_rates(session, [key, mileage_of_2023()], noun=ALLOWANCE)
    assert rate_rows.delete_rates(session, [key], noun=ALLOWANCE) == 1
    assert rates.allowances(session) == shipped_allowances()
    own = rate_rows.add_rate(session, TRAVEL, "", today=NOW.date())
    change(session, TRAVEL, own, "programme", "Interreg")
    assert row(session, TRAVEL, own)["programme"] == "Interreg"
    rate_rows.delete_rates(session, [own], noun=TRAVEL)
    with pytest.raises(OfficeError, match="deleted meanwhile"):
        change(session, TRAVEL, own, "action", "KA2")


def test_what_is_shipped_holds_together(session: Session) -> None:
    assert rate_rows.doubts(session, TRAVEL) == []
    assert rate_rows.doubts(session, ALLOWANCE) == []


def band(low: float, high: float | None, first: int = 2024, last: int | None = 2024) -> BandRate:
    return BandRate("Erasmus+", "KA1", first, last, low, high, 100, None)


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([band(10, 100), band(100, None)], []),
        ([band(10, 100), band(200, None)], ["Erasmus+ KA1, calls of 2024: no band from 100 to 200 km."]),
        ([band(10, 150), band(100, None)], ["Erasmus+ KA1, calls of 2024: two bands hold at 100 km."]),
        ([band(10, None), band(1_000, None)], ["Erasmus+ KA1, calls of 2024: two bands hold at 1,000 km."]),
        ([band(10, 100)], ["Erasmus+ KA1, calls of 2024: no band beyond 100 km."]),
        # Years without any rate are no gap: a project of them has no travel rate, and that is said of it.
        ([band(10, None, 2014, 2015), band(10, None, 2018, None)], []),
        (
            [band(10, None, 2014, 2016), band(10, None, 2016, None)],
            ["Erasmus+ KA1, calls of 2016: two bands hold at 10 km."],
        ),
        ([band(10, 99, 2020, None)], ["Erasmus+ KA1, calls from 2020 on: no band beyond 99 km."]),
    ],
)
def test_bands_that_overlap_or_leave_a_gap_are_said(bands: list[BandRate], said: list[str]) -> None:
    assert [SAY(doubt) for doubt in rate_checks.doubts_of_bands(bands)] == said
    assert [SAY(doubt) for doubt in rate_checks.doubts_of_bands(reversed(bands))] == said


def test_days_without_a_per_diem_are_said() -> None:
    one, other = (r for r in shipped_allowances() if r.item == "mileage")
    early = dataclasses.replace(one, item="per_diem_abroad", country="HR", valid_to=dt.date(2022, 11, 30))
    late = dataclasses.replace(other, item="per_diem_abroad", country="HR")
    assert [SAY(d) for d in rate_checks.doubts_of_allowances([late, early])] == [
        "Per diem abroad, whole (Croatia): no rate from 1 Dec 2022 to 31 Dec 2022."
    ]
