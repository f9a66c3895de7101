"""Any day in the office, use case by use case in any order: taken back to its beginning, and done again to its end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop import resources
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.expenses import CostLine, TravelClaim, TravelGrant, TravelOrder
from mama_desktop.domain.files import Attachment
from mama_desktop.domain.groups import Membership, WorkingGroup
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.papers import Issue, IssueRow
from mama_desktop.domain.people import Affiliation, Person
from mama_desktop.domain.projects import FunderProfile, Project
from mama_desktop.domain.rates import AllowanceRate, TravelRate
from mama_desktop.domain.registrations import STATUSES, Registration
from mama_desktop.domain.text import T
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.domain.vehicles import Carrier, Vehicle
from mama_desktop.services import (
    attendance,
    editing,
    events,
    funders,
    importing,
    issues,
    office,
    office_card,
    organisations,
    people,
    profiles,
    projects,
    registrations,
    sessions,
    staff,
    templates,
    walk_ins,
)
from mama_desktop.services.papers_list import ListOptions
from mama_desktop.services.transport import seats, stops, trips
from mama_desktop.services.transport.legs import leg_key
from mama_desktop.store.database import Database
from mama_desktop.store.history import changes
from mama_desktop.store.schema import journalled
from tests.services import deep_steps

NOW = dt.datetime(2020, 3, 2, 9, 0)
STEP = T("Step")
WORDS = (
    "O'Brien",
    "=cmd|' /C calc'!A0",
    "😀 Žiga",
    "مرحبا",
    "ž" * 110,
    "a\tb\x00",
    '"q"',
    "%s {x} \\",
    "null",
    "Ana Kos",
)
FIELDS = [(noun, key, info.info) for noun, known in editing.REGISTRIES.items() for key, info in known.items()]
RECORDS: dict[str, Any] = {
    "registration": Registration, "person": Person, "organisation": Organisation, "project": Project, "event": Event,
    "working_group": WorkingGroup, "membership": Membership, "attachment": Attachment, "affiliation": Affiliation,
    "vehicle": Vehicle, "carrier": Carrier, "trip": Trip, "trip_stop": TripStop, "seat": Seat,
    "travel_claim": TravelClaim, "cost_line": CostLine, "travel_order": TravelOrder, "order_cost": CostLine,
    "travel_grant": TravelGrant, "travel_rate": TravelRate, "allowance_rate": AllowanceRate,
}  # fmt: skip
# Fields that hold the key of another record: a word is none.
KEYS = frozenset({"project", "staff", "profile", "vehicle", "driver", "leader", "stop"})
FILES = [resources.path("samples", name) for name in ("imena.txt", "prijave-klub-mama.xlsx", "google-forms-en.csv")]


class Day:
    """Steps chosen by a seed; what the office refuses is no step."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db = db
        self.random = random.Random(seed)
        self.steps: tuple[Callable[[], object], ...] = (
            self.add_event, self.add_event, self.delete, self.person, self.person, self.take_in, self.decide,
            self.decide, self.edit, self.edit, self.edit, self.session, self.print, self.supplement, self.key_in,
            self.key_in, self.walk_in, self.project, self.profile, self.staff, self.setting, self.template, self.trip,
            self.back, self.back_in_history, db.redo,
        )  # fmt: skip

    def do(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.db.write(use_case, *args, label=STEP, **kwargs)

    def some(self, record: Any, most: int = 1) -> list[str]:
        keys = self.db.read(lambda s: sorted(s.scalars(select(record.id))))
        if not keys:
            raise OfficeError(T("There is nothing to choose."))
        return self.random.sample(keys, min(most, len(keys)))

    def word(self) -> str:
        return self.random.choice(WORDS)

    def add_event(self) -> None:
        first = dt.date(2020, 4, self.random.randint(1, 28))
        last = first + dt.timedelta(days=self.random.randint(0, 2))
        self.do(events.add_event, self.word(), starts_on=first, ends_on=last)

    def delete(self) -> None:
        what, record = self.random.choice([
            (events.delete_events, Event), (people.delete_people, Person), (registrations.remove, Registration),
            (organisations.delete_organisations, Organisation), (projects.delete_projects, Project),
        ])  # fmt: skip
        self.do(what, self.some(record, 2))

    def person(self) -> None:
        if self.random.random() < 0.5:
            self.do(registrations.register, *self.some(Event), *self.some(Person), now=NOW)
        self.newcomer(self.word())

    def newcomer(self, name: str) -> None:
        self.do(
            registrations.register_new, *self.some(Event), family_name=name, given_name=self.word(),
            organisation=self.word(), now=NOW,
        )  # fmt: skip

    def take_in(self) -> None:
        plan = importing.prepare(self.db, self.some(Event)[0], self.random.choice(FILES))
        importing.take_in_defaults(self.db, plan)

    def decide(self) -> None:
        status = self.random.choice([*STATUSES, "accepted", "accepted"])
        self.do(registrations.set_status, self.some(Registration, 9), status, now=NOW)

    def edit(self) -> None:
        noun, key, info = self.random.choice(FIELDS)
        values: dict[str, Any] = {
            "choice": self.random.choice([*info.choices, ""]), "choices": list(info.choices)[:2], "number": 7,
            "decimal": 12.5, "money": 1250,
            "date": dt.date(2020, 4, self.random.randint(1, 28)), "time": dt.time(9), "datetime": NOW, "year": 1990,
            "bool": True, "email": "a@example.org", "country": "HR",
        }  # fmt: skip
        value = None if info.kind in KEYS else values.get(info.kind, self.word())
        # A row of travel is a direction of a registration, whether anything was said of it yet or not.
        legs = noun == "travel_leg"
        keys = [leg_key(one, "there") for one in self.some(Registration, 3)] if legs else self.some(RECORDS[noun], 3)
        self.do(editing.change, noun, keys, key, value, now=NOW)

    def trip(self) -> None:
        (event,) = self.some(Event)
        key = self.do(trips.add_trip, event, day=dt.date(2020, 4, 2), at=dt.time(9), places=("Maribor", "Celje"))
        self.do(editing.change, "trip", [key], "seats", 3, now=NOW)
        self.do(stops.add_stop, key, self.word() or "Ptuj")
        here = self.db.read(lambda s: sorted(s.scalars(select(Registration.id).where(Registration.event_id == event))))
        self.do(seats.seat, here[:2], key)
        self.do(trips.return_trip, key)

    def session(self) -> None:
        (event,) = self.some(Event)
        self.do(sessions.ensure_sessions, event)
        day = self.db.read(lambda s: s.get_one(Event, event).starts_on)
        self.do(sessions.add_session, event, kind="half-day", day=day or dt.date(2020, 4, 2), title_sl=self.word())

    def print(self) -> None:
        self.do(issues.issue_sign_in, *self.some(Event), now=NOW, language=self.random.choice(["sl", "en", "both"]))

    def supplement(self) -> None:
        self.do(issues.supplement, *self.some(Issue), now=NOW)

    def key_in(self) -> None:
        (part,) = self.some(EventSession)
        rows = self.db.read(attendance.rows_to_key_in, session_id=part).rows
        marks = {r.registration_id: self.random.choice(["present", "absent", "excused", None]) for r in rows}
        marks.pop(None, None)
        self.do(attendance.set_marks, part, marks, who="Ana", now=NOW)
        self.do(attendance.confirm, part, who="Ana", now=NOW, without_other_sheets=True)
        if self.random.random() < 0.5:
            self.do(attendance.reopen, part)

    def walk_in(self) -> None:
        query = select(Issue.code, IssueRow.number, Issue.event_id, EventSession.id)
        query = query.join(Issue, Issue.id == IssueRow.issue_id)
        query = query.join(EventSession, EventSession.event_id == Issue.event_id).where(IssueRow.name == "")
        blank = self.db.read(lambda s: s.execute(query.limit(50)).all())
        if not blank:
            raise OfficeError(T("There is nothing to choose."))
        code, number, event, part = self.random.choice(blank)
        number = self.random.choice([number, None])
        self.do(walk_ins.add_walk_in, event, part, who="Ana", now=NOW, name=self.word(), code=code, number=number)

    def project(self) -> None:
        key = self.do(projects.add_project, self.word())
        for organisation in self.some(Organisation, 2):
            self.do(projects.set_partner, key, organisation, "lead")

    def profile(self) -> None:
        self.do(funders.ensure_profiles)
        key = self.do(profiles.copy_profile, *self.some(FunderProfile), self.word())
        self.do(profiles.change_profile, key, "sentence_sl", self.word())

    def staff(self) -> None:
        self.do(office.add_staff, self.word())
        self.do(staff.set_colleagues, [self.word(), self.word()])

    def setting(self) -> None:
        self.do(office_card.change_setting, "office.name_sl", self.word())

    def template(self) -> None:
        options = ListOptions(("family_name", "town"))
        self.do(templates.save_template, self.word(), options, event_id=self.random.choice([None, *self.some(Event)]))

    def back(self) -> None:
        self.db.undo()

    def back_in_history(self) -> None:
        self.db.undo(self.random.choice(self.db.read(changes, 30)).number)


State = dict[str, list[tuple[Any, ...]]]


def state(db: Database) -> State:
    """Every row of every journalled table, as the database holds it."""

    def rows(session: Session) -> State:
        return {t.name: sorted((tuple(row) for row in session.execute(select(t))), key=repr) for t in journalled()}

    return db.read(rows)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_is_taken_back_to_its_beginning_and_done_again_to_its_end(db: Database, seed: int) -> None:
    there_and_back(Day(db, seed), state(db))


@pytest.mark.parametrize("seed", [3, 4])
def test_a_day_of_registration_in_depth_is_taken_back_and_done_again(db: Database, tmp_path: Path, seed: int) -> None:
    day, beginning = Day(db, seed), state(db)
    # Most of what is done begins with people who are there.
    day.steps = (*day.steps, *deep_steps.steps(day, tmp_path))
    for number in range(4):
        day.add_event()
        day.newcomer(f"Oseba {number}")
    there_and_back(day, beginning)


def there_and_back(day: Day, beginning: State) -> None:
    """Any ninety steps; then everything is undone, and done again."""
    db = day.db
    for _ in range(90):
        try:
            day.random.choice(day.steps)()
        except OfficeError:
            continue
    # After something new nothing is left to be done again, so the two ends are the same.
    day.add_event()
    end = state(db)
    while db.undo_label() is not None:
        db.undo()
    assert state(db) == beginning
    while db.redo_label() is not None:
        db.redo()
    assert state(db) == end
