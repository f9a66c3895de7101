"""Which step of a registration may follow which, all pairs drawn, and the rules beside it."""

from __future__ import annotations

import datetime as dt

from mama_desktop.domain.registrations import STATUSES, is_late, may_follow, newcomers_status

# From a row's status to a column's: x may follow. What was a mistake can be taken back.
PAIRS = """
            invited applied accepted confirmed waiting declined cancelled
invited     x       x       x        x         x       x        x
applied     x       x       x        x         x       x        x
accepted    .       x       x        x         x       x        x
confirmed   .       .       x        x         x       x        x
waiting     .       x       x        x         x       x        x
declined    .       x       x        x         x       x        .
cancelled   x       x       x        x         x       .        x
"""


def test_which_step_may_follow_which() -> None:
    width = max(map(len, STATUSES)) + 3
    drawn = [line.split() for line in PAIRS.strip().splitlines()]
    found = [list(STATUSES)]
    found += [[one, *("x" if may_follow(one, other) else "." for other in STATUSES)] for one in STATUSES]
    assert drawn == found, "\n".join("".join(word.ljust(width) for word in row) for row in found)


def test_newcomers_go_behind_who_waits() -> None:
    assert newcomers_status("accepted", somebody_waits=True, waiting_closes=True) == "waiting"
    assert newcomers_status("invited", somebody_waits=True, waiting_closes=True) == "invited"
    assert newcomers_status("accepted", somebody_waits=True, waiting_closes=False) == "accepted"
    assert newcomers_status("applied", somebody_waits=False, waiting_closes=True) == "applied"


def test_the_day_of_the_deadline_is_in_time() -> None:
    day = dt.date(2020, 3, 1)
    assert not is_late(dt.datetime(2020, 3, 1, 23, 59), day)
    assert is_late(dt.datetime(2020, 3, 2), day)
    assert not is_late(None, day)
    assert not is_late(dt.datetime(2020, 3, 2), None)
