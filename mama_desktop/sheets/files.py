"""Files that leave the house: names valid everywhere, whole or not at all, never over an open one."""

from __future__ import annotations

import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, clean

Result = TypeVar("Result")

LONGEST = 120
# ext4 and APFS count 255 bytes, and four-byte letters exist; a number may still be added beside.
_LONGEST_BYTES = 240
# Names that Windows keeps for devices, with any ending and in any case (Microsoft, "Naming Files, Paths").
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"
}


class TargetOpen(OfficeError):
    """The file to be written is open in another program; `beside` offers a name for the same file next to it."""


def safe_filename(text: str, suffix: str) -> str:
    """A file name made of `text`, valid on Windows, macOS and Linux, at most 120 characters; šumniki stay.

    suffix: with its dot, ".pdf". Slashes, colons and the like become hyphens, quotes and wildcards go.
    """
    stem = unicodedata.normalize("NFC", clean(text))
    stem = re.sub(r"\s*[/\\|:]+\s*", lambda found: " - " if " " in found.group() else "-", stem)
    stem = re.sub(r'[<>"?*]+', "", stem)
    stem = re.sub(r"\s+", " ", stem)[: LONGEST - len(suffix)]
    while len((stem + suffix).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    # Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    stem = stem.strip(" .-") or "MaMa"
    if stem.split(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"[: LONGEST - len(suffix)].rstrip(" .")
    return stem + suffix


def beside(path: Path) -> Path:
    """A free name next to `path`: list.xlsx → list (2).xlsx."""
    number = 2
    while (other := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return other


def write_through(path: Path, writer: Callable[[Path], Result]) -> Result:
    """Let `writer` write a temporary file in the same folder, then give it its name in one step.

    Returns what the writer returns. Raises TargetOpen when another program holds the file, OfficeError when the
    folder is missing, closed to us or full. Whatever happens, the old file is whole and no half-written one lies there.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        result = writer(temporary)
        _rename(temporary, path)
    except OSError as error:
        raise _in_words(error, path) from error
    finally:
        temporary.unlink(missing_ok=True)
    return result


def _rename(temporary: Path, path: Path) -> None:
    if path.is_dir():
        raise OfficeError(
            T("“{name}” is a folder, not a file.", name=path.name), todo=T("Choose another name for the file.")
        )
    try:
        os.replace(temporary, path)
    except PermissionError as error:
        # The folder took the temporary file, so it is this one file that is held (Excel does so on Windows).
        raise TargetOpen(
            T("“{name}” is open in another program.", name=path.name),
            safe=T("The old file is as it was."),
            todo=T("Close it there and try again, or save the new one beside it."),
        ) from error


def _in_words(error: OSError, path: Path) -> OfficeError:
    safe = T("Nothing was written and nothing was changed.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OfficeError(
            T("There is no room left on the disk for “{name}”.", name=path.name),
            safe=safe,
            todo=T("Free some space or choose another disk."),
        )
    if not path.parent.is_dir():
        return OfficeError(
            T("The folder “{folder}” does not exist.", folder=str(path.parent)),
            safe=safe,
            todo=T("Choose another folder."),
        )
    return OfficeError(
        T("“{name}” cannot be written into the folder “{folder}”.", name=path.name, folder=str(path.parent)),
        safe=safe,
        todo=T("Choose another folder, for instance Documents."),
    )
