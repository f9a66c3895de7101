"""The table of a printed sheet before it is drawn: how wide its columns, how high its rows, which row on which page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mama_desktop.i18n import language
from mama_desktop.sheets.sheet import BY_HAND, Column, Name, Row, Sheet, Value
from mama_desktop.sheets.typeface import LEADING, Line, Piece, cut, fit, pieces, whole, width, wrap
from mama_desktop.sheets.wording import written

MM = 72 / 25.4
# Around a text: left and right each, above and below together.
PAD, AIR = 1.7 * MM, 3.6
ROW_TO_SIGN, ROW_TO_READ, BAND = 10.5 * MM, 6.4 * MM, 7.0 * MM
# To be signed: the text shrinks before the row grows. To be read: the text stays and the row grows.
SIZES_TO_SIGN, SIZES_TO_READ = (8.6, 8.2, 7.8, 7.4, 7.0, 6.6), (8.4, 7.8, 7.2, 6.7, 6.2)
NAME_MORE = 0.6
# A word wider than this does not make its column wider: it is set smaller, or an address broken at its @.
WORD_ROOM = 44 * MM
# What a column without a single value would like to have, at 1 pt: room to write a few words.
EMPTY_COLUMN = 14.0
_NUMBER = re.compile(r"[+(\d][\d\s()/.\-]*")
HEADING_SIZE, HEADING_SECOND = 8.4, 6.4


@dataclass(frozen=True)
class Cell:
    lines: tuple[Line, ...]
    place: str = "left"
    muted: bool = False
    tick: bool | None = None

    @property
    def height(self) -> float:
        return sum(line.size for line in self.lines) * LEADING + AIR if self.lines else 0.0


@dataclass(frozen=True)
class Box:
    """One row of the table. number: as printed. at: its place among the sheet's rows; None: a blank row or a band."""

    height: float
    cells: tuple[Cell, ...] = ()
    number: int | None = None
    at: int | None = None
    band: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Layout:
    widths: tuple[float, ...]
    header: tuple[Cell, ...]
    header_height: float
    pages: tuple[tuple[Box, ...], ...]


def column_parts(column: Column, value: Value, number: int, tongue: str) -> tuple[Piece, ...]:
    """The words of a cell, the family name in bold; a date, an amount or a phone number is one word."""
    if column.kind == "line_number":
        return whole(f"{number}.")
    if column.kind == "tick" or value is None:
        return ()
    if isinstance(value, Name):
        return pieces(value.family, True) + pieces(value.given)
    if isinstance(value, str):
        # A no-break space is as good as printable: it keeps a phone on one line.
        text = value if value.replace("\xa0", " ").isprintable() else written(value, column.kind, language(tongue))
        return whole(text) if _NUMBER.fullmatch(text) else pieces(text)
    return whole(written(value, column.kind, language(tongue)))


@dataclass(frozen=True)
class Measure:
    """What one column holds, in points at a type size of 1: its usual longest cell and its longest word."""

    column: Column
    heading: float
    longest: float
    word: float
    named: bool


@dataclass(frozen=True)
class Wishes:
    """What each column would like and what it needs, in points; `hands` are the columns to be signed."""

    wanted: tuple[float, ...]
    least: tuple[float, ...]
    hands: tuple[int, ...]


def sizes_of(sheet: Sheet) -> tuple[tuple[float, ...], ...]:
    """The type sizes a table may be set in, best first; each a row of sizes to which one cell may shrink."""
    return (SIZES_TO_SIGN,) if sheet.to_sign else tuple((size,) for size in SIZES_TO_READ)


def measure(sheet: Sheet) -> list[Measure]:
    """Look through headings and contents once."""
    numbered = sheet.numbered_rows()
    measures = []
    for i, column in enumerate(sheet.columns):
        heading = _longest(pieces(column.heading.first, True)) * HEADING_SIZE
        heading = max(heading, _longest(pieces(column.heading.second)) * HEADING_SECOND)
        longest, word = 0.0, 0.0
        if column.kind == "line_number":
            last = max((n for n, _ in numbered), default=sheet.numbers_from - 1) + 60
            longest = word = width(f"{last}.")
        elif column.width is None and column.kind not in BY_HAND:
            longest, word = _contents(column, i, numbered, sheet.language)
        named = any(isinstance(row[i], Name) for _, row in numbered[:1])
        measures.append(Measure(column, heading + 2 * PAD, longest, word, named))
    return measures


def wishes(measures: Sequence[Measure], sizes: tuple[float, ...]) -> Wishes:
    """What the columns would like to have when set in the first of `sizes`, and the least they can live with."""
    many = sum(m.column.kind == "signature" for m in measures) > 1
    pairs = [_wish(m, sizes, many=many) for m in measures]
    hands = tuple(i for i, m in enumerate(measures) if m.column.kind == "signature")
    return Wishes(tuple(w for w, _ in pairs), tuple(least for _, least in pairs), hands)


