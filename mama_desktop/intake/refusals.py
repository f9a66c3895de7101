"""Why a file is not taken in: each in one clear sentence, with what to do next."""

from __future__ import annotations

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.intake.tables import MAX_CELLS, MAX_COLUMNS, MAX_ROWS


def _refusal(what: Text, todo: Text) -> OfficeError:
    return OfficeError(what, safe=T("Nothing has been taken in; your data is as it was."), todo=todo)


def damaged() -> OfficeError:
    return _refusal(
        T("The file could not be read: it is damaged or not a table."),
        T("Open it in Excel or LibreOffice, save it anew as .xlsx and try again, or ask the sender for it again."),
    )


def too_large() -> OfficeError:
    return _refusal(
        T("The file could not be read: it is damaged or too large (at most {rows} rows, {columns} columns and {cells} "
          "million cells).", rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS // 1_000_000),
        T("Open it in Excel, copy only the table that you need into a new workbook, and take that one in."),
    )  # fmt: skip


def too_many_rows() -> OfficeError:
    return _refusal(
        T("The table is too large: it has more than {rows} rows or {columns} columns.",
          rows=MAX_ROWS, columns=MAX_COLUMNS),
        T("Divide it into several smaller files and take them in one after another."),
    )  # fmt: skip


def password() -> OfficeError:
    return _refusal(
        T("The file is protected by a password, so it cannot be read."),
        T("Open it in Excel, remove the password (File, Info, Protect Workbook), save it and try again."),
    )


def empty() -> OfficeError:
    return _refusal(T("There is nothing in the file."), T("Check whether it is the right file."))


def no_table() -> OfficeError:
    return _refusal(T("No table was found in the file."), T("Check whether it is the right file."))


def nothing_pasted() -> OfficeError:
    return _refusal(
        T("There is nothing to paste."), T("Copy the cells or the list of names first, then paste them here.")
    )


def missing() -> OfficeError:
    return _refusal(T("The file is no longer there."), T("Check whether it was moved or renamed."))


def folder() -> OfficeError:
    return _refusal(T("This is a folder, not a file."), T("Choose the file with the registrations inside it."))


def closed() -> OfficeError:
    return _refusal(
        T("The file cannot be opened: another program holds it, or you have no right to read it."),
        T("Close it in the other program and try again, or save a copy of it."),
    )


def refused(kind: Text) -> OfficeError:
    return _refusal(
        T("The file is {kind}, not a table.", kind=kind),
        T("Open it, copy the table, and paste it here; or save it as .xlsx or .csv."),
    )
