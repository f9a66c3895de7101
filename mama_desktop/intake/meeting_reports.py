"""Who was in an online meeting: the reports of Zoom, Teams and Meet, and lists with a column "prisoten", as values."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mama_desktop import child, resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, clean, fold, words_of
from mama_desktop.intake import delimited, encoding, meeting_rows, refusals, workbooks
from mama_desktop.intake.meeting_rows import Joined
from mama_desktop.intake.opening import MEMORY_MB, TIMEOUT_S
from mama_desktop.intake.reading import read_file
from mama_desktop.intake.tables import Cell, as_text
from mama_desktop.intake.vocabulary import plain

ZOOM, TEAMS, MEET, LIST = "zoom", "teams", "meet", "list"
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Attendee:
    """One person of a report, all joins together.

    name: cleaned; names: every way it can be read (the original name in brackets too). written: as in the report.
    spans: when they were there, in the report's own time, overlapping ones united. minutes: whole minutes, None where
    the report does not say how long. present: what a list says, None in a report. organisation: as written, or "".
    """

    name: str
    names: tuple[str, ...]
    written: str
    email: str = ""
    spans: tuple[Span, ...] = ()
    minutes: int | None = None
    present: bool | None = None
    organisation: str = ""


@dataclass(frozen=True)
class MeetingReport:
    """A report, read. kind: ZOOM, TEAMS, MEET or LIST. waited: rows of the waiting room, which count for nothing."""

    name: str
    kind: str
    attendees: tuple[Attendee, ...]
    title: str = ""
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    waited: int = 0

    @property
    def has_times(self) -> bool:
        return any(one.spans for one in self.attendees)


def open_report(
    path: str | os.PathLike[str], days: Sequence[dt.date] = (), report: child.Report | None = None
) -> MeetingReport:
    """Read a report in a child process within its limits. days: of the event, which decide between 4. 3. and 3. 4.

    Raises OfficeError: damaged, too large, not such a report …
    """
    read = child.run(
        read_report, str(Path(path).absolute()), tuple(days), timeout_s=TIMEOUT_S, memory_mb=MEMORY_MB, report=report,
        broken=refusals.damaged(), too_large=refusals.too_large(),
    )  # fmt: skip
    assert isinstance(read, MeetingReport)
    return read


def read_report(path: str, days: Sequence[dt.date] = ()) -> MeetingReport:
    """The same, here. Call it through `open_report`: a native parser may abort."""
    file = Path(path)
    best: MeetingReport | None = None
    for rows in _tables(file):
        found = report_of(file.name, rows, days)
        if found is not None and (best is None or len(found.attendees) > len(best.attendees)):
            best = found
    if best is None:
        raise OfficeError(
            T("“{name}” is neither a report of an online meeting nor a list with a column “present”.", name=file.name),
            safe=T("Nothing has been taken in; your data is as it was."),
            todo=T(
                "Take the participants’ report of Zoom, Teams or Meet as it was downloaded, or a list with names and a "
                "column “prisoten”."
            ),
        )
    return best


def report_of(name: str, rows: Sequence[Sequence[Cell]], days: Sequence[dt.date] = ()) -> MeetingReport | None:
    """What these cells report; None when nobody's presence is told by them."""
    read = meeting_rows.read(rows, heading_keys(), days)
    if not read.joined:
        return None
    return MeetingReport(
        name, _kind(read), _people(read.joined), read.title, read.starts, read.ends, waited=read.waited
    )


def united(reports: Sequence[MeetingReport]) -> MeetingReport:
    """Several reports of one event as one: who was in two of them stands there once, the times added up."""
    if len(reports) == 1:
        return reports[0]
    joined = [
        Joined(one.written, one.email, one.spans, one.minutes, one.present, one.organisation, is_whole=True)
        for report in {report.attendees: report for report in reports}.values()
        for one in report.attendees
    ]
    first = reports[0]
    return replace(
        first, name=", ".join(report.name for report in reports), attendees=_people(joined),
        starts=min((r.starts for r in reports if r.starts), default=None),
        ends=max((r.ends for r in reports if r.ends), default=None), waited=sum(r.waited for r in reports),
    )  # fmt: skip


@lru_cache(maxsize=1)
def heading_keys() -> dict[str, str]:
    """Plain heading → key, from resources/intake/meeting_headings.txt."""
    found: dict[str, str] = {}
    for line in resources.path("intake", "meeting_headings.txt").read_text(encoding="utf-8").splitlines():
        key, _, headings = line.partition(":")
        if headings and not line.startswith("#"):
            for heading in headings.split("|"):
                found.setdefault(plain(heading), key)
    return found


def minutes_of(spans: Iterable[Span]) -> int:
    """Whole minutes of spans of which none overlap; half a minute counts as one."""
    return int(sum((end - start).total_seconds() for start, end in spans) / 60 + 0.5)


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time without overlaps: two devices of one person are one presence."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def within(spans: Iterable[Span], first: dt.datetime, last: dt.datetime) -> tuple[Span, ...]:
    """What of the spans falls between two moments."""
    return tuple((max(a, first), min(b, last)) for a, b in spans if max(a, first) < min(b, last))


# Names

_IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_NO_NAME = re.compile(
    r"^(unverified|external|guest|host|me|co-?host|gost|gostja|zunanji|zunanja|gostitelj(ica)?|nepreverjen[oa]?|jaz|"
    r"organi[sz]er|organizator(ka)?|you|vi|(she|he|they|her|him|them|his|hers|theirs|ona|on|oni|njo|nje|njega|njih|"
    r"njen|njegov|any|all)(\s*/\s*\w+)*)$"
)
_DEVICE = re.compile(
    r"\b(iphone|ipad|ipod|galaxy|samsung|huawei|xiaomi|redmi|android|macbook|laptop|desktop|pc|telefon|tablica|phone|"
    r"tablet|computer|racunalnik)\b"
)
_OF_DEVICE = re.compile(r"(?i)^(?P<owner>.+?)['’`]?s?\s+(?:iphone|ipad|macbook|galaxy|phone|laptop)\b.*$")
_DEVICE_OF = re.compile(
    r"(?i)^(?:iphone|ipad|telefon|tablica|računalnik|macbook)\s*(?:od|-|uporabnika|of)?\s*(?P<o>.*)$"
)
_NOBODY = frozenset(
    "guest gost gostja udelezenec udelezenka user uporabnik zoom participant attendee neznano unknown".split()
)
_PARTED = re.compile(r"\s+[-–—|/@]\s+|\s*\|\s*|\s*,\s+")


def readings(written: str) -> tuple[str, ...]:
    """The names a display name may mean, best first: without brackets, the original name in them, without what follows
    a dash or a comma; a device says only whose it may be. Empty when it names nobody."""
    said = clean(written)
    inside = [clean(part) for part in _IN_BRACKETS.findall(said)]
    bare = clean(_IN_BRACKETS.sub(" ", said))
    found: list[str] = []
    for part in (bare, *inside):
        if not part or _NO_NAME.match(fold(part)):
            continue
        if _DEVICE.search(fold(part)):
            part = _owner(part)
        parts = [piece for piece in _PARTED.split(part) if piece]
        # "Novak, Ana" is one name; "Ana Novak, MC Krško" a name and where she is from.
        one_name = "," in part and len(parts) == 2 and all(len(piece.split()) == 1 for piece in parts)
        for name in (" ".join(reversed(parts)),) if one_name else parts:
            if not words_of(name) or set(words_of(name)) <= _NOBODY or name in found or len(name) > 200:
                continue
            found.append(name)
    return tuple(found)


def is_device(written: str) -> bool:
    """Whether a device or nobody in particular stands for the person."""
    return not readings(written) or bool(_DEVICE.search(fold(written)))


def _owner(name: str) -> str:
    match = _OF_DEVICE.match(name)
    if match:
        return match["owner"]
    match = _DEVICE_OF.match(name)
    return match["o"] if match else name


# One person of many rows


def _people(joined: Sequence[Joined]) -> tuple[Attendee, ...]:
    """Rows of one person together: the same name and no two e-mails; without an e-mail, the only one of that name."""
    groups: dict[tuple[str, str], list[Joined]] = {}
    for one in joined:
        groups.setdefault((_key(one.written), one.email.lower()), []).append(one)
    emails: dict[str, list[str]] = {}
    for name, email in groups:
        if email:
            emails.setdefault(name, []).append(email)
    for name, email in list(groups):
        theirs = emails.get(name, ())
        if not email and len(theirs) == 1:
            groups[name, theirs[0]] += groups.pop((name, email))
    return tuple(_attendee(rows) for rows in groups.values())


def _key(written: str) -> str:
    found = readings(written)
    return " ".join(sorted(words_of(found[0]))) if found else fold(written)


def _attendee(rows: Sequence[Joined]) -> Attendee:
    names = tuple(dict.fromkeys(name for row in rows for name in readings(row.written)))
    spans = union(span for row in rows for span in row.spans)
    stated = [row.minutes for row in rows if row.minutes is not None and not row.spans]
    minutes = minutes_of(spans) if spans else None
    if stated:
        minutes = (minutes or 0) + sum(stated)
    limits = [row.minutes for row in rows if row.minutes is not None and row.spans and row.is_whole]
    if limits and minutes is not None:
        # First join and last leave are the frame; how long somebody was there within it is what the report states.
        minutes = min(minutes, sum(limits))
    told = [row.present for row in rows if row.present is not None]
    return Attendee(
        names[0] if names else rows[0].written,
        names,
        rows[0].written,
        next((row.email for row in rows if row.email), ""),
        spans,
        minutes,
        any(told) if told else None,
        next((row.organisation for row in rows if row.organisation), ""),
    )


def _kind(read: meeting_rows.Read) -> str:
    if read.headings & {"time joined", "time exited"} or {"given", "duration"} <= read.keys:
        return MEET
    if read.keys & {"first_join", "last_leave", "action"} or read.sections:
        return TEAMS
    if any(one.present is not None for one in read.joined) and not any(one.spans for one in read.joined):
        return LIST
    return ZOOM if read.keys & {"join", "leave", "duration", "waiting"} else LIST


# Cells


def _tables(path: Path) -> list[list[list[Cell]]]:
    """Every sheet, or every way of cutting a text: the report's sections have rows of different widths."""
    reading = read_file(path)
    if reading.kind in ("xlsx", "xls", "xlsb", "ods"):
        return [[list(row) for row in grid.rows] for grid in workbooks.grids(path, reading.kind)]
    if reading.kind == "html":
        return [[[*table.headings], *([*row.values] for row in table.rows)] for table in reading.tables]
    words, _ = encoding.decode(path.read_bytes())
    return [
        [[clean(as_text(cell)) for cell in row] for row in delimited.cells(words, separator)]
        for separator in delimited.SEPARATORS
        if separator in words
    ]