def _wish(m: Measure, sizes: tuple[float, ...], *, many: bool) -> tuple[float, float]:
    if m.column.width is not None:
        return m.column.width * MM, m.column.width * MM
    match m.column.kind:
        case "signature":
            least = max((24.0 if many else 36.0) * MM, m.heading)
            return max(least, (30.0 if many else 42.0) * MM), least
        case "line_number":
            own = max(8 * MM, m.word * 8.0 + 2 * PAD, m.heading)
            return own, own
        case "tick":
            return max(m.heading, 12 * MM), max(m.heading, 9 * MM)
    more = NAME_MORE if m.named else 0.0
    least = max(m.heading, min(m.word * (sizes[-1] + more) + 2 * PAD + 0.1, WORD_ROOM))
    return max(least, m.longest * (sizes[0] + more) + 2 * PAD + 0.1), least


def share(wish: Wishes, room: float) -> tuple[float, ...]:
    """Column widths that together fill `room`."""
    wanted, least = wish.wanted, wish.least
    if sum(least) > room:
        # Too narrow even so: the widest give, and words too wide for their column are set smaller.
        return _capped(least, (0.0,) * len(least), room)
    if sum(wanted) > room:
        # The widest give first, down to what each needs.
        return _capped(wanted, least, room)
    widths = list(wanted)
    if not wish.hands:
        # Two short columns are not drawn apart over a whole page.
        room = min(room, 1.6 * sum(wanted))
    spare = room - sum(widths)
    for i in wish.hands:
        # Half of what is left makes room to sign, up to a generous 60 mm.
        widths[i] += min(spare / 2 / len(wish.hands), max(0.0, 60 * MM - widths[i]))
    spare = room - sum(widths)
    growing = [i for i, (w, m) in enumerate(zip(wanted, least, strict=True)) if w > m + 0.01 or i in wish.hands]
    growing = growing or list(range(len(widths)))
    total = sum(wanted[i] for i in growing)
    for i in growing:
        widths[i] += spare * wanted[i] / total
    return tuple(widths)


def _capped(wanted: tuple[float, ...], least: tuple[float, ...], room: float) -> tuple[float, ...]:
    """Each what it wants up to a cap, but never less than it needs; the cap just fills the room."""
    low, high = 0.0, max(wanted)
    for _ in range(40):
        cap = (low + high) / 2
        taken = sum(max(m, min(w, cap)) for w, m in zip(wanted, least, strict=True))
        low, high = (cap, high) if taken <= room else (low, cap)
    return tuple(max(m, min(w, low)) for w, m in zip(wanted, least, strict=True))


