"""The waiting list in blocks: a party is one of them, moved as one, and nobody who stays is moved with it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T
from mama_desktop.services import deciding, event_choice, parties, waiting_blocks
from mama_desktop.store.database import Database
from tests import factories

NOW = dt.datetime(2020, 3, 2, 9, 0)


def _list(session: Session, *sizes: int, capacity: int | None = None) -> tuple[str, list[list[str]]]:
    """An event whose waiting list has blocks of these sizes; a block of one is a single person."""
    event = factories.make_event(session, capacity=capacity)
    blocks = []
    for number, size in enumerate(sizes):
        rows = [
            factories.make_registration(
                session, event, factories.make_person(session, f"Oseba{number}", f"Priimek{place}"), status="applied"
            )
            for place in range(size)
        ]
        keys = [row.id for row in rows]
        if size > 1:
            parties.put_together(session, keys, parties.make_party(session, event.id, name=f"Skupina {number}"))
        blocks.append(keys)
    deciding.decide(session, [key for keys in blocks for key in keys], "waiting", now=NOW)
    return event.id, blocks


def _order(session: Session, event: str) -> list[tuple[str, ...]]:
    return [block.keys for block in waiting_blocks.waiting_blocks(session, event).blocks]


def test_a_party_is_one_block_with_the_numbers_of_its_people(session: Session) -> None:
    event, _ = _list(session, 1, 3, 1)
    shown = waiting_blocks.waiting_blocks(session, event)
    assert [(block.number, block.last, len(block.keys)) for block in shown.blocks] == [(1, 1, 1), (2, 4, 3), (5, 5, 1)]
    assert (shown.people, shown.free) == (5, None)


def test_why_a_later_one_stands_before_an_earlier_one_is_said(db: Database) -> None:
    def fill(session: Session) -> tuple[str, list[str]]:
        event, blocks = _list(session, 1, 1, 1)
        for number, (key,) in enumerate(blocks):
            registration = session.get_one(Registration, key)
            registration.applied_at = NOW - dt.timedelta(days=(1, 2, 0)[number])
            registration.status_since = NOW + dt.timedelta(hours=number)
        return event, [key for (key,) in blocks]

    event, keys = db.write(fill, label=T("x"))
    shown = db.read(waiting_blocks.waiting_blocks, event).blocks
    # The first applied later than the second and came onto the list before; the third stands where everybody expects.
    assert [(block.listed, block.reason) for block in shown] == [(NOW, ""), (None, ""), (None, "")]
    move = partial(waiting_blocks.move_block, event_id=event, keys=[keys[2]], to=0, reason="Iz odročnega kraja")
    db.write(move, label=waiting_blocks.label_of)
    shown = db.read(waiting_blocks.waiting_blocks, event).blocks
    assert [(block.keys[0], block.reason) for block in shown] == [
        (keys[2], "Iz odročnega kraja"), (keys[0], ""), (keys[1], ""),
    ]  # fmt: skip
    assert shown[0].listed is None
    db.undo()
    assert not any(block.reason for block in db.read(waiting_blocks.waiting_blocks, event).blocks)


def test_only_a_whole_party_fits(session: Session) -> None:
    event, _ = _list(session, 3, 1, capacity=2)
    shown = waiting_blocks.waiting_blocks(session, event)
    assert [block.fits for block in shown.blocks] == [False, True]
    assert shown.free == 2


def test_the_first_without_room_is_named(session: Session) -> None:
    event, blocks = _list(session, 3, 1, capacity=2)
    room = waiting_blocks.room(session, event)
    assert (room.first_keys, len(room.first), room.free, room.is_too_large) == (tuple(blocks[0]), 3, 2, True)
    assert [one.keys for one in room.proposals] == [tuple(blocks[1])]
    fits, _ = _list(session, 2, 1, capacity=2)
    assert waiting_blocks.room(session, fits).first == ()
    full, _ = _list(session, 2, capacity=0)
    assert waiting_blocks.room(session, full) == waiting_blocks.Room((), free=0)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sizes=st.lists(st.integers(1, 3), min_size=2, max_size=5), data=st.data())
def test_a_move_puts_the_block_there_and_leaves_the_others_in_order(
    paper_session: Session, sizes: list[int], data: st.DataObject
) -> None:
    session = paper_session
    event, blocks = _list(session, *sizes)
    place = data.draw(st.integers(0, len(sizes) - 1))
    to = data.draw(st.integers(0, len(sizes) - 1))
    mine = tuple(blocks[place])
    wanted = [tuple(keys) for keys in blocks if tuple(keys) != mine]
    wanted.insert(to, mine)
    waiting_blocks.move_block(session, event, list(mine), to, reason="Iz odročnega kraja")
    assert _order(session, event) == wanted
    others = [session.get_one(Registration, key) for keys in wanted if keys != mine for key in keys]
    assert {row.reason for row in others} <= {""}


def test_a_move_asks_for_a_reason_and_says_from_where_to_where(session: Session) -> None:
    event, (first, party) = _list(session, 1, 2)
    with pytest.raises(OfficeError):
        waiting_blocks.move_block(session, event, party, 0, reason=" ")
    moved = waiting_blocks.move_block(session, event, party, 0, reason="Mladi z manj priložnostmi")
    assert str(waiting_blocks.label_of(moved)) == "Waiting list: Skupina 1 from 2 to 1 (Mladi z manj priložnostmi)"
    assert _order(session, event) == [tuple(party), tuple(first)]


def test_who_left_meanwhile_cannot_be_moved(session: Session) -> None:
    event, (first, _) = _list(session, 1, 1)
    deciding.decide(session, first, "cancelled", now=NOW)
    with pytest.raises(OfficeError, match="not on the waiting list"):
        waiting_blocks.move_block(session, event, first, 1, reason="x")


def test_the_event_says_whether_one_waiting_person_closes_it(session: Session) -> None:
    event, _ = _list(session, 1)
    waiting_blocks.set_closes(session, event, False)
    assert not waiting_blocks.waiting_blocks(session, event).closes
    waiting_blocks.set_closes(session, event, None)
    assert waiting_blocks.waiting_blocks(session, event).closes


def test_events_to_choose_come_nearest_first_and_the_past_latest_first(session: Session) -> None:
    for title, day in (("Lani", dt.date(2019, 5, 1)), ("Kmalu", dt.date(2020, 3, 9)), ("Včeraj", dt.date(2020, 3, 1)),
                       ("Jeseni", dt.date(2020, 10, 1))):  # fmt: skip
        factories.make_event(session, title_sl=title, starts_on=day)

    def titles(words: str = "", *, past_first: bool = False) -> list[str]:
        found = event_choice.events_to_choose(session, words, today=NOW.date(), past_first=past_first)
        return [one.title for one in found]

    assert titles() == ["Kmalu", "Jeseni", "Včeraj", "Lani"]
    assert titles(past_first=True) == ["Včeraj", "Lani", "Kmalu", "Jeseni"]
    assert titles("vceraj") == ["Včeraj"]
