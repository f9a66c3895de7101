"""Reading a file or a pasted text into tables, by what is inside and not by what it is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mama_desktop.domain.text import T
from mama_desktop.intake import delimited, encoding, html_tables, refusals
from mama_desktop.intake.grid import Grid, table_of
from mama_desktop.intake.tables import MAX_COLUMNS, MAX_ROWS, RawRow, Reading, Table, collector_at_rest, tidy_row
from mama_desktop.intake.vocabulary import is_known_heading

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_BYTES = 300 * 2**20
_CHUNK = 400
_BIFF = re.compile(rb"^\x09[\x00\x02\x04\x08]")
_OTHER_FILES = (
    (b"%PDF", T("a PDF document")),
    (b"{\\rtf", T("a text document")),
    (b"\x89PNG", T("a picture")),
    (b"\xff\xd8\xff", T("a picture")),
    (b"GIF8", T("a picture")),
    (b"BM", T("a picture")),
    (b"\x7fELF", T("a program")),
    (b"MZ", T("a program")),
    (b"SQLite format 3", T("a database")),
    (b"7z\xbc\xaf", T("a packed folder (ZIP)")),
    (b"Rar!", T("a packed folder (ZIP)")),
    (b"\x1f\x8b", T("a packed folder (ZIP)")),
)


def read_file(path: Path) -> Reading:
    """The tables of a file's visible sheets. Raises OfficeError in the user's words.

    Call it through `opening.open_file`: a native parser may abort, and must not take the window with it.
    """
    try:
        if path.is_dir():
            raise refusals.folder()
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise refusals.missing() from error
    except OSError as error:
        raise refusals.closed() from error
    if not size:
        raise refusals.empty()
    if size > _MOST_BYTES:
        raise refusals.too_large()
    if head.startswith(b"PK"):
        kind = _package_kind(path)
        return _from_grids(path.name, kind, _workbook(path, kind))
    if head.startswith(_OLE) or _BIFF.match(head):
        _check_ole(path)
        return _from_grids(path.name, "xls", _workbook(path, "xls"))
    for magic, name in _OTHER_FILES:
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head):
            raise refusals.refused(name)
    return _from_text(path.name, path.read_bytes())


def read_text(pasted: str) -> Reading:
    """What was pasted: cells from Excel, a table from Word or Outlook (HTML or text), or lines of names."""
    if not pasted.strip():
        raise refusals.nothing_pasted()
    return _read_words("", pasted, "utf-8")


def read_parts(path: str) -> Iterator[object]:
    """The same as `read_file` in parts: the reading without rows, then (table, rows) a few hundred at a time."""
    with collector_at_rest():
        reading = read_file(Path(path))
    yield replace(reading, tables=tuple(replace(table, rows=()) for table in reading.tables))
    for index, table in enumerate(reading.tables):
        for start in range(0, len(table.rows), _CHUNK):
            yield index, [tuple(row) for row in table.rows[start : start + _CHUNK]]


def join_parts(parts: list[object]) -> Reading:
    """The reading that `read_parts` took apart."""
    reading = parts[0]
    assert isinstance(reading, Reading)
    rows: list[list[RawRow]] = [[] for _ in reading.tables]
    make = RawRow._make
    with collector_at_rest():
        for part in parts[1:]:
            assert isinstance(part, tuple)
            rows[part[0]] += map(make, part[1])
    tables = tuple(replace(table, rows=tuple(own)) for table, own in zip(reading.tables, rows, strict=True))
    return replace(reading, tables=tables)


def _package_kind(path: Path) -> str:
    from mama_desktop.intake import workbooks

    return workbooks.package_kind(path)


def _workbook(path: Path, kind: str) -> list[Grid]:
    from mama_desktop.intake import workbooks

    return workbooks.grids(path, kind)


def _check_ole(path: Path) -> None:
    """An encrypted workbook is an OLE file with these streams; a Word document has its own."""
    data = path.read_bytes()
    if any(name.encode("utf-16-le") in data for name in ("EncryptedPackage", "EncryptionInfo")):
        raise refusals.password()
    if "WordDocument".encode("utf-16-le") in data:
        raise refusals.refused(T("a text document"))
    if "__substg1.0_".encode("utf-16-le") in data:
        raise refusals.refused(T("an e-mail message"))


def _from_text(name: str, data: bytes) -> Reading:
    words, code = encoding.decode(data)
    if not words.strip("\0 \t\r\n"):
        raise refusals.empty()
    head = words[:4000]
    strange = sum(1 for c in head if c == "\ufffd" or (unicodedata.category(c) == "Cc" and c not in "\t\r\n\f\v"))
    if strange > max(3, len(head) * 0.02):
        raise refusals.damaged()
    return _read_words(name, words, code)


def _read_words(name: str, words: str, code: str) -> Reading:
    """Decoded text: HTML, separated values, or plain lines."""
    if html_tables.looks_like_html(words):
        found = html_tables.tables(words)
        if found:
            grids = [Grid("", [tidy_row(row) for row in table]) for table in found]
            return replace(_from_grids(name, "html", grids), encoding=code)
        if name:
            raise refusals.no_table()
        words = _without_tags(words)
    separator = delimited.separator_of(words)
    if not separator:
        return replace(_from_lines(name, words), encoding=code)
    rows = [tidy_row(row) for row in delimited.cells(words, separator)]
    return replace(_from_grids(name, "csv" if name else "text", [Grid("", rows)]), encoding=code, separator=separator)


def _without_tags(words: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]*>", "\n", words))


def _from_lines(name: str, words: str) -> Reading:
    """Names under each other ("1. Ana Kovač <ana@example.org>"), one a line: a table of one or two columns."""
    rows = []
    for line in words.splitlines():
        bare = re.sub(r"^\s*(\d{1,3}[.)]|[-•*–])\s+", "", line)
        address = re.search(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+", bare)
        label = bare
        if address:
            around = r"[<(\[]?\s*(mailto:)?" + re.escape(address.group()) + r"\s*[>)\]]?"
            label = re.sub(around, " ", bare).strip(" ,;:–-")
        rows.append(tidy_row([label, address.group() if address else ""]))
    return _from_grids(name, "lines", [Grid("", rows)])


def _from_grids(name: str, kind: str, grids: list[Grid]) -> Reading:
    tables = [table for grid in grids if (table := table_of(grid)) is not None]
    if not tables:
        raise refusals.no_table() if kind in ("html",) else refusals.empty()
    for table in tables:
        if len(table.rows) > MAX_ROWS or len(table.headings) > MAX_COLUMNS:
            raise refusals.too_many_rows()
    return Reading(name, kind, tuple(tables), _best(tables))


def _best(tables: list[Table]) -> int:
    """The sheet with the most headings that are understood, then with the most rows."""

    def worth(index: int) -> tuple[int, int]:
        table = tables[index]
        known = sum(1 for heading in table.headings if heading and is_known_heading(heading))
        return (known if table.rows else -1, len(table.rows))

    return max(range(len(tables)), key=worth)
