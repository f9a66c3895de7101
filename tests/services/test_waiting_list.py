"""The waiting list: its order, parties, newcomers, and any order of what an office does to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.services import capacity, deciding, office, registering, registrations, waiting_list
from mama_desktop.services.deciding import OverCapacity
from mama_desktop.store import journal
from mama_desktop.store.database import Database
from mama_desktop.store.engine import WRITES
from mama_desktop.store.schema import HEAD
from tests.factories import make_event, make_organisation, make_person, make_registration

NOW = dt.datetime(2020, 3, 2, 9, 0)


def people(session: Session, *names: str) -> list[str]:
    return [make_person(session, name, "").id for name in names]


def queue(session: Session, event: str) -> list[str]:
    found = waiting_list.waiting(session, event)
    assert [w.number for w in found] == list(range(1, len(found) + 1))
    return [w.person for w in found]


def test_the_order_changes_by_hand_with_a_reason(session: Session) -> None:
    event = make_event(session)
    done = registering.register_people(
        session, event.id, people(session, "Ana", "Bor", "Cene", "Dora"), now=NOW, status="waiting"
    )
    moved = waiting_list.move(session, done.keys[2], 1, reason="Dela z mladimi na terenu")
    assert (moved.person, moved.before, moved.after) == ("Cene", 3, 1)
    assert queue(session, event.id) == ["Cene", "Ana", "Bor", "Dora"]
    assert str(waiting_list.label_of(moved)) == "Waiting list: Cene from 3 to 1 (Dela z mladimi na terenu)"
    # It stands in the history; letters take the reason of the registration from elsewhere.
    assert session.get_one(Registration, done.keys[2]).reason == ""
    assert "Dela z mladimi na terenu" in str(waiting_list.label_of(moved))
    waiting_list.move(session, done.keys[0], 99, reason="Prosila je")
    assert queue(session, event.id) == ["Cene", "Bor", "Dora", "Ana"]
    with pytest.raises(OfficeError, match="why the order"):
        waiting_list.move(session, done.keys[0], 1, reason="  ")
    deciding.decide(session, [done.keys[1]], "declined", now=NOW)
    assert queue(session, event.id) == ["Cene", "Dora", "Ana"]
    with pytest.raises(OfficeError, match="not on the waiting list any more"):
        waiting_list.move(session, done.keys[1], 1, reason="Prosil je")
    # Who comes back stands at the end; the table shows the numbers people see.
    deciding.decide(session, [done.keys[1]], "waiting", now=NOW)
    listing = registrations.registrations(session, event.id, keys=["given_name", "waiting_position"])
    assert sorted(listing.rows, key=lambda row: row[1]) == [("Cene", 1), ("Dora", 2), ("Ana", 3), ("Bor", 4)]


def test_those_who_waited_before_there_was_an_order_stand_first(session: Session) -> None:
    event = make_event(session)
    for day, name in ((2, "Bor"), (1, "Ana")):
        since = dt.datetime(2020, 2, day)
        make_registration(session, event, make_person(session, name, ""), status="waiting", status_since=since)
    registering.register_people(session, event.id, people(session, "Cene"), now=NOW, status="waiting")
    assert queue(session, event.id) == ["Ana", "Bor", "Cene"]


def test_a_party_of_three_for_two_places(session: Session) -> None:
    event = make_event(session, capacity=3)
    (ana,) = registering.register_people(session, event.id, people(session, "Ana"), now=NOW, status="accepted").keys
    three = registering.register_people(
        session, event.id, people(session, "Bor", "Cene", "Dora"), now=NOW, status="waiting", party_name="Družina Kos"
    )
    (eva,) = registering.register_people(session, event.id, people(session, "Eva"), now=NOW, status="waiting").keys
    # Two places are free: the party waits for a third, and Eva is proposed, with whom she passes over.
    (proposal,) = waiting_list.proposals(session, event.id)
    assert (proposal.keys, proposal.number, proposal.passes_over) == ((eva,), 4, ("Družina Kos",))
    for asked in (three.party_id or "", three.keys[:1]):
        with pytest.raises(OverCapacity, match="There are 3 places; with these it would be 4"):
            waiting_list.promote(session, event.id, asked, now=NOW)
    assert queue(session, event.id) == ["Bor", "Cene", "Dora", "Eva"]
    done = deciding.decide(session, [ana], "cancelled", now=NOW)
    assert [p.party for p in done.proposals] == ["Družina Kos"]
    waiting_list.promote(session, event.id, three.party_id or "", now=NOW)
    assert queue(session, event.id) == ["Eva"]
    assert registrations.counts(session, event.id).accepted == 3


def test_a_party_needs_its_options_and_quotas_too(session: Session) -> None:
    event = make_event(session, capacity=10)
    option = capacity.save_option(session, event.id, name_sl="Delavnica", places=1)
    two = registering.register_people(
        session, event.id, people(session, "Ana", "Bor"), now=NOW, status="waiting", party_name="Par"
    )
    for key in two.keys:
        capacity.choose_option(session, key, option)
    assert waiting_list.proposals(session, event.id) == ()
    capacity.save_option(session, event.id, key=option, name_sl="Delavnica", places=2)
    assert [p.party for p in waiting_list.proposals(session, event.id)] == ["Par"]
    capacity.save_quota(session, event.id, kind="role", value="participant", places=1)
    assert waiting_list.proposals(session, event.id) == ()


def test_one_who_waits_closes_the_event_for_newcomers(session: Session) -> None:
    event = make_event(session, capacity=5)
    registering.register_people(session, event.id, people(session, "Ana"), now=NOW, status="waiting")
    done = registering.register_people(session, event.id, people(session, "Bor", "Cene"), now=NOW, status="accepted")
    assert (done.status, done.went_waiting) == ("waiting", True)
    assert [str(words) for words in done.notices()] == [
        "Somebody is already waiting for a place: who registers now goes on the waiting list."
    ]
    assert str(registering.label_of(done)) == "2 people put on the waiting list"
    assert queue(session, event.id) == ["Ana", "Bor", "Cene"]
    invited = registering.register_people(session, event.id, people(session, "Dora"), now=NOW, status="invited")
    assert invited.status == "invited"
    office.set_settings(session, {waiting_list.CLOSES: False})
    done = registering.register_people(session, event.id, people(session, "Eva"), now=NOW)
    assert (done.status, done.notices()) == ("applied", [])
    # The event's own word goes before the office's.
    event.waiting_closes = True
    session.flush()
    assert registering.register_people(session, event.id, people(session, "Fani"), now=NOW).status == "waiting"


def test_new_rows_of_a_file_line_up(session: Session) -> None:
    event = make_event(session)
    new = [make_registration(session, event, status="applied").id for _ in range(2)]
    assert registering.line_up(session, event.id, new, now=NOW) == []
    registering.register_people(session, event.id, people(session, "Ana"), now=NOW, status="waiting")
    (words,) = registering.line_up(session, event.id, new, now=NOW)
    assert "2 new registrations went on the waiting list" in str(words)
    assert [w.key for w in waiting_list.waiting(session, event.id)][1:] == new


class Queue(RuleBasedStateMachine):
    """What the office may do to a waiting list in any order, beside a plain list that says what it should be."""

    session: Session
    capacity = 4

    def __init__(self) -> None:
        super().__init__()
        # Every example begins with an event of its own; the write is never committed.
        self.event = make_event(self.session, capacity=self.capacity).id
        self.organisation = make_organisation(self.session).id
        self.line: list[str] = []
        self.inside: set[str] = set()
        self.gone: list[str] = []
        # Keys of one millisecond are in no order; an example must be played again as it was.
        self.born: list[str] = []
        self.parties: dict[str, frozenset[str]] = {}

    def in_order(self, keys: set[str]) -> list[str]:
        return [key for key in self.born if key in keys]

    @rule(number=st.integers(1, 3), party=st.booleans())
    def register(self, number: int, party: bool) -> None:
        who = [make_person(self.session, "Oseba").id for _ in range(number)]
        done = registering.register_people(
            self.session, self.event, who, now=NOW, status="waiting", party_name="Skupina" if party else ""
        )
        self.line += done.keys
        self.born += done.keys
        self.parties |= {key: frozenset(done.keys) if party else frozenset([key]) for key in done.keys}

    @precondition(lambda self: self.line)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.line))
        place = data.draw(st.integers(1, len(self.line)))
        waiting_list.move(self.session, key, place, reason="Prosi")
        self.line.remove(key)
        self.line.insert(place - 1, key)

    @precondition(lambda self: self.line)
    @rule(data=st.data())
    def promote(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.line))
        unit = [k for k in self.line if k in self.parties[key]]
        if len(self.inside) + len(unit) > self.capacity:
            with pytest.raises(OverCapacity):
                waiting_list.promote(self.session, self.event, [key], now=NOW)
            return
        waiting_list.promote(self.session, self.event, [key], now=NOW)
        self.inside |= set(unit)
        self.line = [k for k in self.line if k not in unit]

    @precondition(lambda self: self.inside or self.line)
    @rule(data=st.data(), status=st.sampled_from(["cancelled", "declined"]))
    def leave(self, data: st.DataObject, status: str) -> None:
        key = data.draw(st.sampled_from(self.in_order(self.inside) + self.line))
        deciding.decide(self.session, [key], status, now=NOW)
        self.inside.discard(key)
        self.line = [k for k in self.line if k != key]
        self.gone.append(key)

    @precondition(lambda self: self.gone or self.inside)
    @rule(data=st.data())
    def wait_again(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.in_order({*self.gone, *self.inside})))
        deciding.decide(self.session, [key], "waiting", now=NOW)
        self.inside.discard(key)
        self.gone = [k for k in self.gone if k != key]
        self.line.append(key)

    @precondition(lambda self: self.line)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.line))
        registrations.remove(self.session, [key])
        self.line.remove(key)

    @invariant()
    def the_line_is_as_it_should_be(self) -> None:
        found = waiting_list.waiting(self.session, self.event)
        assert [(w.number, w.key) for w in found] == list(enumerate(self.line, 1))
        assert registrations.counts(self.session, self.event).accepted == len(self.inside) <= self.capacity
        for proposal in waiting_list.proposals(self.session, self.event):
            assert set(proposal.keys) == self.parties[proposal.keys[0]] & set(self.line)
            assert len(proposal.keys) + len(self.inside) <= self.capacity


def test_any_day_of_a_waiting_list(sqlite_db: Database) -> None:
    with _writing(sqlite_db) as session:
        machine = type("QueueHere", (Queue,), {"session": session})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


@contextmanager
def _writing(db: Database) -> Iterator[Session]:
    with Session(db.engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session:
        journal.begin_change(session, db.clock, "Ana Kovač", "office-1", HEAD)
        yield session
        session.rollback()
