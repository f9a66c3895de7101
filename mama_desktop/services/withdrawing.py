"""Who has withdrawn: whom the form no longer has, or of whom the tool says so; and cancelling their registrations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

from sqlalchemy.orm import Session

from mama_desktop import i18n
from mama_desktop.domain.registrations import TAKES_PLACE, Registration, may_follow
from mama_desktop.domain.text import T, Text, verbatim
from mama_desktop.intake.candidates import Skipped
from mama_desktop.services import counting, deciding, parties
from mama_desktop.services.comparison import Row, Withdrawal
from mama_desktop.services.deciding import Decided, Exceeded, OverCapacity
from mama_desktop.services.known_people import Known, Organisations, Registered
from mama_desktop.services.source_rows import Past, Said
from mama_desktop.services.writing_rows import changed_meanwhile

# A newer export that lacks more than this share of the rows is perhaps only a part of the form (and a single row, or
# two, say nothing about that).
_MOST_GONE, _FEW = 1 / 3, 2
_MOST_NAMED = 12


def withdrawn(
    said_so: Sequence[tuple[Skipped, Known, Said | None, bool]],
    past: Past,
    rows: Iterable[Row],
    registered: Mapping[str, Registered],
    people: Mapping[str, Known],
    organisations: Organisations,
    *,
    notices_gone: bool,
) -> tuple[tuple[Withdrawal, ...], bool]:
    """Those withdrawn, and whether so many are missing that the file is perhaps only a part of the form.

    said_so: rows of which the tool says so, with whom they mean, the row as it was, and whether that is certain.
    people: by key, at least those whose row is gone. Whoever another row of the file may be has not withdrawn.
    notices_gone: whether a row that is missing means anything.
    """
    there = {option.person_id for row in rows for option in (row.person, *row.options) if option is not None}
    found: list[Withdrawal] = []
    for skipped, person, said, sure in said_so:
        ours = registered[person.id]
        if person.id not in there and may_follow(ours.status, "cancelled") and ours.status != "cancelled":
            there.add(person.id)
            detail = _detail(person, ours, organisations)
            found.append(Withdrawal(ours.id, person.id, person.name, detail, ours.status, skipped.word, skipped.reason,
                                    skipped.line, sure, said))  # fmt: skip
    by_key = {ours.id: ours for ours in registered.values()}
    gone = []
    for said in past.left() if notices_gone else ():
        ours_still = by_key.get(said.registration_id or "")
        if ours_still is None or said.gone_at is not None or ours_still.person_id in there:
            continue
        if ours_still.status == "cancelled" or not may_follow(ours_still.status, "cancelled"):
            continue
        there.add(ours_still.person_id)
        person = people[ours_still.person_id]
        reason = T("No longer in the form; it was row {row} of {file}.", row=said.line, file=said.file_name or "–")
        detail = _detail(person, ours_still, organisations)
        gone.append(Withdrawal(ours_still.id, person.id, person.name, detail, ours_still.status, "", reason, 0, True,
                               said))  # fmt: skip
    known = sum(1 for row in past.rows if row.registration_id and row.gone_at is None)
    return (*found, *gone), len(gone) > max(_FEW, known * _MOST_GONE)


def cancel(session: Session, withdrawals: Sequence[Withdrawal], *, now: dt.datetime, language: str) -> list[Decided]:
    """Cancel these registrations as called off by the participant, with the reason in words of `language`."""
    say = i18n.language(language).say
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in withdrawals:
        by_reason[say(one.reason)].append(one.registration_id)
    return [
        deciding.decide(session, keys, "cancelled", now=now, reason=reason, cancelled_by="participant")
        for reason, keys in by_reason.items()
    ]


def follow_the_form(
    session: Session,
    event_id: str,
    steps: Mapping[str, tuple[str, str]],
    *,
    now: dt.datetime,
    together: Sequence[str] = (),
    apart: Mapping[str, str] | None = None,
    over_capacity: bool = False,
) -> tuple[list[Decided], tuple[Exceeded, ...]]:
    """Give registrations the status their rows say, first to those who leave: their places are free for the others.

    steps: registration → (the status it had, the new one). together: who waits and is accepted with their party.
    apart: of the steps those that split a party on purpose → why, kept with them. Gives what was decided, and what it
    exceeds on purpose. Raises OverCapacity for all of them together, SplitParty when only some of a waiting party would
    come without anybody having wanted that.
    """
    apart = apart or {}
    by_step: dict[tuple[str, str], list[str]] = defaultdict(list)
    coming = []
    steps = {**dict.fromkeys(together, ("waiting", "accepted")), **steps}
    for key, (before, after) in steps.items():
        registration = session.get(Registration, key)
        if registration is None or registration.status != before:
            raise changed_meanwhile()
        by_step[after, apart.get(key, "")].append(key)
        if after in TAKES_PLACE and before not in TAKES_PLACE:
            coming.append(key)

    def step(chosen: Iterable[tuple[str, str]]) -> list[Decided]:
        return [
            deciding.decide(
                session, by_step[after, reason], after, now=now, reason=reason, over_capacity=True,
                whole_parties=False, cancelled_by="participant" if after == "cancelled" else "",
            )
            for after, reason in chosen
        ]  # fmt: skip

    decided = step([one for one in by_step if one[0] not in TAKES_PLACE])
    over: tuple[Exceeded, ...] = ()
    if coming:
        # Counted once for every step together: one question, with the number it would really be.
        counting.lock_events(session, [event_id])
        if left := parties.left_waiting(session, [key for key in coming if key not in apart]):
            raise deciding.SplitParty([*coming, *left], parties.names_of(session, left))
        over = counting.would_exceed(session, event_id, coming)
        if over and not over_capacity:
            raise OverCapacity(over)
    decided += step([one for one in by_step if one[0] in TAKES_PLACE])
    return decided, over


def notes_of(decided: Sequence[Decided]) -> list[Text]:
    """What was freed for others, and who has to be told: a sentence each."""
    notes = []
    released = list(dict.fromkeys(one.words for each in decided for one in each.released))
    if released:
        notes.append(T("Freed: {what}.", what=joined(released)))
    names = list(dict.fromkeys(name for each in decided for name in each.to_tell))
    if names:
        notes.append(T("To be told: {names}.", names=joined([verbatim(name) for name in names])))
    return notes


def keys_to_tell(decided: Sequence[Decided]) -> tuple[str, ...]:
    """The registrations to whose people a letter about it is due: those whose decision somebody has to be told of."""
    return tuple(dict.fromkeys(key for each in decided if each.to_tell for key in each.keys))


def joined(parts: Sequence[Text]) -> Text:
    """Parts of a sentence one after the other; of very many the first."""
    shown = [*parts[:_MOST_NAMED], *([verbatim("…")] if len(parts) > _MOST_NAMED else [])]
    return reduce(lambda first, second: T("{first}; {second}", first=first, second=second), shown)


def _detail(person: Known, ours: Registered, organisations: Organisations) -> str:
    parts = (organisations.name_of(ours.organisation_id or person.organisation_id), person.email)
    return " · ".join(filter(None, parts))
