"""The sections of a meeting's report, row by row: which columns they have, who joined when, what the meeting was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from mama_desktop.domain.text import fold
from mama_desktop.intake.dates import order_of, parse_date, parse_moment
from mama_desktop.intake.tables import Cell, as_text
from mama_desktop.intake.vocabulary import plain

Span = tuple[dt.datetime, dt.datetime]
_SECTION = re.compile(r"^\d{1,2}\.\s+\D")
_CLOCK = re.compile(r"(?i)^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|dop\.?|pop\.?)?$")
_UNIT = re.compile(r"(\d+)\s*(h|hr|hrs|hour|hours|ur|ura|uri|ure|m|min|mins|minute|minutes|minut|minuta|minuti|s|sec|"
                   r"secs|second|seconds|sek|sekund)\b\.?")  # fmt: skip
_COLONS = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2}))?$")
_ZULU = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$")
_OFFICE = ZoneInfo("Europe/Ljubljana")
_YES = frozenset("da yes y d x 1 true prisoten prisotna present attended v ✓ ✔ ☑ ✅ + je ja udelezen udelezena".split())
_NO = frozenset("ne no n 0 false odsoten odsotna absent - – — ✗ ✘ ☐ ni opravicen opravicena excused".split())
_AFTER = frozenset({"pm", "p.m.", "pop", "pop."})
_JOINS = ("join", "pridruz", "vstop", "beigetreten")


@dataclass(frozen=True)
class Joined:
    """One row of a report. minutes: as stated, rounded. is_whole: the spans are only first join and last leave."""

    written: str
    email: str = ""
    spans: tuple[Span, ...] = ()
    minutes: int | None = None
    present: bool | None = None
    organisation: str = ""
    is_whole: bool = False


@dataclass
class Read:
    """What a report's rows say. keys, headings: of all heading rows together. sections: whether they are numbered."""

    joined: list[Joined] = field(default_factory=list)
    title: str = ""
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    day: dt.date | None = None
    waited: int = 0
    keys: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    sections: bool = False


@dataclass
class _Section:
    columns: dict[str, int]
    rows: list[Sequence[Cell]] = field(default_factory=list)


def read(rows: Sequence[Sequence[Cell]], known: Mapping[str, str], days: Sequence[dt.date] = ()) -> Read:
    """Sections of who was there; known: plain heading → key. Times without a day belong to the meeting's or the event's
    first day."""
    found = Read()
    sections = _sections(rows, known, found)
    times = _Times([cell for row in rows for cell in row], days)
    _about(rows, known, found, times)
    times.day = found.day or (found.starts.date() if found.starts else None) or times.day
    single = [s for s in sections if "join" in s.columns or "action" in s.columns]
    whole = [s for s in sections if s not in single]
    if single and whole:
        # Every single join is told below: first join and last leave are only wanted for whom it leaves out.
        for section in single:
            _joins(section, found, times)
        there = {(fold(one.written), one.email.lower()) for one in found.joined}
        more = Read()
        for section in whole:
            _joins(section, more, times)
        found.joined += [one for one in more.joined if (fold(one.written), one.email.lower()) not in there]
    else:
        for section in sections:
            _joins(section, found, times)
    return found


def _sections(rows: Sequence[Sequence[Cell]], known: Mapping[str, str], found: Read) -> list[_Section]:
    sections: list[_Section] = []
    current: _Section | None = None
    for place, row in enumerate(rows):
        filled = [as_text(cell) for cell in row if cell != ""]
        if not filled or (len(filled) == 1 and _SECTION.match(filled[0])):
            current = None
            found.sections = found.sections or bool(filled)
            continue
        columns = _columns(row, known) or (_by_content(rows, place) if current is None and found.sections else {})
        if columns:
            current = _Section(columns)
            sections.append(current)
            found.keys |= columns.keys()
            found.headings |= {plain(as_text(cell)) for cell in row}
        elif current is not None:
            current.rows.append(row)
    return sections


