"""The people of a sign-in sheet: who stands on it, in Slovene order, and what it may say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mama_desktop.domain import ages
from mama_desktop.domain.registrations import ROLES, SPEAKERS_AND_STAFF, TAKES_PLACE, is_there
from mama_desktop.domain.text import T, Text, sort_key
from mama_desktop.services import registrations
from mama_desktop.services.fields import ORIGINS
from mama_desktop.services.papers_about import About
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.sheets.sheet import Name, Value


@dataclass(frozen=True)
class Person:
    """What a sheet may say of somebody."""

    registration_id: str
    family: str
    given: str
    organisation: str
    organisation_town: str
    organisation_country: str
    town: str
    country: str
    email: str
    phone: str
    function: str
    role: str
    origin: str
    age: ages.Age | None
    arrival: dt.date | None
    departure: dt.date | None
    words: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_staff(self) -> bool:
        return self.role in SPEAKERS_AND_STAFF

    def is_there(self, day: dt.date) -> bool:
        return is_there(day, self.arrival, self.departure)


def _place(town: str, country: str) -> str:
    return ", ".join(part for part in (town, country) if part)


# What may stand on a sheet that others see. Health, diet, full birth dates and personal numbers never do (facts 2.2).
SIGN_IN_COLUMNS: dict[str, tuple[Text, Callable[[Person], Value]]] = {
    "name": (T("Family and given name"), lambda p: Name(p.family, p.given)),
    "organisation": (T("Organisation"), lambda p: p.organisation),
    "organisation_place": (
        T("Organisation, town"),
        lambda p: ", ".join(part for part in (p.organisation, p.organisation_town) if part),
    ),
    # The place of the sending organisation, as annexes ask; of residence where there is no organisation.
    "place": (
        T("Town, country"),
        lambda p: (
            _place(p.organisation_town, p.organisation_country) if p.organisation_town else _place(p.town, p.country)
        ),
    ),
    "residence": (T("Place of residence"), lambda p: _place(p.town, p.country)),
    "function": (T("Function"), lambda p: p.function),
    "role": (T("Role"), lambda p: p.words.get("role", "")),
    "origin": (T("Local or international"), lambda p: p.words.get("origin", "")),
    "age_band": (T("Age group"), lambda p: p.words.get("age_band", "")),
    "email": (T("E-mail"), lambda p: p.email),
    "phone": (T("Phone"), lambda p: p.phone),
}
DEFAULT_COLUMNS = ("name", "organisation", "place")
# Other names under which a profile may ask for the same.
ALIASES = {
    "family_name": "name", "given_name": "name", "town_country": "place", "organisation_town": "place",
    "organisation_country": "place", "organisation_address": "place", "town": "residence", "country": "residence",
    "local": "origin", "international": "origin",
}  # fmt: skip


def people_to_sign(session: Session, known: About, paper: str) -> list[Person]:
    """Accepted and confirmed, in Slovene order."""
    keys = (
        "family_name", "given_name", "organisation", "organisation_town", "organisation_country", "town", "country",
        "email", "phone", "function", "role", "origin", "age", "arrival", "departure",
    )  # fmt: skip
    code = main_code(paper)
    found = registrations.registrations(session, known.event.id, keys=keys, statuses=sorted(TAKES_PLACE), language=code)
    bands = tuple(known.profile.age_bands or ages.DEFAULT_BANDS)
    origins = {key: words(text, paper).line for key, text in ORIGINS.items()}
    roles = {key: words(text, paper).line for key, text in ROLES.items()}
    band_words: dict[str, str] = {}
    people = []
    for key, row in zip(found.keys, found.rows, strict=True):
        at = dict(zip(keys, row, strict=True))
        band = ages.band_of(at["age"], bands)
        if band not in band_words:
            band_words[band] = words(ages.band_label(band), paper).line
        said = {"role": roles.get(at["role"], ""), "origin": origins[at["origin"]], "age_band": band_words[band]}
        texts = {name: at[name] or "" for name in keys if name not in ("age", "arrival", "departure")}
        people.append(
            Person(
                key, texts["family_name"], texts["given_name"], texts["organisation"], texts["organisation_town"],
                texts["organisation_country"], texts["town"], texts["country"], texts["email"], texts["phone"],
                texts["function"], texts["role"], texts["origin"], at["age"],
                at["arrival"], at["departure"], said,
            )
        )  # fmt: skip
    return sorted(people, key=lambda p: (sort_key(p.family or p.given), sort_key(p.given), p.registration_id))
