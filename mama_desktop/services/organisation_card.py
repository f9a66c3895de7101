"""One organisation as its page shows it: fields, its people, the events they came to, the office's visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import VISITS, Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T
from mama_desktop.services import events, fields, organisations
from mama_desktop.services.fields.field import computed
from mama_desktop.services.person_card import Missing


@dataclass(frozen=True)
class OrganisationCard:
    """values: raw values of ORGANISATION_FIELDS, and `liaison_id`, the key of who looks after it."""

    id: str
    name: str
    values: dict[str, Any]
    missing: tuple[Missing, ...]


def organisation_card(session: Session, key: str, *, language: str = "sl") -> OrganisationCard | None:
    """The card of one organisation; None when it was deleted meanwhile."""
    listing = organisations.organisations(session, language=language, keys=[key])
    if not listing.keys:
        return None
    values = {info.key: value for info, value in zip(listing.fields, listing.rows[0], strict=True)}
    values["liaison_id"] = session.get_one(Organisation, key).liaison_id
    name = (values["name_en"] if language == "en" else "") or values["name_sl"]
    return OrganisationCard(key, str(name), values, _missing(values))


def people_of(session: Session, key: str, *, language: str = "sl") -> Listing:
    """Its people."""
    shown = [fields.PERSON_FIELDS[k] for k in (
        "family_name", "given_name", "function", "email", "phone", "gender", "birth_date", "events", "remarks",
    )]  # fmt: skip
    query = select(Person.id).select_from(Person).where(Person.organisation_id == key)
    return fields.listing(session, shown, query, Person.id, language=language)


def events_of(session: Session, key: str, *, language: str = "sl") -> Listing:
    """The events for which somebody was registered for it, the newest first, with how many of its people."""

    def its(*statuses: str) -> Any:
        query = select(func.count()).where(Registration.event_id == Event.id, Registration.organisation_id == key)
        query = query.where(Registration.status.in_(statuses)) if statuses else query
        return query.correlate(Event).scalar_subquery()

    shown = [
        fields.EVENT_FIELDS["when"], fields.EVENT_FIELDS["title"], fields.EVENT_FIELDS["kind"],
        computed("theirs", T("Its registrations"), (its(),), None, "number", width=120),
        computed("theirs_accepted", T("Its accepted"), (its(*TAKES_PLACE),), None, "number", width=120),
        fields.EVENT_FIELDS["status"],
    ]  # fmt: skip
    query = (
        select(Event.id)
        .select_from(Event)
        .where(Event.id.in_(select(Registration.event_id).where(Registration.organisation_id == key)))
        .order_by(Event.starts_on.desc())
    )
    return fields.listing(session, shown, query, Event.id, language=language)


def visits_to(session: Session, key: str, *, language: str = "sl") -> Listing:
    """The office's visits, planned and made, the newest first."""
    query = (
        select(Event.id).where(Event.organisation_id == key, Event.kind.in_(VISITS)).order_by(Event.starts_on.desc())
    )
    found = events.events(session, language=language, keys=list(session.scalars(query)))
    wanted = ("when", "title", "kind", "status", "responsible")
    places = [found.column(k) for k in wanted]
    rows = [tuple(row[p] for p in places) for row in found.rows]
    order = range(len(rows) - 1, -1, -1)
    return Listing(tuple(found.fields[p] for p in places), [found.keys[i] for i in order], [rows[i] for i in order])


def _missing(values: dict[str, Any]) -> tuple[Missing, ...]:
    asked = (
        ("email", T("no e-mail"), values["email"]),
        ("contact_person", T("no contact person"), values["contact_person"]),
        ("town", T("no town"), values["town"]),
        ("country", T("no country"), values["country"]),
        ("liaison_id", T("no liaison"), values["liaison_id"] or not values["is_member"]),
    )
    return tuple(Missing(words, field) for field, words, known in asked if not known)