def _contents(column: Column, i: int, numbered: Sequence[tuple[int, Row]], tongue: str) -> tuple[float, float]:
    """The widest cell (leaving out the longest twentieth, which may wrap) and the widest word, at 1 pt."""
    gap = width(" ")
    cells, word = [], 0.0
    for _, row in numbered:
        parts = column_parts(column, row[i], 0, tongue)
        if parts:
            cells.append(sum(part.width for part in parts) + gap * (len(parts) - 1))
            word = max(word, max(part.width for part in parts))
    cells.sort()
    return (cells[(len(cells) - 1) * 19 // 20] if cells else EMPTY_COLUMN), word


def _longest(parts: Sequence[Piece]) -> float:
    return max((part.width for part in parts), default=0.0)


def lay_out(
    sheet: Sheet, widths: tuple[float, ...], sizes: tuple[float, ...], first: float, other: float, end: float
) -> Layout:
    """Rows into pages.

    first, other: height for header row and rows on the first and on the following pages, in points;
    end: what the last page needs below its table for totals and signatures.
    """
    header, header_height = _header(sheet, widths)
    first, other = first - header_height, other - header_height
    rows = _boxes(sheet, widths, sizes, min(first, other) * 0.8)
    empty = _blank(sheet)
    next_number = max((n for n, _ in sheet.numbered_rows()), default=sheet.numbers_from - 1) + 1
    blanks = [_numbered(empty, sheet, next_number + i) for i in range(sheet.blank_rows)]
    if blanks and sheet.blank_title and any(group.title for group in sheet.groups):
        rows.append(_band(sheet.blank_title.line, sum(widths)))
    pages = _flow(rows + blanks, first, other, end)
    next_number += sheet.blank_rows
    for _ in range(sheet.blank_pages):
        if pages != [[]]:
            pages.append([])
        next_number = _fill(pages, sheet, empty, next_number, first, other, end)
    if sheet.to_sign and sheet.filled:
        _fill(pages, sheet, empty, next_number, first, other, end)
    return Layout(widths, header, header_height, tuple(tuple(page) for page in pages))


def _fill(pages: list[list[Box]], sheet: Sheet, empty: Box, number: int, first: float, other: float, end: float) -> int:
    room = (first if len(pages) == 1 else other) - end - sum(box.height for box in pages[-1])
    while room >= empty.height:
        pages[-1].append(_numbered(empty, sheet, number))
        room -= empty.height
        number += 1
    return number


def _flow(rows: list[Box], first: float, other: float, end: float) -> list[list[Box]]:
    pages: list[list[Box]] = [[]]
    room = first
    for i, box in enumerate(rows):
        # A band does not stay behind alone at the foot of a page.
        need = box.height + (rows[i + 1].height if box.band and i + 1 < len(rows) else 0.0)
        if need > room and pages[-1]:
            pages.append([])
            room = other
        pages[-1].append(box)
        room -= box.height
    if room < end and pages[-1]:
        # The totals need a page of their own: the last rows go along, so that no table is empty there.
        moved: list[Box] = []
        while len(pages[-1]) > 1 and (not moved or moved[0].at is None or pages[-1][-1].band):
            moved.insert(0, pages[-1].pop())
            if moved[0].band:
                continue
            if moved[0].at is not None and not pages[-1][-1].band:
                break
        pages.append(moved)
    return pages


def _boxes(sheet: Sheet, widths: tuple[float, ...], sizes: tuple[float, ...], highest: float) -> list[Box]:
    boxes: list[Box] = []
    least = _row_height(sheet)
    numbered = iter(sheet.numbered_rows())
    known: list[dict[str, Cell]] = [{} for _ in sheet.columns]
    at = 0
    for group in sheet.groups:
        if group.title:
            boxes.append(_band(group.title.line, sum(widths)))
        for _ in group.rows:
            number, row = next(numbered)
            cells = []
            height = least
            for column, value, wide, seen in zip(sheet.columns, row, widths, known, strict=True):
                # Organisations and towns come again and again; their lines are found once.
                cell = seen.get(value) if isinstance(value, str) else None
                if cell is None:
                    cell = _cell(column, value, number, wide - 2 * PAD, least - AIR, sizes, sheet.language)
                    if cell.height > highest:
                        cell = Cell(cut(cell.lines, highest - AIR), cell.place)
                    if isinstance(value, str):
                        seen[value] = cell
                height = max(height, cell.height)
                cells.append(cell)
            boxes.append(Box(height, tuple(cells), number, at))
            at += 1
    return boxes


def _row_height(sheet: Sheet) -> float:
    if sheet.row_height_mm is not None:
        return sheet.row_height_mm * MM
    return ROW_TO_SIGN if sheet.to_sign else ROW_TO_READ


_NOTHING = Cell(())


def _cell(
    column: Column, value: Value, number: int, room: float, height: float, sizes: tuple[float, ...], tongue: str
) -> Cell:
    if column.kind == "tick":
        return Cell((), "centre", tick=value is True)
    parts = column_parts(column, value, number, tongue)
    if not parts:
        return _NOTHING
    if column.kind == "line_number":
        return Cell(fit(parts, room, height, (min(8.0, sizes[0]),))[0], "right", muted=True)
    if isinstance(value, Name):
        sizes = tuple(size + NAME_MORE for size in sizes)
    elif column.kind == "signature":
        return Cell(fit(parts, room, height, (7.4, 6.6))[0], "centre", muted=True)
    return Cell(fit(parts, room, height, sizes)[0], column.aligned)


def _blank(sheet: Sheet) -> Box:
    cells = tuple(Cell((), tick=False) if column.kind == "tick" else _NOTHING for column in sheet.columns)
    return Box(_row_height(sheet), cells)


def _numbered(empty: Box, sheet: Sheet, number: int) -> Box:
    cells = tuple(
        Cell(wrap(whole(f"{number}."), 99.0, 8.0), "right", muted=True) if column.kind == "line_number" else cell
        for column, cell in zip(sheet.columns, empty.cells, strict=True)
    )
    return Box(empty.height, cells, number)


def _band(title: str, room: float) -> Box:
    lines, _ = fit(pieces(title, True), room - 2 * PAD, BAND - AIR, (8.6, 8.0, 7.4))
    return Box(max(BAND, sum(line.size for line in lines) * LEADING + 3.0), band=lines)


def _header(sheet: Sheet, widths: tuple[float, ...]) -> tuple[tuple[Cell, ...], float]:
    cells = []
    height = 0.0
    for column, wide in zip(sheet.columns, widths, strict=True):
        room = wide - 2 * PAD
        lines, _ = fit(pieces(column.heading.first, True), room, 99.0, (HEADING_SIZE, 7.8, 7.2))
        second, _ = fit(pieces(column.heading.second), room, 99.0, (HEADING_SECOND, 6.0, 5.6))
        place = "left" if column.kind in ("signature", "line_number") else column.aligned
        cells.append(Cell(lines + second, place))
        height = max(height, sum(line.size for line in lines + second) * LEADING)
    return tuple(cells), height + 6.5
