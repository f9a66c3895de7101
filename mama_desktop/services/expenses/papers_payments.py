"""The accountant's list of payments: of one payment, of a period, or of everything approved and paid for an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.expenses import Payment
from mama_desktop.domain.money import euros
from mama_desktop.domain.text import TN, T, Text, verbatim
from mama_desktop.i18n import language as language_of
from mama_desktop.services import office, papers_about
from mama_desktop.services.expenses.iban import grouped
from mama_desktop.services.expenses.payables import KINDS, Payable, payables
from mama_desktop.services.expenses.payments import mark_of
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_words import main_code, pair, words
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.sheet import Book, Column, Fact, Group, Row, Sheet, Total, Words

PAYMENTS = "payments"
PAYMENTS_TITLE = T("Payments of travel costs")
TARGET = "event-or-period"


def make_payments(
    session: Session, target: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """target: the key of an event, or "first..last" days: payments made in the period, and what is approved and in
    none yet. options: payment (its key; only that one). Reads only."""
    del who
    paper = language or "sl"
    wanted = str(options.get("payment") or "")
    blocks, facts, name = _blocks(session, target, wanted, paper)
    if not any(found for _, found in blocks):
        raise OfficeError(
            T("There is nothing to pay and nothing paid here."), safe=T("Nothing was written."),
            todo=T("Approve claims or settlements first, or choose another event or period."),
        )  # fmt: skip
    known = office.settings(session)
    organiser = pair(paper, str(known["office.name_sl"] or known["office.short_name"]), str(known["office.name_en"]))
    everything = [one for _, found in blocks for one in found]
    total = language_of(main_code(paper)).money(euros(sum(one.cents for one in everything)) or 0)
    sheet = Sheet(
        key=PAYMENTS,
        title=words(PAYMENTS_TITLE, paper),
        columns=_columns(paper),
        groups=tuple(Group(_rows(found, paper), title) for title, found in blocks if found),
        language=main_code(paper),
        facts=(
            *facts,
            *((Fact(words(T("Payer"), paper), organiser.line),) if organiser.first else ()),
            *((Fact(words(T("Account of the payer"), paper), str(known["office.iban"])),) if known["office.iban"]
              else ()),
        ),
        totals=(Total(words(T("Together"), paper), total),),
        signatures=(words(T("Approved by"), paper),),
        orientation="landscape",
        footer_left=name if ".." not in name else facts[0].value,
        page_word=papers_about.page_word(paper),
        author=organiser.first,
        created=now,
    )  # fmt: skip
    title = language_of(main_code(paper)).say(PAYMENTS_TITLE).lower()
    return Paper(Book((sheet,)), safe_filename(f"{name} {title}", ""), _warnings(everything))


_Block = tuple[Words, list[Payable]]


def _blocks(session: Session, target: str, wanted: str, paper: str) -> tuple[list[_Block], tuple[Fact, ...], str]:
    """What stands together, with what is said above, and how the paper is called."""
    open_title = words(T("Approved, in no payment yet"), paper)
    if wanted:
        payment = session.get_one(Payment, wanted)
        facts = _facts_of(payment, paper)
        return [(_title(payment, paper), payables(session, payment_id=wanted))], facts, payment.message_id
    if ".." in target:
        first, last = (dt.date.fromisoformat(day) for day in target.split(".."))
        made = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time.max)
        query = select(Payment).where(Payment.made_at.between(*made)).order_by(Payment.made_at, Payment.id)
        blocks = [(_title(one, paper), payables(session, payment_id=one.id)) for one in session.scalars(query)]
        waiting = [
            one for one in payables(session) if one.approved_on is not None and first <= one.approved_on <= last
        ]  # fmt: skip
        period = language_of(main_code(paper)).date_range(first, last)
        return [*blocks, (open_title, waiting)], (Fact(words(T("Period"), paper), period),), target
    known = papers_about.about(session, target)
    query = select(Payment).order_by(Payment.made_at, Payment.id)
    blocks = [
        (_title(one, paper), payables(session, payment_id=one.id, event_id=target)) for one in session.scalars(query)
    ]
    facts = (papers_about.event_fact(known, paper), *papers_about.project_fact(known, paper))
    return [*blocks, (open_title, payables(session, event_id=target))], facts, known.event.code


def _title(payment: Payment, paper: str) -> Words:
    """ "MAMA-20200407-K7Q2M9 · 7. 4. 2020 · plačano 8. 4. 2020"."""
    say = language_of(main_code(paper)).date
    parts = [verbatim(payment.message_id)]
    if payment.pay_on:
        parts.append(verbatim(say(payment.pay_on)))
    first = " · ".join(language_of(main_code(paper)).say(part) for part in parts)
    if payment.paid_on is None:
        return Words(first)
    paid = words(T("paid on {day}", day=payment.paid_on), paper)
    return Words(f"{first} · {paid.first}", paid.second)


def _facts_of(payment: Payment, paper: str) -> tuple[Fact, ...]:
    say = language_of(main_code(paper)).date
    facts = [Fact(words(T("Payment"), paper), payment.message_id, strong=True)]
    if payment.pay_on:
        facts.append(Fact(words(T("Day of payment"), paper), say(payment.pay_on)))
    if payment.paid_on:
        facts.append(Fact(words(T("Paid on"), paper), say(payment.paid_on)))
    return tuple(facts)


def _columns(paper: str) -> tuple[Column, ...]:
    return (
        Column("number", words(T("No."), paper), "line_number", 10),
        Column("name", words(T("Name"), paper), "text", 44),
        Column("iban", words(T("Bank account (IBAN)"), paper), "text", 54),
        Column("amount", words(T("Amount (€)"), paper), "money", 24),
        Column("reference", words(T("Reference"), paper), "text", 30),
        Column("purpose", words(T("Purpose"), paper), "text", 52),
        Column("project", words(T("Project"), paper), "text", 34),
        Column("event", words(T("Event"), paper), "text", 46),
        Column("kind", words(T("Kind"), paper), "text", 28),
    )


def _rows(found: Sequence[Payable], paper: str) -> tuple[Row, ...]:
    say = language_of(main_code(paper)).say
    return tuple(
        (
            None, one.person, grouped(one.iban) or "—", euros(one.cents), mark_of(one), say(one.purpose), one.project,
            one.event, say(KINDS[one.kind]),
        )
        for one in found
    )  # fmt: skip


def _warnings(found: Sequence[Payable]) -> tuple[Text, ...]:
    missing = sum(1 for one in found if one.missing)
    if not missing:
        return ()
    return (TN("{count} person has no account (IBAN).", "{count} people have no account (IBAN).", missing),)
