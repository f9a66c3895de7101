"""The fields of a participant's claim for travel costs, of one of its costs, and of a payment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from mama_desktop.domain.claims import CLAIMED_KINDS, over_cents
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CLAIM_STATUSES, COST_KINDS, BankAccount, CostLine, Payment, TravelClaim
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.travel import MEANS
from mama_desktop.services.expenses.iban import masked
from mama_desktop.services.fields.field import computed, name_in, plain, registry

CLAIMED = (
    select(func.coalesce(func.sum(CostLine.amount_cents), 0))
    .where(CostLine.claim_id == TravelClaim.id)
    .correlate(TravelClaim)
    .scalar_subquery()
)
_MEANS_OR_NONE = {"": T("not known"), **MEANS}
_KINDS = {kind: COST_KINDS[kind] for kind in CLAIMED_KINDS}


def _name(_language: str, given_name: str, family_name: str) -> str:
    return f"{family_name} {given_name}".strip()


def _over(_language: str, claimed: int, most: int | None) -> int | None:
    return over_cents(claimed, most) or None


def _masked(_language: str, iban: str | None) -> str:
    return masked(iban or "")


CLAIM_FIELDS = registry(
    computed("name", T("Family and given name"), (Person.given_name, Person.family_name), _name, width=180),
    plain(TravelClaim.status, T("Status"), "choice", choices=CLAIM_STATUSES, width=120, editable=False),
    computed("event", T("Event"), (Event.title_sl, Event.title_en), name_in, width=220),
    computed("claimed", T("Claimed"), (CLAIMED,), None, "money", width=100),
    plain(TravelClaim.most_cents, T("The most that is paid"), "money", width=110),
    computed("over", T("Over the most"), (CLAIMED, TravelClaim.most_cents), _over, "money", width=110),
    plain(TravelClaim.approved_cents, T("Approved amount"), "money", width=110, editable=False),
    computed("account", T("Bank account"), (BankAccount.iban,), _masked, sensitivity="sensitive", width=150),
    plain(TravelClaim.signed, T("Signed"), "bool", width=80),
    plain(TravelClaim.green_declared, T("Green travel declared"), "bool", width=110),
    plain(TravelClaim.route, T("Route"), width=220),
    plain(TravelClaim.means, T("Means of transport"), "choice", choices=_MEANS_OR_NONE, width=150),
    plain(TravelClaim.km, T("km one way"), "decimal", width=90),
    computed("project", T("Project"), (Project.title_sl, Project.title_en), name_in, width=180),
    computed("event_day", T("Day of the event"), (Event.starts_on,), None, "date", width=110),
    plain(TravelClaim.made_on, T("Made on"), "date", editable=False),
    plain(TravelClaim.returned_on, T("Returned on"), "date"),
    plain(TravelClaim.approved_on, T("Decided on"), "date", editable=False),
    plain(TravelClaim.approved_by, T("Decided by"), editable=False, width=130),
    plain(TravelClaim.paid_on, T("Paid on"), "date", editable=False),
    computed("payment", T("In payment"), (Payment.message_id,), None, width=160),
    plain(TravelClaim.reason, T("Reason"), editable=False, width=200),
    plain(TravelClaim.remarks, T("Remarks"), "long-text", width=200),
)
CLAIM_COST_FIELDS = registry(
    plain(CostLine.kind, T("Kind"), "choice", choices=_KINDS, width=130),
    plain(CostLine.day, T("Day"), "date"),
    plain(CostLine.what, T("From – to, ticket"), width=230),
    plain(CostLine.quantity, T("km (own car)"), "decimal", width=100),
    plain(CostLine.amount_cents, T("Amount"), "money", width=100),
)
PAYMENT_FIELDS = registry(
    plain(Payment.message_id, T("Payment"), editable=False, width=190),
    plain(Payment.made_at, T("Made on"), "datetime", editable=False, width=150),
    plain(Payment.made_by, T("Made by"), editable=False, width=140),
    plain(Payment.pay_on, T("Day of payment"), "date", editable=False, width=130),
    plain(Payment.total_cents, T("Total"), "money", editable=False, width=110),
    plain(Payment.file_name, T("File for the bank"), editable=False, width=220),
    plain(Payment.paid_on, T("Paid on"), "date", editable=False, width=120),
)


def claims_query() -> Select[Any]:
    """Every claim with whose it is, of which event, where it is paid and in which payment."""
    return (
        select(TravelClaim.id)
        .select_from(TravelClaim)
        .join(Registration, Registration.id == TravelClaim.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Project, Project.id == Event.project_id)
        .outerjoin(BankAccount, BankAccount.person_id == Person.id)
        .outerjoin(Payment, Payment.id == TravelClaim.payment_id)
    )
