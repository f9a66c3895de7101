"""Deciding about registrations, one or many at once: the one way by which a status changes.

Counting, comparing and writing stand in one write (a file is locked as a whole, on a server the event's row is), so
that two who decide at the same moment never take one place too many without having wanted it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import Exceeded
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.events import Event
from mama_desktop.domain.registrations import GIVES_BACK, REPLIES, STATUSES, TAKES_PLACE, Registration, may_follow
from mama_desktop.domain.text import TN, T, Text, clean, verbatim
from mama_desktop.services import counting, holdings, parties, releasing, waiting_order
from mama_desktop.services.counting import OverCapacity
from mama_desktop.services.fitting import Fits, what_fits
from mama_desktop.services.group_strip import Strip, Tally, strip
from mama_desktop.services.holdings import Released
from mama_desktop.services.ready_reasons import ready_reasons
from mama_desktop.services.waiting_order import Proposal

__all__ = (
    "Decided", "Exceeded", "Fits", "OverCapacity", "Proposal", "Released", "SplitParty", "Strip", "Tally", "answer",
    "decide", "decided_words", "label_of", "possible", "ready_reasons", "strip", "what_fits",
)  # fmt: skip
# What an invited person's own step says about the invitation.
_ANSWERED = {"applied": "coming", "confirmed": "coming"}


class SplitParty(OfficeError):
    """Only some of a party that waits together would come. keys: with all of the party; parties: its names.

    The office may want it: ask once, call again with `whole_parties`.
    """

    def __init__(self, keys: Sequence[str], parties: Sequence[str]) -> None:
        names = ", ".join(parties)
        super().__init__(
            T("The group “{name}” waits together; only a part of it is chosen.", name=names),
            safe=T("Nothing was changed."),
            todo=T("Accept the whole group, or take this person out of the group first."),
        )
        self.keys, self.parties = tuple(keys), tuple(parties)

    def __reduce__(self) -> tuple[object, ...]:
        return (SplitParty, (self.keys, self.parties))


@dataclass(frozen=True)
class Decided:
    """What was decided. over: what these people exceed, on purpose. to_tell: names of who has to be told.

    accepted, capacity: of the event afterwards. proposals: who of the waiting list could come now that a place is free.
    waiting: how many went on the waiting list in the same decision because they did not fit. keys: of the
    registrations that were decided. name: of the person, where only one was decided.
    """

    status: str
    changed: int
    released: tuple[Released, ...] = ()
    to_tell: tuple[str, ...] = ()
    accepted: int = 0
    capacity: int | None = None
    over: tuple[Exceeded, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    waiting: int = 0
    keys: tuple[str, ...] = ()
    name: str = ""

    @property
    def now(self) -> str:
        """ "61 / 60", or "61" for an event without a number of places."""
        return str(self.accepted) if self.capacity is None else f"{self.accepted} / {self.capacity}"


def decide(
    session: Session,
    keys: Sequence[str],
    status: str,
    *,
    now: dt.datetime,
    reason: str = "",
    cancelled_by: str = "",
    over_capacity: bool = False,
    whole_parties: bool | None = None,
    as_many_as_fit: bool = False,
) -> Decided:
    """Give registrations a status; all of them or, when a step may not follow, none.

    reason, cancelled_by: kept with who is declined or cancelled. Raises OverCapacity when more would take a place than
    the event, a quota or an option has; call again with `over_capacity` when the office wants it. Raises SplitParty
    when only some of a waiting party would come; `whole_parties`: the others come along (True) or go on waiting.
    as_many_as_fit: who has a place gets the status, the others go on the waiting list (`what_fits` says who).
    """
    reason = clean(reason)
    if status in TAKES_PLACE and whole_parties is not False:
        left = parties.left_waiting(session, keys)
        if left and whole_parties is None:
            raise SplitParty([*keys, *left], parties.names_of(session, left))
        keys = [*keys, *left]
    chosen = counting.registrations_by_key(session, keys)
    _refuse_steps(session, chosen, status)
    if as_many_as_fit and status in TAKES_PLACE:
        return _decide_fitting(session, chosen, status, now=now, reason=reason)
    moving = [r for r in chosen if r.status != status]
    events = sorted({r.event_id for r in moving})
    counting.lock_events(session, events)
    over: list[Exceeded] = []
    if status in TAKES_PLACE:
        for event in events:
            coming = [r.id for r in moving if r.event_id == event and r.status not in TAKES_PLACE]
            over += counting.would_exceed(session, event, coming)
        if over and not over_capacity:
            raise OverCapacity(over)
    leaving = {r.event_id for r in moving if r.status in TAKES_PLACE and status not in TAKES_PLACE}
    for registration in moving:
        _step(registration, status, now=now, reason=reason, cancelled_by=cancelled_by)
    if status in GIVES_BACK:
        _say_why([r for r in chosen if r not in moving], reason, cancelled_by)
    session.flush()
    if status == "waiting":
        for event in events:
            waiting_order.append(session, event, _in_given_order(keys, [r for r in moving if r.event_id == event]))
    ids = [r.id for r in moving]
    released = releasing.release(session, ids) if status in GIVES_BACK else []
    session.flush()
    return _decided(session, chosen, status, moving, tuple(released), tuple(over), leaving)


def _decide_fitting(
    session: Session, chosen: Sequence[Registration], status: str, *, now: dt.datetime, reason: str
) -> Decided:
    # Locked before it is counted, as for everybody who decides.
    counting.lock_events(session, sorted({r.event_id for r in chosen}))
    fits = what_fits(session, [r.id for r in chosen])
    waiting = decide(session, fits.waiting, "waiting", now=now)
    done = decide(session, fits.coming, status, now=now, reason=reason, whole_parties=False)
    known = done if fits.coming else waiting
    return replace(
        known, status=status, changed=done.changed, waiting=waiting.changed, to_tell=waiting.to_tell + done.to_tell
    )


def over_with(session: Session, keys: Sequence[str]) -> Exceeded | None:
    """What would be exceeded first if all of these took a place; None when they fit."""
    chosen = [r for r in counting.registrations_by_key(session, keys) if r.status not in TAKES_PLACE]
    for event in sorted({r.event_id for r in chosen}):
        if over := counting.would_exceed(session, event, [r.id for r in chosen if r.event_id == event]):
            return over[0]
    return None


def possible(session: Session, keys: Sequence[str], status: str) -> list[str]:
    """Of these registrations, those that may get this status now."""
    may = {r.id for r in counting.registrations_by_key(session, keys) if may_follow(r.status, status)}
    return [key for key in keys if key in may]


def answer(session: Session, keys: Sequence[str], reply: str, *, now: dt.datetime) -> int:
    """Keep what invited people answered (`REPLIES`), and since when; returns how many changed."""
    if reply not in REPLIES:
        raise ValueError(reply)
    changed = 0
    for registration in counting.registrations_by_key(session, keys):
        if registration.reply != reply:
            registration.reply, registration.replied_at = reply, now if reply != "none" else None
            changed += 1
    session.flush()
    return changed


def label_of(decided: Decided) -> Text:
    """What a person would call the gesture; an acceptance over capacity keeps its numbers in the history."""
    if decided.name and decided.changed == 1 and not decided.waiting:
        what = T("{name}: {done}", name=decided.name, done=_done_words(decided.status))
    else:
        what = decided_words(decided.status, decided.changed)
    if decided.waiting:
        others = decided_words("waiting", decided.waiting)
        what = T("{one}, {other}", one=what, other=others) if decided.changed else others
    return over_words(what, decided.over)


def decided_words(status: str, count: int) -> Text:
    """What was done to so many registrations, as a deed: "5 registrations accepted"."""
    match status:
        case "accepted":
            return TN("{count} registration accepted", "{count} registrations accepted", count)
        case "confirmed":
            return TN("{count} registration confirmed", "{count} registrations confirmed", count)
        case "waiting":
            return TN(
                "{count} registration put on the waiting list", "{count} registrations put on the waiting list", count
            )
        case "declined":
            return TN("{count} registration declined", "{count} registrations declined", count)
        case "cancelled":
            return TN("{count} registration cancelled", "{count} registrations cancelled", count)
        case "applied":
            return TN("{count} registration made new again", "{count} registrations made new again", count)
        case "invited":
            return TN("{count} person marked as invited", "{count} people marked as invited", count)
    raise ValueError(status)


def _done_words(status: str) -> Text:
    """What was done to one registration, said after the name of the person."""
    return {
        "accepted": T("registration accepted"),
        "confirmed": T("registration confirmed"),
        "waiting": T("registration put on the waiting list"),
        "declined": T("registration declined"),
        "cancelled": T("registration cancelled"),
        "applied": T("registration made new again"),
        "invited": T("marked as invited"),
    }[status]


def over_words(what: Text, over: Sequence[Exceeded]) -> Text:
    """ "… (over capacity, 61 / 60)" when something is exceeded."""
    if not over:
        return what
    first = over[0]
    if first.kind == "event":
        return T("{what} (over capacity, {now})", what=what, now=first.now)
    return T("{what} (over capacity, {name}: {now})", what=what, name=first.name, now=first.now)


def _step(registration: Registration, status: str, *, now: dt.datetime, reason: str, cancelled_by: str) -> None:
    if registration.status == "invited" and registration.reply == "none":
        reply = _ANSWERED.get(status) or ("not-coming" if cancelled_by == "participant" else "")
        if reply:
            registration.reply, registration.replied_at = reply, now
    registration.status, registration.status_since = status, now
    # The reason is of the status it was given for; the history keeps the one before.
    registration.reason = reason if status in GIVES_BACK or reason else ""
    registration.cancelled_by = cancelled_by if status in GIVES_BACK else ""
    registration.waiting_position = None


def _say_why(there: Sequence[Registration], reason: str, cancelled_by: str) -> None:
    """Who is declined or cancelled already gets the reason that is given now."""
    for registration in there:
        registration.reason = reason or registration.reason
        registration.cancelled_by = cancelled_by or registration.cancelled_by


def _refuse_steps(session: Session, chosen: Sequence[Registration], status: str) -> None:
    refused = [r for r in chosen if not may_follow(r.status, status)]
    if not refused:
        return
    names = holdings.names_of(session, [r.id for r in refused[:20]])
    raise OfficeError(
        T("This step cannot follow: {before} → {after}.", before=STATUSES[refused[0].status], after=STATUSES[status]),
        safe=T("Nothing was changed."),
        todo=T("Choose only registrations for which this step makes sense."),
        details=[verbatim(n) for n in names.values()],
    )


def _decided(
    session: Session,
    chosen: Sequence[Registration],
    status: str,
    moving: Sequence[Registration],
    released: tuple[Released, ...],
    over: tuple[Exceeded, ...],
    leaving: set[str],
) -> Decided:
    event = session.get(Event, chosen[0].event_id) if chosen else None
    return Decided(
        status=status,
        changed=len(moving),
        released=released,
        to_tell=parties.to_tell(session, [r.id for r in moving], released),
        accepted=counting.accepted(session, event.id) if event else 0,
        capacity=event.capacity if event else None,
        over=over,
        proposals=tuple(p for key in sorted(leaving) for p in waiting_order.proposals(session, key)),
        keys=tuple(r.id for r in moving),
        name=next(iter(holdings.names_of(session, [moving[0].id]).values()), "") if len(moving) == 1 else "",
    )


def _in_given_order(keys: Sequence[str], chosen: Sequence[Registration]) -> list[Registration]:
    place = {key: number for number, key in enumerate(keys)}
    return sorted(chosen, key=lambda r: place[r.id])
