"""What the command line offers of each document is what its maker looks at, no more and no less."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services import attendance, documents
from mama_desktop.services.document_options import _OPTIONS
from mama_desktop.services.documents import DOCUMENTS
from mama_desktop.store.database import Database
from tests.factories import make_event, make_person, make_project, make_registration, make_session

NOW = dt.datetime(2020, 4, 2, 15, 0)
# The ending of the file, which is no choice beside it.
_NOT_OFFERED = {"suffix"}


class Watched(dict[str, Any]):
    """Options of which nothing is chosen, and which names somebody looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def __bool__(self) -> bool:
        return True  # or the makers would put an empty one in its place

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return False

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return default


@pytest.mark.parametrize("key", DOCUMENTS)
def test_what_is_offered_is_what_is_understood(sqlite_db: Database, tmp_path: Path, key: str) -> None:
    def make(session: Session) -> tuple[str, str]:
        project = make_project(session)
        event = make_event(session, "2020-04-klub", format="online", project_id=project.id)
        there = make_registration(session, event, make_person(session, "Ana", "Novak"), status="accepted")
        part = make_session(session, event)
        attendance.set_marks(session, part.id, {there.id: "present"}, who="Maja", now=NOW)
        return event.id, project.id

    event, project = sqlite_db.write(make, label=T("Test"))
    target = project if DOCUMENTS[key].target == "project" else event
    watched, document, now = Watched(), DOCUMENTS[key], sqlite_db.clock.now()
    for suffix in document.suffixes:
        # A document may find nothing to print; by then it has looked.
        with contextlib.suppress(OfficeError):
            documents.make(sqlite_db, key, "2020-04-klub", tmp_path / f"made{suffix}", language="sl", options=watched)
        with contextlib.suppress(OfficeError):
            sqlite_db.read(document.make, target, language="sl", options=watched, now=now, who="")
    assert watched.asked - _NOT_OFFERED == set(_OPTIONS.get(key, ()))
