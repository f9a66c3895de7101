"""A registration form written as an Excel workbook: a row for each person, lists to choose from, checks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from mama_desktop.domain.clock import Clock
from mama_desktop.domain.forms import MARK
from mama_desktop.sheets.form import Form, FormField
from mama_desktop.sheets.form_columns import LISTS, FormColumn, add_checks, add_lists, columns_of
from mama_desktop.sheets.sheet import Column
from mama_desktop.sheets.workbook_look import ACCENT, FONT, LINE, MUTED, ON_ACCENT, SOFT, letter_of, number_format
from mama_desktop.sheets.workbook_values import tidy

# Rows made ready; below them as many again can be filled in, with the same lists and checks.
PREPARED, MOST = 40, 300
FORM_SHEET = {"sl": "Prijavnica", "en": "Registration form"}
_INPUT, _TEXT = "FFFFFF", "1C2430"
_LOGO_HEIGHT = 40
_NOTICE_WIDTH = 100.0


def form_xlsx(form: Form) -> bytes:
    """The form as a workbook. It holds no macros and opens in Excel and LibreOffice; protected without a password."""
    from openpyxl import Workbook

    workbook = Workbook()
    page = workbook.active
    assert page is not None
    page.title = FORM_SHEET.get(form.language, "MaMa")
    columns = tuple(columns_of(form))
    _about(workbook, form)
    lists = add_lists(workbook, columns)
    top = _heading(page, form, columns)
    first = _table(page, form, columns, top)
    add_checks(page, form, columns, lists, first, MOST)
    _set_up(page, form, columns, top, first)
    _notice(workbook, form)
    _identity(workbook, form, top)
    # The lists stand behind what people look at.
    workbook.move_sheet(LISTS, offset=1)
    data = BytesIO()
    workbook.save(data)
    return data.getvalue()


def _about(workbook: Any, form: Form) -> None:
    about = workbook.properties
    about.title, about.creator, about.lastModifiedBy = form.title.line, form.author, form.author or None
    about.language = {"sl": "sl-SI", "en": "en-GB"}.get(form.language, form.language)
    made = (form.created or Clock().now()).replace(tzinfo=None, microsecond=0)
    about.created = about.modified = made


def _heading(page: Any, form: Form, columns: Sequence[FormColumn]) -> int:
    """Logos, title and how to fill it in, short, because it stays in sight; returns the row of the columns' names."""
    from openpyxl.styles import Alignment, Font

    row = 1
    across = _across(columns)
    if form.logos_left or form.logos_right:
        page.row_dimensions[1].height = _LOGO_HEIGHT + 8
        _logos(page, form, columns)
        row = 2
    event = " · ".join(filter(None, (*(fact.value for fact in form.facts[:1]), form.dates.line)))
    lines: list[tuple[str, Any]] = [(form.title.line, Font(FONT, 18, bold=True, color=ACCENT))]
    lines += [(event, Font(FONT, 12, bold=True))] if event else []
    last = len(form.intro_xlsx) - 1
    star = f"   * {form.words.required.line}"
    lines += [(text + (star if i == last else ""), Font(FONT, 11)) for i, text in enumerate(form.intro_xlsx)]
    for text, font in lines:
        cell = page.cell(row, 1)
        cell.value, cell.data_type, cell.font = tidy(text), "s", font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=across[0])
        size = float(font.sz)
        page.row_dimensions[row].height = _text_height(text, size, across[1]) + 3
        row += 1
    return row + 1


def _notice(workbook: Any, form: Form) -> None:
    """The second sheet: what the event is, and the notice on personal data in full."""
    from openpyxl.styles import Alignment, Font

    sections = [section for section in form.sections if section.lines]
    title = sections[0].title if sections else form.title
    page = workbook.create_sheet(_tab(title.first))
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = _NOTICE_WIDTH
    lines: list[tuple[str, Any]] = []
    for section in sections:
        lines.append((section.title.line, Font(FONT, 16, bold=True, color=ACCENT)))
        lines += [(line, Font(FONT, 11)) for line in section.lines]
    lines += [(f"{fact.label.line}: {fact.value}", Font(FONT, 11, bold=fact.strong)) for fact in form.facts]
    lines += [(line, Font(FONT, 10, color=MUTED)) for line in form.funding]
    for row, (text, font) in enumerate(lines, 1):
        cell = page.cell(row, 1)
        cell.value, cell.data_type, cell.font = tidy(text), "s", font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[row].height = _text_height(text, float(font.sz), _NOTICE_WIDTH) + 6
    page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight = 9, 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.protection.sheet = True


