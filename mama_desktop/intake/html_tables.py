"""Tables inside HTML: 1KA's ".xls", what Word and Outlook put on the clipboard, and Excel's own XML of 2003."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from mama_desktop.intake.tables import MAX_COLUMNS, Cell

_BREAKS = {"br", "p", "div", "li"}
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "cell"}
_TABLES = {"table"}
_HTML = re.compile(
    r"<(!doctype html|html|table|tr|td|body|meta|\?xml[^>]*\?>\s*(<\?mso[^>]*>\s*)?<(ss:)?workbook)", re.IGNORECASE
)


def looks_like_html(head: str) -> bool:
    """Whether a text begins as HTML or as Excel's XML of 2003 does."""
    return bool(_HTML.search(head[:4000]))


def tables(text: str) -> list[list[list[Cell]]]:
    """The rows of each table; a table inside a cell is read as text of that cell."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.finish()
    return [table for table in parser.tables if any(any(cell != "" for cell in row) for row in table)]


class _Tables(HTMLParser):
    """Collects cells; `colspan` and `rowspan` leave the further cells empty or repeat the value downwards."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[Cell]]] = []
        self._depth = 0
        self._row: list[Cell] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._hanging: dict[int, tuple[int, str]] = {}
        self._skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.removeprefix("ss:")
        if tag in ("style", "script"):
            self._skip += 1
        elif tag in _TABLES:
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._hanging = {}
        elif self._depth == 1 and tag in _ROWS:
            self._close_row()
            self._row = []
        elif self._depth == 1 and tag in _CELLS:
            self._open_cell(dict(attrs))
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        if tag in ("style", "script"):
            self._skip = max(0, self._skip - 1)
        elif tag in _TABLES and self._depth:
            if self._depth == 1:
                self._close_row()
            self._depth -= 1
        elif self._depth == 1 and tag in _ROWS:
            self._close_row()
        elif self._depth == 1 and tag in _CELLS:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skip:
            self._cell.append(data)

    def finish(self) -> None:
        """Close what a truncated text left open."""
        self._close_row()

    def _open_cell(self, attrs: dict[str, str | None]) -> None:
        self._close_cell()
        if self._row is None:
            self._row = []
        self._fill_hanging()
        jump = attrs.get("ss:index")
        if jump and jump.isdigit():
            self._row += [""] * (min(int(jump), MAX_COLUMNS) - 1 - len(self._row))
        self._span = (_count(attrs.get("colspan")), _count(attrs.get("rowspan")))
        self._cell = []

    def _close_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        value = " ".join("".join(self._cell).split())
        # 1KA writes ="value" here as well.
        if value.startswith('="') and value.endswith('"'):
            value = value[2:-1]
        across, down = self._span
        if down > 1:
            self._hanging[len(self._row)] = (down - 1, value)
        self._row += [value, *[""] * (across - 1)]
        self._cell = None

    def _fill_hanging(self) -> None:
        assert self._row is not None
        while (place := len(self._row)) in self._hanging:
            left, value = self._hanging.pop(place)
            self._row.append(value)
            if left > 1:
                self._hanging[place] = (left - 1, value)

    def _close_row(self) -> None:
        self._close_cell()
        if self._row is None:
            return
        self._fill_hanging()
        if self.tables:
            self.tables[-1].append(self._row)
        self._row = None


def _count(words: str | None) -> int:
    return min(int(words), MAX_COLUMNS) if words and words.isdigit() and int(words) else 1
