"""Projects, their partners, and the funder profile that decides what stands on their papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Json, Key, derived_column
from mama_desktop.domain.text import T, fold

OFFICE_ROLES: Choices = {"lead": T("lead partner"), "partner": T("partner")}
CERTAINTY: Choices = {
    "A": T("official source"),
    "B": T("second-hand source"),
    "C": T("to be confirmed"),
}
PAPER_LANGUAGES: Choices = {"sl": T("Slovene"), "en": T("English"), "both": T("Slovene and English")}


class FunderProfile(Base):
    """Logos, sentences and columns of one funder's papers: data, edited in Settings, never code."""

    __tablename__ = "funder_profile"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name_sl: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    sentence_sl: Mapped[str] = mapped_column(default="")
    sentence_en: Mapped[str] = mapped_column(default="")
    notice_sl: Mapped[str] = mapped_column(default="")
    notice_en: Mapped[str] = mapped_column(default="")
    logo_words: Mapped[str] = mapped_column(String(100), default="")
    logo_file: Mapped[str | None] = mapped_column(ForeignKey("stored_file.hash"))
    languages: Mapped[str] = mapped_column(String(5), default="both")
    sign_in_columns: Mapped[list[str]] = mapped_column(Json, default=list)
    list_columns: Mapped[list[str]] = mapped_column(Json, default=list)
    one_sheet_for_days: Mapped[bool] = mapped_column(default=False)
    email_on_sheet: Mapped[bool] = mapped_column(default=False)
    organiser_signs: Mapped[bool] = mapped_column(default=True)
    split_local: Mapped[bool] = mapped_column(default=False)
    age_bands: Mapped[list[str]] = mapped_column(Json, default=list)
    certainty: Mapped[str] = mapped_column(String(1), default="C")
    source: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]


class Project(Base):
    __tablename__ = "project"

    id: Mapped[Key]
    title_sl: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    acronym: Mapped[str] = mapped_column(String(60), default="")
    grant_number: Mapped[str] = mapped_column(String(80), default="")
    programme: Mapped[str] = mapped_column(String(120), default="")
    action: Mapped[str] = mapped_column(String(120), default="")
    funder: Mapped[str] = mapped_column(String(200), default="")
    call_year: Mapped[int | None]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    office_role: Mapped[str] = mapped_column(String(20), default="lead")
    profile_id: Mapped[str | None] = mapped_column(ForeignKey("funder_profile.id"), index=True)
    remarks: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, Project, "search"))

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        parts = (
            values.get(k) or "" for k in ("title_sl", "title_en", "acronym", "grant_number", "programme", "funder")
        )
        return {"search": fold(" ".join(p for p in parts if p))}


class Partner(Base):
    """An organisation in a project: its lead or one of its partners."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("project_id", "organisation_id"),)

    id: Mapped[Key]
    project_id: Mapped[str] = mapped_column(ForeignKey("project.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="partner")
