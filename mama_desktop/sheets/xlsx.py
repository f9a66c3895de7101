"""A sheet written as an Excel workbook: typed values, frozen bold header, filter, widths, ready to print."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mama_desktop.domain.clock import Clock
from mama_desktop.sheets import workbook_look as look
from mama_desktop.sheets.files import write_through
from mama_desktop.sheets.sheet import BY_HAND, Book, Sheet
from mama_desktop.sheets.workbook_rows import Cell, chunks, row_xml
from mama_desktop.sheets.workbook_values import row_values, tidy

# Where openpyxl leaves room for the rows of a sheet that has none.
_NO_ROWS = re.compile(rb"(<sheetData\s*/>|<sheetData></sheetData>)")


def write_xlsx(what: Sheet | Book, path: Path) -> None:
    """Write a list, or several as the sheets of one workbook, to `path` (whole or not at all).

    The heading stands in single cells of column A, an empty row follows, then the header row and the rows.
    Raises OfficeError when the file cannot be written.
    """
    book = what if isinstance(what, Book) else Book((what,))
    write_through(path, lambda temporary: _write(book, temporary))


def _write(book: Book, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    first = book.sheets[0]
    workbook = Workbook(write_only=True)
    about = workbook.properties
    about.title, about.creator, about.language = first.title.line, first.author, _tag(first.language)
    about.lastModifiedBy = first.author or None
    created = (first.created or Clock().now()).replace(tzinfo=None, microsecond=0)
    about.created = about.modified = created
    tabs: set[str] = set()
    rows = [_add_sheet(workbook, sheet, _tab(sheet.tab or sheet.title.first, tabs)) for sheet in book.sheets]
    with _Archive(path, created, rows) as archive:
        ExcelWriter(workbook, archive).write_data()


def _add_sheet(workbook: Any, sheet: Sheet, tab: str) -> Iterator[str]:
    """A sheet with everything but its rows; returns these as XML, made only when they are asked for."""
    page = workbook.create_sheet(tab)
    rows = [row_values(sheet, number, row) for number, row in sheet.numbered_rows()]
    heading = look.heading_cells(page, sheet)
    header_at = len(heading) + 2
    titled = sum(1 for group in sheet.groups if group.title)
    look.set_up(page, sheet, header_at, header_at + len(rows) + titled, filtered=not titled)
    letters = [look.letter_of(i) for i in range(1, len(sheet.columns) + 1)]
    cells = [look.styled_cell(page, column, sheet.language, quoted=False) for column in sheet.columns]
    quoted = [look.styled_cell(page, column, sheet.language, quoted=True).style_id for column in sheet.columns]
    widths = look.column_widths(sheet, rows)
    for letter, column, cell, width in zip(letters, sheet.columns, cells, widths, strict=True):
        dimension = page.column_dimensions[letter]
        dimension.width = width
        if column.kind not in BY_HAND:
            dimension.alignment, dimension.number_format = look.alignment(column), cell.number_format
    header = [_ready(look.header_cell(page, column)) for column in sheet.columns]
    bands = [band and [_ready(cell) for cell in band] for band in look.band_cells(page, sheet)]
    styles = [cell.style_id for cell in cells]

    def written() -> Iterator[str]:
        for number, line in enumerate(heading, 1):
            yield row_xml(number, [_ready(line)], ["A"], [0], [0], look.TITLE_HEIGHT if number == 1 else None)
        yield row_xml(header_at, header, letters, styles, quoted, look.header_height(sheet, widths))
        number, done = header_at, 0
        room = look.text_rooms(sheet, widths)
        for group, band in zip(sheet.groups, bands, strict=True):
            if band:
                number += 1
                yield row_xml(number, band, letters, styles, quoted)
            for row in rows[done : done + len(group.rows)]:
                number += 1
                yield row_xml(number, row, letters, styles, quoted, look.row_height(row, room))
            done += len(group.rows)

    return written()


def _ready(cell: Any) -> Cell:
    return Cell(cell.style_id, cell.value)


def _tab(name: str, taken: set[str]) -> str:
    """A name Excel takes for a sheet: at most 31 characters, none of []:*?/\\, no quote at an end, each once."""
    base = re.sub(r"[\[\]:*?/\\]+", " ", tidy(name).replace("\n", " ")).strip(" '")[:31].strip(" '") or "MaMa"
    unique, number = base, 2
    while unique.lower() in taken or unique.lower() == "history":
        unique = f"{base[:26]} ({number})"
        number += 1
    taken.add(unique.lower())
    return unique


def _tag(code: str) -> str:
    return {"sl": "sl-SI", "en": "en-GB"}.get(code, code)


class _Archive(ZipFile):
    """The workbook's archive: puts each sheet's rows into its place, and gives all parts one moment.

    With one moment the same list makes the same bytes.
    """

    def __init__(self, path: Path, moment: dt.datetime, rows: list[Iterator[str]]) -> None:
        super().__init__(path, "w", ZIP_DEFLATED, allowZip64=True)
        # The archive's calendar begins in 1980.
        self._moment = moment.timetuple()[:6] if moment.year >= 1980 else (1980, 1, 1, 0, 0, 0)
        self._rows = {f"xl/worksheets/sheet{i}.xml": part for i, part in enumerate(rows, 1)}

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        super().writestr(self._part(zinfo_or_arcname), data, compress_type or ZIP_DEFLATED, compresslevel)

    # The signature is ZipFile's; the level stays the usual one.
    def write(
        self,
        filename: Any,
        arcname: Any = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,  # noqa: ARG002
    ) -> None:
        part = self._part(arcname or filename)
        part.compress_type = compress_type or ZIP_DEFLATED
        before, _, after = _NO_ROWS.split(Path(filename).read_bytes(), maxsplit=1)
        with self.open(part, "w", force_zip64=False) as target:
            target.write(before + b"<sheetData>")
            for piece in chunks(self._rows.pop(part.filename)):
                target.write(piece)
            target.write(b"</sheetData>" + after)

    def _part(self, name: Any) -> ZipInfo:
        return ZipInfo(name.filename if isinstance(name, ZipInfo) else str(name).lstrip("/"), date_time=self._moment)
