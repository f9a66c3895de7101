"""Travel orders (potni nalogi): numbered per year, prefilled from an event, a person and a vehicle; never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CostLine, TravelOrder
from mama_desktop.domain.orders import OFFICE_CAR, OWN_CAR, may_follow, number_words
from mama_desktop.domain.orders import warnings_of as warnings_of
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T, clean
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.services import office

_OF_THE_OFFICE = frozenset({"van", "car"})
_CARS = frozenset({"volunteer-car", "participant-car"})


@dataclass(frozen=True)
class Wish:
    """What a new order is made from; what is not said follows from the event, the person and the vehicle.

    issued_on: the day that stands on it, today when not said; its year decides the number.
    """

    person_id: str
    event_id: str | None = None
    project_id: str | None = None
    vehicle_id: str | None = None
    purpose: str = ""
    route: str = ""
    country: str = ""
    means: str = ""
    leaves_at: dt.datetime | None = None
    returns_at: dt.datetime | None = None
    advance_cents: int = 0
    issued_on: dt.date | None = None


def issue_order(session: Session, wish: Wish, *, now: dt.datetime, who: str = "") -> str:
    """Write a new order with the next number of its year; returns its key."""
    person = session.get_one(Person, wish.person_id)
    event = session.get(Event, wish.event_id) if wish.event_id else None
    vehicle = session.get(Vehicle, wish.vehicle_id) if wish.vehicle_id else None
    card = office.settings(session)
    issued_on = wish.issued_on or now.date()
    order = TravelOrder(
        year=issued_on.year,
        number=next_number(session, issued_on.year),
        issued_on=issued_on,
        person_id=person.id,
        post=person.function,
        home_address=home_of(person),
        ordered_by=str(card.get("office.representative") or who),
        event_id=wish.event_id,
        project_id=wish.project_id or (event.project_id if event else None),
        purpose=wish.purpose or (event.title_sl if event else ""),
        route=wish.route or _route(session, person, event, str(card.get("office.town") or "")),
        country=(wish.country or (event.country if event else "") or "SI").upper(),
        leaves_at=wish.leaves_at or _begin(event),
        returns_at=wish.returns_at or _end(event),
        means=wish.means or (means_of(vehicle) if vehicle else ""),
        vehicle_id=wish.vehicle_id,
        registration_number=vehicle.registration_number if vehicle else "",
        payer=str(card.get("office.name_sl") or ""),
        advance_cents=wish.advance_cents,
    )
    session.add(order)
    session.flush()
    return order.id


def home_of(person: Person) -> str:
    return ", ".join(part for part in (person.street, f"{person.postal_code} {person.town}".strip()) if part)


def means_of(vehicle: Vehicle) -> str:
    """By what one travels in a vehicle: whose car it is decides whether kilometres are paid."""
    if vehicle.kind in _OF_THE_OFFICE:
        return OFFICE_CAR
    return OWN_CAR if vehicle.kind in _CARS else "event-bus" if vehicle.carrier_id or vehicle.kind == "bus" else "other"


def next_number(session: Session, year: int) -> int:
    """The number after the last of the year; two who write at the same moment wait for one another in the store.

    Orders are never deleted, so a number that stands is never given again; a cancelled order keeps its own. Only the
    undo of its writing frees a number: that order was never written then (its undo is refused once anything later hangs
    on the row), and a hole in the numbers of the year would have to be explained to whoever audits. Redo gives the same
    number back, and is no longer offered once somebody has written another order.
    """
    return (session.scalar(select(func.max(TravelOrder.number)).where(TravelOrder.year == year)) or 0) + 1


def set_status(session: Session, order_id: str, status: str, *, now: dt.datetime, who: str = "") -> None:
    """Carry an order a step further (or back); refuses a step that may not follow, and what is not ready for it."""
    order = session.get_one(TravelOrder, order_id)
    if not may_follow(order.status, status):
        raise OfficeError(
            T("This step cannot follow here."),
            safe=T("The travel order stays as it was."),
            todo=T("Settle it first, then approve it, then pay it."),
        )
    if status == "settled" and (order.left_at is None or order.returned_at is None):
        raise OfficeError(
            T("The settlement needs the departure and the return as they were."),
            safe=T("The travel order stays as it was."),
            todo=T("Key in both days and hours."),
        )
    if order.status == "approved" and status == "settled" and order.payment_id:
        raise OfficeError(
            T("This travel order is in a payment."),
            safe=T("The travel order stays as it was."),
            todo=T("Take the payment back first."),
        )
    order.status = status
    if status == "settled":
        order.settled_on = order.settled_on or now.date()
        order.approved_on, order.approved_by = None, ""
    elif status == "approved":
        order.approved_on, order.approved_by = order.approved_on or now.date(), order.approved_by or who
        order.paid_on = None
    elif status == "paid":
        order.paid_on = now.date()
    elif status == "issued":
        order.settled_on = None
    session.flush()


def carry(
    session: Session, order_ids: Sequence[str], status: str, *, now: dt.datetime, who: str = "", reason: str = ""
) -> int:
    """Carry these orders a step further or back, all or none; returns how many. What stands in a payment is taken out
    of it there. reason: why they are cancelled, kept with the remarks."""
    orders = session.scalars(
        select(TravelOrder).where(TravelOrder.id.in_(order_ids)).order_by(TravelOrder.id).with_for_update()
        .execution_options(populate_existing=True)
    ).all()  # fmt: skip
    for order in orders:
        if order.payment_id and status != "paid":
            raise OfficeError(
                T("Travel order {number} is in a payment.", number=number_words(order.number, order.year)),
                safe=T("Nothing was changed."), todo=T("Take the payment back first."),
            )  # fmt: skip
        set_status(session, order.id, status, now=now, who=who)
        if status == "cancelled" and clean(reason):
            order.remarks = "\n".join(part for part in (order.remarks, clean(reason)) if part)
    session.flush()
    return len(orders)


def lines_of(session: Session, order_id: str) -> list[CostLine]:
    return list(session.scalars(select(CostLine).where(CostLine.order_id == order_id).order_by(CostLine.position)))


def _route(session: Session, person: Person, event: Event | None, office_town: str) -> str:
    """There and back: from the office's town (else the person's organisation's, else home) to the event's."""
    organisation = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    start = office_town or (organisation.town if organisation else "") or person.town
    if event is None or not event.town or not start or start == event.town:
        return ""
    return f"{start} – {event.town} – {start}"


def _begin(event: Event | None) -> dt.datetime | None:
    if event is None or event.starts_on is None or event.precision == "month":
        return None
    return dt.datetime.combine(event.starts_on, event.starts_at or dt.time(8))


def _end(event: Event | None) -> dt.datetime | None:
    if event is None or event.starts_on is None or event.precision == "month":
        return None
    return dt.datetime.combine(event.ends_on or event.starts_on, event.ends_at or dt.time(16))
