"""Address labels as a PDF for the usual label sheets, beginning at any label of the first sheet."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from mama_desktop import resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T
from mama_desktop.sheets.pdf import A4
from mama_desktop.sheets.table import MM
from mama_desktop.sheets.typeface import BOLD, LEADING, REGULAR, Line, fonts, pieces, wrap

USUAL = "70x36"
# A printer does not reach the edge of the paper: so much of a label at the edge stays empty, in mm.
_PAD, _EDGE = 4.0, 8.0
_SIZES = (11.0, 10.0, 9.2, 8.5, 7.8, 7.0, 6.2)


@dataclass(frozen=True)
class LabelSheet:
    """An A4 sheet of labels; width, height and the gap between columns in mm. There is none between rows."""

    key: str
    name: str
    width: float
    height: float
    columns: int
    rows: int
    gap: float = 0.0

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """The top left corner of the label of this number (from 0), in mm from that of the paper."""
        row, column = divmod(number, self.columns)
        left = (210 - self.columns * self.width - (self.columns - 1) * self.gap) / 2
        top = (297 - self.rows * self.height) / 2
        return left + column * (self.width + self.gap), top + row * self.height


@lru_cache(maxsize=1)
def label_sheets() -> dict[str, LabelSheet]:
    """The sheets there are, by key; their source stands in the file."""
    read = json.loads(resources.path("labels.json").read_text(encoding="utf-8"))
    return {one["key"]: LabelSheet(**one) for one in read["sheets"]}


def label_sheet(key: str) -> LabelSheet:
    """The sheet of a key; an unknown one is refused with those there are."""
    found = label_sheets().get(key or USUAL)
    if found is None:
        raise OfficeError(
            T("There is no label sheet called “{name}”.", name=key),
            todo=T("These can be printed: {keys}", keys=", ".join(label_sheets())),
        )
    return found


def labels_pdf(labels: Sequence[Sequence[str]], sheet: LabelSheet, *, start: int = 1, title: str = "") -> bytes:
    """One label for each address (its lines, the first one bold); start: the first free label, from 1."""
    from reportlab.pdfgen.canvas import Canvas

    if not 1 <= start <= sheet.count:
        raise OfficeError(
            T("The first label must be between 1 and {count}.", count=sheet.count), safe=T("Nothing was printed.")
        )
    fonts()
    data = BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    place = start - 1
    for lines in labels:
        if place == sheet.count:
            canvas.showPage()
            place = 0
        _draw(canvas, lines, sheet, place)
        place += 1
    canvas.save()
    return data.getvalue()


def _draw(canvas: object, lines: Sequence[str], sheet: LabelSheet, number: int) -> None:
    x, y = sheet.place(number)
    left, right = max(x + _PAD, _EDGE), min(x + sheet.width - _PAD, 210 - _EDGE)
    room, height = (right - left) * MM, (sheet.height - 2 * _PAD) * MM
    said = _fitted(lines, room, height)
    total = sum(line.size * LEADING for line in said)
    down = (y + _PAD) * MM + (height - total) / 2
    for line in said:
        text = canvas.beginText(left * MM, A4[1] - down - line.size * 0.98)  # type: ignore[attr-defined]  # untyped
        for run in line.runs:
            text.setFont(BOLD if run.bold else REGULAR, line.size)
            text.textOut(run.text)
        canvas.drawText(text)  # type: ignore[attr-defined]  # reportlab has no types
        down += line.size * LEADING


def _fitted(lines: Sequence[str], room: float, height: float) -> list[Line]:
    said: list[Line] = []
    for size in _SIZES:
        said = [line for i, text in enumerate(lines) for line in wrap(pieces(text, i == 0), room, size)]
        if sum(line.size * LEADING for line in said) <= height:
            break
    return said
