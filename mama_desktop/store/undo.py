"""Undo and redo: one change applied backwards, as a set, unless somebody has changed its rows since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import JSON, Table, UniqueConstraint, bindparam, exists, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T, Text
from mama_desktop.store.journal import Change, RowChange, label_from_json, row_of
from mama_desktop.store.journal_triggers import row_json
from mama_desktop.store.rules import Rules
from mama_desktop.store.schema import HEAD, METADATA, journalled, key_column


def to_undo(session: Session, actor: tuple[str, str] | None) -> Change | None:
    """The latest change that stands: made by anybody, or by `actor` (who, machine) where several windows write."""
    latest = select(Change).where(Change.kind == "do", Change.undone_by.is_(None))
    if actor is not None:
        latest = latest.where(Change.who == actor[0], Change.machine == actor[1])
    return session.scalar(latest.order_by(Change.number.desc()).limit(1))


def to_redo(session: Session, actor: tuple[str, str] | None) -> tuple[Change, Change] | None:
    """The latest undo that was not taken back, with the change it undid; nothing after something new was done."""
    undoing, undone = aliased(Change), aliased(Change)
    query = (
        select(undoing, undone)
        .join(undone, undone.undone_by == undoing.number)
        .where(undoing.kind == "undo")
        .order_by(undoing.number.desc())
        .limit(1)
    )
    newer = select(Change.number).where(Change.kind == "do").order_by(Change.number.desc()).limit(1)
    if actor is not None:
        query = query.where(undoing.who == actor[0], undoing.machine == actor[1])
        newer = newer.where(Change.who == actor[0], Change.machine == actor[1])
    found = session.execute(query).first()
    if found is None or (session.scalar(newer) or 0) > found[0].number:
        return None
    return found[0], found[1]


def apply_backwards(session: Session, change: Change, rules: Rules | None = None) -> tuple[Text, ...]:
    """Put every row of `change` back as it was before it, within the change that is open now.

    rules: what the office has to say where later changes stand; gives what was left out because others hold it now.
    Raises OfficeError, naming whose change stands in the way, when a row is not as `change` left it.
    """
    if change.schema_revision != HEAD:
        raise OfficeError(
            T("“{label}” was done before the program was upgraded and cannot be taken back.", label=_label(change)),
            safe=T("Nothing has been changed."),
            todo=T("Correct the data by hand, or look into the copy made before the upgrade."),
        )
    postgresql = session.get_bind().dialect.name == "postgresql"
    touched = set(change.tables)
    tables = [t for t in journalled() if t.name in touched]
    limited = rules.limited() if rules is not None else frozenset()
    for table in tables:
        _refuse_changed_since(session, change, table, postgresql, may_be_gone=table.name in limited)
    called_off: set[str] = set()
    if not _something_later_stands(session, change):
        called_off = _called_off(session, change)
        # Taken back in order, everything is as this change left it, and as it found it before.
        rules = None
    before = rules.before(session, _rows_back(session, change, _REGISTRATION)) if rules is not None else None
    lost: list[Text] = []
    session.execute(text("SET CONSTRAINTS ALL DEFERRED" if postgresql else "PRAGMA defer_foreign_keys = ON"))
    with session.no_autoflush:
        try:
            for step in (_delete, _update, _insert):
                for table in _seats_first(tables) if step is _insert else tables:
                    left_out: set[str] = set()
                    if rules is not None and step is _insert and table.name in limited:
                        left_out = _left_out(session, change, table, rules, lost)
                    if step is _update and table.name == _TRIP:
                        left_out = called_off
                    _execute(session, step(table, postgresql), change, table, left_out)
            _call_on_again(session, change, called_off, postgresql)
        except IntegrityError as error:
            _refuse_same_value(session, change, tables, postgresql, error)
    for table in tables:
        _refuse_dangling(session, change, table)
        if change.kind == "do":
            _refuse_needed_later(session, change, table, postgresql)
    why = rules.refusal(session, before) if rules is not None else None
    if why is not None:
        raise OfficeError(
            T("“{label}” cannot be taken back: {why}", label=_label(change), why=why),
            safe=T("Nothing has been changed."),
            todo=T("Make the change by hand; the program then asks about the places."),
        )
    return tuple(lost)


def _seats_first(tables: Sequence[Table]) -> list[Table]:
    """Seats before their trip, which then refuses nobody: whoever sat beyond its seats comes back too."""
    return sorted(tables, key=lambda table: table.name != "seat")


def _called_off(session: Session, change: Change) -> set[str]:
    """Trips of `change` that are called off now: put back after their seats, for as long as they are they refuse nobody
    (whoever sat beyond the seats of a smaller vehicle comes back too)."""
    trip = METADATA.tables[_TRIP]
    now = set(session.scalars(select(trip.c.id).where(trip.c.status == "cancelled")))
    return now & _keys_of(session, change, _TRIP)


def _call_on_again(session: Session, change: Change, called_off: set[str], postgresql: bool) -> None:
    if called_off:
        trip, others = METADATA.tables[_TRIP], _keys_of(session, change, _TRIP) - called_off
        _execute(session, _update(trip, postgresql), change, trip, others)


def _keys_of(session: Session, change: Change, table: str) -> set[str]:
    query = select(RowChange.key).where(RowChange.number == change.number, RowChange.table_name == table)
    return set(session.scalars(query))


def _something_later_stands(session: Session, change: Change) -> bool:
    later = select(Change.number).where(Change.kind == "do", Change.undone_by.is_(None), Change.number > change.number)
    return session.scalar(later.limit(1)) is not None


def _rows_back(session: Session, change: Change, table: str) -> list[dict[str, Any]]:
    """The rows of a table as `change` found them, those it made itself left out."""
    query = select(RowChange.before).where(
        RowChange.number == change.number, RowChange.table_name == table, RowChange.before.is_not(None)
    )
    return [row for row in map(row_of, session.scalars(query)) if row is not None]


def _left_out(session: Session, change: Change, table: Table, rules: Rules, lost: list[Text]) -> set[str]:
    """The keys of the rows of a limited table that cannot be put back; `lost` is told what they are."""
    key = key_column(table)
    deleted = select(RowChange.key).where(
        RowChange.number == change.number, RowChange.table_name == table.name, RowChange.after.is_(None)
    )
    keys = set(session.scalars(deleted))
    rows = [row for row in _rows_back(session, change, table.name) if row[key] in keys]
    free = rules.still_free(session, table.name, rows) if rows else set()
    lost += rules.lost(session, table.name, [row for row in rows if row[key] not in free])
    return {row[key] for row in rows} - free


def _execute(session: Session, step: str, change: Change, table: Table, left_out: Collection[str]) -> None:
    values: dict[str, Any] = {"number": change.number, "name": table.name}
    if not left_out:
        session.execute(text(step), values)
        return
    statement = text(step + " AND r.key NOT IN :left_out").bindparams(bindparam("left_out", expanding=True))
    session.execute(statement, values | {"left_out": sorted(left_out)})


def _refuse_changed_since(
    session: Session, change: Change, table: Table, postgresql: bool, *, may_be_gone: bool
) -> None:
    """Somebody's later change of a row stands, also where it brought back the very values this one had left.

    may_be_gone: a row of this table may have stayed out of an undo before; then nothing of it is left to be taken back.
    """
    key = key_column(table)
    if change.kind == "do":
        stands = (
            "SELECT r.key FROM row_change r JOIN row_change s ON s.key = r.key AND s.table_name = r.table_name "
            "AND s.number > r.number JOIN change c ON c.number = s.number "
            "WHERE r.number = :number AND r.table_name = :name AND c.kind = 'do' AND c.undone_by IS NULL LIMIT 1"
        )
        later_key = session.scalar(text(stands), {"number": change.number, "name": table.name})
        if later_key is not None:
            raise stands_in_the_way(session, change, table.name, later_key)
    now = "to_jsonb(t)" if postgresql else row_json(table, "t")
    gone = f't."{key}" IS NOT NULL AND' if may_be_gone else f't."{key}" IS NULL OR'
    differs = (
        f"SELECT r.key FROM row_change r LEFT JOIN \"{table.name}\" t ON t.\"{key}\" = r.key "
        f"WHERE r.number = :number AND r.table_name = :name AND "
        f"((r.after IS NULL AND t.\"{key}\" IS NOT NULL) OR (r.after IS NOT NULL AND "
        f"({gone} {now} <> r.after))) LIMIT 1"
    )  # fmt: skip
    row_key = session.scalar(text(differs), {"number": change.number, "name": table.name})
    if row_key is not None:
        raise stands_in_the_way(session, change, table.name, row_key)


def _refuse_dangling(session: Session, change: Change, table: Table) -> None:
    """Rows made since that hang on a row now gone, and rows put back whose own parent is gone."""
    values = {"number": change.number, "name": table.name}
    gone = "SELECT r.key FROM row_change r WHERE r.number = :number AND r.table_name = :name AND r.before IS NULL"
    back = gone.replace("before IS NULL", "before IS NOT NULL")
    for child in METADATA.sorted_tables:
        for fk in child.foreign_keys:
            if fk.column.table is table:
                query = f'SELECT "{key_column(child)}" FROM "{child.name}" WHERE "{fk.parent.name}" IN ({gone}) LIMIT 1'
                row_key = session.scalar(text(query), values)
                if row_key is not None:
                    raise stands_in_the_way(session, change, child.name, row_key)
    for fk in table.foreign_keys:
        parent, column = fk.column.table, fk.parent.name
        query = (
            f'SELECT c."{column}" FROM "{table.name}" c LEFT JOIN "{parent.name}" p ON p."{fk.column.name}" = '
            f'c."{column}" WHERE c."{key_column(table)}" IN ({back}) AND c."{column}" IS NOT NULL '
            f'AND p."{fk.column.name}" IS NULL LIMIT 1'
        )
        row_key = session.scalar(text(query), values)
        if row_key is not None:
            raise stands_in_the_way(session, change, parent.name, row_key)


def _refuse_needed_later(session: Session, change: Change, table: Table, postgresql: bool) -> None:
    """A later change that stands took away rows that hang on one now gone: its own undo could not put them back."""
    later = select(Change.number).where(Change.kind == "do", Change.undone_by.is_(None), Change.number > change.number)
    if session.scalar(later.limit(1)) is None:
        return
    made = f"SELECT r.key FROM row_change r WHERE {_OF_CHANGE} AND r.before IS NULL"
    for child in journalled():
        for column in (fk.parent.name for fk in child.foreign_keys if fk.column.table is table):
            value = f"s.before->>'{column}'" if postgresql else f"json_extract(s.before, '$.\"{column}\"')"
            query = (
                "SELECT s.key FROM row_change s JOIN change c ON c.number = s.number WHERE s.number > :number AND "
                f"s.table_name = :child AND c.kind = 'do' AND c.undone_by IS NULL AND {value} IN ({made}) LIMIT 1"
            )
            values = {"number": change.number, "name": table.name, "child": child.name}
            row_key = session.scalar(text(query), values)
            if row_key is not None:
                raise stands_in_the_way(session, change, child.name, row_key)


def _refuse_same_value(
    session: Session, change: Change, tables: list[Table], postgresql: bool, error: IntegrityError
) -> None:
    """A row put back would meet one made since (the same person at the same event): name that one."""
    number = change.number
    session.rollback()
    for table in tables:
        key = key_column(table)
        for columns in _unique(table):
            same = " AND ".join(f't."{c}" = {_before(c, table, postgresql)}' for c in columns)
            query = (
                f'SELECT t."{key}" FROM {_source(table, postgresql)} JOIN "{table.name}" t ON {same} '
                f'WHERE {_OF_CHANGE} AND r.before IS NOT NULL AND t."{key}" <> r.key LIMIT 1'
            )
            row_key = session.scalar(text(query), {"number": number, "name": table.name})
            if row_key is not None:
                raise stands_in_the_way(session, session.get_one(Change, number), table.name, row_key) from error
    raise error


def _unique(table: Table) -> list[list[str]]:
    found = [[c.name for c in u.columns] for u in table.constraints if isinstance(u, UniqueConstraint)]
    return found + [[c.name for c in index.columns] for index in table.indexes if index.unique]


def stands_in_the_way(session: Session, change: Change, table: str, key: str) -> OfficeError:
    """The refusal, naming the last change of that row."""
    touches = exists().where(RowChange.number == Change.number, RowChange.table_name == table, RowChange.key == key)
    later = select(Change).where(touches, Change.number > change.number).order_by(Change.number.desc()).limit(2)
    # The change being written now has no tables yet, and is no reason.
    found = next((c for c in session.scalars(later) if c.tables), None)
    if found is not None and found.kind == "redo" and found.of is not None:
        # What was done again stands in History under its own name; that is what can be undone there.
        found = session.get(Change, found.of)
    return _refusal(change, found)


def _refusal(change: Change, later: Change | None) -> OfficeError:
    safe = T("Nothing has been changed.")
    label = _label(change)
    if later is None:
        return OfficeError(
            T("“{label}” cannot be taken back: its data has been changed since.", label=label),
            safe=safe,
            todo=T("Correct the data by hand; History shows what it was."),
        )
    return OfficeError(
        T(
            "“{label}” cannot be taken back: “{later}” ({who}, {at}) has changed the same data since.",
            label=label, later=_label(later), who=later.who, at=later.at,
        ),
        safe=safe,
        todo=T("Undo “{later}” first, or correct the data by hand.", later=_label(later)),
    )  # fmt: skip


def _label(change: Change) -> Text:
    return label_from_json(change.label)


_REGISTRATION, _TRIP = "registration", "trip"
_OF_CHANGE = "r.number = :number AND r.table_name = :name"


def _delete(table: Table, postgresql: bool) -> str:
    del postgresql
    made = f"SELECT r.key FROM row_change r WHERE {_OF_CHANGE} AND r.before IS NULL"
    return f'DELETE FROM "{table.name}" WHERE "{key_column(table)}" IN ({made})'


def _insert(table: Table, postgresql: bool) -> str:
    columns = ", ".join(f'"{c.name}"' for c in table.c)
    values = ", ".join(_before(c.name, table, postgresql) for c in table.c)
    return (
        f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM {_source(table, postgresql)} '
        f"WHERE {_OF_CHANGE} AND r.after IS NULL"
    )


def _update(table: Table, postgresql: bool) -> str:
    key = key_column(table)
    sets = ", ".join(f'"{c.name}" = {_before(c.name, table, postgresql)}' for c in table.c if c.name != key)
    return (
        f'UPDATE "{table.name}" SET {sets} FROM {_source(table, postgresql)} '
        f'WHERE {_OF_CHANGE} AND r.key = "{table.name}"."{key}" AND r.before IS NOT NULL AND r.after IS NOT NULL'
    )


def _source(table: Table, postgresql: bool) -> str:
    return f'row_change r, jsonb_populate_record(NULL::"{table.name}", r.before) v' if postgresql else "row_change r"


def _before(name: str, table: Table, postgresql: bool) -> str:
    column = table.c[name]
    if not postgresql:
        value = f"json_extract(r.before, '$.\"{name}\"')"
        return f"unhex({value})" if column.type.python_type is bytes else value
    if isinstance(column.type, JSON) and not column.nullable:
        # JSON's own null is a value; in a record it would become SQL's.
        return f"coalesce(v.\"{name}\", 'null'::jsonb)"
    return f'v."{name}"'
