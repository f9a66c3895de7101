"""The waiting list as the office sees it: single people and whole parties as one block each, moved as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.events import Event
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import Text
from mama_desktop.services import counting, waiting_list, waiting_order
from mama_desktop.services.waiting_list import Moved
from mama_desktop.services.waiting_order import Proposal


@dataclass(frozen=True)
class Block:
    """Somebody who waits, or a party. number: 1 for the first in the list; last: of the last of a party.

    fits: whether there is room for all of it now, in the order of the list. since: when they applied. reason: why the
    office moved them. listed: since when they wait, where that is why they stand before who applied earlier.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    number: int
    party_id: str | None = None
    party: str = ""
    organisation: str = ""
    since: dt.datetime | None = None
    reason: str = ""
    fits: bool = False
    listed: dt.datetime | None = None

    @property
    def last(self) -> int:
        return self.number + len(self.keys) - 1


@dataclass(frozen=True)
class WaitingList:
    """free: places of the event nobody takes; None when the event has no number of places."""

    blocks: tuple[Block, ...]
    free: int | None
    closes: bool

    @property
    def people(self) -> int:
        return sum(len(block.keys) for block in self.blocks)


def waiting_blocks(session: Session, event_id: str, *, language: str = "sl") -> WaitingList:
    """The waiting list of an event in blocks, the first first, with who of it would fit now."""
    fitting = {key for one in waiting_order.proposals(session, event_id) for key in one.keys}
    about = _about(session, event_id, language)
    blocks: list[Block] = []
    number = 1
    entered: dict[str, dt.datetime | None] = {}
    moved = waiting_list.reasons(session, event_id)
    for unit in waiting_order.units(waiting_order.waiting(session, event_id)):
        first = unit[0]
        organisation, since, entered[first.key] = about[first.key]
        keys = tuple(one.key for one in unit)
        blocks.append(
            Block(
                keys, tuple(one.person for one in unit), number, first.party_id, first.party, organisation, since,
                moved.get(first.party or first.person, moved.get(first.person, "")), first.key in fitting,
            )
        )  # fmt: skip
        number += len(unit)
    limits = counting.limits_of(session, event_id)
    free = None if limits.capacity is None else max(limits.capacity - counting.accepted(session, event_id), 0)
    return WaitingList(tuple(_with_listed(blocks, entered)), free, waiting_list.closes(session, event_id))


def _with_listed(blocks: Sequence[Block], entered: Mapping[str, dt.datetime | None]) -> list[Block]:
    """Since when they wait is said of those who stand before somebody who applied earlier and was not moved."""
    said: list[Block] = []
    later: list[tuple[dt.datetime, dt.datetime]] = []
    for block in reversed(blocks):
        came, applied = entered[block.keys[0]], block.since
        if block.reason or applied is None or came is None:
            said.append(block)
            continue
        is_why = any(applied > theirs and came <= on_list for theirs, on_list in later)
        said.append(replace(block, listed=came) if is_why else block)
        later.append((applied, came))
    return said[::-1]


@dataclass(frozen=True)
class Room:
    """Who of the list could come now. free: places of the event, None without a number of them.

    first: names of the one person or party that stands first and finds no room though a place is free; else empty.
    """

    proposals: tuple[Proposal, ...]
    first: tuple[str, ...] = ()
    first_keys: tuple[str, ...] = ()
    free: int | None = None

    @property
    def is_too_large(self) -> bool:
        """Whether the first does not fit because they are more than there are places, and not for a quota."""
        return self.free is not None and len(self.first) > self.free


def room(session: Session, event_id: str) -> Room:
    """What there is room for on the waiting list of an event."""
    proposals = waiting_order.proposals(session, event_id)
    capacity = counting.limits_of(session, event_id).capacity
    free = None if capacity is None else max(capacity - counting.accepted(session, event_id), 0)
    units = waiting_order.units(waiting_order.waiting(session, event_id))
    fitting = {key for one in proposals for key in one.keys}
    if not units or free == 0 or units[0][0].key in fitting:
        return Room(proposals, free=free)
    first = units[0]
    return Room(proposals, tuple(one.person for one in first), tuple(one.key for one in first), free)


def move_block(session: Session, event_id: str, keys: Sequence[str], to: int, *, reason: str) -> Moved:
    """Put a block (by the keys of its people) to another place among the blocks, 0 for the first; with a reason.

    A party's people stand together afterwards, where before they may have stood apart.
    """
    counting.lock_events(session, [event_id])
    units = waiting_order.units(waiting_order.waiting(session, event_id))
    mine = next((unit for unit in units if unit[0].key in keys or unit[0].key == keys[0]), [])
    others = [unit for unit in units if unit is not mine]
    place = min(max(to, 0), len(others))
    wanted = [one.key for unit in (*others[:place], mine, *others[place:]) for one in unit]
    moved: Moved | None = None
    first = wanted.index(mine[0].key) + 1 if mine else 1
    downwards = bool(mine) and first > mine[0].number
    # Downwards the last goes first, so that nobody who stays is moved.
    for one in reversed(mine) if downwards else mine:
        step = waiting_list.move(session, one.key, wanted.index(one.key) + 1, reason=reason)
        moved = step if moved is None or one is mine[0] else moved
    if moved is None:
        return waiting_list.move(session, keys[0], first, reason=reason)
    return Moved(mine[0].party or moved.person, mine[0].number, first, moved.reason)


def set_closes(session: Session, event_id: str, closes: bool | None) -> None:
    """Whether one waiting person closes this event for newcomers; None: as the office's setting says."""
    session.get_one(Event, event_id).waiting_closes = closes
    session.flush()


def label_of(moved: Moved) -> Text:
    """What a person would call the gesture."""
    return waiting_list.label_of(moved)


def _about(
    session: Session, event_id: str, language: str
) -> dict[str, tuple[str, dt.datetime | None, dt.datetime | None]]:
    query = (
        select(
            Registration.id, Organisation.name_sl, Organisation.name_en, Registration.applied_at,
            Registration.status_since,
        )
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.event_id == event_id, Registration.status == "waiting")
    )  # fmt: skip
    return {
        key: ((en if language == "en" and en else sl) or "", applied or since, since)
        for key, sl, en, applied, since in session.execute(query)
    }
