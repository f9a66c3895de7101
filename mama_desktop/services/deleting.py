"""What hangs on a record and goes with it when it is deleted, found from the schema: later tables join by themselves.

What has to name the record is deleted with it, and what hangs on that in turn; what may do without forgets it (a
printed sheet keeps the names that stand on it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.everything import RECORDS as _RECORDS  # completes the schema
from mama_desktop.domain.text import TN, T, Text
from mama_desktop.services.counted import counted

# May stand empty, and yet what it names owns the row: without it the row would mean something else (a template of one
# event would become the office's, a consent for one event a general one) or nothing.
OWNED = frozenset({
    ("attachment", "event_id"), ("attachment", "person_id"), ("attachment", "project_id"),
    ("attachment", "organisation_id"), ("attachment", "registration_id"), ("attachment", "vehicle_id"),
    ("question", "event_id"), ("question", "set_id"), ("list_template", "event_id"), ("consent", "event_id"),
    ("letter", "event_id"), ("trip", "event_id"), ("attachment", "claim_id"), ("attachment", "order_id"),
    ("cost_line", "claim_id"), ("cost_line", "order_id"),
})  # fmt: skip
_CHUNK = 500
# More numbers of travel orders than these are not read in one sentence.
_NAMED = 5
assert _RECORDS


@dataclass
class Deletion:
    """gone: keys by table. forgotten: keys of rows that stay, by (table, column that is emptied)."""

    gone: dict[str, set[str]] = field(default_factory=dict)
    forgotten: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows of each table go."""
        return {table: len(keys) for table, keys in self.gone.items() if keys}

    def words(self, noun: str) -> list[Text]:
        """What goes along with the records of `noun` themselves, and what stays without them, by kind and number."""
        along = [counted(table, count) for table, count in self.counts().items() if table != noun]
        staying: dict[str, set[str]] = {}
        for (table, _), keys in self.forgotten.items():
            staying.setdefault(table, set()).update(keys - self.gone.get(table, set()))
        without = [counted(table, len(keys)) for table, keys in staying.items() if keys]
        said = []
        if along:
            said.append(T("This is deleted as well: {what}.", what=_listed(along)))
        if without:
            said.append(T("This stays, but without a link to what is deleted: {what}.", what=_listed(without)))
        return said


def _listed(parts: Sequence[Text]) -> Text:
    return reduce(lambda first, second: T("{first}, {second}", first=first, second=second), parts)


def what_hangs_on(session: Session, noun: str, keys: Iterable[str]) -> Deletion:
    """Everything a deletion of these records (of a table, by key) would touch; nothing is changed."""
    found = Deletion({noun: set(keys)})
    waiting = [(noun, set(found.gone[noun]))]
    while waiting:
        parent, new = waiting.pop(0)
        for table, column in references_to(parent):
            children = _keys_where(session, table, column, new)
            if column.nullable and (table.name, column.name) not in OWNED:
                found.forgotten.setdefault((table.name, column.name), set()).update(children)
                continue
            fresh = children - found.gone.setdefault(table.name, set())
            found.gone[table.name] |= fresh
            if fresh:
                waiting.append((table.name, fresh))
    _refuse_paid(session, found)
    return found


def _refuse_paid(session: Session, found: Deletion) -> None:
    """Whoever audits asks for what was paid: it never goes along with something else that is deleted."""
    order = Base.metadata.tables["travel_order"]
    for some in _chunks(found.gone.get("travel_order", set())):
        # Whatever its status, also only issued or cancelled: a number that was given is there for whoever audits.
        rows = session.execute(
            select(order.c.number, order.c.year).where(order.c.id.in_(some)).order_by(order.c.year, order.c.number)
        ).all()
        if rows:
            raise OfficeError(
                TN("{count} travel order hangs on it: {numbers}.", "{count} travel orders hang on it: {numbers}.",
                   len(rows), numbers=", ".join(f"{number}/{year}" for number, year in rows[:_NAMED])),
                safe=T("Nothing was deleted."),
                todo=T("The number of a travel order never disappears, not even when it is cancelled: whoever "
                       "travelled stays in the address book. If somebody is there twice, merge the two."),
            )  # fmt: skip
    claim = Base.metadata.tables["travel_claim"]
    for some in _chunks(found.gone.get("travel_claim", set())):
        paid = session.scalar(
            select(func.count())
            .select_from(claim)
            .where(claim.c.id.in_(some), claim.c.status.in_(("approved", "paid")))
        )
        if paid:
            raise OfficeError(
                TN(
                    "{count} travel claim that is approved or paid hangs on it.",
                    "{count} travel claims that are approved or paid hang on it.",
                    paid,
                ),
                safe=T("Nothing was deleted."),
                todo=T("An audit may ask for it. If it was approved by mistake, take the approval back first."),
            )


def references_to(noun: str) -> list[tuple[Table, Column[object]]]:
    """Every column of the schema whose foreign key names this table."""
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name)
        if key.column.table.name == noun
    ]


def delete_with_all(session: Session, noun: str, keys: Sequence[str]) -> Deletion:
    """Delete these records with what hangs on them; returns what was touched."""
    session.flush()
    found = what_hangs_on(session, noun, keys)
    tables = Base.metadata.tables
    for (name, column), forgetting in found.forgotten.items():
        table = tables[name]
        # Rows that go as well need not forget first, except what names its own kind (a supplement its sheet).
        own_kind = any(key.column.table is table for key in table.c[column].foreign_keys)
        for some in _chunks(forgetting if own_kind else forgetting - found.gone.get(name, set())):
            session.execute(update(table).where(_key(table).in_(some)).values({column: None}))
    for table in reversed(Base.metadata.sorted_tables):
        for some in _chunks(found.gone.get(table.name, set())):
            session.execute(delete(table).where(_key(table).in_(some)))
    session.expire_all()
    return found


def _keys_where(session: Session, table: Table, column: Column[object], values: set[str]) -> set[str]:
    found: set[str] = set()
    for some in _chunks(values):
        found.update(session.scalars(select(_key(table)).where(column.in_(some))))
    return found


def _key(table: Table) -> Column[str]:
    (column,) = table.primary_key.columns
    return column


def _chunks(keys: set[str]) -> Iterable[list[str]]:
    ordered = sorted(keys)
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
