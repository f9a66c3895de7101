"""One finished edit of a cell or a form field, for one record or many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import Found
from mama_desktop.domain.text import T
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.services import (
    affiliations,
    answers,
    chosen_options,
    completing,
    deciding,
    fields,
    organisations,
    places,
    questions,
    quotas_kept,
    releasing,
    sessions,
)
from mama_desktop.services.checked_values import checked as checked
from mama_desktop.services.expenses import claim_edits, grant_rows, order_edits, rate_rows
from mama_desktop.services.fields.claim import CLAIM_COST_FIELDS, CLAIM_FIELDS
from mama_desktop.services.fields.orders import ORDER_COST_FIELDS, ORDER_DETAILS, ORDER_FIELDS
from mama_desktop.services.fields.rates import ALLOWANCE_FIELDS, TRAVEL_RATE_FIELDS
from mama_desktop.services.holdings import Released
from mama_desktop.services.transport import carriers, legs, trip_edits, vehicles
from mama_desktop.services.when import When, read_when

REGISTRIES: dict[str, dict[str, fields.Field]] = {
    "registration": fields.REGISTRATION_FIELDS,
    "person": fields.PERSON_FIELDS,
    "organisation": fields.ORGANISATION_FIELDS | fields.ORGANISATION_DETAILS,
    "affiliation": fields.AFFILIATION_FIELDS,
    "project": fields.PROJECT_FIELDS,
    "event": fields.EVENT_FIELDS | fields.EVENT_DETAILS,
    "working_group": fields.GROUP_FIELDS | fields.GROUP_DETAILS,
    "membership": fields.MEMBERSHIP_FIELDS,
    "attachment": fields.ATTACHMENT_FIELDS,
    "travel_leg": fields.TRAVEL_FIELDS,
    "travel_claim": CLAIM_FIELDS,
    "cost_line": CLAIM_COST_FIELDS,
    "vehicle": fields.VEHICLE_FIELDS,
    "carrier": fields.CARRIER_FIELDS,
    "trip": fields.TRIP_FIELDS,
    "trip_stop": fields.TRIP_STOP_FIELDS,
    "seat": fields.SEAT_FIELDS,
    "travel_order": ORDER_FIELDS | ORDER_DETAILS,
    "order_cost": ORDER_COST_FIELDS,
    "travel_grant": grant_rows.GRANT_FIELDS,
    "travel_rate": TRAVEL_RATE_FIELDS,
    "allowance_rate": ALLOWANCE_FIELDS,
}
_RECORDS: dict[str, type[Base]] = {
    "registration": Registration,
    "person": Person,
    "organisation": Organisation,
    "affiliation": Affiliation,
    "project": Project,
    "event": Event,
    "attachment": Attachment,
    "working_group": WorkingGroup,
    "membership": Membership,
    "vehicle": Vehicle,
    "carrier": Carrier,
}
_REQUIRED = {
    ("organisation", "name_sl"),
    ("project", "title_sl"),
    ("event", "title"),
    ("event", "title_sl"),
    ("working_group", "name_sl"),
    ("event", "precision"),
    ("attachment", "name"),
    ("vehicle", "name"),
    ("carrier", "name"),
}


def change(
    session: Session,
    noun: str,
    keys: Sequence[str],
    field_key: str,
    value: Any,
    *,
    now: dt.datetime,
    over_capacity: bool = False,
    whole_parties: bool | None = None,
    freed: list[Released] | None = None,
) -> int:
    """Give a field of these records a value; returns how many records were asked. Refuses what cannot be.

    over_capacity: the event or a quota may be exceeded, on purpose; else OverCapacity. whole_parties: see
    `deciding.decide`. freed: is filled with what people no longer hold.
    """
    freed = [] if freed is None else freed
    if field_key.startswith(fields.ANSWER):
        return _change_answer(session, keys, field_key.removeprefix(fields.ANSWER), value)
    if noun == "registration" and field_key == "options":
        chosen_options.set_options(session, keys, value or (), over_capacity=over_capacity)
        return len(keys)
    field = fields.chosen(REGISTRIES[noun], [field_key])[0]
    if field.writes is None:
        raise OfficeError(T("This column is computed and cannot be changed here."))
    if noun in _OWN_RULES:
        return _OWN_RULES[noun](session, keys, field, value, now=now)
    picked = value if isinstance(value, Found) else None
    value = checked(field.info, picked.title if picked else value)
    if ((noun, field_key) in _REQUIRED and not value) or (value is None and _is_needed(field)):
        raise OfficeError(T("This cannot stay empty."), safe=T("The old value stays."))
    if field.writes is Registration.status:
        decided = deciding.decide(
            session, keys, value, now=now, over_capacity=over_capacity, whole_parties=whole_parties
        )
        freed += decided.released
        return decided.changed
    if field.writes is Registration.reply:
        return deciding.answer(session, keys, value, now=now)
    value = _meant(session, field.info.kind, value, picked, now.date())
    records = _records(session, noun, keys, field)
    before = quotas_kept.before(session, [] if over_capacity else records, field.writes.key, today=now.date())
    for record in records:
        freed += _set(session, record, field, value, picked, now)
    session.flush()
    quotas_kept.refuse_more(session, before)
    return len(keys)


def _set(
    session: Session, record: Any, field: fields.Field, value: Any, picked: Found | None, now: dt.datetime
) -> list[Released]:
    """One record gets the value, and what follows from it; gives what somebody no longer holds."""
    assert field.writes is not None
    attribute = field.writes.key
    stay = (record.arrival, record.departure) if isinstance(record, Registration) else None
    if isinstance(record, Person):
        affiliations.before_change(session, record, attribute, value, today=now.date())
    if field.info.kind == "event-dates":
        _set_dates(record, value)
    else:
        before = getattr(record, attribute)
        setattr(record, attribute, value)
        if isinstance(record, Vehicle) and attribute in vehicles.FOLLOWED:
            vehicles.follow(session, record, attribute, before, today=now.date())
    if picked and field.info.kind == "town" and getattr(record, "postal_code", None) == "":
        record.postal_code = picked.key
    if isinstance(record, Person | Organisation) and attribute in ("postal_code", "town", "country"):
        record.region = places.region_of(record.postal_code or "", record.town or "", record.country or "")
    _refuse_reversed_dates(record)
    if isinstance(record, Event):
        _follow_the_dates(session, record, attribute)
    if stay is not None and attribute in ("arrival", "departure"):
        return list(releasing.release_days(session, record, *stay))
    return []


def _meant(session: Session, kind: str, value: Any, picked: Found | None, today: dt.date) -> Any:
    """What is written for a value: the key of what was picked or is called so, the days that dates say."""
    if kind == "event-dates":
        return _dates(value, today)
    if kind not in ("organisation", "carrier", "project", "staff", "person"):
        return value
    if picked and picked.key:
        return picked.key
    match kind:
        case "organisation":
            return organisations.organisation_called(session, value or "")
        case "carrier":
            return carriers.carrier_called(session, value or "")
        case _:
            return completing.key_called(session, kind, value or "")


def _is_needed(field: fields.Field) -> bool:
    """Whether the column of a number may not be empty (the seats of a vehicle)."""
    return field.info.kind in ("number", "decimal", "money") and any(
        not column.nullable
        for column in getattr(field.writes.property, "columns", ())  # type: ignore[union-attr]  # written ones have it
    )


def _change_answer(session: Session, keys: Sequence[str], name: str, value: Any) -> int:
    """name: the key of a question, by whose kind the value is checked, or a heading under which words stand."""
    if fields.is_key(name):
        question = questions.by_key(session, name)
        if question is None:
            raise OfficeError(T("This question was deleted meanwhile."), safe=T("The old value stays."))
        value = answers.stored(question, value)
    else:
        value = checked(fields.heading_field(name).info, value)
    for record in _records(session, "registration", keys, fields.ANSWERS):
        others = {other: given for other, given in record.answers.items() if other != name}
        # Where nothing is answered nothing stands: an empty answer would count as one.
        record.answers = others if value is None else {**record.answers, name: value}
    session.flush()
    return len(keys)


def _change_travel(session: Session, keys: Sequence[str], field: fields.Field, value: Any, *, now: dt.datetime) -> int:
    """A row of travel is a direction of a registration: what is the person's own is written there, once."""
    if field.record is not TravelLeg:
        change(session, "registration", legs.registrations_of(keys), field.key, value, now=now)
        return len(keys)
    assert field.writes is not None
    if isinstance(value, Found):
        value = value.title
    # Of how somebody travels nothing may be said any more.
    nothing = field.info.kind == "choice" and value in (None, "")
    value = None if nothing else checked(field.info, value)
    return legs.set_field(session, keys, field.writes.key, value, now=now)


