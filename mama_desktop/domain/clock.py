"""The one clock: every "today" of the program comes from here, so that a sample can stand on its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Clock:
    """Office time without a zone. `stands_on`: the day on which this workspace's clock stands, or None."""

    stands_on: dt.date | None = None

    def now(self) -> dt.datetime:
        now = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the office's own wall clock
        return now if self.stands_on is None else dt.datetime.combine(self.stands_on, now.time())

    def today(self) -> dt.date:
        return self.now().date()
