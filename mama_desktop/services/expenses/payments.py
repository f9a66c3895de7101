"""Payments: chosen amounts become one list with a file for the bank; each amount stands in one payment at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import Payment, TravelClaim, TravelOrder
from mama_desktop.domain.papers import issue_code
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.i18n import language
from mama_desktop.services import counting, office
from mama_desktop.services.expenses import travel_orders
from mama_desktop.services.expenses.payables import CLAIM, Payable, payables
from mama_desktop.services.short_ids import short_id
from mama_desktop.sheets.sepa import NEWEST, CreditTransfer, Debtor, sepa_file
from mama_desktop.sheets.sepa import VERSIONS as VERSIONS


@dataclass(frozen=True)
class Made:
    """A payment that was made: its key, the mark of its file, how many amounts, the sum in cents."""

    id: str
    message_id: str
    count: int
    total_cents: int


def make_payment(
    session: Session, keys: Sequence[str], *, pay_on: dt.date, now: dt.datetime, who: str = "",
    bank_file: bool = True, version: str = NEWEST,
) -> Made:  # fmt: skip
    """Take these claims and orders (by key) into one payment on a day.

    bank_file: with the file for the bank (pain.001), checked; without it only the accountant's list can be made.
    Raises OfficeError that names whoever cannot be paid; then nothing is changed.
    """
    wanted = list(dict.fromkeys(keys))
    _hold(session, wanted)
    found = [one for one in payables(session) if one.key in set(wanted)]
    _refuse_gone(session, wanted, found)
    message_id = f"MAMA-{now:%Y%m%d}-{issue_code()}"
    payment = Payment(
        message_id=message_id, made_at=now, made_by=who, pay_on=pay_on,
        total_cents=sum(one.cents for one in found), file_name="",
    )  # fmt: skip
    if bank_file:
        data = sepa_file(
            debtor(session), [transfer_of(one) for one in found], execution_date=pay_on, message_id=message_id,
            made_at=now, version=version,
        )  # fmt: skip
        payment.file_name, payment.file_hash = f"{message_id}.xml", office.store_file(session, data)
    session.add(payment)
    session.flush()
    for one in found:
        if one.kind == CLAIM:
            session.get_one(TravelClaim, one.key).payment_id = payment.id
        else:
            session.get_one(TravelOrder, one.key).payment_id = payment.id
    session.flush()
    return Made(payment.id, message_id, len(found), payment.total_cents)


def debtor(session: Session) -> Debtor:
    """The office as the bank knows it; OfficeError while its account is not written in Settings."""
    known = office.settings(session)
    name, account = str(known["office.name_sl"] or known["office.short_name"]), str(known["office.iban"])
    missing = [T("its name"), T("its account (IBAN)")]
    lacking = [words for words, value in zip(missing, (name, account), strict=True) if not value]
    if lacking:
        raise OfficeError(
            T("The bank has to know who pays."), safe=T("Nothing was changed."),
            todo=T("Write this of the office in Settings, or make the payment without a file for the bank:"),
            details=lacking,
        )  # fmt: skip
    return Debtor(name, account, str(known["office.bic"]))


def mark_of(one: Payable) -> str:
    """The office's own mark of an amount: it comes back in the bank's statement."""
    return f"{'Z' if one.kind == CLAIM else 'N'}-{short_id(one.key)}"


def transfer_of(one: Payable) -> CreditTransfer:
    words = language("sl")
    return CreditTransfer(
        name=one.person, iban=one.iban, cents=one.cents, purpose=words.say(one.purpose), end_to_end=mark_of(one),
        bic=one.bic, purpose_code="BEXP",
    )  # fmt: skip


def payment_file(session: Session, payment_id: str) -> tuple[str, bytes]:
    """Name and bytes of the bank's file as it was made."""
    payment = session.get_one(Payment, payment_id)
    data = office.file_content(session, payment.file_hash)
    if data is None:
        raise OfficeError(T("This payment was made without a file for the bank."))
    return payment.file_name, data


