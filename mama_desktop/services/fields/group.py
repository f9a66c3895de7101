"""The fields of a working group, and of one term of one of its members."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from mama_desktop.domain.groups import MEMBER_ROLES, Membership, WorkingGroup
from mama_desktop.domain.office import StaffMember
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T
from mama_desktop.services.fields import person
from mama_desktop.services.fields.field import Field, computed, name_in, plain, registry


def is_current(day: dt.date) -> ColumnElement[bool]:
    """Whether a term runs on the day; a term without a beginning or an end is open there."""
    return and_(
        or_(Membership.since.is_(None), Membership.since <= day),
        or_(Membership.until.is_(None), Membership.until >= day),
    )


GROUP_FIELDS = registry(
    plain(WorkingGroup.name_sl, T("Working group"), width=300),
    # Who is a member depends on the day: `members_on` brings the number.
    computed("members", T("Members"), (WorkingGroup.id,), None, "number", width=90),
    computed("project", T("Project"), (Project.title_sl, Project.title_en), name_in, width=220),
    computed("responsible", T("Responsible"), (StaffMember.name,), None, width=150),
    plain(WorkingGroup.starts_on, T("Start"), "date"),
    plain(WorkingGroup.ends_on, T("End"), "date"),
    plain(WorkingGroup.name_en, T("Name in English"), width=240),
    plain(WorkingGroup.remarks, T("Remarks"), "long-text", width=220),
)
# The form of one group; what its list computes is written here.
GROUP_DETAILS = registry(
    plain(WorkingGroup.project_id, T("Project"), "project", key="project_id"),
    plain(WorkingGroup.responsible_id, T("Responsible person"), "staff", key="responsible_id"),
)


def members_on(day: dt.date) -> Field:
    """How many people are members of a group on this day."""
    query = select(func.count(Membership.person_id.distinct())).where(
        Membership.group_id == WorkingGroup.id, is_current(day)
    )
    return replace(GROUP_FIELDS["members"], columns=(query.correlate(WorkingGroup).scalar_subquery(),))


def _name(_language: str, given_name: str, family_name: str) -> str:
    return f"{family_name} {given_name}".strip()


def _contact(_language: str, *known: Any) -> str:
    return next((one for one in known if one), "")


MEMBERSHIP_FIELDS = registry(
    computed("name", T("Name"), (Person.given_name, Person.family_name), _name, width=190),
    plain(Membership.role, T("Role"), "choice", choices=MEMBER_ROLES, width=140),
    Field(
        replace(person.ORGANISATION.info, width=230), person.ORGANISATION.columns, name_in,
        writes=Membership.organisation_id,
    ),
    plain(Membership.since, T("Since"), "date"),
    plain(Membership.until, T("Until"), "date"),
    plain(Membership.gets_mail, T("Gets the mail"), "bool", width=110),
    computed("email", T("E-mail"), (Person.email,), None, "email", sensitivity="personal", width=210),
    computed(
        "phone", T("Phone"), (Person.phone, Person.other_phone), _contact, "phone", sensitivity="personal", width=150
    ),
    plain(Membership.remarks, T("Remarks"), width=200),
)  # fmt: skip
