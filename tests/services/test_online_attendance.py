"""A report of an online meeting as attendance: whom it means, how long, what stays, and undo."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.intake.meeting_reports import MeetingReport, report_of
from mama_desktop.services import attendance, office, online_attendance, sessions
from mama_desktop.services.online_attendance import (
    LEAST,
    LEAVE_OUT,
    MISSING,
    POSSIBLE,
    PRESENT,
    SHORT,
    UNKNOWN,
    WALK_IN,
    OnlineOptions,
    OnlineTaken,
)
from mama_desktop.store.database import Database
from tests.factories import make_event, make_organisation, make_person, make_registration, make_session
from tests.intake import samples_meetings as samples

NOW = dt.datetime(2020, 4, 2, 15, 0)
DAY = dt.date(2020, 4, 2)


def report(text: str, separator: str = ",") -> MeetingReport:
    rows = [[cell.strip('"') for cell in line.split(separator)] for line in text.splitlines()]
    found = report_of("zoom.csv", rows, (DAY,))
    assert found is not None
    return found


def people(session: Session) -> dict[str, str]:
    centre = make_organisation(session)
    event = make_event(session, format="online")
    keys = {"event": event.id, "one": make_session(session, event, starts_at=dt.time(10), ends_at=dt.time(12)).id}
    for given, family, email, status in (
        ("Ana", "Novak", "ana@example.org", "confirmed"),
        ("Črt", "Žagar", "crt@example.org", "applied"),
        ("Eva", "Kos", "eva@example.org", "accepted"),
        ("Jan", "Bizjak", "jan@example.org", "declined"),
    ):
        person = make_person(session, given, family, email=email, organisation_id=centre.id)
        keys[given] = make_registration(session, event, person, status=status).id
    make_person(session, "Maja", "Zupan", email="pisarna@example.org")
    return keys


@pytest.fixture
def keys(db: Database) -> dict[str, str]:
    found: dict[str, str] = db.write(people, label=T("Test"))
    return found


ZOOM = report(samples.ZOOM)


def options(keys: dict[str, str], **more: object) -> OnlineOptions:
    return replace(OnlineOptions((keys["one"],), 30), **more)  # type: ignore[arg-type]  # any of its values


def take(db: Database, keys: dict[str, str], chosen: OnlineOptions, found: MeetingReport = ZOOM) -> OnlineTaken:
    taken: OnlineTaken = db.write(
        online_attendance.take_in, keys["event"], found, chosen, who="Maja", now=NOW, label=T("Report")
    )
    return taken


def marks(db: Database, keys: dict[str, str]) -> dict[str, tuple[str, int | None]]:
    def read(session: Session) -> dict[str, tuple[str, int | None]]:
        found = {a.registration_id: (a.mark, a.minutes) for a in session.scalars(select(Attendance))}
        return {name: found[key] for name, key in keys.items() if key in found}

    return db.read(read)


def test_everybody_stands_in_one_group(db: Database, keys: dict[str, str]) -> None:
    shown = db.read(online_attendance.preview, keys["event"], ZOOM, options(keys))
    names = {group: [row.name for row in shown.group(group)] for group in (PRESENT, SHORT, POSSIBLE, UNKNOWN, MISSING)}
    # "iPhone od Ane" may be Ana; the office knows Maja, who is not registered; "Guest" is nobody.
    assert names == {
        PRESENT: ["Ana Novak", "Črt Žagar"],
        SHORT: [],
        POSSIBLE: ["Maja Zupan"],
        UNKNOWN: ["Ane", "Guest"],
        MISSING: ["Eva Kos"],
    }
    assert shown.rows[0].minutes == 110
    assert [c.registration_id for c in shown.group(POSSIBLE)[0].options] == [None]


def test_proposed_sessions_and_minutes(db: Database, keys: dict[str, str]) -> None:
    chosen = db.read(online_attendance.proposed, keys["event"], ZOOM)
    assert (chosen.sessions, chosen.least, chosen.absent) == ((keys["one"],), 30, True)

    def shorter(session: Session) -> None:
        from mama_desktop.domain.events import Session as EventSession

        session.get_one(EventSession, keys["one"]).ends_at = dt.time(10, 40)

    db.write(shorter, label=T("Test"))
    assert db.read(online_attendance.proposed, keys["event"], ZOOM).least == 20


def test_marks_with_minutes_and_undone_as_one(db: Database, keys: dict[str, str]) -> None:
    taken = take(db, keys, options(keys, absent=True, confirm=True))
    assert taken == OnlineTaken(present=2, short=0, absent=1, walk_ins=0, kept=0)
    assert marks(db, keys) == {"Ana": ("present", 110), "Črt": ("present", 120), "Eva": ("absent", 0)}
    assert db.read(attendance.present_counts, keys["event"]).present == 2
    # Črt had only applied: who was there took part.
    assert db.read(lambda s: s.get_one(Registration, keys["Črt"]).status) == "accepted"
    db.undo()
    assert marks(db, keys) == {}
    assert db.read(attendance.present_counts, keys["event"]).present is None
    assert db.read(lambda s: s.get_one(Registration, keys["Črt"]).status) == "applied"


def test_too_short_is_absent_and_the_number_is_remembered(db: Database, keys: dict[str, str]) -> None:
    taken = take(db, keys, options(keys, least=115))
    assert (taken.present, taken.short) == (1, 1)
    assert marks(db, keys) == {"Ana": ("absent", 110), "Črt": ("present", 120)}
    assert db.read(office.setting, LEAST) == 115


def test_decided_people(db: Database, keys: dict[str, str]) -> None:
    numbers = {one.name: number for number, one in enumerate(ZOOM.attendees)}
    maja = db.read(online_attendance.preview, keys["event"], ZOOM, options(keys)).group(POSSIBLE)[0]
    decided = {
        numbers["Ane"]: keys["Ana"],
        numbers["Maja Zupan"]: maja.options[0].person_id,
        numbers["Guest"]: LEAVE_OUT,
    }
    shown = db.read(online_attendance.preview, keys["event"], ZOOM, options(keys, decided=decided))
    ana = shown.group(PRESENT)[0]
    # Her telephone was there while she was there: nothing is counted twice, the gap between is filled.
    assert (ana.name, ana.minutes, len(ana.numbers)) == ("Ana Novak", 115, 2)
    taken = take(db, keys, options(keys, decided=decided))
    assert (taken.present, taken.walk_ins) == (3, 1)
    stays = db.read(
        lambda s: {r.source for r in s.scalars(select(Registration).where(Registration.event_id == keys["event"]))}
    )
    assert "walk-in" in stays


def test_somebody_new_comes_as_a_walk_in(db: Database, keys: dict[str, str]) -> None:
    found = report(
        "Name,User Email,Join Time,Leave Time\nNika Hren (MC Celje),nika@example.org,2.4.2020 10:00,2.4.2020 11:00"
    )
    take(db, keys, options(keys, decided={0: WALK_IN}), found)

    def read(session: Session) -> tuple[str, str, str]:
        from mama_desktop.domain.people import Person

        person = session.scalars(select(Person).where(Person.family_name == "Hren")).one()
        return person.given_name, person.family_name, person.email

    assert db.read(read) == ("Nika", "Hren", "nika@example.org")


def test_what_was_keyed_in_by_hand_stays(db: Database, keys: dict[str, str]) -> None:
    by_hand = {keys["Ana"]: "excused", keys["Eva"]: "present"}
    db.write(attendance.set_marks, keys["one"], by_hand, who="Maja", now=NOW, label=T("Test"))
    shown = db.read(online_attendance.preview, keys["event"], ZOOM, options(keys))
    assert [row.name for row in shown.rows if row.keyed] == ["Ana Novak", "Eva Kos"]
    assert take(db, keys, options(keys, absent=True)).kept == 2
    assert marks(db, keys)["Ana"] == ("excused", None)
    assert marks(db, keys)["Eva"] == ("present", None)
    assert take(db, keys, options(keys, absent=True, overwrite=True)).kept == 0
    assert marks(db, keys)["Ana"] == ("present", 110)
    # A second report mends what the first one brought, without asking.
    assert take(db, keys, options(keys, least=115)).kept == 0
    assert marks(db, keys)["Ana"] == ("absent", 110)


def test_a_confirmed_session_is_refused(db: Database, keys: dict[str, str]) -> None:
    take(db, keys, options(keys, confirm=True))
    assert db.read(online_attendance.proposed, keys["event"], ZOOM).sessions == ()
    with pytest.raises(OfficeError):
        take(db, keys, options(keys, least=115))
    assert marks(db, keys)["Ana"] == ("present", 110)
    with pytest.raises(OfficeError, match="choose"):
        take(db, keys, OnlineOptions(()))


def test_minutes_fall_on_the_sessions_they_belong_to(db: Database, keys: dict[str, str]) -> None:
    def two(session: Session) -> str:
        from mama_desktop.domain.events import Event
        from mama_desktop.domain.events import Session as EventSession

        session.get_one(EventSession, keys["one"]).ends_at = dt.time(10, 45)
        event = session.get_one(Event, keys["event"])
        return make_session(session, event, starts_at=dt.time(11), ends_at=dt.time(12)).id

    second = db.write(two, label=T("Test"))
    chosen = db.read(online_attendance.proposed, keys["event"], ZOOM)
    assert set(chosen.sessions) == {keys["one"], second}
    shown = db.read(online_attendance.preview, keys["event"], ZOOM, chosen)
    ana = next(row for row in shown.rows if row.name == "Ana Novak")
    assert {one.session: one.minutes for one in ana.told} == {keys["one"]: 40, second: 60}


def test_days_that_are_not_stored_yet(db: Database) -> None:
    def event_only(session: Session) -> dict[str, str]:
        event = make_event(session, format="online")
        person = make_person(session, email="ana@example.org")
        return {"event": event.id, "Ana": make_registration(session, event, person).id}

    keys = db.write(event_only, label=T("Test"))
    chosen = db.read(online_attendance.proposed, keys["event"], ZOOM)
    assert chosen.sessions == ("2020-04-02",)
    assert take(db, keys, chosen).present == 1
    assert marks(db, keys) == {"Ana": ("present", 110)}


def test_a_list_says_who_was_there(db: Database, keys: dict[str, str]) -> None:
    taken = take(db, keys, options(keys), report(samples.LIST, ";"))
    assert taken.present == 2
    assert marks(db, keys) == {"Ana": ("present", None), "Črt": ("present", None), "Eva": ("absent", None),
                               "Jan": ("absent", None)}  # fmt: skip


def test_siblings_on_one_address_are_asked_about(db: Database, keys: dict[str, str]) -> None:
    def sister(session: Session) -> None:
        from mama_desktop.domain.events import Event

        other = make_person(session, "Tina", "Novak", email="ana@example.org")
        make_registration(session, session.get_one(Event, keys["event"]), other)

    db.write(sister, label=T("Test"))
    found = report("Name,User Email,Join Time,Leave Time\niPhone,ana@example.org,2.4.2020 10:00,2.4.2020 11:00")
    row = db.read(online_attendance.preview, keys["event"], found, options(keys)).group(POSSIBLE)[0]
    assert {c.name for c in row.options} == {"Ana Novak", "Tina Novak"}


def test_many(db: Database) -> None:
    def many(session: Session) -> str:
        event = make_event(session, format="online")
        make_session(session, event)
        for number in range(300):
            person = make_person(session, "Ana", f"Priimek{number}", email=f"p{number}@example.org")
            make_registration(session, event, person)
        return event.id

    event = db.write(many, label=T("Test"))
    lines = [f"Ana Priimek{n},p{n}@example.org,2.4.2020 10:00,2.4.2020 11:00" for n in range(300)]
    found = report("Name,User Email,Join Time,Leave Time\n" + "\n".join(lines))
    chosen = db.read(online_attendance.proposed, event, found)
    assert len(db.read(online_attendance.preview, event, found, chosen).group(PRESENT)) == 300


NIGHT = """Ime (izvirno ime),E-naslov,Čas pridružitve,Čas zapustitve,Trajanje (minute)
Ana Novak,ana@example.org,2. 4. 2020 20:00:00,3. 4. 2020 01:30:00,330
Eva Kos,eva@example.org,2. 4. 2020 23:40:00,3. 4. 2020 00:40:00,60"""


@pytest.mark.parametrize("is_stored", [True, False])
def test_minutes_after_midnight_count(db: Database, keys: dict[str, str], is_stored: bool) -> None:
    def evening(session: Session) -> None:
        from mama_desktop.domain.events import Event
        from mama_desktop.domain.events import Session as EventSession

        part = session.get_one(EventSession, keys["one"])
        if is_stored:
            part.starts_at, part.ends_at = dt.time(20), dt.time(2)
        else:
            session.delete(part)
            event = session.get_one(Event, keys["event"])
            event.ends_on, event.precision = None, "time"
            event.starts_at, event.ends_at = dt.time(20), dt.time(2)

    db.write(evening, label=T("Test"))
    chosen = db.read(online_attendance.proposed, keys["event"], report(NIGHT))
    assert (len(chosen.sessions), chosen.least) == (1, 30)
    assert take(db, keys, chosen, report(NIGHT)).present == 2
    assert marks(db, keys)["Ana"] == ("present", 330)
    assert marks(db, keys)["Eva"] == ("present", 60)
    db.write(sessions.ensure_sessions, keys["event"], label=T("Test"))
