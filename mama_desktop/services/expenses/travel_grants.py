"""What the travel of each participant is worth: from where, how far, in which band, standard or green, how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.expenses import TravelGrant
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T, Text
from mama_desktop.domain.travel import GREEN_MEANS, TravelLeg
from mama_desktop.domain.travel_bands import BandRate, TravelAmount, TravelDayRule, travel_amount, travel_days
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.shipped import shipped_travel_days
from mama_desktop.services.located import km_between, locate

_Found = Row[Registration, Person, Organisation | None, Event, Project | None, TravelGrant | None, str | None]


@dataclass(frozen=True)
class Grant:
    """One registration's travel. km: one way, as decides; km_computed: the straight line; km_typed: the Commission's.

    worth: None while a place is not known. green: as said or as the means say; days: as said, else the most funded.
    """

    registration_id: str
    event_id: str
    person: str
    organisation: str
    event: str
    origin: str
    place: str
    country: str
    venue: str
    venue_country: str
    km: float | None
    km_computed: float | None
    km_typed: float | None
    km_typed_on: dt.date | None
    means: str
    green: bool
    green_is_said: bool
    green_note: str
    worth: TravelAmount | None
    travel_days: int | None
    most_days: int | None
    remarks: tuple[Text, ...]

    @property
    def cents(self) -> int | None:
        """What is paid, None where it is not known or the project has no rate."""
        return self.worth.cents if self.worth else None


def grants_of_event(session: Session, event_id: str, *, present_only: bool = False) -> list[Grant]:
    """Everybody who has a place at the event (or was there), in the order of their names."""
    return _grants(session, [event_id], present_only)


def grants_of_project(session: Session, project_id: str, *, present_only: bool = False) -> list[Grant]:
    """The same of all events of a project, by day; somebody at several events stands there for each."""
    events = session.scalars(select(Event.id).where(Event.project_id == project_id).order_by(Event.starts_on)).all()
    return _grants(session, events, present_only)


def set_grant(session: Session, registration_id: str, **values: object) -> None:
    """Say something about one registration's travel: origin, place, country, km_typed, km_typed_on, green …"""
    row = session.scalars(select(TravelGrant).where(TravelGrant.registration_id == registration_id)).one_or_none()
    if row is None:
        row = TravelGrant(registration_id=registration_id)
        session.add(row)
    for name, value in values.items():
        if name in ("id", "registration_id") or name not in TravelGrant.__mapper__.column_attrs:
            raise ValueError(name)
        setattr(row, name, value)
    session.flush()


def _grants(session: Session, event_ids: Collection[str], present_only: bool) -> list[Grant]:
    query = (
        select(Registration, Person, Organisation, Event, Project, TravelGrant, TravelLeg.means)
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(Project, Project.id == Event.project_id)
        .outerjoin(TravelGrant, TravelGrant.registration_id == Registration.id)
        .outerjoin(TravelLeg, (TravelLeg.registration_id == Registration.id) & (TravelLeg.direction == "there"))
        .where(Registration.event_id.in_(list(event_ids)), Registration.status.in_(TAKES_PLACE))
        .order_by(Event.starts_on, Event.code, Person.family_name, Person.given_name, Registration.id)
    )
    if present_only:
        there = select(Attendance.registration_id).where(Attendance.mark == "present")
        query = query.where(Registration.id.in_(there))
    bands, rules = rates.travel_rates(session), shipped_travel_days()
    return [_grant(cast(_Found, row), bands, rules) for row in session.execute(query)]


def _grant(row: _Found, bands: Iterable[BandRate], rules: Iterable[TravelDayRule]) -> Grant:
    registration, person, organisation, event, project, said, means = row
    origin, name, code, country = _origin(person, organisation, said)
    venue, venue_country = event.town or event.venue, event.country or "SI"
    computed = _distance(name, code, country, event)
    typed = said.km_typed if said else None
    km = typed if typed is not None else computed
    green_said = said.green if said else None
    green = green_said if green_said is not None else means in GREEN_MEANS
    of_project: dict[str, Any] = {
        "programme": project.programme if project else "",
        "action": project.action if project else "",
        "call_year": project.call_year if project else None,
    }
    worth = None if km is None else travel_amount(km, bands, **of_project, green=green)
    rule = travel_days(rules, **of_project)
    most = None if rule is None else rule.green_days if green else rule.standard_days
    days = said.travel_days if said and said.travel_days is not None else most
    return Grant(
        registration.id, event.id, f"{person.given_name} {person.family_name}".strip(),
        organisation.name_sl if organisation else "", event.title_sl, origin, name, country, venue, venue_country, km,
        computed, typed, said.km_typed_on if said else None, means or "", green, green_said is not None,
        said.green_note if said else "", worth, days, most, tuple(_remarks(name, code, country, worth, km)),
    )  # fmt: skip


def _origin(person: Person, organisation: Organisation | None, said: TravelGrant | None) -> tuple[str, str, str, str]:
    """(kind, town, post, country): as said, else the sending organisation's town, else home."""
    if said and said.origin == "other":
        return "other", said.place, "", said.country
    wanted = said.origin if said else "organisation"
    if wanted == "organisation" and organisation is not None and organisation.town:
        return "organisation", organisation.town, organisation.postal_code, organisation.country
    return "home", person.town, person.postal_code, person.country


def _distance(name: str, code: str, country: str, event: Event) -> float | None:
    origin = locate(name, code, country).place if name else None
    if origin is None:
        return None
    if event.latitude is not None and event.longitude is not None:
        venue = locate(f"{event.latitude}, {event.longitude}").place
    else:
        venue = locate(event.town or event.venue, event.postal_code, event.country).place
    return km_between(origin, venue) if venue else None


def _remarks(name: str, code: str, country: str, worth: TravelAmount | None, km: float | None) -> Iterable[Text]:
    if not name:
        yield T("It is not known from where.")
    elif km is None:
        found = locate(name, code, country)
        if found.candidates:
            yield T("There are several places called “{place}”.", place=name)
        elif found.place is None:
            yield T("The place “{place}” is not in the list of places.", place=name)
        else:
            yield T("The place of the event is not known.")
    if worth is not None:
        yield from worth.remarks
