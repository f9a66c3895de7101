"""Reading and reckoning beside the window in a child process, when there is so much that a thread would hold it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from mama_desktop import child
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store.database import Actor, Database

R = TypeVar("R")
# Up to here a thread is done before a child could begin (about half a second), and its gaps stay short.
MANY = 500
_TIMEOUT_S = 600
_MEMORY_MB = 3_000


def read_apart(
    db: Database, query: Callable[..., R], /, *args: Any, report: child.Report | None = None, **kwargs: Any
) -> R:
    """What `db.read(query, …)` gives, from a child process that opens the same workspace for itself.

    Reading 10,000 rows and writing them held up the other threads for a quarter of a second at a time. `query` stands
    at the top of a module; it, its arguments and its result can be pickled. `report` may raise `Cancelled`.
    """
    broken = OfficeError(T("The document could not be made."), safe=T("Nothing was written and nothing was changed."))
    result: R = child.run(
        _read_there, db.location, db.key, db.actor, query, args, kwargs, timeout_s=_TIMEOUT_S, memory_mb=_MEMORY_MB,
        report=report, broken=broken,
    )  # fmt: skip
    return result


# From here on: the child's side.


def _read_there(
    location: str, passphrase: str | None, actor: Actor, query: Callable[..., Any], args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:  # fmt: skip
    from mama_desktop.store.workspace import open_workspace

    db = open_workspace(location, actor=actor, window=False, key=passphrase)
    try:
        return db.read(query, *args, **kwargs)
    finally:
        db.close()
