"""The registry of everything that can be made: its key, its title, what it is made for, and how it is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.projects import Project
from mama_desktop.domain.text import TN, T, fold, verbatim
from mama_desktop.i18n import language as language_of
from mama_desktop.services import events, issues, letter_documents, letters_apart, papers_changes, sessions, templates
from mama_desktop.services.declarations import keep_declaration
from mama_desktop.services.expenses import papers_claim, papers_grants, papers_order, papers_payments
from mama_desktop.services.list_splitting import write_by_organisation
from mama_desktop.services.paper import Document, Paper
from mama_desktop.services.papers_consent import (
    CONSENTS,
    CONSENTS_TITLE,
    EMERGENCY,
    EMERGENCY_TITLE,
    make_consents,
    make_emergency,
)
from mama_desktop.services.papers_form import PDF as FORM_PDF
from mama_desktop.services.papers_form import XLSX as FORM_XLSX
from mama_desktop.services.papers_form import FormOptions, form_of
from mama_desktop.services.papers_letters import LABELS, LETTERS
from mama_desktop.services.papers_list import LIST, MOST_ON_PAPER, ON_PAPER, ListOptions, participant_list
from mama_desktop.services.papers_online import DECLARATION, DECLARATION_TITLE, make_declaration
from mama_desktop.services.papers_sign_in import DOCUMENT as SIGN_IN
from mama_desktop.services.papers_sign_in import SignInOptions, sign_in
from mama_desktop.services.papers_words import main_code
from mama_desktop.services.transport import (
    papers_arrivals,
    papers_arrivals_kept,
    papers_bus_firm,
    papers_kept,
    papers_manifest,
    papers_plan,
)
from mama_desktop.sheets.files import safe_filename, write_through
from mama_desktop.sheets.sheet import Book
from mama_desktop.sheets.xlsx import write_xlsx
from mama_desktop.store.database import Database

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?|(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


def document_called(key: str) -> Document:
    """The document of a key; an unknown one is refused with the keys there are."""
    if key not in DOCUMENTS:
        raise OfficeError(
            T("There is no document called “{name}”.", name=key),
            todo=T("These can be made: {keys}", keys=", ".join(DOCUMENTS)),
        )
    return DOCUMENTS[key]


def make(
    db: Database,
    key: str,
    target: str,
    path: Path,
    *,
    language: str = "",
    options: Mapping[str, Any] | None = None,
) -> tuple[Path, ...]:
    """Make a document for a target as a person names it (event code, grant number, 2020-04) and write it to `path`.

    options "split": "organisation" makes a participant list for each organisation, named after it beside `path`.
    Letters into a folder, or to a name ending in .eml, are mail drafts in a new folder there; "split" makes a draft,
    or a file (.pdf, .docx), for each organisation.
    What is kept as an issue is kept only when the file could be written. In a read-only view it is made without a
    code, as the preview shows it.
    """
    document = document_called(key)
    target_id = db.read(find_target, document.target, target)
    if key == LIST and (options or {}).get("split") == "organisation":
        return _make_split(db, target_id, path, language or "sl", options or {})
    if key == LETTERS and letters_apart.is_apart(path, options or {}):
        return letters_apart.make_apart(db, target_id, path, language=language, options=options or {})
    work = partial(
        make_document, key=key, target_id=target_id, path=path, language=language, options=options,
        now=db.clock.now(), who=db.actor.who, keep=document.keep is not None and not db.read_only,
    )  # fmt: skip
    if document.keep is not None and not db.read_only:
        db.write(work, label=T("Print: {document}, {target}", document=document.title, target=verbatim(target)))
    else:
        db.read(work)
    return (path,)


def _check_suffix(document: Document, path: Path) -> None:
    if path.suffix.lower() not in document.suffixes:
        raise OfficeError(
            T("“{name}” cannot be written as “{suffix}”.", name=document.title, suffix=path.suffix or path.name),
            safe=T("Nothing was written and nothing was changed."),
            todo=T("These endings are possible: {suffixes}", suffixes=", ".join(document.suffixes)),
        )


def _make_split(db: Database, event_id: str, path: Path, language: str, options: Mapping[str, Any]) -> tuple[Path, ...]:
    _check_suffix(DOCUMENTS[LIST], path)
    chosen = db.read(_list_options, event_id, {**options, "suffix": path.suffix.lower()})
    return write_by_organisation(db, event_id, path, language=language, options=chosen, report=_unheard)


def _unheard(_done: int, _total: int) -> None:
    """Progress nobody watches."""


def make_document(
    session: Session,
    *,
    key: str,
    target_id: str,
    path: Path,
    now: dt.datetime,
    who: str = "",
    language: str = "",
    options: Mapping[str, Any] | None = None,
    keep: bool = True,
) -> Paper:
    """Make a document and write it as the suffix of `path` says; raises OfficeError when it cannot be."""
    document = document_called(key)
    _check_suffix(document, path)
    how = document.keep if keep and document.keep else document.make
    options = {**(options or {}), "suffix": path.suffix.lower()}
    paper = how(session, target_id, language=language, options=options, now=now, who=who)
    write(paper, path)
    return paper


def write(paper: Paper, path: Path) -> None:
    """Write what was made as the suffix of `path` says, whole or not at all."""
    if path.suffix.lower() == ".xlsx" and isinstance(paper.content, Book):
        write_xlsx(paper.content, path)
    else:
        data = paper.pdf()
        write_through(path, lambda temporary: temporary.write_bytes(data))


def find_target(session: Session, kind: str, words: str) -> str:
    """The key of an event (code) or a project (grant number, acronym, title), the keys of travel orders (12/2020, or
    the code of their event), or a period as "first..last" days."""
    if kind == "event" or (kind == papers_payments.TARGET and not _PERIOD.fullmatch(words.strip())):
        return events.event_by_code(session, words)
    if kind == "travel-order":
        return papers_order.orders_named(session, words)
    return _project(session, words) if kind == "project" else _period(words)


def _project(session: Session, words: str) -> str:
    found = session.execute(
        select(Project.id, Project.title_sl, Project.title_en, Project.acronym, Project.grant_number)
    ).all()
    wanted = fold(words)
    keys = [row[0] for row in found if words == row[0] or wanted in {fold(name) for name in row[1:] if name}]
    if len(keys) != 1:
        raise OfficeError(
            T("There is no project called “{name}”.", name=words)
            if not keys
            else T("Several projects are called “{name}”.", name=words),
            todo=T("Name it by its grant number or acronym."),
        )
    return str(keys[0])


def _period(words: str) -> str:
    match = _PERIOD.fullmatch(words.strip())
    try:
        if match and match[3]:
            first, last = dt.date.fromisoformat(match[3]), dt.date.fromisoformat(match[4])
        elif match:
            first = dt.date(int(match[1]), int(match[2] or 1), 1)
            after = dt.date(first.year + 1, 1, 1) if not match[2] else (first + dt.timedelta(days=31)).replace(day=1)
            last = after - dt.timedelta(days=1)
        else:
            raise ValueError
    except ValueError:
        raise OfficeError(
            T("“{words}” is not a period.", words=words), todo=T("Write 2020, 2020-04 or 2020-04-01..2020-06-30.")
        ) from None
    return f"{first.isoformat()}..{last.isoformat()}"


def _list_options(session: Session, event_id: str, options: Mapping[str, Any]) -> ListOptions:
    if options.get("columns"):
        return ListOptions(tuple(options["columns"]), tuple(options.get("statuses", ())))
    if options.get("suffix") == ".pdf" and not options.get("template"):
        chosen = ListOptions(ON_PAPER)
    else:
        chosen = templates.template_called(session, event_id, options.get("template") or templates.EVERYTHING).options
    return replace(chosen, statuses=tuple(options["statuses"])) if options.get("statuses") else chosen


def _make_list(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """options: template (its key or name), or columns and statuses; suffix ".pdf" for a list on paper."""
    del who
    on_paper = options.get("suffix") == ".pdf"
    chosen = _list_options(session, event_id, options)
    warnings = []
    if on_paper and len(chosen.columns) > MOST_ON_PAPER:
        warnings.append(
            TN(
                "{count} column is too much for a page: choose fewer, or make an Excel file.",
                "{count} columns are too many for a page: choose fewer, or make an Excel file.",
                len(chosen.columns),
            )
        )
    book = participant_list(session, event_id, now=now, options=chosen, language=language or "sl")
    return Paper(book, _named(session, event_id, LIST, language or "sl"), tuple(warnings))


def _make_sign_in(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    del who
    made = sign_in(
        session, event_id, now=now, sessions=_sessions(session, event_id, options), language=language,
        options=_sign_in_options(options),
    )  # fmt: skip
    book = Book(tuple(one.sheet for one in made.sheets))
    return Paper(book, _named(session, event_id, SIGN_IN, made.language), made.warnings)


def _keep_sign_in(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    sessions.store_planned(session, event_id)
    issued = issues.issue_sign_in(
        session, event_id, now=now, who=who, sessions=_sessions(session, event_id, options), language=language,
        options=_sign_in_options(options),
    )  # fmt: skip
    return Paper(issued.pdf, Path(issued.file_name).stem, issued.warnings)


def _sessions(session: Session, event_id: str, options: Mapping[str, Any]) -> list[str]:
    """The keys of the wanted sessions, named by their number in the event (from 1) or by their key."""
    wanted = [str(words).strip() for words in options.get("sessions", ())]
    if not wanted:
        return []
    rows = sessions.planned_sessions(session, event_id)
    known = {str(i): row.id or row.day.isoformat() for i, row in enumerate(rows, 1)} | {
        row.id: row.id for row in rows if row.id
    }
    for words in wanted:
        if words not in known:
            raise OfficeError(
                T("The event has no session “{name}”.", name=words),
                todo=T("Its sessions:"),
                details=[verbatim(f"{i}. {sessions.label(row, 'sl')}") for i, row in enumerate(rows, 1)],
            )
    return [known[words] for words in wanted]


def _make_form(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """options: audience ("everybody", "accepted"), consents (purposes)."""
    del who
    from mama_desktop.sheets.form_pdf import form_pdf

    made = form_of(session, event_id, now=now, language=language, options=_form_options(options))
    return Paper(form_pdf(made.form), _named(session, event_id, FORM_PDF, made.language), made.warnings)


def _make_form_xlsx(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """The same options; the content is the workbook."""
    del who
    from mama_desktop.sheets.form_xlsx import form_xlsx

    made = form_of(session, event_id, now=now, language=language, options=_form_options(options))
    return Paper(form_xlsx(made.form), _named(session, event_id, FORM_XLSX, made.language), made.warnings)


def _form_options(options: Mapping[str, Any]) -> FormOptions:
    named = {name: options[name] for name in FormOptions.__dataclass_fields__ if name in options}
    if "consents" in named:
        named["consents"] = tuple(named["consents"])
    return FormOptions(**named)


def _sign_in_options(options: Mapping[str, Any]) -> SignInOptions:
    named = {name: options[name] for name in SignInOptions.__dataclass_fields__ if name in options}
    if named.get("columns") is not None:
        named["columns"] = tuple(named["columns"])
    return SignInOptions(**named)


def _named(session: Session, event_id: str, key: str, paper: str) -> str:
    code = session.scalar(select(Event.code).where(Event.id == event_id)) or ""
    title = language_of(main_code(paper)).say(DOCUMENTS[key].title).lower()
    return safe_filename(f"{code} {title}", "")


DOCUMENTS: dict[str, Document] = {
    d.key: d
    for d in (
        Document(LIST, T("Participant list"), "event", (".xlsx", ".pdf"), _make_list),
        Document(SIGN_IN, T("Sign-in sheet"), "event", (".pdf",), _make_sign_in, _keep_sign_in),
        Document(FORM_PDF, T("Registration form"), "event", (".pdf",), _make_form),
        Document(FORM_XLSX, T("Registration form for Excel"), "event", (".xlsx",), _make_form_xlsx),
        Document(CONSENTS, CONSENTS_TITLE, "event", (".pdf",), make_consents),
        Document(EMERGENCY, EMERGENCY_TITLE, "event", (".pdf", ".xlsx"), make_emergency),
        Document(DECLARATION, DECLARATION_TITLE, "event", (".pdf", ".xlsx"), make_declaration, keep_declaration),
        Document(
            LETTERS,
            T("Letters"),
            "event",
            (".pdf", ".docx"),
            letter_documents.make_letters,
            letter_documents.keep_letters,
        ),
        Document(
            LABELS, T("Address labels"), "event", (".pdf",), letter_documents.make_labels, letter_documents.keep_labels
        ),
        Document(
            papers_manifest.MANIFEST,
            papers_manifest.MANIFEST_TITLE,
            "event",
            (".pdf", ".xlsx"),
            papers_manifest.make_manifest,
            papers_kept.keep_manifest,
        ),
        Document(
            papers_manifest.DRIVER,
            papers_manifest.DRIVER_TITLE,
            "event",
            (".pdf", ".xlsx"),
            papers_manifest.make_driver_sheet,
            papers_kept.keep_driver_sheet,
        ),
        Document(
            papers_bus_firm.BUS_FIRM,
            papers_bus_firm.BUS_FIRM_TITLE,
            "event",
            (".pdf", ".xlsx"),
            papers_bus_firm.make_bus_firm_list,
            papers_kept.keep_bus_firm_list,
        ),
        Document(
            papers_plan.PLAN,
            papers_plan.PLAN_TITLE,
            "event",
            (".pdf", ".xlsx"),
            papers_plan.make_plan,
            papers_kept.keep_plan,
        ),
        Document(
            papers_arrivals.ARRIVALS,
            papers_arrivals.ARRIVALS_TITLE,
            "event",
            (".pdf", ".xlsx"),
            papers_arrivals.make_arrivals,
            papers_arrivals_kept.keep_arrivals,
        ),
        Document(papers_changes.NOTE, papers_changes.NOTE_TITLE, "event", (".pdf", ".xlsx"), papers_changes.make_note),
        Document(
            papers_claim.CLAIM,
            papers_claim.CLAIM_TITLE,
            "event",
            (".pdf",),
            papers_claim.make_claim_papers,
            papers_claim.keep_claim_papers,
        ),
        Document(papers_claim.GREEN, papers_claim.GREEN_TITLE, "event", (".pdf",), papers_claim.make_green_papers),
        Document(
            papers_grants.GRANTS, papers_grants.GRANTS_TITLE, "project", (".xlsx", ".pdf"), papers_grants.make_grants
        ),
        Document(papers_order.ORDER, papers_order.ORDER_TITLE, "travel-order", (".pdf",), papers_order.make_orders),
        Document(
            papers_payments.PAYMENTS,
            papers_payments.PAYMENTS_TITLE,
            papers_payments.TARGET,
            (".xlsx", ".pdf"),
            papers_payments.make_payments,
        ),
    )
}
