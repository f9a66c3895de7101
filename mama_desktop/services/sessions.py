"""Sessions of an event: the days, half-days and parts of the programme for which people sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import SESSION_KINDS, Event, days_of, end_of, is_over_midnight
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.i18n import language

# A half-day that begins before this hour is the morning.
NOON = dt.time(12)


@dataclass(frozen=True)
class SessionRow:
    """One session as screens and papers show it.

    id: empty for a day that is not stored yet. day_number: its day among the `days` of the event, from 1 (0 when it
    lies outside them). part: which of its kind on that day, from 1. is_held: printed or keyed in, so it stays.
    night_until: when a whole day without hours is over on the next day; night_before: until when the evening before
    goes on into such a day.
    """

    id: str
    kind: str
    day: dt.date
    title_sl: str = ""
    title_en: str = ""
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    confirmed_at: dt.datetime | None = None
    confirmed_by: str = ""
    day_number: int = 1
    days: int = 1
    part: int = 1
    is_held: bool = False
    night_until: dt.time | None = None
    night_before: dt.time | None = None

    @property
    def begins(self) -> dt.datetime:
        """Its first moment."""
        return dt.datetime.combine(self.day, self.starts_at or self.night_before or dt.time.min)

    @property
    def ends(self) -> dt.datetime:
        """Its last moment, on the next day when its end is before its beginning."""
        if self.ends_at is None and self.night_until is not None:
            return dt.datetime.combine(self.day + dt.timedelta(days=1), self.night_until)
        return end_of(self.day, self.starts_at, self.ends_at)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


@dataclass(frozen=True)
class Adapted:
    """What became of the sessions after the event's dates changed. kept: sessions outside the dates, and why."""

    added: int = 0
    moved: int = 0
    removed: int = 0
    kept: tuple[Text, ...] = ()


def sessions_of(session: Session, event_id: str) -> list[SessionRow]:
    """The sessions of an event in the order of their days and hours."""
    event = session.get_one(Event, event_id)
    held = _held(session, event_id)
    days = _days(event)
    rows: list[SessionRow] = []
    parts: dict[tuple[dt.date, str], int] = {}
    for one in sorted(_stored(session, event_id), key=_order):
        part = parts[one.day, one.kind] = parts.get((one.day, one.kind), 0) + 1
        rows.append(
            SessionRow(
                one.id, one.kind, one.day, one.title_sl, one.title_en, one.starts_at, one.ends_at, one.confirmed_at,
                one.confirmed_by, days.index(one.day) + 1 if one.day in days else 0, len(days), part, one.id in held,
            )
        )  # fmt: skip
    return _with_nights(event, rows)


def planned_sessions(session: Session, event_id: str) -> list[SessionRow]:
    """The stored sessions, or the days of the event as `ensure_sessions` would make them (without a key)."""
    stored = sessions_of(session, event_id)
    if stored:
        return stored
    event = session.get_one(Event, event_id)
    days = _days(event)
    return _with_nights(
        event, [SessionRow("", "day", day, day_number=i, days=len(days)) for i, day in enumerate(days, 1)]
    )


def store_planned(session: Session, event_id: str) -> None:
    """Give an event without sessions its days, before something is printed or keyed in for them."""
    if not all(row.id for row in planned_sessions(session, event_id)):
        ensure_sessions(session, event_id)


def session_name(row: SessionRow, code: str) -> str:
    """What a session is called in the language `code`: "1. dan", "1. dan, dopoldne", the title of the part."""
    say = language(code).say
    title = row.title_en if code == "en" and row.title_en else row.title_sl or row.title_en
    day = say(T("day {number}", number=row.day_number)) if row.days > 1 and row.day_number else ""
    if row.kind == "day" and not title:
        return day or language(code).long_date(row.day)
    if not title and row.kind == "half-day":
        is_morning = row.starts_at < NOON if row.starts_at else row.part == 1
        title = say(T("morning") if is_morning else T("afternoon"))
    return ", ".join(words for words in (day, title or say(T("part {number}", number=row.part))) if words)


def ensure_sessions(session: Session, event_id: str) -> Adapted:
    """Make the sessions follow the event's dates: one for each day that has none.

    When the whole event moved, sessions that are neither printed nor keyed in move along. Such sessions outside the
    dates are removed; held ones are kept and said.
    """
    event = session.get_one(Event, event_id)
    stored, held, days = _stored(session, event_id), _held(session, event_id), _days(event)
    moved = removed = 0
    kept: list[Text] = []
    if stored and days:
        first, last = min(s.day for s in stored), max(s.day for s in stored)
        if first != days[0] and last - first == days[-1] - days[0]:
            for one in (s for s in stored if s.id not in held):
                one.day += days[0] - first
                moved += 1
    for one in [s for s in stored if s.day not in days]:
        if one.id in held:
            kept.append(T("{day}: printed or keyed in already, so it stays.", day=one.day))
        else:
            session.delete(one)
            stored.remove(one)
            removed += 1
    missing = [day for day in days if day not in {s.day for s in stored}]
    session.add_all(EventSession(event_id=event_id, day=day) for day in missing)
    session.flush()
    _renumber(session, event_id)
    return Adapted(len(missing), moved, removed, tuple(kept))


