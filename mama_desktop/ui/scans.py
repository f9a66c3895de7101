"""Scans of signed papers, read from where the scanner put them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.services.files import Brought

_MOST_BYTES = 30_000_000


def scans(paths: Sequence[Path]) -> list[Brought]:
    """The files with their bytes; raises OfficeError for what is too large or cannot be read."""
    try:
        return [Brought(path.name, _content(path)) for path in paths if path.is_file()]
    except OSError:
        raise OfficeError(
            T("The file could not be read."),
            safe=T("Nothing was added."),
            todo=T("Close it in other programs, or copy it to this computer first."),
        ) from None


def _content(path: Path) -> bytes:
    if path.stat().st_size > _MOST_BYTES:
        raise OfficeError(
            T("“{name}” is larger than {most} MB.", name=path.name, most=_MOST_BYTES // 1_000_000),
            safe=T("Nothing was added."),
            todo=T("Scan in black and white, or with 200 dots per inch."),
        )
    return path.read_bytes()
