"""A sheet written as a PDF: a paper to be signed or read, each page complete in itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from mama_desktop.domain.clock import Clock
from mama_desktop.sheets import blocks
from mama_desktop.sheets.blocks import ACCENT, MUTED, QR_SIDE, TEXT, Block
from mama_desktop.sheets.files import write_through
from mama_desktop.sheets.qr import qr_runs
from mama_desktop.sheets.sheet import Sheet
from mama_desktop.sheets.table import (
    MM,
    PAD,
    WORD_ROOM,
    Box,
    Cell,
    Layout,
    Measure,
    Wishes,
    lay_out,
    measure,
    share,
    sizes_of,
    wishes,
)
from mama_desktop.sheets.typeface import BOLD, LEADING, REGULAR, Line, fonts

A4 = (210 * MM, 297 * MM)
SIDE, TOP, BOTTOM = 15 * MM, 13 * MM, 10.5 * MM
SHADE, BAND_SHADE, LINE, FRAME = "#F1F5F6", "#E0F1EF", "#C3CAD2", "#8793A1"


@dataclass(frozen=True)
class PrintedRow:
    """Where a row stands on paper. at: its place among the rows of all groups; None: an empty row."""

    number: int
    page: int
    at: int | None


@dataclass(frozen=True)
class Printed:
    """What came out: how many pages, and every numbered row in the order of the paper, empty ones included."""

    pages: int
    rows: tuple[PrintedRow, ...]


def write_pdf(sheet: Sheet, path: Path) -> Printed:
    """Write the sheet to `path` (whole or not at all). Raises OfficeError when the file cannot be written."""
    data, printed = print_pdf(sheet)
    write_through(path, lambda temporary: temporary.write_bytes(data))
    return printed


def print_pdf(sheet: Sheet) -> tuple[bytes, Printed]:
    """The PDF as bytes, and what stands on which page. The same sheet with the same `created` gives the same bytes."""
    data, printed = print_pdfs((sheet,))
    return data, printed[0]


def print_pdfs(sheets: Sequence[Sheet]) -> tuple[bytes, tuple[Printed, ...]]:
    """Several sheets as one PDF, each with its own page numbers; title, author and date are the first one's."""
    fonts()
    data = BytesIO()
    canvas: Any = None
    printed = []
    for sheet in sheets:
        measures = measure(sheet)
        size = _page_size(sheet, measures)
        if canvas is None:
            canvas = canvas_for(sheet, data, size)
        canvas.setPageSize(size)
        printed.append(_draw(canvas, sheet, size, measures))
    canvas.save()
    return data.getvalue(), tuple(printed)


def _draw(canvas: Any, sheet: Sheet, size: tuple[float, float], measures: list[Measure]) -> Printed:
    room = size[0] - 2 * SIDE
    sizes, wish = _type_size(sheet, measures, room)
    head = blocks.heading(sheet, room)
    later = head if sheet.to_sign else blocks.short_heading(sheet, room)
    strip, end = blocks.totals_line(sheet, room), blocks.closing(sheet, room)
    high = size[1] - TOP - BOTTOM - blocks.foot(sheet, room, 1, 1).height - 7 - strip.height
    layout = lay_out(
        sheet, share(wish, room), sizes, high - head.height, high - later.height, max(0.0, end.height - strip.height)
    )
    pages = len(layout.pages)
    for i, boxes in enumerate(layout.pages, 1):
        pen = Pen(canvas, SIDE, size[1])
        top = head if i == 1 else later
        pen.put(top, TOP)
        y = _draw_table(pen, layout, boxes, TOP + top.height)
        pen.put(end if i == pages else strip, y)
        foot = blocks.foot(sheet, room, i, pages)
        pen.put(foot, size[1] - BOTTOM - foot.height)
        if sheet.code:
            pen.qr(f"{sheet.code}:{i}", room - QR_SIDE, size[1] - BOTTOM - foot.height, QR_SIDE)
        pen.done()
        canvas.showPage()
    rows = tuple(
        PrintedRow(box.number, i, box.at)
        for i, boxes in enumerate(layout.pages, 1)
        for box in boxes
        if box.number is not None
    )
    return Printed(pages, rows)


