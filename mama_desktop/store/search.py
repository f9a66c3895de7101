"""stub."""

from __future__ import annotations

from sqlalchemy import Connection

PREFIX = "search_"


def install(connection: Connection) -> None: ...
def remove(connection: Connection) -> None: ...
