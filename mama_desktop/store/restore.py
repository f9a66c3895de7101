"""Put a backup in the place of a workspace; what stood there is kept beside, dated."""

from __future__ import annotations

import os
from pathlib import Path

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.store import backup, lock, stored_files, troubles
from mama_desktop.store.database import Actor
from mama_desktop.store.engine import connector


def restore(chosen: Path, location: str | Path, *, actor: Actor, key: str | None = None) -> Path | None:
    """Replace the workspace at `location` (closed in this program) by the backup `chosen`, checked before.

    Gives the dated copy of what was replaced, None when nothing stood there. The swap is one step: at any moment a
    whole workspace lies under the name. An older backup is upgraded at the next opening. Raises OfficeError.
    """
    path = Path(location)
    backup.contents(chosen, key=key)
    held = lock.take(path, actor.who, actor.machine)
    if not isinstance(held, lock.WindowLock):
        raise OfficeError(
            T("The workspace is open in another window, so it cannot be replaced now."),
            safe=T("Nothing has been changed."),
            todo=T("Close it there, then restore the backup again."),
        )
    new = path.with_name(path.name + ".restored")
    try:
        backup.copy_checked(chosen, new, key=key)
        replaced = _keep(path, key) if path.exists() else None
        for end in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        os.replace(new, path)
    except OSError as error:
        raise troubles.cannot_write_here(path.name) from error
    finally:
        new.unlink(missing_ok=True)
        held.release()
    _bring_files(chosen, path, key)
    return replaced


def _bring_files(chosen: Path, path: Path, key: str | None) -> None:
    """After the swap: the records are safe already, and a file that cannot be brought is one to add again."""
    with backup.opened(path, key) as restored:
        wanted = stored_files.beside(restored)
    folder = stored_files.folder_of(path)
    try:
        stored_files.copy_new(backup.folders_of_files(chosen), folder, wanted)
    except OSError as error:
        raise OfficeError(
            T(
                "The workspace is restored, but not all of its files could be brought into “{folder}”.",
                folder=folder.name,
            ),
            safe=T("All records are as they were in the backup."),
            todo=T("Free some room on the disk, then copy the folder of files from beside the backup."),
        ) from error


def _keep(path: Path, key: str | None) -> Path:
    stamp = Clock().now().strftime("%Y-%m-%d-%H.%M.%S")
    kept = backup.free_name(backup.folder_of(path) / f"{path.stem}-replaced-{stamp}.mama")
    try:
        _take_in_wal(path, key)
        backup.copy_checked(path, kept, key=key)
    except troubles.Damaged:
        # That may be just why a backup is being restored.
        backup.plain_copy(path, kept)
    return kept


def _take_in_wal(path: Path, key: str | None) -> None:
    """Fold the last changes into the file, which works only when nobody else has it open."""
    import sqlcipher3.dbapi2 as dbapi

    try:
        connection = connector(path, key=key)()
    except dbapi.Error:
        return
    try:
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise troubles.busy()
    except dbapi.Error as error:
        trouble = troubles.of_sqlite(error, path.name)
        if trouble is not None and not isinstance(trouble, troubles.Damaged):
            raise trouble from error
    finally:
        connection.close()
