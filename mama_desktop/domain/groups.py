"""Working groups: who is a member, in which role, from when until when, and who gets their mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mama_desktop.domain.base import Base, Choices, Key, derived_column
from mama_desktop.domain.text import T, fold

MEMBER_ROLES: Choices = {
    "chair": T("chair"),
    "deputy": T("deputy chair"),
    "secretary": T("secretary"),
    "member": T("member"),
    "observer": T("observer"),
}


class WorkingGroup(Base):
    __tablename__ = "working_group"

    id: Mapped[Key]
    name_sl: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    project_id: Mapped[str | None] = mapped_column(ForeignKey("project.id"), index=True)
    responsible_id: Mapped[str | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    remarks: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(default=lambda context: derived_column(context, WorkingGroup, "search"))

    @classmethod
    def derived(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {"search": fold(" ".join(p for p in (values.get("name_sl"), values.get("name_en")) if p))}


class Membership(Base):
    """One term of one person in a group; somebody who comes back has a second one."""

    __tablename__ = "membership"

    id: Mapped[Key]
    group_id: Mapped[str] = mapped_column(ForeignKey("working_group.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(20), default="member")
    since: Mapped[dt.date | None]
    until: Mapped[dt.date | None]
    gets_mail: Mapped[bool] = mapped_column(default=True)
    remarks: Mapped[str] = mapped_column(default="")
