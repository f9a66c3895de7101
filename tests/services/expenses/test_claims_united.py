"""Two people become one, and each has a claim for the same event: what was decided and paid stays so."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import CostLine, Payment, TravelClaim
from mama_desktop.domain.text import T
from mama_desktop.services.merging import carry_out, plan_merge
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)


@pytest.mark.parametrize("paid_stays", [True, False])
def test_a_paid_claim_is_not_made_anew(db: Database, paid_stays: bool) -> None:
    def begin(session: Session) -> tuple[str, str]:
        event = make_event(session)
        payment = Payment(message_id="MAMA-1", made_at=NOW, pay_on=NOW.date(), file_name="p.xml", total_cents=5_000)
        session.add(payment)
        session.flush()
        keys = []
        for name, paid in (("Ana", True), ("Anna", False)):
            person = make_person(session, given_name=name)
            claim = TravelClaim(registration_id=make_registration(session, event, person).id)
            if paid:
                claim.status, claim.payment_id, claim.paid_on = "paid", payment.id, NOW.date()
                claim.approved_cents, claim.approved_on, claim.approved_by = 5_000, NOW.date(), "Maja"
            session.add(claim)
            session.flush()
            session.add(CostLine(claim_id=claim.id, amount_cents=5_000 if paid else 700))
            keys.append(person.id)
        session.flush()
        return keys[0], keys[1]

    paid, other = db.write(begin, label=T("Begin"))
    keep, gone = (paid, other) if paid_stays else (other, paid)
    plan = db.read(plan_merge, "person", keep, gone)
    db.write(carry_out, plan, now=NOW, label=T("Merge"))
    (one,) = db.read(lambda session: session.scalars(select(TravelClaim)).all())
    assert (one.status, one.approved_cents, one.approved_by, one.paid_on) == ("paid", 5_000, "Maja", NOW.date())
    assert one.payment_id is not None
    # That one of the two was still open is said before it is done.
    assert any("left out" in str(words) for words in plan.clashes)


@pytest.mark.parametrize(("one", "other"), [("approved", "approved"), ("paid", "approved"), ("paid", "paid")])
def test_two_that_are_approved_or_paid_never_become_one(db: Database, one: str, other: str) -> None:
    keep, gone = db.write(_two_claims, one, other, label=T("Begin"))
    plan = db.read(plan_merge, "person", keep, gone)
    assert plan.refusal is not None
    assert "(50.00 € and 7.00 €)" in str(plan.refusal.what)
    with pytest.raises(OfficeError, match="never become one"):
        db.write(carry_out, plan, now=NOW, label=T("Merge"))
    assert len(db.read(lambda session: session.scalars(select(TravelClaim)).all())) == 2


def test_what_is_approved_after_the_preview_is_not_lost(db: Database) -> None:
    keep, gone = db.write(_two_claims, "approved", "returned", label=T("Begin"))
    plan = db.read(plan_merge, "person", keep, gone)
    assert plan.refusal is None

    def approve(session: Session) -> None:
        for claim in session.scalars(select(TravelClaim)):
            claim.status = "approved"

    db.write(approve, label=T("Approve"))
    with pytest.raises(OfficeError, match="meanwhile"):
        db.write(carry_out, plan, now=NOW, label=T("Merge"))


def _two_claims(session: Session, *statuses: str) -> tuple[str, str]:
    event = make_event(session)
    people = [make_person(session, given_name=name) for name in ("Ana", "Anna")]
    for person, status, cents in zip(people, statuses, (5_000, 700), strict=True):
        registration = make_registration(session, event, person)
        session.add(TravelClaim(registration_id=registration.id, status=status, approved_cents=cents))
    session.flush()
    return people[0].id, people[1].id
