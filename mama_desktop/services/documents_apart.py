"""Documents made beside the window: a large list in a child process, so that the window never stands still."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop import child
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import documents
from mama_desktop.sheets.files import write_through
from mama_desktop.store.database import Actor, Database

# Up to here the work in a thread is done sooner than a child could begin (about half a second), and its gaps are short.
MOST_IN_THREAD = 1_000
_TIMEOUT_S = 600
_MEMORY_MB = 3_000


def make_apart(
    db: Database,
    key: str,
    target: str,
    path: Path,
    *,
    language: str = "",
    options: Mapping[str, Any] | None = None,
    report: Callable[[int, int], None] | None = None,
) -> tuple[Path, ...]:
    """What `documents.make` does, for the worker thread of a window; `report` may raise `Cancelled`.

    openpyxl holds up the other threads for up to a tenth of a second, hence the child: it reads the workspace itself
    and writes into a folder of its own, from where the finished file goes to `path`, whole or not at all. What is kept
    as an issue belongs into one write with its rows and is made here.
    """
    document = documents.document_called(key)
    kept = document.keep is not None and db.read_only is None
    if kept or not db.read(_is_large, document.target, target):
        return documents.make(db, key, target, path, language=language, options=options)
    broken = OfficeError(T("The document could not be made."), safe=T("Nothing was written and nothing was changed."))
    with tempfile.TemporaryDirectory(prefix="mama-") as folder:
        made = Path(folder, f"made{path.suffix}")
        child.run(
            _make_there, db.location, db.key, db.actor, key, target, made, language, dict(options or {}),
            timeout_s=_TIMEOUT_S, memory_mb=_MEMORY_MB, report=report, broken=broken,
        )  # fmt: skip
        write_through(path, partial(_bring, made))
    return (path,)


def _bring(made: Path, to: Path) -> None:
    shutil.copyfile(made, to)


def _is_large(session: Session, kind: str, target: str) -> bool:
    if kind != "event":
        return True
    event_id = documents.find_target(session, kind, target)
    of_event = select(func.count()).where(Registration.event_id == event_id)
    return (session.scalar(of_event) or 0) > MOST_IN_THREAD


# From here on: the child's side.


def _make_there(
    location: str, passphrase: str | None, actor: Actor, key: str, target: str, path: Path, language: str,
    options: dict[str, Any],
) -> None:  # fmt: skip
    from mama_desktop.store.workspace import open_workspace

    db = open_workspace(location, actor=actor, window=False, key=passphrase)
    try:
        # Only the window itself keeps issues.
        document = documents.document_called(key)
        target_id = db.read(documents.find_target, document.target, target)
        db.read(
            documents.make_document, key=key, target_id=target_id, path=path, language=language, options=options,
            now=db.clock.now(), who=actor.who, keep=False,
        )  # fmt: skip
    finally:
        db.close()
