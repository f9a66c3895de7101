"""The main job without a display: sample, import, Excel list, sign-in sheets, key-in, a picture of every page."""

from __future__ import annotations

import getpass
import platform
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.consents import Consent
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.groups import WorkingGroup
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import T, Text
from mama_desktop.domain.trips import Trip
from mama_desktop.services import documents, events, importing, workspaces
from mama_desktop.store.database import Actor, Database
from mama_desktop.store.workspace import SUFFIX, open_workspace
from mama_desktop.ui.pictures import View, draw_views, views

EVENT = "2020-04-klub"
FILE = "prijave-klub-mama.xlsx"


def run_demo(out: Path) -> Iterator[Text]:
    """Do the main job in the folder `out`; gives a line for each thing made. The sample there is never overwritten."""
    yield T("There is no display here: the main job is done without a window.")
    out.mkdir(parents=True, exist_ok=True)
    actor = Actor(getpass.getuser(), platform.node())
    workspace = out / f"vzorec{SUFFIX}"
    if workspace.exists():
        db = open_workspace(workspace, actor=actor, window=False)
        yield T("The sample was there already: {file}", file=str(workspace))
    else:
        db = workspaces.new_workspace(workspace, actor=actor, sample_too=True)
        yield T("The sample, invented from beginning to end: {file}", file=str(workspace))
    try:
        yield from _main_job(db, out)
        yield from _draw(db, out / "pictures")
    finally:
        db.close()


def _main_job(db: Database, out: Path) -> Iterator[Text]:
    event = db.read(events.event_by_code, EVENT)
    plan = importing.prepare(db, event, resources.path("samples", FILE))
    taken = importing.take_in_defaults(db, plan)
    yield T("Taken in from {file}: {new} new, {changed} changed.", file=FILE, new=taken.new, changed=taken.changed)
    for key, name, language in (
        ("participant-list", f"seznam-udelezencev-{EVENT}.xlsx", "sl"),
        ("participant-list", f"participants-{EVENT}.xlsx", "en"),
        ("sign-in", f"lista-prisotnosti-{EVENT}.pdf", "both"),
    ):
        (path,) = documents.make(db, key, EVENT, out / name, language=language)
        yield T("{document}: {file}", document=documents.DOCUMENTS[key].title, file=str(path))


def _draw(db: Database, folder: Path) -> Iterator[Text]:
    wanted = demo_views(db)
    count = 0
    for language, look in (("sl", "light"), ("en", "dark")):
        count += sum(1 for _ in draw_views(db, wanted, folder, language=language, look=look))
    yield T("Pictures of every page ({number}): {folder}", number=count, folder=str(folder))


def demo_views(db: Database) -> list[View]:
    """Every page of the window, with records of the sample where a page is of one record."""
    event = db.read(events.event_by_code, EVENT)
    person, project, session, organisation, group, trip = db.read(_some_records, event)
    return views(
        event, person=person, project=project, session=session, organisation=organisation, group=group, trip=trip,
        file=str(resources.path("samples", FILE)),
    )  # fmt: skip


def _some_records(session: Session, event: str) -> tuple[str, ...]:
    """A person with a guardian and a paper, the centre with the most visits, a group with present members, a trip."""
    person = session.scalar(select(Consent.person_id).where(Consent.attachment_id.is_not(None)).order_by(Consent.id))
    project = session.scalar(select(Project.id).order_by(Project.id))
    part = session.scalar(select(EventSession.id).where(EventSession.event_id == event).order_by(EventSession.position))
    visited = select(Event.organisation_id).where(Event.organisation_id.is_not(None)).group_by(Event.organisation_id)
    organisation = session.scalar(visited.order_by(func.count().desc(), Event.organisation_id))
    group = session.scalar(select(WorkingGroup.id).where(WorkingGroup.ends_on.is_(None)).order_by(WorkingGroup.name_sl))
    trip = session.scalar(select(Trip.id).where(Trip.event_id == event).order_by(Trip.direction.desc(), Trip.position))
    return tuple(key or "" for key in (person, project, part, organisation, group, trip))
