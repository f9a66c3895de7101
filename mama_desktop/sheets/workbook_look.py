"""How a list looks in a workbook: fonts, number formats, widths, heights, and what the printer must know."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mama_desktop.sheets.sheet import BY_HAND, Column, Sheet
from mama_desktop.sheets.workbook_values import tidy

ACCENT, ON_ACCENT, MUTED, SOFT, LINE = "0B6E69", "FFFFFF", "5B6675", "E0F1EF", "E2E5EA"
FONT, _LINE_HEIGHT, TITLE_HEIGHT = "Calibri", 15.0, 24.0
# The dot is a decimal sign in a format code, so it stands escaped; [$-409] keeps English months in any Excel.
_DATES = {
    "sl": {"date": r"d\.\ m\.\ yyyy", "datetime": r"d\.\ m\.\ yyyy\ h\.mm", "time": r"h\.mm"},
    "en": {"date": "[$-409]d mmm yyyy", "datetime": "[$-409]d mmm yyyy hh:mm", "time": "hh:mm"},
}
_NUMBERS = {"number": "#,##0.###", "integer": "0", "line_number": "0", "money": '#,##0.00\\ "€"'}
_MM_PER_CHARACTER = 1.9
_NARROWEST, _WIDEST, _WIDEST_WORD = 6.0, 36.0, 52.0


def set_up(page: Any, sheet: Sheet, header_at: int, last: int, *, filtered: bool) -> None:
    """Freezing, filter and everything the printer must know; all before the first row is written."""
    page.freeze_panes = f"A{header_at + 1}"
    if filtered and sheet.columns:
        page.auto_filter.ref = f"A{header_at}:{letter_of(len(sheet.columns))}{last}"
    page.print_title_rows = f"{header_at}:{header_at}"
    page.page_setup.orientation = "portrait" if sheet.orientation == "portrait" else "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
    pages = sheet.page_word.filled(page="&P", pages="&N").line
    page.oddFooter.left.text = _footer(sheet.footer_left)
    page.oddFooter.right.text = pages
    page.oddFooter.left.size = page.oddFooter.right.size = 8


def heading_cells(page: Any, sheet: Sheet) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    lines = [(sheet.title.line, Font(FONT, 16, bold=True, color=ACCENT))]
    lines += [
        (f"{fact.label.line}: {fact.value}", Font(FONT, 11, bold=fact.strong)) for fact in sheet.facts if fact.value
    ]
    if sheet.heading_right.first:
        lines.append((sheet.heading_right.line, Font(FONT, 11, color=MUTED)))
    cells = []
    for words, font in lines:
        cell = WriteOnlyCell(page, value=tidy(words))
        cell.data_type, cell.font = "s", font
        cells.append(cell)
    return cells


def header_cell(page: Any, column: Column) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    cell = WriteOnlyCell(page, value=tidy(column.heading.line))
    cell.data_type = "s"
    cell.font, cell.fill = Font(FONT, 11, bold=True, color=ON_ACCENT), PatternFill("solid", fgColor=ACCENT)
    cell.alignment = alignment(column, "center")
    return cell


def styled_cell(page: Any, column: Column, code: str, *, quoted: bool) -> Any:
    """The look of a column's cells; `quoted` is Excel's quote in front: text stays text when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Border, Side

    cell = WriteOnlyCell(page)
    cell.alignment = alignment(column)
    cell.border = Border(bottom=Side("thin", LINE))
    cell.number_format = number_format(column, code)
    if quoted:
        cell.quotePrefix = True
    return cell


def band_cells(page: Any, sheet: Sheet) -> list[list[Any] | None]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    bands: list[list[Any] | None] = []
    for group in sheet.groups:
        if group.title is None:
            bands.append(None)
            continue
        band = []
        for i, _ in enumerate(sheet.columns):
            cell = WriteOnlyCell(page, value=tidy(group.title.line) if i == 0 else "")
            cell.data_type = "s"
            cell.font, cell.fill = Font(FONT, 11, bold=True, color=ACCENT), PatternFill("solid", fgColor=SOFT)
            band.append(cell)
        bands.append(band)
    return bands


