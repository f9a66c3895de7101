"""Engines for both databases, set up so that a read never writes and a write waits its turn."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url

# "MaMa" in the header of the file, so that a workspace is recognised whatever it is called.
APPLICATION_ID = 0x4D614D61
WRITES = "mama_writes"
# How long a write waits for another one to finish.
BUSY_TIMEOUT_S = 10.0
# On a server all writes of one office stand in one queue, as they do on SQLite: the journal's numbers then grow in the
# order in which others see them, and an undo is never overtaken between its check and its deed.
_WRITE_LOCK = APPLICATION_ID


def sqlite_engine(
    path: Path, *, key: str | None = None, journal_mode: str = "WAL", frozen: bool = False, create: bool = False
) -> Engine:
    """An engine on a workspace file.

    key: its passphrase. journal_mode: WAL, or DELETE on a network drive; empty leaves it. frozen: nothing is ever
    written, not even beside the file. create: the file may be made; otherwise a missing one is an error.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=_sqlcipher(),
        creator=connector(path, key=key, journal_mode=journal_mode, frozen=frozen, create=create),
        poolclass=QueuePool,
        json_serializer=_to_json,
        json_deserializer=_from_json,
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def connector(
    path: Path, *, key: str | None = None, journal_mode: str = "", frozen: bool = False, create: bool = False
) -> Callable[[], Any]:
    """A function that opens one more DBAPI connection to the file, keyed and set up."""
    dbapi = _sqlcipher()
    mode = "mode=ro&immutable=1" if frozen else "mode=rwc" if create else "mode=rw"
    uri = f"{path.absolute().as_uri()}?{mode}"

    def connect() -> Any:
        connection = dbapi.connect(
            uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        try:
            # Before the key, or SQLCipher writes to standard error.
            connection.execute("PRAGMA cipher_log_level = NONE")
            if key:
                quoted = key.replace("'", "''")
                connection.execute(f"PRAGMA key = '{quoted}'")
            # A file of somebody else is not touched, not even in its header.
            if journal_mode and not frozen and _is_ours(connection):
                connection.execute(f"PRAGMA journal_mode = {journal_mode}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            # Without it INSERT OR REPLACE deletes rows behind the journal's back.
            connection.execute("PRAGMA recursive_triggers = ON")
            connection.execute("PRAGMA cache_size = -32000")
        except BaseException:
            connection.close()
            raise
        return connection

    return connect


def postgresql_engine(url: str) -> Engine:
    """An engine on an office's server; `postgres://` and `postgresql://` mean psycopg."""
    parsed = make_url(url).set(drivername="postgresql+psycopg")
    arguments = {"connect_timeout": 10, "application_name": "MaMa Desktop"}
    engine = create_engine(parsed, pool_pre_ping=True, connect_args=arguments)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _to_json(value: Any) -> str:
    return "[]" if value == [] else "{}" if value == {} else json.dumps(value)


def _from_json(words: str) -> Any:
    """Most lists and answers are empty or say what others say: they need no parser, 5,000 times before a table."""
    if words == "[]":
        return []
    if words == "{}":
        return {}
    found, is_flat = _parsed(words)
    # Each caller has its own, to change as it likes.
    return found.copy() if is_flat else json.loads(words)


@lru_cache(maxsize=4096)
def _parsed(words: str) -> tuple[Any, bool]:
    """What it says, and whether that is one list or dictionary with nothing in it that could be changed."""
    found = json.loads(words)
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else (found, [])
    return found, not any(isinstance(one, dict | list) for one in inside)


def _is_ours(connection: Any) -> bool:
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def is_url(location: str | Path) -> bool:
    return isinstance(location, str) and location.startswith(("postgresql:", "postgres:", "postgresql+psycopg:"))


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes after another commit fails at once: a write begins as one.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        connection.exec_driver_sql("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(BUSY_TIMEOUT_S * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _sqlcipher() -> Any:
    return importlib.import_module("sqlcipher3.dbapi2")
