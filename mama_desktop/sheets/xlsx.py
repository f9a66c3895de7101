"""A sheet written as an Excel workbook: typed values, frozen bold header, filter, widths, ready to print."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import MethodType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mama_desktop.i18n import language
from mama_desktop.sheets.files import write_through
from mama_desktop.sheets.sheet import BY_HAND, Book, Column, Sheet, Value
from mama_desktop.sheets.wording import yes_no

ACCENT, ON_ACCENT, MUTED, SOFT = "0B6E69", "FFFFFF", "5B6675", "E0F1EF"
# The dot is a decimal sign in a format code, so it stands escaped; [$-409] keeps English months in any Excel.
_DATES = {
    "sl": {"date": r"d\.\ m\.\ yyyy", "datetime": r"d\.\ m\.\ yyyy\ h\.mm", "time": r"h\.mm"},
    "en": {"date": "[$-409]d mmm yyyy", "datetime": "[$-409]d mmm yyyy hh:mm", "time": "hh:mm"},
}
_NUMBERS = {"number": "#,##0.###", "integer": "0", "line_number": "0", "money": '#,##0.00\\ "€"'}
_MM_PER_CHARACTER = 1.9
_NARROWEST, _WIDEST = 5.0, 46.0
_LONGEST_TEXT = 32_767
_MAY_BE_FORMULA = ("=", "+", "-", "@")
# Excel reads _x0041_ as a letter written by its number; the underscore itself is written so too.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


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
    created = (first.created or dt.datetime.now().astimezone()).replace(tzinfo=None, microsecond=0)
    about.created = about.modified = created
    tabs: set[str] = set()
    for sheet in book.sheets:
        _write_sheet(workbook, sheet, _tab(sheet.tab or sheet.title.first, tabs))
    with _SteadyZip(path, created) as archive:
        ExcelWriter(workbook, archive).write_data()


def _write_sheet(workbook: Any, sheet: Sheet, tab: str) -> None:
    page = workbook.create_sheet(tab)
    rows = [_values(sheet, number, row) for number, row in sheet.numbered_rows()]
    heading = _heading(page, sheet)
    header_at = len(heading) + 2
    titled = any(group.title for group in sheet.groups)
    last = header_at + len(rows) + sum(1 for group in sheet.groups if group.title)
    _set_up(page, sheet, header_at, last, filtered=not titled)
    letters = [_letter(i) for i in range(1, len(sheet.columns) + 1)]
    cells = [_styled(page, column, sheet.language, quoted=False) for column in sheet.columns]
    quoted = [_styled(page, column, sheet.language, quoted=True) for column in sheet.columns]
    for letter, column, cell, width in zip(letters, sheet.columns, cells, _widths(sheet, rows), strict=True):
        dimension = page.column_dimensions[letter]
        dimension.width = width
        if column.kind not in BY_HAND:
            dimension.alignment, dimension.number_format = _alignment(column), cell.number_format
    for line in heading:
        page.append([line])
    page.append([])
    page.append([_header_cell(page, column) for column in sheet.columns])
    bands = _bands(page, sheet)
    # openpyxl makes a new cell object for every styled value (2.4 × the time of a plain one); the cells of
    # a column are all alike, so one of each is enough and the rows go out as fast as plain values.
    page._values_to_row = MethodType(_row_maker(cells, quoted), page)
    done = 0
    for group, band in zip(sheet.groups, bands, strict=True):
        if band is not None:
            page.append(band)
        for row in rows[done : done + len(group.rows)]:
            page.append(row)
        done += len(group.rows)
    page.close()


def _row_maker(cells: Sequence[Any], quoted: Sequence[Any]) -> Any:
    def values_to_row(_page: Any, values: Sequence[Any], row: int) -> Iterator[Any]:
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            if isinstance(value, _Band):
                cell = value.cell
            elif isinstance(value, str):
                cell = quoted[column - 1] if value.startswith(_MAY_BE_FORMULA) else cells[column - 1]
                cell.value = value
                # "=1+1" would be taken for a formula and "#N/A" for an error: text stays text.
                cell.data_type = "s"
            else:
                cell = cells[column - 1]
                cell.value = value
            cell.row, cell.column = row, column
            yield cell

    return values_to_row


class _Band:
    """A ready cell among plain values: the title of a group."""

    def __init__(self, cell: Any) -> None:
        self.cell = cell


def _bands(page: Any, sheet: Sheet) -> list[list[_Band] | None]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    bands: list[list[_Band] | None] = []
    for group in sheet.groups:
        if group.title is None:
            bands.append(None)
            continue
        band = []
        for i, _ in enumerate(sheet.columns):
            cell = WriteOnlyCell(page, value=tidy(group.title.line) if i == 0 else "")
            cell.data_type = "s"
            cell.font, cell.fill = Font(bold=True, color=ACCENT), PatternFill("solid", fgColor=SOFT)
            band.append(_Band(cell))
        bands.append(band)
    return bands


def _heading(page: Any, sheet: Sheet) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    lines = [(sheet.title.line, Font(bold=True, size=16, color=ACCENT))]
    lines += [(f"{fact.label.line}: {fact.value}", Font(bold=fact.strong)) for fact in sheet.facts if fact.value]
    if sheet.heading_right.first:
        lines.append((sheet.heading_right.line, Font(color=MUTED)))
    cells = []
    for words, font in lines:
        cell = WriteOnlyCell(page, value=tidy(words))
        cell.data_type, cell.font = "s", font
        cells.append(cell)
    return cells


def _set_up(page: Any, sheet: Sheet, header_at: int, last: int, *, filtered: bool) -> None:
    """Freezing, filter and everything the printer must know; all before the first row is written."""
    page.freeze_panes = f"A{header_at + 1}"
    if filtered and sheet.columns:
        page.auto_filter.ref = f"A{header_at}:{_letter(len(sheet.columns))}{last}"
    page.print_title_rows = f"{header_at}:{header_at}"
    page.page_setup.orientation = "portrait" if sheet.orientation == "portrait" else "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = False
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
    pages = sheet.page_word.filled(page="&P", pages="&N").line
    page.oddFooter.left.text = _footer(sheet.footer_left)
    page.oddFooter.right.text = pages
    page.oddFooter.left.size = page.oddFooter.right.size = 8


def _footer(words: str) -> str:
    """In a footer & begins a code, and a number right after the font size would be taken for a part of it."""
    words = tidy(words).replace("&", "&&")
    return f" {words}" if words[:1].isdigit() else words


def _header_cell(page: Any, column: Column) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(page, value=tidy(column.heading.line))
    cell.data_type = "s"
    cell.font, cell.fill = Font(bold=True, color=ON_ACCENT), PatternFill("solid", fgColor=ACCENT)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=_horizontal(column))
    return cell


def _styled(page: Any, column: Column, code: str, *, quoted: bool) -> Any:
    """The look of a column's cells; `quoted` is Excel's quote in front: text stays text when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    cell.alignment = _alignment(column)
    cell.number_format = number_format(column, code)
    if quoted:
        cell.quotePrefix = True
    return cell


