"""Looking whether a workspace is whole."""

from __future__ import annotations

import pytest

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store.checking import check
from mama_desktop.store.database import Database
from mama_desktop.store.engine import connector
from tests.factories import make_registration


def test_a_whole_workspace(db: Database) -> None:
    db.write(make_registration, label=T("Register"))
    assert check(db)[-1] == T("Changes in the journal: {number}", number=1)


def test_a_reference_that_leads_nowhere(sqlite_db: Database) -> None:
    from pathlib import Path

    sqlite_db.write(make_registration, label=T("Register"))
    other = connector(Path(sqlite_db.location))()
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute("DROP TRIGGER journal_event_delete")
    other.execute("DELETE FROM event")
    other.close()
    with pytest.raises(OfficeError, match="is damaged") as caught:
        check(sqlite_db)
    assert caught.value.details