def mark_paid(session: Session, payment_ids: Sequence[str], *, on: dt.date, now: dt.datetime) -> int:
    """The bank has paid: everything in these payments is paid on that day."""
    for payment in _payments(session, payment_ids):
        if payment.paid_on is not None:
            continue
        if on < payment.made_at.date():
            raise OfficeError(
                T("It cannot be paid before it was made ({day}).", day=payment.made_at.date()),
                safe=T("Nothing was changed."),
            )
        payment.paid_on = on
        for claim in _claims_in(session, payment.id):
            claim.status, claim.paid_on = "paid", on
        for order in _orders_in(session, payment.id):
            travel_orders.set_status(session, order.id, "paid", now=now)
            order.paid_on = on
    session.flush()
    return len(payment_ids)


def mark_unpaid(session: Session, payment_ids: Sequence[str], *, now: dt.datetime) -> int:
    """Not paid after all: everything in these payments is only approved again."""
    for payment in _payments(session, payment_ids):
        payment.paid_on = None
        for claim in _claims_in(session, payment.id):
            claim.status, claim.paid_on = "approved", None
        for order in _orders_in(session, payment.id):
            if order.status == "paid":
                travel_orders.set_status(session, order.id, "approved", now=now)
    session.flush()
    return len(payment_ids)


def take_back(session: Session, payment_ids: Sequence[str]) -> int:
    """Take payments back that the bank has not carried out: what stood in them waits to be paid again.

    What is paid stays; its payment is never taken back silently.
    """
    payments = _payments(session, payment_ids)
    if any(payment.paid_on is not None for payment in payments):
        raise OfficeError(
            T("This payment is marked as paid."),
            safe=T("Nothing was taken back."),
            todo=T("If it was not paid after all, take that mark away first."),
        )
    for payment in payments:
        for claim in _claims_in(session, payment.id):
            claim.payment_id = None
        for order in _orders_in(session, payment.id):
            order.payment_id = None
        session.flush()
        session.delete(payment)
    session.flush()
    return len(payment_ids)


def _hold(session: Session, keys: Collection[str]) -> None:
    """Locks these rows until the end of the transaction and reads them anew: two who choose the same wait."""
    for some in counting.chunks(keys):
        claims = select(TravelClaim).where(TravelClaim.id.in_(some)).order_by(TravelClaim.id).with_for_update()
        orders = select(TravelOrder).where(TravelOrder.id.in_(some)).order_by(TravelOrder.id).with_for_update()
        session.scalars(claims.execution_options(populate_existing=True)).all()
        session.scalars(orders.execution_options(populate_existing=True)).all()


def _refuse_gone(session: Session, wanted: Collection[str], found: Sequence[Payable]) -> None:
    if not wanted:
        raise OfficeError(T("Choose first what is to be paid."))
    gone = set(wanted) - {one.key for one in found}
    if gone:
        details: list[Text] = []
        for some in counting.chunks(gone):
            query = select(Payment.message_id).join(TravelClaim, TravelClaim.payment_id == Payment.id)
            names = session.scalars(query.where(TravelClaim.id.in_(some)).distinct())
            details += [T("It stands in the payment {mark}.", mark=verbatim(mark)) for mark in names]
        raise OfficeError(
            T("Not everything that was chosen waits to be paid any more."),
            safe=T("No payment was made."),
            todo=T("Look at the list again and choose anew."),
            details=details,
        )
    faults = [T("{who}: {fault}", who=one.person, fault=fault) for one in found for fault in one.missing]
    if faults:
        raise OfficeError(
            T("Not everybody who was chosen can be paid."),
            safe=T("No payment was made."),
            todo=T("Key in what is missing, or leave them out."),
            details=faults,
        )


def _payments(session: Session, payment_ids: Sequence[str]) -> list[Payment]:
    query = select(Payment).where(Payment.id.in_(payment_ids)).order_by(Payment.id).with_for_update()
    return list(session.scalars(query))


def _claims_in(session: Session, payment_id: str) -> list[TravelClaim]:
    return list(session.scalars(select(TravelClaim).where(TravelClaim.payment_id == payment_id)))


def _orders_in(session: Session, payment_id: str) -> list[TravelOrder]:
    return list(session.scalars(select(TravelOrder).where(TravelOrder.payment_id == payment_id)))
