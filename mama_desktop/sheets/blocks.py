"""What stands around the table of a printed page: heading, facts, totals, signatures, notices and the foot."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.sheets.sheet import Fact, Sheet, Total, Words
from mama_desktop.sheets.table import MM
from mama_desktop.sheets.typeface import LEADING, Line, fit, pieces

ACCENT, TEXT, MUTED, GREY = "#0B6E69", "#1C2430", "#5B6675", "#B9C1CA"
LOGO_HEIGHT, LOGO_WIDEST = 11.5 * MM, 55 * MM
QR_SIDE = 12.5 * MM


@dataclass
class Block:
    """Things at their places, measured in points from the block's own top left corner, downwards."""

    height: float = 0.0
    texts: list[tuple[float, float, Line, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float, Any]] = field(default_factory=list)

    def write(
        self,
        x: float,
        y: float,
        room: float,
        text: str,
        sizes: tuple[float, ...],
        colour: str,
        *,
        bold: bool = False,
        right: bool = False,
        height: float = 0.0,
    ) -> float:
        """Set a text from the top `y`, in the largest size that keeps within `height`; returns where it ends."""
        lines, _ = fit(pieces(text, bold), room, height or sizes[0] * LEADING + 0.1, sizes)
        for line in lines:
            baseline = y + line.size * 0.98
            self.texts.append((x + room - line.width if right else x, baseline, line, colour))
            y += line.size * LEADING
        return y


def heading(sheet: Sheet, room: float) -> Block:
    """Logos, title and date, the accent rule, and the facts in two columns."""
    block = Block()
    y = _logos(block, sheet, room)
    right_room = room * 0.45 if sheet.heading_right.first else 0.0
    left_room = room - right_room - (5 * MM if right_room else 0.0)
    at = block.write(0, y, left_room, sheet.title.first, (18, 16, 14.5, 13), TEXT, bold=True, height=2 * 14.6 * LEADING)
    if sheet.title.second:
        at = block.write(0, at + 2.2, left_room, sheet.title.second, (9.4, 8.6), MUTED, height=26)
    if right_room:
        x = room - right_room
        down = block.write(
            x, y + 6.4, right_room, sheet.heading_right.first, (11.6, 10.6, 9.6), ACCENT, bold=True, right=True
        )
        if sheet.heading_right.second:
            down = block.write(
                x, down + 3.4, right_room, sheet.heading_right.second, (8.8, 8.0, 7.4), MUTED, right=True
            )
        at = max(at, down)
    at += 7.5
    block.rules.append((0, at, room, 1.1, ACCENT))
    at = _facts(block, sheet.facts, at + 8.0, room) + 8.5
    for place, sentences in enumerate(sheet.statement):
        size, colour = ((10.6, TEXT), (8.8, MUTED))[min(place, 1)]
        at = block.write(0, at + 1.5, room, sentences, (size,), colour, height=999) + 2.5
    block.height = at + (5.0 if sheet.statement else 0.0)
    return block


def short_heading(sheet: Sheet, room: float) -> Block:
    """For the pages after the first of a list that is only read."""
    block = Block()
    right_room = room * 0.4 if sheet.heading_right.first else 0.0
    at = block.write(0, 0, room - right_room - 8, sheet.title.line, (9.6, 8.6, 7.6), TEXT, bold=True)
    if right_room:
        words = sheet.heading_right.line
        at = max(at, block.write(room - right_room, 0, right_room, words, (8.6, 7.8, 7.0), MUTED, right=True))
    block.rules.append((0, at + 4, room, 0.8, ACCENT))
    block.height = at + 11
    return block


def _logos(block: Block, sheet: Sheet, room: float) -> float:
    if not (sheet.logos_left or sheet.logos_right):
        return 0.0
    left = [picture_of(data) for data in sheet.logos_left]
    right = [picture_of(data) for data in sheet.logos_right]
    gap = 5 * MM
    total = sum(w for _, w, _ in left + right) + gap * len(left + right)
    scale = min(1.0, room / total)
    x = 0.0
    for picture, wide, high in left:
        block.pictures.append((x, (LOGO_HEIGHT - high * scale) / 2, wide * scale, high * scale, picture))
        x += (wide + gap) * scale
    x = room
    for picture, wide, high in reversed(right):
        x -= wide * scale
        block.pictures.append((x, (LOGO_HEIGHT - high * scale) / 2, wide * scale, high * scale, picture))
        x -= gap * scale
    return LOGO_HEIGHT + 7.5