def _page_size(sheet: Sheet, measures: list[Measure]) -> tuple[float, float]:
    wish = wishes(measures, sizes_of(sheet)[0])
    upright = A4[0] - 2 * SIDE
    # A little squeezing is better than a page on its side; much of it is not. Long texts do not count in full.
    wanted = sum(min(wide, max(WORD_ROOM, least)) for wide, least in zip(wish.wanted, wish.least, strict=True))
    crowded = sum(wish.least) > upright or wanted > 1.12 * upright
    lies = sheet.orientation == "landscape" or (sheet.orientation == "auto" and crowded)
    return (A4[1], A4[0]) if lies else A4


def _type_size(sheet: Sheet, measures: list[Measure], room: float) -> tuple[tuple[float, ...], Wishes]:
    """The largest type in which every column has what it needs; the smallest when none will do."""
    for sizes in sizes_of(sheet):
        wish = wishes(measures, sizes)
        if sum(wish.least) <= room and sum(wish.wanted) <= 1.7 * room:
            return sizes, wish
    return sizes, wish


def canvas_for(sheet: Sheet, data: BytesIO, size: tuple[float, float]) -> Any:
    """reportlab's canvas with the sheet's title, author, language and moment."""
    from reportlab.pdfgen.canvas import Canvas

    tag = {"sl": "sl-SI", "en": "en-GB"}.get(sheet.language, sheet.language)
    canvas = Canvas(
        data, pagesize=size, pageCompression=1, invariant=1, lang=tag, initialFontName=REGULAR, initialFontSize=8
    )
    title = " · ".join(words for words in (sheet.title.line, *_event(sheet), sheet.heading_right.first) if words)
    canvas.setTitle(title)
    canvas.setAuthor(sheet.author)
    canvas.setSubject(sheet.footer_left)
    canvas.setCreator("MaMa Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    # reportlab's steady output is dated 1 January 2000; the paper's own moment is as steady.
    stamp = canvas._doc._timeStamp
    created = sheet.created or Clock().now()
    stamp.YMDhms = created.timetuple()[:6]
    offset = int((created.utcoffset() or dt.timedelta()).total_seconds()) // 60
    stamp.dhh, stamp.dmm = int(offset / 60), abs(offset) % 60
    return canvas


def _event(sheet: Sheet) -> tuple[str, ...]:
    return tuple(fact.value for fact in sheet.facts if fact.strong)[:1]


def _draw_table(pen: Pen, layout: Layout, boxes: tuple[Box, ...], top: float) -> float:
    """Header row, rows and thin lines; returns where the table ends, measured from the top of the page."""
    widths = layout.widths
    total = sum(widths)
    edges = [0.0]
    for wide in widths:
        edges.append(edges[-1] + wide)
    pen.fill(0, top, total, layout.header_height, ACCENT)
    for x, wide, cell in zip(edges, widths, layout.header, strict=False):
        _draw_cell(pen, cell, x, top, wide, layout.header_height, "#FFFFFF")
    y = top + layout.header_height
    shaded = False
    upright = y
    for box in boxes:
        if box.band:
            _uprights(pen, edges, upright, y)
            pen.fill(0, y, total, box.height, BAND_SHADE)
            _draw_cell(pen, Cell(box.band), 0, y, total, box.height, ACCENT)
            upright, shaded = y + box.height, False
        else:
            if shaded:
                pen.fill(0, y, total, box.height, SHADE)
            shaded = not shaded
            for x, wide, cell in zip(edges, widths, box.cells, strict=False):
                if cell.tick is not None:
                    pen.box(x + wide / 2, y + box.height / 2, 9.0, cell.tick)
                elif cell.lines:
                    _draw_cell(pen, cell, x, y, wide, box.height, MUTED if cell.muted else TEXT)
        y += box.height
        pen.line(0, y, total, y)
    _uprights(pen, edges, upright, y)
    pen.line(0, top, 0, y)
    pen.line(total, top, total, y)
    return y


def _uprights(pen: Pen, edges: list[float], top: float, bottom: float) -> None:
    if bottom > top:
        for x in edges[1:-1]:
            pen.line(x, top, x, bottom)


def _draw_cell(pen: Pen, cell: Cell, x: float, y: float, wide: float, high: float, colour: str) -> None:
    down = y + (high - sum(line.size for line in cell.lines) * LEADING) / 2
    for line in cell.lines:
        if cell.place == "left":
            start = x + PAD
        elif cell.place == "right":
            start = x + wide - PAD - line.width
        else:
            start = x + (wide - line.width) / 2
        pen.text(start, down + line.size * 0.96, line, colour)
        down += line.size * LEADING


class Pen:
    """One page: everything is collected, then drawn in layers, so that colours and fonts change seldom."""

    def __init__(self, canvas: Any, left: float, top: float) -> None:
        self._canvas, self._left, self._top = canvas, left, top
        self._lines: list[tuple[float, float, float, float]] = []
        self._texts: list[tuple[float, float, Line, str]] = []

    def put(self, block: Block, down: float) -> None:
        for x, y, line, colour in block.texts:
            self.text(x, y + down, line, colour)
        for x, y, wide, thick, colour in block.rules:
            self.fill(x, y + down, wide, thick, colour)
        for x, y, wide, high, picture in block.pictures:
            self._canvas.drawImage(picture, self._left + x, self._top - y - down - high, wide, high, mask="auto")

    def text(self, x: float, y: float, line: Line, colour: str) -> None:
        self._texts.append((self._left + x, self._top - y, line, colour))

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self._lines.append((self._left + x, self._top - y, self._left + to_x, self._top - to_y))

    def fill(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        self._canvas.setFillColor(_colour(colour))
        self._canvas.rect(self._left + x, self._top - y - high, wide, high, stroke=0, fill=1)

    def box(self, x: float, y: float, side: float, ticked: bool) -> None:
        canvas, left, low = self._canvas, self._left + x - side / 2, self._top - y - side / 2
        canvas.setStrokeColor(_colour(MUTED))
        canvas.setLineWidth(0.7)
        canvas.rect(left, low, side, side, stroke=1, fill=0)
        if ticked:
            canvas.setLineWidth(1.1)
            canvas.lines([(left + 2, low + 4.4, left + 3.8, low + 2.3), (left + 3.8, low + 2.3, left + 7.2, low + 7)])

    def frame(self, x: float, y: float, wide: float, high: float) -> None:
        """An empty box to be filled in."""
        self._canvas.setStrokeColor(_colour(FRAME))
        self._canvas.setLineWidth(0.7)
        self._canvas.roundRect(self._left + x, self._top - y - high, wide, high, 1.5, stroke=1, fill=0)

    def ring(self, x: float, y: float, across: float) -> None:
        self._canvas.setStrokeColor(_colour(FRAME))
        self._canvas.setLineWidth(0.8)
        self._canvas.circle(self._left + x + across / 2, self._top - y - across / 2, across / 2, stroke=1, fill=0)

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        modules, runs = qr_runs(text)
        step = side / modules
        path = self._canvas.beginPath()
        for row, column, length in runs:
            path.rect(self._left + x + column * step, self._top - y - (row + 1) * step, length * step, step)
        self._canvas.setFillColor(_colour("#000000"))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def done(self) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(_colour(LINE))
        canvas.setLineWidth(0.5)
        canvas.lines(self._lines)
        written = canvas.beginText()
        font: tuple[bool, float] | None = None
        ink = ""
        for x, y, line, colour in self._texts:
            if colour != ink:
                written.setFillColor(_colour(colour))
                ink = colour
            written.setTextOrigin(x, y)
            for run in line.runs:
                if (run.bold, line.size) != font:
                    font = (run.bold, line.size)
                    written.setFont(BOLD if run.bold else REGULAR, line.size)
                written.textOut(run.text)
        canvas.drawText(written)


def _colour(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)