def _alignment(column: Column) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top", horizontal=_horizontal(column))


def number_format(column: Column, code: str) -> str:
    """Excel's format code for a column. Text is `@`, so a phone number stays one when it is edited."""
    if column.kind in ("date", "datetime", "time"):
        return _DATES["sl" if code == "sl" else "en"][column.kind]
    return _NUMBERS.get(column.kind, "@" if column.kind == "text" else "General")


def _horizontal(column: Column) -> str:
    return {"left": "left", "right": "right", "centre": "center"}[column.aligned]


def _values(sheet: Sheet, number: int, row: Sequence[Value]) -> list[Any]:
    return [
        number if column.kind == "line_number" else _plain(value, sheet.language)
        for column, value in zip(sheet.columns, row, strict=True)
    ]


def _plain(value: Value, code: str) -> Any:
    """What Excel can hold: no control characters, no time zone, no date before 1900, no number it would round."""
    if value is None or type(value) is float:
        return value if value is None or math.isfinite(value) else None
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, bool):
        return yes_no(value, code)
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    if isinstance(value, dt.date):
        # Day 60 of Excel's calendar is the 29 February 1900 that never was.
        return value if (value.year, value.month) >= (1900, 3) else language(code).date(value)
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    return value if isinstance(value, dt.time) else tidy(str(value)) or None


def tidy(words: str) -> str:
    """Text that XML and Excel can carry: control characters and halves of letters gone, line breaks kept."""
    if not words.isprintable():
        words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\v", "\n")
        words = "".join(c for c in words if c == "\n" or _printable(c)).strip()
    if "_x" in words:
        words = _ESCAPED.sub("_x005F_", words)
    return words[:_LONGEST_TEXT]


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character not in "\ufffe\uffff"


def _widths(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> list[float]:
    """Column widths in characters: the longest value, between narrow and wide; longer texts wrap."""
    widths = []
    for i, column in enumerate(sheet.columns):
        if column.width is not None:
            widths.append(max(_NARROWEST, column.width / _MM_PER_CHARACTER))
            continue
        longest = max((_length(row[i]) for row in rows), default=0)
        # The header may break into two lines at a word; its filter button takes the room of three characters.
        words = column.heading.line
        heading = max(max(map(len, words.split()), default=0), math.ceil(len(words) / 2)) + 3
        least = 24.0 if column.kind in BY_HAND else _NARROWEST
        widths.append(min(_WIDEST, max(least, longest + 2.0, heading)))
    return widths


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value) if "\n" not in value else max(map(len, value.split("\n")))
    if isinstance(value, dt.datetime):
        return 17
    if isinstance(value, dt.date):
        return 12
    return 0 if value is None else len(str(value)) + 1


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(number)
    return letter


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


class _SteadyZip(ZipFile):
    """An archive whose parts all carry one moment, so that the same list makes the same bytes."""

    def __init__(self, path: Path, moment: dt.datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED, allowZip64=True)
        # The archive's calendar begins in 1980.
        self._moment = moment.timetuple()[:6] if moment.year >= 1980 else (1980, 1, 1, 0, 0, 0)

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
        with open(filename, "rb") as source, self.open(part, "w") as target:
            while piece := source.read(1 << 16):
                target.write(piece)

    def _part(self, name: Any) -> ZipInfo:
        return ZipInfo(name.filename if isinstance(name, ZipInfo) else str(name), date_time=self._moment)
