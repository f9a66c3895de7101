"""Rows onto the clipboard: as tab-separated text for Excel and as a table for Word and Outlook, with headings."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from mama_desktop.i18n import Language
from mama_desktop.ui.rows_model import RowsModel

_on_clipboard: list[QMimeData] = []
Cell = tuple[str, bool]
"""Words, and whether they must stay text in Excel."""


def copy_rows(rows: RowsModel, chosen: Iterable[int], columns: Sequence[int], speak: Language) -> None:
    """Put rows of the screen on the clipboard."""
    heading: list[Cell] = [(speak.say(rows.field(c).label), True) for c in columns]
    table = [heading, *([_cell(rows, r, c, speak) for c in columns] for r in chosen)]
    data = QMimeData()
    data.setText("\r\n".join("\t".join(_plain(words) for words, _ in line) for line in table) + "\r\n")
    data.setHtml(_html(table))
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
    # What somebody typed into a form must never run as a formula.
    if words[:1] in ("=", "@"):
        words = f"'{words}"
    return '"' + words.replace('"', '""') + '"' if "\n" in words or words[:1] == '"' else words


def _html(table: list[list[Cell]]) -> str:
    # Excel takes this form before the plain one; its own number format keeps phone numbers and codes as text.
    def line(cells: list[Cell], tag: str) -> str:
        said = ((html.escape(words).replace("\n", "<br>"), " class='t'" if is_text else "") for words, is_text in cells)
        return "<tr>" + "".join(f"<{tag}{kind}>{words}</{tag}>" for words, kind in said) + "</tr>"

    style = "<style>.t{mso-number-format:'\\@'}</style>"
    body = line(table[0], "th") + "".join(line(cells, "td") for cells in table[1:])
    return f"<html><head><meta charset='utf-8'>{style}</head><body><table>{body}</table></body></html>"
