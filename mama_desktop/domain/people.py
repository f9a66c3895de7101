"""People, and the keys by which two spellings of one name meet."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain import ages
from mama_desktop.domain.base import Base, Choices, Key, derived_column
from mama_desktop.domain.text import T, fold, words_of

GENDERS: Choices = {
    "female": T("female"),
    "male": T("male"),
    "non-binary": T("non-binary"),
    "unknown": T("not known"),
}
LANGUAGES: Choices = {"sl": T("Slovene"), "en": T("English")}
_NOT_DIGIT = re.compile(r"\D")
# Microsoft Forms writes this for everybody who did not sign in.
NO_EMAIL = frozenset({"", "anonymous", "anonimno", "/", "-"})


@lru_cache(maxsize=20_000)
def name_key(given_name: str, family_name: str) -> str:
    """Accent-blind and order-blind: "Novak Ana" and "Ana Novak" are "ana novak"."""
    return " ".join(sorted(words_of(f"{given_name} {family_name}")))


def email_key(email: str) -> str:
    """The e-mail as compared; empty when it stands for nobody."""
    key = email.strip().lower()
    return "" if key in NO_EMAIL else key


class Person(Base):
    __tablename__ = "person"

    id: Mapped[Key]
    family_name: Mapped[str] = mapped_column(String(120), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    other_phone: Mapped[str] = mapped_column(String(60), default="")
    birth_date: Mapped[dt.date | None]
    birth_year: Mapped[int | None]
    # A stated age group ("18-24") is only true on the day it was stated.
    age_group: Mapped[str] = mapped_column(String(20), default="")
    age_group_on: Mapped[dt.date | None]
    gender: Mapped[str] = mapped_column(String(20), default="unknown")
    street: Mapped[str] = mapped_column(String(200), default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    town: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(10), default="")
    language: Mapped[str] = mapped_column(String(5), default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    function: Mapped[str] = mapped_column(String(120), default="")
    remarks: Mapped[str] = mapped_column(default="")
    name_key: Mapped[str] = mapped_column(
        String(260), index=True, default=lambda context: derived_column(context, Person, "name_key")
    )
    email_key: Mapped[str] = mapped_column(
        String(200), index=True, default=lambda context: derived_column(context, Person, "email_key")
    )
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Person, "search"))

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        family, given, email = (values.get(k) or "" for k in ("family_name", "given_name", "email"))
        phones = [_NOT_DIGIT.sub("", values.get(k) or "") for k in ("phone", "other_phone")]
        words = fold(f"{given} {family} {given}")
        return {
            # Folding makes some letters two (ß), so a key may be longer than the names.
            "name_key": name_key(given, family)[:260],
            "email_key": email_key(email)[:200],
            # Given name on both sides, so that "ana novak" and "novak ana" are both found as typed.
            "search": " ".join(p for p in (words, email_key(email), *phones) if p),
        }


def age_of(person: Person, day: dt.date | None) -> ages.Age | None:
    """The age of somebody on a day from the best that is known; None when nothing is, or the day is not."""
    if day is None:
        return None
    return ages.age_on(
        day, birth_date=person.birth_date, birth_year=person.birth_year, age_group=person.age_group,
        age_group_on=person.age_group_on,
    )  # fmt: skip


class Affiliation(Base):
    """Where a person belonged before and how they were reached there; the present one stands on the person."""

    __tablename__ = "affiliation"

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    function: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
