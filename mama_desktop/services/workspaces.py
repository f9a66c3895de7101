"""A new workspace, empty or filled with the invented sample."""

from __future__ import annotations

from pathlib import Path

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.text import T
from mama_desktop.services import funders, sample
from mama_desktop.services.sample_data import SAMPLE_DAY
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import create_workspace


def new_workspace(location: str | Path, *, actor: Actor, sample_too: bool = False) -> Database:
    """Make a workspace that knows the shipped funder profiles; what stands in it at first cannot be undone."""
    db = create_workspace(location, actor=actor)
    if sample_too:
        # The sample's clock stands, also for its own making.
        db.clock = Clock(SAMPLE_DAY)
        db.begin_with(sample.make_sample, label=T("The invented sample"))
    else:
        db.begin_with(funders.ensure_profiles, label=T("Shipped funder profiles"))
    return db
