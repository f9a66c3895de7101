"""The costs of a travel order as they are read: in the reader's words, with the number of each receipt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import AllowanceLine, rate_on
from mama_desktop.domain.expenses import COST_KINDS, CostLine, TravelOrder
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.settlements import allowances_of
from mama_desktop.services.expenses.travel_orders import lines_of


@dataclass(frozen=True)
class Cost:
    """One line of a settlement. unit: in hundredths of a cent. annex: the number of its receipt, 0 without one.

    what: as it is read on paper; own_words: as they were keyed in.
    """

    id: str
    kind: str
    what: Text
    day: dt.date | None
    quantity: float | None
    unit: int | None
    amount_cents: int
    computed: bool
    certainty: str
    source: str
    annex: int = 0
    attachment_id: str | None = None
    own_words: str = ""


def costs_of(session: Session, order: TravelOrder) -> list[Cost]:
    """In the order's own order; receipts are numbered as they come."""
    known = allowances_of(session, order).lines
    annexes: dict[str, int] = {}
    found = []
    for line in lines_of(session, order.id):
        annex = annexes.setdefault(line.attachment_id, len(annexes) + 1) if line.attachment_id else 0
        found.append(
            Cost(
                line.id, line.kind, _what(line, known), line.day, line.quantity, line.unit, line.amount_cents,
                line.computed, line.certainty, line.source, annex, line.attachment_id, line.what,
            )
        )  # fmt: skip
    return found


def full_per_diem(session: Session, order: TravelOrder) -> int | None:
    """What a whole day is worth on the day of departure, in hundredths of a cent; None where there is no rate."""
    country = order.country or "SI"
    item = "per_diem_over_12h" if country == "SI" else "per_diem_abroad"
    day = order.leaves_at.date() if order.leaves_at else order.issued_on
    rate = rate_on(rates.allowances(session), item, country, day)
    return rate.amount if rate else None


def _what(line: CostLine, known: tuple[AllowanceLine, ...]) -> Text:
    """A line that follows from a rate is kept in Slovene, and said in the reader's words while it still follows."""
    if line.computed:
        for one in known:
            if (one.kind, one.day, one.unit, one.quantity) == (line.kind, line.day, line.unit, line.quantity):
                return one.what
        return verbatim(line.what)
    kind = COST_KINDS[line.kind]
    return T("{kind}: {what}", kind=kind, what=line.what) if line.what else kind
