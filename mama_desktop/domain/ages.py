"""Age on the day of the event; what could fall on either side of an edge is "to check", never guessed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from mama_desktop.domain.text import T, Text

# facts.md 4.1: the legal youth age 15-29 (ZJIMS, UL RS 42/2010) and Erasmus+ 13-30 both fall on these edges.
DEFAULT_BANDS = ("0-12", "13-14", "15-17", "18-24", "25-29", "30", "31+")
TO_CHECK = "to-check"
UNKNOWN = "unknown"
# A minor's own consent is valid from 15 (ZVOP-2, UL RS 163/22); a child is under 18 (Family Code, art. 6).
OWN_CONSENT_AGE = 15
ADULT_AGE = 18
_OLDEST = 130
_BAND = re.compile(r"^\s*(?:(\d+)\s*[-–]\s*(\d+)|(\d+)\s*\+|[<]\s*(\d+)|(\d+))\s*$")


@dataclass(frozen=True, order=True)
class Age:
    """Completed years, from `low` to `high` inclusive; equal when the birth date is known."""

    low: int
    high: int

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}+" if self.high >= _OLDEST else f"{self.low}–{self.high}"

    @property
    def exact(self) -> int | None:
        return self.low if self.low == self.high else None


@lru_cache(maxsize=512)
def band_edges(band: str) -> tuple[int, int] | None:
    """ "18-24" → (18, 24), "31+" → (31, 130), "<13" → (0, 12), "30" → (30, 30); None when it is no band."""
    match = _BAND.match(band)
    if not match:
        return None
    low, high, above, below, single = match.groups()
    if low:
        return (int(low), int(high)) if int(low) <= int(high) else None
    if above:
        return int(above), _OLDEST
    if below:
        return (0, int(below) - 1) if int(below) > 0 else None
    return int(single), int(single)


def completed_years(born: dt.date, day: dt.date) -> int:
    """Somebody born on 29 February completes a year on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_on(
    day: dt.date,
    *,
    birth_date: dt.date | None = None,
    birth_year: int | None = None,
    age_group: str = "",
    age_group_on: dt.date | None = None,
) -> Age | None:
    """The age on `day` from the best that is known; None when nothing is known or it cannot be."""
    if birth_date:
        years = completed_years(birth_date, day)
        return Age(years, years) if 0 <= years <= _OLDEST else None
    if birth_year:
        years = day.year - birth_year
        return Age(max(years - 1, 0), years) if 0 <= years <= _OLDEST else None
    edges = band_edges(age_group) if age_group else None
    if edges is None:
        return None
    since = age_group_on or day
    passed = completed_years(since, day) if day >= since else -completed_years(day, since) - 1
    later = passed + (day != since)
    low, high = max(edges[0] + min(passed, later), 0), max(edges[1] + max(passed, later), 0)
    return Age(low, min(high, _OLDEST))


@lru_cache(maxsize=2_000)
def band_of(age: Age | None, bands: tuple[str, ...] = DEFAULT_BANDS) -> str:
    """The band an age falls in, TO_CHECK when it could be in more than one, UNKNOWN without an age."""
    if age is None:
        return UNKNOWN
    for band in bands:
        edges = band_edges(band)
        if edges and edges[0] <= age.low <= edges[1]:
            return band if age.high <= edges[1] else TO_CHECK
    return TO_CHECK


def band_label(band: str) -> Text:
    if band == TO_CHECK:
        return T("to check")
    if band == UNKNOWN:
        return T("not known")
    if band == DEFAULT_BANDS[0]:
        return T("under {age}", age=13)
    return T("{band} years", band=band.replace("-", "–"))


def is_below(age: Age | None, limit: int) -> bool | None:
    """True below the limit, None when it cannot be told from what is known."""
    if age is None or age.low < limit <= age.high:
        return None
    return age.high < limit
