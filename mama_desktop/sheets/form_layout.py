"""Where everything of a registration form stands on its pages: questions, boxes to fill in, and what is between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mama_desktop.domain.forms import OF, ascii_name
from mama_desktop.sheets.blocks import ACCENT, MUTED, TEXT, Block
from mama_desktop.sheets.form import Form, FormField, FormSection
from mama_desktop.sheets.sheet import Words
from mama_desktop.sheets.table import MM
from mama_desktop.sheets.typeface import fit, pieces

GAP = 8 * MM
_LINE, _BOX = 19.0, 10.0
# Beyond so many the choices become a list to open: a page of circles is no form.
MOST_DRAWN = 20
_LONG_TEXT = 62.0
_SHADE = "#E0F1EF"


@dataclass(frozen=True)
class Place:
    """A box to fill in, in points from the left and from the top. kind: text, lines, tick, round, list.

    name: of its field. state: of a tick or a circle. said: what a screen reader calls it.
    """

    name: str
    kind: str
    x: float
    y: float
    wide: float
    high: float
    said: str
    state: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    def moved(self, x: float, y: float) -> Place:
        return replace(self, x=self.x + x, y=self.y + y)


@dataclass
class Piece(Block):
    """A part of a form that stays whole. glued: it stays with the one before it. fills: shaded grounds."""

    places: list[Place] = field(default_factory=list)
    fills: list[tuple[float, float, float, float, str]] = field(default_factory=list)
    glued: bool = False

    def take(self, other: Piece, x: float, y: float) -> None:
        """Put another piece into this one, at a place."""
        self.texts += [(at + x, down + y, line, colour) for at, down, line, colour in other.texts]
        self.places += [place.moved(x, y) for place in other.places]


def pieces_of(form: Form, room: float) -> Iterator[Piece]:
    """The form's body from top to bottom."""
    if form.intro:
        yield _intro(form, room)
    for section in form.sections:
        yield _section_title(section, room)
        glued = True
        for line in section.lines:
            yield _sentence(line, room, glued=glued)
            glued = False
        for row in _rows(section.fields):
            for piece in _row(row, form, room):
                piece.glued = piece.glued or glued
                glued = False
                yield piece


def pages_of(parts: Sequence[Piece], first: float, later: float) -> list[list[Piece]]:
    """The pieces page by page; what is glued moves together, unless together it is higher than a page."""
    groups: list[list[Piece]] = []
    for piece in parts:
        if piece.glued and groups:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    pages: list[list[Piece]] = [[]]
    left = first
    for group in groups:
        high = sum(piece.height for piece in group)
        if high > left and pages[-1] and high <= later:
            pages.append([])
            left = later
        for piece in group:
            if piece.height > left and pages[-1]:
                pages.append([])
                left = later
            pages[-1].append(piece)
            left -= piece.height
    return pages


def _intro(form: Form, room: float) -> Piece:
    piece = Piece()
    y = 9.0
    for line in form.intro:
        y = piece.write(12, y, room - 24, line, (9.0,), TEXT, height=999) + 3.0
    y = piece.write(12, y + 1.5, room - 24, f"*  {form.words.required.line}", (8.2,), MUTED, height=99)
    piece.fills.append((0, 0, room, y + 7, _SHADE))
    piece.height = y + 7 + 9
    return piece


def _section_title(section: FormSection, room: float) -> Piece:
    piece = Piece()
    y = 13.0
    end = piece.write(0, y, room, section.title.first, (12.5, 11.5), ACCENT, bold=True, height=34)
    if section.title.second:
        end = piece.write(0, end + 0.5, room, section.title.second, (8.4,), MUTED, height=30)
    piece.rules.append((0, end + 3.5, room, 0.7, ACCENT))
    piece.height = end + 13.0
    return piece


def _sentence(line: str, room: float, *, glued: bool) -> Piece:
    piece = Piece(glued=glued)
    piece.height = piece.write(0, 0, room, line, (8.4,), TEXT, height=9999) + 5.0
    return piece


def _rows(fields: Sequence[FormField]) -> Iterator[tuple[FormField, ...]]:
    """Short fields stand two by two, everything else alone."""
    waiting: list[FormField] = []
    for one in fields:
        if is_wide(one):
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield (one,)
            continue
        waiting.append(one)
        if len(waiting) == 2:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def is_wide(one: FormField) -> bool:
    if one.wide or one.kind not in ("text", "number", "date", "email", "phone"):
        return True
    return max(len(one.label.first), len(one.label.second)) > 60 or len(one.help.first) > 60


def _row(row: tuple[FormField, ...], form: Form, room: float) -> Iterator[Piece]:
    if len(row) == 1 and is_wide(row[0]):
        yield from _alone(row[0], form, room)
        return
    half = (room - GAP) / 2
    cells = [_head(one, form, half) for one in row]
    top = max(cell.height for cell in cells)
    whole = Piece()
    for i, (one, cell) in enumerate(zip(row, cells, strict=True)):
        # The boxes of a row stand on one line, whatever the length of what is asked.
        whole.take(cell, i * (half + GAP), top - cell.height)
        whole.places.append(Place(one.name, "text", i * (half + GAP), top, half, _LINE, _said(one), "", one.required))
    whole.height = top + _LINE + 11
    yield whole


