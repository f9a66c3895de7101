"""The fields of a project."""

from __future__ import annotations

from sqlalchemy import func, select

from mama_desktop.domain import projects
from mama_desktop.domain.events import Event
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T
from mama_desktop.services.fields.field import computed, plain, registry

_EVENTS_OF_PROJECT = select(func.count()).where(Event.project_id == Project.id).correlate(Project).scalar_subquery()


PROJECT_FIELDS = registry(
    plain(Project.title_sl, T("Title"), width=260),
    plain(Project.acronym, T("Acronym"), width=110),
    plain(Project.grant_number, T("Grant number"), width=230),
    plain(Project.programme, T("Programme"), width=190),
    plain(Project.action, T("Action"), width=120),
    plain(Project.funder, T("Funder"), width=180),
    plain(Project.call_year, T("Call year"), "year", width=90),
    plain(Project.starts_on, T("Start"), "date"),
    plain(Project.ends_on, T("End"), "date"),
    plain(Project.office_role, T("Our role"), "choice", choices=projects.OFFICE_ROLES),
    plain(Project.profile_id, T("Funder profile"), "profile", width=180),
    computed("events", T("Events"), (_EVENTS_OF_PROJECT,), None, "number", width=80),
    plain(Project.title_en, T("Title in English"), width=240),
    plain(Project.remarks, T("Remarks"), "long-text", width=220),
)
