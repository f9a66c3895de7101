"""The fields of a travel order, of its settlement, and of one of its costs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import COST_KINDS, ORDER_STATUSES, CostLine, Payment, TravelOrder
from mama_desktop.domain.orders import ORDER_MEANS
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry

TOTAL = (
    select(func.coalesce(func.sum(CostLine.amount_cents), 0))
    .where(CostLine.order_id == TravelOrder.id)
    .correlate(TravelOrder)
    .scalar_subquery()
)
_MEANS_OR_NONE = {"": T("not known"), **ORDER_MEANS}
# Per diems and mileage follow from the facts; these are keyed in.
KEYED_KINDS = {kind: words for kind, words in COST_KINDS.items() if kind not in ("per-diem", "mileage")}


def _full_name(_language: str, given_name: str | None, family_name: str | None) -> str:
    return f"{given_name or ''} {family_name or ''}".strip()


def _to_pay(_language: str, status: str, total: int, advance: int) -> int | None:
    """Nothing is to be paid for what is not settled yet."""
    return total - advance if status in ("settled", "approved", "paid") else None


ORDER_FIELDS = registry(
    plain(TravelOrder.number, T("No."), "number", width=60, editable=False),
    plain(TravelOrder.year, T("Year"), "year", width=70, editable=False),
    Field(
        FieldInfo("person", T("Person"), "person", "personal", width=170), (Person.given_name, Person.family_name),
        _full_name, writes=TravelOrder.person_id,
    ),
    plain(TravelOrder.status, T("Status"), "choice", choices=ORDER_STATUSES, width=110, editable=False),
    plain(TravelOrder.leaves_at, T("Departure (day and hour)"), "datetime", width=160),
    computed("event", T("Event"), (Event.title_sl, Event.title_en), name_in, width=210),
    computed(
        "to_pay", T("To be paid out"), (TravelOrder.status, TOTAL, TravelOrder.advance_cents), _to_pay, "money",
        width=120,
    ),
    plain(TravelOrder.returns_at, T("Expected return"), "datetime", width=150),
    plain(TravelOrder.route, T("Route with all stops"), width=220),
    plain(TravelOrder.means, T("Approved means of transport"), "choice", choices=_MEANS_OR_NONE, width=150),
    computed("total", T("Costs together"), (TOTAL,), None, "money", width=110),
    plain(TravelOrder.advance_cents, T("Advance"), "money", width=100),
    plain(TravelOrder.purpose, T("Purpose"), width=220),
    plain(TravelOrder.issued_on, T("Issued on"), "date", width=110),
    computed("project", T("Project"), (Project.title_sl, Project.title_en), name_in, width=180),
    plain(TravelOrder.registration_number, T("Registration number"), width=130),
    plain(TravelOrder.settled_on, T("Settled on"), "date", width=110, editable=False),
    plain(TravelOrder.approved_on, T("Approved on"), "date", width=110, editable=False),
    plain(TravelOrder.approved_by, T("Approved by"), width=130, editable=False),
    plain(TravelOrder.paid_on, T("Paid on"), "date", width=110, editable=False),
    computed("payment", T("In payment"), (Payment.message_id,), None, width=160),
    plain(TravelOrder.ordered_by, T("By whose order"), width=150),
    plain(TravelOrder.remarks, T("Remarks"), "long-text", width=200),
)  # fmt: skip
ORDER_DETAILS = registry(
    plain(TravelOrder.post, T("Post")),
    plain(TravelOrder.home_address, T("Home address"), sensitivity="personal"),
    plain(TravelOrder.event_id, T("Event"), "event"),
    plain(TravelOrder.project_id, T("Project"), "project"),
    plain(TravelOrder.vehicle_id, T("Vehicle"), "vehicle"),
    plain(TravelOrder.task, T("Task in short"), "long-text"),
    plain(TravelOrder.country, T("Country"), "country"),
    plain(TravelOrder.payer, T("The costs are paid by")),
    plain(TravelOrder.per_diem, T("Per diem"), "bool"),
    plain(TravelOrder.left_at, T("Departure (day and hour)"), "datetime"),
    plain(TravelOrder.returned_at, T("Return (day and hour)"), "datetime"),
    plain(TravelOrder.border_out_at, T("Border crossed on the way out"), "datetime"),
    plain(TravelOrder.border_back_at, T("Border crossed on the way back"), "datetime"),
    plain(TravelOrder.km, T("Kilometres there and back"), "decimal"),
    plain(TravelOrder.odometer_start, T("Odometer at departure"), "number"),
    plain(TravelOrder.odometer_end, T("Odometer at return"), "number"),
    plain(TravelOrder.breakfasts, T("Breakfasts paid by others"), "number"),
    plain(TravelOrder.lunches, T("Lunches paid by others"), "number"),
    plain(TravelOrder.dinners, T("Dinners paid by others"), "number"),
    plain(TravelOrder.report, T("Report on the journey"), "long-text"),
)
ORDER_COST_FIELDS = registry(
    plain(CostLine.what, T("What"), width=210),
    plain(CostLine.amount_cents, T("Amount"), "money", width=90),
    plain(CostLine.day, T("Day"), "date", width=100),
    computed("number", T("Quantity"), (CostLine.quantity,), None, "decimal", width=80),
    computed("rate", T("Rate"), (CostLine.unit,), None, "money", width=80),
    plain(CostLine.kind, T("Kind"), "choice", choices=COST_KINDS, width=130),
    computed("receipt", T("Receipt"), (), None, width=150),
    computed("certainty", T("To be confirmed"), (CostLine.certainty,), None, "bool", width=110),
    computed("source", T("Source"), (CostLine.source,), None, width=260),
)


def orders_query() -> Select[Any]:
    """Every travel order with who is sent, for which event and project, and in which payment it stands."""
    return (
        select(TravelOrder.id)
        .select_from(TravelOrder)
        .join(Person, Person.id == TravelOrder.person_id)
        .outerjoin(Event, Event.id == TravelOrder.event_id)
        .outerjoin(Project, Project.id == TravelOrder.project_id)
        .outerjoin(Payment, Payment.id == TravelOrder.payment_id)
    )
