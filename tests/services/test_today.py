"""What Today shows, and on which day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.text import T
from mama_desktop.services import consents, questions, today
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


def test_what_waits_with_the_registrations(db: Database) -> None:
    def make(session: Session) -> None:
        soon = factories.make_event(
            session,
            "soon",
            starts_on=MONDAY + dt.timedelta(days=12),
            capacity=2,
            deadline=MONDAY - dt.timedelta(days=9),
        )
        full = factories.make_event(session, "full", starts_on=MONDAY + dt.timedelta(days=60), capacity=1)
        far = factories.make_event(session, "far", starts_on=MONDAY + dt.timedelta(days=60))
        past = factories.make_event(session, "past", starts_on=MONDAY - dt.timedelta(days=60), capacity=1)
        child, agreed, refused = (
            factories.make_person(session, f"Otrok{n}", birth_date=dt.date(2008, 1, 1)) for n in range(3)
        )
        grown = factories.make_person(session, "Ana", birth_date=dt.date(1990, 1, 1))
        late, early = dt.datetime(2020, 2, 25, 9, 0), dt.datetime(2020, 2, 20, 9, 0)
        for person in (agreed, grown):
            factories.make_registration(session, event=full, person=person, status="accepted")
            factories.make_registration(session, event=past, person=person, status="accepted")
        for event in (soon, far):
            factories.make_registration(session, event=event, person=child, status="accepted")
        factories.make_registration(session, event=soon, person=agreed, status="waiting", waiting_position=1)
        factories.make_registration(session, event=soon, person=refused, status="applied", applied_at=late)
        factories.make_registration(session, event=soon, person=grown, status="applied", applied_at=early)
        session.flush()
        for person, given, event_id in ((agreed, True, None), (refused, True, None), (refused, False, soon.id)):
            consents.record(
                session,
                [person.id],
                "participation",
                given,
                now=dt.datetime(2020, 2, 1, 8, 0),
                event_id=event_id,
                given_by_name="Eva",
            )
        questions.save(session, soon.id, kind="bool", label_sl="Vegetarijansko?", required=True)
        questions.save(session, far.id, kind="bool", label_sl="Vegetarijansko?", required=True)

    db.write(make, label=T("Test"))
    assert _codes(db, "late") == [("soon", 1)]
    assert _codes(db, "over") == [("full", 1)]
    assert _codes(db, "no-consent") == [("soon", 2)]
    assert _codes(db, "no-answers") == [("soon", 1)]
    (line,) = next(s.lines for s in db.read(today.today, day=MONDAY) if s.key == "free")
    assert (line.code, line.status) == ("soon", "waiting")
    assert line.note is not None
    assert i18n.language("sl").say(line.note) == "1 mesto je prosto, čaka 1 oseba"


def test_who_has_answered_waits_no_more_and_calm_days_have_no_more_sections(db: Database) -> None:
    def make(session: Session) -> None:
        me = factories.make_staff_member(session)
        event = factories.make_event(session, "soon", starts_on=MONDAY + dt.timedelta(days=3), responsible_id=me.id)
        for n, reply in enumerate(["none", "coming", "not-coming"]):
            person = factories.make_person(session, f"Ime{n}")
            factories.make_registration(session, event=event, person=person, status="invited", reply=reply)

    db.write(make, label=T("Test"))
    assert _codes(db, "no-answer") == [("soon", 1)]
    assert len(db.read(today.today, day=MONDAY)) == 6


def test_events_to_come_without_a_responsible_person_are_named(db: Database) -> None:
    def make(session: Session) -> str:
        me = factories.make_staff_member(session)
        factories.make_event(session, "mine", starts_on=MONDAY, responsible_id=me.id)
        factories.make_event(session, "later", starts_on=MONDAY + dt.timedelta(days=90))
        factories.make_event(session, "running", starts_on=MONDAY - dt.timedelta(days=1), ends_on=MONDAY)
        factories.make_event(session, "undated", starts_on=None)
        factories.make_event(session, "over", starts_on=MONDAY - dt.timedelta(days=1))
        factories.make_event(session, "called-off", starts_on=MONDAY, status="cancelled")
        return me.id

    me = db.write(make, label=T("Test"))
    assert [code for code, _ in _codes(db, "no-responsible")] == ["running", "later", "undated"]
    keys = {section.key for section in db.read(today.today, day=MONDAY, responsible_id=me)}
    assert "no-responsible" not in keys
