"""One person as their card shows them: names, contacts, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T, Text
from mama_desktop.services import people


@dataclass(frozen=True)
class Missing:
    """Something that lists and reports will ask for. field: where it is written."""

    words: Text
    field: str


@dataclass(frozen=True)
class PersonCard:
    """values: raw values of PERSON_FIELDS; the organisation as its name."""

    id: str
    name: str
    organisation: str
    town: str
    phone: str
    values: dict[str, Any]
    missing: tuple[Missing, ...]


def person_card(session: Session, key: str, *, language: str = "sl") -> PersonCard | None:
    """The card of one person; None when they were deleted meanwhile."""
    listing = people.people(session, language=language, keys=[key])
    if not listing.keys:
        return None
    values = {info.key: value for info, value in zip(listing.fields, listing.rows[0], strict=True)}
    name = f"{values['given_name']} {values['family_name']}".strip()
    return PersonCard(
        key, name, values["organisation"] or "", values["town"], values["phone"] or values["other_phone"], values,
        _missing(session.get_one(Person, key)),
    )  # fmt: skip


def _missing(person: Person) -> tuple[Missing, ...]:
    """What the office is asked for by funders (age, gender, country) or needs to reach somebody."""
    asked = (
        (person.organisation_id, T("no organisation"), "organisation"),
        (person.email or person.phone or person.other_phone, T("no e-mail and no phone"), "email"),
        (person.birth_date or person.birth_year or person.age_group, T("no birth date"), "birth_date"),
        (person.gender not in ("", "unknown"), T("gender not known"), "gender"),
        (person.town, T("no town"), "town"),
        (person.country, T("no country"), "country"),
    )
    return tuple(Missing(words, field) for known, words, field in asked if not known)
