"""One finished edit of a cell of claims, or of their costs: what is decided stays, km are worth their rate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CostLine
from mama_desktop.domain.text import T
from mama_desktop.services.checked_values import checked
from mama_desktop.services.expenses import claim_costs, claims
from mama_desktop.services.fields.field import Field


def change_claims(session: Session, keys: Sequence[str], field: Field, value: Any, *, now: dt.datetime) -> int:
    """Give a field of these claims a value; returns how many. Refuses those somebody has decided on, but for what is
    only said of them (remarks)."""
    assert field.writes is not None
    attribute = field.writes.key
    value = checked(field.info, value)
    if attribute == "returned_on" and value is not None and value > now.date():
        raise OfficeError(T("This day is still to come."), safe=T("The old value stays."))
    found = claims.held(session, keys)
    for claim in found:
        if attribute != "remarks":
            claims.refuse_decided(claim)
        setattr(claim, attribute, value)
        claims.follow_edit(claim, attribute, today=now.date())
    session.flush()
    return len(found)


def change_costs(session: Session, keys: Sequence[str], field: Field, value: Any, *, now: dt.datetime) -> int:
    """Correct costs of a claim; returns how many."""
    del now
    assert field.writes is not None
    value = checked(field.info, value)
    attribute = field.writes.key
    for line in session.scalars(select(CostLine).where(CostLine.id.in_(keys), CostLine.claim_id.is_not(None))):
        claim_costs.change_cost(session, line.id, **{"km" if attribute == "quantity" else attribute: value})
    session.flush()
    return len(keys)