def _change_trip(
    noun: str, session: Session, keys: Sequence[str], field: fields.Field, value: Any, **_more: Any
) -> int:
    """Times follow, seats are freed, a road is remembered: what one edit of a trip, its stop or a seat brings along."""
    picked = value.title if isinstance(value, Found) else value
    return trip_edits.set_field(session, noun, keys, field.key, checked(field.info, picked))


# Records whose edits are more than a value in a column.
_OWN_RULES: dict[str, Callable[..., int]] = {
    "travel_leg": _change_travel,
    "travel_order": order_edits.change_orders,
    "order_cost": order_edits.change_costs,
    "travel_claim": claim_edits.change_claims,
    "cost_line": claim_edits.change_costs,
    "travel_grant": grant_rows.change_field,
    **{noun: partial(rate_rows.change_rates, noun) for noun in ("travel_rate", "allowance_rate")},
    **{noun: partial(_change_trip, noun) for noun in ("trip", "trip_stop", "seat")},
}


def _records(session: Session, noun: str, keys: Sequence[str], field: fields.Field) -> list[Any]:
    """The records an edit goes to: a registration's name, for one, is written to its person."""
    record, wanted = _RECORDS[noun], list(keys)
    if field.record is Person and record is Registration:
        record = Person
        wanted = list(session.scalars(select(Registration.person_id).where(Registration.id.in_(keys))))
    found: list[Any] = []
    for start in range(0, len(wanted), 500):
        primary = record.__mapper__.primary_key[0]
        found += session.scalars(select(record).where(primary.in_(wanted[start : start + 500])))
    return found


