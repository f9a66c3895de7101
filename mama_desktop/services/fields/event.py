"""The fields of an event: its list, and the form of one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from mama_desktop.domain import events, registrations
from mama_desktop.domain.events import Event
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.projects import Project
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry


def _counted(*statuses: str) -> Any:
    query = select(func.count()).where(Registration.event_id == Event.id)
    query = query.where(Registration.status.in_(statuses)) if statuses else query
    return query.correlate(Event).scalar_subquery()


EVENT_FIELDS = registry(
    Field(
        FieldInfo("when", T("When"), "event-dates", width=150), (Event.starts_on, Event.ends_on, Event.precision),
        lambda _language, *when: when, writes=Event.starts_on,
    ),
    Field(
        FieldInfo("title", T("Title"), width=290), (Event.title_sl, Event.title_en), name_in, writes=Event.title_sl,
    ),
    plain(Event.status, T("Status"), "choice", choices=events.STATUSES, width=120),
    plain(Event.town, T("Town"), "town", width=130),
    Field(
        FieldInfo("project", T("Project"), "project", width=180), (Project.title_sl, Project.title_en), name_in,
        writes=Event.project_id,
    ),
    plain(Event.kind, T("Kind"), "choice", choices=events.KINDS, width=130),
    computed("registered", T("Registrations"), (_counted(),), None, "number", width=90),
    computed("accepted", T("Accepted"), (_counted(*registrations.TAKES_PLACE),), None, "number", width=90),
    plain(Event.capacity, T("Capacity"), "number", width=90),
    plain(Event.deadline, T("Deadline"), "date"),
    Field(
        FieldInfo("responsible", T("Responsible"), "staff", width=140), (StaffMember.name,),
        writes=Event.responsible_id,
    ),
    plain(Event.venue, T("Venue"), width=200),
    plain(Event.format, T("Format"), "choice", choices=events.FORMATS),
    computed("code", T("Code"), (Event.code,), None, width=150),
)  # fmt: skip
# The form of one event; what its list computes is written here.
EVENT_DETAILS = registry(
    plain(Event.title_sl, T("Title in Slovene")),
    plain(Event.title_en, T("Title in English")),
    plain(Event.kind, T("Kind"), "choice", choices=events.KINDS),
    plain(Event.project_id, T("Paying project"), "project", key="project_id"),
    plain(Event.status, T("Status"), "choice", choices=events.STATUSES),
    plain(Event.format, T("Format"), "choice", choices=events.FORMATS),
    plain(Event.precision, T("What is known of the date"), "choice", choices=events.PRECISIONS),
    plain(Event.starts_on, T("First day"), "date"),
    plain(Event.ends_on, T("Last day"), "date"),
    plain(Event.starts_at, T("Begins at"), "time"),
    plain(Event.ends_at, T("Ends at"), "time"),
    plain(Event.deadline, T("Deadline"), "date"),
    plain(Event.capacity, T("Capacity"), "number"),
    plain(Event.waiting_closes, T("One waiting person closes the event for newcomers"), "bool"),
    plain(Event.responsible_id, T("Responsible person"), "staff", key="responsible_id"),
    plain(Event.venue, T("Venue")),
    plain(Event.street, T("Street and number")),
    plain(Event.postal_code, T("Postal code")),
    plain(Event.town, T("Town"), "town"),
    plain(Event.country, T("Country"), "country"),
    plain(Event.online_link, T("Address of the online meeting")),
    plain(Event.remarks, T("Remarks"), "long-text"),
    Field(
        FieldInfo("organisation", T("Organisation visited"), "organisation"),
        (Organisation.name_sl, Organisation.name_en), name_in, writes=Event.organisation_id,
    ),
    plain(Event.travel_note_sl, T("How people travel (Slovene)"), "long-text"),
    plain(Event.travel_note_en, T("How people travel (English)"), "long-text"),
    plain(Event.bring_sl, T("To bring along (Slovene)"), "long-text"),
    plain(Event.bring_en, T("To bring along (English)"), "long-text"),
)  # fmt: skip
