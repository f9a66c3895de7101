"""A table of the window as a list that leaves the house: its columns in their order, its rows as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mama_desktop import child
from mama_desktop.domain import ages
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.money import euros
from mama_desktop.domain.rows import FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import language as language_of
from mama_desktop.services import papers_about, short_ids
from mama_desktop.sheets.sheet import Column, Fact, Group, Kind, Row, Sheet, Value, Words
from mama_desktop.sheets.xlsx import write_xlsx

TABLE = "table"
# Up to here a thread is done before a child process could begin.
_MANY = 2_000
_TIMEOUT_S, _MEMORY_MB = 600, 3_000
_KINDS: dict[str, Kind] = {
    "date": "date", "datetime": "datetime", "time": "time", "number": "integer", "year": "integer", "bool": "yesno",
    "age": "integer", "money": "money", "decimal": "number",
}  # fmt: skip
_WIDTHS = {"date": 25.0, "datetime": 36.0}


def table_sheet(
    fields: Sequence[FieldInfo],
    rows: Sequence[Sequence[Any]],
    *,
    title: str,
    about: Sequence[tuple[Text, str]] = (),
    keys: Sequence[str] | None = None,
    language: str,
    now: dt.datetime,
) -> Sheet:
    """The list of a table: raw values of `fields` by row. about: labelled lines above it (the filters).

    keys: of the rows' records; with them a first column of short codes by which a corrected list is recognised.
    """
    speak = language_of(language)
    columns = [
        Column(f.key, Words(speak.say(f.label)), _KINDS.get(f.kind, "text"), _WIDTHS.get(f.kind)) for f in fields
    ]
    said = [_said(f, language) for f in fields]
    values: list[Row] = [tuple(say(v) if say else v for say, v in zip(said, row, strict=True)) for row in rows]
    if keys is not None:
        columns.insert(0, Column("short_id", Words(speak.say(short_ids.HEADING)), "text", 26.0))
        values = [(short_ids.short_id(key), *row) for key, row in zip(keys, values, strict=True)]
    facts = (*about, (T("Made on"), speak.date_time(now)), (T("Rows"), speak.number(len(rows))))
    return Sheet(
        key=TABLE,
        title=Words(title),
        columns=tuple(columns),
        groups=(Group(tuple(values)),),
        language=language,
        facts=tuple(Fact(Words(speak.say(label)), value) for label, value in facts),
        page_word=papers_about.page_word(language),
        created=now,
    )


def write_table(sheet: Sheet, path: Path, report: child.Report | None = None) -> None:
    """Write it as a workbook or, by the name's ending, as a PDF; a long one in a child process."""
    if sum(len(group.rows) for group in sheet.groups) <= _MANY:
        write_there(sheet, path)
        return
    broken = OfficeError(T("The document could not be made."), safe=T("Nothing was written and nothing was changed."))
    child.run(write_there, sheet, path, timeout_s=_TIMEOUT_S, memory_mb=_MEMORY_MB, report=report, broken=broken)


def write_there(sheet: Sheet, path: Path) -> None:
    """What a child does too."""
    if path.suffix.lower() == ".pdf":
        from mama_desktop.sheets.pdf import write_pdf

        write_pdf(sheet, path)
    else:
        write_xlsx(sheet, path)


def _said(info: FieldInfo, code: str) -> Callable[[Any], Value] | None:
    """How a value stands on the list; None where it stays as it is."""
    speak = language_of(code)
    said = {key: speak.say(text) for key, text in info.choices.items()}
    match info.kind:
        case "choices":
            return lambda value: ", ".join(said.get(one, str(one)) for one in value or ())
        case "country":
            return lambda value: speak.country(value) if value else None
        case "age":
            return _age
        case "event-dates":
            return lambda value: speak.event_dates(*value) if value else None
        case "money":
            return euros
        case "number" | "decimal" | "year" | "bool" | "date" | "datetime" | "time":
            return None
        case _ if info.choices:
            return lambda value: said.get(value, value)
        case _:
            return lambda value: None if value is None else str(value)


def _age(age: Any) -> Value:
    """A number when it is known to the year, else from–to."""
    if isinstance(age, ages.Age):
        return age.low if age.low == age.high else str(age)
    return None if age is None else int(age)
