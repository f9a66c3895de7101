"""The revisions and the classes agree; a filled workspace comes through every revision with all its rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Time,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import StoredFile
from mama_desktop.domain.people import Person
from mama_desktop.domain.text import T
from mama_desktop.store import backup, journal_triggers, search, stored_files, upgrade
from mama_desktop.store.database import Database
from mama_desktop.store.engine import WRITES, connector, sqlite_engine
from mama_desktop.store.schema import HEAD, METADATA
from mama_desktop.store.workspace import create_workspace, open_workspace
from tests.conftest import ACTOR
from tests.factories import make_attendance, make_event, make_person, make_registration, make_session

# A later revision that does what is most dangerous on SQLite: it recreates a table that others hang on.
RECREATES = """
from alembic import op
import sqlalchemy as sa
revision = "LATER"
down_revision = "NOW"
def upgrade():
    with op.batch_alter_table("event", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="red"))
"""
LATER = f"{int(HEAD) + 1:04}"
RECREATES = RECREATES.replace("LATER", LATER).replace("NOW", HEAD)
LOSES_ROWS = RECREATES.replace("    with op", '    op.execute("DELETE FROM attendance")\n    with op')
FAILS = RECREATES + "    raise ValueError\n"


def test_head_is_the_last_revision(db: Database) -> None:
    from alembic.script import ScriptDirectory

    with db.engine.connect() as connection:
        script = ScriptDirectory.from_config(upgrade.config(connection))
        assert script.get_heads() == [HEAD]
        assert [r.revision for r in script.walk_revisions()][::-1] == [f"{n:04}" for n in range(1, int(HEAD) + 1)]


def test_classes_and_revisions_agree(db: Database) -> None:
    """Should this fail after a change of the classes: `python -m mama_desktop.store.migrations.make`."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        options = {"include_object": upgrade.is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_the_triggers_stand(db: Database) -> None:
    with db.engine.connect() as connection:
        assert journal_triggers.are_in_place(connection)
        assert search.is_in_place(connection)
        names = {name for name, _ in journal_triggers.present(connection)}
    tables = set(METADATA.tables) - {"change", "row_change", "open_change"}
    assert {f"journal_{table}_insert" for table in tables} <= names


def fill(session: Session) -> None:
    event = make_event(session)
    part = make_session(session, event)
    for number in range(20):
        registration = make_registration(session, event, make_person(session, f"Ana {number}", "Žagar"))
        make_attendance(session, part, registration)


def counts(path: Path) -> dict[str, int]:
    connection = connector(path)()
    found = {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in METADATA.tables}
    connection.close()
    return found


def test_a_filled_workspace_through_every_revision(workspace_file: Path) -> None:
    """From the first revision a workspace can have; rows are put in as soon as all tables are there."""
    db = open_workspace(workspace_file, actor=ACTOR, window=False)
    db.write(fill, label=T("Fill"))
    db.close()
    before = counts(workspace_file)
    for number in range(1, int(HEAD) + 1):
        upgrade.upgrade_file(workspace_file, to=f"{number:04}")
    assert counts(workspace_file) == before
    db = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert len(db.read(search.find, "zagar", 50)) == 20
    db.close()