def number_format(column: Column, code: str) -> str:
    """Excel's format code for a column. Text is `@`, so a phone number stays one when it is edited."""
    if column.kind in ("date", "datetime", "time"):
        return _DATES["sl" if code == "sl" else "en"][column.kind]
    return _NUMBERS.get(column.kind, "@" if column.kind == "text" else "General")


def column_widths(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> list[float]:
    """Column widths in characters: the longest value, between narrow and wide; longer texts wrap."""
    widths = []
    for i, column in enumerate(sheet.columns):
        if column.width is not None:
            widths.append(max(_NARROWEST, column.width / _MM_PER_CHARACTER))
            continue
        longest = max((_length(row[i]) for row in rows), default=0)
        # The header may break into two lines at a word; its filter button takes the room of three characters.
        words = column.heading.line
        heading = max(max(map(len, words.split()), default=0), math.ceil(len(words) / 2)) + 4
        least = 24.0 if column.kind in BY_HAND else _NARROWEST
        wide = min(_WIDEST, max(least, longest + 3.0, heading))
        if longest + 3.0 > _WIDEST:
            # Excel breaks a word that is wider than its cell, so an address gets more.
            words_only = (max(map(len, row[i].split()), default=0) for row in rows if isinstance(row[i], str))
            wide = max(wide, min(_WIDEST_WORD, max(words_only, default=0) + 3.0))
        widths.append(wide)
    return widths


def header_height(sheet: Sheet, widths: Sequence[float]) -> float:
    lines = (_lines(column.heading.line, wide - 4) for column, wide in zip(sheet.columns, widths, strict=True))
    return max(lines, default=1) * _LINE_HEIGHT + 6


def text_rooms(sheet: Sheet, widths: Sequence[float]) -> list[tuple[int, float]]:
    """The columns that may wrap, each with the characters that fit on one of its lines."""
    pairs = zip(sheet.columns, widths, strict=True)
    return [(i, wide - 2.5) for i, (column, wide) in enumerate(pairs) if column.kind in ("text", "yesno")]


def row_height(row: Sequence[Any], rooms: Sequence[tuple[int, float]]) -> float | None:
    """The height of a row with wrapped text: Excel would find it by itself, LibreOffice does not."""
    most = 1
    for i, room in rooms:
        value = row[i]
        if isinstance(value, str) and (len(value) > room or "\n" in value):
            most = max(most, _lines(value, room))
    return min(409.0, most * _LINE_HEIGHT) if most > 1 else None


def _lines(text: str, room: float) -> int:
    """How many lines a text takes when broken at words."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        filled = 0.0
        for word in paragraph.split():
            if filled and filled + 1 + len(word) > room:
                lines += 1
                filled = 0.0
            filled += len(word) + (1 if filled else 0)
            while filled > room:
                lines += 1
                filled -= room
    return lines


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value) if "\n" not in value else max(map(len, value.split("\n")))
    if isinstance(value, dt.datetime):
        return 17
    if isinstance(value, dt.date):
        return 12
    if isinstance(value, float | Decimal):
        # With the separators, two decimals and the sign of the currency.
        return len(f"{value:,.2f}") + 3
    return 0 if value is None else len(str(value)) + 1


def letter_of(number: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(number)
    return letter


def _footer(words: str) -> str:
    """In a footer & begins a code, and a number right after the font size would be taken for a part of it."""
    words = tidy(words).replace("&", "&&")
    return f" {words}" if words[:1].isdigit() else words


def alignment(column: Column, vertical: str = "top") -> Any:
    from openpyxl.styles import Alignment

    side = {"left": "left", "right": "right", "centre": "center"}[column.aligned]
    # A number at the right and the text in the next column would touch.
    return Alignment(wrap_text=True, vertical=vertical, horizontal=side, indent=0 if side == "center" else 1)
