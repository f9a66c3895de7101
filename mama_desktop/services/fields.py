"""The one registry of fields: tables, filters, lists, exports and imports all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, repeat
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mama_desktop.domain import ages, events, organisations, projects, registrations
from mama_desktop.domain import people as people_domain
from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text, verbatim

ANSWER = "answer:"


@dataclass(frozen=True)
class Field:
    """A field declared once.

    columns: what is selected for it. value: computes the shown value from them, in the reader's language code
    (None: the single column as it is). writes: the mapped attribute an edit goes to.
    """

    info: FieldInfo
    columns: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]
    value: Callable[..., Any] | None = None
    writes: InstrumentedAttribute[Any] | None = None

    @property
    def key(self) -> str:
        return self.info.key

    @property
    def record(self) -> type[Base] | None:
        return self.writes.class_ if self.writes is not None else None


def _plain(
    attribute: InstrumentedAttribute[Any],
    label: Text,
    kind: str = "text",
    *,
    key: str = "",
    sensitivity: str = "open",
    choices: dict[str, Text] | None = None,
    width: int = 120,
    editable: bool = True,
) -> Field:
    info = FieldInfo(key or attribute.key, label, kind, sensitivity, editable, choices or {}, width)
    return Field(info, (attribute,), writes=attribute if editable else None)


def _computed(
    key: str, label: Text, columns: Sequence[Any], value: Callable[..., Any] | None, kind: str = "text", **more: Any
) -> Field:
    return Field(FieldInfo(key, label, kind, editable=False, **more), tuple(columns), value)


def _name_in(language: str, name_sl: str | None, name_en: str | None) -> str:
    return (name_en if language == "en" and name_en else name_sl) or ""


# Each table asks for it twice, for the age and for its band.
@lru_cache(maxsize=20_000)
def _age(_language: str, *known: Any) -> ages.Age | None:
    day, birth_date, birth_year, age_group, age_group_on = known
    if day is None:
        return None
    return ages.age_on(
        day, birth_date=birth_date, birth_year=birth_year, age_group=age_group, age_group_on=age_group_on
    )


def _age_band(language: str, *known: Any) -> str:
    return ages.band_of(_age(language, *known))


def _international(_language: str, venue: str, organisation_country: str | None, person_country: str) -> str:
    abroad = registrations.is_international(
        venue_country=venue, organisation_country=organisation_country or "", person_country=person_country
    )
    return "unknown" if abroad is None else "international" if abroad else "local"


def _active(_language: str, role: str, active: bool | None) -> bool:
    return registrations.is_active(role, active)


def _answer(heading: str, _language: str, answers: dict[str, Any] | None) -> str:
    value = (answers or {}).get(heading, "")
    return "" if value is None else str(value)


_BIRTH = (Person.birth_date, Person.birth_year, Person.age_group, Person.age_group_on)
BANDS = {band: ages.band_label(band) for band in (*ages.DEFAULT_BANDS, ages.TO_CHECK, ages.UNKNOWN)}
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
_EVENTS_OF_PERSON = select(func.count()).where(Registration.person_id == Person.id).correlate(Person).scalar_subquery()
_PEOPLE_OF_ORGANISATION = (
    select(func.count()).where(Person.organisation_id == Organisation.id).correlate(Organisation).scalar_subquery()
)
_EVENTS_OF_PROJECT = select(func.count()).where(Event.project_id == Project.id).correlate(Project).scalar_subquery()


def _counted(*statuses: str) -> Any:
    query = select(func.count()).where(Registration.event_id == Event.id)
    query = query.where(Registration.status.in_(statuses)) if statuses else query
    return query.correlate(Event).scalar_subquery()


def _registry(*fields: Field) -> dict[str, Field]:
    return {f.key: f for f in fields}


_NAME = (
    _plain(Person.family_name, T("Family name"), width=140),
    _plain(Person.given_name, T("Given name"), width=120),
)
_CONTACT = (
    _plain(Person.email, T("E-mail"), "email", sensitivity="personal", width=210),
    _plain(Person.phone, T("Phone"), "phone", sensitivity="personal", width=150),
    _plain(Person.other_phone, T("Other phone"), "phone", sensitivity="personal", width=150),
)
_ABOUT = (
    _plain(Person.birth_date, T("Birth date"), "date", sensitivity="personal"),
    _plain(Person.birth_year, T("Birth year"), "year", sensitivity="personal", width=90),
    _plain(Person.age_group, T("Stated age group"), sensitivity="personal"),
    _plain(Person.gender, T("Gender"), "choice", choices=people_domain.GENDERS, width=110),
    _plain(Person.street, T("Street and number"), sensitivity="personal", width=180),
    _plain(Person.postal_code, T("Postal code"), width=90),
    _plain(Person.town, T("Town"), "town", width=140),
    _plain(Person.country, T("Country"), "country", width=110),
    _plain(Person.region, T("Region"), "choice", choices=REGIONS, editable=False, width=150),
    _plain(Person.language, T("Language"), "choice", choices=people_domain.LANGUAGES),
)
_ORGANISATION = Field(
    FieldInfo("organisation", T("Organisation"), "organisation", width=230),
    (Organisation.name_sl, Organisation.name_en),
    _name_in,
    writes=Registration.organisation_id,
)
_FUNCTION = _plain(Person.function, T("Function"), width=140)

REGISTRATION_FIELDS = _registry(
    *_NAME,
    _ORGANISATION,
    _plain(Person.town, T("Town"), "town", width=140),
    _computed("age", T("Age"), (Event.starts_on, *_BIRTH), _age, "age", width=70),
    _plain(Registration.status, T("Registration"), "choice", choices=registrations.STATUSES, width=180),
    _plain(Registration.role, T("Role"), "choice", choices=registrations.ROLES, width=120),
    *_CONTACT,
    _plain(Registration.diet, T("Diet"), "choices", choices=registrations.DIETS, sensitivity="personal", width=140),
    _plain(Registration.arrival, T("Arrival"), "date"),
    _plain(Registration.departure, T("Departure"), "date"),
    *(f for f in _ABOUT if f.key != "town"),
    _computed("age_band", T("Age group"), (Event.starts_on, *_BIRTH), _age_band, "choice", choices=BANDS),
    _FUNCTION,
    _computed("organisation_town", T("Town of the organisation"), (Organisation.town,), None, width=140),
    _computed("organisation_country", T("Country of the organisation"), (Organisation.country,), None, "country"),
    _computed(
        "origin", T("Local or international"), (Event.country, Organisation.country, Person.country), _international,
        "choice", choices=ORIGINS, width=140,
    ),
    _computed("active", T("Active participant"), (Registration.role, Registration.active), _active, "bool"),
    _plain(Registration.allergies, T("Allergies"), sensitivity="sensitive", width=160),
    _plain(Registration.remarks, T("Remarks"), "long-text", sensitivity="personal", width=220),
    _computed("sessions_present", T("Sessions present"), (_PRESENT,), None, "number", width=90),
    _plain(Registration.applied_at, T("Applied on"), "datetime", editable=False, width=150),
    _plain(Registration.source, T("Source"), "choice", choices=registrations.SOURCES, editable=False),
    _plain(Registration.source_line, T("From the file"), editable=False, width=180),
)  # fmt: skip
PERSON_FIELDS = _registry(
    *_NAME,
    Field(_ORGANISATION.info, _ORGANISATION.columns, _name_in, writes=Person.organisation_id),
    _FUNCTION,
    *_CONTACT,
    *_ABOUT,
    _computed("events", T("Events"), (_EVENTS_OF_PERSON,), None, "number", width=80),
    _plain(Person.remarks, T("Remarks"), "long-text", sensitivity="personal", width=220),
)
ORGANISATION_FIELDS = _registry(
    _plain(Organisation.name_sl, T("Legal name"), width=280),
    _plain(Organisation.short_name, T("Short name"), width=130),
    _plain(Organisation.kind, T("Kind"), "choice", choices=organisations.KINDS, width=150),
    _plain(Organisation.is_member, T("Member"), "bool", width=80),
    _plain(Organisation.town, T("Town"), "town", width=140),
    _plain(Organisation.country, T("Country"), "country", width=110),
    _plain(Organisation.contact_person, T("Contact person"), width=150),
    _plain(Organisation.email, T("E-mail"), "email", width=200),
    _plain(Organisation.phone, T("Phone"), "phone", width=150),
    _plain(Organisation.street, T("Street and number"), width=180),
    _plain(Organisation.postal_code, T("Postal code"), width=90),
    _plain(Organisation.region, T("Region"), "choice", choices=REGIONS, editable=False, width=150),
    _plain(Organisation.name_en, T("Name in English"), width=240),
    _computed("people", T("People"), (_PEOPLE_OF_ORGANISATION,), None, "number", width=80),
    _plain(Organisation.remarks, T("Remarks"), "long-text", width=220),
)
PROJECT_FIELDS = _registry(
    _plain(Project.title_sl, T("Title"), width=260),
    _plain(Project.acronym, T("Acronym"), width=110),
    _plain(Project.grant_number, T("Grant number"), width=230),
    _plain(Project.programme, T("Programme"), width=190),
    _plain(Project.action, T("Action"), width=120),
    _plain(Project.funder, T("Funder"), width=180),
    _plain(Project.call_year, T("Call year"), "year", width=90),
    _plain(Project.starts_on, T("Start"), "date"),
    _plain(Project.ends_on, T("End"), "date"),
    _plain(Project.office_role, T("Our role"), "choice", choices=projects.OFFICE_ROLES),
    _plain(Project.profile_id, T("Funder profile"), "profile", width=180),
    _computed("events", T("Events"), (_EVENTS_OF_PROJECT,), None, "number", width=80),
    _plain(Project.title_en, T("Title in English"), width=240),
    _plain(Project.remarks, T("Remarks"), "long-text", width=220),
)
EVENT_FIELDS = _registry(
    _computed(
        "when", T("When"), (Event.starts_on, Event.ends_on, Event.precision),
        lambda _language, *when: when, "event-dates", width=150,
    ),
    _computed("title", T("Title"), (Event.title_sl, Event.title_en), _name_in, width=290),
    _plain(Event.status, T("Status"), "choice", choices=events.STATUSES, width=120),
    _plain(Event.town, T("Town"), "town", width=130),
    _computed("project", T("Project"), (Project.title_sl, Project.title_en), _name_in, width=180),
    _plain(Event.kind, T("Kind"), "choice", choices=events.KINDS, width=130),
    _computed("registered", T("Registrations"), (_counted(),), None, "number", width=90),
    _computed("accepted", T("Accepted"), (_counted(*registrations.TAKES_PLACE),), None, "number", width=90),
    _plain(Event.capacity, T("Capacity"), "number", width=90),
    _plain(Event.deadline, T("Deadline"), "date"),
    _computed("responsible", T("Responsible"), (StaffMember.name,), None, width=140),
    _plain(Event.venue, T("Venue"), width=200),
    _plain(Event.format, T("Format"), "choice", choices=events.FORMATS),
    _computed("code", T("Code"), (Event.code,), None, width=150),
)  # fmt: skip
# The form of one event; what its list computes is written here.
EVENT_DETAILS = _registry(
    _plain(Event.title_sl, T("Title in Slovene")),
    _plain(Event.title_en, T("Title in English")),
    _plain(Event.kind, T("Kind"), "choice", choices=events.KINDS),
    _plain(Event.project_id, T("Paying project"), "project", key="project_id"),
    _plain(Event.status, T("Status"), "choice", choices=events.STATUSES),
    _plain(Event.format, T("Format"), "choice", choices=events.FORMATS),
    _plain(Event.precision, T("What is known of the date"), "choice", choices=events.PRECISIONS),
    _plain(Event.starts_on, T("First day"), "date"),
    _plain(Event.ends_on, T("Last day"), "date"),
    _plain(Event.starts_at, T("Begins at"), "time"),
    _plain(Event.ends_at, T("Ends at"), "time"),
    _plain(Event.deadline, T("Deadline"), "date"),
    _plain(Event.capacity, T("Capacity"), "number"),
    _plain(Event.responsible_id, T("Responsible person"), "staff", key="responsible_id"),
    _plain(Event.venue, T("Venue")),
    _plain(Event.street, T("Street and number")),
    _plain(Event.postal_code, T("Postal code")),
    _plain(Event.town, T("Town"), "town"),
    _plain(Event.country, T("Country"), "country"),
    _plain(Event.online_link, T("Address of the online meeting")),
    _plain(Event.remarks, T("Remarks"), "long-text"),
)
REGISTRATION_DEFAULT = (
    "family_name", "given_name", "organisation", "town", "age", "status", "role", "diet", "phone", "email", "arrival",
    "departure", "remarks",
)  # fmt: skip


ANSWERS = Field(FieldInfo("answers", verbatim(""), editable=False), (Registration.answers,))


def answer_field(heading: str) -> Field:
    """A question of the registration form, kept as an extra answer, as a field like any other."""
    info = FieldInfo(ANSWER + heading, verbatim(heading), "text", "personal", True, {}, 160)
    return Field(info, (Registration.answers,), partial(_answer, heading), writes=Registration.answers)


def with_answers_apart(found: Listing) -> Listing:
    """A listing whose last field is ANSWERS, with a field for each heading in its place, as they first came."""
    answers = [row[-1] for row in found.rows]
    headings = list(dict.fromkeys(chain.from_iterable(filter(None, answers))))
    columns = [[_answer(heading, "", given) for given in answers] for heading in headings]
    said = zip(*columns, strict=True) if columns else repeat(())
    rows = [row[:-1] + more for row, more in zip(found.rows, said, strict=False)]
    infos = tuple(answer_field(heading).info for heading in headings)
    return Listing(found.fields[:-1] + infos, found.keys, rows)


def chosen(registry: dict[str, Field], keys: Iterable[str]) -> list[Field]:
    """The fields of these keys in this order; keys that no longer exist are left out."""
    return [
        registry[k] if k in registry else answer_field(k.removeprefix(ANSWER))
        for k in keys
        if k in registry or k.startswith(ANSWER)
    ]


def listing(
    session: Session, fields: Sequence[Field], query: Select[Any], key: ColumnElement[Any] | Any, *, language: str
) -> Listing:
    """Run one statement for the columns of `fields`; `query` brings joins and conditions, `key` the record's key."""
    places: dict[int, int] = {}
    columns: list[Any] = []
    for column in (c for f in fields for c in f.columns):
        if id(column) not in places:
            places[id(column)] = len(columns) + 1
            columns.append(column)
    statement = query.with_only_columns(key, *columns, maintain_column_froms=True)
    # Plain columns need nothing of the mapper, which would take half as long again for 5,000 rows.
    session.flush()
    found = session.connection().execute(statement).all()
    # Column by column, because most stay as they are.
    read = list(zip(*found, strict=True)) or [()] * (len(columns) + 1)
    shown = [_shown(f, [read[places[id(c)]] for c in f.columns], language) for f in fields]
    return Listing(tuple(f.info for f in fields), list(read[0]), list(zip(*shown, strict=True)))


def _shown(field: Field, read: Sequence[Sequence[Any]], language: str) -> Sequence[Any]:
    return read[0] if field.value is None else list(map(partial(field.value, language), *read))
