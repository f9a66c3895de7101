"""The door for files from outside: read in a child process within 10 seconds and 500 MB, whatever the file does."""

from __future__ import annotations

import os
from pathlib import Path

from mama_desktop import child
from mama_desktop.intake import refusals
from mama_desktop.intake.reading import join_parts, read_parts, read_text
from mama_desktop.intake.tables import Reading

TIMEOUT_S = 9.0
MEMORY_MB = 500


def open_file(path: str | os.PathLike[str], report: child.Report | None = None) -> Reading:
    """The tables of a file, read by a child process.

    `report` is called about 20 times a second (0, 0) and may raise Cancelled. Raises OfficeError: damaged, too large,
    password, not a table …
    """
    parts = child.run(
        read_parts,
        str(Path(path).absolute()),
        timeout_s=TIMEOUT_S,
        memory_mb=MEMORY_MB,
        report=report,
        broken=refusals.damaged(),
        too_large=refusals.too_large(),
    )
    return join_parts(parts)


def open_text(pasted: str) -> Reading:
    """The tables of a pasted text (HTML, cells, lines); read here: it needs no native parser."""
    return read_text(pasted)
