"""Copies of a workspace as rows of a table: when, what it is, how large, in which folder, whether it is whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mama_desktop.domain.rows import FieldInfo, Listing
from mama_desktop.domain.text import T, Text
from mama_desktop.store import backup
from mama_desktop.store.backup import BackupInfo

KINDS: dict[str, Text] = {
    "backup": T("backup"),
    "before-upgrade": T("before an upgrade"),
    "replaced": T("replaced then"),
    "other": T("another file"),
}
CHECKED: dict[str, Text] = {"whole": T("whole"), "damaged": T("damaged")}
_FIELDS = (
    FieldInfo("at", T("Made on"), "datetime", editable=False, width=150),
    FieldInfo("kind", T("What it is"), "choice", editable=False, choices=KINDS, width=140),
    FieldInfo("size", T("Size (MB)"), "number", editable=False, width=90),
    FieldInfo("folder", T("Folder"), editable=False, width=280),
)
_CHECKED = FieldInfo("checked", T("State"), "choice", editable=False, choices=CHECKED, width=120)


def backup_rows(
    folders: Sequence[Path], name: str, checked: Mapping[Path, bool] | None = None, *, others: Sequence[Path] = ()
) -> Listing:
    """The copies of workspace `name` in all these folders, the newest first; a key is the path of the copy.

    checked: which were opened and found whole or not; without it that column is left out. others: single files.
    """
    found = [info for folder in dict.fromkeys(folders) for info in backup.backups(folder, name)]
    known = {info.path for info in found}
    found += [_single(path) for path in others if path not in known and path.is_file()]
    found.sort(key=lambda info: info.at, reverse=True)
    rows: list[tuple[Any, ...]] = []
    for info in found:
        row: tuple[Any, ...] = (info.at, info.kind, max(round(info.size / 1e6, 1), 0.1), str(info.path.parent))
        if checked is not None:
            state = ("whole" if checked[info.path] else "damaged") if info.path in checked else ""
            row = (info.at, state, *row[1:])
        rows.append(row)
    fields = _FIELDS if checked is None else (_FIELDS[0], _CHECKED, *_FIELDS[1:])
    return Listing(fields, [str(info.path) for info in found], rows)


def _single(path: Path) -> BackupInfo:
    held = path.stat()
    at = dt.datetime.fromtimestamp(held.st_mtime).replace(microsecond=0)  # noqa: DTZ006 - the office's wall clock
    return BackupInfo(path, at, held.st_size, "other")
