"""Make a workspace and open one, wherever it lies and in whatever state it is."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.store import drives, journal_triggers, lock, search, seat_triggers, troubles
from mama_desktop.store.database import Actor, Database, ReadOnly
from mama_desktop.store.engine import APPLICATION_ID, is_url, postgresql_engine, sqlite_engine
from mama_desktop.store.schema import HEAD

SUFFIX = ".mama"
# Bytes that are looked through in about 80 ms.
_SMALL = 64 * 2**20


def create_workspace(location: str | Path, *, actor: Actor, key: str | None = None) -> Database:
    """Make a new, empty workspace (never over an existing one) and open it without a window's lock.

    location: the path of a file, or postgresql://…/name of an empty database.
    """
    from mama_desktop.store import upgrade

    if is_url(location):
        engine = postgresql_engine(str(location))
        try:
            upgrade.create_on_server(engine, _server_name(engine))
        except DBAPIError as error:
            raise troubles.of_database(error, _server_name(engine)) or error from error
        finally:
            engine.dispose()
    else:
        path = Path(location)
        if path.exists():
            raise troubles.already_there(path.name)
        upgrade.create_file(path, key=key, journal_mode=_journal_mode(path))
    return open_workspace(location, actor=actor, window=False, key=key)


def open_workspace(location: str | Path, *, actor: Actor, window: bool, key: str | None = None) -> Database:
    """Open a workspace; an older one is copied and upgraded first.

    window: take the window's lock; when another window has it, or the file may not be written, the Database is
    read-only and says why. Raises OfficeError (`troubles.Damaged` with the last good backup) and changes nothing.
    """
    if is_url(location):
        return _open_on_server(str(location), actor)
    path = Path(location)
    if not path.is_file():
        raise troubles.missing(path.name)
    read_only = None if _may_write(path) else _unwritable(path)
    held: lock.WindowLock | None = None
    if window and read_only is None:
        held, read_only = _take_lock(path, actor)
    try:
        return _open_file(path, actor, key, read_only, held)
    except BaseException as error:
        if held is not None:
            held.release()
        if isinstance(error, troubles.Damaged):
            _offer_backup(error, path, key)
        raise


def name_of(location: str | Path) -> str:
    """What the office calls a workspace: the file's name without its ending, or the name of the server's database."""
    return str(location).rsplit("/", 1)[-1].split("?")[0] if is_url(location) else Path(location).stem


def _open_file(
    path: Path, actor: Actor, key: str | None, read_only: ReadOnly | None, held: lock.WindowLock | None
) -> Database:
    from_elsewhere = read_only is not None and not read_only.who and read_only.since is None and not _may_write(path)
    look_through = _worth_looking_through(path, held is not None)
    engine = sqlite_engine(path, key=key, journal_mode=_journal_mode(path), frozen=from_elsewhere)
    try:
        if _needs_upgrade(engine, path, look_through):
            if read_only is not None:
                raise troubles.older_and_read_only(path.name)
            from mama_desktop.store import upgrade

            engine.dispose()
            upgrade.upgrade_file(path, key=key)
        return Database(
            engine, location=str(path), name=path.stem, actor=actor, read_only=read_only, key=key,
            warnings=_warnings(path), on_close=held.release if held else None,
        )  # fmt: skip
    except DBAPIError as error:
        engine.dispose()
        raise troubles.of_database(error, path.name) or error from error
    except BaseException:
        engine.dispose()
        raise


def _worth_looking_through(path: Path, window: bool) -> bool:
    """Whether opening reads the whole file: a small one always, a large one when no one closed it properly.

    A large one is looked through whole with every backup, once a day at least.
    """
    left_behind = path.with_name(path.name + "-wal").exists()
    return path.stat().st_size <= _SMALL or (window and left_behind)


def _needs_upgrade(engine: Engine, path: Path, look_through: bool) -> bool:
    """Recognise the file and look whether it is whole; plain queries only, Alembic stays unloaded."""
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
            raise troubles.not_a_workspace(path.name)
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        if version > int(HEAD):
            raise troubles.newer(path.name)
        if look_through and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise troubles.damaged(path.name)
        in_place = (
            journal_triggers.are_in_place(connection)
            and search.is_in_place(connection)
            and (version < int(HEAD) or seat_triggers.are_in_place(connection))
        )
        return version < int(HEAD) or not in_place


def _open_on_server(url: str, actor: Actor) -> Database:
    engine = postgresql_engine(url)
    name = _server_name(engine)
    try:
        with engine.connect() as connection:
            revision = server_revision(connection)
            in_place = (
                revision == HEAD
                and journal_triggers.are_in_place(connection)
                and seat_triggers.are_in_place(connection)
            )
        if revision is None:
            raise OfficeError(
                T("The database “{name}” on the server holds no workspace.", name=name),
                safe=T("Nothing has been changed."),
                todo=T("Check the address, or make a new workspace there."),
            )
        if revision > HEAD:
            raise troubles.newer(name)
        if not in_place:
            from mama_desktop.store import upgrade

            upgrade.upgrade_on_server(engine)
        return Database(engine, location=url, name=name, actor=actor)
    except DBAPIError as error:
        engine.dispose()
        raise troubles.of_database(error, name) or error from error
    except BaseException:
        engine.dispose()
        raise


def server_revision(connection: Connection) -> str | None:
    """The revision of the schema on a server; None where there is no workspace."""
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
        return None
    if connection.exec_driver_sql("SELECT to_regclass('row_change')").scalar() is None:
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(found) if found else None


def _server_name(engine: Engine) -> str:
    return engine.url.database or ""


def _journal_mode(path: Path) -> str:
    # WAL needs memory shared by all who have the file open, and cloud services copy its parts at different times.
    return "DELETE" if drives.cloud_service(path) or drives.is_network_drive(path) else "WAL"


def _warnings(path: Path) -> tuple[Text, ...]:
    service = drives.cloud_service(path)
    if service:
        return (
            T(
                "This workspace lies in a folder that {service} copies. Open it on one computer at a time, and wait "
                "until {service} has finished before you open it on another.",
                service=service,
            ),
        )
    if drives.is_network_drive(path):
        return (
            T("This workspace lies on a network drive: it is slower there, and only one window at a time may write."),
        )
    return ()


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _unwritable(path: Path) -> ReadOnly:
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        # The last changes lie in a second file that only somebody with the right to write can take in.
        raise troubles.cannot_write_here(path.name)
    return ReadOnly("", "", None, T("The file “{name}” or its folder can only be read.", name=path.name))


def _take_lock(path: Path, actor: Actor) -> tuple[lock.WindowLock | None, ReadOnly | None]:
    try:
        taken = lock.take(path, actor.who, actor.machine, trust_other_machines=not drives.cloud_service(path))
    except OSError:
        return None, _unwritable(path)
    if isinstance(taken, lock.WindowLock):
        return taken, None
    if taken.since is None:
        why = T("The workspace is already open in another window.")
    else:
        why = T(
            "The workspace is already open: {who}, on the computer {machine}, since {since}.",
            who=taken.who, machine=taken.machine, since=taken.since,
        )  # fmt: skip
    if drives.cloud_service(path) and taken.machine != actor.machine:
        # The other computer may have crashed and cannot be asked: only the file came over.
        left = lock.lock_path(path).name
        why = T("{why} If nobody has it open there any more, delete the file “{file}”.", why=why, file=left)
    return None, ReadOnly(taken.who, taken.machine, taken.since, why)


def _offer_backup(error: troubles.Damaged, path: Path, key: str | None) -> None:
    from mama_desktop.store import backup

    last = backup.last_good(path, key=key)
    if last is not None:
        error.backup, error.backup_at = last.path, last.at
