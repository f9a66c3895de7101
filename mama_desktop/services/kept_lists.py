"""Lists kept as issued: what each said line by line, to whom it went, and what has changed since."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.text import T, clean
from mama_desktop.services import office

How = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Line:
    """One thing a list says. key: of the record; kind: a key of `Said.kinds`; name: what it is called; words: column
    key → what stands there, in the language of the list."""

    key: str
    kind: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """Everything a list says that somebody acts upon. kinds: key → heading ("Passengers"); columns: key → heading.

    ordered: kinds of which the order counts (the stops of a drive).
    title: of what it is ("Celje – Koper").
    """

    title: str
    kinds: Mapping[str, str]
    columns: Mapping[str, str]
    lines: tuple[Line, ...]
    ordered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """One line of a note of changes. kind, column: as headed in the list. before, after: the words then and now; of
    what moved the neighbour it now follows."""

    how: How
    kind: str
    name: str
    column: str = ""
    before: str = ""
    after: str = ""
    key: str = ""


@dataclass(frozen=True)
class Changes:
    """What is different between two times of a list, in the order of the list."""

    found: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found)

    def count(self, *hows: How) -> int:
        """How many lines (not columns) came, went, or became different."""
        return len({(one.kind, one.key) for one in self.found if one.how in hows})


def compare(before: Said, after: Said) -> Changes:
    """What came, went, became different, and what stands at another place of an ordered kind."""
    old, new = _by_key(before), _by_key(after)
    found: list[Change] = []
    for line in after.lines:
        was = old.get((line.kind, line.key))
        kind = after.kinds.get(line.kind, "")
        if was is None:
            found.append(Change("added", kind, line.name, after=_all_words(line), key=line.key))
            continue
        if was.name != line.name:
            found.append(Change("changed", kind, line.name, before=was.name, after=line.name, key=line.key))
        for column in dict.fromkeys((*was.words, *line.words)):
            then, now = was.words.get(column, ""), line.words.get(column, "")
            if then != now:
                heading = after.columns.get(column) or before.columns.get(column, "")
                found.append(Change("changed", kind, line.name, heading, then, now, line.key))
        if line.kind in after.ordered and (line.kind, line.key) in _moved(before, after, line.kind):
            found.append(Change("moved", kind, line.name, after=_neighbour(after, line), key=line.key))
    for line in before.lines:
        if (line.kind, line.key) not in new:
            kind = before.kinds.get(line.kind, "")
            found.append(Change("removed", kind, line.name, before=_first_words(line), key=line.key))
    return Changes(tuple(found))


def _by_key(said: Said) -> dict[tuple[str, str], Line]:
    return {(line.kind, line.key): line for line in said.lines}


def _all_words(line: Line) -> str:
    return ", ".join(words for words in line.words.values() if words)


def _first_words(line: Line) -> str:
    """Of what is gone the first thing is enough to know it by: where somebody would have got on, not their phone."""
    return next((words for words in line.words.values() if words), "")


def _neighbour(said: Said, line: Line) -> str:
    """The line of its kind before it; empty for the first."""
    its = [one for one in said.lines if one.kind == line.kind]
    place = next(i for i, one in enumerate(its) if one.key == line.key)
    return its[place - 1].name if place else ""


def _moved(before: Said, after: Said, kind: str) -> set[tuple[str, str]]:
    """Of the lines on both, the fewest that have to be taken out so that the rest stand in the same order."""
    old = {line.key: i for i, line in enumerate(one for one in before.lines if one.kind == kind)}
    keys = [line.key for line in after.lines if line.kind == kind and line.key in old]
    tails: list[int] = []
    ends: list[int] = []
    came_from: dict[int, int | None] = {}
    for i, key in enumerate(keys):
        at = bisect_left(tails, old[key])
        came_from[i] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [old[key]], [i]
    staying: set[str] = set()
    place = ends[-1] if ends else None
    while place is not None:
        staying.add(keys[place])
        place = came_from[place]
    return {(kind, key) for key in keys if key not in staying}


def keep(
    session: Session,
    *,
    document: str,
    event_id: str,
    said: Said,
    data: bytes,
    file_name: str,
    code: str,
    now: dt.datetime,
    who: str,
    subject: str = "",
    language: str = "sl",
    options: Mapping[str, Any] | None = None,
    pages: int = 0,
) -> Issue:
    """Keep a list as it goes out: its file with the code that stands on it (`issues.new_code`), and what it says.

    subject: the trip, the house it is of; options: with which it is made again to be compared, plain values only.
    """
    query = select(func.max(Issue.number)).where(
        Issue.event_id == event_id, Issue.document == document, Issue.subject == subject
    )
    issue = Issue(
        code=code, event_id=event_id, document=document, sessions=[], subject=subject, language=language,
        number=(session.scalar(query) or 0) + 1, options=dict(options or {}), pages=pages, file_name=file_name,
        file_hash=office.store_file(session, data), made_at=now, made_by=who, said=stored(said),
    )  # fmt: skip
    session.add(issue)
    session.flush()
    return issue


def mark_sent(session: Session, issue_id: str, *, to: str, at: dt.datetime | None) -> None:
    """Say to whom and when a list went; at None: it did not after all. Raises OfficeError for a time before it was made
    and for nobody."""
    issue = session.get(Issue, issue_id)
    if issue is None:
        raise OfficeError(T("This list is not there any more."), safe=T("Nothing was changed."))
    to = clean(to)
    if at is not None and not to:
        raise OfficeError(T("Please write to whom the list was sent."), safe=T("Nothing was changed."))
    if at is not None and at < issue.made_at:
        raise OfficeError(
            T("A list cannot be sent before it was made ({when}).", when=issue.made_at), safe=T("Nothing was changed.")
        )
    issue.sent_to, issue.sent_at = (to[:300], at) if at is not None else ("", None)
    session.flush()


def stored(said: Said) -> dict[str, Any]:
    """What a list says as plain values."""
    return {
        "title": said.title,
        # As pairs, because a server's JSON forgets the order of keys.
        "kinds": _pairs(said.kinds),
        "columns": _pairs(said.columns),
        "ordered": list(said.ordered),
        "lines": [[line.key, line.kind, line.name, _pairs(line.words)] for line in said.lines],
    }


def read(values: Mapping[str, Any]) -> Said:
    """What was stored."""
    lines = tuple(Line(key, kind, name, dict(words)) for key, kind, name, words in values.get("lines", ()))
    return Said(
        values.get("title", ""), dict(values.get("kinds", ())), dict(values.get("columns", ())), lines,
        tuple(values.get("ordered", ())),
    )  # fmt: skip


def _pairs(words: Mapping[str, str]) -> list[list[str]]:
    return [[key, said] for key, said in words.items()]


def nothing_of(said: Said) -> Said:
    """The same list with nothing on it: what it is of is not there any more."""
    return Said(said.title, said.kinds, said.columns, (), said.ordered)


def last_sent(issues: Sequence[Issue]) -> Issue | None:
    """Of the issues of one list the one its readers have."""
    sent = [one for one in issues if one.sent_at is not None]
    return max(sent, key=lambda one: (one.sent_at, one.number), default=None)
