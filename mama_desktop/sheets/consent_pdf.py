"""Papers for parents as one PDF: each begins on a page of its own and goes on to a second one when it must."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from mama_desktop.sheets import blocks
from mama_desktop.sheets.blocks import ACCENT, GREY, MUTED, TEXT, Block
from mama_desktop.sheets.consent import Blank, Choice, ConsentPaper, Grid, Part
from mama_desktop.sheets.filled_table import table_rows, write_headings
from mama_desktop.sheets.pdf import A4, BOTTOM, SIDE, TOP, Pen, canvas_for
from mama_desktop.sheets.sheet import Words
from mama_desktop.sheets.table import MM
from mama_desktop.sheets.typeface import fonts

_ROOM = A4[0] - 2 * SIDE
_GAP = 7 * MM
_BOX = 10.0
_SIZES = (8.8, 8.2)
_ROW = 19.0


def consents_pdf(papers: Sequence[ConsentPaper]) -> bytes:
    """All papers in one PDF."""
    fonts()
    data = BytesIO()
    canvas: Any = canvas_for(papers[0].around, data, A4)
    for paper in papers:
        _draw(canvas, paper)
    canvas.save()
    return data.getvalue()


def _draw(canvas: Any, paper: ConsentPaper) -> None:
    around = paper.around
    head, later = blocks.heading(around, _ROOM), blocks.short_heading(around, _ROOM)
    foot = blocks.foot(around, _ROOM, 1, 1)
    high = A4[1] - TOP - BOTTOM - foot.height - 9
    pages: list[list[_Piece]] = [[]]
    left = high - head.height
    for piece in (*_pieces(paper), _signatures(paper.signatures)):
        if piece.height > left and pages[-1]:
            pages.append([])
            left = high - later.height
        pages[-1].append(piece)
        left -= piece.height
    for number, pieces in enumerate(pages, 1):
        pen = Pen(canvas, SIDE, A4[1])
        top = head if number == 1 else later
        pen.put(top, TOP)
        y = TOP + top.height
        for piece in pieces:
            pen.put(piece, y)
            for x, at in piece.boxes:
                pen.box(x + _BOX / 2, y + at + _BOX / 2, _BOX, False)
            y += piece.height
        foot = blocks.foot(around, _ROOM, number, len(pages))
        down = A4[1] - BOTTOM - foot.height
        pen.put(foot, down)
        if around.code:
            pen.qr(f"{around.code}:{number}", _ROOM - blocks.QR_SIDE, down, blocks.QR_SIDE)
        pen.done()
        canvas.showPage()


class _Piece(Block):
    """A block that is never broken between pages, with the places of its boxes to tick."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[tuple[float, float]] = []


def _pieces(paper: ConsentPaper) -> Iterator[_Piece]:
    for part in paper.parts:
        first = _Piece()
        y = first.write(0, 2, _ROOM, part.title.line, (9.8, 9.0), ACCENT, bold=True, height=30)
        y = _written(first, y + 2.5, part)
        y = _blanks(first, y, part.blanks)
        if part.grid is not None:
            y = _grid(first, y, part.grid) + 3
        if part.table is not None:
            y = write_headings(first, y, part.table, _ROOM)
        first.height = y + (0 if part.choices or part.table else 5)
        yield first
        for choice in part.choices:
            yield _choice(choice)
        if part.table is not None:
            yield from table_rows(part.table, _ROOM, _Piece)


def _written(piece: _Piece, y: float, part: Part) -> float:
    for words in part.text:
        y = piece.write(0, y, _ROOM, words.first, _SIZES, TEXT, height=999)
        if words.second:
            y = piece.write(0, y + 1, _ROOM, words.second, (7.6,), MUTED, height=999)
        y += 3
    return y


def _blanks(piece: _Piece, y: float, found: Sequence[Blank]) -> float:
    half = (_ROOM - _GAP) / 2
    row: list[Blank] = []
    for blank in found:
        if blank.wide:
            y = _blank_row(piece, y, row, half)
            y = _blank_row(piece, y, [blank], _ROOM)
            row = []
            continue
        row.append(blank)
        if len(row) == 2:
            y = _blank_row(piece, y, row, half)
            row = []
    return _blank_row(piece, y, row, half)


def _blank_row(piece: _Piece, y: float, row: Sequence[Blank], wide: float) -> float:
    end = y
    for place, blank in enumerate(row):
        x = place * (wide + _GAP)
        down = piece.write(x, y, wide, blank.label.line, (7.2, 6.6), MUTED, height=20)
        if blank.value:
            for line in blank.value.split("\n"):
                down = piece.write(x, down + 0.5, wide, line, (9.2, 8.6), TEXT, height=999)
            down += 4
        else:
            down += 17
            piece.rules.append((x, down, wide, 0.5, GREY))
            down += 5
        end = max(end, down)
    return end


def _grid(piece: _Piece, y: float, grid: Grid) -> float:
    """Headings, empty rows as high as a hand needs, thin lines between them."""
    total = sum(share for _, share in grid.columns)
    edges = [0.0]
    for _, share in grid.columns:
        edges.append(edges[-1] + _ROOM * share / total)
    top = end = y
    for (words, _), left, right in zip(grid.columns, edges, edges[1:], strict=False):
        end = max(end, piece.write(left + 3, y, right - left - 6, words.line, (7.2, 6.6, 6.0), MUTED, height=24))
    lines = [end + 2]
    lines += [lines[0] + _ROW * number for number in range(1, grid.rows + 1)]
    for at in lines:
        piece.rules.append((0, at, _ROOM, 0.5, GREY))
    bottom = lines[-1]
    if grid.last is not None:
        piece.write(
            0, bottom + 5, edges[-2] - 6, grid.last.line, (8.8, 7.6), TEXT, bold=True, right=True, height=_ROW
        )  # fmt: skip
        bottom += _ROW
        piece.rules.append((edges[-2], bottom, _ROOM - edges[-2], 0.5, GREY))
    for x in edges[1:-1]:
        piece.rules.append((x, top, 0.5, (bottom if x == edges[-2] else lines[-1]) - top, GREY))
    return bottom


def _choice(choice: Choice) -> _Piece:
    piece = _Piece()
    answers = 34 * MM
    y = piece.write(0, 1, _ROOM - answers - 8, choice.words.first, _SIZES, TEXT, height=999)
    if choice.words.second:
        y = piece.write(0, y + 1, _ROOM - answers - 8, choice.words.second, (7.6,), MUTED, height=999)
    x = _ROOM - answers
    for words in (choice.yes, choice.no):
        piece.boxes.append((x, 1.5))
        piece.write(x + _BOX + 4, 1, answers / 2 - _BOX - 6, words.line, (8.8, 7.6, 6.8), TEXT, height=24)
        x += answers / 2
    piece.height = max(y, _BOX + 4) + 6
    return piece


def _signatures(found: Sequence[Words]) -> _Piece:
    piece = _Piece()
    wide = (_ROOM - _GAP * (len(found) - 1)) / max(len(found), 1)
    end = 0.0
    for place, words in enumerate(found):
        x = place * (wide + _GAP)
        piece.rules.append((x, 34, wide, 0.6, GREY))
        end = max(end, piece.write(x, 36, wide, words.line, (7.2, 6.6), MUTED, height=30))
    piece.height = end + 4
    return piece
