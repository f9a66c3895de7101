"""What the office's rules say to an undo: places given to others meanwhile are not given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from mama_desktop.domain.capacity import counted, exceeded
from mama_desktop.domain.registrations import TAKES_PLACE
from mama_desktop.domain.text import T, Text
from mama_desktop.services import counting, releasing
from mama_desktop.store.database import Database

_MOST_LINES = 10
_Counted = dict[str, Counter[tuple[str, str]]]


class OfficeRules:
    """See `store.rules.Rules`."""

    def limited(self) -> frozenset[str]:
        return frozenset(holding.table for holding in releasing.HOLDINGS)

    def still_free(self, session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
        return releasing.still_free(session, table, rows)

    def lost(self, session: Session, table: str, rows: Sequence[Mapping[str, Any]]) -> list[Text]:
        holding = next(h for h in releasing.HOLDINGS if h.table == table)
        return [released.words for released in holding.words_of(session, rows[:_MOST_LINES])]

    def before(self, session: Session, touched: Sequence[Mapping[str, Any]]) -> _Counted:
        events = {row["event_id"] for row in touched if row["status"] in TAKES_PLACE}
        counting.lock_events(session, events)
        return {event: _counted(session, event) for event in events}

    def refusal(self, session: Session, before: _Counted) -> Text | None:
        for event, then in before.items():
            limits = counting.limits_of(session, event)
            now = _counted(session, event)
            grown = [e for e in exceeded(limits, now) if e.taken > then[e.kind, e.value]]
            if grown:
                first = counting.with_names(session, grown)[0]
                return T("the places have been given to others since ({name}: {now}).", name=first.name, now=first.now)
        return None


def follow_the_rules(db: Database) -> Database:
    """Have undo and redo of an opened workspace ask the office's rules."""
    db.rules = OfficeRules()
    return db


def _counted(session: Session, event_id: str) -> Counter[tuple[str, str]]:
    return counted(counting.takers(session, event_id).values())
