"""The waiting list: its order, changed by hand with a reason, and who comes when a place is free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import Registration, newcomers_status
from mama_desktop.domain.text import T, Text, clean
from mama_desktop.services import counting, deciding, office, parties
from mama_desktop.services.deciding import Decided
from mama_desktop.services.waiting_order import Proposal, Waiting, number_all, proposals, somebody_waits, waiting
from mama_desktop.store.journal import Change, RowChange, info

__all__ = (
    "Moved", "Proposal", "Waiting", "closes", "label_of", "move", "newcomers", "promote", "proposals", "reasons",
    "somebody_waits", "waiting",
)  # fmt: skip
CLOSES = "registration.waiting_closes"


@dataclass(frozen=True)
class Moved:
    """Somebody moved on the waiting list, from one number to another, with the reason given."""

    person: str
    before: int
    after: int
    reason: str = ""


def closes(session: Session, event_id: str) -> bool:
    """Whether one waiting person closes this event for newcomers: as said at the event, else the office's setting."""
    own = session.scalar(select(Event.waiting_closes).where(Event.id == event_id))
    return bool(office.setting(session, CLOSES)) if own is None else own


def newcomers(session: Session, event_id: str, wanted: str) -> str:
    """The status somebody gets who registers now and would get `wanted`."""
    waits = wanted != "invited" and somebody_waits(session, event_id)
    return newcomers_status(wanted, somebody_waits=waits, waiting_closes=waits and closes(session, event_id))


def move(session: Session, key: str, to_position: int, *, reason: str) -> Moved:
    """Put somebody who waits to another place (1 is the first); a reason is asked for and kept."""
    reason = clean(reason)
    if not reason:
        raise OfficeError(
            T("Please write why the order of the waiting list changes."),
            safe=T("Nothing was changed."),
            todo=T("The reason is kept in the history."),
        )
    registration = session.get_one(Registration, key)
    counting.lock_events(session, [registration.event_id])
    queue = waiting(session, registration.event_id)
    me = next((w for w in queue if w.key == key), None)
    if me is None:
        raise OfficeError(T("This registration is not on the waiting list any more."), safe=T("Nothing was changed."))
    number_all(session, registration.event_id)
    order = [w.key for w in queue if w.key != key]
    place = min(max(to_position, 1), len(queue))
    order.insert(place - 1, key)
    by_key = {r.id: r for r in counting.registrations_by_key(session, order)}
    for number, one in enumerate(order, 1):
        by_key[one].waiting_position = number
    # The reason is of the move, not of the registration: it stands in the history, where letters do not take it from.
    session.flush()
    return Moved(me.person, me.number, place, reason)


def label_of(moved: Moved) -> Text:
    """What a person would call the gesture; the reason stays in the history with it."""
    return T(
        "Waiting list: {person} from {before} to {after} ({reason})",
        person=moved.person, before=moved.before, after=moved.after, reason=moved.reason,
    )  # fmt: skip


def reasons(session: Session, event_id: str) -> dict[str, str]:
    """Name of a person or party that was moved on the list → why, the last time; what was undone does not count."""
    words = label_of(Moved("", 0, 0)).message
    waits = select(Registration.id).where(Registration.event_id == event_id, Registration.status == "waiting")
    changed = select(RowChange.number).where(
        RowChange.table_name == Registration.__tablename__, RowChange.key.in_(waits)
    )
    query = select(Change).where(Change.number.in_(changed), Change.kind == "do", Change.undone_by.is_(None))
    labels = [info(change).label for change in session.scalars(query.order_by(Change.number))]
    return {str(one.params["person"]): str(one.params["reason"]) for one in labels if one.message == words}


def promote(
    session: Session,
    event_id: str,
    keys_or_party: Sequence[str] | str,
    *,
    now: dt.datetime,
    status: str = "accepted",
    over_capacity: bool = False,
) -> Decided:
    """Accept who waits: these registrations, or a party by its key; a party only whole, if all its places fit.

    Raises OverCapacity when they do not fit (call again with `over_capacity` when the office wants it).
    """
    counting.lock_events(session, [event_id])
    if isinstance(keys_or_party, str):
        keys = parties.members(session, keys_or_party, statuses=("waiting",))
    else:
        queue = {w.key: w for w in waiting(session, event_id)}
        asked = [queue[key] for key in keys_or_party if key in queue]
        together = {w.party_id for w in asked} - {None}
        wanted = {w.key for w in asked} | {w.key for w in queue.values() if w.party_id in together}
        keys = [key for key in queue if key in wanted]
    if not keys:
        raise OfficeError(
            T("Nobody of these is on the waiting list any more."),
            safe=T("Nothing was changed."),
            todo=T("Look at the waiting list again."),
        )
    return deciding.decide(session, keys, status, now=now, over_capacity=over_capacity)
