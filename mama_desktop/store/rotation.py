"""Which backups stay: the last of each of 7 days, 4 weeks and 12 months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

DAILY, WEEKLY, MONTHLY = 7, 4, 12


def to_keep(stamps: Iterable[dt.datetime], today: dt.date) -> set[dt.datetime]:
    """The times of the backups to keep; the others may go.

    Days, weeks (from Monday) and months without a backup do not count, so a closed office loses nothing. What was made
    later than `today`, by a clock that went wrong, always stays.
    """
    newest_first = sorted(set(stamps), reverse=True)
    past = [stamp for stamp in newest_first if stamp.date() <= today]
    kept = {stamp for stamp in newest_first if stamp.date() > today}
    kept |= _last_of_each(past, lambda stamp: stamp.date(), DAILY)
    kept |= _last_of_each(past, lambda stamp: stamp.isocalendar()[:2], WEEKLY)
    kept |= _last_of_each(past, lambda stamp: (stamp.year, stamp.month), MONTHLY)
    return kept


def _last_of_each(
    newest_first: list[dt.datetime], period: Callable[[dt.datetime], object], count: int
) -> set[dt.datetime]:
    last: dict[object, dt.datetime] = {}
    for stamp in newest_first:
        last.setdefault(period(stamp), stamp)
    return set(list(last.values())[:count])
