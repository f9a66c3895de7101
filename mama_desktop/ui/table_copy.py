"""Rows and cells onto the clipboard: as tab-separated text for Excel and as a table for Word and Outlook."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from mama_desktop.domain.money import euros
from mama_desktop.i18n import Language
from mama_desktop.ui.rows_model import RowsModel

_NUMBER = re.compile(r"[+-][\d\s()/.,-]*")
_on_clipboard: list[QMimeData] = []
Cell = tuple[str, bool]
"""Words, and whether they must stay text in Excel."""


def copy_rows(rows: RowsModel, chosen: Iterable[int], columns: Sequence[int], speak: Language) -> None:
    """Put rows of the screen on the clipboard, with headings."""
    _put([_headings(rows, columns, speak), *([_cell(rows, r, c, speak) for c in columns] for r in chosen)])


def copy_cells(
    rows: RowsModel, chosen: Mapping[int, Sequence[int]], speak: Language, *, with_headings: bool = False
) -> None:
    """Put cells of the screen (row → its columns) on the clipboard; between them what was not chosen stays empty."""
    wanted = dict.fromkeys(c for some in chosen.values() for c in some)
    columns = [c for c in max(chosen.values(), key=len, default=()) if c in wanted]
    columns += [c for c in wanted if c not in columns]
    table = [[_cell(rows, r, c, speak) if c in some else ("", True) for c in columns] for r, some in chosen.items()]
    _put([_headings(rows, columns, speak), *table] if with_headings else table, heading=with_headings)


def put_words(words: str) -> None:
    """Plain words onto the clipboard."""
    QGuiApplication.clipboard().setText(words)


def emails_of(rows: RowsModel, chosen: Iterable[int]) -> tuple[list[str], int]:
    """The e-mails of rows of the screen, each once, in their order; and how many rows have none."""
    columns = [c for c, field in enumerate(rows.listing.fields) if field.kind == "email"]
    found: dict[str, str] = {}
    without = 0
    for row in chosen:
        values = rows.listing.rows[rows.order[row]]
        email = next((values[c].strip() for c in columns if values[c] and values[c].strip()), "")
        if email:
            found.setdefault(email.casefold(), email)
        else:
            without += 1
    return list(found.values()), without


def _headings(rows: RowsModel, columns: Sequence[int], speak: Language) -> list[Cell]:
    return [(speak.say(rows.field(c).label), True) for c in columns]


def _put(table: list[list[Cell]], *, heading: bool = True) -> None:
    data = QMimeData()
    data.setText("\r\n".join("\t".join(_plain(words) for words, _ in line) for line in table) + "\r\n")
    data.setHtml(_html(table, heading=heading))
    _on_clipboard[:] = [data]
    QGuiApplication.clipboard().setMimeData(data)


def release_clipboard() -> None:
    """Before the end: what we put there is an object of Python, and Qt lets it go only when Python is gone (a crash).

    The plain form stays where the system keeps it.
    """
    # Whoever copies after us makes Qt let go of ours.
    if any(shiboken6.isValid(data) for data in _on_clipboard):
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(clipboard.text())
    _on_clipboard.clear()


def _cell(rows: RowsModel, row: int, column: int, speak: Language) -> Cell:
    value: Any = rows.listing.rows[rows.order[row]][column]
    words = rows.words(row, column)
    # Excel reads 2. 4. 2020 and 1234,5 as a date and a number, but not an English month or a grouped thousand.
    if rows.field(column).kind == "money":
        value = euros(value)
    match value:
        case bool():
            return words, True
        case dt.date() if not isinstance(value, dt.datetime):
            return (words if speak.code == "sl" else value.isoformat()), False
        case int():
            return str(value), False
        case float() | Decimal():
            return (str(value).replace(".", ",") if speak.code == "sl" else str(value)), False
        case _:
            return words, True


def _plain(words: str) -> str:
    words = words.replace("\t", " ")
    # What somebody typed into a form must never run as a formula; telephone numbers and amounts stay as they are.
    if words[:1] in ("=", "@") or (words[:1] in ("+", "-") and not _NUMBER.fullmatch(words)):
        words = f"'{words}"
    return '"' + words.replace('"', '""') + '"' if "\n" in words or words[:1] == '"' else words


def _html(table: list[list[Cell]], *, heading: bool) -> str:
    # Excel takes this form before the plain one; its own number format keeps phone numbers and codes as text.
    def line(cells: list[Cell], tag: str) -> str:
        said = ((html.escape(words).replace("\n", "<br>"), " class='t'" if is_text else "") for words, is_text in cells)
        return "<tr>" + "".join(f"<{tag}{kind}>{words}</{tag}>" for words, kind in said) + "</tr>"

    style = "<style>.t{mso-number-format:'\\@'}</style>"
    first = line(table[0], "th" if heading else "td")
    body = first + "".join(line(cells, "td") for cells in table[1:])
    return f"<html><head><meta charset='utf-8'>{style}</head><body><table>{body}</table></body></html>"
