"""Claims and payments as the window shows them: tables, counts, and the card of one claim."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CostLine, Payment, TravelClaim, TravelOrder
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.services import counting, fields
from mama_desktop.services.expenses import claims
from mama_desktop.services.expenses.accounts import KeptAccount, account_of_person
from mama_desktop.services.expenses.claim_decisions import amount
from mama_desktop.services.expenses.claim_prefill import Prefill, prefilled
from mama_desktop.services.expenses.iban import masked
from mama_desktop.services.expenses.payables import KINDS, payables
from mama_desktop.services.expenses.payments import mark_of
from mama_desktop.services.fields.claim import CLAIM_COST_FIELDS, CLAIM_FIELDS, PAYMENT_FIELDS, claims_query

_PAYABLE_FIELDS = (
    FieldInfo("person", T("Name"), editable=False, width=170),
    FieldInfo("cents", T("Amount"), "money", editable=False, width=100),
    FieldInfo("account", T("Bank account"), sensitivity="sensitive", editable=False, width=150),
    FieldInfo("missing", T("Missing"), editable=False, width=170),
    FieldInfo("kind", T("Kind"), "choice", choices=KINDS, editable=False, width=190),
    FieldInfo("purpose", T("Purpose"), editable=False, width=260),
    FieldInfo("project", T("Project"), editable=False, width=140),
    FieldInfo("approved_on", T("Approved on"), "date", editable=False, width=110),
    FieldInfo("reference", T("Reference"), editable=False, width=130),
)


@dataclass(frozen=True)
class ClaimCard:
    """One claim with everything its page says. most_cents: as it counts now, after the declaration of green travel."""

    id: str
    values: dict[str, Any]
    registration_id: str
    person_id: str
    event_id: str
    event_code: str
    person: str
    payment_id: str | None
    account: KeptAccount
    known: Prefill
    claimed_cents: int
    most_cents: int | None
    said: tuple[Text, ...] = field(default=())

    @property
    def status(self) -> str:
        return str(self.values["status"])


@dataclass(frozen=True)
class Counts:
    """How many claims are in each status, and the cents approved that wait to be paid."""

    by_status: dict[str, int]
    waiting_cents: int = 0

    @property
    def all(self) -> int:
        return sum(self.by_status.values())


def claims_table(session: Session, *, event_id: str = "", language: str = "sl") -> Listing:
    """All claims, the youngest events first, or those of one event."""
    query = claims_query().order_by(Event.starts_on.desc(), Person.family_name, Person.given_name, TravelClaim.id)
    if event_id:
        query = query.where(Registration.event_id == event_id)
    return fields.listing(session, list(CLAIM_FIELDS.values()), query, TravelClaim.id, language=language)


def counts(session: Session, *, event_id: str = "") -> Counts:
    query = select(TravelClaim.status, func.count()).group_by(TravelClaim.status)
    waiting = select(func.sum(TravelClaim.approved_cents)).where(
        TravelClaim.status == "approved", TravelClaim.payment_id.is_(None)
    )
    if event_id:
        of_event = select(Registration.id).where(Registration.event_id == event_id)
        query = query.where(TravelClaim.registration_id.in_(of_event))
        waiting = waiting.where(TravelClaim.registration_id.in_(of_event))
    found = {status: number for status, number in session.execute(query)}
    return Counts(found, int(session.scalar(waiting) or 0))


def claim_card(session: Session, claim_id: str, *, language: str = "sl") -> ClaimCard | None:
    """The card of one claim; None when it was deleted meanwhile."""
    query = claims_query().where(TravelClaim.id == claim_id)
    listing = fields.listing(session, list(CLAIM_FIELDS.values()), query, TravelClaim.id, language=language)
    if not listing.keys:
        return None
    values = {info.key: value for info, value in zip(listing.fields, listing.rows[0], strict=True)}
    claim = session.get_one(TravelClaim, claim_id)
    registration = session.get_one(Registration, claim.registration_id)
    event = session.get_one(Event, registration.event_id)
    known = prefilled(session, [registration.id])[registration.id]
    most = claims.most_of(session, claim)
    card = ClaimCard(
        claim_id, values, registration.id, registration.person_id, event.id, event.code, claims.name_of(session, claim),
        claim.payment_id, account_of_person(session, registration.person_id), known, int(values["claimed"]), most,
    )  # fmt: skip
    return replace(card, said=tuple(_said(card, claim)))


def _said(card: ClaimCard, claim: TravelClaim) -> list[Text]:
    """What whoever decides must know."""
    said: list[Text] = []
    over = card.claimed_cents - card.most_cents if card.most_cents is not None else 0
    if claim.status in ("made", "returned"):
        if over > 0 and card.most_cents:
            said.append(
                T("{over} more is claimed than is paid: {most} can be approved at most.", over=amount(over),
                  most=amount(card.most_cents))
            )  # fmt: skip
        elif over > 0:
            said.append(T("Nothing is paid for this distance."))
        if card.most_cents is not None and claim.most_cents is not None and card.most_cents < claim.most_cents:
            said.append(T("Green travel is not declared: only the standard amount is paid."))
        if claim.green_declared and not card.known.green and card.known.means and claim.most_cents is not None:
            said.append(T("Green travel is declared, and the most was reckoned without it: correct it by hand."))
        if claim.status == "returned" and not claim.signed:
            said.append(T("The paper is not signed."))
    if claim.status != "refused" and not card.account.iban and claim.status != "made":
        said.append(T("The account (IBAN) is missing: without it nothing can be paid through the bank."))
    return said


def cost_table(session: Session, claim_id: str, *, language: str = "sl") -> Listing:
    """The costs of one claim in the order of the paper."""
    query = select(CostLine.id).where(CostLine.claim_id == claim_id).order_by(CostLine.position, CostLine.id)
    return fields.listing(session, list(CLAIM_COST_FIELDS.values()), query, CostLine.id, language=language)


def payables_table(session: Session, *, language: str = "sl", payment_id: str | None = None) -> Listing:
    """What waits to be paid, or what stands in one payment; keys are those of the claims and orders."""
    words = language_of(language)
    found = payables(session, payment_id=payment_id)
    rows = [
        (
            one.person, one.cents, masked(one.iban), ", ".join(words.say(fault) for fault in one.missing), one.kind,
            words.say(one.purpose), one.project, one.approved_on, mark_of(one),
        )
        for one in found
    ]  # fmt: skip
    return Listing(_PAYABLE_FIELDS, [one.key for one in found], rows)


def payments_table(session: Session, *, language: str = "sl") -> Listing:
    """All payments, the latest first, with how many amounts stand in each."""
    query = select(Payment.id).order_by(Payment.made_at.desc(), Payment.id)
    found = fields.listing(session, list(PAYMENT_FIELDS.values()), query, Payment.id, language=language)
    numbers: dict[str, int] = {}
    for record in (TravelClaim, TravelOrder):
        counted = select(record.payment_id, func.count()).where(record.payment_id.is_not(None))
        for key, number in session.execute(counted.group_by(record.payment_id)):
            numbers[str(key)] = numbers.get(str(key), 0) + number
    count = FieldInfo("count", T("Amounts"), "number", editable=False, width=90)
    rows = [(*row, numbers.get(key, 0)) for key, row in zip(found.keys, found.rows, strict=True)]
    return Listing((*found.fields, count), found.keys, rows)


def claims_of(session: Session, registration_ids: Collection[str]) -> dict[str, str]:
    """Registration → its claim, for those that have one."""
    found: dict[str, str] = {}
    for some in counting.chunks(registration_ids):
        query = select(TravelClaim.registration_id, TravelClaim.id).where(TravelClaim.registration_id.in_(some))
        found |= {registration: key for registration, key in session.execute(query)}
    return found


def registrations_of(session: Session, claim_ids: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The events of these claims, the one with most of them first, with the registrations that claim."""
    found: dict[str, list[str]] = {}
    for some in counting.chunks(claim_ids):
        query = (
            select(Registration.event_id, Registration.id)
            .join(TravelClaim, TravelClaim.registration_id == Registration.id)
            .where(TravelClaim.id.in_(some))
        )
        for event_id, key in session.execute(query):
            found.setdefault(event_id, []).append(key)
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def who_may_claim(session: Session, event_id: str, statuses: Sequence[str]) -> list[str]:
    """The registrations of an event in these statuses."""
    query = select(Registration.id).where(Registration.event_id == event_id, Registration.status.in_(statuses))
    return list(session.scalars(query))


def event_of(session: Session, registration_id: str) -> str | None:
    """The event of a registration."""
    return session.scalar(select(Registration.event_id).where(Registration.id == registration_id))
