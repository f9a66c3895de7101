"""Workbooks (.xlsx .xlsm .xls .xlsb .ods) to grids, after a look at the package that nothing in it is a trap."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.intake.grid import Grid, Merged
from mama_desktop.intake.refusals import damaged, password, refused, too_large
from mama_desktop.intake.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, tidy_row

# A sheet of 100,000 rows unpacks to some 150 MB, at most 60 times its packed size.
_MOST_UNPACKED = 600 * 2**20
_MOST_RATIO = 250
_SMALL = 20 * 2**20
_MOST_PARTS = 5_000
_EXTENSIONS = {"xlsx": (".xlsx", ".xlsm"), "xlsb": (".xlsb",), "ods": (".ods",), "xls": (".xls",)}


def package_kind(path: Path) -> str:
    """What a ZIP file holds: "xlsx", "xlsb" or "ods"; OfficeError for a trap, a password or another kind of file."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            _check_parts(parts)
            if "META-INF/manifest.xml" in names:
                manifest = package.open("META-INF/manifest.xml").read(200_000)
                if b"encryption-data" in manifest:
                    raise password()
            kind = _kind(package, names)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged() from error
    return kind


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise password()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise too_large()
    if unpacked > _SMALL and unpacked > _MOST_RATIO * max(packed, 1):
        raise too_large()


def _kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "mimetype" in names:
        mime = package.open("mimetype").read(200)
        if b"spreadsheet" in mime:
            return "ods"
    if any(name.startswith("word/") for name in names) or "mimetype" in names:
        raise refused(T("a text document"))
    if any(name.startswith("ppt/") for name in names):
        raise refused(T("a presentation"))
    raise refused(T("a packed folder (ZIP)"))


def grids(path: Path, kind: str) -> list[Grid]:
    """The visible sheets that hold anything. Memory is the child's worry, so rows are taken one at a time."""
    import python_calamine as calamine

    try:
        with _opened(path, kind) as book:
            visible = [sheet.name for sheet in book.sheets_metadata
                       if sheet.typ == calamine.SheetTypeEnum.WorkSheet
                       and sheet.visible == calamine.SheetVisibleEnum.Visible]  # fmt: skip
            epoch = kind == "xlsx" and _epoch_1904(path)
            return [grid for name in visible if (grid := _grid(book, name, epoch_1904=epoch)) is not None]
    except calamine.PasswordError as error:
        raise password() from error
    except MemoryError:
        raise
    except (calamine.CalamineError, OSError, ValueError, UnicodeError) as error:
        raise _said_by_parser(error) from error


def _opened(path: Path, kind: str) -> Any:
    """The workbook. By its path calamine believes the extension, so a wrong one is opened by its content."""
    import python_calamine as calamine

    if path.suffix.lower() in _EXTENSIONS[kind]:
        return calamine.CalamineWorkbook.from_path(str(path))
    return calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _said_by_parser(error: Exception) -> OfficeError:
    return password() if "assword" in str(error) or "ncrypt" in str(error) else damaged()


def _grid(book: Any, name: str, *, epoch_1904: bool) -> Grid | None:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None or not sheet.height:
        return None
    top, left = sheet.start
    if sheet.height > MAX_ROWS + 100 or sheet.height * sheet.width > 4 * MAX_CELLS:
        raise too_large()
    # Cells formatted far to the right of the table (a stray value in column XFD) are cut off when nothing is lost.
    rows = []
    empty = 0
    width = 0
    for cells in sheet.iter_rows():
        row = tidy_row(cells)
        if width < len(row):
            width = max(width, next((i for i in range(len(row), 0, -1) if row[i - 1] != ""), 0))
        rows.append(row)
        empty = 0 if any(cell != "" for cell in row) else empty + 1
    if empty:
        del rows[len(rows) - empty :]
    if width > MAX_COLUMNS:
        raise too_large()
    if width < sheet.width:
        rows = [row[:width] for row in rows]
    merged: list[Merged] = list(sheet.merged_cell_ranges or ())
    return Grid(sheet=name, rows=rows, top=top, left=left, merged=merged, epoch_1904=epoch_1904)


def _epoch_1904(path: Path) -> bool:
    """Whether numbers that are dates count from 1904 (workbooks that began on an old Macintosh)."""
    with zipfile.ZipFile(path) as package:
        try:
            head = package.open("xl/workbook.xml").read(20_000)
        except KeyError:
            return False
    return bool(re.search(rb"date1904=\"(1|true)\"", head))