def add_session(
    session: Session,
    event_id: str,
    *,
    kind: str,
    day: dt.date,
    starts_at: dt.time | None = None,
    ends_at: dt.time | None = None,
    title_sl: str = "",
    title_en: str = "",
) -> str:
    """Add a day, a half-day or a part of the programme; returns its key. A free whole day gives way to its parts."""
    _check(session, event_id, kind, day, starts_at, ends_at)
    if kind != "day":
        held = _held(session, event_id)
        for whole in [s for s in _stored(session, event_id) if s.day == day and s.kind == "day" and s.id not in held]:
            session.delete(whole)
    added = EventSession(
        event_id=event_id, kind=kind, day=day, starts_at=starts_at, ends_at=ends_at,
        title_sl=clean(title_sl), title_en=clean(title_en),
    )  # fmt: skip
    session.add(added)
    session.flush()
    _renumber(session, event_id)
    return added.id


def edit_session(session: Session, session_id: str, **values: Any) -> None:
    """Change kind, day, starts_at, ends_at, title_sl or title_en. The day of a held session stays."""
    one = session.get_one(EventSession, session_id)
    wanted = {name: getattr(one, name) for name in ("kind", "day", "starts_at", "ends_at", "title_sl", "title_en")}
    if unknown := values.keys() - wanted.keys():
        raise TypeError(f"no such values of a session: {sorted(unknown)}")
    wanted |= values
    if wanted["day"] != one.day and session_id in _held(session, one.event_id):
        raise OfficeError(
            T("The day of this session cannot be changed: its sheet is printed or keyed in already."),
            safe=T("Nothing was changed."),
            todo=T("Add a new session on the other day."),
        )
    _check(session, one.event_id, wanted["kind"], wanted["day"], wanted["starts_at"], wanted["ends_at"])
    for name, value in wanted.items():
        setattr(one, name, clean(value) if isinstance(value, str) else value)
    session.flush()
    _renumber(session, one.event_id)


def remove_session(session: Session, session_id: str) -> None:
    """Remove a session for which nothing is printed or keyed in; others are refused."""
    one = session.get_one(EventSession, session_id)
    if session_id in _held(session, one.event_id):
        raise OfficeError(
            T("This session cannot be removed: its sheet is printed or keyed in already."),
            safe=T("Nothing was changed."),
        )
    session.delete(one)
    session.flush()
    _renumber(session, one.event_id)


def _check(
    session: Session, event_id: str, kind: str, day: dt.date, starts_at: dt.time | None, ends_at: dt.time | None
) -> None:
    if kind not in SESSION_KINDS:
        raise ValueError(f"no such kind of session: {kind}")
    days = _days(session.get_one(Event, event_id))
    if days and day not in days:
        raise OfficeError(
            T("{day} is not a day of this event.", day=day),
            safe=T("Nothing was changed."),
            todo=T("Choose a day between {first} and {last}.", first=days[0], last=days[-1]),
        )
    if starts_at and ends_at and ends_at <= starts_at and not is_over_midnight(starts_at, ends_at):
        raise OfficeError(
            T("The end ({last}) is before the beginning ({first}).", first=starts_at, last=ends_at),
            safe=T("Nothing was changed."),
        )


def _with_nights(event: Event, rows: Sequence[SessionRow]) -> list[SessionRow]:
    """Whole days without hours of their own, with the nights that belong to them or to the evening before."""
    one_day = (event.ends_on or event.starts_on) == event.starts_on
    until = event.ends_at if one_day and is_over_midnight(event.starts_at, event.ends_at) else None
    nights = [row.ends for row in rows if is_over_midnight(row.starts_at, row.ends_at)]
    return [
        row if row.starts_at or row.ends_at or row.kind != "day" else replace(
            row, night_until=until, night_before=max((n.time() for n in nights if n.date() == row.day), default=None)
        )
        for row in rows
    ]  # fmt: skip


def _days(event: Event) -> list[dt.date]:
    """The days of an event; none while only its month is known."""
    return days_of(event.starts_on, event.ends_on) if event.starts_on and event.precision != "month" else []


def _stored(session: Session, event_id: str) -> list[EventSession]:
    return list(session.scalars(select(EventSession).where(EventSession.event_id == event_id)))


def _order(one: EventSession) -> tuple[dt.date, int, dt.time, int, str]:
    return one.day, one.kind != "day", one.starts_at or dt.time.min, one.position, one.id


def _renumber(session: Session, event_id: str) -> None:
    for position, one in enumerate(sorted(_stored(session, event_id), key=_order), 1):
        if one.position != position:
            one.position = position
    session.flush()


def _held(session: Session, event_id: str) -> set[str]:
    """Keys of the sessions of an event that are printed, keyed in or confirmed."""
    own = select(EventSession.id).where(EventSession.event_id == event_id)
    held = set(session.scalars(own.where(EventSession.confirmed_at.is_not(None))))
    marked = select(Attendance.session_id).where(Attendance.session_id.in_(own))
    held |= set(session.scalars(marked.group_by(Attendance.session_id).having(func.count() > 0)))
    for printed in session.scalars(select(Issue.sessions).where(Issue.event_id == event_id)):
        held |= set(printed or ())
    return held


def label(row: SessionRow, code: str) -> str:
    """A session on one line, to choose from: "2. 4. 2020 · 1. dan"."""
    day, name = language(code).date(row.day), session_name(row, code)
    return day if row.kind == "day" and row.days == 1 and not row.title_sl else f"{day} · {name}"
