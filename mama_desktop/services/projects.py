"""Projects and their partners."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.projects import FunderProfile, Partner, Project
from mama_desktop.domain.rows import Listing
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.services import deleting, fields


def projects(session: Session, *, language: str = "sl") -> Listing:
    query = select(Project.id).order_by(Project.starts_on.desc(), Project.title_sl)
    return fields.listing(session, list(fields.PROJECT_FIELDS.values()), query, Project.id, language=language)


def project_names(session: Session, *, language: str = "sl") -> dict[str, str]:
    """Key to title, for choosing the paying project of an event."""
    found = session.execute(select(Project.id, Project.title_sl, Project.title_en).order_by(Project.title_sl))
    return {key: title_en if language == "en" and title_en else title_sl for key, title_sl, title_en in found}


def profile_names(session: Session, *, language: str = "sl") -> dict[str, str]:
    """Key to name of the funder profiles."""
    found = session.execute(select(FunderProfile.id, FunderProfile.name_sl, FunderProfile.name_en))
    return {key: name_en if language == "en" and name_en else name_sl for key, name_sl, name_en in found}


def add_project(session: Session, title: str) -> str:
    title = clean(title)
    if not title:
        raise OfficeError(T("Please write the project's title."))
    project = Project(title_sl=title)
    session.add(project)
    session.flush()
    return project.id


def partners(session: Session, project_id: str) -> list[tuple[str, str, str, str]]:
    """(organisation key, name, country, role), the lead first."""
    query = (
        select(Organisation.id, Organisation.name_sl, Organisation.country, Partner.role)
        .join(Partner, Partner.organisation_id == Organisation.id)
        .where(Partner.project_id == project_id)
    )
    found = [(key, name, country, role) for key, name, country, role in session.execute(query)]
    return sorted(found, key=lambda row: (row[3] != "lead", row[1]))


def set_partner(session: Session, project_id: str, organisation_id: str, role: str = "partner") -> None:
    """Make an organisation the lead or a partner; a project has one lead."""
    if role == "lead":
        for lead in session.scalars(select(Partner).where(Partner.project_id == project_id, Partner.role == "lead")):
            lead.role = "partner"
    known = session.scalar(
        select(Partner).where(Partner.project_id == project_id, Partner.organisation_id == organisation_id)
    )
    if known is None:
        session.add(Partner(project_id=project_id, organisation_id=organisation_id, role=role))
    else:
        known.role = role
    session.flush()


def remove_partner(session: Session, project_id: str, organisation_id: str) -> None:
    session.execute(delete(Partner).where(Partner.project_id == project_id, Partner.organisation_id == organisation_id))


def touched_by_deleting(session: Session, keys: Sequence[str]) -> list[Text]:
    """In words what goes with these projects, and what stays; OfficeError when one still pays for events."""
    _refuse_paying(session, keys)
    return deleting.what_hangs_on(session, Project.__tablename__, keys).words(Project.__tablename__)


def _refuse_paying(session: Session, keys: Sequence[str]) -> None:
    number = session.scalar(select(func.count()).where(Event.project_id.in_(keys))) or 0
    if number:
        raise OfficeError(
            T("The project cannot be deleted: it still pays for events (number of events: {number}).", number=number),
            safe=T("Nothing was deleted."),
            todo=T("First give those events another project, then delete."),
        )


def delete_projects(session: Session, keys: Sequence[str]) -> int:
    """Delete projects without events; others are refused."""
    _refuse_paying(session, keys)
    deleting.delete_with_all(session, Project.__tablename__, keys)
    return len(keys)