def _alone(one: FormField, form: Form, room: float) -> Iterator[Piece]:
    """A field of the page's width; several pieces where there are many choices."""
    if one.kind == "tick":
        yield _ticked(one, room)
        return
    piece = _head(one, form, room)
    top = piece.height
    if one.kind in ("bool", "agree"):
        words = (form.words.yes, form.words.no) if one.kind == "bool" else (form.words.agree, form.words.disagree)
        yield _beside(piece, one, words, room)
    elif one.kind in ("choice", "choices") and len(one.choices) <= MOST_DRAWN:
        yield from _choices(piece, one, room)
    elif one.kind == "choice":
        shown = tuple((choice.key, choice.words.line) for choice in one.choices)
        piece.places.append(Place(one.name, "list", 0, top, room, _LINE, _said(one), "", one.required, shown))
        piece.height = top + _LINE + 11
        yield piece
    elif one.kind == "choices":
        yield from _choices(piece, one, room)
    elif one.kind == "file":
        piece.height = piece.write(0, top, room, form.words.file_hint.line, (8.6,), MUTED, height=60) + 11
        yield piece
    else:
        lines = one.kind == "long-text"
        high = _LONG_TEXT if lines else _LINE
        kind = "lines" if lines else "text"
        piece.places.append(Place(one.name, kind, 0, top, room, high, _said(one), "", one.required))
        piece.height = top + high + 11
        yield piece


def _head(one: FormField, form: Form, room: float) -> Piece:
    """What is asked, in the second language smaller, and how to answer."""
    piece = Piece()
    star = " *" if one.required else ""
    y = piece.write(0, 0, room, one.label.first + star, (9.2,), TEXT, bold=True, height=9999)
    if one.label.second and one.label.second != one.label.first:
        y = piece.write(0, y, room, one.label.second, (8.2,), MUTED, height=9999)
    hint = {"date": form.words.date_hint, "choice": form.words.one_of, "choices": form.words.several_of}
    for words in (one.only_if, one.help, hint.get(one.kind, Words(""))):
        if words.first:
            y = piece.write(0, y + 0.8, room, words.line, (7.8,), MUTED, height=9999)
    piece.height = y + 3.2
    return piece


def _ticked(one: FormField, room: float) -> Piece:
    piece = Piece()
    star = " *" if one.required else ""
    x = _BOX + 7
    y = piece.write(x, 0, room - x, one.label.first + star, (9.2,), TEXT, height=9999)
    for words in (one.label.second, one.help.line):
        if words:
            y = piece.write(x, y + 0.6, room - x, words, (8.0,), MUTED, height=9999)
    piece.places.append(Place(one.name, "tick", 0, 0.8, _BOX, _BOX, _said(one), "Yes", one.required))
    piece.height = y + 9
    return piece


def _beside(piece: Piece, one: FormField, words: tuple[Words, Words], room: float) -> Piece:
    x, y = 0.0, piece.height + 1
    for state, said in zip(("yes", "no"), words, strict=True):
        piece.places.append(
            Place(one.name, "round", x, y, _BOX, _BOX, f"{_said(one)}: {said.line}", state, one.required)
        )
        lines, _ = fit(pieces(said.line), room / 2 - 24, 12, (9.2, 8.4, 7.6))
        for line in lines[:1]:
            piece.texts.append((x + _BOX + 6, y + 8.8, line, TEXT))
            x += _BOX + 6 + line.width + 26
    piece.height = y + _BOX + 11
    return piece


def _choices(piece: Piece, one: FormField, room: float) -> Iterator[Piece]:
    """A circle or a box for each choice, in as many columns as their words allow."""
    columns = _columns(one, room)
    wide = (room - GAP * (columns - 1)) / columns
    rows = -(-len(one.choices) // columns)
    many = one.kind == "choices"
    for at in range(rows):
        line = piece if at == 0 else Piece(glued=True)
        top = line.height + (1 if at == 0 else 0)
        end = top
        for column in range(columns):
            # Read down, then to the right.
            place = column * rows + at
            if place >= len(one.choices):
                continue
            choice = one.choices[place]
            x = column * (wide + GAP)
            state = ascii_name(choice.key)
            name = f"{one.name}{OF}{state}" if many else one.name
            said = f"{_said(one)}: {choice.words.line}"
            line.places.append(
                Place(name, "tick" if many else "round", x, top + 1, _BOX, _BOX, said, "Yes" if many else state,
                      one.required and not many)
            )  # fmt: skip
            down = line.write(x + _BOX + 6, top, wide - _BOX - 6, choice.words.line, (9.2,), TEXT, height=9999)
            end = max(end, down)
        line.height = end + (11 if at == rows - 1 else 5)
        yield line


def _columns(one: FormField, room: float) -> int:
    widest = max((sum(p.width + 0.26 for p in pieces(c.words.line)) * 9.2 for c in one.choices), default=0.0)
    for columns in (3, 2):
        wide = (room - GAP * (columns - 1)) / columns - _BOX - 6
        if widest <= wide and len(one.choices) > columns:
            return columns
    return 1


def _said(one: FormField) -> str:
    return one.label.line
