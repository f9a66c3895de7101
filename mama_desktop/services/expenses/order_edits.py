"""What follows from a finished edit of a travel order or of one of its costs: rates are worked out anew at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import CostLine, TravelOrder
from mama_desktop.domain.orders import OFFICE_CAR, OPEN
from mama_desktop.domain.people import Person
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.services import completing
from mama_desktop.services.checked_values import checked
from mama_desktop.services.expenses import settlements
from mama_desktop.services.expenses.travel_orders import home_of, means_of
from mama_desktop.services.fields import Field
from mama_desktop.services.when import read_when

# Numbers that are nought where nothing is said.
_NOUGHT = frozenset({"advance_cents", "breakfasts", "lunches", "dinners"})
_TIMES = frozenset({"leaves_at", "returns_at", "left_at", "returned_at", "border_out_at", "border_back_at"})
_NEEDED = frozenset({"person_id", "issued_on"})


def change_orders(session: Session, keys: Sequence[str], field: Field, value: Any, *, now: dt.datetime) -> int:
    """A finished edit of a field of ORDER_FIELDS or ORDER_DETAILS, as an editor or a keyboard gave it."""
    assert field.writes is not None
    picked = value if isinstance(value, Found) else None
    value = checked(field.info, picked.title if picked else value)
    if field.info.kind == "person":
        value = picked.key if picked and picked.key else completing.key_called(session, "person", value or "")
    return set_field(session, keys, field.writes.key, value, today=now.date())


def change_costs(session: Session, keys: Sequence[str], field: Field, value: Any, **_more: Any) -> int:
    """A finished edit of a field of ORDER_COST_FIELDS."""
    assert field.writes is not None
    return set_cost(session, keys, field.writes.key, checked(field.info, value))


def set_field(session: Session, order_ids: Sequence[str], attribute: str, value: Any, *, today: dt.date) -> int:
    """Give a field of these orders a checked value; returns how many were asked. Closed ones are refused."""
    if attribute in _TIMES and isinstance(value, str):
        value = _read_time(value, today)
    if value is None and attribute in _NOUGHT:
        value = 0
    if value in (None, "") and attribute in _NEEDED:
        raise OfficeError(T("This cannot stay empty."), safe=T("The old value stays."))
    for key in order_ids:
        order = session.get_one(TravelOrder, key)
        if attribute != "remarks":
            _refuse_closed(order)
        _set(session, order, attribute, value)
        session.flush()
        if order.status in OPEN and order.left_at and order.returned_at:
            settlements.settle(session, key)
    return len(order_ids)


def set_cost(session: Session, line_ids: Sequence[str], attribute: str, value: Any) -> int:
    """Correct costs keyed in by hand; what follows from a rate is changed by its facts."""
    for key in line_ids:
        line = session.get_one(CostLine, key)
        assert line.order_id is not None
        _refuse_closed(session.get_one(TravelOrder, line.order_id))
        if line.computed:
            raise OfficeError(
                T("This line follows from a rate."), safe=T("The settlement stays as it was."),
                todo=T("Correct the hours, the meals or the kilometres."),
            )  # fmt: skip
        if attribute == "kind" and value in ("per-diem", "mileage"):
            raise OfficeError(
                T("Per diems and mileage follow from the hours and the kilometres."),
                safe=T("The settlement stays as it was."), todo=T("Correct the hours, the meals or the kilometres."),
            )  # fmt: skip
        setattr(line, attribute, 0 if value is None and attribute == "amount_cents" else value)
    session.flush()
    return len(line_ids)


def take_plan(session: Session, order_id: str) -> None:
    """The journey was as ordered: its hours are taken over where none are keyed in yet."""
    order = session.get_one(TravelOrder, order_id)
    _refuse_closed(order)
    order.left_at = order.left_at or order.leaves_at
    order.returned_at = order.returned_at or order.returns_at
    session.flush()
    if order.left_at and order.returned_at:
        settlements.settle(session, order_id)


def _set(session: Session, order: TravelOrder, attribute: str, value: Any) -> None:
    match attribute:
        case "issued_on" if value.year != order.year:
            raise OfficeError(
                T("The number of a travel order belongs to its year, {year}.", year=str(order.year)),
                safe=T("The old value stays."), todo=T("Cancel this order and write a new one."),
            )  # fmt: skip
        case "person_id":
            person = session.get_one(Person, value)
            order.person_id, order.post, order.home_address = person.id, person.function, home_of(person)
        case "event_id":
            event = session.get(Event, value) if value else None
            order.event_id = event.id if event else None
            if event is not None:
                order.project_id = event.project_id or order.project_id
                order.purpose = order.purpose or event.title_sl
        case "project_id":
            order.project_id = value or None
        case "vehicle_id":
            vehicle = session.get(Vehicle, value) if value else None
            order.vehicle_id = vehicle.id if vehicle else None
            if vehicle is not None:
                order.means, order.registration_number = means_of(vehicle), vehicle.registration_number
        case _:
            setattr(order, attribute, value)
    if attribute in ("odometer_start", "odometer_end"):
        _follow_odometer(order)


def _follow_odometer(order: TravelOrder) -> None:
    first, last = order.odometer_start, order.odometer_end
    if first is None or last is None:
        return
    if last < first:
        raise OfficeError(
            T("The odometer cannot show less at the return than at the departure."), safe=T("The old value stays.")
        )
    if order.means == OFFICE_CAR or order.km is None:
        order.km = float(last - first)


def _read_time(words: str, today: dt.date) -> dt.datetime | None:
    if not words:
        return None
    found = read_when(words, today)
    if found is None or found.starts_on is None or found.starts_at is None:
        raise OfficeError(
            T("“{value}” is no day and hour.", value=words), safe=T("The old value stays."),
            todo=T("Write it like 2. 4. 2020 at 8.30: the day, then the hour."),
        )  # fmt: skip
    return dt.datetime.combine(found.starts_on, found.starts_at)


def _refuse_closed(order: TravelOrder) -> None:
    if order.status not in OPEN:
        raise OfficeError(
            T("This travel order is closed."),
            safe=T("The travel order stays as it was."),
            todo=T("Take the approval or the cancellation back first, if it was a mistake."),
        )
