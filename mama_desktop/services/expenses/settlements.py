"""The settlement of a travel order: per diems and mileage follow from what happened, tickets and tolls are keyed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import AllowanceLine, Allowances, mileage
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import COST_KINDS, CostLine, TravelOrder
from mama_desktop.domain.per_diem import Trip, per_diems, spread_meals
from mama_desktop.domain.text import T, Text, clean, in_both
from mama_desktop.i18n import language
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.shipped import shipped_per_diem_rules
from mama_desktop.services.files import Brought, add_files

# Only what the traveller drives in a car of their own is paid by the kilometre.
PAID_BY_KM = "own-car"


@dataclass(frozen=True)
class Settlement:
    """What a settlement comes to, in cents. to_pay is negative where the traveller gives back of the advance.

    absence: how long the traveller was away. warnings: to be confirmed; missing: what has no rate and is not in it.
    """

    lines: tuple[CostLine, ...]
    total_cents: int
    advance_cents: int
    absence: dt.timedelta | None
    warnings: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()

    @property
    def to_pay_cents(self) -> int:
        return self.total_cents - self.advance_cents


def settle(session: Session, order_id: str) -> Settlement:
    """Work out the lines that follow from rates anew, in the order's words; lines keyed in by hand stay as they are."""
    order = session.get_one(TravelOrder, order_id)
    _check_open(order)
    reckoned = allowances_of(session, order)
    words = language("sl")
    rows = list(session.scalars(select(CostLine).where(CostLine.order_id == order_id).order_by(CostLine.position)))
    old = [row for row in rows if row.computed]
    by_hand = [row for row in rows if not row.computed]
    # Rows are kept where they can be, so that History tells what changed and not that everything was made anew.
    computed = []
    for number, line in enumerate(reckoned.lines):
        row = old[number] if number < len(old) else CostLine(order_id=order_id, computed=True)
        _fill(row, line, words.say(line.what))
        computed.append(row)
    for row in old[len(computed) :]:
        session.delete(row)
    for position, row in enumerate([*computed, *by_hand], 1):
        row.position = position
        session.add(row)
    session.flush()
    return settlement_of(session, order_id)


def settlement_of(session: Session, order_id: str) -> Settlement:
    """The settlement as it is kept, with what is said about it; changes nothing."""
    order = session.get_one(TravelOrder, order_id)
    lines = tuple(session.scalars(select(CostLine).where(CostLine.order_id == order_id).order_by(CostLine.position)))
    reckoned = allowances_of(session, order)
    absence = order.returned_at - order.left_at if order.left_at and order.returned_at else None
    return Settlement(
        lines, sum(line.amount_cents for line in lines), order.advance_cents, absence, reckoned.warnings,
        reckoned.missing,
    )  # fmt: skip


def allowances_of(session: Session, order: TravelOrder) -> Allowances:
    """Per diems and mileage of an order by the rates in force on its days; nothing while the times are not known."""
    if order.left_at is None or order.returned_at is None:
        return Allowances()
    known, rules = rates.allowances(session), shipped_per_diem_rules()
    found = Allowances()
    if order.per_diem:
        crossed = order.border_out_at is not None and order.border_back_at is not None
        trip = Trip(
            order.left_at, order.returned_at, order.country or "SI", _country(order.country or "SI"),
            order.border_out_at, order.border_back_at,
            spread_meals(order.breakfasts, order.lunches, order.dinners),
        )  # fmt: skip
        found += per_diems(trip, known, rules, "border" if crossed else "")
    if order.means == PAID_BY_KM and order.km:
        found += mileage(order.km, order.left_at.date(), known, rules.doubtful)
    return found


def add_cost(
    session: Session, order_id: str, *, kind: str, what: str, amount_cents: int, day: dt.date | None = None,
    attachment_id: str | None = None,
) -> str:  # fmt: skip
    """Add a cost keyed in by hand (a ticket, a toll …); returns its key."""
    order = session.get_one(TravelOrder, order_id)
    _check_open(order)
    if kind not in COST_KINDS or amount_cents < 0:
        raise OfficeError(T("A cost needs its kind and an amount of 0 or more."), safe=T("Nothing was changed."))
    rows = session.scalars(select(CostLine).where(CostLine.order_id == order_id)).all()
    line = CostLine(
        order_id=order_id, kind=kind, what=clean(what), amount_cents=amount_cents, day=day,
        attachment_id=attachment_id, position=max((row.position for row in rows), default=0) + 1,
    )  # fmt: skip
    session.add(line)
    session.flush()
    return line.id


def attach_receipt(session: Session, line_id: str, attachment_id: str | None) -> None:
    """Say which file of the order is the receipt of a cost; None: it has none."""
    line = session.get_one(CostLine, line_id)
    assert line.order_id is not None
    _check_open(session.get_one(TravelOrder, line.order_id))
    line.attachment_id = attachment_id
    session.flush()


def keep_receipt(session: Session, line_id: str, brought: Sequence[Brought], *, now: dt.datetime, who: str) -> None:
    """Keep a file with the order of a cost, as the receipt of this cost."""
    line = session.get_one(CostLine, line_id)
    assert line.order_id is not None
    added = add_files(session, "travel_order", line.order_id, brought, now=now, who=who, kind="receipt")
    attach_receipt(session, line_id, added.keys[0])


def receipt_of(session: Session, line_id: str) -> str:
    """The key of the file that is the receipt of a cost, "" without one."""
    line = session.get(CostLine, line_id)
    return (line.attachment_id or "") if line else ""


def remove_costs(session: Session, line_ids: Sequence[str]) -> int:
    for key in line_ids:
        remove_cost(session, key)
    return len(line_ids)


def remove_cost(session: Session, line_id: str) -> None:
    """Take a cost away that was keyed in by hand; what follows from a rate is changed by its facts."""
    line = session.get_one(CostLine, line_id)
    if line.order_id is not None:
        _check_open(session.get_one(TravelOrder, line.order_id))
    if line.computed:
        raise OfficeError(
            T("This line follows from a rate."),
            safe=T("The settlement stays as it was."),
            todo=T("Correct the hours, the meals or the kilometres."),
        )
    session.delete(line)
    session.flush()


def _fill(row: CostLine, line: AllowanceLine, what: str) -> None:
    row.kind, row.what, row.day = line.kind, what, line.day
    row.quantity, row.unit, row.amount_cents = line.quantity, line.unit, line.amount_cents
    row.certainty, row.source = line.certainty, line.source


def _country(code: str) -> Text:
    return in_both(language("sl").country(code), language("en").country(code))


def _check_open(order: TravelOrder) -> None:
    if order.status in ("approved", "paid", "cancelled"):
        raise OfficeError(
            T("This settlement is closed."),
            safe=T("The travel order stays as it was."),
            todo=T("Take the approval back first."),
        )
