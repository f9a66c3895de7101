"""An online meeting's report as attendance: minutes by session, who was too short, who nobody is; one write for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import TN, T, Text, sort_key
from mama_desktop.intake.meeting_reports import Attendee, MeetingReport, Span, minutes_of, union, within
from mama_desktop.intake.names import order_of_names, split_full_name
from mama_desktop.services import (
    attendance,
    deciding,
    office,
    online_matching,
    organisations,
    people,
    sessions,
    walk_ins,
)
from mama_desktop.services.online_matching import Candidate
from mama_desktop.services.sessions import SessionRow

PRESENT, SHORT, POSSIBLE, UNKNOWN, MISSING = "present", "short", "possible", "unknown", "missing"
GROUPS = (PRESENT, SHORT, POSSIBLE, UNKNOWN, MISSING)
# What is decided of somebody whom the report names and the list does not: else the key of a registration or a person.
WALK_IN, LEAVE_OUT = "walk-in", "leave-out"
LEAST = "online.least_minutes"
_WORTH_A_SESSION = dt.timedelta(minutes=5)


@dataclass(frozen=True)
class OnlineOptions:
    """How a report is taken in.

    sessions: their keys (a day not stored yet by its date). least: minutes in a session that make somebody present.
    decided: number of the report's person → registration, person, WALK_IN or LEAVE_OUT. absent: whoever is registered
    and not in the report was not there. overwrite: marks keyed in by hand give way. confirm: the sessions count from
    now on.
    """

    sessions: tuple[str, ...] = ()
    least: int = 30
    decided: Mapping[int, str] = field(default_factory=dict, hash=False)
    absent: bool = False
    overwrite: bool = False
    confirm: bool = False


@dataclass(frozen=True)
class Told:
    """What a report says of one person in one session. keyed: the other mark that somebody keyed in by hand before."""

    session: str
    mark: str
    minutes: int | None = None
    keyed: str = ""


@dataclass(frozen=True)
class OnlineRow:
    """One person in the preview. numbers: of the report's people (several devices); none for who is not in it.

    name: as registered, else as read; written: as in the report. minutes: in all chosen sessions together.
    """

    group: str
    numbers: tuple[int, ...]
    name: str
    written: str = ""
    email: str = ""
    organisation: str = ""
    minutes: int | None = None
    registration_id: str | None = None
    person_id: str | None = None
    options: tuple[Candidate, ...] = ()
    told: tuple[Told, ...] = ()
    decided: str = ""

    @property
    def keyed(self) -> bool:
        """Whether a mark keyed in by hand says otherwise."""
        return any(one.keyed for one in self.told)


@dataclass(frozen=True)
class OnlinePreview:
    """What taking in would do. sessions: those chosen; confirmed: of them those whose key-in is confirmed already."""

    rows: tuple[OnlineRow, ...]
    sessions: tuple[SessionRow, ...]
    confirmed: tuple[SessionRow, ...] = ()

    def group(self, key: str) -> list[OnlineRow]:
        return [row for row in self.rows if row.group == key]

    def counts(self) -> dict[str, int]:
        return {key: len(self.group(key)) for key in GROUPS}


@dataclass(frozen=True)
class OnlineTaken:
    """What was written. kept: marks keyed in by hand that stayed."""

    present: int
    short: int
    absent: int
    walk_ins: int
    kept: int


def key_of(row: SessionRow) -> str:
    return row.id or row.day.isoformat()


def proposed(session: Session, event_id: str, report: MeetingReport) -> OnlineOptions:
    """The sessions on which the report's times fall, and how long is long enough: what was used the last time, at most
    half of the shortest of them."""
    rows = [row for row in sessions.planned_sessions(session, event_id) if not row.is_confirmed]
    spans = [span for one in report.attendees for span in one.spans]
    met = [row for row in rows if any(end - start >= _WORTH_A_SESSION for start, end in _inside(spans, row))]
    chosen = met or (rows if len(rows) == 1 else [])
    least = int(office.settings(session)[LEAST])
    lengths = [minutes for row in chosen if (minutes := _length(row, spans))]
    if lengths:
        least = min(least, max(1, min(lengths) // 2))
    online = session.get_one(Event, event_id).format == "online"
    return OnlineOptions(tuple(key_of(row) for row in chosen), least, absent=online)


def preview(session: Session, event_id: str, report: MeetingReport, options: OnlineOptions) -> OnlinePreview:
    """Everybody of the report and of the list, each in one group; nothing is written."""
    chosen = [row for row in sessions.planned_sessions(session, event_id) if key_of(row) in options.sessions]
    matches = online_matching.match(session, event_id, report.attendees)
    there = {r.id: r for r in session.scalars(select(Registration).where(Registration.event_id == event_id))}
    names = _names(session, event_id)
    by_hand = _by_hand(session, [row.id for row in chosen if row.id])
    of: dict[str, list[int]] = {}
    rows: list[OnlineRow] = []
    for number, (one, match) in enumerate(zip(report.attendees, matches, strict=True)):
        decided = options.decided.get(number, "")
        key = (decided if decided in there else None) if decided else match.registration_id
        if key is not None:
            of.setdefault(key, []).append(number)
            continue
        person = next((c.person_id for c in match.options if c.person_id == decided), None)
        comes = decided == WALK_IN or person is not None
        told = _told([one], chosen, options.least, {}) if comes else ()
        group = _group(told) if comes else POSSIBLE if match.options else UNKNOWN
        rows.append(
            OnlineRow(
                group, (number,), one.name, one.written, one.email, one.organisation, _minutes([one], chosen),
                person_id=person, options=match.options, told=told, decided=decided,
            )
        )  # fmt: skip
    for key, numbers in of.items():
        theirs = [report.attendees[number] for number in numbers]
        told = _told(theirs, chosen, options.least, by_hand.get(key, {}))
        written = ", ".join(dict.fromkeys(one.written for one in theirs))
        email = next((one.email for one in theirs if one.email), "")
        rows.append(
            OnlineRow(
                _group(told), tuple(numbers), names[key][0], written, email, names[key][1], _minutes(theirs, chosen),
                key, options=matches[numbers[0]].options, told=told, decided=options.decided.get(numbers[0], ""),
            )
        )  # fmt: skip
    for key, registration in there.items():
        if key not in of and registration.status in TAKES_PLACE:
            marks = by_hand.get(key, {})
            told = tuple(Told(key_of(row), "absent", 0, _other(marks.get(row.id), "absent")) for row in chosen)
            rows.append(
                OnlineRow(MISSING, (), names[key][0], organisation=names[key][1], registration_id=key, told=told)
            )
    rows.sort(key=lambda row: (GROUPS.index(row.group), sort_key(row.name)))
    return OnlinePreview(tuple(rows), tuple(chosen), tuple(row for row in chosen if row.is_confirmed))


def take_in(
    session: Session, event_id: str, report: MeetingReport, options: OnlineOptions, *, who: str, now: dt.datetime
) -> OnlineTaken:
    """Write what the preview shows. Marks keyed in by hand stay unless `overwrite`; a confirmed session is refused."""
    if not options.sessions:
        raise OfficeError(
            T("Please choose the part of the programme that the report is about."), safe=T("Nothing was taken in.")
        )
    sessions.store_planned(session, event_id)
    stored = {
        key: row.id
        for row in sessions.sessions_of(session, event_id)
        for key in (row.id, row.day.isoformat())
        if key in options.sessions
    }
    shown = preview(session, event_id, report, _with_sessions(options, stored))
    marks: dict[str, dict[str, Told]] = {row.id: {} for row in shown.sessions}
    walk_ins_added = kept = 0
    given_first = order_of_names([row.name for row in shown.rows])
    for row in shown.rows:
        if row.group in (POSSIBLE, UNKNOWN) or (row.group == MISSING and not options.absent):
            continue
        key = row.registration_id
        if key is None:
            key = _walk_in(session, event_id, row, next(iter(marks)), given_first, who=who, now=now)
            walk_ins_added += 1
        elif row.group == PRESENT:
            _takes_part(session, key, now)
        for one in row.told:
            if one.keyed and not options.overwrite:
                kept += 1
            else:
                marks[one.session][key] = one
    for part, theirs in marks.items():
        attendance.set_marks(session, part, {key: one.mark for key, one in theirs.items()}, who=who, now=now)
        _set_minutes(session, part, theirs)
        if options.confirm:
            attendance.confirm(session, part, who=who, now=now, marks={})
    if options.least != int(office.settings(session)[LEAST]):
        office.set_settings(session, {LEAST: options.least})
    session.flush()
    counts = shown.counts()
    return OnlineTaken(counts[PRESENT], counts[SHORT], counts[MISSING] if options.absent else 0, walk_ins_added, kept)


def words_of(taken: OnlineTaken) -> Text:
    """What the take-in did, on one line."""
    return T(
        "{present}, {short}",
        present=TN("{count} person present", "{count} people present", taken.present),
        short=TN("{count} too short", "{count} too short", taken.short),
    )


# Minutes


def _inside(spans: Sequence[Span], row: SessionRow) -> tuple[Span, ...]:
    return within(spans, row.begins, row.ends)


def _length(row: SessionRow, spans: Sequence[Span]) -> int:
    """Minutes of a session by its hours, else of the meeting on its day; 0 where nobody says."""
    if row.starts_at and row.ends_at:
        return int((row.ends - row.begins).total_seconds() // 60)
    return minutes_of(union(_inside(spans, row)))


def _told(
    theirs: Sequence[Attendee], chosen: Sequence[SessionRow], least: int, marks: Mapping[str, str]
) -> tuple[Told, ...]:
    told = []
    for row in chosen:
        minutes = _in_session(theirs, row, alone=len(chosen) == 1)
        said = [one.present for one in theirs if one.present is not None]
        there = minutes >= least if minutes is not None and said != [False] else any(said)
        mark = "present" if there else "absent"
        told.append(Told(key_of(row), mark, minutes, _other(marks.get(row.id), mark)))
    return tuple(told)


def _in_session(theirs: Sequence[Attendee], row: SessionRow, *, alone: bool) -> int | None:
    """Whole minutes of one person, all devices together, in a session; None where the report does not say.

    A report without times, or with those of another day (its clock was elsewhere), counts whole for a single session.
    """
    spans = union(span for one in theirs for span in one.spans)
    stated = [one.minutes for one in theirs if one.minutes is not None and not one.spans]
    inside = union(_inside(spans, row))
    if spans and (inside or not alone):
        # What the report states in all (Teams leaves out the gaps between first join and last leave) is the limit.
        most = sum(one.minutes for one in theirs if one.spans and one.minutes is not None)
        return min(minutes_of(inside), most) + (sum(stated) if alone else 0)
    if not alone or not (stated or spans):
        return None if not spans else 0
    return minutes_of(spans) + sum(stated)


def _minutes(theirs: Sequence[Attendee], chosen: Sequence[SessionRow]) -> int | None:
    if not chosen:
        known = [one.minutes for one in theirs if one.minutes is not None]
        return sum(known) if known else None
    counted = [_in_session(theirs, row, alone=len(chosen) == 1) for row in chosen]
    said = [minutes for minutes in counted if minutes is not None]
    return sum(said) if said else None


def _group(told: Sequence[Told]) -> str:
    return PRESENT if any(one.mark == "present" for one in told) else SHORT


# Records


def _other(keyed: str | None, mark: str) -> str:
    return keyed if keyed and keyed != mark else ""


def _by_hand(session: Session, keys: Sequence[str]) -> dict[str, dict[str, str]]:
    """Registration → session → mark, of what somebody keyed in: a mark of a report has its minutes."""
    query = select(Attendance.registration_id, Attendance.session_id, Attendance.mark).where(
        Attendance.session_id.in_(keys), Attendance.minutes.is_(None)
    )
    found: dict[str, dict[str, str]] = {}
    for registration, part, mark in session.execute(query):
        found.setdefault(registration, {})[part] = mark
    return found


def _names(session: Session, event_id: str) -> dict[str, tuple[str, str]]:
    query = (
        select(Registration.id, Person.given_name, Person.family_name, Organisation.name_sl)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id)
    )
    return {key: (f"{given} {family}".strip(), of or "") for key, given, family, of in session.execute(query)}


def _with_sessions(options: OnlineOptions, stored: Mapping[str, str]) -> OnlineOptions:
    return replace(options, sessions=tuple(dict.fromkeys(stored[key] for key in options.sessions if key in stored)))


def _walk_in(
    session: Session, event_id: str, row: OnlineRow, part: str, order: tuple[str, bool], *, who: str, now: dt.datetime
) -> str:
    person_id = row.person_id
    if person_id is None:
        given, family = split_full_name(row.name, order[0])
        person_id = people.add_person(
            session, family_name=family, given_name=given, email=row.email,
            organisation_id=organisations.organisation_called(session, row.organisation),
        )  # fmt: skip
    return walk_ins.add_walk_in(session, event_id, part, who=who, now=now, person_id=person_id)


def _takes_part(session: Session, key: str, now: dt.datetime) -> None:
    """Who came took part, whatever was decided before."""
    if session.get_one(Registration, key).status not in TAKES_PLACE:
        deciding.decide(session, [key], "accepted", now=now, over_capacity=True, whole_parties=False)


def _set_minutes(session: Session, part: str, told: Mapping[str, Told]) -> None:
    for one in session.scalars(select(Attendance).where(Attendance.session_id == part)):
        if one.registration_id in told:
            one.minutes = told[one.registration_id].minutes
