"""The workspaces opened lately on this computer, as the start window offers them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from mama_desktop.store.workspace import name_of

_KEY = "workspace/recent"
_MOST = 6


@dataclass(frozen=True)
class Recent:
    """A workspace. folder: where it lies, or the server. is_there: whether the file can be found now."""

    location: str
    name: str
    folder: str
    is_there: bool


def recent_workspaces(habits: QSettings) -> list[Recent]:
    """The last opened first."""
    return [_recent(location) for location in _kept(habits)]


def remember_workspace(habits: QSettings, location: str | Path) -> None:
    """Called when a workspace was opened."""
    kept = [str(location), *(known for known in _kept(habits) if known != str(location))]
    habits.setValue(_KEY, json.dumps(kept[:_MOST]))


def forget_workspace(habits: QSettings, location: str | Path) -> None:
    habits.setValue(_KEY, json.dumps([known for known in _kept(habits) if known != str(location)]))


def _kept(habits: QSettings) -> list[str]:
    try:
        found = json.loads(str(habits.value(_KEY, "[]")))
    except ValueError:
        return []
    return [str(location) for location in found] if isinstance(found, list) else []


def _recent(location: str) -> Recent:
    if "://" in location:
        # Without the user's name and password, which an address may hold.
        server = location.split("://", 1)[1].rsplit("/", 1)[0].rsplit("@", 1)[-1]
        return Recent(location, name_of(location), server, True)
    path = Path(location)
    return Recent(location, name_of(location), str(path.parent), path.is_file())
