"""The fields of the rates an office may correct: travel by distance, mileage and per diems."""

from __future__ import annotations

from mama_desktop.domain.projects import CERTAINTY
from mama_desktop.domain.rates import RATE_ITEMS, AllowanceRate, TravelRate
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, computed, plain, registry

RATE_STATES = {
    "shipped": T("as shipped"),
    "corrected": T("corrected by the office"),
    "own": T("added by the office"),
}
# Some amounts are official while the day they end is not.
ALLOWANCE_CERTAINTY = {**CERTAINTY, "A amount, C end date": T("official, last day to be confirmed")}


def _standing() -> tuple[Field, Field]:
    return (
        computed("state", T("Whose"), (), None, "choice", choices=RATE_STATES, width=150),
        computed("differs", T("Shipped otherwise"), (), None, width=240),
    )


TRAVEL_RATE_FIELDS = registry(
    plain(TravelRate.programme, T("Programme"), width=110),
    plain(TravelRate.action, T("Action"), width=80),
    plain(TravelRate.call_year_from, T("Calls from"), "year", width=85),
    plain(TravelRate.call_year_to, T("Calls to"), "year", width=85),
    plain(TravelRate.km_from, T("From km"), "decimal", width=75),
    plain(TravelRate.km_below, T("Below km"), "decimal", width=75),
    plain(TravelRate.standard_cents, T("Standard"), "money", width=95),
    plain(TravelRate.green_cents, T("Green"), "money", width=95),
    plain(TravelRate.certainty, T("Certainty"), "choice", choices=CERTAINTY, width=130),
    *_standing(),
    plain(TravelRate.source, T("Source"), width=320),
)
ALLOWANCE_FIELDS = registry(
    plain(AllowanceRate.item, T("What is paid"), "choice", choices=RATE_ITEMS, width=230),
    plain(AllowanceRate.country, T("Country"), "country", width=150),
    plain(AllowanceRate.valid_from, T("Valid from"), "date", width=105),
    plain(AllowanceRate.valid_to, T("Valid to"), "date", width=105),
    plain(AllowanceRate.amount, T("Amount in €"), "decimal", width=110),
    plain(AllowanceRate.certainty, T("Certainty"), "choice", choices=ALLOWANCE_CERTAINTY, width=190),
    *_standing(),
    plain(AllowanceRate.source, T("Source"), width=320),
)