@pytest.fixture
def later_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that lets the program have one more revision."""

    def make(revision: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / f"{LATER}_later.py").write_text(revision, "utf-8")
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        for module in ("upgrade", "workspace", "undo", "database", "backup"):
            monkeypatch.setattr(f"mama_desktop.store.{module}.HEAD", LATER)

    return make


def test_an_upgrade_keeps_everything(workspace_file: Path, later_program: Any) -> None:
    db = open_workspace(workspace_file, actor=ACTOR, window=False)
    db.write(fill, label=T("Fill"))
    db.close()
    before = counts(workspace_file)
    later_program(RECREATES)
    db = open_workspace(workspace_file, actor=ACTOR, window=True)
    assert counts(workspace_file) == before
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT colour FROM event").scalar() == "red"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert journal_triggers.are_in_place(connection)
    (copy,) = backup.backups(backup.folder_of(workspace_file), "office", look=True)
    assert (copy.kind, copy.ok) == ("before-upgrade", True)
    db.write(make_person, label=T("Add"))
    db.undo()
    with pytest.raises(OfficeError, match="before the program was upgraded"):
        db.undo()
    db.close()


@pytest.mark.parametrize(("revision", "error"), [(LOSES_ROWS, RuntimeError), (FAILS, ValueError)])
def test_a_failed_upgrade_changes_nothing(
    workspace_file: Path, later_program: Any, revision: str, error: type[Exception]
) -> None:
    db = open_workspace(workspace_file, actor=ACTOR, window=False)
    db.write(fill, label=T("Fill"))
    db.close()
    before = counts(workspace_file)
    later_program(revision)
    with pytest.raises(error):
        open_workspace(workspace_file, actor=ACTOR, window=True)
    assert counts(workspace_file) == before
    connection = connector(workspace_file)()
    assert connection.execute("PRAGMA user_version").fetchone()[0] == int(HEAD)
    assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'journal_%'").fetchone()[0] > 40
    connection.close()


def test_a_server_is_upgraded_when_opened(new_server_database: Any, server_template: str, later_program: Any) -> None:
    address = new_server_database(server_template)
    db = open_workspace(address, actor=ACTOR, window=True)
    db.write(fill, label=T("Fill"))
    db.close()
    later_program(RECREATES.replace("always", "auto"))
    db = open_workspace(address, actor=ACTOR, window=True)
    assert db.read(lambda s: s.scalar(select(func.count()).select_from(Person))) == 20
    db.close()


def test_a_new_workspace_is_recognised(tmp_path: Path) -> None:
    create_workspace(tmp_path / "new.mama", actor=ACTOR).close()
    assert [p.name for p in tmp_path.iterdir()] == ["new.mama"]
    connection = connector(tmp_path / "new.mama")()
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    assert found == [0x4D614D61, int(HEAD)]
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def first_workspace(path: Path, logo: bytes) -> dict[str, list[dict[str, Any]]]:
    """A workspace made at the first revision with a row in every table of that time; gives the rows by table."""
    engine = sqlite_engine(path, journal_mode="WAL", create=True)
    upgrade._migrate_file(engine, "0001")
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        upgrade._raw(connection, "PRAGMA foreign_keys = OFF")
        schema = MetaData()
        with connection.begin():
            schema.reflect(connection)
            for number, table in enumerate(schema.sorted_tables):
                if table.name != "alembic_version":
                    connection.execute(insert(table).values(_row_of(table, number, logo)))
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    rows = _rows(engine, {table.name: [c.name for c in table.columns] for table in schema.sorted_tables})
    engine.dispose()
    return rows


def _row_of(table: Table, number: int, logo: bytes) -> dict[str, Any]:
    """One row whose foreign keys name the one row of the other table."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys or column.primary_key:
            digest = column.name.endswith(("hash", "_file"))
            one = 1 if isinstance(column.type, Integer) else "1" * 32
            row[column.name] = hashlib.sha256(logo).hexdigest() if digest else one
        elif isinstance(column.type, LargeBinary):
            row[column.name] = logo
        elif isinstance(column.type, JSON):
            row[column.name] = {}
        elif isinstance(column.type, DateTime):
            row[column.name] = dt.datetime(2020, 4, 2, 9)
        elif isinstance(column.type, Date):
            row[column.name] = dt.date(2020, 4, 2)
        elif isinstance(column.type, Time):
            row[column.name] = dt.time(9)
        elif isinstance(column.type, Boolean):
            row[column.name] = True
        elif isinstance(column.type, Integer | Numeric):
            row[column.name] = number
        else:
            row[column.name] = f"čšž {number}"[: getattr(column.type, "length", None)]
    return row


def _rows(engine: Engine, columns: dict[str, list[str]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as connection:
        for table, names in columns.items():
            if table != "alembic_version":
                said = ", ".join(f'"{name}"' for name in names)
                rows = connection.exec_driver_sql(f'SELECT {said} FROM "{table}"').mappings()
                found[table] = [dict(row) for row in rows]
    return found


def test_a_workspace_of_the_first_revision_comes_through_with_equal_rows(tmp_path: Path) -> None:
    path, logo = tmp_path / "old.mama", bytes(range(256)) * 2000
    before = first_workspace(path, logo)
    assert all(len(rows) == 1 for rows in before.values())
    assert len(before) > 15
    db = open_workspace(path, actor=ACTOR, window=True)
    after = _rows(db.engine, {table: list(rows[0]) for table, rows in before.items()})
    assert after == before
    digest = hashlib.sha256(logo).hexdigest()
    assert db.read(stored_files.content_of, digest) == logo
    assert db.read(lambda s: s.get_one(StoredFile, digest).size) == len(logo)
    db.close()
