"""A filled-in form in a workbook to answers, a row for each person; read in a child process only."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.forms import MARK, OF, identity_of, key_of
from mama_desktop.domain.text import T
from mama_desktop.intake import refusals
from mama_desktop.intake.returned import Answered, Returned
from mama_desktop.intake.tables import Cell, tidy_row
from mama_desktop.intake.workbooks import package_kind

_LOOK_AT = 60
_HEADINGS = re.compile(r"headings=(\d)")
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>([^<]+)<")


class NoForm(Exception):
    """A workbook, but not a form of ours."""


class EmptyForm(OfficeError):
    """A form of ours in which nothing stands."""


def read_form_xlsx(path: Path, name: str = "") -> list[Returned]:
    """Everybody in a workbook that is a form of ours; raises NoForm for any other, OfficeError for a broken one."""
    import python_calamine as calamine

    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        package_kind(path)
    try:
        # By its content, whatever its ending says.
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
            found = _form_sheet(book)
    except calamine.PasswordError as error:
        raise refusals.password() from error
    except (calamine.CalamineError, OSError, ValueError, UnicodeError) as error:
        raise refusals.damaged() from error
    if found is None:
        raise NoForm
    rows, top, at = found
    sent = _sent(path) if packed else _on_disk(path)
    forms = _people(rows, at, top, name or path.name, sent)
    if not forms:
        raise EmptyForm(T("The form is empty: nothing was filled in or saved."))
    return forms


def _form_sheet(book: Any) -> tuple[list[list[Cell]], int, int] | None:
    """The rows of the sheet with the form, the number of the first one, and where the names of the fields stand."""
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None or name == MARK:
            continue
        rows = [tidy_row(row) for row in sheet.to_python(skip_empty_area=True, nrows=None)]
        for at, row in enumerate(rows[:_LOOK_AT]):
            if row and isinstance(row[0], str) and identity_of(row[0]):
                return rows, sheet.start[0], at
    return None


def _people(rows: Sequence[Sequence[Cell]], at: int, top: int, file: str, sent: dt.datetime) -> list[Returned]:
    mark = str(rows[at][0])
    identity = identity_of(mark)
    deep = _HEADINGS.search(mark)
    headings = int(deep[1]) if deep else 1
    names = [str(cell) for cell in rows[at]]
    over = [str(cell) for cell in rows[at + 1]] if len(rows) > at + 1 else []
    below = [str(cell) for cell in rows[at + 2]] if headings > 1 and len(rows) > at + 2 else []
    labels = _labels(names, over, below)
    found = []
    for number, row in enumerate(rows[at + 1 + headings :], at + 1 + headings):
        values = _values(names, row)
        if values:
            found.append(Returned(file, identity, values, labels, top + number + 1, sent, by_key=False))
    return found


def _labels(names: Sequence[str], over: Sequence[str], below: Sequence[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for place, name in enumerate(names):
        field, _, key = name.partition(OF)
        heading = over[place] if place < len(over) else ""
        # Over several columns the question stands in the first only.
        if heading or field not in labels:
            labels.setdefault(field, heading.removesuffix(" *"))
        if key and place < len(below):
            labels[f"{field}{OF}{key_of(key)}"] = below[place]
    return labels


def _values(names: Sequence[str], row: Sequence[Cell]) -> dict[str, Answered]:
    """What somebody has filled in; the first column only counts."""
    values: dict[str, Answered] = {}
    for place, cell in enumerate(row):
        if not place or cell == "" or place >= len(names) or not names[place]:
            continue
        field, _, key = names[place].partition(OF)
        if key:
            chosen = values.get(field, ())
            if not _is_no(cell):
                values[field] = (*(chosen if isinstance(chosen, tuple) else ()), key_of(key))
        else:
            values[field] = cell
    return values


def _is_no(cell: Cell) -> bool:
    return cell is False or (isinstance(cell, str) and cell.strip().lower() in ("ne", "no", "n", "-", "/", "0"))


def _sent(path: Path) -> dt.datetime:
    """When the workbook was last saved, as it says itself."""
    try:
        with zipfile.ZipFile(path) as package:
            head = package.open("docProps/core.xml").read(20_000)
        found = _MODIFIED.search(head)
        moment = dt.datetime.fromisoformat(found[1].decode().strip()) if found else None
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        moment = None
    if moment is None:
        return _on_disk(path)
    return (moment.astimezone() if moment.tzinfo else moment).replace(tzinfo=None, microsecond=0)


def _on_disk(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006 - the office's clock
