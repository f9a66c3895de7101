"""Two records become one: a plan that says exactly what will happen, and one function that does just that.

`plan_merge` finds all that names the record that goes from the schema's foreign keys, so later tables join by
themselves; where a rule of the schema allows only one (one registration per event and person), two rows are united and
what hangs on them follows. The preview shows the plan, `carry_out` executes it and decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, UniqueConstraint, func, or_, select
from sqlalchemy.orm import Session

from mama_desktop.domain.base import Base
from mama_desktop.domain.capacity import Quota
from mama_desktop.domain.duplicates import Merged, PairVerdict
from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.everything import RECORDS
from mama_desktop.domain.expenses import TravelClaim
from mama_desktop.domain.organisations import Organisation
from mama_desktop.domain.people import Person
from mama_desktop.domain.registrations import Registration
from mama_desktop.domain.text import T, Text
from mama_desktop.services.counted import counted
from mama_desktop.services.deleting import references_to
from mama_desktop.services.merge_fields import MergeField, merge_fields, merged_values
from mama_desktop.services.uniting import DECIDED, refusal_of, said_clash, united, united_words
from mama_desktop.store.journal import RowChange

Row = dict[str, Any]
Place = tuple[str, str]
_RECORDS: dict[str, type[Base]] = {record.__tablename__: record for record in RECORDS}


@dataclass(frozen=True)
class RowUpdate:
    """What a row is given, and what stood there when the plan was made."""

    table: str
    key: str
    before: Row
    after: Row


@dataclass(frozen=True)
class MergePlan:
    """What a merge will do, complete. fields: each with what stays. said: the consequences in words, in their order;
    clashes: what cannot both stay, and which of it does. refusal: why it must not be carried out at all."""

    noun: str
    keep: str
    gone: str
    fields: tuple[MergeField, ...]
    updates: tuple[RowUpdate, ...]
    deletions: tuple[Place, ...]
    additions: tuple[tuple[str, Row], ...]
    said: tuple[Text, ...]
    clashes: tuple[Text, ...]
    refusal: OfficeError | None = None


@dataclass
class _Draft:
    """A plan while it is made: rows as they will be, on top of the rows as they are."""

    session: Session
    changes: dict[Place, Row] = field(default_factory=dict)
    deleted: dict[Place, None] = field(default_factory=dict)
    moved: dict[str, set[str]] = field(default_factory=dict)
    united: dict[str, int] = field(default_factory=dict)
    said: list[Text] = field(default_factory=list)
    clashes: list[Text] = field(default_factory=list)
    refusal: OfficeError | None = None

    def row(self, table: Table, key: str) -> Row:
        (column,) = table.primary_key.columns
        found = self.session.execute(select(table).where(column == key)).mappings().one()
        return {**found, **self.changes.get((table.name, key), {})}

    def rows(self, table: Table, condition: Any) -> dict[str, Row]:
        (column,) = table.primary_key.columns
        found = self.session.execute(select(table).where(condition).order_by(column)).mappings()
        return {
            row[column.name]: {**row, **self.changes.get((table.name, row[column.name]), {})}
            for row in found
            if (table.name, row[column.name]) not in self.deleted
        }

    def change(self, table: str, key: str, values: Row) -> None:
        self.changes.setdefault((table, key), {}).update(values)

    def delete(self, table: str, key: str) -> None:
        self.deleted[table, key] = None
        self.changes.pop((table, key), None)
        self.moved.get(table, set()).discard(key)


def plan_merge(
    session: Session, noun: str, keep: str, gone: str, choices: Mapping[str, str] | None = None
) -> MergePlan:
    """What it would mean that `gone` becomes part of `keep`; noun: person or organisation.

    choices: field → "keep" or "gone", whose value stays, where it is not the proposed one. Nothing is changed.
    """
    table = _RECORDS[noun].__table__
    assert isinstance(table, Table)
    draft = _Draft(session)
    if keep == gone or not _exist(session, table, keep, gone):
        raise OfficeError(T("One of the two is no longer there."), safe=T("Nothing was changed."))
    kept, going = draft.row(table, keep), draft.row(table, gone)
    fields = merge_fields(session, noun, kept, going, choices or {}, gone_is_newer=_is_newer(session, noun, gone, keep))
    values, additions, said = merged_values(noun, kept, going, fields)
    draft.change(noun, keep, values)
    _move(draft, noun, keep, gone)
    draft.delete(noun, gone)
    _loose_ends(draft, noun, keep, gone)
    said = [*_said(draft), *said]
    return MergePlan(
        noun, keep, gone, fields, _updates(draft), tuple(draft.deleted), tuple(additions), tuple(said),
        tuple(draft.clashes), draft.refusal,
    )  # fmt: skip


def carry_out(session: Session, plan: MergePlan, *, now: dt.datetime, who: str = "") -> str:
    """Do what the plan says, no more and no less; returns the key of the record that stays.

    OfficeError when the plan says that it must not be, and when a row is no longer as it was when it was made.
    """
    if plan.refusal is not None:
        raise plan.refusal
    updates: dict[str, list[RowUpdate]] = {}
    for update in plan.updates:
        updates.setdefault(update.table, []).append(update)
    deletions: dict[str, list[str]] = {}
    for name, key in plan.deletions:
        deletions.setdefault(name, []).append(key)
    _refuse_changed(session, plan)
    # Children first: what hung on a row that goes has moved before, and what would stand in the way of a row is gone.
    for table in reversed(Base.metadata.sorted_tables):
        record = _RECORDS.get(table.name)
        if record is None:
            continue
        for key in deletions.get(table.name, ()):
            session.delete(session.get_one(record, key))
        session.flush()
        for update in updates.get(table.name, ()):
            found = session.get_one(record, update.key)
            for name, value in update.after.items():
                setattr(found, _attribute(record, name), value)
        session.flush()
    for name, row in plan.additions:
        session.add(_RECORDS[name](**row))
    session.add(Merged(noun=plan.noun, kept=plan.keep, gone=plan.gone, merged_at=now, merged_by=who))
    session.flush()
    return plan.keep


def _refuse_changed(session: Session, plan: MergePlan) -> None:
    for update in plan.updates:
        record = session.get(_RECORDS[update.table], update.key)
        is_there = record is not None and all(
            getattr(record, _attribute(type(record), name)) == value for name, value in update.before.items()
        )
        if not is_there:
            raise _changed_meanwhile()
    statuses = {update.after.get("status") for update in plan.updates if update.table == "travel_claim"}
    for name, key in plan.deletions:
        record = session.get(_RECORDS[name], key)
        if record is None:
            raise _changed_meanwhile()
        # Had it been approved when the plan was made, the claim that stays would be given its approval.
        if isinstance(record, TravelClaim) and record.status in DECIDED and record.status not in statuses:
            raise _changed_meanwhile()


def _changed_meanwhile() -> OfficeError:
    return OfficeError(
        T("Somebody has changed one of the two meanwhile."),
        safe=T("Nothing was changed."),
        todo=T("Look at what will happen once more, then merge."),
    )


def _attribute(record: type[Base], column: str) -> str:
    return str(record.__mapper__.get_property_by_column(record.__table__.c[column]).key)


def _exist(session: Session, table: Table, *keys: str) -> bool:
    return (session.scalar(select(func.count()).select_from(table).where(table.c.id.in_(keys))) or 0) == len(keys)


def _is_newer(session: Session, noun: str, one: str, other: str) -> bool:
    """Whether a record was worked on later than another."""
    latest = {
        key: session.scalar(
            select(func.max(RowChange.number)).where(RowChange.table_name == noun, RowChange.key == key)
        )
        or 0
        for key in (one, other)
    }
    return (latest[one], one) > (latest[other], other)


# Moving what names the record that goes


def _move(draft: _Draft, noun: str, keep: str, gone: str) -> None:
    """Everything that names `gone` shall name `keep`; what cannot be there twice is united."""
    columns: dict[str, tuple[Table, list[str]]] = {}
    for table, column in references_to(noun):
        columns.setdefault(table.name, (table, []))[1].append(column.name)
        for key in draft.rows(table, column == gone):
            draft.change(table.name, key, {column.name: keep})
            draft.moved.setdefault(table.name, set()).add(key)
    for table, names in columns.values():
        _settle(draft, table, names, keep, gone)


def _settle(draft: _Draft, table: Table, names: Sequence[str], keep: str, gone: str) -> None:
    rows = draft.rows(table, or_(*(table.c[name].in_((keep, gone)) for name in names)))
    moved = draft.moved.get(table.name, set())
    if len(names) > 1 and table.name == "guardian":
        for key, row in rows.items():
            if row["person_id"] == row["guardian_id"]:
                draft.delete(table.name, key)
                draft.said.append(T("Nobody is their own guardian: that entry goes."))
    for unique in _unique_columns(table, names):
        stands: dict[tuple[Any, ...], str] = {}
        # What was there before stays, what comes joins it.
        for key in sorted(rows, key=lambda k: (k in moved, k)):
            if (table.name, key) in draft.deleted:
                continue
            row = draft.row(table, key)
            value = tuple(row[name] for name in unique)
            if None in value:
                continue
            if value in stands:
                _unite(draft, table, stands[value], key)
            else:
                stands[value] = key
    if table.name == "chosen_option":
        _only_one(draft, keep)
    if table.name == "seat":
        _one_seat_a_way(draft, rows)


def _unique_columns(table: Table, names: Sequence[str]) -> list[tuple[str, ...]]:
    found = [
        tuple(column.name for column in constraint.columns)
        for constraint in sorted(table.constraints, key=lambda c: str(c.name))
        if isinstance(constraint, UniqueConstraint)
    ]
    found += [tuple(c.name for c in index.columns) for index in table.indexes if index.unique]
    return [unique for unique in found if set(unique) & set(names)]


def _unite(draft: _Draft, table: Table, keep: str, gone: str) -> None:
    """Two rows that may not stand beside one another become one, with what hangs on both."""
    kept, going = draft.row(table, keep), draft.row(table, gone)
    draft.refusal = draft.refusal or refusal_of(draft.session, table.name, kept, going)
    values, clashes = united(table, kept, going)
    if values:
        draft.change(table.name, keep, values)
    draft.united[table.name] = draft.united.get(table.name, 0) + 1
    head = united_words(draft.session, table.name, kept)
    if head is not None:
        draft.said.append(head)
    draft.clashes += [said_clash(draft.session, table.name, kept, clash) for clash in clashes]
    _move(draft, table.name, keep, gone)
    draft.delete(table.name, gone)


def _only_one(draft: _Draft, registration_id: str) -> None:
    """Of options of which a person takes one, the one chosen on the registration that stays."""
    chosen, option = Base.metadata.tables["chosen_option"], Base.metadata.tables["event_option"]
    keys = set(draft.rows(chosen, chosen.c.registration_id == registration_id))
    keys |= {key for key in draft.moved.get("chosen_option", set()) if ("chosen_option", key) not in draft.deleted}
    taken: dict[tuple[Any, ...], str] = {}
    for key in sorted(keys, key=lambda k: (k in draft.moved.get("chosen_option", set()), k)):
        row = draft.row(chosen, key)
        if row["registration_id"] != registration_id:
            continue
        offered = draft.row(option, row["option_id"])
        group = (offered["event_id"], offered["group_sl"])
        if not offered["only_one"]:
            continue
        if group in taken:
            draft.delete("chosen_option", key)
            draft.clashes.append(
                T("Option: “{kept}” stays, “{dropped}” is left out", kept=taken[group], dropped=offered["name_sl"])
            )
        else:
            taken[group] = offered["name_sl"]


def _one_seat_a_way(draft: _Draft, seats: Mapping[str, Row]) -> None:
    """Nobody rides there, or back, in two vehicles: the seat of the registration that stays is kept."""
    taken: dict[tuple[Any, ...], str] = {}
    moved = draft.moved.get("seat", set())
    for key in sorted((k for k in seats if ("seat", k) not in draft.deleted), key=lambda k: (k in moved, k)):
        trip = draft.row(Base.metadata.tables["trip"], seats[key]["trip_id"])
        way = (trip["event_id"], trip["direction"])
        if trip["direction"] == "other":
            continue
        if way in taken:
            draft.delete("seat", key)
            draft.clashes.append(
                T("Trip: “{kept}” stays, “{dropped}” is left out", kept=taken[way], dropped=trip["name"])
            )
        else:
            taken[way] = trip["name"]


def _loose_ends(draft: _Draft, noun: str, keep: str, gone: str) -> None:
    """What names a record without a foreign key: decisions about pairs, places per organisation."""
    _verdicts(draft, noun, keep, gone)
    quotas = Quota.__table__
    assert isinstance(quotas, Table)
    if noun != "organisation":
        return
    for key, row in draft.rows(quotas, (quotas.c.kind == noun) & (quotas.c.value == gone)).items():
        same = (quotas.c.kind == noun) & (quotas.c.value == keep) & (quotas.c.event_id == row["event_id"])
        others = draft.rows(quotas, same)
        if others:
            draft.delete("quota", key)
            kept = next(iter(others.values()))["places"]
            draft.clashes.append(
                T("Places per organisation: {kept} stay, {dropped} are left out", kept=kept, dropped=row["places"])
            )
        else:
            draft.change("quota", key, {"value": keep})
            draft.moved.setdefault("quota", set()).add(key)


def _verdicts(draft: _Draft, noun: str, keep: str, gone: str) -> None:
    verdicts = PairVerdict.__table__
    assert isinstance(verdicts, Table)
    of_noun = verdicts.c.noun == noun
    known = {
        (row["first"], row["second"])
        for row in draft.rows(verdicts, of_noun & ((verdicts.c.first == keep) | (verdicts.c.second == keep))).values()
    }
    theirs = draft.rows(verdicts, of_noun & ((verdicts.c.first == gone) | (verdicts.c.second == gone)))
    for key, row in theirs.items():
        other = row["second"] if row["first"] == gone else row["first"]
        first, second = sorted((keep, other))
        if other == keep or (first, second) in known:
            draft.delete("pair_verdict", key)
        else:
            seen = {keep if k == gone else k: words for k, words in row["seen"].items()}
            draft.change("pair_verdict", key, {"first": first, "second": second, "seen": seen})


# What the plan is made of


def _updates(draft: _Draft) -> tuple[RowUpdate, ...]:
    made = []
    for (name, key), after in draft.changes.items():
        table = Base.metadata.tables[name]
        (column,) = table.primary_key.columns
        now = draft.session.execute(select(table).where(column == key)).mappings().one()
        really = {column: value for column, value in after.items() if now[column] != value}
        if really:
            made.append(RowUpdate(name, key, {column: now[column] for column in really}, really))
    return tuple(made)


def _said(draft: _Draft) -> list[Text]:
    moved = {
        table: len([key for key in keys if (table, key) not in draft.deleted]) for table, keys in draft.moved.items()
    }
    told = [T("Moved here: {what}", what=counted(table, count)) for table, count in moved.items() if count]
    told += [
        T("United with what is there: {what}", what=counted(table, count))
        for table, count in draft.united.items()
        if table != "registration"
    ]
    return [*told, *draft.said]


def second_stays_rather(session: Session, noun: str, first: str, second: str) -> bool:
    """Which of two records is proposed to stay: the one with an e-mail, with more that hangs on it, that says more."""

    def worth(key: str) -> tuple[bool, int, int]:
        record: Any = session.get(Person if noun == "person" else Organisation, key)
        if record is None:
            return False, 0, 0
        its = Registration.person_id if noun == "person" else Registration.organisation_id
        number = session.scalar(select(func.count()).where(its == key)) or 0
        said = sum(bool(getattr(record, column.key)) for column in record.__mapper__.column_attrs)
        return bool(record.email), number, said

    return worth(second) > worth(first)