def picture_of(data: bytes) -> tuple[Any, float, float]:
    from reportlab.lib.utils import ImageReader

    try:
        picture = ImageReader(BytesIO(data))
        wide, high = picture.getSize()
        # Decoded now, so that a broken picture is told before a page is drawn.
        picture.getRGBData()
    except Exception as error:  # Pillow raises many kinds for a file that is no picture
        raise OfficeError(
            T("One of the logos for this paper is not a readable picture."),
            safe=T("Nothing was printed."),
            todo=T("Replace it by a PNG or JPEG picture."),
        ) from error
    scale = min(LOGO_HEIGHT / high, LOGO_WIDEST / wide)
    return picture, wide * scale, high * scale


def _facts(block: Block, facts: tuple[Fact, ...], y: float, room: float) -> float:
    gap = 7 * MM
    half = (len(facts) + 1) // 2
    columns = (facts[:half], facts[half:])
    starts, rooms = _fact_columns(columns, room, gap)
    for i in range(half):
        down = y
        for x, wide, column in zip(starts, rooms, columns, strict=True):
            if i >= len(column):
                continue
            label = _label_width(column)
            fact = column[i]
            down = max(down, block.write(x, y + 0.7, label, fact.label.line, (7.6,), MUTED, height=30) + 0.9)
            rest = wide - label - 8
            down = max(
                down, block.write(x + label + 8, y, rest, fact.value, (8.6, 8.0), TEXT, bold=fact.strong, height=24)
            )
        y = down + 3.2
    return y


def _fact_columns(
    columns: tuple[tuple[Fact, ...], tuple[Fact, ...]], room: float, gap: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    if not columns[1]:
        return (0.0, room), (room, 0.0)
    needs = [
        _label_width(column) + 8 + max(sum(p.width + 0.26 for p in pieces(f.value, f.strong)) * 8.6 for f in column)
        for column in columns
    ]
    # Half each, unless one side is short and the other could use the room.
    left = (room - gap) / 2
    if needs[0] > left > needs[1]:
        left = min(needs[0], room - gap - needs[1])
    elif needs[1] > left > needs[0]:
        left = max(needs[0], room - gap - needs[1])
    return (0.0, left + gap), (left, room - gap - left)


def _label_width(column: tuple[Fact, ...]) -> float:
    widest = max(sum(p.width + 0.26 for p in pieces(fact.label.line)) for fact in column) * 7.6
    return min(widest, 40 * MM)


def totals_line(sheet: Sheet, room: float) -> Block:
    """Below the table of every page but the last: the totals that each page has."""
    block = Block()
    each = [total for total in sheet.totals if total.each_page]
    if each:
        words = "      ".join(_total(total) for total in each)
        block.height = block.write(0, 7, room, words, (8.4, 7.6, 6.8), TEXT) + 2
    return block


def closing(sheet: Sheet, room: float) -> Block:
    """Below the table of the last page: all totals on the left, who signs on the right."""
    block = Block()
    if not (sheet.totals or sheet.signatures):
        return block
    split = room * 0.49 if sheet.totals else 0.0
    y = 9.0
    for total in sheet.totals:
        y = block.write(0, y, split - 8 if sheet.signatures else room, _total(total), (8.4, 7.6), TEXT, height=24) + 5
    down = 9.0
    for words in sheet.signatures:
        down = _signature(block, words, split, down, room - split)
    block.height = max(y, down)
    return block


def _signature(block: Block, words: Words, x: float, y: float, room: float) -> float:
    end = block.write(x, y, room, f"{words.line}:", (7.6, 7.0), MUTED, height=20)
    block.rules.append((x, end + 19, room, 0.6, GREY))
    return end + 26


def _total(total: Total) -> str:
    return f"{total.label.line}: {'______' if total.value is None else total.value}"


def foot(sheet: Sheet, room: float, page: int, pages: int) -> Block:
    """Notices and the funder's sentence, small; the last line says which sheet and which page this is."""
    block = Block()
    narrow = room - (QR_SIDE + 6 * MM if sheet.code else 0.0)
    y = 0.0
    for notice in sheet.notices:
        y = block.write(0, y, narrow, notice, (6.3,), MUTED, height=999)
    for sentence in sheet.funding:
        y = block.write(0, y + 2.6, narrow, sentence, (6.3,), MUTED, height=999)
    y = max(y, QR_SIDE if sheet.code else 0.0) + 5.5
    words = sheet.page_word.filled(page=page, pages=pages).line
    lines, _ = fit(pieces(words, True), room * 0.6, 12, (7.6, 7.0))
    used = max((line.width for line in lines), default=0.0)
    left = fit(pieces(sheet.footer_left), room - used - 12, 10, (7.0, 6.4, 5.8))[0]
    for i, line in enumerate(left):
        block.texts.append((0, y + 7.4 + i * line.size * LEADING, line, MUTED))
    for line in lines[:1]:
        block.texts.append((room - line.width, y + 7.4, line, MUTED))
    block.height = y + 9 + max(0, len(left) - 1) * 8
    return block
