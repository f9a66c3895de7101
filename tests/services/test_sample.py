"""The sample is alive on its day, honest about being invented, and the same every time."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from mama_desktop.domain import events, organisations, people, projects, registrations
from mama_desktop.domain.attendance import MARKS, Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.everything import RECORDS
from mama_desktop.domain.expenses import BankAccount, TravelClaim, TravelOrder
from mama_desktop.domain.groups import Membership
from mama_desktop.domain.office import Setting
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.projects import Partner, Project
from mama_desktop.domain.registrations import TAKES_PLACE, Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Trip
from mama_desktop.domain.vehicles import Vehicle
from mama_desktop.services import (
    answers,
    capacity,
    consents,
    duplicates,
    files,
    groups,
    letters_kept,
    questions,
    waiting_blocks,
)
from mama_desktop.services.expenses import iban, settlements
from mama_desktop.services.funders import profile_of
from mama_desktop.services.sample import Counts, make_sample
from mama_desktop.services.sample_data import SAMPLE_DAY
from mama_desktop.services.today import today
from mama_desktop.services.transport import board, clashes, trips
from mama_desktop.settings import SETTINGS
from mama_desktop.store.database import Database
from tests.benchmarks.large import LARGE_EVENT, make_large


def filled() -> Session:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine)
    make_sample(session)
    return session


@pytest.fixture(scope="module")
def sample() -> Iterator[Session]:
    session = filled()
    yield session
    engine = session.get_bind()
    session.close()
    engine.dispose()  # type: ignore[union-attr]  # made above as an engine


def everything_in(session: Session) -> dict[str, list[Any]]:
    return {cls.__name__: list(session.execute(select(*cls.__table__.columns)).all()) for cls in RECORDS}


def test_it_holds_what_the_plan_asks_for(sample: Session) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        assert make_sample(session) == Counts(42, 409, 10, 81, 1500)
    engine.dispose()
    counted = [
        sample.scalar(select(func.count()).select_from(cls)) for cls in (Organisation, Person, Event, Registration)
    ]
    assert counted == [42, 409, 81, 1500]


def test_it_is_the_same_every_time(sample: Session) -> None:
    again = filled()
    assert everything_in(again) == everything_in(sample)
    again.close()
    again.get_bind().dispose()  # type: ignore[union-attr]  # made above as an engine


def test_it_says_that_it_is_invented_and_stands_on_its_day(sample: Session) -> None:
    settings = {row.key: row.value for row in sample.scalars(select(Setting))}
    assert settings["sample.is_sample"] is True
    assert settings["clock.stands_on"] == SAMPLE_DAY.isoformat()
    assert set(settings) <= set(SETTINGS)
    for person in sample.scalars(select(Person)):
        assert person.remarks == "Izmišljena oseba."
        assert not person.email or person.email.endswith("@example.org")
    assert all("vzorc" in o.remarks or "Izmišljena" in o.remarks for o in sample.scalars(select(Organisation)))
    assert set(sample.scalars(select(Registration.source))) == {"sample"}
    for grant_number in sample.scalars(select(Project.grant_number).where(Project.grant_number != "")):
        assert grant_number.endswith("(vzorec)")


def test_every_choice_is_one_the_program_knows(sample: Session) -> None:
    for column, choices in (
        (Person.gender, people.GENDERS), (Person.language, people.LANGUAGES), (Organisation.kind, organisations.KINDS),
        (Event.kind, events.KINDS), (Event.status, events.STATUSES), (Event.format, events.FORMATS),
        (Event.precision, events.PRECISIONS), (EventSession.kind, events.SESSION_KINDS),
        (Registration.status, registrations.STATUSES), (Registration.role, registrations.ROLES),
        (Registration.source, registrations.SOURCES), (Attendance.mark, MARKS),
        (Project.office_role, projects.OFFICE_ROLES), (Partner.role, projects.OFFICE_ROLES),
    ):  # fmt: skip
        assert set(sample.scalars(select(column))) <= set(choices), column
    assert {kind for diet in sample.scalars(select(Registration.diet)) for kind in diet} <= set(registrations.DIETS)


def test_derived_columns_are_what_the_domain_would_make(sample: Session) -> None:
    for cls in (Person, Organisation, Project, Event):
        for record in sample.scalars(select(cls)):
            values = {c.key: getattr(record, c.key) for c in cls.__mapper__.column_attrs}
            assert {name: values[name] for name in cls.derived(values)} == cls.derived(values)


def test_people_are_hard_to_tell_apart(sample: Session) -> None:
    everybody = list(sample.scalars(select(Person)))
    assert len([n for n in Counter(p.name_key for p in everybody).values() if n > 1]) >= 4
    addresses = Counter((p.street, p.town, p.family_name) for p in everybody if p.street)
    assert len([n for n in addresses.values() if n > 1]) >= 5
    assert len([n for mail, n in Counter(p.email for p in everybody).items() if mail and n > 1]) == 2
    assert {p.gender for p in everybody} == set(people.GENDERS)
    assert any(p.birth_date for p in everybody)
    assert any(p.birth_year for p in everybody)
    assert any(p.age_group and p.age_group_on for p in everybody)
    assert any(not (p.birth_date or p.birth_year or p.age_group) for p in everybody)
    letters = {c for p in everybody for c in (p.family_name + p.given_name).lower()}
    assert set("čćšžđöäåõüßãçé") <= letters
    assert {p.country for p in everybody} >= {"SI", "HR", "SE", "EE", "DE", "FI", "PT", "BE"}


def test_today_is_alive(sample: Session) -> None:
    klub = sample.scalars(select(Event).where(Event.code == "2020-04-klub")).one()
    assert (klub.starts_on, klub.ends_on, klub.town) == (dt.date(2020, 4, 2), dt.date(2020, 4, 3), "Krško")
    assert (klub.capacity, klub.deadline) == (60, dt.date(2020, 3, 20))
    statuses = Counter(sample.scalars(select(Registration.status).where(Registration.event_id == klub.id)))
    assert statuses["applied"] >= 5
    assert statuses["waiting"] >= 1
    assert statuses["accepted"] + statuses["confirmed"] == 60
    hero = sample.scalars(select(Event).where(Event.code == "2020-03-be-a-hero")).one()
    assert hero.starts_on == SAMPLE_DAY + dt.timedelta(days=21)
    asked = Counter(sample.scalars(select(Registration.status).where(Registration.event_id == hero.id)))
    assert asked["applied"] >= 4
    monday, sunday = SAMPLE_DAY, SAMPLE_DAY + dt.timedelta(days=13)
    assert len(list(sample.scalars(select(Event).where(Event.starts_on.between(monday, sunday))))) >= 5
    assert len(list(sample.scalars(select(Event).where(Event.deadline.between(monday, sunday))))) >= 3


def test_finished_events_are_keyed_in_but_for_a_few_sheets(sample: Session) -> None:
    over = select(EventSession).join(Event).where(EventSession.day < SAMPLE_DAY, Event.status == "finished")
    sessions = list(sample.scalars(over))
    waiting = [s for s in sessions if s.confirmed_at is None]
    assert 3 <= len(waiting) <= 6
    for session in sessions:
        marks = sample.scalar(select(func.count()).where(Attendance.session_id == session.id))
        assert marks or session in waiting
    begun = select(func.count()).where(Attendance.session_id.in_([s.id for s in waiting]))
    assert sample.scalar(begun)
    marked = select(Registration.status).join(Attendance, Attendance.registration_id == Registration.id).distinct()
    assert set(sample.scalars(marked)) <= TAKES_PLACE


def test_it_is_one_gesture_in_a_workspace(db: Database) -> None:
    assert db.write(make_sample, label=T("Make the sample")).registrations == 1500
    assert db.clock.today() == SAMPLE_DAY
    sections = {section.key: section.total for section in db.read(today, day=db.clock.today())}
    assert all(sections[key] for key in ("this-week", "next-week", "deadlines", "to-decide", "no-answer"))
    assert sections["not-keyed-in"] == 4
    assert sections["no-seat"] > sections["no-driver"] == 1


def test_nothing_happened_after_today(sample: Session) -> None:
    morning = dt.datetime.combine(SAMPLE_DAY, dt.time(8))
    for column in (Registration.applied_at, Registration.status_since, EventSession.confirmed_at, Attendance.keyed_at):
        newest = sample.scalar(select(func.max(column)))
        assert newest is not None
        assert newest <= morning


def test_events_are_dated_as_far_as_they_are_known(sample: Session) -> None:
    all_events = list(sample.scalars(select(Event)))
    assert {e.precision for e in all_events} == {"month", "day", "time"}
    assert {"postponed", "cancelled", "finished", "planned", "confirmed"} == {e.status for e in all_events}
    for event in all_events:
        assert re.fullmatch(r"2020-0[1-6]-[a-z0-9-]+", event.code)
        assert event.starts_on is not None
        assert event.code.startswith(f"{event.starts_on:%Y-%m}")
        assert event.title_en
        assert event.project_id is not None
        assert profile_of(sample, event.project_id).key
        days = {s.day for s in sample.scalars(select(EventSession).where(EventSession.event_id == event.id))}
        if event.precision == "month":
            assert (event.starts_on.day, days) == (1, set())
        else:
            assert days == set(events.days_of(event.starts_on, event.ends_on))


def test_the_large_workspace_of_the_benchmarks_is_made_in_bulk(sqlite_db: Database) -> None:
    large = {"people": 1_000, "events": 12, "registrations": 900, "crowd": 300}
    sqlite_db.write(make_large, label=T("Make the sample"), **large)
    found = sqlite_db.read(Session.scalar, select(func.count()).select_from(Registration))
    crowd = select(func.count()).select_from(Registration).join(Event).where(Event.code == LARGE_EVENT)
    assert (found, sqlite_db.read(Session.scalar, crowd)) == (900, 300)


def _club(sample: Session) -> str:
    return sample.scalars(select(Event.id).where(Event.code == "2020-04-klub")).one()


def test_the_club_shows_places_questions_and_minors(sample: Session) -> None:
    club = _club(sample)
    assert [(o.taken, o.places) for o in capacity.options(sample, club)] == [(20, 20), (17, 25)]
    (quota,) = capacity.quotas(sample, club)
    assert (quota.taken, quota.places) == (5, 5)
    assert capacity.exceeded(sample, club) == ()
    asked = questions.of_event(sample, club)
    assert [q.kind for q in asked] == ["long-text", "choice", "number", "field", "field", "field", "field"]
    said = list(sample.scalars(select(Registration).where(Registration.event_id == club)))
    for question in (q for q in asked if not q.field_key):
        values = [r.answers[question.id] for r in said if question.id in r.answers]
        assert len(values) > 10
        assert all(answers.stored(question, value) == value for value in values)
    assert {key for r in said for key in r.answers} == {q.id for q in asked if not q.field_key}
    assert sum(1 for r in said if r.emergency_phone) == 20
    assert 1 <= len(questions.missing_answers(sample, club)) <= 10
    minors = consents.minors_of_event(sample, club)
    assert [(bool(m.guardians), bool(m.missing)) for m in minors].count((True, False)) == 2
    assert [(bool(m.guardians), bool(m.missing)) for m in minors].count((True, True)) == 2


def test_a_party_of_two_waits_and_some_were_written_to(sample: Session) -> None:
    club = _club(sample)
    (block,) = waiting_blocks.waiting_blocks(sample, club).blocks
    assert (len(block.keys), block.party, block.fits) == (2, "CID Ptuj", False)
    (letter,) = letters_kept.of_event(sample, club)
    assert (letter.kind, letter.count, letter.sent) == ("acceptance", 8, 6)
    assert all("[" not in row.subject + row.body for row in letters_kept.readers(sample, letter.id))
    assert len(files.files_of(sample, "event", club).rows) == 2
    replies = Counter(sample.scalars(select(Registration.reply).where(Registration.status == "invited")))
    assert replies["none"] > replies["coming"] > replies["not-coming"] > 0


def test_groups_liaisons_and_look_alikes(sample: Session) -> None:
    known = groups.groups(sample, today=SAMPLE_DAY)
    members = [row[known.column("members")] for row in known.rows]
    assert len(members) == 5
    # The old group has ended, the others meet.
    assert members.count(0) == 1
    assert len(list(sample.scalars(select(Membership.id).where(Membership.until < SAMPLE_DAY)))) >= 8
    visited = select(Event.organisation_id).where(Event.kind == "liaison-visit")
    assert None not in set(sample.scalars(visited))
    liaisons = list(sample.scalars(select(Organisation.liaison_id).where(Organisation.is_member)))
    assert len([who for who in liaisons if who]) >= 10
    assert len(duplicates.find_pairs(duplicates.organisation_cards(sample))) == 2
    assert len([p for p in duplicates.find_pairs(duplicates.people_cards(sample)) if p.is_same]) == 4


def test_the_club_travels_and_some_still_wait_for_a_seat(sample: Session) -> None:
    shown = {direction: board.board(sample, _club(sample), direction).here for direction in ("there", "back")}
    there, back = shown["there"], shown["back"]
    assert (there.seated + there.without + there.own_way, there.trips, back.trips) == (60, 2, 1)
    assert there.seated > back.seated > 0
    assert there.without > 20
    outward, full, home = trips.trips_of_event(sample, _club(sample))
    assert (full.free, outward.over, home.return_of_id) == (0, 0, outward.id)
    for trip in (outward, full, home):
        assert [stop.at for stop in trip.stops] == sorted(stop.at for stop in trip.stops if stop.at)
        assert all(stop.latitude for stop in trip.stops)
    towns = {leg.from_place for leg in sample.scalars(select(TravelLeg)) if leg.direction == "there" and leg.from_place}
    assert len(towns) >= 20
    nothing = sample.scalars(select(Event.id).where(Event.code == "2020-04-osnove")).one()
    assert trips.trips_of_event(sample, nothing) == []


def test_vehicles_are_booked_and_travel_is_paid_back(sample: Session) -> None:
    assert sorted(sample.scalars(select(Vehicle.in_use))) == [False, True, True, True, True]
    booked = [trip for trip in trips.trips_between(sample, SAMPLE_DAY, dt.date(2020, 3, 31)) if trip.event_id is None]
    assert [trip.direction for trip in booked] == ["other", "other"]
    for trip in sample.scalars(select(Trip)):
        assert clashes.vehicle_clashes(sample, trip) == []
    assert set(sample.scalars(select(TravelClaim.status))) == {"made", "returned", "approved"}
    for key in sample.scalars(select(TravelOrder.id).where(TravelOrder.status == "settled")):
        settled = settlements.settlement_of(sample, key)
        computed = [line.amount_cents for line in settled.lines if line.computed]
        order = sample.get_one(TravelOrder, key)
        assert computed == [line.amount_cents for line in settlements.allowances_of(sample, order).lines]
    assert iban.account_of(sample.scalars(select(BankAccount.iban)).one()).country == "SI"
