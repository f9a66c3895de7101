"""An office that shares one workspace on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.store.database import Actor
from mama_desktop.store.workspace import create_workspace, name_of, open_workspace
from tests.conftest import ACTOR
from tests.factories import make_person
from tests.store.processes import child, people


def test_a_server_without_a_workspace(new_server_database: Any) -> None:
    address = new_server_database("template0")
    with pytest.raises(OfficeError, match="holds no workspace"):
        open_workspace(address, actor=ACTOR, window=True)
    create_workspace(address, actor=ACTOR).close()
    with pytest.raises(OfficeError, match="already exists"):
        create_workspace(address, actor=ACTOR)
    engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(OfficeError, match="newer version"):
        open_workspace(address, actor=ACTOR, window=True)
    assert name_of(address) == make_url(address).database


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    address = f"postgresql://mama@/office?host={tmp_path}"
    with pytest.raises(OfficeError, match="server does not answer"):
        open_workspace(address, actor=ACTOR, window=True)


def test_two_windows_on_a_server(server_template: str, new_server_database: Any) -> None:
    address = new_server_database(server_template)
    ana = open_workspace(address, actor=Actor("Ana", "office-1"), window=True)
    bor = open_workspace(address, actor=Actor("Bor", "laptop-2"), window=True)
    person = ana.write(make_person, label=T("Ana adds"))
    assert bor.poll()

    def move(session: Session) -> None:
        session.get_one(Person, person.id).town = "Krško"

    bor.write(move, label=T("Bor moves"))
    # Everybody takes back their own; here Bor stands in the way, and is named.
    assert ana.undo_label() == T("Ana adds")
    with pytest.raises(OfficeError, match=r"“Bor moves” \(Bor"):
        ana.undo()
    bor.undo()
    ana.undo()
    assert people(bor) == 0
    ana.close()
    bor.close()


def test_undo_on_a_server_waits_for_a_write_in_between(server_template: str, new_server_database: Any) -> None:
    """A race held open by a pause: the undo begins while another window is still writing the same row."""
    address = new_server_database(server_template)
    ana = open_workspace(address, actor=Actor("Ana", "office-1"), window=True)
    person = ana.write(make_person, label=T("Ana adds"))
    slow = """
        from mama_desktop.domain.people import Person
        db = open_workspace(sys.argv[1], actor=actor, window=True)
        def move(session):
            session.get_one(Person, sys.argv[2]).town = "Krško"
            session.flush()
            print("writing", flush=True)
            import time; time.sleep(0.5)
        db.write(move, label=T("Bor moves"))
        db.close()
    """
    other = child(slow, address, person.id)
    assert other.stdout is not None
    assert other.stdout.readline() == "writing\n"
    with pytest.raises(OfficeError, match="“Bor moves”"):
        ana.undo()
    other.communicate(timeout=60)
    assert people(ana) == 1
    ana.close()
