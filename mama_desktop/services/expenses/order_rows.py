"""Travel orders as the window shows them: the table, the card of one, its costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.orders import number_words, warnings_of
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import Text
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.i18n import language as language_of
from mama_desktop.services import fields, projects
from mama_desktop.services.expenses.order_costs import costs_of
from mama_desktop.services.expenses.settlements import settlement_of
from mama_desktop.services.fields.orders import ORDER_COST_FIELDS, ORDER_DETAILS, ORDER_FIELDS, orders_query

# Events around the day of the order are offered; any other is found by its title.
_NEAR = dt.timedelta(days=150)


@dataclass(frozen=True)
class OrderCard:
    """One order with its settlement, in cents. values: raw values of ORDER_FIELDS and ORDER_DETAILS.

    said: what an auditor would ask; doubts: rates to be confirmed; missing: what has no rate and is not in it.
    wrong: why the settlement cannot be worked out.
    """

    id: str
    number: str
    status: str
    values: dict[str, Any]
    person_id: str
    event_id: str
    event: str
    is_abroad: bool
    total_cents: int
    advance_cents: int
    to_pay_cents: int
    absence: dt.timedelta | None
    in_payment: str
    said: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    wrong: Text | None = None


@dataclass(frozen=True)
class Orders:
    keys: tuple[str, ...]
    name: str


def orders_table(
    session: Session, *, language: str = "sl", event_id: str = "", project_id: str = "", keys: Sequence[str] = ()
) -> Listing:
    """All travel orders, or those of an event, of a project, of these keys; one query."""
    query = orders_query()
    if event_id:
        query = query.where(TravelOrder.event_id == event_id)
    if project_id:
        query = query.where(TravelOrder.project_id == project_id)
    if keys:
        query = query.where(TravelOrder.id.in_(keys))
    return fields.listing(session, list(ORDER_FIELDS.values()), query, TravelOrder.id, language=language)


def count_of(session: Session, *, event_id: str = "", project_id: str = "") -> int:
    """How many orders an event or a project has, cancelled ones left out."""
    query = select(func.count()).select_from(TravelOrder).where(TravelOrder.status != "cancelled")
    query = query.where(TravelOrder.event_id == event_id) if event_id else query
    return session.scalar(query.where(TravelOrder.project_id == project_id) if project_id else query) or 0


def order_card(session: Session, key: str, *, language: str = "sl") -> OrderCard | None:
    """The card of one order; None when it is not there any more."""
    order = session.get(TravelOrder, key)
    if order is None:
        return None
    all_fields = [*ORDER_FIELDS.values(), *ORDER_DETAILS.values()]
    query = orders_query().where(TravelOrder.id == key)
    found = fields.listing(session, all_fields, query, TravelOrder.id, language=language)
    values = {info.key: value for info, value in zip(found.fields, found.rows[0], strict=True)}
    doubts: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    wrong, absence = None, None
    if order.left_at and order.returned_at:
        absence = order.returned_at - order.left_at
        try:
            settled = settlement_of(session, key)
            doubts, missing = settled.warnings, settled.missing
        except OfficeError as error:
            wrong = error.what
    event = session.get(Event, order.event_id) if order.event_id else None
    return OrderCard(
        key, number_words(order.number, order.year), order.status, values, order.person_id, order.event_id or "",
        _title(event, language) if event else "", order.country not in ("", "SI"), values["total"], order.advance_cents,
        values["total"] - order.advance_cents, absence, values["payment"] or "", tuple(warnings_of(order)), doubts,
        missing, wrong,
    )  # fmt: skip


def cost_rows(session: Session, key: str, *, language: str = "sl") -> Listing:
    """The costs of an order: what follows from a rate said in the reader's words, with its source."""
    order = session.get_one(TravelOrder, key)
    words = language_of(language)
    costs = costs_of(session, order)
    names: dict[str, str] = {}
    if ids := [cost.attachment_id for cost in costs if cost.attachment_id]:
        rows = session.execute(select(Attachment.id, Attachment.name).where(Attachment.id.in_(ids)))
        names = {row.id: row.name for row in rows}
    infos = tuple(field.info for field in ORDER_COST_FIELDS.values())
    rows_of = [
        (
            cost.own_words if not cost.computed else words.say(cost.what), cost.amount_cents, cost.day, cost.quantity,
            None if cost.unit is None else cost.unit // 100, cost.kind, names.get(cost.attachment_id or "", ""),
            cost.certainty == "C" if cost.computed else None, cost.source,
        )
        for cost in costs
    ]  # fmt: skip
    return Listing(infos, [cost.id for cost in costs], rows_of)


def choices_of(session: Session, order_id: str, *, language: str = "sl") -> dict[str, dict[str, str]]:
    """What the form of an order offers: what it has is always there."""
    order = session.get_one(TravelOrder, order_id)
    return choices_around(
        session, order.issued_on, event_id=order.event_id or "", vehicle_id=order.vehicle_id or "", language=language
    )


def choices_around(
    session: Session, day: dt.date, *, event_id: str = "", vehicle_id: str = "", language: str = "sl"
) -> dict[str, dict[str, str]]:
    """Key → words of the events around a day (and of one more), of all projects, of the vehicles in use."""
    near = Event.starts_on.between(day - _NEAR, day + _NEAR) | (Event.id == event_id)
    say = language_of(language)
    events = {}
    for event in session.scalars(select(Event).where(near).order_by(Event.starts_on.desc(), Event.code)):
        when = say.event_dates(event.starts_on, event.ends_on, event.precision)
        events[event.id] = " · ".join(part for part in (_title(event, language), when) if part)
    vehicles = select(Vehicle).where(Vehicle.in_use | (Vehicle.id == vehicle_id)).order_by(Vehicle.name)
    named = {one.id: " · ".join(filter(None, (one.name, one.registration_number))) for one in session.scalars(vehicles)}
    return {"event": events, "project": projects.project_names(session, language=language), "vehicle": named}


def orders_of(session: Session, *, event_id: str = "", project_id: str = "", language: str = "sl") -> Orders:
    """The orders of an event or of a project, with its name."""
    listing = orders_table(session, language=language, event_id=event_id, project_id=project_id)
    if event_id:
        event = session.get(Event, event_id)
        return Orders(tuple(listing.keys), _title(event, language) if event else "")
    return Orders(tuple(listing.keys), projects.project_names(session, language=language).get(project_id, ""))


def _title(event: Event, language: str) -> str:
    return event.title_en if language == "en" and event.title_en else event.title_sl
