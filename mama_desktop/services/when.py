"""When an event is, typed as anybody would: "maj 2020", "2. 4. 2020", "2.–3. april 2020 ob 9.00", "2–3 April 2020"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from mama_desktop.domain.events import is_over_midnight
from mama_desktop.domain.text import fold
from mama_desktop.i18n import Language

# The beginnings by which the months are told apart, in Slovene (all cases) and English.
_MONTHS = ("jan", "feb", "mar", "apr", "maj|may", "jun", "jul", "avg|aug", "sep", "okt|oct", "nov", "dec")
_MONTH_WORD = re.compile(r"\b([a-z]{3,})\b\.?")
_TIMES = re.compile(
    r"(?:\bob\b|\bat\b|\bod\b|\bfrom\b|,)\s*(\d{1,2})[.:](\d{2})\s*(?:h\b)?"
    r"(?:\s*(?:-|do\b|to\b|until\b)\s*(\d{1,2})[.:](\d{2})\s*(?:h\b)?)?\s*$"
)
_HOURS = re.compile(r"\b(?:ob|at)\s+(\d{1,2})\s*(?:h\b|uri\b)?\s*$")
_COLON_TIMES = re.compile(r"\s(\d{1,2}):(\d{2})(?:\s*-\s*(\d{1,2}):(\d{2}))?\s*$")
_IDLE = re.compile(
    r"\b(?:ponedeljek|torek|sreda|sredo|cetrtek|petek|soboto?a?|nedeljo?a?|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|od|from|the|leta|of|dne|on)\b,?"
)
_YEAR = r"(?P<year>\d{4})"
_GAP = r"(?:\s*[./]|\s)"
_ISO = re.compile(rf"^{_YEAR}-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?$")
_MONTH = re.compile(
    rf"^(?P<month>\d{{1,2}})\s*[./ ]\s*{_YEAR}$|^m(?P<word>\d{{1,2}})(?:[\s./]+(?P<wordyear>\d{{4}}))?$"
)
_DAY = re.compile(rf"^(?P<day>\d{{1,2}}){_GAP}\s*m?(?P<month>\d{{1,2}})(?:{_GAP}|$)\s*(?P<year>\d{{4}}|\d{{2}})?\.?$")
_MONTH_FIRST = re.compile(
    rf"^m(?P<month>\d{{1,2}})\s+(?P<day>\d{{1,2}})(?:\s*-\s*(?P<last>\d{{1,2}}))?(?:\s+{_YEAR})?$"
)
_ONLY_DAY = re.compile(r"^(\d{1,2})\.?$")
# An hour alone, as people write it: 9, 9.30, 9:30, 9h30, "ob 17h", "5.30 pm", 9:30:00.
_HOUR = re.compile(r"^(?:ob|at)?\s*(\d{1,2})(?:\s*[.:h]\s*(\d{2}))?(?::\d{2})?\s*(?:h|uri)?\s*(am|pm)?$")
# A date without a year is the nearest one that is not long over.
_LONG_OVER = dt.timedelta(days=120)


@dataclass(frozen=True)
class When:
    """The dates of an event as known so far. precision: month (starts_on is its first), day, or time (with an hour)."""

    starts_on: dt.date
    ends_on: dt.date | None = None
    precision: str = "day"
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None


def read_when(words: str, today: dt.date) -> When | None:
    """What is meant; None when it cannot be read (also a day that does not exist, or an end before the beginning)."""
    plain = _plain(words)
    try:
        plain, starts_at, ends_at = _take_times(plain)
        found = _read_dates(_without_idle(plain), today)
    except ValueError:
        return None
    if found is None or (starts_at and found.precision == "month"):
        return None
    if found.ends_on and found.ends_on < found.starts_on:
        return None
    if starts_at is None:
        return found
    if ends_at and not found.ends_on and ends_at <= starts_at and not is_over_midnight(starts_at, ends_at):
        return None
    return When(found.starts_on, found.ends_on, "time", starts_at, ends_at)


def read_time(words: str) -> dt.time | None:
    """A time of day typed as anybody types it; None for nothing. Raises ValueError for what is none."""
    folded = fold(words)
    if not folded:
        return None
    match = _HOUR.match(folded)
    if match is None:
        raise ValueError(words)
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            raise ValueError(words)
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return dt.time(hour, int(match[2] or 0))


def said_when(when: When, speak: Language) -> str:
    """ "četrtek, 2. april 2020, 9.00–17.30", as it was understood."""
    if when.precision == "month":
        return speak.month(when.starts_on)
    one_day = when.ends_on is None or when.ends_on == when.starts_on
    days = speak.long_date(when.starts_on, weekday=True) if one_day else speak.date_range(when.starts_on, when.ends_on)
    if when.starts_at is None:
        return days
    if when.ends_at is not None:
        return f"{days}, {speak.time(when.starts_at)}–{speak.time(when.ends_at)}"
    return f"{days} ob {speak.time(when.starts_at)}" if speak.code == "sl" else f"{days}, {speak.time(when.starts_at)}"


def _plain(words: str) -> str:
    """Lower case, no accents, one kind of dash, months as m1 … m12."""
    plain = re.sub(r"[–—−‐‑]", "-", fold(words)).strip(" .,;")
    return _MONTH_WORD.sub(lambda match: _month_of(match[1]) or match[0], plain)


def _month_of(word: str) -> str:
    for number, beginnings in enumerate(_MONTHS, 1):
        for beginning in beginnings.split("|"):
            # "maja" and "september" yes, "marec" and "majhen" no more than they must.
            if word.startswith(beginning) and len(word) <= len("septembra") and _is_month(word, beginning):
                return f"m{number} "
    return ""


def _is_month(word: str, beginning: str) -> bool:
    rest = word.removeprefix(beginning)
    return rest in _RESTS[beginning]


_RESTS = {
    "jan": ("", "uar", "uarja", "uarju", "uary"), "feb": ("", "ruar", "ruarja", "ruarju", "ruary"),
    "mar": ("", "ec", "ca", "cu", "ch"), "apr": ("", "il", "ila", "ilu"), "maj": ("", "a", "u"), "may": ("",),
    "jun": ("", "ij", "ija", "iju", "e"), "jul": ("", "ij", "ija", "iju", "y"),
    "avg": ("", "ust", "usta", "ustu"), "aug": ("", "ust"), "sep": ("", "t", "tember", "tembra", "tembru"),
    "okt": ("", "ober", "obra", "obru"), "oct": ("", "ober"), "nov": ("", "ember", "embra", "embru"),
    "dec": ("", "ember", "embra", "embru"),
}  # fmt: skip


def _without_idle(plain: str) -> str:
    plain = _IDLE.sub(" ", plain)
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"\b(?:do|to|until|in|and)\b", "-", plain)
    return re.sub(r"\s+", " ", plain.replace(",", " ")).strip(" .-")


def _take_times(plain: str) -> tuple[str, dt.time | None, dt.time | None]:
    match = _TIMES.search(plain) or _COLON_TIMES.search(plain)
    if match is not None:
        begin, end = _time(match[1], match[2]), _time(match[3], match[4]) if match[3] else None
        return plain[: match.start()], begin, end
    match = _HOURS.search(plain)
    if match is not None:
        return plain[: match.start()], _time(match[1], "0"), None
    return plain, None, None


def _time(hour: str, minute: str) -> dt.time:
    return dt.time(int(hour), int(minute))


def _read_dates(plain: str, today: dt.date) -> When | None:
    iso = _ISO.match(plain)
    if iso is not None:
        if iso["day"] is None:
            return When(dt.date(int(iso["year"]), int(iso["month"]), 1), precision="month")
        return When(dt.date(int(iso["year"]), int(iso["month"]), int(iso["day"])))
    if re.fullmatch(r"\d{4}-\d\d-\d\d\s*-\s*\d{4}-\d\d-\d\d", plain):
        return When(dt.date.fromisoformat(plain[:10]), dt.date.fromisoformat(plain[-10:]))
    month = _MONTH.match(plain)
    if month is not None:
        return _read_month(month, today)
    english = _MONTH_FIRST.match(plain)
    if english is not None:
        first = _dated(int(english["day"]), int(english["month"]), english["year"], today)
        return When(first, first.replace(day=int(english["last"])) if english["last"] else None)
    parts = [part.strip(" ") for part in plain.split("-")]
    if len(parts) == 1:
        only = _DAY.match(parts[0])
        return When(_dated(int(only["day"]), int(only["month"]), only["year"], today)) if only else None
    return _read_range(parts, today) if len(parts) == 2 else None


def _read_month(match: re.Match[str], today: dt.date) -> When:
    number, year = int(match["month"] or match["word"]), match["year"] or match["wordyear"]
    if year is None:
        first = dt.date(today.year, number, 1)
        first = first if first >= today.replace(day=1) else first.replace(year=today.year + 1)
        return When(first, precision="month")
    return When(dt.date(int(year), number, 1), precision="month")


def _read_range(parts: list[str], today: dt.date) -> When | None:
    """The last day is whole; the first borrows from it what it does not say."""
    end = _DAY.match(parts[1])
    if end is None:
        return None
    last = _dated(int(end["day"]), int(end["month"]), end["year"], today)
    only = _ONLY_DAY.match(parts[0])
    if only is not None:
        return When(last.replace(day=int(only[1])), last)
    begin = _DAY.match(parts[0])
    if begin is None:
        return None
    if begin["year"]:
        return When(_dated(int(begin["day"]), int(begin["month"]), begin["year"], today), last)
    first = dt.date(last.year, int(begin["month"]), int(begin["day"]))
    # "30. 12.–2. 1. 2021" begins in the year before.
    return When(first if first <= last or end["month"] == begin["month"] else first.replace(year=last.year - 1), last)


def _dated(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year is not None:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = dt.date(today.year, month, day)
    return found if found >= today - _LONG_OVER else found.replace(year=today.year + 1)
