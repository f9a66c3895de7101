"""The fields of a registration, those of its person and its event among them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, String, case, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from mama_desktop.domain import registrations
from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.capacity import ChosenOption, EventOption
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.services.fields import person
from mama_desktop.services.fields.consent import CONSENT_FIELDS
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry
from mama_desktop.services.fields.person import ABOUT, BANDS, BIRTH, CONTACT, FUNCTION, NAME, age, age_band


def _international(_language: str, venue: str, organisation_country: str | None, person_country: str) -> str:
    abroad = registrations.is_international(
        venue_country=venue, organisation_country=organisation_country or "", person_country=person_country
    )
    return "unknown" if abroad is None else "international" if abroad else "local"


def _active(_language: str, role: str, active: bool | None) -> bool:
    return registrations.is_active(role, active)


def _is_late(_language: str, applied_at: dt.datetime | None, deadline: dt.date | None) -> str:
    return "late" if registrations.is_late(applied_at, deadline) else ""


def _said(_language: str, words: str | None) -> str:
    return words or ""


def _been_before(_language: str, before: bool | None) -> str:
    return "returning" if before else "first-time"


def _full_name(_language: str, given: str | None, family: str | None) -> str:
    return f"{given or ''} {family or ''}".strip()


def _options(language: str, chosen: str | None) -> str:
    """Options come as one text, for a query of its own for each row would be too slow."""
    if not chosen:
        return ""
    options = sorted(option.split(_PART) for option in chosen.split(_NEXT))
    return ", ".join(name_in(language, sl, en) for _, sl, en in options)


def _option_keys(_language: str, chosen: str | None) -> list[str]:
    return [key for _, key in sorted(option.split(_PART) for option in chosen.split(_NEXT))] if chosen else []


_PART, _NEXT = "\x1f", "\x1e"
_Contact = aliased(Person, name="contact_person")
_Earlier = aliased(Registration, name="earlier_registration")
_EarlierEvent = aliased(Event, name="earlier_event")
_BEFORE = (
    select(_Earlier.id)
    .join(_EarlierEvent, _EarlierEvent.id == _Earlier.event_id)
    .where(
        _Earlier.person_id == Registration.person_id,
        _Earlier.status.in_(registrations.TAKES_PLACE),
        _EarlierEvent.starts_on < Event.starts_on,
    )
    .correlate(Registration, Event)
    .exists()
)


def _chosen(*said: InstrumentedAttribute[str]) -> ColumnElement[str | None]:
    """What is said of the options somebody has chosen, as one text; each begins with its place."""
    words: ColumnElement[str] = cast(EventOption.position + 100_000, String)
    for part in said:
        words = words + _PART + part
    return (
        select(func.aggregate_strings(words, _NEXT))
        .select_from(ChosenOption)
        .join(EventOption, EventOption.id == ChosenOption.option_id)
        .where(ChosenOption.registration_id == Registration.id)
        .correlate(Registration)
        .scalar_subquery()
    )


_CHOSEN = _chosen(EventOption.name_sl, EventOption.name_en)
_CHOSEN_KEYS = _chosen(EventOption.id)
# The number people see is counted from the order; the column only says who stands before whom. Only those who wait
# are sorted for it: a window over all the rows of a table would cost as much as half of the rest.
_Waiting = aliased(Registration, name="waiting_registration")
_LINE = (
    select(
        _Waiting.id,
        func.row_number()
        .over(
            partition_by=_Waiting.event_id,
            order_by=(
                _Waiting.waiting_position.is_(None), _Waiting.waiting_position, _Waiting.status_since, _Waiting.id,
            ),
        )
        .label("number"),
    )
    .where(_Waiting.status == "waiting")
    .subquery("waiting_line")
)  # fmt: skip
# A chip for who came late, nothing for all the others.
LATE = {"late": T("late")}
BEEN_BEFORE = {"returning": T("has been before"), "first-time": T("for the first time")}
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
    plain(Registration.reply, T("Answer to the invitation"), "choice", choices=registrations.REPLIES, width=150),
    plain(Registration.replied_at, T("Answered on"), "datetime", editable=False, width=150),
    plain(Registration.reason, T("Reason"), sensitivity="personal", width=200),
    plain(Registration.cancelled_by, T("Cancelled by"), "choice", choices=registrations.CANCELLED_BY, width=150),
    computed("waiting_position", T("No. on the waiting list"), (_LINE.c.number,), None, "number", width=90),
    computed("party", T("Group or family"), (Party.name,), _said, width=160),
    computed(
        "party_contact", T("Contact person of the group"), (_Contact.given_name, _Contact.family_name), _full_name,
        sensitivity="personal", width=160,
    ),
    computed("options", T("Options chosen"), (_CHOSEN,), _options, width=180),
    computed(
        "is_late", T("After the deadline"), (Registration.applied_at, Event.deadline), _is_late, "choice",
        choices=LATE, width=110,
    ),
    computed("returning", T("Been before"), (_BEFORE,), _been_before, "choice", choices=BEEN_BEFORE, width=130),
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
    *CONSENT_FIELDS,
    computed("sessions_present", T("Sessions present"), (_PRESENT,), None, "number", width=90),
    plain(Registration.applied_at, T("Applied on"), "datetime", editable=False, width=150),
    plain(Registration.source, T("Source"), "choice", choices=registrations.SOURCES, editable=False),
    plain(Registration.source_line, T("From the file"), editable=False, width=180),
)  # fmt: skip
REGISTRATION_DEFAULT = (
    "family_name", "given_name", "organisation", "town", "age", "status", "role", "diet", "phone", "email", "arrival",
    "departure", "remarks",
)  # fmt: skip


def options_field(choices: dict[str, Text], remarks: dict[str, Text]) -> Field:
    """The options of one event as a field that can be changed: keys of options, called as `choices` say."""
    info = FieldInfo("options", T("Options chosen"), "choices", choices=choices, width=180, remarks=remarks)
    return Field(info, (_CHOSEN_KEYS,), _option_keys)


def registrations_query(event_id: str | None) -> Select[str]:
    """One row per registration of the event (None: of every event), with everything its fields may ask for joined."""
    query = (
        select(Registration.id)
        .select_from(Registration)
        .join(Event, Event.id == Registration.event_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .outerjoin(Party, Party.id == Registration.party_id)
        .outerjoin(_Contact, _Contact.id == Party.contact_id)
        .outerjoin(_LINE, _LINE.c.id == Registration.id)
    )
    return query if event_id is None else query.where(Registration.event_id == event_id)
