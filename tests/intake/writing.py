"""Writes sample files that come out the same every time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mama_desktop import resources

FOLDER = resources.path("samples")
_WHEN = dt.datetime(2020, 3, 1, 12, 0)


def write_book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> None:
    """Sheets of plain rows; headings in the first."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    save(book, path)


def save(book: Workbook, path: Path) -> None:
    """Without the time of writing, so that the same people give the same file."""
    book.properties.creator = "MaMa Desktop"
    book.properties.created = book.properties.modified = _WHEN
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = fixed_time(content)
            new.writestr(zipfile.ZipInfo(part.filename, (2020, 3, 1, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)


def fixed_time(core: bytes) -> bytes:
    return re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2020-03-01T12:00:00Z", core)


def write_csv(name: str, rows: Sequence[Sequence[Any]], *, separator: str = ",", encoding: str = "utf-8") -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    (FOLDER / name).write_bytes(out.getvalue().encode(encoding))


def plain_letters(words: str) -> str:
    """What a keyboard without šumniki types."""
    return words.translate(str.maketrans("čćšžđČĆŠŽĐ", "ccszdCCSZD"))
