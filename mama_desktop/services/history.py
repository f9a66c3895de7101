"""What a change did, in words: which record, which field, from what to what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.attendance import Attendance
from mama_desktop.domain.events import Event
from mama_desktop.domain.events import Session as EventSession
from mama_desktop.domain.papers import Issue
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.rows import ChangeInfo, FieldInfo
from mama_desktop.domain.text import T, Text
from mama_desktop.i18n import Language
from mama_desktop.services import fields
from mama_desktop.store.history import row_changes
from mama_desktop.store.journal import Change, RowChange, info

NOUNS: dict[str, Text] = {
    "organisation": T("Organisation"),
    "person": T("Person"),
    "project": T("Project"),
    "partner": T("Project partner"),
    "event": T("Event"),
    "session": T("Session"),
    "registration": T("Registration"),
    "attendance": T("Attendance"),
    "issue": T("Printed sheet"),
    "issue_row": T("Line of a printed sheet"),
    "list_template": T("List template"),
    "setting": T("Setting"),
    "staff_member": T("Staff"),
    "funder_profile": T("Funder profile"),
    "remembered_mapping": T("Column mapping"),
}
# Columns that follow from others or mean nothing to a person.
_SILENT = frozenset({"id", "search", "name_key", "short_key", "email_key", "region", "status_since"})
_FIELDS: dict[tuple[str, str], FieldInfo] = {
    (f.record.__tablename__, f.writes.key): f.info
    for registry in (
        fields.REGISTRATION_FIELDS, fields.PERSON_FIELDS, fields.ORGANISATION_FIELDS, fields.EVENT_FIELDS,
        fields.PROJECT_FIELDS,
    )
    for f in registry.values()
    if f.writes is not None and f.record is not None
}  # fmt: skip
_MOST = 30


def changes_of_event(session: Session, event_id: str, *, limit: int) -> list[ChangeInfo]:
    """The latest changes of an event and of what is its own: registrations, people, sessions, marks, printed sheets."""
    own = (
        (Registration, select(Registration.id).where(Registration.event_id == event_id)),
        (EventSession, select(EventSession.id).where(EventSession.event_id == event_id)),
        (Issue, select(Issue.id).where(Issue.event_id == event_id)),
        (
            Attendance,
            select(Attendance.id)
            .join(EventSession, EventSession.id == Attendance.session_id)
            .where(EventSession.event_id == event_id),
        ),
        (Person, select(Registration.person_id).where(Registration.event_id == event_id)),
    )
    touches = or_(
        and_(RowChange.table_name == Event.__tablename__, RowChange.key == event_id),
        *(and_(RowChange.table_name == record.__tablename__, RowChange.key.in_(keys)) for record, keys in own),
    )
    numbers = select(RowChange.number).where(touches).distinct().order_by(RowChange.number.desc()).limit(limit)
    chosen = list(session.scalars(numbers))
    found = session.scalars(select(Change).where(Change.number.in_(chosen)).order_by(Change.number.desc()))
    return [info(change) for change in found]


def said_rows(session: Session, number: int, *, words: Language) -> list[str]:
    """One line per changed row of a change, at most 30 and then how many more."""
    rows = row_changes(session, number)
    lines = [_line(session, table, before, after, words) for table, _, before, after in rows[:_MOST]]
    if len(rows) > _MOST:
        lines.append(words.say(T("… and {number} more", number=len(rows) - _MOST)))
    return [line for line in lines if line]


def _line(
    session: Session, table: str, before: dict[str, Any] | None, after: dict[str, Any] | None, words: Language
) -> str:
    noun = words.say(NOUNS.get(table, T("Record")))
    name = _name(session, table, after or before or {})
    head = f"{noun} “{name}”" if words.code == "en" else f"{noun} »{name}«"
    head = head if name else noun
    if before is None:
        return words.say(T("{what}: added", what=head))
    if after is None:
        return words.say(T("{what}: deleted", what=head))
    changed = [k for k in after if k not in _SILENT and before.get(k) != after[k]]
    parts = [_change(_FIELDS.get((table, k)), k, before.get(k), after[k], words) for k in changed]
    return f"{head}: {'; '.join(parts)}" if parts else ""


def _change(field: FieldInfo | None, column: str, before: Any, after: Any, words: Language) -> str:
    label = words.say(field.label) if field else column.replace("_", " ")
    return f"{label}: {_say(field, before, words)} → {_say(field, after, words)}"


def _name(session: Session, table: str, row: dict[str, Any]) -> str:
    """What a person calls the record."""
    if table == "person":
        return f"{row.get('given_name', '')} {row.get('family_name', '')}".strip()
    if table == "registration":
        found = session.execute(
            select(Person.given_name, Person.family_name).where(Person.id == row.get("person_id"))
        ).one_or_none()
        return " ".join(found).strip() if found else ""
    for column in ("title_sl", "name_sl", "name", "code", "key"):
        if row.get(column):
            return str(row[column])
    return ""


def _say(field: FieldInfo | None, value: Any, words: Language) -> str:
    if value in (None, "", [], {}):
        return "—"
    choices = field.choices if field else {}
    if isinstance(value, list):
        return ", ".join(words.say(choices.get(v, str(v))) for v in value)
    if isinstance(value, str):
        return words.say(choices.get(value, value))
    return words.say(Text("{value}", params={"value": value}))