def _columns(row: Sequence[Cell], known: Mapping[str, str]) -> dict[str, int]:
    """Key → column of a heading row; nothing when it is none."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, str) and cell and len(cell) < 80 and (key := known.get(plain(cell))):
            columns.setdefault(key, place)
    if "family" in columns and "given" not in columns and "name" in columns:
        # "Ime" beside "Priimek" is the given name.
        columns["given"] = columns.pop("name")
    who = columns.keys() & {"name", "given", "family", "email"}
    # A host's e-mail stands in the block about the meeting as well.
    if "topic" in columns and not columns.keys() & {"name", "given"}:
        return {}
    what = columns.keys() & {"join", "first_join", "duration", "present", "timestamp"}
    return columns if who and what else {}


def _by_content(rows: Sequence[Sequence[Cell]], place: int) -> dict[str, int]:
    """Columns of a numbered section whose headings are in a language nobody taught us: two moments, a duration, an
    e-mail; the first column is the name."""
    sample = rows[place + 1] if place + 1 < len(rows) else ()
    moments, columns = [], {"name": 0}
    for at, cell in enumerate(sample):
        words = as_text(cell)
        if at == 0 or not words:
            continue
        if "@" in words:
            columns.setdefault("email", at)
        elif _UNIT.match(fold(words)):
            columns.setdefault("duration", at)
        elif re.search(r"\d[:.]\d\d", words) and parse_moment(cell) is not None:
            moments.append(at)
    if len(moments) != 2 or "duration" not in columns:
        return {}
    # The first such section tells of each person once, the next of each join.
    first = not any(re.match(r"^3\.", as_text(row[0])) for row in rows[max(0, place - 2) : place] if row)
    columns |= dict(zip(("first_join", "last_leave") if first else ("join", "leave"), moments, strict=True))
    return columns


def _about(rows: Sequence[Sequence[Cell]], known: Mapping[str, str], found: Read, times: _Times) -> None:
    """Title, beginning and end: under headings of their own, or each beside its word."""
    wanted = {"topic", "start", "end", "date"}
    for place, row in enumerate(rows[:40]):
        keys = {known.get(plain(as_text(cell))): at for at, cell in enumerate(row) if cell != ""}
        if len(keys.keys() & wanted) >= 2 and place + 1 < len(rows):
            for key in keys.keys() & wanted:
                at = keys[key]
                _tell(found, str(key), rows[place + 1][at] if at < len(rows[place + 1]) else "", times)
        elif len(row) > 1 and (key := known.get(plain(as_text(row[0])))) in wanted and row[1] != "":
            _tell(found, str(key), row[1], times)


def _tell(found: Read, key: str, cell: Cell, times: _Times) -> None:
    if key == "topic":
        found.title = found.title or as_text(cell)[:300]
    elif key == "date":
        found.day = found.day or parse_date(cell, times.order)
    elif key == "start":
        found.starts = found.starts or times.moment(cell)
    else:
        found.ends = found.ends or times.moment(cell)


def _joins(section: _Section, found: Read, times: _Times) -> None:
    if "action" in section.columns:
        _actions(section, found, times)
        return
    for row in section.rows:
        cells = {key: row[at] if at < len(row) else "" for key, at in section.columns.items()}
        written, email = _who(cells)
        if not (written or email):
            continue
        if fold(as_text(cells.get("waiting", ""))) in _YES:
            found.waited += 1
            continue
        whole = "first_join" in section.columns
        first = times.moment(cells.get("first_join" if whole else "join", ""))
        last = times.moment(cells.get("last_leave" if whole else "leave", ""))
        minutes = minutes_in(cells.get("duration", ""))
        if first is not None and last is None and minutes is not None:
            last = first + dt.timedelta(minutes=minutes)
        if first is not None and last is not None and last < first and last + dt.timedelta(days=1) > first:
            last += dt.timedelta(days=1)  # Over midnight, told by the clock alone.
        spans = ((first, last),) if first is not None and last is not None and first < last else ()
        present = is_present(cells["present"]) if "present" in cells else None
        if "present" in cells and present is None and as_text(cells["present"]).strip():
            # "90" or "1 h 30 min" under "prisotnost" is how long.
            minutes = minutes if minutes is not None else minutes_in(cells["present"])
        elif "present" in cells:
            present = bool(present)
        found.joined.append(
            Joined(written or email, email, spans, minutes, present, as_text(cells.get("organisation", "")), whole)
        )


def _actions(section: _Section, found: Read, times: _Times) -> None:
    """The older form of Teams: a row for each joining and each leaving; who never left stayed to the end."""
    at: dict[str, dt.datetime] = {}
    spans: dict[str, list[Span]] = {}
    emails: dict[str, str] = {}
    moments = []
    for row in section.rows:
        cells = {key: row[place] if place < len(row) else "" for key, place in section.columns.items()}
        written, email = _who(cells)
        moment = times.moment(cells.get("timestamp", ""))
        if not written or moment is None:
            continue
        moments.append(moment)
        emails[written] = emails.get(written) or email
        spans.setdefault(written, [])
        if fold(as_text(cells["action"])).startswith(_JOINS):
            at.setdefault(written, moment)
        elif (begun := at.pop(written, None)) is not None:
            spans[written].append((begun, moment))
    for written, begun in at.items():
        spans[written].append((begun, max(moments)))
    found.joined += [
        Joined(name, emails[name], tuple(s for s in theirs if s[0] < s[1]), None if theirs else 0)
        for name, theirs in spans.items()
    ]


def _who(cells: Mapping[str, Cell]) -> tuple[str, str]:
    if "given" in cells or "family" in cells:
        written = f"{as_text(cells.get('given', ''))} {as_text(cells.get('family', ''))}".strip()
    else:
        written = as_text(cells.get("name", ""))
    email = next((as_text(cells.get(key, "")) for key in ("email", "upn") if "@" in as_text(cells.get(key, ""))), "")
    return written, email.strip().strip("<>")


def is_present(cell: Cell) -> bool | None:
    """Whether "da", "x", "1", "✓" … is meant, or "ne", "0", "odsoten"; None when neither."""
    if isinstance(cell, bool):
        return cell
    words = fold(as_text(cell)).strip(" .!")
    first = words.split(" ")[0].split("/")[0] if words else ""
    if words in _YES or first in _YES:
        return True
    return False if not words or words in _NO or first in _NO else None


def minutes_in(cell: Cell) -> int | None:
    """Whole minutes of "1h 2m 3s", "1 hr 2 min", "1:02:03", "62" or a duration; None when it says none."""
    if isinstance(cell, bool) or cell == "":
        return None
    if isinstance(cell, dt.timedelta):
        return _rounded(cell.total_seconds())
    if isinstance(cell, dt.time):
        return _rounded(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, int | float):
        return int(cell + 0.5) if 0 <= cell < 100_000 else None
    words = fold(as_text(cell))
    if re.fullmatch(r"\d{1,5}([.,]\d+)?", words):
        return int(float(words.replace(",", ".")) + 0.5)
    if match := _COLONS.match(words):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _rounded(hours * 3600 + minutes * 60 + seconds)
    units = _UNIT.findall(re.sub(r"(?<=[a-z])(?=\d)", " ", words))
    if not units or len(words) > 40:
        return None
    size = {"h": 3600, "u": 3600, "m": 60, "s": 1}
    return _rounded(sum(int(number) * size[unit[0]] for number, unit in units))


def _rounded(seconds: float) -> int:
    return int(seconds / 60 + 0.5)


class _Times:
    """Moments as this report writes them. order: whether its days or its months come first."""

    def __init__(self, cells: Sequence[Cell], days: Sequence[dt.date]) -> None:
        words = [cell for cell in cells if isinstance(cell, str) and re.search(r"\d[/.]\s?\d", cell)]
        said = order_of(words)
        self.order, self.day = said.order, days[0] if days else None
        if said.ambiguous:
            american = any(re.search(r"(?i)\d\s?[ap]m\b", word) for word in words)
            orders = ("mdy", "dmy") if american else ("dmy", "mdy")
            fits = [o for o in orders if any(parse_date(word, o) in set(days) for word in words)]
            self.order = fits[0] if fits else orders[0]

    def moment(self, cell: Cell) -> dt.datetime | None:
        """A moment, in office time where the report says its zone; an hour alone is of the meeting's day."""
        if isinstance(cell, dt.datetime):
            return cell.replace(tzinfo=None)
        if isinstance(cell, dt.time):
            return dt.datetime.combine(self.day, cell) if self.day else None
        words = as_text(cell).strip()
        if _ZULU.search(words):
            aware = dt.datetime.fromisoformat(words)
            return aware.astimezone(_OFFICE).replace(tzinfo=None, microsecond=0)
        if match := _CLOCK.match(words):
            return self._clock(match)
        moment = parse_moment(cell, self.order) if re.search(r"\d[:.]\d\d", words) else None
        if moment is not None and moment.hour == 12 and re.search(r"(?i)\b(am|a\.m\.|dop)", words):
            moment -= dt.timedelta(hours=12)
        return moment

    def _clock(self, match: re.Match[str]) -> dt.datetime | None:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if match[4]:
            hour = hour % 12 + (12 if match[4].lower() in _AFTER else 0)
        if self.day is None or hour > 23 or minute > 59 or second > 59:
            return None
        return dt.datetime.combine(self.day, dt.time(hour, minute, second))
