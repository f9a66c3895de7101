"""The fields of an organisation."""

from __future__ import annotations

from sqlalchemy import func, select

from mama_desktop.domain import organisations
from mama_desktop.domain.events import VISITS, Event
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, computed, plain, registry

_PEOPLE_OF_ORGANISATION = (
    select(func.count()).where(Person.organisation_id == Organisation.id).correlate(Organisation).scalar_subquery()
)
_LAST_VISIT = (
    select(func.max(Event.starts_on))
    .where(Event.organisation_id == Organisation.id, Event.kind.in_(VISITS), Event.status == "finished")
    .correlate(Organisation)
    .scalar_subquery()
)
ORGANISATION_FIELDS = registry(
    plain(Organisation.name_sl, T("Legal name"), width=280),
    plain(Organisation.short_name, T("Short name"), width=130),
    plain(Organisation.kind, T("Kind"), "choice", choices=organisations.KINDS, width=150),
    plain(Organisation.is_member, T("Member"), "bool", width=80),
    plain(Organisation.town, T("Town"), "town", width=140),
    plain(Organisation.country, T("Country"), "country", width=110),
    plain(Organisation.contact_person, T("Contact person"), width=150),
    plain(Organisation.email, T("E-mail"), "email", width=200),
    plain(Organisation.phone, T("Phone"), "phone", width=150),
    plain(Organisation.street, T("Street and number"), width=180),
    plain(Organisation.postal_code, T("Postal code"), width=90),
    plain(Organisation.region, T("Region"), "choice", choices=REGIONS, editable=False, width=150),
    plain(Organisation.name_en, T("Name in English"), width=240),
    computed("people", T("People"), (_PEOPLE_OF_ORGANISATION,), None, "number", width=80),
    plain(Organisation.member_since, T("Member since"), "date"),
    plain(Organisation.member_until, T("Member until"), "date"),
    Field(
        FieldInfo("liaison", T("Liaison"), "staff", width=140),
        (StaffMember.name,),
        writes=Organisation.liaison_id,
    ),
    computed("last_visit", T("Last visit"), (_LAST_VISIT,), None, "date"),
    plain(Organisation.remarks, T("Remarks"), "long-text", width=220),
)
# What the page of one organisation edits besides.
ORGANISATION_DETAILS = registry(
    plain(Organisation.liaison_id, T("Liaison"), "staff", key="liaison_id"),
)
