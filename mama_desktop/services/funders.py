"""Funder profiles: those the program brings along as data, and the one that stands on a project's papers."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.projects import FunderProfile, Project

OWN_FUNDS = "own"
# Two offices that bring their copies together must meet in the same shipped profiles.
_NAMESPACE = uuid.UUID("6d616d61-6465-736b-746f-702066756e64")


def shipped_profile_id(key: str) -> str:
    """The key of a shipped profile's record, the same on every machine."""
    return uuid.uuid5(_NAMESPACE, key).hex


def shipped_profiles() -> tuple[dict[str, Any], ...]:
    """The shipped profiles as complete columns of FunderProfile."""
    return tuple(dict(values) for values in _shipped())


def ensure_profiles(session: Session) -> int:
    """Insert the shipped profiles that are missing; those the office has changed stay as they are. → how many."""
    present = set(session.scalars(select(FunderProfile.key)))
    missing = [FunderProfile(**values) for values in shipped_profiles() if values["key"] not in present]
    session.add_all(missing)
    session.flush()
    return len(missing)


def profile_of(session: Session, project_id: str | None) -> FunderProfile:
    """The profile of a project's one funder; own funds (no logo, no sentence) without a project or a profile."""
    profile = None
    if project_id is not None:
        statement = select(FunderProfile).join(Project, Project.profile_id == FunderProfile.id)
        profile = session.scalars(statement.where(Project.id == project_id)).one_or_none()
    if profile is None:
        profile = session.scalars(select(FunderProfile).where(FunderProfile.key == OWN_FUNDS)).one_or_none()
    if profile is None:
        # Not added to the session: this is called while reading too.
        profile = FunderProfile(**next(values for values in shipped_profiles() if values["key"] == OWN_FUNDS))
    return profile


@lru_cache(maxsize=1)
def _shipped() -> tuple[dict[str, Any], ...]:
    rows = json.loads(resources.path("data", "funder_profiles.json").read_text(encoding="utf-8"))
    common = {"logo_file": None, "organiser_signs": True}
    return tuple({"id": shipped_profile_id(row["key"]), **common, **row} for row in rows)
