"""Funder profiles as the office edits them: their fields, one finished edit, a new one, a copy, one less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import new_key
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.projects import CERTAINTY, PAPER_LANGUAGES, FunderProfile, Project
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text, clean, clean_lines, fold, sort_key, verbatim
from mama_desktop.services import fields, office
from mama_desktop.services.funders import OWN_FUNDS
from mama_desktop.services.papers_people import SIGN_IN_COLUMNS
from mama_desktop.services.pictures import checked_picture

SIGN_IN_CHOICES: dict[str, Text] = {key: words for key, (words, _) in SIGN_IN_COLUMNS.items()}
LIST_CHOICES: dict[str, Text] = {key: field.info.label for key, field in fields.REGISTRATION_FIELDS.items()}
# "ordered": several of the choices, in the order in which the office put them.
_FIELDS = (
    FieldInfo("name_sl", T("Name in Slovene")),
    FieldInfo("name_en", T("Name in English")),
    FieldInfo("sentence_sl", T("Disclosure sentence in Slovene"), "long-text"),
    FieldInfo("sentence_en", T("Disclosure sentence in English"), "long-text"),
    FieldInfo("notice_sl", T("Notice in Slovene"), "long-text"),
    FieldInfo("notice_en", T("Notice in English"), "long-text"),
    FieldInfo("logo_file", T("Logo as a picture"), "picture"),
    FieldInfo("logo_words", T("Words while there is no picture")),
    FieldInfo("languages", T("Language of the papers"), "choice", choices=PAPER_LANGUAGES),
    FieldInfo("sign_in_columns", T("Columns of the sign-in sheet"), "ordered", choices=SIGN_IN_CHOICES),
    FieldInfo("list_columns", T("Columns of the participant list"), "ordered", choices=LIST_CHOICES),
    FieldInfo("one_sheet_for_days", T("One sheet for several days"), "bool"),
    FieldInfo("email_on_sheet", T("E-mail may stand on the sheet"), "bool"),
    FieldInfo("organiser_signs", T("The organiser signs the sheet"), "bool"),
    FieldInfo("split_local", T("Local and international participants apart"), "bool"),
    FieldInfo("certainty", T("How sure this is"), "choice", choices=CERTAINTY),
    FieldInfo("source", T("Where it is from"), "long-text"),
    FieldInfo("year", T("Year of the source"), "year"),
)
PROFILE_FIELDS: dict[str, FieldInfo] = {f.key: f for f in _FIELDS}
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class ProfileRow:
    """A profile in the list of Settings. projects: how many take it. is_own: own funds, which always stay."""

    id: str
    name: str
    certainty: str
    projects: int
    is_own: bool


def profiles(session: Session, *, language: str = "sl") -> list[ProfileRow]:
    """Own funds first, then the others by name."""
    counted = session.execute(select(Project.profile_id, func.count()).group_by(Project.profile_id))
    used = {key: number for key, number in counted}
    rows = [
        ProfileRow(
            p.id, (p.name_en if language == "en" and p.name_en else p.name_sl), p.certainty, used.get(p.id, 0),
            p.key == OWN_FUNDS,
        )
        for p in session.scalars(select(FunderProfile))
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (not row.is_own, sort_key(row.name)))


def profile_values(session: Session, profile_id: str) -> dict[str, Any] | None:
    """The values of PROFILE_FIELDS; None when the profile was deleted meanwhile. A picture comes as its bytes."""
    profile = session.get(FunderProfile, profile_id)
    if profile is None:
        return None
    values = {key: getattr(profile, key) for key in PROFILE_FIELDS}
    return {**values, "logo_file": office.file_content(session, profile.logo_file)}


def change_profile(session: Session, profile_id: str, key: str, value: Any) -> None:
    """Give one field of a profile a value; refuses an empty name and what cannot be read."""
    profile, info = session.get_one(FunderProfile, profile_id), PROFILE_FIELDS[key]
    if key == "name_sl":
        value = _free_name(session, value, besides=profile_id)
    elif info.kind == "picture":
        value = office.store_file(session, checked_picture(value)) if value else None
    elif info.kind == "ordered":
        value = [chosen for chosen in dict.fromkeys(value or ()) if chosen in info.choices]
    elif info.kind == "choice":
        value = value if value in info.choices else getattr(profile, key)
    elif info.kind == "bool":
        value = bool(value)
    elif info.kind == "year":
        value = _year(value)
    elif info.kind == "long-text":
        value = clean_lines(value or "")
    else:
        value = clean(value or "")
    setattr(profile, key, value)
    session.flush()


def add_profile(session: Session, name: str) -> str:
    """A new profile, to be confirmed, with the columns of a plain sheet; returns its key."""
    name = _free_name(session, name)
    profile = FunderProfile(
        id=new_key(), key=_free_key(session, name), name_sl=name, sign_in_columns=["name", "organisation", "place"],
        list_columns=["family_name", "given_name", "organisation", "town", "email", "phone"],
    )  # fmt: skip
    session.add(profile)
    session.flush()
    return profile.id


def copy_profile(session: Session, profile_id: str, name: str) -> str:
    """The same profile under another name; returns its key. `name` gets a number while it is taken."""
    old = session.get_one(FunderProfile, profile_id)
    taken, number, free = _names(session), 2, clean(name)
    while fold(free) in taken:
        free, number = f"{clean(name)} {number}", number + 1
    values = {c.key: getattr(old, c.key) for c in FunderProfile.__mapper__.column_attrs}
    values |= {"id": new_key(), "key": _free_key(session, free), "name_sl": free, "name_en": ""}
    session.add(FunderProfile(**values))
    session.flush()
    return str(values["id"])


def delete_profile(session: Session, profile_id: str) -> None:
    """Delete a profile that no project takes; own funds always stay."""
    profile = session.get_one(FunderProfile, profile_id)
    if profile.key == OWN_FUNDS:
        raise OfficeError(
            T("The profile of own funds cannot be deleted: events without a project take it."),
            safe=T("Nothing was deleted."),
        )
    titles = list(session.scalars(select(Project.title_sl).where(Project.profile_id == profile_id)))
    if titles:
        raise OfficeError(
            T("The profile “{name}” cannot be deleted: projects still take it.", name=profile.name_sl),
            safe=T("Nothing was deleted."),
            todo=T("First give these projects another profile, then delete."),
            details=[verbatim(title) for title in titles],
        )
    session.delete(profile)
    session.flush()


def _names(session: Session, besides: str = "") -> set[str]:
    found = session.execute(select(FunderProfile.id, FunderProfile.name_sl))
    return {fold(name) for key, name in found if key != besides}


def _free_name(session: Session, name: str | None, besides: str = "") -> str:
    name = clean(name or "")
    if not name:
        raise OfficeError(T("Please write the funder's name."), safe=T("The old value stays."))
    if fold(name) in _names(session, besides):
        raise OfficeError(T("There is a profile called “{name}” already.", name=name), safe=T("Nothing was changed."))
    return name


def _free_key(session: Session, name: str) -> str:
    beginning = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:30] or "profile"
    taken: Sequence[str] = session.scalars(select(FunderProfile.key)).all()
    key, number = beginning, 2
    while key in taken:
        key, number = f"{beginning}-{number}", number + 1
    return key


def _year(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if int(value) not in _YEARS:
        raise OfficeError(T("The number {value} is not possible here.", value=value), safe=T("The old value stays."))
    return int(value)
