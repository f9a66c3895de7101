"""What the travel of each participant is worth: from where, how far, in which band, standard or green, how much."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from mama_desktop.intake.tables import collector_at_rest
from mama_desktop.services.expenses import rates
from mama_desktop.services.expenses.shipped import shipped_travel_days
from mama_desktop.services.located import km_between, locate


@dataclass(frozen=True)
class Grant:
    """One registration's travel. km: one way, as decides; km_computed: the straight line; km_typed: the Commission's.

    worth: None while a place is not known. green: as said or as the means say; days: as said, else the most funded.
    asks: what somebody has to look at: no-place, several, no-venue, edge, no-rate, confirm.
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
    asks: tuple[str, ...] = ()

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
    # Only columns of what there are thousands of: whole records would take twice as long.
    query = (
        select(
            Registration.id, Registration.event_id, Registration.organisation_id, Person.given_name,
            Person.family_name, Person.town, Person.postal_code, Person.country, TravelGrant, TravelLeg.means,
        )
        .join(Person, Person.id == Registration.person_id)
        .join(Event, Event.id == Registration.event_id)
        .outerjoin(TravelGrant, TravelGrant.registration_id == Registration.id)
        .outerjoin(TravelLeg, (TravelLeg.registration_id == Registration.id) & (TravelLeg.direction == "there"))
        .where(Registration.event_id.in_(list(event_ids)), Registration.status.in_(TAKES_PLACE))
        .order_by(Event.starts_on, Event.code, Person.family_name, Person.given_name, Registration.id)
    )  # fmt: skip
    if present_only:
        there = select(Attendance.registration_id).where(Attendance.mark == "present")
        query = query.where(Registration.id.in_(there))
    events = {e.id: e for e in session.scalars(select(Event).where(Event.id.in_(list(event_ids))))}
    projects = select(Project).where(Project.id.in_([e.project_id for e in events.values() if e.project_id]))
    senders = select(Registration.organisation_id).where(Registration.event_id.in_(list(event_ids)))
    known = _Known(
        rates.travel_rates(session),
        shipped_travel_days(),
        events,
        {project.id: project for project in session.scalars(projects)},
        {o.id: o for o in session.scalars(select(Organisation).where(Organisation.id.in_(senders)))},
    )
    with collector_at_rest():
        return [_grant(row, known) for row in session.execute(query)]


@dataclass
class _Known:
    """Rates, records by key, and what was reckoned already: of 5,000 people most come from the same few towns."""

    bands: Sequence[BandRate]
    rules: Sequence[TravelDayRule]
    events: Mapping[str, Event]
    projects: Mapping[str, Project]
    organisations: Mapping[str, Organisation]
    ways: dict[tuple[str, ...], _Way] = field(default_factory=dict)
    worths: dict[tuple[Any, ...], tuple[TravelAmount | None, TravelDayRule | None]] = field(default_factory=dict)

    def way(self, name: str, code: str, country: str, event: Event) -> _Way:
        asked = (name, code, country, event.id)
        if asked not in self.ways:
            self.ways[asked] = _way(name, code, country, event)
        return self.ways[asked]

    def worth(self, km: float | None, green: bool, project: Project | None) -> tuple[Any, Any]:
        asked = (km, green, project.id if project else "")
        if asked not in self.worths:
            of_project: dict[str, Any] = {
                "programme": project.programme if project else "",
                "action": project.action if project else "",
                "call_year": project.call_year if project else None,
            }
            worth = None if km is None else travel_amount(km, self.bands, **of_project, green=green)
            self.worths[asked] = worth, travel_days(self.rules, **of_project)
        return self.worths[asked]


@dataclass(frozen=True)
class _Way:
    """The straight line, or why there is none: what is asked and in words."""

    km: float | None
    asks: str = ""
    why: Text | None = None


def _grant(row: Row[*tuple[Any, ...]], known: _Known) -> Grant:
    key, event_id, organisation_id, given, family, town, code, country, said, means = row
    event, organisation = known.events[event_id], known.organisations.get(organisation_id or "")
    project = known.projects.get(event.project_id or "")
    origin, name, code, country = _origin((town, code, country), organisation, said)
    venue, venue_country = event.town or event.venue, event.country or "SI"
    way = known.way(name, code, country, event)
    typed = said.km_typed if said else None
    km = typed if typed is not None else way.km
    green_said = said.green if said else None
    green = green_said if green_said is not None else means in GREEN_MEANS
    worth, rule = known.worth(km, green, project)
    most = None if rule is None else rule.green_days if green else rule.standard_days
    days = said.travel_days if said and said.travel_days is not None else most
    return Grant(
        key, event_id, f"{given} {family}".strip(),
        organisation.name_sl if organisation else "", event.title_sl, origin, name, country, venue, venue_country, km,
        way.km, typed, said.km_typed_on if said else None, means or "", green, green_said is not None,
        said.green_note if said else "", worth, days, most, _remarks(name, way, worth),
        tuple(_asks(way, worth)),
    )  # fmt: skip


def _origin(
    home: tuple[str, str, str], organisation: Organisation | None, said: TravelGrant | None
) -> tuple[str, str, str, str]:
    """(kind, town, post, country): as said, else the sending organisation's town, else home."""
    if said and said.origin == "other":
        return "other", said.place, "", said.country
    wanted = said.origin if said else "organisation"
    if wanted == "organisation" and organisation is not None and organisation.town:
        return "organisation", organisation.town, organisation.postal_code, organisation.country
    return "home", *home


def _way(name: str, code: str, country: str, event: Event) -> _Way:
    if not name:
        return _Way(None, "no-place", T("It is not known from where."))
    origin = locate(name, code, country)
    if origin.candidates:
        return _Way(None, "several", T("There are several places called “{place}”.", place=name))
    if origin.place is None:
        return _Way(None, "no-place", T("The place “{place}” is not in the list of places.", place=name))
    if event.latitude is not None and event.longitude is not None:
        venue = locate(f"{event.latitude}, {event.longitude}").place
    else:
        venue = locate(event.town or event.venue, event.postal_code, event.country).place
    if venue is None:
        return _Way(None, "no-venue", T("The place of the event is not known."))
    return _Way(km_between(origin.place, venue))


def _remarks(name: str, way: _Way, worth: TravelAmount | None) -> tuple[Text, ...]:
    # Where the Commission's kilometres are keyed in the place needs only a name.
    unknown = (way.why,) if way.why is not None and (worth is None or not name) else ()
    return unknown + (worth.remarks if worth is not None else ())


def _asks(way: _Way, worth: TravelAmount | None) -> Iterable[str]:
    if worth is None:
        yield way.asks
        return
    if worth.cents is None:
        yield "no-rate"
        return
    if worth.near_edge is not None:
        yield "edge"
    if worth.to_be_confirmed:
        yield "confirm"
