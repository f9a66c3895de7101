"""Text with separators: which separator, and the cells (also 1KA's `="…"` and Excel's `sep=;`)."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator

SEPARATORS = ";\t,|"
_FORMULA = {sep: re.compile(rf'(^|{re.escape(sep)})="', re.MULTILINE) for sep in SEPARATORS}
_SEP_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_MOST_LINES_IN_A_CELL = 300
_TEXT_MARK = re.compile(r"^'(?=[\d+=@-])")


def separator_of(text: str) -> str:
    """The separator that cuts the first records into the most even rows; "" when the text is plain lines."""
    declared = _SEP_LINE.match(text)
    if declared and declared.group(1) in SEPARATORS:
        return declared.group(1)
    head = text[:64_000]
    if len(text) > len(head):
        head = head.rpartition("\n")[0] or head
    best, best_score = "", 0.0
    for separator in SEPARATORS:
        if separator not in head:
            continue
        score = _evenness(head, separator)
        if score > best_score:
            best, best_score = separator, score
    return best


def _evenness(head: str, separator: str) -> float:
    widths = []
    try:
        for row in _parse(head, separator):
            if any(row):
                widths.append(len(row))
            if len(widths) >= 100:
                break
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    # A comma within names or sentences cuts few rows, and unevenly.
    wide = [width for width in widths if width > 1]
    if len(wide) < max(1, len(widths) * 0.3):
        return 0.0
    width, count = Counter(wide).most_common(1)[0]
    share = count / len(widths)
    prior: float = {";": 1.05, "\t": 1.1, ",": 1.0, "|": 0.95}[separator]
    return share * share * math.sqrt(min(width, 12)) * prior


def cells(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a text; each is one row, also when a cell holds line breaks. An empty line is an empty row."""
    declared = _SEP_LINE.match(text)
    if declared:
        text = text[declared.end() :]
        yield []
    if not separator:
        for line in text.splitlines():
            yield [line]
        return
    for row in _rows(text, separator):
        yield [_TEXT_MARK.sub("", cell) if cell[:1] == "'" else cell for cell in row]


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """The parsed rows; a quotation mark that is never closed must not swallow the rest of the file."""
    rows = []
    for row in _parse(text, separator):
        if any(cell.count("\n") > _MOST_LINES_IN_A_CELL for cell in row if len(cell) > _MOST_LINES_IN_A_CELL):
            return iter(csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE))
        rows.append(row)
    return iter(rows)


def _parse(text: str, separator: str) -> Iterator[list[str]]:
    if '="' in text:
        text = _FORMULA[separator].sub(r'\1"', text)
    # The C parser's own limit of 128 kB a cell would stop at one long answer.
    csv.field_size_limit(16 * 2**20)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
