"""Which backups are kept: 7 days, 4 weeks, 12 months."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.store.rotation import DAILY, MONTHLY, WEEKLY, to_keep

STAMPS = st.lists(st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2020, 12, 31)), max_size=60)
TODAY = st.dates(dt.date(2019, 1, 1), dt.date(2020, 12, 31))


@given(STAMPS, TODAY)
def test_what_stays(stamps: list[dt.datetime], today: dt.date) -> None:
    kept = to_keep(stamps, today)
    past = [s for s in stamps if s.date() <= today]
    assert kept <= set(stamps)
    assert {s for s in stamps if s.date() > today} <= kept
    assert not past or max(past) in kept
    assert len(kept & set(past)) <= DAILY + WEEKLY + MONTHLY
    for stamp in kept & set(past):
        same_day = [s for s in past if s.date() == stamp.date()]
        assert stamp == max(same_day)
    # Rotating again takes nothing more.
    assert to_keep(kept, today) == kept


@given(st.integers(min_value=1, max_value=800), st.dates(dt.date(2018, 1, 1), dt.date(2020, 1, 1)))
def test_after_many_days_of_daily_backups(days: int, first: dt.date) -> None:
    """The newest of each of the last 7 days, 4 weeks and 12 months is still there after daily rotation."""
    every = [dt.datetime.combine(first + dt.timedelta(days=n), dt.time(17)) for n in range(days)]
    kept: set[dt.datetime] = set()
    for stamp in every:
        kept = to_keep(kept | {stamp}, stamp.date())
    assert kept == to_keep(every, every[-1].date())
    assert set(every[-DAILY:]) <= kept
    last_of_months = {(s.year, s.month): s for s in every}
    assert set(list(last_of_months.values())[-MONTHLY:]) <= kept
