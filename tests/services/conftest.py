"""A session as a use case gets it, inside one write that is never committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from mama_desktop.store import journal
from mama_desktop.store.database import Database
from mama_desktop.store.engine import WRITES
from mama_desktop.store.schema import HEAD


@pytest.fixture
def session(db: Database) -> Iterator[Session]:
    """On both databases."""
    with _writing(db) as session:
        yield session


@pytest.fixture
def paper_session(sqlite_db: Database) -> Iterator[Session]:
    """On a file only, for what both databases do alike."""
    with _writing(sqlite_db) as session:
        yield session


@contextmanager
def _writing(db: Database) -> Iterator[Session]:
    with Session(db.engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session:
        journal.begin_change(session, db.clock, "Ana Kovač", "office-1", HEAD)
        yield session
        session.rollback()
