"""Letters as a PDF: each on pages of its own, the address where the window of an envelope is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from mama_desktop.sheets.blocks import ACCENT, GREY, MUTED, TEXT, picture_of
from mama_desktop.sheets.letter import LetterSheet, LetterTable
from mama_desktop.sheets.pdf import A4
from mama_desktop.sheets.table import MM
from mama_desktop.sheets.typeface import BOLD, LEADING, REGULAR, Line, fonts, pieces, wrap

LEFT, RIGHT, TOP, FOOT = 25 * MM, 20 * MM, 14 * MM, 22 * MM
# DIN 5008 form B and the usual DL envelope: the window is 20-105 mm from the left, 45-85 mm from the top.
ADDRESS_TOP, ADDRESS_ROOM, BODY_TOP = 50 * MM, 80 * MM, 98 * MM
_SIZE, _SPACING = 10.4, 1.42
_ROOM = A4[0] - LEFT - RIGHT
Report = Callable[[int, int], None]


def letters_pdf(letters: Sequence[LetterSheet], *, title: str = "", report: Report | None = None) -> bytes:
    """All letters in one PDF. report(done, total) may raise to stop."""
    from reportlab.pdfgen.canvas import Canvas

    fonts()
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for number, letter in enumerate(letters):
        if report is not None:
            report(number, len(letters))
        _Writer(canvas, letter).write()
    canvas.save()
    return data.getvalue()


class _Writer:
    """Writes one letter from the top down, on as many pages as it needs."""

    def __init__(self, canvas: Any, letter: LetterSheet) -> None:
        self._canvas, self._letter = canvas, letter
        self._lines = self._laid_out()
        self._page = 1
        self._pages = self._count_pages()

    def write(self) -> None:
        letter = self._letter
        self._head()
        y = ADDRESS_TOP
        if letter.address and letter.sender:
            self._put(wrap(pieces(letter.sender), ADDRESS_ROOM, 6.8)[:1], LEFT, y - 12, MUTED)
            self._rule(LEFT, y - 1.5, LEFT + ADDRESS_ROOM, GREY, 0.4)
        for line in letter.address:
            y = self._put(wrap(pieces(line), ADDRESS_ROOM, _SIZE), LEFT, y + 1, TEXT)
        if letter.place_date:
            self._put(wrap(pieces(letter.place_date), _ROOM, _SIZE), LEFT, BODY_TOP - 16, TEXT, right=True)
        y = BODY_TOP
        for height, draw in self._lines:
            if y + height > A4[1] - FOOT - self._foot_height:
                self._next_page()
                y = TOP + 12 * MM
            draw(y)
            y += height
        self._foot()
        self._canvas.showPage()

    # What stands on it, measured before anything is drawn, so that "page 1 of 2" can be said

    def _laid_out(self) -> list[tuple[float, Callable[[float], None]]]:
        letter = self._letter
        self._funding = [line for text in letter.funding for line in wrap(pieces(text), _ROOM, 6.6)]
        self._foot_height = sum(line.size * LEADING for line in self._funding)
        subject = wrap(pieces(letter.subject, True), _ROOM, 12.2)
        found: list[tuple[float, Callable[[float], None]]] = [
            *((line.size * 1.3, self._drawer(line, LEFT)) for line in subject),
            (_SIZE * 1.1, _nothing),
        ]
        for block in letter.blocks:
            if isinstance(block, LetterTable):
                found += self._table(block)
                continue
            for text in block.split("\n"):
                lines = wrap(pieces(text), _ROOM, _SIZE) if text.strip() else ()
                found += [(_SIZE * _SPACING, self._drawer(line, LEFT)) for line in lines]
                if not lines:
                    found.append((_SIZE * 0.85, _nothing))
        return found

    def _table(self, table: LetterTable) -> list[tuple[float, Callable[[float], None]]]:
        count = max(len(table.headings), 1)
        widest = [
            max([4.0, *(sum(p.width + 0.26 for p in pieces(row[i])) for row in (table.headings, *table.rows))])
            for i in range(count)
        ]
        rooms = [_ROOM * w / sum(widest) for w in widest]
        found: list[tuple[float, Callable[[float], None]]] = [(4, _nothing)]
        for number, row in enumerate((table.headings, *table.rows)):
            cells = [wrap(pieces(cell, number == 0), room - 8, 9.0) for cell, room in zip(row, rooms, strict=True)]
            high = max(len(cell) for cell in cells) * 9.0 * LEADING + 6
            found.append((high, self._row_drawer(cells, rooms, high, strong=number == 0)))
        return [*found, (6, _nothing)]

    def _row_drawer(
        self, cells: Sequence[Sequence[Line]], rooms: Sequence[float], high: float, *, strong: bool
    ) -> Callable[[float], None]:
        def draw(y: float) -> None:
            x = LEFT
            for cell, room in zip(cells, rooms, strict=True):
                self._put(cell, x + 2, y + 3, MUTED if strong else TEXT)
                x += room
            self._rule(LEFT, y + high, LEFT + _ROOM, ACCENT if strong else GREY, 0.8 if strong else 0.4)

        return draw

    def _drawer(self, line: Line, x: float) -> Callable[[float], None]:
        return lambda y: _unused(self._put((line,), x, y, TEXT))

    def _count_pages(self) -> int:
        pages, y = 1, BODY_TOP
        for height, _ in self._lines:
            if y + height > A4[1] - FOOT - self._foot_height:
                pages, y = pages + 1, TOP + 12 * MM
            y += height
        return pages

    # The edges of a page

    def _head(self) -> None:
        letter = self._letter
        x = LEFT
        for data in letter.logos_left:
            picture, wide, high = picture_of(data)
            self._canvas.drawImage(picture, x, A4[1] - TOP - high, wide, high, mask="auto")
            x += wide + 5 * MM
        x = A4[0] - RIGHT
        for data in reversed(letter.logos_right):
            picture, wide, high = picture_of(data)
            x -= wide
            self._canvas.drawImage(picture, x, A4[1] - TOP - high, wide, high, mask="auto")
            x -= 5 * MM

    def _next_page(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._page += 1
        self._put(wrap(pieces(self._letter.subject, True), _ROOM, 9.0)[:1], LEFT, TOP, MUTED)
        self._rule(LEFT, TOP + 16, LEFT + _ROOM, ACCENT, 0.8)

    def _foot(self) -> None:
        letter = self._letter
        y = A4[1] - FOOT - self._foot_height + 6 * MM
        self._rule(LEFT, y - 4, LEFT + _ROOM, GREY, 0.4)
        words = "  ·  ".join(letter.head)
        page = ""
        if self._pages > 1:
            page = letter.page_word.filled(page=self._page, pages=self._pages).line
            self._put(wrap(pieces(page), _ROOM, 7.2), LEFT, y, MUTED, right=True)
        y = self._put(wrap(pieces(words), _ROOM - (26 * MM if page else 0), 7.2), LEFT, y, MUTED)
        self._put(self._funding, LEFT, y + 1, MUTED)

    # The pen; y is measured downwards

    def _put(self, lines: Sequence[Line], x: float, y: float, colour: str, *, right: bool = False) -> float:
        from reportlab.lib.colors import HexColor

        for line in lines:
            at = A4[0] - RIGHT - line.width if right else x
            text = self._canvas.beginText(at, A4[1] - y - line.size * 0.98)
            text.setFillColor(HexColor(colour))
            for run in line.runs:
                text.setFont(BOLD if run.bold else REGULAR, line.size)
                text.textOut(run.text)
            self._canvas.drawText(text)
            y += line.size * LEADING
        return y

    def _rule(self, x: float, y: float, to_x: float, colour: str, wide: float) -> None:
        from reportlab.lib.colors import HexColor

        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(wide)
        self._canvas.line(x, A4[1] - y, to_x, A4[1] - y)


def _nothing(_y: float) -> None:
    """An empty line."""


def _unused(_value: float) -> None:
    """A drawer gives nothing back."""