def _text_height(text: str, size: float, width: float) -> float:
    return math.ceil(len(text) * size / 11 / (width * 1.02)) * size * 1.36


def _tab(name: str) -> str:
    return "".join(c for c in name if c not in "[]:*?/\\")[:31].strip(" '") or "MaMa"


def _across(columns: Sequence[FormColumn]) -> tuple[int, float]:
    """Over how many columns a sentence runs, and how many characters that is wide."""
    wide, count = 5.0, 1
    for column in columns:
        if wide >= 110:
            break
        wide += column.width
        count += 1
    return count, wide


def _logos(page: Any, form: Form, columns: Sequence[FormColumn]) -> None:
    from openpyxl.drawing.image import Image
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
    from openpyxl.drawing.xdr import XDRPositiveSize2D
    from openpyxl.utils.units import pixels_to_EMU

    at = [0.0]
    for wide in (5.0, *(column.width for column in columns)):
        at.append(at[-1] + wide * 7 + 5)

    def put(data: bytes, x: float) -> float:
        picture = Image(BytesIO(data))
        scale = min(_LOGO_HEIGHT * 4 / 3 / picture.height, 200 / picture.width)
        wide, high = int(picture.width * scale), int(picture.height * scale)
        column = max(i for i, left in enumerate(at[:-1]) if left <= x)
        marker = AnchorMarker(col=column, colOff=pixels_to_EMU(int(x - at[column])), row=0, rowOff=pixels_to_EMU(4))
        size = XDRPositiveSize2D(pixels_to_EMU(wide), pixels_to_EMU(high))
        picture.anchor = OneCellAnchor(_from=marker, ext=size)
        page.add_image(picture)
        return wide

    x = 2.0
    for data in form.logos_left:
        x += put(data, x) + 24
    x = max(x, at[min(_across(columns)[0], len(at) - 1)] - 200.0 * len(form.logos_right))
    for data in form.logos_right:
        x += put(data, x) + 24


