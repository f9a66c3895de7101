"""One project as its page shows it: fields, partners as rows, what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.projects import OFFICE_ROLES
from mama_desktop.domain.rows import FieldInfo, Found, Listing
from mama_desktop.domain.text import T, clean
from mama_desktop.services import organisations, projects
from mama_desktop.services.person_card import Missing

PARTNER_FIELDS = (
    FieldInfo("name", T("Organisation"), "text", editable=False, width=380),
    FieldInfo("role", T("Role"), "choice", choices=OFFICE_ROLES, width=180),
    FieldInfo("country", T("Country"), "country", width=180),
)


@dataclass(frozen=True)
class ProjectCard:
    """values: raw values of PROJECT_FIELDS."""

    id: str
    values: dict[str, Any]
    missing: tuple[Missing, ...]

    def title(self, language: str) -> str:
        english = self.values["title_en"] if language == "en" else ""
        return str(english or self.values["title_sl"])


def project_card(session: Session, key: str, *, language: str = "sl") -> ProjectCard | None:
    """The card of one project; None when it was deleted meanwhile."""
    listing = projects.projects(session, language=language)
    for number, found in enumerate(listing.keys):
        if found == key:
            values = {info.key: value for info, value in zip(listing.fields, listing.rows[number], strict=True)}
            return ProjectCard(key, values, _missing(values))
    return None


def partner_rows(session: Session, project_id: str) -> Listing:
    """The partners, the lead first; keys are those of the organisations."""
    found = projects.partners(session, project_id)
    return Listing(
        PARTNER_FIELDS, [key for key, *_ in found], [(name, role, country) for _, name, country, role in found]
    )


def add_partner(session: Session, project_id: str, organisation: Found | str) -> str:
    """Make an organisation, picked or called by its name (added when it is new), a partner; returns its key."""
    if isinstance(organisation, Found) and organisation.key:
        key: str | None = organisation.key
    else:
        key = organisations.organisation_called(
            session, clean(organisation.title if isinstance(organisation, Found) else organisation)
        )
    if key is None:
        raise OfficeError(T("Please write the organisation's name."))
    if any(partner == key for partner, *_ in projects.partners(session, project_id)):
        raise OfficeError(T("This organisation is a partner of the project already."), safe=T("Nothing was changed."))
    projects.set_partner(session, project_id, key)
    return key


def _missing(values: dict[str, Any]) -> tuple[Missing, ...]:
    asked = (
        ("grant_number", T("no grant number")),
        ("profile_id", T("no funder profile")),
        ("starts_on", T("no period")),
        ("title_en", T("no title in English")),
    )
    return tuple(Missing(words, key) for key, words in asked if not values[key])
