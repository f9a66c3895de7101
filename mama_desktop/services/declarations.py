"""Declarations of online attendance as issues: kept as they were signed, with what has come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.papers import Issue, IssueRow
from mama_desktop.domain.text import T
from mama_desktop.services import files, issues, office
from mama_desktop.services.files import Brought
from mama_desktop.services.paper import Paper
from mama_desktop.services.papers_online import DECLARATION, declared
from mama_desktop.sheets.pdf import print_pdf


def keep_declaration(
    session: Session, event_id: str, *, language: str, options: Mapping[str, Any], now: dt.datetime, who: str
) -> Paper:
    """The declaration with a code and a number, kept with everybody who stands on it; a workbook is not kept.

    options: as `papers_online.declared`.
    """
    made = declared(session, event_id, language=language, options=options, now=now)
    if options.get("suffix") == ".xlsx":
        return made.paper
    event = session.get_one(Event, event_id)
    code = issues.new_code(session)
    before = select(func.max(Issue.number)).where(Issue.event_id == event_id, Issue.document == DECLARATION)
    number = (session.scalar(before) or 0) + 1
    data, printed = print_pdf(replace(made.sheet, code=f"MAMA:{code}", footer_left=f"{code} · {event.code}"))
    issue = Issue(
        code=code, event_id=event_id, document=DECLARATION, sessions=[], number=number, language=made.language,
        options={"only_online": made.only_online}, pages=printed.pages, file_name=f"{made.paper.file_name}.pdf",
        file_hash=office.store_file(session, data), made_at=now, made_by=who,
    )  # fmt: skip
    session.add(issue)
    session.flush()
    for line in printed.rows:
        person = made.people[line.at] if line.at is not None else None
        if person is not None:
            session.add(
                IssueRow(
                    issue_id=issue.id, number=line.number, page=line.page, registration_id=person.registration_id,
                    name=f"{person.family_name} {person.given_name}".strip(), organisation=person.organisation,
                )
            )  # fmt: skip
    session.flush()
    return Paper(data, made.paper.file_name, made.paper.warnings)


def declared_since(session: Session, issue_id: str) -> int:
    """How many have been marked as present after a declaration was made: they do not stand on it."""
    issue = session.get_one(Issue, issue_id)
    on_it = select(IssueRow.registration_id).where(
        IssueRow.issue_id == issue_id, IssueRow.registration_id.is_not(None)
    )  # fmt: skip
    query = (
        select(func.count(func.distinct(Attendance.registration_id)))
        .join(EventSession, EventSession.id == Attendance.session_id)
        .where(
            EventSession.event_id == issue.event_id, Attendance.mark == "present",
            Attendance.registration_id.not_in(on_it),
        )
    )  # fmt: skip
    if issue.options.get("only_online"):
        query = query.where(Attendance.minutes.is_not(None))
    return session.scalar(query) or 0


def mark_returned(session: Session, issue_id: str, on: dt.date | None) -> None:
    """It came back signed on that day; None: it did not after all."""
    issue = session.get_one(Issue, issue_id)
    if on is not None and on < issue.made_at.date():
        raise OfficeError(T("It cannot come back before it was printed ({day}).", day=issue.made_at.date()))
    rest = {key: value for key, value in issue.options.items() if key != issues.RETURNED}
    issue.options = rest if on is None else {**rest, issues.RETURNED: on.isoformat()}
    session.flush()


def attach_scan(
    session: Session, issue_id: str, brought: Sequence[Brought], *, now: dt.datetime, who: str
) -> None:  # fmt: skip
    """Keep the scan with the event and with this issue; a paper that is scanned has come back."""
    issue = session.get_one(Issue, issue_id)
    added = files.add_files(session, "event", issue.event_id, brought, now=now, who=who, kind="scan")
    if not added.keys:
        return
    back = issue.options.get(issues.RETURNED) or now.date().isoformat()
    issue.options = {**issue.options, issues.SCAN: added.keys[0], issues.RETURNED: back}
    session.flush()
