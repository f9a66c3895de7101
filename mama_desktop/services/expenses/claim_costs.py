"""The costs of a claim, keyed in from the paper that came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.allowances import mileage
from mama_desktop.domain.claims import CLAIMED_KINDS
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CostLine, TravelClaim
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, clean
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.claims import refuse_decided
from mama_desktop.services.expenses.shipped import shipped_per_diem_rules


def add_cost(
    session: Session, claim_id: str, *, kind: str = "ticket", what: str = "", amount_cents: int | None = None,
    km: float | None = None, day: dt.date | None = None, now: dt.datetime,
) -> str:  # fmt: skip
    """Key in one cost of the paper; it has come back then. km of an own car are worth the rate of the day, unless an
    amount is said. Returns the key of the line."""
    claim = session.get_one(TravelClaim, claim_id)
    refuse_decided(claim)
    positions = select(func.max(CostLine.position)).where(CostLine.claim_id == claim_id)
    line = CostLine(claim_id=claim_id, position=(session.scalar(positions) or 0) + 1, day=day)
    _fill(session, claim, line, kind=kind, what=what, amount_cents=amount_cents, km=km)
    session.add(line)
    if claim.status == "made":
        claim.status, claim.returned_on = "returned", claim.returned_on or now.date()
    session.flush()
    return line.id


def change_cost(session: Session, line_id: str, **values: object) -> None:
    """Correct a line: kind, what, day, amount_cents, km (with km the amount follows from the rate)."""
    line = session.get_one(CostLine, line_id)
    claim = session.get_one(TravelClaim, line.claim_id)
    refuse_decided(claim)
    if "day" in values:
        line.day = values.pop("day")  # type: ignore[assignment]  # a day or None, as the editor of dates gives it
    now: dict[str, object] = {"kind": line.kind, "what": line.what, "km": line.quantity}
    if values.keys() & {"kind", "km"}:
        now["amount_cents"] = values.get("amount_cents", None if "km" in values else line.amount_cents)
    else:
        now["amount_cents"] = line.amount_cents
    _fill(session, claim, line, **{**now, **values})  # type: ignore[arg-type]  # the names are checked by _fill
    session.flush()


def remove_costs(session: Session, line_ids: Sequence[str]) -> int:
    for key in line_ids:
        line = session.get_one(CostLine, key)
        refuse_decided(session.get_one(TravelClaim, line.claim_id))
        session.delete(line)
    session.flush()
    return len(line_ids)


def _fill(
    session: Session, claim: TravelClaim, line: CostLine, *, kind: str, what: str, amount_cents: int | None,
    km: float | None,
) -> None:  # fmt: skip
    if kind not in CLAIMED_KINDS:
        raise ValueError(kind)
    line.kind, line.what = kind, clean(what)
    line.quantity, line.unit, line.certainty, line.source = None, None, "", ""
    if kind == "mileage" and km is not None:
        _by_rate(session, claim, line, km, amount_cents)
        return
    if amount_cents is None or amount_cents <= 0:
        raise OfficeError(
            T("A cost needs an amount."), safe=T("Nothing was changed."), todo=T("Write it like 12,50 or 1.234,50.")
        )
    line.amount_cents = amount_cents


def _by_rate(session: Session, claim: TravelClaim, line: CostLine, km: float, amount_cents: int | None) -> None:
    registration = session.get_one(Registration, claim.registration_id)
    day = line.day or session.get_one(Event, registration.event_id).starts_on or claim.made_on
    line.quantity = km
    if amount_cents is not None:
        line.amount_cents = amount_cents
        return
    reckoned = mileage(km, day, rates.allowances(session), shipped_per_diem_rules().doubtful) if day else None
    if reckoned is None or not reckoned.lines:
        raise OfficeError(
            T("There is no mileage rate for that day."),
            safe=T("Nothing was changed."),
            todo=T("Write the amount, or add the rate in Settings."),
        )
    found = reckoned.lines[0]
    line.unit, line.amount_cents = found.unit, found.amount_cents
    line.certainty, line.source = found.certainty, found.source
