"""The window's lock beside a workspace: who has it open, at which computer, since when; a crash frees it."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from mama_desktop.domain.clock import Clock

# Windows locks bytes, not files: one far beyond the content, so that others can still read who it is.
_FAR = 1 << 30


@dataclass(frozen=True)
class Holder:
    """Who has the workspace open in a window; empty where the lock file does not say."""

    who: str = ""
    machine: str = ""
    since: dt.datetime | None = None


class WindowLock:
    """A lock that is held until `release` or the end of the process."""

    def __init__(self, file: IO[str], path: Path) -> None:
        self._file = file
        self._path = path

    def release(self) -> None:
        # The name goes first, while the lock still holds; Windows does not remove an open file.
        if os.name == "posix":
            self._path.unlink(missing_ok=True)
            self._file.close()
        else:
            self._file.close()
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                return


def lock_path(workspace: Path) -> Path:
    return workspace.with_name(workspace.name + ".lock")


def take(workspace: Path, who: str, machine: str, *, trust_other_machines: bool = True) -> WindowLock | Holder:
    """The lock, or who holds it. Raises OSError where no file can be made beside the workspace.

    trust_other_machines: locks of other computers are seen here too (not in a folder that a cloud service copies:
    there the content of the lock file decides).
    """
    path = lock_path(workspace)
    while True:
        file = path.open("a+", encoding="utf-8")
        if not _lock(file):
            file.close()
            return holder(workspace)
        if os.name != "posix" or _is_still(file, path):
            break
        file.close()  # Its holder removed it between our opening and our locking.
    left = holder(workspace)
    if not trust_other_machines and left.machine not in ("", machine):
        file.close()
        return left
    file.seek(0)
    file.truncate()
    json.dump({"who": who, "computer": machine, "since": Clock().now().isoformat(), "pid": os.getpid()}, file)
    file.flush()
    return WindowLock(file, path)


def holder(workspace: Path) -> Holder:
    """Who the lock file says has the workspace open; it says so of a crashed window too."""
    try:
        said: dict[str, Any] = json.loads(lock_path(workspace).read_text("utf-8"))
        return Holder(str(said["who"]), str(said["computer"]), dt.datetime.fromisoformat(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder()


def _is_still(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _lock(file: IO[str]) -> bool:
    try:
        if os.name == "posix":
            fcntl: Any = importlib.import_module("fcntl")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt: Any = importlib.import_module("msvcrt")
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
