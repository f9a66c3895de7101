"""The bundled typeface: registering it, measuring words, and fitting text into a box without breaking a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from mama_desktop import resources

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
LEADING = 1.22
# A word that fits in no other way is set as small as this; only below it is it cut, with an ellipsis.
SMALLEST = 3.5
# An address is broken after its @ (or // or ?) rather than set smaller than this.
READABLE = 5.6
_AT = re.compile(r"(?<=[@?&])(?=.)|(?<=//)(?=.)")
# Where a line may end without a break inside a word: at a space, or after a hyphen, dash or slash between letters.
_WORDS = re.compile(r"[^ \t\n]+")


class Piece(NamedTuple):
    """A stretch of text that is never broken: `gap` tells whether a space stands before it; width is at 1 pt."""

    text: str
    bold: bool
    gap: bool
    width: float


class Run(NamedTuple):
    text: str
    bold: bool


class Line(NamedTuple):
    runs: tuple[Run, ...]
    size: float
    width: float


@lru_cache(maxsize=1)
def fonts() -> tuple[Any, Any]:
    """Register the bundled fonts with reportlab, once; regular and bold."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((REGULAR, "NotoSans-Regular.ttf"), (BOLD, "NotoSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", file))))
    return pdfmetrics.getFont(REGULAR), pdfmetrics.getFont(BOLD)


@lru_cache(maxsize=100_000)
def width(text: str, bold: bool = False) -> float:
    """The width of a text at 1 pt, in points."""
    face = fonts()[bold].face
    widths, other = face.charWidths, face.defaultWidth
    total: float = sum(widths.get(ord(c), other) for c in text)
    return total / 1000


@lru_cache(maxsize=100_000)
def pieces(text: str, bold: bool = False) -> tuple[Piece, ...]:
    """The unbreakable stretches of a text, in order."""
    parts = []
    for word in _WORDS.findall(text):
        gap = True
        for found in _split(word):
            parts.append(Piece(found, bold, gap, width(found, bold)))
            gap = False
    return tuple(parts)


def _split(word: str) -> list[str]:
    """Parts of a word that may stand on different lines: after a hyphen or slash between letters, not in an address."""
    if "@" in word or "://" in word or word.isalnum():
        return [word]
    parts = re.split(r"(?<=\w[\-–/])(?=\w)", word)
    # A date range or a telephone number is one word, however many hyphens it has.
    return [word] if any(c.isdigit() for c in word) else parts


def whole(text: str) -> tuple[Piece, ...]:
    """A text that is never broken: a date, an amount, a phone number."""
    return (Piece(text, False, True, width(text)),)


def fit(parts: Sequence[Piece], room: float, height: float, sizes: Iterable[float]) -> tuple[tuple[Line, ...], bool]:
    """Lines of text no wider than `room`: the largest of `sizes` (falling) at which they are no higher than `height`.

    The second value says whether they fit. When they do not, the lines are those of the smallest size and the
    caller gives them more height. A stretch wider than `room` even then gets a line of its own in smaller type,
    and below SMALLEST, as the very last resort, an ellipsis.
    """
    if not parts:
        return (), True
    widest = max(part.width for part in parts)
    size = 0.0
    for size in sizes:
        if widest * size <= room:
            lines = wrap(parts, room, size)
            if len(lines) * size * LEADING <= height:
                return lines, True
    lines = wrap(parts, room, size)
    return lines, sum(line.size for line in lines) * LEADING <= height


def wrap(parts: Sequence[Piece], room: float, size: float) -> tuple[Line, ...]:
    """Lines of one size, broken only between pieces; an overlong piece is set smaller, on its own line."""
    space = width(" ") * size
    total = sum(part.width for part in parts) * size + space * (len(parts) - 1)
    if total <= room:
        return (_line(parts, size),)
    lines: list[Line] = []
    current: list[Piece] = []
    filled = 0.0
    for part in parts:
        wide = part.width * size
        step = wide + (space if current and part.gap else 0.0)
        if current and filled + step > room:
            lines.append(_line(current, size))
            current, filled, step = [], 0.0, wide
        if wide > room:
            lines += _squeezed(part, room, size)
            continue
        current.append(part)
        filled += step
    if current:
        lines.append(_line(current, size))
    return tuple(lines)


def _line(parts: Sequence[Piece], size: float) -> Line:
    runs: list[Run] = []
    total = 0.0
    for i, part in enumerate(parts):
        text = f" {part.text}" if i and part.gap else part.text
        total += part.width + (width(" ") if i and part.gap else 0.0)
        if runs and runs[-1].bold == part.bold:
            runs[-1] = Run(runs[-1].text + text, part.bold)
        else:
            runs.append(Run(text, part.bold))
    return Line(tuple(runs), size, total * size)


def _squeezed(part: Piece, room: float, size: float) -> list[Line]:
    """A piece wider than the column: smaller type, as long as it can be read; then an address at its @."""
    smaller = min(size, int(room / part.width * 100) / 100)
    if smaller < READABLE and len(halves := _AT.split(part.text)) > 1:
        return [line for half in halves for line in wrap((_piece(half, part.bold),), room, size)]
    if smaller >= SMALLEST:
        return [Line((Run(part.text, part.bold),), smaller, part.width * smaller)]
    text = part.text
    while text and (width(text, part.bold) + width("…", part.bold)) * SMALLEST > room:
        text = text[:-1]
    return [_line((_piece(f"{text}…", part.bold),), SMALLEST)]


def _piece(text: str, bold: bool) -> Piece:
    return Piece(text, bold, True, width(text, bold))


def cut(lines: Sequence[Line], height: float) -> tuple[Line, ...]:
    """As many lines as fit in `height`, the last one ending in an ellipsis: only for a text longer than a page."""
    kept: list[Line] = []
    used = 0.0
    for line in lines:
        used += line.size * LEADING
        if used > height:
            break
        kept.append(line)
    if kept and len(kept) < len(lines):
        *head, (text, bold) = kept[-1].runs
        shorter = f"{text[:-2].rstrip()}…"
        line = kept[-1]
        kept[-1] = Line((*head, Run(shorter, bold)), line.size, line.width)
    return tuple(kept)
