"""What Today shows, and on which day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop.domain.text import T
from mama_desktop.services import today
from mama_desktop.store.database import Database
from tests import factories

MONDAY = dt.date(2020, 3, 2)


def _fill(session: Session) -> None:
    def day(n: int) -> dt.date:
        return MONDAY + dt.timedelta(days=n)

    factories.make_event(session, "this", starts_on=day(4))
    factories.make_event(session, "over-two-weeks", starts_on=day(-3), ends_on=day(8))
    factories.make_event(session, "next", starts_on=day(7), deadline=day(2))
    factories.make_event(session, "month-only", starts_on=dt.date(2020, 3, 1), precision="month")
    factories.make_event(session, "called-off", starts_on=day(1), status="cancelled", deadline=day(1))
    soon = factories.make_event(session, "soon", starts_on=day(30))
    for n, status in enumerate(["applied", "applied", "invited", "accepted"]):
        person = factories.make_person(session, f"Ime{n}")
        factories.make_registration(session, event=soon, person=person, status=status)
    past = factories.make_event(session, "past", starts_on=day(-10))
    factories.make_session(session, past)
    factories.make_session(session, past, confirmed_at=dt.datetime(2020, 2, 25, 8, 0))


def _codes(db: Database, key: str) -> list[tuple[str, int]]:
    sections = {s.key: s for s in db.read(today.today, day=MONDAY)}
    return [(line.code, line.number) for line in sections[key].lines]


def test_today(db: Database) -> None:
    db.write(_fill, label=T("Test"))
    assert [c for c, _ in _codes(db, "this-week")] == ["over-two-weeks", "this"]
    assert [c for c, _ in _codes(db, "next-week")] == ["over-two-weeks", "next"]
    assert [c for c, _ in _codes(db, "deadlines")] == ["next"]
    assert _codes(db, "to-decide") == [("soon", 2)]
    assert _codes(db, "no-answer") == [("soon", 1)]
    assert _codes(db, "not-keyed-in") == [("past", 1)]


def test_mine_is_a_filter(db: Database) -> None:
    def make(session: Session) -> str:
        me = factories.make_staff_member(session)
        factories.make_event(session, "mine", starts_on=MONDAY, responsible_id=me.id)
        factories.make_event(session, "theirs", starts_on=MONDAY)
        return me.id

    me = db.write(make, label=T("Test"))
    (week, *_) = db.read(today.today, day=MONDAY, responsible_id=me)
    assert [line.code for line in week.lines] == ["mine"]
