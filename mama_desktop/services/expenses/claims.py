"""Claims of participants: made for registrations with what is known, what is claimed, the most that is paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.claims import OPEN
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CLAIM_STATUSES, CostLine, TravelClaim
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import counting
from mama_desktop.services.deleting import delete_with_all
from mama_desktop.services.expenses.claim_prefill import prefilled


def make_claims(session: Session, registration_ids: Sequence[str], *, now: dt.datetime) -> list[str]:
    """A claim for each registration, in this order; one that was only made so far is filled in anew. Returns keys."""
    wanted = list(dict.fromkeys(registration_ids))
    known: dict[str, TravelClaim] = {}
    for some in counting.chunks(wanted):
        rows = session.scalars(select(TravelClaim).where(TravelClaim.registration_id.in_(some)))
        known |= {row.registration_id: row for row in rows}
    keys = []
    for key, found in prefilled(session, wanted).items():
        claim = known.get(key)
        if claim is None:
            claim = TravelClaim(registration_id=key, made_on=now.date())
            session.add(claim)
        elif claim.status != "made":
            keys.append(claim.id)
            continue
        claim.route, claim.means, claim.km = found.route, found.means, found.km
        claim.most_cents = found.most_cents
        session.flush()
        keys.append(claim.id)
    return keys


def claimed_cents(session: Session, claim_ids: Collection[str]) -> dict[str, int]:
    """Claim → the sum of its costs; 0 for one that has none."""
    found = dict.fromkeys(claim_ids, 0)
    for some in counting.chunks(claim_ids):
        query = select(CostLine.claim_id, func.sum(CostLine.amount_cents)).where(CostLine.claim_id.in_(some))
        for key, cents in session.execute(query.group_by(CostLine.claim_id)):
            found[str(key)] = int(cents)
    return found


def lines_of(session: Session, claim_id: str) -> list[CostLine]:
    query = select(CostLine).where(CostLine.claim_id == claim_id).order_by(CostLine.position, CostLine.id)
    return list(session.scalars(query))


def most_of(session: Session, claim: TravelClaim) -> int | None:
    """The most that is paid: as printed; without the declaration of green travel, no more than the standard amount."""
    if claim.green_declared is True or claim.most_cents is None:
        return claim.most_cents
    found = prefilled(session, [claim.registration_id])[claim.registration_id]
    if not found.green or found.standard_cents is None:
        return claim.most_cents
    return min(claim.most_cents, found.standard_cents)


def delete_claims(session: Session, claim_ids: Sequence[str]) -> int:
    """Delete claims with their costs; what was decided on or paid stays, for whoever audits."""
    refuse_kept(session, claim_ids)
    delete_with_all(session, "travel_claim", claim_ids)
    return len(claim_ids)


def refuse_kept(session: Session, claim_ids: Sequence[str]) -> None:
    """OfficeError when somebody has decided on one of these; changes nothing."""
    kept: list[TravelClaim] = []
    for some in counting.chunks(claim_ids):
        kept += session.scalars(
            select(TravelClaim).where(TravelClaim.id.in_(some), TravelClaim.status.not_in(sorted(OPEN)))
        )
    if kept:
        raise OfficeError(
            T("A claim that was approved, refused or paid is not deleted."),
            safe=T("Nothing was deleted."),
            todo=T("Take the decision back first, if it was made by mistake."),
            details=[T("{who}: {fault}", who=name_of(session, one), fault=CLAIM_STATUSES[one.status]) for one in kept],
        )


def refuse_decided(claim: TravelClaim) -> None:
    """What stands on a paper is corrected until somebody has decided on it."""
    if claim.status not in OPEN:
        raise OfficeError(
            T("This claim is “{status}” already.", status=CLAIM_STATUSES[claim.status]),
            safe=T("Nothing was changed."),
            todo=T("Take the decision back first, if it was made by mistake."),
        )


def follow_edit(claim: TravelClaim, attribute: str, *, today: dt.date) -> None:
    """Whoever writes that it is signed, or when it came back, says that it has come back."""
    if attribute == "returned_on":
        claim.status = "returned" if claim.returned_on else "made"
    elif attribute == "signed" and claim.signed and claim.status == "made":
        claim.status, claim.returned_on = "returned", claim.returned_on or today


def held(session: Session, claim_ids: Sequence[str]) -> list[TravelClaim]:
    """Held until the end of the transaction, so that two offices cannot decide on the same at once."""
    found: list[TravelClaim] = []
    for some in counting.chunks(claim_ids):
        query = select(TravelClaim).where(TravelClaim.id.in_(some)).order_by(TravelClaim.id).with_for_update()
        found += session.scalars(query.execution_options(populate_existing=True))
    return found


def name_of(session: Session, claim: TravelClaim) -> str:
    """Whose claim it is: "Ana Novak"."""
    person = session.get_one(Person, session.get_one(Registration, claim.registration_id).person_id)
    return f"{person.given_name} {person.family_name}".strip()
