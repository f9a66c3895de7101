"""Travel orders: which step may follow which, by what one travels, and what an auditor would ask about."""

from __future__ import annotations

import datetime as dt

from mama_desktop.domain.base import Choices
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.domain.travel import MEANS

OFFICE_CAR, OWN_CAR = "office-car", "own-car"
# Approved means: an order has the office's car as well, which nobody who only comes to an event has.
ORDER_MEANS: Choices = {
    OWN_CAR: MEANS[OWN_CAR],
    OFFICE_CAR: T("car of the office"),
    **{key: words for key, words in MEANS.items() if key != OWN_CAR},
}
# Customary, in no law: an order written later than this after the departure is not believed (facts, section 4.3).
LATEST_DAYS = 2
# Forward, and one step back for whatever was done by mistake; a number is never free again.
_NEXT = {
    "issued": frozenset({"settled", "cancelled"}),
    "settled": frozenset({"approved", "issued", "cancelled"}),
    "approved": frozenset({"paid", "settled"}),
    "paid": frozenset({"approved"}),
    "cancelled": frozenset({"issued"}),
}
# The order is corrected until it is settled and approved; a cancelled one is only kept.
OPEN = frozenset({"issued", "settled"})


def may_follow(status: str, following: str) -> bool:
    return status == following or following in _NEXT.get(status, frozenset())


def number_words(number: int, year: int) -> str:
    """As it is written and asked for: 12/2020."""
    return f"{number}/{year}"


def warnings_of(order: TravelOrder) -> list[Text]:
    """What an auditor would ask about."""
    found = []
    if order.leaves_at and (order.issued_on - order.leaves_at.date()).days > LATEST_DAYS:
        found.append(T("The order was written more than {days} days after the departure.", days=LATEST_DAYS))
    if order.leaves_at and order.returns_at and order.returns_at <= order.leaves_at:
        found.append(T("The return is before the departure."))
    if order.left_at and order.returned_at and order.returned_at <= order.left_at:
        found.append(T("The return as it was is before the departure."))
    if order.means in (OWN_CAR, OFFICE_CAR) and not order.registration_number:
        found.append(T("The registration number of the car is missing."))
    if not order.purpose:
        found.append(T("The purpose is missing."))
    if not order.route:
        found.append(T("The route is missing."))
    if order.leaves_at is None:
        found.append(T("The day and hour of the departure are missing."))
    return found


def absence_words(absence: dt.timedelta) -> Text:
    """ "2 days, 5 hours, 30 minutes"; what is nought is left out."""
    minutes = int(absence.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [TN("{count} day", "{count} days", days)] if days else []
    if hours or not (days or rest):
        parts.append(TN("{count} hour", "{count} hours", hours))
    if rest:
        parts.append(TN("{count} minute", "{count} minutes", rest))
    said = parts[0]
    for part in parts[1:]:
        said = T("{first}, {second}", first=said, second=part)
    return said
