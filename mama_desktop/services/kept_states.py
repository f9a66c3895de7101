"""Which lists are kept, what each would say now, and whether the one somebody has is out of date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.papers import Issue
from mama_desktop.domain.text import T, Text
from mama_desktop.services import kept_lists
from mama_desktop.services.kept_lists import Changes, Said
from mama_desktop.services.transport import lists_said, papers_arrivals_kept
from mama_desktop.services.transport.papers_arrivals import ARRIVALS, ARRIVALS_TITLE
from mama_desktop.services.transport.papers_bus_firm import BUS_FIRM, BUS_FIRM_TITLE
from mama_desktop.services.transport.papers_manifest import DRIVER, DRIVER_TITLE, MANIFEST, MANIFEST_TITLE
from mama_desktop.services.transport.papers_plan import PLAN, PLAN_TITLE

MADE, SENT, OUT_OF_DATE, REPLACED = "made", "sent", "out-of-date", "replaced"
STATES: dict[str, Text] = {
    MADE: T("made"),
    SENT: T("sent"),
    OUT_OF_DATE: T("out of date"),
    REPLACED: T("replaced by a later one"),
}


@dataclass(frozen=True)
class KeptKind:
    """A kind of list that is kept.

    says(session, event_id, subject, language, options): what it would say now; None when what it is of is gone.
    reader(session, subject): name and e-mail of whom it usually goes to, empty where nobody is known.
    """

    title: Text
    says: Callable[[Session, str, str, str, Mapping[str, Any]], Said | None]
    reader: Callable[[Session, str], tuple[str, str]] | None = None


KEPT: dict[str, KeptKind] = {
    MANIFEST: KeptKind(MANIFEST_TITLE, lists_said.of_manifest, lists_said.leader),
    DRIVER: KeptKind(DRIVER_TITLE, lists_said.of_driver_sheet, lists_said.driver),
    BUS_FIRM: KeptKind(BUS_FIRM_TITLE, lists_said.of_bus_firm_list, lists_said.carrier),
    PLAN: KeptKind(PLAN_TITLE, lists_said.of_plan),
    ARRIVALS: KeptKind(ARRIVALS_TITLE, papers_arrivals_kept.of_arrivals),
}


@dataclass(frozen=True)
class KeptInfo:
    """One kept list as the Documents tab shows it. subject: key of what it is of, title in words.

    state: a key of STATES. changes: since it was made; worked out only for those that are not replaced.
    """

    id: str
    code: str
    document: str
    event_id: str
    subject: str
    title: str
    number: int
    language: str
    pages: int
    file_name: str
    made_at: dt.datetime
    made_by: str
    sent_to: str
    sent_at: dt.datetime | None
    state: str
    changes: Changes = field(default_factory=Changes)


def kept_of_event(session: Session, event_id: str) -> list[KeptInfo]:
    """Every kept list of an event, newest first.

    Each list is made anew once for its newest issue and once for what its readers have, never for older ones.
    """
    query = select(Issue).where(Issue.event_id == event_id, Issue.document.in_(list(KEPT)))
    found = list(session.scalars(query.order_by(Issue.made_at.desc(), Issue.number.desc(), Issue.id.desc())))
    of_list: dict[tuple[str, str], list[Issue]] = {}
    for one in found:
        of_list.setdefault((one.document, one.subject), []).append(one)
    held = {(last.id if (last := kept_lists.last_sent(its)) else "") for its in of_list.values()}
    newest = {its[0].id for its in of_list.values()}
    today: dict[tuple[object, ...], Said | None] = {}
    infos = []
    for one in found:
        matters = one.id in held or one.id in newest
        changes = _changes(session, one, today) if matters else Changes()
        state = REPLACED if not matters else OUT_OF_DATE if changes else SENT if one.sent_at else MADE
        infos.append(_info(one, state, changes))
    return infos


def kept_list(session: Session, issue_id: str) -> KeptInfo:
    """One of them, compared with today whatever came after it."""
    one = session.get_one(Issue, issue_id)
    changes = _changes(session, one, {})
    return _info(one, OUT_OF_DATE if changes else SENT if one.sent_at else MADE, changes)


def reader_of(session: Session, issue_id: str) -> tuple[str, str]:
    """Name and e-mail of whom this list goes to: as it was sent, else as is known of what it is of."""
    one = session.get_one(Issue, issue_id)
    usual = KEPT[one.document].reader
    name, email = usual(session, one.subject) if usual else ("", "")
    return one.sent_to or name, email


def _changes(session: Session, one: Issue, today: dict[tuple[object, ...], Said | None]) -> Changes:
    key = (one.document, one.subject, one.language, tuple(sorted(one.options.items())))
    if key not in today:
        today[key] = KEPT[one.document].says(session, one.event_id, one.subject, one.language, one.options)
    before = kept_lists.read(one.said)
    return kept_lists.compare(before, today[key] or kept_lists.nothing_of(before))


def _info(one: Issue, state: str, changes: Changes) -> KeptInfo:
    return KeptInfo(
        one.id, one.code, one.document, one.event_id, one.subject, str(one.said.get("title", "")), one.number,
        one.language, one.pages, one.file_name, one.made_at, one.made_by, one.sent_to, one.sent_at, state, changes,
    )  # fmt: skip
