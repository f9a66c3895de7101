"""Attendance: keying in a signed sheet by its own rows, walk-ins, confirming, and counting who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import MARKS, Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import STATUSES, TAKES_PLACE, Registration, is_there
from mama_desktop.domain.text import T, Text, sort_key, verbatim
from mama_desktop.services import issues, sessions
from mama_desktop.services.sessions import SessionRow


@dataclass(frozen=True)
class KeyInRow:
    """One line of the sheet. number, page: as printed (page 0 when nothing was printed).

    registration_id: None on a blank line, or when the registration was deleted since. mark: as keyed in, None before.
    proposed: what is proposed until then (None on a line without a registration). remark: why it is not simply
    "present", or what happened since the sheet was printed.
    """

    number: int
    page: int
    registration_id: str | None
    name: str
    organisation: str
    mark: str | None = None
    proposed: str | None = None
    remark: Text | None = None

    @property
    def is_blank(self) -> bool:
        return self.registration_id is None and not self.name


@dataclass(frozen=True)
class KeyIn:
    """A sheet to be keyed in for one session. `sessions`: all that are signed on this sheet, to go on with.

    code: empty when nothing was printed and the rows are those of the list as it is now.
    """

    event_id: str
    session: SessionRow
    sessions: tuple[SessionRow, ...]
    rows: tuple[KeyInRow, ...]
    issue_id: str | None = None
    code: str = ""

    def proposals(self) -> dict[str, str]:
        """The marks to store when nobody changes anything: what is keyed in already, else what is proposed."""
        return {r.registration_id: r.mark or r.proposed or "present" for r in self.rows if r.registration_id}


@dataclass(frozen=True)
class SessionCount:
    """Who was at a session; every number is None until its key-in is confirmed ("not keyed in")."""

    session: SessionRow
    present: int | None = None
    absent: int | None = None
    excused: int | None = None

    @property
    def is_keyed_in(self) -> bool:
        return self.present is not None


@dataclass(frozen=True)
class Counts:
    """present: people who were at least at one confirmed session; None while no session is confirmed."""

    sessions: tuple[SessionCount, ...]
    present: int | None


def rows_to_key_in(session: Session, *, code: str = "", session_id: str = "") -> KeyIn:
    """What is keyed in: a printed sheet by its code, or a session (its latest sheet; without one the list of now).

    With a code and several sessions on the sheet, `session_id` says which; else the first that is not confirmed.
    """
    if code:
        issue = session.get_one(Issue, issues.find_issue(session, code).id)
    else:
        event_id = session.get_one(EventSession, session_id).event_id
        printed = [i for i in issues.issues_of(session, event_id, session_id=session_id) if not i.supplement_to]
        if not printed:
            return _from_list(session, event_id, session_id)
        issue = session.get_one(Issue, printed[0].id)
    return _from_issue(session, issue, session_id)


def set_marks(session: Session, session_id: str, marks: Mapping[str, str | None], *, who: str, now: dt.datetime) -> int:
    """Store marks (registration → present, absent, excused; None takes the mark back). → how many changed."""
    part = session.get_one(EventSession, session_id)
    _refuse_confirmed(part)
    if unknown := {m for m in marks.values() if m is not None} - MARKS.keys():
        raise ValueError(f"no such marks: {sorted(unknown)}")
    known = {
        a.registration_id: a for a in session.scalars(select(Attendance).where(Attendance.session_id == session_id))
    }
    theirs = set(session.scalars(select(Registration.id).where(Registration.event_id == part.event_id)))
    changed = 0
    for key, mark in marks.items():
        if key not in theirs:
            raise ValueError("a registration of another event")
        before = known.get(key)
        if mark == (before.mark if before else None):
            continue
        changed += 1
        if before is None:
            session.add(
                Attendance(session_id=session_id, registration_id=key, mark=mark or "", keyed_at=now, keyed_by=who)
            )
        elif mark is None:
            session.delete(before)
        else:
            before.mark, before.keyed_at, before.keyed_by = mark, now, who
    session.flush()
    return changed


def sheets_not_keyed_in(session: Session, session_id: str) -> list[issues.IssueInfo]:
    """Printed lists of a session on which somebody has no mark yet: the latest of each kind and its supplements."""
    part = session.get_one(EventSession, session_id)
    printed = issues.issues_of(session, part.event_id, session_id=session_id)
    latest: dict[tuple[str, tuple[str, ...]], str] = {}
    for one in printed:
        if not one.supplement_to:
            latest.setdefault((one.part, one.sessions), one.id)
    marked = set(session.scalars(select(Attendance.registration_id).where(Attendance.session_id == session_id)))
    waiting = []
    for one in printed:
        if (one.supplement_to or one.id) in latest.values():
            rows = session.scalars(
                select(IssueRow.registration_id).where(
                    IssueRow.issue_id == one.id, IssueRow.registration_id.is_not(None)
                )
            )
            if set(rows) - marked:
                waiting.append(one)
    return waiting


def confirm(
    session: Session,
    session_id: str,
    *,
    who: str,
    now: dt.datetime,
    code: str = "",
    marks: Mapping[str, str | None] | None = None,
    without_other_sheets: bool = False,
) -> SessionCount:
    """Confirm the key-in ("Potrdi vnos"): from now on the session counts.

    marks: the marks of the rows on the screen; without them the sheet of `code` (or of the session) is stored as
    proposed. Refused while another printed sheet of the session is not keyed in, unless `without_other_sheets`.
    """
    shown = rows_to_key_in(session, code=code, session_id=session_id)
    stored = shown.proposals() if marks is None else {k: m for k, m in marks.items() if m is not None}
    set_marks(session, session_id, stored, who=who, now=now)
    waiting = [] if without_other_sheets else sheets_not_keyed_in(session, session_id)
    if waiting:
        raise OfficeError(
            T("Another printed sheet of this session is not keyed in yet."),
            safe=T("Nothing was confirmed."),
            todo=T("Key it in first, or confirm without it if nobody signed on it."),
            details=[verbatim(f"{one.code} · {one.file_name}") for one in waiting],
        )
    part = session.get_one(EventSession, session_id)
    part.confirmed_at, part.confirmed_by = now, who
    session.flush()
    return next(c for c in present_counts(session, part.event_id).sessions if c.session.id == session_id)


def reopen(session: Session, session_id: str) -> None:
    """Open a confirmed key-in again to correct it; until it is confirmed anew the session does not count."""
    part = session.get_one(EventSession, session_id)
    part.confirmed_at, part.confirmed_by = None, ""
    session.flush()


def present_counts(session: Session, event_id: str) -> Counts:
    """Counts of each session and of the whole event."""
    found: dict[str, dict[str, int]] = {}
    query = (
        select(Attendance.session_id, Attendance.mark, func.count())
        .join(EventSession, EventSession.id == Attendance.session_id)
        .where(EventSession.event_id == event_id)
        .group_by(Attendance.session_id, Attendance.mark)
    )
    for key, mark, number in session.execute(query):
        found.setdefault(key, {})[mark] = number
    counted = []
    for row in sessions.sessions_of(session, event_id):
        of = found.get(row.id, {})
        numbers = [of.get(mark, 0) for mark in ("present", "absent", "excused")] if row.is_confirmed else [None] * 3
        counted.append(SessionCount(row, *numbers))
    return Counts(tuple(counted), present_by_event(session, [event_id])[event_id])


def present_by_event(session: Session, event_ids: Sequence[str]) -> dict[str, int | None]:
    """For each event the people present at one confirmed session at least; None where none is confirmed."""
    confirmed = EventSession.confirmed_at.is_not(None)
    counts: dict[str, int | None] = dict.fromkeys(event_ids)
    for start in range(0, len(event_ids), 500):
        some = event_ids[start : start + 500]
        query = select(EventSession.event_id).where(EventSession.event_id.in_(some), confirmed)
        counts |= dict.fromkeys(session.scalars(query), 0)
        number = func.count(func.distinct(Attendance.registration_id))
        there = (
            select(EventSession.event_id, number)
            .join(Attendance, Attendance.session_id == EventSession.id)
            .where(EventSession.event_id.in_(some), confirmed, Attendance.mark == "present")
            .group_by(EventSession.event_id)
        )
        counts |= {key: number for key, number in session.execute(there)}
    return counts


def present_registrations(session: Session, event_id: str) -> set[str] | None:
    """Registrations present at one confirmed session at least; None while no session is confirmed."""
    if present_by_event(session, [event_id])[event_id] is None:
        return None
    query = (
        select(Attendance.registration_id)
        .join(EventSession, EventSession.id == Attendance.session_id)
        .where(EventSession.event_id == event_id, EventSession.confirmed_at.is_not(None), Attendance.mark == "present")
    )
    return set(session.scalars(query))


def _refuse_confirmed(part: EventSession) -> None:
    if part.confirmed_at is not None:
        raise OfficeError(
            T("The key-in of this session is confirmed already ({who}, {when}).", who=part.confirmed_by,
              when=part.confirmed_at),
            safe=T("Nothing was changed."),
            todo=T("Open it again first, then correct it."),
        )  # fmt: skip


def _from_issue(session: Session, issue: Issue, session_id: str) -> KeyIn:
    known = {row.id: row for row in sessions.sessions_of(session, issue.event_id)}
    signed = tuple(known[key] for key in issue.sessions if key in known)
    if not signed:
        raise OfficeError(
            T("This sheet was printed before the event had a date."),
            todo=T("Give the event its date and print the sheet again."),
        )
    part = next((row for row in signed if row.id == session_id), None)
    part = part or next((row for row in signed if not row.is_confirmed), signed[0])
    lines = session.scalars(select(IssueRow).where(IssueRow.issue_id == issue.id).order_by(IssueRow.number)).all()
    people = _registrations(session, issue.event_id)
    marks = _marks(session, part.id)
    rows = []
    for line in lines:
        registration = people.get(line.registration_id or "")
        rows.append(
            _row(line.number, line.page, line.name, line.organisation, registration, part, marks)
            if registration
            else KeyInRow(line.number, line.page, None, line.name, line.organisation, remark=_gone(line))
        )
    return KeyIn(issue.event_id, part, signed, tuple(rows), issue.id, issue.code)


def _from_list(session: Session, event_id: str, session_id: str) -> KeyIn:
    """Nothing was printed: accepted and confirmed people, and whoever has a mark, in Slovene order."""
    part = next(row for row in sessions.sessions_of(session, event_id) if row.id == session_id)
    marks = _marks(session, session_id)
    people = [r for r in _registrations(session, event_id).values() if r.status in TAKES_PLACE or r.id in marks]
    names = _names(session, event_id)
    people.sort(key=lambda r: (sort_key(names[r.id][0]), r.id))
    rows = [_row(i, 0, *names[r.id], r, part, marks) for i, r in enumerate(people, 1)]
    return KeyIn(event_id, part, (part,), tuple(rows))


def _row(
    number: int,
    page: int,
    name: str,
    organisation: str,
    registration: Registration,
    part: SessionRow,
    marks: Mapping[str, str],
) -> KeyInRow:
    proposed, remark = "present", None
    if not is_there(part.day, registration.arrival, registration.departure):
        proposed, remark = "absent", T("away on this day")
    elif registration.status not in TAKES_PLACE:
        proposed, remark = "absent", T("meanwhile: {status}", status=STATUSES[registration.status])
    mark = marks.get(registration.id)
    return KeyInRow(number, page, registration.id, name, organisation, mark, proposed, remark)


def _gone(line: IssueRow) -> Text | None:
    return T("the registration was deleted since") if line.name else None


def _registrations(session: Session, event_id: str) -> dict[str, Registration]:
    return {r.id: r for r in session.scalars(select(Registration).where(Registration.event_id == event_id))}


def _marks(session: Session, session_id: str) -> dict[str, str]:
    query = select(Attendance.registration_id, Attendance.mark).where(Attendance.session_id == session_id)
    return {key: mark for key, mark in session.execute(query)}


def _names(session: Session, event_id: str) -> dict[str, tuple[str, str]]:
    query = (
        select(Registration.id, Person.family_name, Person.given_name, Organisation.name_sl)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id)
    )
    return {
        key: (f"{family} {given}".strip(), organisation or "")
        for key, family, given, organisation in session.execute(query)
    }
