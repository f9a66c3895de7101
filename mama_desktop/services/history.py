"""What a change did, in words: which record, which field, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, and_, cast, or_, select, union
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import EventOption, Quota
from mama_desktop.domain.duplicates import Merged
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.parties import Party
from mama_desktop.domain.people import Person
from mama_desktop.domain.questions import Question
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import ChangeInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.domain.travel import TravelLeg
from mama_desktop.domain.trips import Seat, Trip, TripStop
from mama_desktop.i18n import Language
from mama_desktop.services.history_words import name_of, said_changes
from mama_desktop.store.history import row_changes
from mama_desktop.store.journal import Change, RowChange, info

NOUNS: dict[str, Text] = {
    "organisation": T("Organisation"),
    "person": T("Person"),
    "project": T("Project"),
    "partner": T("Project partner"),
    "event": T("Event"),
    "session": T("Session"),
    "question": T("Question"),
    "question_set": T("Set of questions"),
    "registration": T("Registration"),
    "party": T("Group or family"),
    "event_option": T("Option"),
    "chosen_option": T("Option chosen"),
    "quota": T("Quota"),
    "attendance": T("Attendance"),
    "attachment": T("File"),
    "affiliation": T("Former affiliation"),
    "consent_text": T("Wording of a consent"),
    "guardian": T("Guardian"),
    "consent": T("Consent"),
    "issue": T("Printed sheet"),
    "issue_row": T("Line of a printed sheet"),
    "list_template": T("List template"),
    "setting": T("Setting"),
    "staff_member": T("Staff"),
    "funder_profile": T("Funder profile"),
    "remembered_mapping": T("Column mapping"),
    "source_row": T("Row of a form"),
    "working_group": T("Working group"),
    "membership": T("Membership of a group"),
    "letter": T("Letter"),
    "letter_recipient": T("Reader of a letter"),
    "letter_template": T("Letter text"),
    "pair_verdict": T("Decision about a possible duplicate"),
    "merged": T("Merged record"),
    "table_view": T("View of a table"),
    "travel_leg": T("Travel"),
    "carrier": T("Carrier"),
    "vehicle": T("Vehicle"),
    "trip": T("Trip"),
    "trip_stop": T("Stop"),
    "seat": T("Seat"),
    "road_distance": T("Distance by road"),
    "travel_rate": T("Rate of a travel grant"),
    "allowance_rate": T("Rate of mileage or per diem"),
    "travel_grant": T("Travel grant"),
    "bank_account": T("Bank account"),
    "payment": T("Payment"),
    "travel_claim": T("Travel claim"),
    "travel_order": T("Travel order"),
    "cost_line": T("Cost"),
}
_MOST = 30


def changes_of_event(session: Session, event_id: str, *, limit: int) -> list[ChangeInfo]:
    """The latest changes of an event and of what is its own: registrations, people, sessions, marks, printed sheets."""
    own: tuple[tuple[type[Base], Any], ...] = (
        (Registration, select(Registration.id).where(Registration.event_id == event_id)),
        (EventSession, select(EventSession.id).where(EventSession.event_id == event_id)),
        (Issue, select(Issue.id).where(Issue.event_id == event_id)),
        *((record, select(record.id).where(record.event_id == event_id)) for record in (Party, EventOption, Quota)),
        (Question, select(Question.id).where(Question.event_id == event_id)),
        (
            Attendance,
            select(Attendance.id)
            .join(EventSession, EventSession.id == Attendance.session_id)
            .where(EventSession.event_id == event_id),
        ),
        (Person, select(Registration.person_id).where(Registration.event_id == event_id)),
        (
            TravelLeg,
            select(TravelLeg.id)
            .join(Registration, Registration.id == TravelLeg.registration_id)
            .where(Registration.event_id == event_id),
        ),
        *_of_transport(session, event_id),
    )
    return _touching(session, Event, event_id, own, limit=limit)


def changes_of_trip(session: Session, trip_id: str, *, limit: int) -> list[ChangeInfo]:
    """The latest changes of a trip, its stops and who sits in it, also of those that are gone."""
    stops, seats = (
        select(TripStop.id).where(TripStop.trip_id == trip_id),
        select(Seat.id).where(Seat.trip_id == trip_id),
    )
    own = ((TripStop, _ever(TripStop, stops, [trip_id])), (Seat, _ever(Seat, seats, [trip_id])))
    return _touching(session, Trip, trip_id, own, limit=limit)


def _touching(
    session: Session, record: type[Base], key: str, own: Sequence[tuple[type[Base], Any]], *, limit: int
) -> list[ChangeInfo]:
    """The latest changes of a record, and of those of each kind whose keys a query gives."""
    touches = or_(
        and_(RowChange.table_name == record.__tablename__, RowChange.key == key),
        *(and_(RowChange.table_name == other.__tablename__, RowChange.key.in_(keys)) for other, keys in own),
    )
    numbers = select(RowChange.number).where(touches).distinct().order_by(RowChange.number.desc()).limit(limit)
    chosen = list(session.scalars(numbers))
    found = session.scalars(select(Change).where(Change.number.in_(chosen)).order_by(Change.number.desc()))
    return [info(change) for change in found]


def _of_transport(session: Session, event_id: str) -> tuple[tuple[type[Base], Any], ...]:
    """Trips, stops and seats of an event, also those that are gone: who moved whom is asked long after."""
    trips = list(session.scalars(select(Trip.id).where(Trip.event_id == event_id)))
    return (
        (Trip, _ever(Trip, select(Trip.id).where(Trip.id.in_(trips)), [event_id])),
        (TripStop, _ever(TripStop, select(TripStop.id).where(TripStop.trip_id.in_(trips)), trips)),
        (Seat, _ever(Seat, select(Seat.id).where(Seat.trip_id.in_(trips)), trips)),
    )


def _ever(record: type[Base], there: Any, of: Sequence[str]) -> Any:
    """The keys of what is there, and of what was deleted while it belonged to one of these."""
    if not of:
        return there
    # What a row held is text in a file and JSONB on a server; keys are long enough to be found as words in both.
    held = or_(*(cast(RowChange.before, String).contains(key) for key in of))
    gone = select(RowChange.key).where(
        RowChange.table_name == record.__tablename__, RowChange.after.is_(None), held
    )  # fmt: skip
    return union(there, gone)


def changes_of_record(session: Session, table: str, key: str) -> list[ChangeInfo]:
    """All changes of a record, the latest first, and those of the records that were merged into it."""
    keys, waiting = {key}, [key]
    while waiting:
        of = Merged.kept == waiting.pop()
        new = set(session.scalars(select(Merged.gone).where(of, Merged.noun == table))) - keys
        keys |= new
        waiting += new
    numbers = select(RowChange.number).where(RowChange.table_name == table, RowChange.key.in_(keys))
    found = session.scalars(select(Change).where(Change.number.in_(numbers)).order_by(Change.number.desc()))
    return [info(change) for change in found]


def said_rows(session: Session, number: int, *, words: Language) -> list[str]:
    """One line per changed row of a change, at most 30 and then how many more."""
    # What a form said is kept beside each registration it made; the registration itself tells the story.
    rows = [row for row in row_changes(session, number) if row[0] != "source_row"]
    lines = [_line(session, table, before, after, words) for table, _, before, after in rows[:_MOST]]
    if len(rows) > _MOST:
        lines.append(words.say(T("… and {number} more", number=len(rows) - _MOST)))
    return [line for line in lines if line]


def _line(
    session: Session, table: str, before: dict[str, Any] | None, after: dict[str, Any] | None, words: Language
) -> str:
    noun = words.say(NOUNS.get(table, T("Record")))
    name = name_of(session, table, after or before or {}, words)
    head = f"{noun} “{name}”" if words.code == "en" else f"{noun} »{name}«"
    head = head if name else noun
    if before is None:
        return words.say(T("{what}: added", what=head))
    if after is None:
        return words.say(T("{what}: deleted", what=head))
    parts = said_changes(session, table, before, after, words)
    return f"{head}: {'; '.join(parts)}" if parts else ""
