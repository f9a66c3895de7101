"""The lists of transport as they go out: each with a code, kept with what it says, one for each trip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.i18n import language as language_of
from mama_desktop.services import issues, kept_lists, papers_about
from mama_desktop.services.kept_lists import Said
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_words import main_code, words
from mama_desktop.services.transport import lists_said, papers_trip
from mama_desktop.services.transport.papers_bus_firm import BUS_FIRM, BUS_FIRM_TITLE, firm_sheet, hired, with_names
from mama_desktop.services.transport.papers_manifest import (
    DRIVER,
    DRIVER_TITLE,
    MANIFEST,
    MANIFEST_TITLE,
    driver_sheet,
    manifest_sheet,
    warnings,
    wished,
)
from mama_desktop.services.transport.papers_plan import PLAN, plan_paper
from mama_desktop.services.transport.passengers import Load
from mama_desktop.sheets.files import safe_filename
from mama_desktop.sheets.pdf import print_pdfs
from mama_desktop.sheets.sheet import Book, Sheet
from mama_desktop.sheets.xlsx import write_xlsx

_TITLES = {MANIFEST: MANIFEST_TITLE, DRIVER: DRIVER_TITLE, BUS_FIRM: BUS_FIRM_TITLE}


def keep_manifest(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `make_manifest`, each trip's list kept."""
    return _keep_trips(
        session, event_id, MANIFEST, wished(session, event_id, options), manifest_sheet, lists_said.manifest_said,
        language=language or "sl", options=options, now=now, who=who,
    )  # fmt: skip


def keep_driver_sheet(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `make_driver_sheet`, each trip's list kept."""
    return _keep_trips(
        session, event_id, DRIVER, wished(session, event_id, options), driver_sheet, lists_said.driver_said,
        language=language or "sl", options=options, now=now, who=who,
    )  # fmt: skip


def keep_bus_firm_list(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `make_bus_firm_list`, each trip's list kept."""
    named = with_names(options)

    def sheet_of(known: papers_about.About, load: Load, paper: str, made: dt.datetime) -> Sheet:
        return firm_sheet(known, load, paper, made, named=named)

    def said_of(load: Load, paper: str) -> Said:
        return lists_said.firm_said(load, paper, named=named)

    return _keep_trips(
        session, event_id, BUS_FIRM, hired(wished(session, event_id, options), options), sheet_of, said_of,
        language=language or "sl", options=options, now=now, who=who,
    )  # fmt: skip


def keep_plan(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """As `make_plan`, kept as one list."""
    paper = language or "sl"
    made, plan = plan_paper(session, event_id, paper, now)
    assert isinstance(made.content, Book)
    code = issues.new_code(session)
    sheets = tuple(coded(sheet, code) for sheet in made.content.sheets)
    suffix = str(options.get("suffix") or ".pdf")
    data, pages = written(sheets, suffix)
    kept_lists.keep(
        session, document=PLAN, event_id=event_id, said=lists_said.plan_said(plan, paper), data=data, code=code,
        file_name=f"{made.file_name}{suffix}", now=now, who=who, language=paper, pages=pages,
    )  # fmt: skip
    return Paper(Book(sheets) if suffix == ".xlsx" else data, made.file_name, made.warnings)


def _keep_trips(
    session: Session,
    event_id: str,
    key: str,
    found: list[Load],
    sheet_of: Callable[[papers_about.About, Load, str, dt.datetime], Sheet],
    said_of: Callable[[Load, str], Said],
    *,
    language: str,
    options: Mapping[str, Any],
    now: dt.datetime,
    who: str,
) -> Paper:
    known = papers_about.about(session, event_id)
    suffix = str(options.get("suffix") or ".pdf")
    # Only what decides what stands on the list; which trips were printed together does not.
    kept_options = {"names": True} if key == BUS_FIRM and with_names(options) else {}
    title = words(_TITLES[key], language)
    sheets = []
    for load in found:
        code = issues.new_code(session)
        sheet = coded(sheet_of(known, load, language, now), code)
        data, pages = written((sheet,), suffix)
        day = language_of(main_code(language)).date(load.trip.day) if load.trip.day else ""
        name = safe_filename(
            ", ".join(p for p in (f"{known.event.code} {title.first.lower()}", load.trip.name, day) if p), suffix
        )
        kept_lists.keep(
            session, document=key, event_id=event_id, said=said_of(load, language), data=data, file_name=name,
            code=code, now=now, who=who, subject=load.trip.id, language=language, options=kept_options, pages=pages,
        )  # fmt: skip
        sheets.append(sheet)
    name = papers_trip.named(known, language, title, found)
    content = Book(tuple(sheets)) if suffix == ".xlsx" else print_pdfs(sheets)[0]
    return Paper(content, name, warnings(found))


def coded(sheet: Sheet, code: str) -> Sheet:
    """The sheet with the code under which its issue is kept."""
    return replace(sheet, code=f"MAMA:{code}", footer_left=f"{code} · {sheet.footer_left}")


def written(sheets: tuple[Sheet, ...], suffix: str) -> tuple[bytes, int]:
    """The file as bytes, and how many pages it has (of a workbook: sheets)."""
    if suffix != ".xlsx":
        data, printed = print_pdfs(sheets)
        return data, sum(one.pages for one in printed)
    with TemporaryDirectory() as folder:
        path = Path(folder, "list.xlsx")
        write_xlsx(Book(sheets), path)
        return path.read_bytes(), len(sheets)
