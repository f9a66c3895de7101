"""What is approved and waits to be paid: claims of participants, and settlements of travel orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Choices
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelClaim, TravelOrder
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text, in_both, sort_key
from mama_desktop.services.expenses import settlements
from mama_desktop.services.expenses.accounts import KeptAccount, accounts_of

CLAIM, ORDER = "claim", "order"
KINDS: Choices = {CLAIM: T("claim for travel costs"), ORDER: T("travel order")}


@dataclass(frozen=True)
class Payable:
    """One amount to one person, in cents. key: of the claim or the order; event and project: "" without one.

    purpose: as it stands on the payment; missing: why it cannot be paid yet.
    """

    kind: str
    key: str
    person_id: str
    person: str
    iban: str
    bic: str
    cents: int
    purpose: Text
    event: str
    event_id: str
    project: str
    approved_on: dt.date | None
    payment_id: str | None
    missing: tuple[Text, ...] = ()
    family_name: str = ""


def payables(session: Session, *, payment_id: str | None = None, event_id: str = "") -> list[Payable]:
    """Everything approved that stands in no payment yet, in the order of names; or all that stands in one payment."""
    found = [*_claims(session, payment_id, event_id), *_orders(session, payment_id, event_id)]
    return sorted(found, key=lambda one: (sort_key(one.family_name), sort_key(one.person), one.event, one.key))


def chosen(session: Session, keys: Collection[str]) -> list[Payable]:
    """Those of these keys that still wait to be paid."""
    wanted = set(keys)
    return [one for one in payables(session) if one.key in wanted]


def _claims(session: Session, payment_id: str | None, event_id: str) -> list[Payable]:
    query = (
        select(TravelClaim, Person, Event, Project)
        .join(Registration, Registration.id == TravelClaim.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Project, Project.id == Event.project_id)
    )
    query = query.where(*_waiting(TravelClaim, payment_id))
    if event_id:
        query = query.where(Registration.event_id == event_id)
    rows = session.execute(query).all()
    accounts = accounts_of(session, {person.id for _, person, _, _ in rows})
    found = []
    for claim, person, event, project in rows:
        if claim.approved_cents is None:
            continue
        purpose = T("Travel costs {event} {code}", event=_both(event.title_sl, event.title_en), code=event.code)
        found.append(_payable(CLAIM, claim, person, accounts[person.id], claim.approved_cents, purpose, event, project))
    return found


def _orders(session: Session, payment_id: str | None, event_id: str) -> list[Payable]:
    query = (
        select(TravelOrder, Person, Event, Project)
        .join(Person, Person.id == TravelOrder.person_id)
        .outerjoin(Event, Event.id == TravelOrder.event_id)
        .outerjoin(Project, Project.id == TravelOrder.project_id)
        .where(*_waiting(TravelOrder, payment_id))
    )
    if event_id:
        query = query.where(TravelOrder.event_id == event_id)
    rows = session.execute(query).all()
    accounts = accounts_of(session, {person.id for _, person, _, _ in rows})
    found = []
    for order, person, event, project in rows:
        cents = settlements.settlement_of(session, order.id).to_pay_cents
        if cents <= 0:
            # Nothing to pay out: the advance was as much, or the traveller gives back.
            continue
        purpose = T("Travel order {number}", number=f"{order.number}/{order.year}")
        found.append(_payable(ORDER, order, person, accounts[person.id], cents, purpose, event, project))
    return found


def _waiting(record: Any, payment_id: str | None) -> tuple[Any, ...]:
    if payment_id is not None:
        return (record.payment_id == payment_id,)
    return record.status == "approved", record.payment_id.is_(None)


def _payable(
    kind: str, record: Any, person: Person, account: KeptAccount, cents: int, purpose: Text, event: Event | None,
    project: Project | None,
) -> Payable:  # fmt: skip
    missing = () if account.iban else (T("the account (IBAN) is missing"),)
    name = account.holder or f"{person.given_name} {person.family_name}".strip()
    return Payable(
        kind, record.id, person.id, name, account.iban, account.bic, cents, purpose,
        event.title_sl if event else "", event.id if event else "",
        (project.acronym or project.title_sl) if project else "", record.approved_on, record.payment_id, missing,
        person.family_name,
    )  # fmt: skip


def _both(name_sl: str, name_en: str) -> Text:
    return in_both(name_sl, name_en or name_sl)