def _table(page: Any, form: Form, columns: Sequence[FormColumn], top: int) -> int:
    """The hidden names, the headings, and the rows to fill in; returns the first of these."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    line = Side("thin", LINE)
    border = Border(left=line, right=line, top=line, bottom=line)
    page.row_dimensions[top - 1].hidden = True
    page.column_dimensions["A"].width = 5
    for place, column in enumerate(columns, 2):
        page.cell(top - 1, place, column.name)
        page.column_dimensions[letter_of(place)].width = column.width
    first = _headings(page, form, columns, top)
    # Who reads it back has to know how many rows of headings follow.
    page.cell(top - 1, 1, f"{form.identity.mark()}; headings={first - top}")
    soft, white = PatternFill("solid", fgColor=SOFT), PatternFill("solid", fgColor=_INPUT)
    formats = [_format(column.field, form.language) for column in columns]
    for row in range(first, first + MOST):
        ready = row < first + PREPARED
        if ready:
            page.row_dimensions[row].height = 20
            cell = page.cell(row, 1, row - first + 1)
            cell.fill, cell.border, cell.font = soft, border, Font(FONT, 10, color=MUTED)
        for place, column in enumerate(columns, 2):
            cell = page.cell(row, place)
            cell.protection = Protection(locked=False)
            cell.font = Font(FONT, 11, color=_TEXT)
            cell.number_format = formats[place - 2]
            cell.alignment = Alignment(wrap_text=column.field.kind == "long-text", vertical="top")
            if ready:
                cell.border, cell.fill = border, white
    return first


def _headings(page: Any, form: Form, columns: Sequence[FormColumn], top: int) -> int:
    """One row of headings, or two where a question has a column for each of its choices."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    deep = any(column.over for column in columns)
    last = top + 1 if deep else top
    said = [form.words.number.line, *(column.over or column.heading for column in columns)]
    below = ["", *(column.heading if column.over else "" for column in columns)]
    names = ["", *(column.field.name for column in columns)]
    side = Side("thin", ON_ACCENT)
    border = Border(left=side, right=side, top=side, bottom=side)
    for number, words in enumerate(said, 1):
        for row, text in ((top, words), (last, below[number - 1])):
            cell = page.cell(row, number)
            cell.font, cell.fill, cell.border = (
                Font(FONT, 11 if row == top else 10, bold=True, color=ON_ACCENT), PatternFill("solid", fgColor=ACCENT),
                border,
            )  # fmt: skip
            cell.alignment = Alignment(wrap_text=True, vertical="center" if not below[number - 1] else "top")
            if row == top or (text and deep):
                cell.value, cell.data_type = tidy(text), "s"
        if deep and not below[number - 1]:
            page.merge_cells(start_row=top, start_column=number, end_row=last, end_column=number)
    for start, end in _together(names, below):
        page.merge_cells(start_row=top, start_column=start, end_row=top, end_column=end)
    tall = [_lines_of(column.heading, column.width) for column in columns if not column.over]
    low = [_lines_of(column.heading, column.width * 1.08) for column in columns if column.over]
    wide = {column.over: sum(c.width for c in columns if c.over == column.over) for column in columns if column.over}
    high = max((_lines_of(words, width) for words, width in wide.items()), default=0)
    if deep:
        page.row_dimensions[last].height = min(110.0, max(low) * 13.5 + 6)
        page.row_dimensions[top].height = max(high * 15.0 + 5, max(tall) * 15.0 + 8 - page.row_dimensions[last].height)
    else:
        page.row_dimensions[top].height = min(150.0, max(tall, default=1) * 15.0 + 8)
    return last + 1


def _together(names: Sequence[str], below: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last column (from 1) of each question that has several."""
    start = 0
    for at in range(1, len(names) + 1):
        if at == len(names) or names[at] != names[start] or not below[at]:
            if below[start] and at - start > 1:
                yield start + 1, at
            start = at


def _lines_of(words: str, width: float) -> int:
    lines, filled = 1, 0
    for word in words.split():
        if filled and filled + 1 + len(word) > (width - 1.5) * 0.92:
            lines, filled = lines + 1, 0
        filled += len(word) + (1 if filled else 0)
    return lines


def _format(field: FormField, code: str) -> str:
    if field.kind == "date":
        return number_format(Column(field.name, field.label, "date"), code)
    return "General" if field.kind == "number" else "@"


def _set_up(page: Any, form: Form, columns: Sequence[FormColumn], top: int, first: int) -> None:
    names = [i for i, column in enumerate(columns, 3) if column.name in ("given_name", "family_name")]
    page.freeze_panes = f"{letter_of(max(names, default=2))}{first}"
    page.sheet_view.showGridLines = False
    page.sheet_view.selection[0].activeCell = page.sheet_view.selection[0].sqref = f"B{first}"
    page.print_title_rows = f"{top}:{first - 1}"
    page.print_area = f"A1:{letter_of(len(columns) + 1)}{first + PREPARED - 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.6
    page.oddFooter.left.text = tidy(form.footer_left).replace("&", "&&")
    page.oddFooter.right.text = form.page_word.filled(page="&P", pages="&N").line
    page.oddFooter.left.size = page.oddFooter.right.size = 8
    guard = page.protection
    guard.sheet = True
    # What does no harm stays allowed: wider columns, higher rows, a colour, sorting what was filled in.
    guard.formatColumns = guard.formatRows = guard.formatCells = guard.sort = False


def _identity(workbook: Any, form: Form, top: int) -> None:
    page = workbook.create_sheet(MARK)
    page.sheet_state = "hidden"
    page["A1"], page["A2"] = form.identity.mark(), top
    page.protection.sheet = True