def _dates(value: Any, today: dt.date) -> When | None:
    """As typed or pasted in words, or as the cell of another event holds it: first day, last day, precision."""
    if isinstance(value, str) and value:
        found = read_when(value, today)
        if found is None:
            raise OfficeError(
                T("“{value}” cannot be read as a date.", value=value), safe=T("The old value stays."),
                todo=T("Write it like 2. 4. 2020, 2.–4. april 2020 or april 2020."),
            )  # fmt: skip
        return found
    if isinstance(value, tuple | list) and value[0]:
        first, last, precision = value
        return When(first, last, precision)
    return None


def _set_dates(event: Event, when: When | None) -> None:
    """The hours stay unless others were typed: only the days were looked at."""
    event.starts_on, event.ends_on = (when.starts_on, when.ends_on) if when else (None, None)
    if when is not None and when.starts_at is not None:
        event.starts_at, event.ends_at = when.starts_at, when.ends_at
    precision = when.precision if when else "day"
    if precision != "month":
        precision = "time" if event.starts_at is not None and when else "day"
    event.precision = precision


def _follow_the_dates(session: Session, event: Event, changed: str) -> None:
    """A month is its first day; the parts of the programme move with the event's days."""
    if event.precision == "month" and event.starts_on:
        event.starts_on, event.ends_on = event.starts_on.replace(day=1), None
    if changed in ("starts_on", "ends_on", "starts_at", "ends_at", "precision"):
        session.flush()
        sessions.ensure_sessions(session, event.id)


def _refuse_reversed_dates(record: Any) -> None:
    pairs = {
        Registration: ("arrival", "departure"), Membership: ("since", "until"), Affiliation: ("since", "until"),
        Organisation: ("member_since", "member_until"),
        **dict.fromkeys((Event, Project, WorkingGroup), ("starts_on", "ends_on")),
    }  # fmt: skip
    names = pairs.get(type(record))
    if names is None:
        return
    first, last = (getattr(record, name) for name in names)
    if first and last and first > last:
        raise OfficeError(
            T("The end ({last}) is before the beginning ({first}).", first=first, last=last),
            safe=T("The old value stays."),
        )
