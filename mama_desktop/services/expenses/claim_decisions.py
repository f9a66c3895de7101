"""Deciding on claims: come back, approved (less, for a reason), refused, paid by hand, and each taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from mama_desktop.domain.claims import may_follow, payable_cents
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CLAIM_STATUSES, TravelClaim
from mama_desktop.domain.money import euros
from mama_desktop.domain.text import T, Text, clean, in_both
from mama_desktop.i18n import language
from mama_desktop.services.expenses.claims import claimed_cents, held, most_of, name_of


def set_returned(session: Session, claim_ids: Sequence[str], *, now: dt.datetime, signed: bool = True) -> int:
    """The papers came back (signed); what was approved or refused by mistake is open again."""
    for claim in held(session, claim_ids):
        if claim.status != "returned":
            _step(claim, "returned")
            _refuse_in_payment(claim)
            claim.approved_cents, claim.approved_on, claim.approved_by, claim.reason = None, None, "", ""
        _set_returned(claim, now)
        claim.signed = claim.signed or signed
    session.flush()
    return len(claim_ids)


def set_not_returned(session: Session, claim_ids: Sequence[str]) -> int:
    """They have not come back after all."""
    for claim in held(session, claim_ids):
        _step(claim, "made")
        claim.status, claim.returned_on, claim.signed, claim.reason = "made", None, False, ""
    session.flush()
    return len(claim_ids)


def approve(
    session: Session, claim_ids: Sequence[str], *, now: dt.datetime, who: str = "", cents: int | None = None,
    reason: str = "",
) -> int:  # fmt: skip
    """Approve what is claimed, cut at the most that is paid; with `cents` (of one claim) less, for a reason."""
    claimed = claimed_cents(session, claim_ids)
    faults: list[Text] = []
    for claim in held(session, claim_ids):
        missing = _missing(claim, claimed[claim.id])
        if missing:
            name = name_of(session, claim)
            faults += [T("{who}: {fault}", who=name, fault=fault) for fault in missing]
            continue
        limit = payable_cents(claimed[claim.id], most_of(session, claim))
        granted = limit if cents is None else cents
        _refuse_too_much(granted, limit, reason)
        claim.status, claim.approved_cents, claim.reason = "approved", granted, clean(reason)
        claim.approved_on, claim.approved_by = now.date(), who
    if faults:
        raise OfficeError(
            T("Not everything that is needed for an approval is there."), safe=T("Nothing was approved."),
            todo=T("Key in what is missing, then approve again."), details=faults,
        )  # fmt: skip
    session.flush()
    return len(claim_ids)


def refuse(session: Session, claim_ids: Sequence[str], *, reason: str, now: dt.datetime, who: str = "") -> int:
    """Refuse claims; whoever asks later reads why."""
    reason = clean(reason)
    if not reason:
        raise OfficeError(T("A refusal needs a reason."), safe=T("Nothing was refused."))
    for claim in held(session, claim_ids):
        _step(claim, "refused")
        _refuse_in_payment(claim)
        claim.status, claim.reason, claim.approved_cents = "refused", reason, None
        claim.approved_on, claim.approved_by = now.date(), who
    session.flush()
    return len(claim_ids)


def pay_by_hand(session: Session, claim_ids: Sequence[str], *, on: dt.date) -> int:
    """Paid in cash or otherwise outside of the lists for the bank."""
    for claim in held(session, claim_ids):
        _step(claim, "paid")
        _refuse_in_payment(claim)
        claim.status, claim.paid_on = "paid", on
    session.flush()
    return len(claim_ids)


def take_back_paid(session: Session, claim_ids: Sequence[str]) -> int:
    """Not paid after all; a claim in a list for the bank comes out of it with the list."""
    for claim in held(session, claim_ids):
        _step(claim, "approved")
        _refuse_in_payment(claim)
        claim.status, claim.paid_on = "approved", None
    session.flush()
    return len(claim_ids)


def _set_returned(claim: TravelClaim, now: dt.datetime) -> None:
    claim.status, claim.returned_on = "returned", claim.returned_on or now.date()


def _step(claim: TravelClaim, status: str) -> None:
    if not may_follow(claim.status, status):
        raise OfficeError(
            T("This step cannot follow here: the claim is “{status}”.", status=CLAIM_STATUSES[claim.status]),
            safe=T("Nothing was changed."),
            todo=T("A claim comes back, is approved or refused, and is then paid."),
        )


def _refuse_in_payment(claim: TravelClaim) -> None:
    if claim.payment_id is not None:
        raise OfficeError(
            T("This claim stands in a payment."),
            safe=T("Nothing was changed."),
            todo=T("Take the payment back first."),
        )


def _missing(claim: TravelClaim, claimed: int) -> list[Text]:
    if not may_follow(claim.status, "approved") or claim.status == "paid":
        return [T("the claim is “{status}”", status=CLAIM_STATUSES[claim.status])]
    found = []
    if not claim.signed:
        found.append(T("the paper is not signed"))
    if not claimed:
        found.append(T("nothing is claimed"))
    return found


def _refuse_too_much(granted: int, limit: int, reason: str) -> None:
    if granted <= 0 or granted > limit:
        raise OfficeError(
            T("At most {amount} can be approved here.", amount=amount(limit)), safe=T("Nothing was approved.")
        )
    if granted < limit and not clean(reason):
        raise OfficeError(T("Approving less needs a reason."), safe=T("Nothing was approved."))


def amount(cents: int) -> Text:
    """A sum in the reader's language."""
    exact = euros(cents) or 0
    return in_both(language("sl").money(exact), language("en").money(exact))
