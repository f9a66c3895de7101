"""The fields of a registration, those of its person and its event among them."""

from __future__ import annotations

from sqlalchemy import case, func, select

from mama_desktop.domain import registrations
from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services.fields import person
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry
from mama_desktop.services.fields.person import ABOUT, BANDS, BIRTH, CONTACT, FUNCTION, NAME, age, age_band


def _international(_language: str, venue: str, organisation_country: str | None, person_country: str) -> str:
    abroad = registrations.is_international(
        venue_country=venue, organisation_country=organisation_country or "", person_country=person_country
    )
    return "unknown" if abroad is None else "international" if abroad else "local"


def _active(_language: str, role: str, active: bool | None) -> bool:
    return registrations.is_active(role, active)


ORIGINS = {"local": T("local"), "international": T("international"), "unknown": T("not known")}
# Only confirmed sessions count; while the event has none, the number is not known (None), never 0.
_CONFIRMED = (EventSession.event_id == Registration.event_id, EventSession.confirmed_at.is_not(None))
_PRESENT = case(
    (
        select(EventSession.id).where(*_CONFIRMED).correlate(Registration).exists(),
        select(func.count())
        .join_from(Attendance, EventSession, EventSession.id == Attendance.session_id)
        .where(*_CONFIRMED, Attendance.registration_id == Registration.id, Attendance.mark == "present")
        .correlate(Registration)
        .scalar_subquery(),
    ),
    else_=None,
)
ORGANISATION = Field(
    person.ORGANISATION.info, person.ORGANISATION.columns, name_in, writes=Registration.organisation_id
)
REGISTRATION_FIELDS = registry(
    *NAME,
    ORGANISATION,
    plain(Person.town, T("Town"), "town", width=140),
    computed("age", T("Age"), (Event.starts_on, *BIRTH), age, "age", width=70),
    plain(Registration.status, T("Registration"), "choice", choices=registrations.STATUSES, width=180),
    plain(Registration.role, T("Role"), "choice", choices=registrations.ROLES, width=120),
    *CONTACT,
    plain(Registration.diet, T("Diet"), "choices", choices=registrations.DIETS, sensitivity="personal", width=140),
    plain(Registration.arrival, T("Arrival"), "date"),
    plain(Registration.departure, T("Departure"), "date"),
    *(f for f in ABOUT if f.key != "town"),
    computed("age_band", T("Age group"), (Event.starts_on, *BIRTH), age_band, "choice", choices=BANDS),
    FUNCTION,
    computed("organisation_town", T("Town of the organisation"), (Organisation.town,), None, width=140),
    computed("organisation_country", T("Country of the organisation"), (Organisation.country,), None, "country"),
    computed(
        "origin", T("Local or international"), (Event.country, Organisation.country, Person.country), _international,
        "choice", choices=ORIGINS, width=140,
    ),
    computed("active", T("Active participant"), (Registration.role, Registration.active), _active, "bool"),
    plain(Registration.allergies, T("Allergies"), sensitivity="sensitive", width=160),
    plain(Registration.emergency_name, T("Emergency contact"), sensitivity="sensitive", width=160),
    plain(Registration.emergency_relation, T("Emergency contact: relation"), sensitivity="sensitive", width=160),
    plain(Registration.emergency_phone, T("Emergency contact: phone"), "phone", sensitivity="sensitive", width=160),
    plain(Registration.remarks, T("Remarks"), "long-text", sensitivity="personal", width=220),
    computed("sessions_present", T("Sessions present"), (_PRESENT,), None, "number", width=90),
    plain(Registration.applied_at, T("Applied on"), "datetime", editable=False, width=150),
    plain(Registration.source, T("Source"), "choice", choices=registrations.SOURCES, editable=False),
    plain(Registration.source_line, T("From the file"), editable=False, width=180),
)  # fmt: skip
REGISTRATION_DEFAULT = (
    "family_name", "given_name", "organisation", "town", "age", "status", "role", "diet", "phone", "email", "arrival",
    "departure", "remarks",
)  # fmt: skip
