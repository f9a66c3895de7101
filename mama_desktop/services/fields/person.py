"""The fields of a person; a registration shows them too."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import func, select

from mama_desktop.domain import ages
from mama_desktop.domain import people as people_domain
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.regions import REGIONS
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry


# Each table asks for it twice, for the age and for its band.
@lru_cache(maxsize=20_000)
def age(_language: str, *known: Any) -> ages.Age | None:
    day, birth_date, birth_year, age_group, age_group_on = known
    if day is None:
        return None
    return ages.age_on(
        day, birth_date=birth_date, birth_year=birth_year, age_group=age_group, age_group_on=age_group_on
    )


def age_band(language: str, *known: Any) -> str:
    return ages.band_of(age(language, *known))


BIRTH = (Person.birth_date, Person.birth_year, Person.age_group, Person.age_group_on)
BANDS = {band: ages.band_label(band) for band in (*ages.DEFAULT_BANDS, ages.TO_CHECK, ages.UNKNOWN)}
_EVENTS_OF_PERSON = select(func.count()).where(Registration.person_id == Person.id).correlate(Person).scalar_subquery()
NAME = (
    plain(Person.family_name, T("Family name"), width=140),
    plain(Person.given_name, T("Given name"), width=120),
)
CONTACT = (
    plain(Person.email, T("E-mail"), "email", sensitivity="personal", width=210),
    plain(Person.phone, T("Phone"), "phone", sensitivity="personal", width=150),
    plain(Person.other_phone, T("Other phone"), "phone", sensitivity="personal", width=150),
)
ABOUT = (
    plain(Person.birth_date, T("Birth date"), "date", sensitivity="personal"),
    plain(Person.birth_year, T("Birth year"), "year", sensitivity="personal", width=90),
    plain(Person.age_group, T("Stated age group"), sensitivity="personal"),
    plain(Person.gender, T("Gender"), "choice", choices=people_domain.GENDERS, width=110),
    plain(Person.street, T("Street and number"), sensitivity="personal", width=180),
    plain(Person.postal_code, T("Postal code"), width=90),
    plain(Person.town, T("Town"), "town", width=140),
    plain(Person.country, T("Country"), "country", width=110),
    plain(Person.region, T("Region"), "choice", choices=REGIONS, editable=False, width=150),
    plain(Person.language, T("Language"), "choice", choices=people_domain.LANGUAGES),
)
ORGANISATION = Field(
    FieldInfo("organisation", T("Organisation"), "organisation", width=230),
    (Organisation.name_sl, Organisation.name_en),
    name_in,
    writes=Person.organisation_id,
)
FUNCTION = plain(Person.function, T("Function"), width=140)

PERSON_FIELDS = registry(
    *NAME,
    ORGANISATION,
    FUNCTION,
    *CONTACT,
    *ABOUT,
    computed("events", T("Events"), (_EVENTS_OF_PERSON,), None, "number", width=80),
    plain(Person.remarks, T("Remarks"), "long-text", sensitivity="personal", width=220),
)
