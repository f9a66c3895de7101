"""Bring a workspace to the present schema: a dated copy first, then migrations in one transaction, checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store import journal_triggers, search, seat_triggers, troubles
from mama_desktop.store.engine import APPLICATION_ID, WRITES, sqlite_engine
from mama_desktop.store.schema import HEAD, METADATA

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def create_file(path: Path, *, key: str | None = None, journal_mode: str = "WAL") -> None:
    """Make a workspace file: under a temporary name until it is whole."""
    if not path.absolute().parent.is_dir():
        raise troubles.no_folder(str(path.parent))
    made = path.with_name(path.name + ".new")
    made.unlink(missing_ok=True)
    try:
        engine = sqlite_engine(made, key=key, journal_mode="DELETE", create=True)
        try:
            _migrate_file(engine, HEAD)
            with engine.connect() as connection:
                _raw(connection, f"PRAGMA journal_mode = {journal_mode}")
        finally:
            engine.dispose()
        # Not os.replace: what may have come to lie there meanwhile must stay.
        if path.exists():
            raise troubles.already_there(path.name)
        made.rename(path)
    except DBAPIError as error:
        raise troubles.of_database(error, path.name) or error from error
    except OSError as error:
        raise troubles.cannot_write_here(path.name) from error
    finally:
        for leftover in (made, made.with_name(made.name + "-journal")):
            leftover.unlink(missing_ok=True)


def upgrade_file(path: Path, *, key: str | None = None, to: str | None = None) -> Path:
    """Upgrade a file that no window has open; gives the copy made before. On any failure the file stays as it was."""
    from mama_desktop.store import backup

    copy = backup.copy_before_upgrade(path, Clock().now(), key=key)
    engine = sqlite_engine(path, key=key, journal_mode="")
    try:
        _migrate_file(engine, to or HEAD)
    except DBAPIError as error:
        raise troubles.of_database(error, path.name) or _failed(copy) from error
    finally:
        engine.dispose()
    return copy


def create_on_server(engine: Engine, name: str) -> None:
    """Make the tables in an empty database on a server."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"
        if connection.exec_driver_sql(tables).scalar():
            raise troubles.already_there(name)
        _migrate(connection, HEAD)


def upgrade_on_server(engine: Engine) -> None:
    """Upgrade a server's workspace; its administrator keeps the copies."""
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        _migrate(connection, HEAD)


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """What Alembic compares: our tables and what hangs on them, not the search index's own tables."""
    del thing, compare_to
    if kind == "table" and reflected:
        return name in METADATA.tables
    if kind == "index" and reflected:
        return not (name or "").startswith(search.PREFIX)
    return True


def config(connection: Connection) -> Config:
    """Alembic's configuration without an ini file, on one connection."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _migrate_file(engine: Engine, to: str) -> None:
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        # Foreign keys are off while tables are recreated, or a cascade deletes the children; the pragma is ignored
        # inside a transaction, and the old table must not drag references along when it is renamed.
        _raw(connection, "PRAGMA foreign_keys = OFF")
        _raw(connection, "PRAGMA legacy_alter_table = ON")
        with connection.begin():
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(connection, to)
            connection.exec_driver_sql(f"PRAGMA user_version = {int(to)}")
        _raw(connection, "PRAGMA legacy_alter_table = OFF")
        _raw(connection, "PRAGMA foreign_keys = ON")


def _migrate(connection: Connection, to: str) -> None:
    from alembic import command

    before = _counts(connection)
    # The journal does not follow migrations; undo refuses to reach behind one.
    journal_triggers.remove(connection)
    seat_triggers.remove(connection)
    search.remove(connection)
    command.upgrade(config(connection), to)
    if connection.dialect.name == "sqlite":
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if dangling:
            raise RuntimeError(f"the upgrade left rows without their parents: {dangling[:5]}")
    after = _counts(connection)
    changed = {t: (n, after[t]) for t, n in before.items() if t in after and after[t] != n}
    if changed:
        raise RuntimeError(f"the upgrade changed the number of rows: {changed}")
    if to == HEAD:
        search.install(connection)
        journal_triggers.install(connection)
        seat_triggers.install(connection)


def _counts(connection: Connection) -> dict[str, int]:
    from sqlalchemy import inspect

    names = [n for n in inspect(connection).get_table_names() if n in METADATA.tables]
    return {n: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{n}"').scalar_one()) for n in names}


def _raw(connection: Connection, statement: str) -> None:
    """Execute outside of any transaction."""
    dbapi = connection.connection.dbapi_connection
    assert dbapi is not None
    cursor = dbapi.cursor()
    cursor.execute(statement)
    cursor.close()


def _failed(copy: Path) -> OfficeError:
    return OfficeError(
        T("The workspace could not be upgraded."),
        safe=T("It is as it was; a copy lies in {path}.", path=str(copy)),
        todo=T("Keep using the former version of the program, and tell its makers."),
    )
